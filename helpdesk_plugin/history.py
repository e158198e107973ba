"""The two records of an act, written together: the ledger entry and the field history.

The ledger answers which step, by whom, when and why; the history what the row looked like before and
after. Wagtail's own log gets a line too, so that its history screens know of the step.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act
from helpdesk_plugin.models import Ticket, TicketEvent


@dataclass(frozen=True)
class Actor:
    """Who acts: the side, the person behind it if any, and the office in whose name."""

    party: Party
    user: Any = None
    role: Role | None = None
    capacity: str = ""


@dataclass(frozen=True)
class Entry:
    """What the ledger is told of an act besides who and what."""

    at: datetime
    sop_code: str
    from_status: TicketStatus | None
    note: str = ""
    public: bool = True
    content_public: bool = False
    key: str | None = None
    data: dict = field(default_factory=dict)
    clock: dict = field(default_factory=dict)


def record(ticket: Ticket, act: Act, actor: Actor, entry: Entry, *, changed: bool) -> TicketEvent:
    """Save the ticket if the act changed it, append to the ledger, and tell Wagtail's log.

    Called by the door alone, inside its transaction.
    """
    if changed:
        save_with_history(ticket, act, actor, entry.at)
    event = TicketEvent.objects.create(
        ticket=ticket,
        act=act.value,
        sop_code=entry.sop_code,
        party=actor.party.value,
        by=actor.user,
        role=actor.role.value if actor.role else "",
        capacity=actor.capacity,
        at=entry.at,
        from_status=entry.from_status.value if entry.from_status else "",
        to_status=ticket.status,
        note=entry.note,
        public=entry.public,
        content_public=entry.content_public,
        key=entry.key,
        data=entry.data,
        clock=entry.clock,
    )
    _tell_wagtail(ticket, act, actor, entry)
    return event


def _tell_wagtail(ticket: Ticket, act: Act, actor: Actor, entry: Entry) -> None:
    """Add a line to Wagtail's log, without the note: it is shown to everyone with any right to tickets.

    A confidential ticket is not named there at all; lines from before it was one are taken away. Every line
    has a number of its own: Wagtail shows only the last of those that a request writes under one number.
    """
    if ticket.security_flag:
        log_registry.get_logs_for_instance(ticket).delete()
        return
    log(
        ticket,
        f"helpdesk.{act.value}",
        user=actor.user,
        data={"sop": entry.sop_code},
        timestamp=entry.at,
        uuid=uuid.uuid4(),
    )


def sign(row: Any, by: Any, reason: str) -> None:
    """Name who changes a row of the agency's data and why, for the field history that its next save keeps."""
    row._history_user, row._change_reason = by, reason


def save_with_history(ticket: Ticket, act: Act, actor: Actor, at: datetime) -> None:
    """Save the whole row once; simple-history keeps a copy with person, reason and the act's own time."""
    sign(ticket, actor.user, act.value)
    ticket._history_date = at
    ticket.save()


def plain_rows(model: type[models.Model]) -> models.QuerySet:
    """Rows of a model without its own guards: the ledger lets nobody change an entry.

    For one purpose: taking a person out of what was recorded (UU 27/2022, articles 43 and 44). Which act was
    taken when, by whom and in which office stays as it was written.
    """
    return models.QuerySet(model)
