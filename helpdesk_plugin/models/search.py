"""The searchable text of a ticket: one lower-cased line a ticket, kept beside it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connections, models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models import trigrams

#: So many of the newest hits SQLite's index names by itself, which is more than a list can be turned to.
NEWEST = 2_000
#: Up to so many hits PostgreSQL names at once; its index has no order to name the newest by. Of more there is
#: no need: then they are met soon enough by walking through the newest tickets.
MANY = 10_000
_ALL = 2**63 - 1


class Hits(NamedTuple):
    """Keys of texts that hold some words. Texts with keys below ``unread_below`` are still to be read."""

    keys: list[int]
    unread_below: int | None = None


class TicketSearchTextQuerySet(models.QuerySet):
    def holding(self, parts: Sequence[str]):
        """Texts that hold each of these parts of words, by the index."""
        return self.filter(text__holds=parts)

    def hits(self, parts: Sequence[str]) -> Hits:
        """What the index knows at once about the texts that hold these parts of words. One query."""
        using = connections[self.db]
        if using.vendor == "sqlite" and trigrams.is_there(using):
            keys = trigrams.newest_keys(NEWEST, parts, using)
            return Hits(keys) if len(keys) < NEWEST else Hits(keys, keys[-1])
        keys = list(self.holding(parts).order_by().values_list("pk", flat=True)[: MANY + 1])
        return Hits(keys) if len(keys) <= MANY else Hits([], _ALL)


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
