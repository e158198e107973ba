"""The only way to change a ticket. Every act takes the same beat:

lock the row → was this request served before? → does the procedure allow the act? → is this person
permitted? → has the ticket changed under the form? → is the reason given? → the act's own body → a
turn of the clock → one save with history → one ledger entry → files and records of the act → the SOP's
step records → messages queued → after commit: deliver, tell the host site.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from helpdesk_plugin import clock, history, signals, sla_clock
from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.standing import Turn
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS, StepNotAllowed, next_status, sop_code_of
from helpdesk_plugin.history import Actor, Entry
from helpdesk_plugin.models import Attachment, Ticket, TicketEvent, roles_of
from helpdesk_plugin.models.rights import substitute_offices
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.permissions import may_take, permission
from helpdesk_plugin.services import _steps
from helpdesk_plugin.services.errors import NoteRequired, NotPermitted, StaleTicket
from helpdesk_plugin.services.files import AcceptedFile


@dataclass
class Passage:
    """One act on its way through the door: what its body reads and fills.

    ``data`` goes to the ledger; ``afterwards`` holds what must be written once the ledger entry
    exists, such as the disposition that refers to it. ``calendar_of`` finds calendars, each read once.
    """

    act: Act
    ticket: Ticket
    actor: Actor
    at: datetime
    note: str
    sop_code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    afterwards: list[Callable[[TicketEvent], object]] = field(default_factory=list)
    calendar_of: sla_clock.CalendarOf = field(default_factory=sla_clock.calendars_read_once)


Body = Callable[[Passage], None]


@dataclass(frozen=True)
class Request:
    """What a caller asks of the door.

    ``by`` is a user or a `Party` (REQUESTER, SYSTEM), never None. ``key`` makes a repeated request
    a no-op. ``version`` is the version of the ticket that the person was looking at. ``internal``
    keeps an act from the requester that would be public otherwise. ``late_reason`` says why the step
    took longer than its standard; it is kept only when it did.
    """

    by: Any
    note: str = ""
    key: str | None = None
    version: int | None = None
    files: Sequence[AcceptedFile] = ()
    internal: bool = False
    late_reason: str = ""


def pass_through(ticket_id: int, act: Act, request: Request, body: Body | None = None) -> Ticket:
    """Take ``act`` on the ticket with this id and return the ticket as it is afterwards.

    Locks the ticket's row until the transaction ends. Raises StepNotAllowed, NotPermitted,
    StaleTicket, NoteRequired and whatever the body refuses; then nothing has changed.
    """
    with transaction.atomic():
        ticket = (
            Ticket.objects.select_for_update(of=("self",)).select_related("service", "opd").get(pk=ticket_id)
        )
        if request.key and ticket.events.filter(key=request.key).exists():
            return ticket
        passage = _admit(ticket, act, request)
        _carry_out(passage, request, body)
        return ticket


def open_with(
    ticket: Ticket, act: Act, request: Request, body: Body | None = None, *, since: datetime | None = None
) -> Ticket:
    """Record the act that creates a ticket; the caller holds the transaction and has filled the row.

    ``since`` is when an imported ticket came to where it stood in its former register.
    """
    actor = _identify(request.by, act, None)
    next_status(act, None, actor.party)
    passage = Passage(act, ticket, actor, clock.now(), request.note.strip())
    ticket.status_since = since or passage.at
    _finish(passage, request, body, _Before(None, None, {}, None), changed=True)
    return ticket


def _admit(ticket: Ticket, act: Act, request: Request) -> Passage:
    actor = _identify(request.by, act, ticket)
    if ticket.anonymised_at and actor.party is not Party.SYSTEM:
        # What is written on it now would be somebody's again, and nobody could ask for it.
        raise StepNotAllowed(act, ticket.state, actor.party)
    held, opened = ticket.held_from_state, ticket.opened_acts
    next_status(act, ticket.state, actor.party, held_from=held, opened=opened)
    if request.version is not None and request.version != ticket.version:
        raise StaleTicket(ticket, ticket.events.newest_first().first())
    note = request.note.strip()
    if TRANSITIONS[act].note_required and not note:
        raise NoteRequired(act)
    # A clock that was set back must not let an act precede the one that it follows.
    return Passage(act, ticket, actor, max(clock.now(), ticket.status_since), note)


def _identify(by: Any, act: Act, ticket: Ticket | None) -> Actor:
    if by is None:
        raise TypeError("an act needs somebody who takes it: a user or a Party")
    if isinstance(by, Party):
        return Actor(by, role=Role.REQUESTER if by is Party.REQUESTER else None)
    if not may_take(by, act, ticket):
        raise NotPermitted(act)
    if not by.has_perm(permission(act)):
        return _as_substitute(by, act)
    return Actor(Party.STAFF, user=by, role=_acting_role(by, act))


def _acting_role(user: Any, act: Act) -> Role | None:
    """The office in whose name a user acts: the SOP's own for the act if held, else any that is."""
    held = roles_of(user)
    candidates = [role for role in TRANSITIONS[act].roles if role in held] or sorted(held)
    return candidates[0] if candidates else None


