"""Where a ticket stands on the line of the SOP: read from the ledger, for the tracker and the desk alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import cached_property

from helpdesk_plugin import clock, labels, sla_clock
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import FINAL, STATUS_FACTS, TicketStatus
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, SOP_LINE, Step
from helpdesk_plugin.models import StepStandard, Ticket, TicketEvent


class StationState(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Station:
    """One step of the SOP as a ticket has passed it, stands in it, or will reach it.

    Times are UTC. ``standard_minutes`` are working minutes by the SOP version that the ticket began
    with; ``proposed`` is whether that standard still awaits the agency's approval.
    """

    code: str
    name: str
    role: Role | None
    state: StationState
    done_at: datetime | None = None
    since: datetime | None = None
    standard_minutes: int | None = None
    ends_at: datetime | None = None
    proposed: bool = False

    @property
    def role_name(self) -> str:
        """The office that performs the step, never a person."""
        return str(labels.ROLE[self.role]) if self.role else ""

    @property
    def is_late(self) -> bool:
        return bool(self.ends_at and self.done_at is None and self.ends_at < clock.now())


class Progress:
    """The stepper of one ticket. Costs one query for the standards, and the calendar's three at most once."""

    def __init__(self, ticket: Ticket, events: Sequence[TicketEvent]) -> None:
        self.ticket = ticket
        self.events = events

    @cached_property
    def stations(self) -> list[Station]:
        """The steps of the SOP in order, S1 to S10 (S2b runs beside them)."""
        return [self._station(code) for code in SOP_LINE]

    @cached_property
    def current(self) -> Station | None:
        """The station where the ticket stands; None when its journey has ended."""
        return next((s for s in self.stations if s.state is StationState.NOW), None)

    @cached_property
    def following(self) -> Station | None:
        """The station after the current one."""
        return next((s for s in self.stations if s.state is StationState.NEXT), None)

    def _station(self, code: str) -> Station:
        standard = self._standards.get(code)
        state = self._state_of(code)
        now = state is StationState.NOW
        minutes = standard.minutes_for(self.ticket.priority) if standard else None
        return Station(
            code=code,
            name=standard.name if standard else str(labels.SOP_STEP[code]),
            role=Role(standard.role) if standard else None,
            state=state,
            done_at=self._done_at.get(code) if state is StationState.DONE else None,
            since=self._since if now else None,
            standard_minutes=minutes,
            ends_at=self._ends_at(code, minutes) if now else None,
            proposed=bool(standard and minutes and not standard.confirmed),
        )

    def _state_of(self, code: str) -> StationState:
        status, here = self.ticket.state, SOP_LINE.index(self.ticket.sop_position)
        if status is TicketStatus.CLOSED:
            return StationState.DONE
        if status in FINAL:
            return StationState.DONE if code in self._done_at else StationState.LEFT_OUT
        if SOP_LINE.index(code) < here:
            return StationState.DONE
        return StationState.NOW if SOP_LINE.index(code) == here else StationState.NEXT

    @cached_property
    def _since(self) -> datetime:
        ticket = self.ticket
        if ticket.state is TicketStatus.RESOLVED:
            return max(filter(None, (ticket.resolved_at, ticket.informed_at, ticket.confirmed_at)))
        return ticket.status_since

    def _ends_at(self, code: str, minutes: int | None) -> datetime | None:
        """When the step should end: its standard, or the recovery deadline for recovery itself."""
        if STATUS_FACTS[self.ticket.state].holders == (Role.REQUESTER,):
            return None
        if code == OWN_SOP_CODE[Step.RESOLVE]:
            return self.ticket.recovery_due_at
        if not minutes:
            return None
        return sla_clock.calendar().add(self._since, timedelta(minutes=minutes))

    @cached_property
    def _done_at(self) -> dict[str, datetime]:
        """When each step was last taken. S10 is reached with closing."""
        done = {event.sop_code: event.at for event in self.events if event.what in _FORWARD}
        if self.ticket.closed_at:
            done["S10"] = self.ticket.closed_at
        return done

    @cached_property
    def _standards(self) -> dict[str, StepStandard]:
        if self.ticket.sop_version_id is None:
            return {}
        found = StepStandard.objects.filter(version_id=self.ticket.sop_version_id)
        return {standard.code: standard for standard in found}


#: The acts whose taking completes a step of the SOP.
_FORWARD = frozenset(
    {
        Step.SUBMIT,
        Step.RESUBMIT,
        Step.TRIAGE,
        Step.DISPOSE,
        Step.EXAMINE,
        Step.VERIFY,
        Step.DIAGNOSE,
        Step.RESOLVE,
        Step.INFORM,
        Step.CLOSE,
    }
)
