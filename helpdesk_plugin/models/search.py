"""The searchable text of a ticket: one lower-cased line a ticket, kept beside it."""

from collections.abc import Sequence

from django.db import connections, models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models import trigrams

#: Up to so many hits the index of trigrams names them all at once. Of more there is no need: then they are
#: met soon enough by walking through the newest tickets.
MANY = 10_000


class TicketSearchTextQuerySet(models.QuerySet):
    def holding(self, parts: Sequence[str]):
        """Texts that hold each of these parts of words, by the index."""
        return self.filter(text__holds=parts)

    def keys_if_few(self, parts: Sequence[str]) -> list[int] | None:
        """Keys of all texts that hold these parts, or None where they are more than `MANY`. One query."""
        using = connections[self.db]
        if using.vendor == "sqlite" and trigrams.is_there(using):
            keys = trigrams.first_keys(MANY + 1, parts, using)
        else:
            keys = list(self.holding(parts).order_by().values_list("pk", flat=True)[: MANY + 1])
        return keys if len(keys) <= MANY else None


class TicketSearchText(models.Model):
    """What a search for words looks through. Holds no contact data and no civil servant number."""

    ticket = models.OneToOneField(
        "helpdesk_plugin.Ticket", on_delete=models.CASCADE, related_name="search_text", primary_key=True
    )
    text = models.TextField()

    objects = TicketSearchTextQuerySet.as_manager()

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
