"""What a confidential ticket shows besides: the evidence checklist and the way to the hand-over sheet."""

from functools import cached_property

from django.urls import reverse

from helpdesk_plugin import clock
from helpdesk_plugin.models import EvidenceItem, Look, Ticket


class SecurityLane:
    """An extension of the SOP, and shown as one. One query, none for other tickets."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket

    @property
    def is_shown(self) -> bool:
        return self.ticket.security_flag

    @cached_property
    def checklist(self) -> list[EvidenceItem]:
        return list(EvidenceItem.objects.filter(active=True))

    @property
    def is_proposed(self) -> bool:
        """Whether any line still awaits the agency's approval."""
        return any(not item.confirmed for item in self.checklist)

    @property
    def sheet_url(self) -> str:
        return reverse("helpdesk_tickets:csirt", args=[self.ticket.pk])


def note_look(ticket: Ticket, user, page: str) -> None:
    """Write down that an officer has opened a page or a file of a confidential ticket."""
    if ticket.security_flag:
        Look.objects.create(ticket=ticket, by=user, at=clock.now(), page=page[:40])
