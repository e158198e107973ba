"""The work log: minutes and parts (S7's record of recovery), and calls to the requester (S2b)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.work import MOST_MINUTES, MOST_PARTS, Part, Via
from helpdesk_plugin.models import PartUsed, Ticket, TicketEvent, WorkLog
from helpdesk_plugin.services._door import Passage, Request, pass_through


def log_work(
    ticket_id: int, *, by: Any, minutes: int, parts: Sequence[Part] = (), note: str, key: str | None = None
) -> Ticket:
    """Record a piece of work: ``minutes`` of the officer's time, parts that went in, ``note`` what was done.

    Officers alone see it. Raises ValueError for an impossible length or too many parts.
    """
    if not 0 <= minutes <= MOST_MINUTES or len(parts) > MOST_PARTS or not (minutes or parts):
        raise ValueError("nothing that could be logged")

    def work(passage: Passage) -> None:
        passage.data |= {"minutes": minutes, "parts": len(parts)}
        passage.afterwards.append(lambda event: _keep(event, passage, minutes, parts))

    return pass_through(ticket_id, Remark.WORK, Request(by=by, note=note, key=key), work)


def _keep(event: TicketEvent, passage: Passage, minutes: int, parts: Sequence[Part]) -> None:
    row = WorkLog.objects.create(
        ticket=event.ticket, event=event, by=passage.actor.user, at=passage.at, minutes=minutes
    )
    PartUsed.objects.bulk_create(PartUsed(work=row, **asdict(part)) for part in parts)


def log_contact(
    ticket_id: int, *, by: Any, via: Via, reached: bool, note: str = "", key: str | None = None
) -> Ticket:
    """Record that the requester was called or written to, and whether that reached them. Internal."""

    def contact(passage: Passage) -> None:
        passage.data |= {"via": via.value, "reached": reached}

    return pass_through(ticket_id, Remark.CONTACT, Request(by=by, note=note, key=key), contact)
