"""Correcting what a ticket says: an act like any other, with a reason and both values on record."""

from typing import Any

from helpdesk_plugin.calendars import current_edition
from helpdesk_plugin.domain.priorities import Impact, Urgency, priority_of
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket, TicketEvent, TicketSearchText
from helpdesk_plugin.models.search import text_of
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.sla_clock import counted_by, make_promise, matrix

#: What a requester may complete and an officer may correct.
CORRECTABLE: tuple[str, ...] = (
    "requester_name",
    "requester_unit",
    "requester_phone",
    "requester_email",
    "requester_nip",
    "summary",
    "description",
    "occurred_at",
    "who_affected",
    "alternative",
    "wished_date",
    "letter_number",
    "letter_date",
    "letter_subject",
)

#: What officers alone may change besides.
CORRECTABLE_BY_STAFF: tuple[str, ...] = (
    *CORRECTABLE,
    "kind",
    "service",
    "opd",
    "impact",
    "urgency",
    "security_flag",
)

_SHAPES_PROMISE = {"kind", "service", "impact", "urgency", "security_flag"}


def amend_ticket(
    ticket_id: int,
    *,
    by: Any,
    changes: dict[str, Any],
    note: str,
    key: str | None = None,
    version: int | None = None,
) -> Ticket:
    """Correct facts of an open ticket, for a reason; priority and deadlines follow the new facts.

    ``changes`` maps fields of `CORRECTABLE_BY_STAFF` to new values; others raise ValueError.
    """
    unknown = set(changes) - set(CORRECTABLE_BY_STAFF)
    if unknown:
        raise ValueError(f"not correctable: {', '.join(sorted(unknown))}")

    def correct(passage: Passage) -> None:
        changed = apply_changes(passage, changes)
        if changed & _SHAPES_PROMISE:
            renew_promise(passage.ticket)

    return pass_through(ticket_id, Remark.AMEND, Request(by=by, note=note, key=key, version=version), correct)


def recount_ticket(
    ticket_id: int, *, by: Any, note: str, key: str | None = None, version: int | None = None
) -> Ticket:
    """Count a ticket's deadlines by the calendar as it stands now, for a reason that goes on record.

    A changed calendar moves no deadline of its own accord; this act does, for open tickets only. What the
    ticket was promised stays: only the days on which it is counted are others.
    """

    def recount(passage: Passage) -> None:
        ticket, edition = passage.ticket, current_edition().pk
        ticket.calendar_edition_id = edition
        ticket.promise = counted_by(ticket.promise, edition)
        passage.data["calendar"] = edition

    return pass_through(
        ticket_id, Remark.RECOUNT, Request(by=by, note=note, key=key, version=version), recount
    )


def apply_changes(passage: Passage, changes: dict[str, Any]) -> set[str]:
    """Write the values that differ to the ticket, name them in the ledger, and return their names.

    The values themselves stand in the field history, so that personal data is kept in one place.
    """
    ticket = passage.ticket
    changed = {name for name, value in changes.items() if getattr(ticket, name) != value}
    for name in changed:
        setattr(ticket, name, changes[name])
    passage.data["changed"] = sorted(changed)
    passage.afterwards.append(_refresh_search_text)
    return changed


def renew_promise(ticket: Ticket) -> None:
    """Work out priority and deadlines again from the ticket's facts (SOP step S2)."""
    if ticket.service.is_security:
        ticket.security_flag = True
    if ticket.impact and ticket.urgency:
        found = priority_of(
            Impact(ticket.impact), Urgency(ticket.urgency), matrix(), security=ticket.security_flag
        )
        ticket.priority = found.value
    make_promise(ticket)


def _refresh_search_text(event: TicketEvent) -> None:
    TicketSearchText.objects.filter(ticket=event.ticket).update(text=text_of(event.ticket))
