"""The searchable text of a ticket: one lower-cased line a ticket, kept beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketSearchText(models.Model):
    """What a search for words looks through. Holds no contact data and no civil servant number."""

    ticket = models.OneToOneField(
        "helpdesk_plugin.Ticket", on_delete=models.CASCADE, related_name="search_text", primary_key=True
    )
    text = models.TextField()

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")
        default_permissions = ()

    def __str__(self):
        return f"search text {self.pk}"


def text_of(ticket) -> str:
    """The text under which a ticket is found."""
    parts = (
        ticket.number,
        ticket.external_reference,
        ticket.summary,
        ticket.description,
        ticket.requester_name,
        ticket.requester_unit,
        ticket.letter_number,
        ticket.opd.name,
        ticket.opd.short_name,
        ticket.service.name,
        ticket.service.code,
    )
    return "\n".join(part.lower() for part in parts if part)
