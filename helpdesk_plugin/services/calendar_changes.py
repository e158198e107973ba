"""After a change of the calendar: which open tickets it would move, and moving those that somebody chooses.

Nothing moves by itself. A ticket stays with the edition of the calendar that it is counted by until an
officer counts it again; closed and recovered tickets are past asking.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.db.models.fields.json import KT

from helpdesk_plugin import clock, sla_clock
from helpdesk_plugin.calendars import (
    ON_CALL,
    PresentCalendar,
    calendars_named,
    current_edition,
    present_calendar,
)
from helpdesk_plugin.domain.calendar_changes import changed_days, touches
from helpdesk_plugin.domain.standing import Turn, standing_after
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.working_calendar import NoWorkingTime, WorkingCalendar
from helpdesk_plugin.models import KeptDeadlines, Ticket, TicketEvent
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services.amendment import recount_ticket
from helpdesk_plugin.services.errors import NotPermitted, StepNotAllowed, StepRefused

#: How many tickets are looked at, or counted again, at once.
LIMIT = 200
#: Stands for the present calendar while it is only tried.
_PRESENT = "present"


@dataclass(frozen=True)
class Question:
    """What a changed calendar asks of one officer.

    ``touched`` are the ids of open tickets that an earlier calendar counts and in whose time a changed day
    lies, in the order of work; ``untouched`` is how many others an earlier calendar counts.
    """

    present: PresentCalendar
    touched: list[int]
    untouched: int
    answer: KeptDeadlines | None


@dataclass(frozen=True)
class Moved:
    """A deadline as it stands, and as the present calendar would have it. Moments are UTC."""

    old: datetime | None
    new: datetime | None

    def __bool__(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Move:
    """What counting again would do to one ticket."""

    ticket: Ticket
    response: Moved
    recovery: Moved

    def __bool__(self) -> bool:
        return bool(self.response or self.recovery)


@dataclass(frozen=True)
class Outcome:
    """What became of one ticket that was to be counted again; ``refused`` is why nothing did."""

    ticket: Ticket
    response: Moved
    recovery: Moved
    refused: Exception | None = None


def question_for(user: Any, *, unanswered: bool = False) -> Question:
    """Find the open tickets that a changed calendar may move, as far as this officer may know of them.

    ``unanswered`` passes over those that somebody has decided to leave as they are. The same number of
    queries for any number of tickets; writes nothing.
    """
    present = present_calendar()
    answer = _answer_to(present)
    rows = [row for row in _counted_by_others(user, present) if not (unanswered and _answered(row, answer))]
    touched = _touched(rows, present)
    return Question(present, touched, len(rows) - len(touched), answer)


def moves_of(ids: Sequence[int], present: PresentCalendar) -> list[Move]:
    """Work out what counting again would do to these tickets (at most `LIMIT`), in the order given.

    Three queries; writes nothing. Raises NoWorkingTime when the present calendar cannot hold a promise.
    """
    tickets = Ticket.objects.with_list_facts().in_bulk(list(ids[:LIMIT]))
    ledgers = _ledgers_of(tickets)
    tried = {pk: [*ledgers[pk], turn] for pk, turn in _trial_turns(tickets.values())}
    names = {turn.promise.calendar for turns in tried.values() for turn in turns if turn.promise}
    editions = calendars_named(names - {_PRESENT}) | {_PRESENT: present.hours}
    return [_move(tickets[pk], tried[pk], editions) for pk in ids if pk in tickets]


def recount_chosen(chosen: Mapping[int, int], *, by: Any, note: str, key: str) -> list[Outcome]:
    """Count the chosen tickets again, each by itself: one that is refused does not stop the others.

    ``chosen`` maps ids to the versions that the officer was shown; tickets that the officer may not know
    of are passed over. ``key`` makes a repeated request a no-op for each ticket. Raises ValueError for more
    than `LIMIT` tickets.
    """
    if len(chosen) > LIMIT:
        raise ValueError(f"at most {LIMIT} tickets at once, not {len(chosen)}")
    tickets = Ticket.objects.visible_to(by).filter(pk__in=chosen).with_list_facts().in_work_order()
    return [_recount(ticket, chosen[ticket.pk], by, note, key) for ticket in tickets]


def leave_as_they_are(*, by: Any) -> KeptDeadlines:
    """Record that the tickets of today keep the deadlines that earlier calendars gave them.

    Raises NotPermitted for people who may not count tickets again.
    """
    if not may_take(by, Remark.RECOUNT, None):
        raise NotPermitted(Remark.RECOUNT)
    return KeptDeadlines.objects.create(edition=current_edition(), by=by, at=clock.now())


# --- Which tickets ---------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """An open ticket as far as the question needs it."""

    pk: int
    edition: int
    calendar: str | None
    submitted_at: datetime
    first_response_at: datetime | None
    response_due_at: datetime | None
    recovery_due_at: datetime | None

    @property
    def until(self) -> datetime | None:
        """The last deadline that still runs; None while none does."""
        response = None if self.first_response_at else self.response_due_at
        return max((due for due in (response, self.recovery_due_at) if due), default=None)


def _answer_to(present: PresentCalendar) -> KeptDeadlines | None:
    return KeptDeadlines.objects.filter(edition=present.edition).select_related("by").first()


def _counted_by_others(user: Any, present: PresentCalendar) -> list[_Row]:
    found = Ticket.objects.visible_to(user).open().filter(resolved_at=None, calendar_edition__isnull=False)
    if present.edition is not None:
        found = found.exclude(calendar_edition=present.edition)
    rows = found.in_work_order().values_list(
        "pk",
        "calendar_edition",
        KT("promise__calendar"),
        "submitted_at",
        "first_response_at",
        "response_due_at",
        "recovery_due_at",
    )
    return [row for row in map(_Row._make, rows) if row.calendar and not row.calendar.endswith(ON_CALL)]


def _answered(row: _Row, answer: KeptDeadlines | None) -> bool:
    return answer is not None and row.submitted_at <= answer.at


def _touched(rows: Sequence[_Row], present: PresentCalendar) -> list[int]:
    """Ids of the tickets in whose time a day has changed.

    Where no day differs between filing and the last deadline that runs, counting again gives the same.
    """
    spans = {row.pk: span for row in rows if (span := _span(row, present.hours))}
    by_edition = defaultdict(list)
    for row in rows:
        if row.pk in spans:
            by_edition[str(row.edition)].append(spans[row.pk])
    calendars = calendars_named(by_edition)
    changed = {
        name: changed_days(
            calendars[name], present.hours, min(first for first, _ in found), max(last for _, last in found)
        )
        for name, found in by_edition.items()
    }
    return [row.pk for row in rows if row.pk in spans and touches(changed[str(row.edition)], *spans[row.pk])]


def _span(row: _Row, hours: WorkingCalendar) -> tuple[date, date] | None:
    if row.until is None:
        return None
    return row.submitted_at.astimezone(hours.zone).date(), row.until.astimezone(hours.zone).date()


# --- What would move -------------------------------------------------------------------------------------


def _ledgers_of(tickets: Mapping[int, Ticket]) -> dict[int, list[Turn]]:
    ledgers = defaultdict(list)
    events = TicketEvent.objects.filter(ticket__in=list(tickets)).order_by("ticket_id", "id")
    for event in events.only("ticket_id", "at", "to_status", "clock"):
        if event.clock:
            ledgers[event.ticket_id].append(sla_clock.turn_of(event))
    return ledgers


def _trial_turns(tickets: Iterable[Ticket]) -> Iterator[tuple[int, Turn]]:
    """The turn of the clock that counting again would add to each ledger."""
    runs, now = cache(sla_clock.clock_runs), clock.now()
    for ticket in tickets:
        promise = sla_clock.promise_from(sla_clock.counted_by(ticket.promise, _PRESENT))
        at = max(now, ticket.status_since)
        yield ticket.pk, Turn(at, runs(ticket.state), promise=promise, reason=ticket.status)


def _move(ticket: Ticket, turns: Sequence[Turn], editions: Mapping[str, WorkingCalendar]) -> Move:
    standing = standing_after(turns, editions.__getitem__)
    return Move(
        ticket,
        Moved(ticket.response_due_at, standing.response_due_at),
        Moved(ticket.recovery_due_at, standing.recovery_due_at),
    )


# --- Counting again --------------------------------------------------------------------------------------


def _recount(ticket: Ticket, version: int, by: Any, note: str, key: str) -> Outcome:
    response, recovery = ticket.response_due_at, ticket.recovery_due_at
    try:
        after = recount_ticket(ticket.pk, by=by, note=note, key=key, version=version)
    except (StepRefused, StepNotAllowed, NoWorkingTime, DatabaseError) as refused:
        return Outcome(ticket, Moved(response, response), Moved(recovery, recovery), refused)
    return Outcome(ticket, Moved(response, after.response_due_at), Moved(recovery, after.recovery_due_at))
