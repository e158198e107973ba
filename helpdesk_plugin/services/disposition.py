"""The head of agency's disposition (S3) and the division head's examination (S4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import (
    Attachment,
    AttachmentPurpose,
    Disposition,
    Instruction,
    LetterNature,
    RequiredDocument,
    Ticket,
    TicketEvent,
)
from helpdesk_plugin.services._door import Body, Passage, Request, pass_through
from helpdesk_plugin.services.assignment import assigning
from helpdesk_plugin.services.errors import FactsMissing


@dataclass(frozen=True)
class Order:
    """What the head of agency writes on the disposition sheet."""

    nature: str = LetterNature.ORDINARY
    agenda_number: str = ""
    addressee: str = Role.DIVISION_HEAD.value
    instructions: Sequence[str] = (Instruction.PROCESS.value,)


def dispose_ticket(
    ticket_id: int,
    order: Order,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Give the disposition (S3).

    Raises FactsMissing while a document that the service requires is not there: the SOP warns that
    required documents must be complete.
    """
    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.DISPOSE, request, _disposing(order))


def dispose_late(
    ticket_id: int,
    order: Order,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Give the disposition of a ticket whose work was allowed to begin before it (S3, sop.md §4 rule 3).

    Raises FactsMissing as `dispose_ticket` does.
    """
    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.DISPOSE_LATE, request, _disposing(order))


def examine_ticket(
    ticket_id: int,
    *,
    by: Any,
    officers: Sequence[Any],
    wished_by: date | None = None,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Check disposition and request, and assign officers; the first one leads (S4).

    ``wished_by`` is when the head of division would like it done; no deadline moves by it.
    Raises ValueError without an officer.
    """
    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.EXAMINE, request, _examining(officers, wished_by))


def examine_late(
    ticket_id: int,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Check a disposition that followed after work had begun; the officers stay as they are (S4)."""

    def examine(passage: Passage) -> None:
        passage.ticket.examined_at = passage.at

    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.EXAMINE_LATE, request, examine)


def start_ahead(
    ticket_id: int,
    *,
    by: Any,
    officers: Sequence[Any],
    wished_by: date | None = None,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Let work begin before the disposition, for a priority that allows it; the head is told at once.

    S3 and S4 are still demanded before S9. Raises StepNotAllowed for other priorities and ValueError
    without an officer.
    """
    assign = assigning(officers, wished_by)

    def begin(passage: Passage) -> None:
        passage.ticket.ran_ahead = True
        assign(passage)

    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.START_AHEAD, request, begin)


def send_back(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Hand a disposition back to the head of agency, with a reason (S4 → S3)."""
    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.SEND_BACK, request)


def _disposing(order: Order) -> Body:
    def dispose(passage: Passage) -> None:
        _demand_documents(passage)
        passage.ticket.disposed_at = passage.at

        def write(event: TicketEvent) -> None:
            Disposition.objects.create(
                ticket=event.ticket,
                event=event,
                nature=order.nature,
                agenda_number=order.agenda_number,
                addressee=order.addressee,
                instructions=list(order.instructions),
                note=passage.note,
                by=passage.actor.user,
                at=passage.at,
            )

        passage.afterwards.append(write)

    return dispose


def _examining(officers: Sequence[Any], wished_by: date | None) -> Body:
    assign = assigning(officers, wished_by)

    def examine(passage: Passage) -> None:
        passage.ticket.examined_at = passage.at
        assign(passage)

    return examine


#: Kinds of lack, and the names of the documents that are lacking.
Lack = tuple[list[Missing], list[str]]


def required_documents(ticket: Ticket) -> list[str]:
    """Names of the documents that the service requires of this ticket besides the covering letter."""
    return _required_by_service([ticket])[ticket.service_id]


def missing_documents(ticket: Ticket) -> Lack:
    """What the service requires and the ticket lacks: kinds of lack, and the documents' names."""
    return missing_of_each([ticket])[ticket.pk]


def missing_of_each(tickets: Sequence[Ticket]) -> dict[int, Lack]:
    """What each of several tickets lacks, by ticket id. Two queries however many they are."""
    required = _required_by_service(tickets)
    present: dict[int, set[tuple[str, str]]] = defaultdict(set)
    kept = Attachment.objects.filter(ticket__in=tickets).values_list("ticket_id", "purpose", "label")
    for ticket_id, purpose, label in kept:
        present[ticket_id].add((purpose, label))
    return {ticket.pk: _lack(ticket, required[ticket.service_id], present[ticket.pk]) for ticket in tickets}


def _required_by_service(tickets: Sequence[Ticket]) -> dict[int, list[str]]:
    services = {ticket.service_id for ticket in tickets}
    required: dict[int, list[str]] = defaultdict(list)
    rows = RequiredDocument.objects.filter(service__in=services, required=True)
    for service_id, name in rows.values_list("service_id", "name"):
        required[service_id].append(name)
    return required


def _lack(ticket: Ticket, required: Sequence[str], present: set[tuple[str, str]]) -> Lack:
    has_letter = any(purpose == AttachmentPurpose.COVER_LETTER for purpose, _label in present)
    missing = []
    if ticket.service.letter_required(ticket.kind) and not has_letter:
        missing.append(Missing.COVER_LETTER)
    names = [name for name in required if (AttachmentPurpose.DOCUMENT, name) not in present]
    return missing + [Missing.DOCUMENT] * len(names), names


def _demand_documents(passage: Passage) -> None:
    """Refuse while documents lack; note on the step record which were required and there."""
    ticket = passage.ticket
    missing, names = missing_documents(ticket)
    if missing:
        raise FactsMissing(passage.act, missing, names)
    letter = [AttachmentPurpose.COVER_LETTER.value] if ticket.service.letter_required(ticket.kind) else []
    required = letter + required_documents(ticket)
    passage.documents = {"required": required, "present": required}
