"""The states of a ticket and what each means for the people around it.

Nobody lists statuses elsewhere: other rooms use the named groups below.
"""

from dataclasses import dataclass
from enum import StrEnum

from helpdesk_plugin.domain.parties import Role


class TicketStatus(StrEnum):
    """Where a ticket stands in the procedure (status map of the SOP, a proposed default)."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    TRIAGED = "triaged"
    DISPOSED = "disposed"
    ASSIGNED = "assigned"
    DIAGNOSING = "diagnosing"
    RECOVERING = "recovering"
    WAITING_REQUESTER = "waiting_requester"
    WAITING_THIRD_PARTY = "waiting_third_party"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    MERGED = "merged"


class ClockRule(StrEnum):
    """What the service-level clock does while a ticket is in a status."""

    RESPONSE = "response"
    RECOVERY = "recovery"
    STOPPED = "stopped"
    FOLLOWS_PARENT = "follows_parent"


class PublicStage(StrEnum):
    """The five words under which the public counts tickets."""

    SENT = "sent"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"
    REJECTED = "rejected"


@dataclass(frozen=True)
class StatusFacts:
    """What is true of every ticket in one status.

    ``sop_code`` is the step of the SOP being worked on, ``holders`` the offices on whose desk the
    ticket lies (empty when it lies with nobody, or with a third party).
    """

    sop_code: str
    holders: tuple[Role, ...]
    clock: ClockRule
    stage: PublicStage


_TECHNICIANS = (Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT)
_R, _S = ClockRule.RECOVERY, ClockRule.STOPPED

STATUS_FACTS: dict[TicketStatus, StatusFacts] = {
    TicketStatus.SUBMITTED: StatusFacts(
        "S2", (Role.TECHNICAL_SUPPORT,), ClockRule.RESPONSE, PublicStage.SENT
    ),
    TicketStatus.RETURNED: StatusFacts("S1", (Role.REQUESTER,), _S, PublicStage.WAITING),
    TicketStatus.TRIAGED: StatusFacts("S3", (Role.HEAD_OF_AGENCY,), _R, PublicStage.IN_PROGRESS),
    TicketStatus.DISPOSED: StatusFacts("S4", (Role.DIVISION_HEAD,), _R, PublicStage.IN_PROGRESS),
    TicketStatus.ASSIGNED: StatusFacts("S5", (Role.COMPUTER_OFFICER,), _R, PublicStage.IN_PROGRESS),
    TicketStatus.DIAGNOSING: StatusFacts("S6", _TECHNICIANS, _R, PublicStage.IN_PROGRESS),
    TicketStatus.RECOVERING: StatusFacts("S7", _TECHNICIANS, _R, PublicStage.IN_PROGRESS),
    TicketStatus.WAITING_REQUESTER: StatusFacts("S6", (Role.REQUESTER,), _S, PublicStage.WAITING),
    TicketStatus.WAITING_THIRD_PARTY: StatusFacts("S6", (), _R, PublicStage.WAITING),
    TicketStatus.RESOLVED: StatusFacts("S8", (Role.TECHNICAL_SUPPORT, Role.REQUESTER), _S, PublicStage.DONE),
    TicketStatus.CLOSED: StatusFacts("S10", (), _S, PublicStage.DONE),
    TicketStatus.REOPENED: StatusFacts("S6", (Role.COMPUTER_OFFICER,), _R, PublicStage.IN_PROGRESS),
    TicketStatus.REJECTED: StatusFacts("S10", (), _S, PublicStage.REJECTED),
    TicketStatus.CANCELLED: StatusFacts("S10", (), _S, PublicStage.DONE),
    TicketStatus.MERGED: StatusFacts("S10", (), ClockRule.FOLLOWS_PARENT, PublicStage.DONE),
}

#: No ordinary step leads out of these; CLOSED alone can be reopened, for a few working days.
FINAL: frozenset[TicketStatus] = frozenset(
    {TicketStatus.CLOSED, TicketStatus.REJECTED, TicketStatus.CANCELLED, TicketStatus.MERGED}
)
OPEN: frozenset[TicketStatus] = frozenset(TicketStatus) - FINAL

#: Ended before the SOP's last step.
OFF_THE_LINE: frozenset[TicketStatus] = FINAL - {TicketStatus.CLOSED}

#: Lying with someone outside the desk; a hold can be lifted to where it came from.
ON_HOLD: frozenset[TicketStatus] = frozenset(
    {TicketStatus.WAITING_REQUESTER, TicketStatus.WAITING_THIRD_PARTY}
)
#: A ticket in one of these remembers where it came from, because an act can lead back there.
COME_FROM: frozenset[TicketStatus] = ON_HOLD | {TicketStatus.MERGED}
CLOCK_STOPPED: frozenset[TicketStatus] = frozenset(
    s for s, facts in STATUS_FACTS.items() if facts.clock is ClockRule.STOPPED
)
#: Statuses in which the desk waits for the requester to do something.
REQUESTER_TURN: frozenset[TicketStatus] = frozenset(
    {TicketStatus.RETURNED, TicketStatus.WAITING_REQUESTER, TicketStatus.RESOLVED}
)


def sop_position(status: TicketStatus, *, informed: bool, confirmed: bool) -> str:
    """Return the SOP code being worked on, refining RESOLVED by what was already done in it.

    A resolved ticket is at S8 until the agency has been informed, then at S9 until it is closed.
    """
    if status is TicketStatus.RESOLVED and (informed or confirmed):
        return "S9"
    return STATUS_FACTS[status].sop_code


def holders_of(status: TicketStatus, *, informed: bool, confirmed: bool) -> tuple[Role, ...]:
    """Return the offices on whose desk the ticket lies, refining RESOLVED as `sop_position` does."""
    if status is not TicketStatus.RESOLVED:
        return STATUS_FACTS[status].holders
    if confirmed:
        return (Role.COMPUTER_OFFICER,)
    return (Role.REQUESTER,) if informed else (Role.TECHNICAL_SUPPORT,)
