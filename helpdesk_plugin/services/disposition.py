"""The head of agency's disposition (S3) and the division head's examination (S4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import (
    Assignment,
    AttachmentPurpose,
    Disposition,
    Instruction,
    LetterNature,
    Ticket,
    TicketEvent,
)
from helpdesk_plugin.services._door import Passage, Request, pass_through
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

    def dispose(passage: Passage) -> None:
        _demand_documents(passage.ticket)
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

    return pass_through(
        ticket_id,
        Step.DISPOSE,
        Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
        dispose,
    )


def examine_ticket(
    ticket_id: int,
    *,
    by: Any,
    officers: Sequence[Any],
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Check disposition and request, and assign officers; the first one leads (S4).

    Raises ValueError without an officer.
    """
    if not officers:
        raise ValueError("examination assigns at least one officer")

    def assign(passage: Passage) -> None:
        passage.ticket.assignee = officers[0]
        passage.data["officers"] = [officer.pk for officer in officers]

        def write(event: TicketEvent) -> None:
            for officer in officers:
                Assignment.objects.create(
                    ticket=event.ticket,
                    event=event,
                    officer=officer,
                    leads=officer == officers[0],
                    at=passage.at,
                )

        passage.afterwards.append(write)

    return pass_through(
        ticket_id,
        Step.EXAMINE,
        Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
        assign,
    )


def missing_documents(ticket: Ticket) -> tuple[list[Missing], list[str]]:
    """What the service requires and the ticket lacks: kinds of lack, and the documents' names."""
    present = set(ticket.attachments.values_list("purpose", "label"))
    missing, names = [], []
    if ticket.service.letter_required(ticket.kind) and not any(
        purpose == AttachmentPurpose.COVER_LETTER for purpose, _label in present
    ):
        missing.append(Missing.COVER_LETTER)
    for document in ticket.service.documents.filter(required=True):
        if (AttachmentPurpose.DOCUMENT, document.name) not in present:
            missing.append(Missing.DOCUMENT)
            names.append(document.name)
    return missing, names


def _demand_documents(ticket: Ticket) -> None:
    missing, names = missing_documents(ticket)
    if missing:
        raise FactsMissing(Step.DISPOSE, missing, names)
