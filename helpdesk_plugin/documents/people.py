"""Who signs, and how they are named below a document: office, "a.n." of a substitute, name, rank, NIP."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpdesk_plugin import labels
from helpdesk_plugin.domain.indonesia import format_nip
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.substitutions import SubstituteKind
from helpdesk_plugin.models import Signatory, TicketEvent
from helpdesk_plugin.people import name_of


@dataclass(frozen=True)
class Signature:
    """A place to sign. Lines that nobody knows stay empty and are drawn as dots to be filled in by hand.

    ``heading`` is what the person signs as ("Pihak Pertama", "Mengetahui"), ``offices`` the office in one
    line, or in two when it is held for another.
    """

    heading: str = ""
    offices: tuple[str, ...] = ()
    name: str = ""
    rank: str = ""
    nip: str = ""
    unit: str = ""

    @property
    def position(self) -> str:
        """The office in one line."""
        return " – ".join(self.offices)


class Signatories:
    """How officers sign. One query for all of them, however many documents ask."""

    def __init__(self, users: Iterable[Any]) -> None:
        wanted = {user.pk for user in users if user is not None}
        self._found = {row.user_id: row for row in Signatory.objects.filter(user__in=wanted)}

    def signature(self, user: Any, role: str = "", capacity: str = "", heading: str = "") -> Signature:
        """How ``user`` signs in an office (``role`` and ``capacity`` as the ledger keeps them)."""
        if user is None:
            return Signature(heading, _offices("", role, capacity))
        row = self._found.get(user.pk)
        return Signature(
            heading=heading,
            offices=_offices(row.position if row else "", role, capacity),
            name=row.name if row else name_of(user),
            rank=row.rank if row else "",
            nip=format_nip(row.nip) if row else "",
        )

    def of_event(self, event: TicketEvent | None, heading: str = "") -> Signature:
        """How whoever took an act signs for it."""
        if event is None:
            return Signature(heading)
        return self.signature(event.by, event.role, event.capacity, heading)


def _offices(position: str, role: str, capacity: str) -> tuple[str, ...]:
    """The lines above a signature: a substitute's own office stands below the one that is held."""
    office = str(labels.ROLE[Role(role)]) if role else ""
    if capacity:
        held = str(labels.ON_BEHALF[SubstituteKind(capacity)]) % {"role": office}
        return (held, position) if position else (held,)
    named = position or office
    return (named,) if named else ()
