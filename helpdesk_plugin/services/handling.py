"""Verification, diagnosis, recovery, and waiting for somebody outside the desk (S5 – S7)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Diagnosis, Outcome, Solution, Ticket
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.amendment import renew_promise
from helpdesk_plugin.services.files import AcceptedFile


@dataclass(frozen=True)
class Finding:
    """Symptoms, checks made, cause (S6)."""

    symptoms: str
    cause: str
    checks: str = ""


@dataclass(frozen=True)
class Recovery:
    """What was done and with what result (S7)."""

    action: str
    outcome: str = Outcome.NORMAL
    parts: str = ""
    recommendation: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None


def verify_ticket(
    ticket_id: int,
    verdict: str,
    *,
    by: Any,
    security: bool = False,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Decide between infrastructure and application; flag a matter of information security (S5).

    The flag can be set here, not taken away, and lifts the priority to its floor.
    """

    def verify(passage: Passage) -> None:
        ticket = passage.ticket
        ticket.verdict = verdict
        passage.data |= {"verdict": verdict, "security": security}
        if security and not ticket.security_flag:
            ticket.security_flag = True
            renew_promise(ticket)

    return pass_through(
        ticket_id,
        Step.VERIFY,
        Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
        verify,
    )


def diagnose_ticket(
    ticket_id: int,
    finding: Finding,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Record symptoms, checks and cause; recovery begins (S6)."""

    def diagnose(passage: Passage) -> None:
        passage.afterwards.append(
            lambda event: Diagnosis.objects.create(
                ticket=event.ticket, event=event, by=passage.actor.user, at=passage.at, **asdict(finding)
            )
        )

    request = Request(by=by, note=note, key=key, version=version, files=files, late_reason=late_reason)
    return pass_through(ticket_id, Step.DIAGNOSE, request, diagnose)


def resolve_ticket(
    ticket_id: int,
    recovery: Recovery,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Record the recovery and its solution; the requester's confirmation starts afresh (S7)."""

    def resolve(passage: Passage) -> None:
        ticket = passage.ticket
        ticket.resolved_at = passage.at
        ticket.informed_at = ticket.confirmed_at = None
        passage.afterwards.append(
            lambda event: Solution.objects.create(
                ticket=event.ticket, event=event, by=passage.actor.user, at=passage.at, **asdict(recovery)
            )
        )

    request = Request(by=by, note=note, key=key, version=version, files=files, late_reason=late_reason)
    return pass_through(ticket_id, Step.RESOLVE, request, resolve)


def hold_for_requester(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Write to the requester and wait for the answer; the question is ``note`` (S5 – S7)."""
    return pass_through(
        ticket_id,
        Step.HOLD_REQUESTER,
        Request(by=by, note=note, key=key, version=version, files=files, late_reason=late_reason),
    )


def hold_for_third_party(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Wait for a provider or the operator of a national application; ``note`` tells the requester why."""
    return pass_through(
        ticket_id,
        Step.HOLD_THIRD_PARTY,
        Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
    )


def resume_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Lift a hold: the ticket goes on where it was."""
    return pass_through(
        ticket_id, Step.RESUME, Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    )
