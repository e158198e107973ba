"""Informing the agency (S8), its confirmation, closing (S9), and what may follow (S10)."""

from collections.abc import Sequence
from typing import Any

from helpdesk_plugin import clock
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.requirements import ClosingFacts, Missing, missing_for_closing
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import ClosedHow, Ticket
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import FactsMissing, TooLate
from helpdesk_plugin.services.files import AcceptedFile
from helpdesk_plugin.sla_clock import confirmation_deadline, reopening_deadline


def inform_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Tell the agency that its request was handled, in words for them, and report it (S8).

    From now on the agreed working days to confirm run.
    """

    def inform(passage: Passage) -> None:
        passage.ticket.informed_at = passage.at

    return pass_through(
        ticket_id,
        Step.INFORM,
        Request(by=by, note=note, key=key, version=version, files=files, late_reason=late_reason),
        inform,
    )


def confirm_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Record that the requester found the disruption gone (before S9)."""

    def confirm(passage: Passage) -> None:
        passage.ticket.confirmed_at = passage.at

    return pass_through(
        ticket_id,
        Step.CONFIRM,
        Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
        confirm,
    )


def report_not_fixed(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Take a handled ticket back to diagnosis because the requester says it is not fixed (S6)."""

    request = Request(by=by, note=note, key=key, version=version, files=files, late_reason=late_reason)
    return pass_through(ticket_id, Step.NOT_FIXED, request, _handle_again)


def close_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Close a handled ticket (S9).

    Raises FactsMissing listing exactly what is lacking: disposition, examination, diagnosis,
    solution, information of the agency, or its confirmation while it may still be waited for.
    """

    def close(passage: Passage) -> None:
        ticket = passage.ticket
        missing = missing_to_close(ticket)
        if missing:
            raise FactsMissing(Step.CLOSE, missing)
        ticket.closed_at = passage.at
        ticket.closed_by = passage.actor.user
        ticket.closed_how = ClosedHow.CONFIRMED if ticket.confirmed_at else ClosedHow.SILENCE
        passage.data["how"] = ticket.closed_how

    return pass_through(
        ticket_id,
        Step.CLOSE,
        Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
        close,
    )


def reopen_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Take a closed ticket up again at diagnosis (S10 → S6).

    Raises TooLate once the agreed working days have passed since it was closed.
    """

    def reopen(passage: Passage) -> None:
        deadline = reopening_deadline(passage.ticket)
        if deadline is None or passage.at > deadline:
            raise TooLate(Step.REOPEN, deadline or passage.at)
        _handle_again(passage)

    request = Request(by=by, note=note, key=key, version=version, files=files, late_reason=late_reason)
    return pass_through(ticket_id, Step.REOPEN, request, reopen)


def cancel_ticket(
    ticket_id: int,
    *,
    by: Any = Party.REQUESTER,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Withdraw a request; possible for the requester until recovery has begun."""
    return pass_through(
        ticket_id, Step.CANCEL, Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    )


def missing_to_close(ticket: Ticket) -> tuple[Missing, ...]:
    """What stands between this ticket and its closing now, in the order of the SOP."""
    deadline = confirmation_deadline(ticket)
    return missing_for_closing(
        ClosingFacts(
            disposed=ticket.dispositions.exists(),
            examined=ticket.examined_at is not None,
            diagnosed=ticket.diagnosis_set.exists(),
            solved=ticket.solution_set.exists(),
            informed=ticket.informed_at is not None,
            confirmed=ticket.confirmed_at is not None,
            answer_due=deadline is None or clock.now() <= deadline,
        )
    )


def _handle_again(passage: Passage) -> None:
    ticket = passage.ticket
    ticket.resolved_at = ticket.informed_at = ticket.confirmed_at = None
    ticket.closed_at = ticket.closed_by = None
    ticket.closed_how = ""