def _as_substitute(user: Any, act: Act) -> Actor:
    """The actor who takes an act in an office held for another (Plh, Plt): recorded as "a.n."."""
    office = next(o for o in substitute_offices(user) if permission(act) in o.grants)
    return Actor(Party.STAFF, user=user, role=office.role, capacity=office.kind)


def _carry_out(passage: Passage, request: Request, body: Body | None) -> None:
    ticket, act = passage.ticket, passage.act
    was, held = ticket.state, ticket.held_from_state
    to = next_status(act, was, passage.actor.party, held_from=held, opened=ticket.opened_acts)
    before = _Before(was, ticket.sop_position, ticket.promise, ticket.first_response_at)
    passage.sop_code = sop_code_of(act, was, held_from=held)
    _move(ticket, was, to, passage)
    # A remark leaves the row alone; only a few of them change it without moving it.
    _finish(passage, request, body, before, changed=act not in _ROW_UNTOUCHED)


_ROW_UNTOUCHED = frozenset(Remark) - {
    *(Remark.AMEND, Remark.RECOUNT, Remark.LINK, Remark.UNLINK),
    *(Remark.TAKE, Remark.HAND_OVER, Remark.CORRECT),
}


def _move(ticket: Ticket, was: TicketStatus, to: TicketStatus, passage: Passage) -> None:
    if to is was:
        return
    ticket.held_from = was.value if to in statuses.COME_FROM else ""
    ticket.status = to.value
    ticket.status_since = passage.at
    if was is TicketStatus.SUBMITTED and passage.actor.party is Party.STAFF:
        ticket.first_response_at = ticket.first_response_at or passage.at


@dataclass(frozen=True)
class _Before:
    """What the door remembers of a ticket while an act changes it."""

    status: TicketStatus | None
    position: str | None
    promise: dict[str, Any]
    first_response_at: datetime | None


def _finish(passage: Passage, request: Request, body: Body | None, before: _Before, *, changed: bool) -> None:
    ticket, act = passage.ticket, passage.act
    if body is not None:
        body(passage)
    turn = _turn_clock(passage, before) if changed else {}
    if changed and ticket.pk:
        ticket.version += 1
    entry = Entry(
        at=passage.at,
        sop_code=passage.sop_code or sop_code_of(act, before.status),
        from_status=before.status,
        note=passage.note,
        public=TRANSITIONS[act].public and not request.internal,
        content_public=TRANSITIONS[act].content_public and not request.internal,
        key=request.key,
        data=passage.data,
        clock=turn,
    )
    event = history.record(ticket, act, passage.actor, entry, changed=changed)
    _keep_files(event, request.files)
    for write in passage.afterwards:
        write(event)
    # What had ended before it was imported took no step here.
    if changed and not (act is Step.IMPORT and ticket.state in statuses.FINAL):
        _follow_steps(passage, request, before, runs=turn["runs"])
    outbox.queue(event)
    transaction.on_commit(partial(_announce, event), robust=True)


_TAKES_BACK = frozenset({Step.NOT_FIXED, Step.REOPEN})


def _turn_clock(passage: Passage, before: _Before) -> dict[str, Any]:
    """Turn the ticket's clock: fold its ledger with this act and write deadlines and outcomes."""
    ticket = passage.ticket
    promise = ticket.promise if ticket.promise != before.promise else None
    turn = Turn(
        at=passage.at,
        runs=sla_clock.clock_runs(ticket.state),
        promise=sla_clock.promise_from(promise) if promise else None,
        responds=before.first_response_at is None and ticket.first_response_at is not None,
        recovers=passage.act is Step.RESOLVE,
        reopens=passage.act in _TAKES_BACK,
        reason=ticket.status,
    )
    turns = [*sla_clock.turns_in_ledger(ticket), turn]
    sla_clock.write_standing(ticket, sla_clock.standing_of(turns, passage.calendar_of))
    return sla_clock.turn_as_data(turn, promise)


def _follow_steps(passage: Passage, request: Request, before: _Before, *, runs: bool) -> None:
    ticket = passage.ticket
    movement = _steps.Movement(
        ticket=ticket,
        act=passage.act,
        actor=passage.actor,
        at=passage.at,
        before=before.position,
        after=None if ticket.state in statuses.OFF_THE_LINE else ticket.sop_position,
        waits=_steps.waits_for_others(ticket, clock_runs=runs),
        late_reason=request.late_reason.strip(),
        documents=passage.documents,
        hours=passage.calendar_of(ticket.promise["calendar"]) if ticket.promise else None,
    )
    _steps.follow(movement)


def _keep_files(event: TicketEvent, files: Sequence[AcceptedFile]) -> None:
    for accepted in files:
        Attachment.objects.create(
            ticket=event.ticket, event=event, created_at=event.at, **accepted.as_fields()
        )


def _announce(event: TicketEvent) -> None:
    outbox.kick()
    signals.ticket_stepped.send_robust(Ticket, event=event, ticket=event.ticket)
