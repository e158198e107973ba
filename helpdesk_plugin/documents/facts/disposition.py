"""Lembar disposisi (S3): the head of agency's order on half a folio, "a.n." where a substitute gave it."""

from helpdesk_plugin.documents.people import Signatories
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.labels import ROLE
from helpdesk_plugin.models import Disposition, Instruction, LetterNature, Ticket

#: Natures that the sheet offers to tick, in its customary order; an ordinary letter ticks none.
NATURES = (LetterNature.VERY_URGENT, LetterNature.URGENT, LetterNature.SECRET)
#: Offices below the head of agency.
ADDRESSEES = (Role.DIVISION_HEAD, Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT)


def facts_of(ticket: Ticket, slip: Slip) -> Sketch:
    """The latest disposition. Raises Disposition.DoesNotExist before S3."""
    found = ticket.dispositions.select_related("event", "by")
    order = found.latest("at", "id")
    addressees = [Role(order.addressee), *(role for role in ADDRESSEES if role != order.addressee)]
    event = order.event
    context = {
        "ticket": ticket,
        "order": order,
        "natures": [(nature.label, order.nature == nature) for nature in NATURES],
        "addressees": [(ROLE[role], role == order.addressee) for role in addressees],
        "instructions": [(one.label, one.value in order.instructions) for one in Instruction],
        "signature": _signature(order, event),
    }
    return sketch(slip, ticket.number, context)


def _signature(order: Disposition, event):
    return Signatories([order.by]).signature(order.by, event.role, event.capacity)
