"""What a confidential ticket shows besides: the evidence checklist and the way to the hand-over sheet."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.admin.filters import AllValuesFieldListFilter
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import EvidenceItem, Look, Ticket, TicketEvent
from helpdesk_plugin.services.evidence import ChecklistLine, checklist_of
from helpdesk_plugin.staff import words


@dataclass(frozen=True)
class Line(ChecklistLine):
    """A line of the checklist with what the screen needs to show and to tick it."""

    @property
    def actor(self) -> str:
        return words.actor(self.event) if self.event else ""

    @property
    def once(self) -> uuid.UUID:
        """Makes a double press one act."""
        return uuid.uuid4()


class SecurityLane:
    """An extension of the SOP, and shown as one. One query, none for other tickets.

    ``events`` is the ticket's ledger, oldest first; ``may_tick`` whether this officer keeps the checklist.
    """

    def __init__(self, ticket: Ticket, events: Sequence[TicketEvent], *, may_tick: bool = False) -> None:
        self.ticket, self._events, self.may_tick = ticket, events, may_tick

    @property
    def is_shown(self) -> bool:
        return self.ticket.security_flag

    @cached_property
    def _items(self) -> list[EvidenceItem]:
        return list(EvidenceItem.objects.filter(active=True))

    @cached_property
    def checklist(self) -> list[Line]:
        """The agency's lines, and after them what was ticked of lines that are no longer in use."""
        return [Line(**vars(line)) for line in checklist_of(self._items, self._events)]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.checklist)

    @property
    def is_proposed(self) -> bool:
        """Whether any line still awaits the agency's approval."""
        return any(not item.confirmed for item in self._items)

    @property
    def tick_url(self) -> str:
        return reverse("helpdesk_tickets:act", args=[self.ticket.pk, Remark.EVIDENCE.value])

    @property
    def sheet_url(self) -> str:
        return reverse("helpdesk_tickets:csirt", args=[self.ticket.pk])


def note_look(ticket: Ticket, user, page: str) -> None:
    """Write down that an officer has opened a page or a file of a confidential ticket."""
    if ticket.security_flag:
        Look.objects.create(ticket=ticket, by=user, at=clock.now(), page=page[:40])


#: Pages and files of a ticket by the names of their addresses.
_OPENED = {
    "inspect": _("The ticket"),
    "history": _("Record of changes"),
    "deadlines": _("How the deadlines are counted"),
    "act": _("Form of a step"),
    "children": _("Child tickets"),
    "csirt": _("Hand-over sheet to the CSIRT"),
    "download": _("A file"),
    "thumbnail": _("Preview of a file"),
    "print": _("Sheet for paper"),
    "documents": _("Official documents"),
    "document": _("Official document"),
    "document_preview": _("Preview of an official document"),
    "document_signed": _("Signed document"),
}


def opened_in_words(page: str) -> str:
    """What a look opened, for people."""
    return str(_OPENED.get(page, page))


class OpenedFilter(AllValuesFieldListFilter):
    """The filter of looks, in words."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": opened_in_words(choice["display"])}
