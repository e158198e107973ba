"""The evidence checklist of a confidential ticket: each line ticked, or taken back, by somebody at some time.

An extension of the SOP. The ledger alone remembers: the newest entry about a line says how it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import EvidenceItem, Ticket, TicketEvent
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import NoteRequired, NothingToChange


def tick_evidence(
    ticket_id: int, item: EvidenceItem, *, by: Any, done: bool, note: str = "", key: str | None = None
) -> Ticket:
    """Record that a line of the checklist is done, or (``done`` false) that it is not done after all.

    The words of the line are kept as they were then. Raises StepNotAllowed on a ticket that is not
    confidential, NothingToChange when the line stands so already, NoteRequired for taking it back in silence.
    """

    def tick(passage: Passage) -> None:
        stands = latest_ticks(passage.ticket.events.filter(act=Remark.EVIDENCE).order_by("at", "id"))
        before = stands.get(item.pk)
        if done is (before is not None and bool(before.data.get("done"))):
            raise NothingToChange(Remark.EVIDENCE)
        if not done and not passage.note:
            raise NoteRequired(Remark.EVIDENCE)
        passage.data |= {"item": item.pk, "text": item.text, "done": done}

    return pass_through(ticket_id, Remark.EVIDENCE, Request(by=by, note=note, key=key), tick)


def latest_ticks(events: Iterable[TicketEvent]) -> dict[int, TicketEvent]:
    """The newest entry about each line that was ever ticked; ``events`` of one ticket, oldest first."""
    return {event.data.get("item"): event for event in events if event.act == Remark.EVIDENCE}


@dataclass(frozen=True)
class ChecklistLine:
    """One line of the checklist on one ticket; ``event`` is the newest entry about it, if there is any."""

    key: int
    text: str
    in_use: bool
    event: TicketEvent | None

    @property
    def is_done(self) -> bool:
        return self.event is not None and bool(self.event.data.get("done"))


def checklist_of(items: Iterable[EvidenceItem], events: Iterable[TicketEvent]) -> list[ChecklistLine]:
    """The agency's lines ``items``, and after them what was ticked of lines that are no longer in use.

    ``events`` of one ticket, oldest first.
    """
    ticks = latest_ticks(events)
    lines = [ChecklistLine(one.pk, one.text, True, ticks.pop(one.pk, None)) for one in items]
    return lines + [
        ChecklistLine(key, event.data.get("text", ""), False, event) for key, event in ticks.items()
    ]
