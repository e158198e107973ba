"""What has happened on a ticket while somebody was typing: who changed what, from what to what."""

from dataclasses import dataclass

from helpdesk_plugin.models import Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.staff.changes import ChangeReader, ChangeRecord
from helpdesk_plugin.staff.timeline import Entry

#: As much as somebody reads before pressing again; the history holds the rest.
MOST = 10


@dataclass(frozen=True)
class Conflict:
    """Entries of the ledger and changes of fields since a form was opened, newest first."""

    entries: list[Entry]
    records: list[ChangeRecord]

    def __bool__(self) -> bool:
        return bool(self.entries or self.records)


def since(ticket: Ticket, user, *, version: int | None, seen: int | None) -> Conflict:
    """What others did to a ticket since the form with this ``version`` and newest entry (``seen``).

    At most seven queries. Without ``seen`` the entries begin with the first change of a field.
    """
    newer, records = [], []
    if version is not None:
        rows = ticket.history.filter(version__gt=version).order_by("-history_date", "-history_id")
        newer = list(rows[:MOST])
    if newer:
        earlier = ticket.history.filter(version__lt=newer[-1].version).order_by("-version").first()
        reader = ChangeReader(shows_nip=holds(user, "helpdesk_plugin.view_nip_ticket"))
        records = reader.read(newer, earlier)
    return Conflict([Entry(event) for event in _entries(ticket, seen, newer)], records)


def _entries(ticket: Ticket, seen: int | None, newer: list) -> list:
    found = ticket.events.newest_first().select_related("by", "diagnosis", "solution", "disposition", "work")
    if seen is not None:
        return list(found.filter(pk__gt=seen)[:MOST])
    return list(found.filter(at__gte=newer[-1].history_date)[:MOST]) if newer else []


def told_meanwhile(ticket: Ticket, user, seen: int | None) -> bool:
    """Whether somebody else has said something to or for the requester since this entry. One query."""
    if seen is None:
        return False
    fresh = ticket.events.filter(pk__gt=seen, public=True, content_public=True).exclude(note="")
    return fresh.exclude(by=user).exists()
