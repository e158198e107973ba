"""The bridge between the pure clock and what the agency stores: promises, standings, agreed days."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from django.db.models import QuerySet

from helpdesk_plugin.calendars import (  # noqa: F401 - calendar and agency_date: moving callers over
    ON_CALL,
    agency_date,
    calendar,
    calendar_named,
    closing_of_working_day,
    current_edition,
)
from helpdesk_plugin.domain.priorities import DEFAULT_MATRIX, Impact, Matrix, Priority, Urgency
from helpdesk_plugin.domain.sla import SlaState
from helpdesk_plugin.domain.standing import Promise, Standing, Turn, standing_after
from helpdesk_plugin.domain.statuses import STATUS_FACTS, ClockRule, TicketStatus
from helpdesk_plugin.domain.working_calendar import WorkingCalendar
from helpdesk_plugin.models import HelpDeskSettings, PriorityRule, PriorityTarget, Ticket, TicketEvent

CalendarOf = Callable[[str], WorkingCalendar]
#: Working minutes of one working day (catalogue §4).
MINUTES_PER_DAY = 450
#: Tickets whose ledgers are read together.
_BATCH = 1000


def matrix() -> Matrix:
    """The agency's priority matrix; cells that it has not stored take the default."""
    stored = {
        (Impact(impact), Urgency(urgency)): Priority(priority)
        for impact, urgency, priority in PriorityRule.objects.values_list("impact", "urgency", "priority")
    }
    return {**DEFAULT_MATRIX, **stored}


def make_promise(ticket: Ticket) -> None:
    """Write on the ticket what it is promised by its priority and service, in working minutes.

    A target of the service overrides the recovery target of the priority. Without stored targets nothing
    is promised. A ticket stays with the calendar edition that it has. Changes the instance only; the door
    works out the deadlines and saves.
    """
    target = PriorityTarget.objects.filter(priority=ticket.priority).first()
    ticket.calendar_edition_id = ticket.calendar_edition_id or current_edition().pk
    on_call = ON_CALL if target and target.around_the_clock else ""
    ticket.promise = {
        "response": target and target.response_minutes,
        "recovery": ticket.service.recovery_minutes or (target and target.recovery_minutes),
        "assignment": target and target.assignment_minutes,
        "update": target and target.update_minutes,
        "calendar": f"{ticket.calendar_edition_id}{on_call}",
        "may_follow": bool(target and target.disposition_may_follow),
        "source": ticket.service.code if ticket.service.recovery_minutes else f"P{ticket.priority}",
    }


def counted_by(promise: dict[str, Any], edition: int | str) -> dict[str, Any]:
    """The same promise, counted by another edition of the calendar: amounts stay, on call stays on call."""
    on_call = ON_CALL if promise["calendar"].endswith(ON_CALL) else ""
    return {**promise, "calendar": f"{edition}{on_call}"}


def clock_runs(status: TicketStatus) -> bool:
    """Whether the recovery clock runs in a status; waiting for a third party is the agency's choice."""
    if status is TicketStatus.WAITING_THIRD_PARTY:
        return not HelpDeskSettings.load().third_party_pauses
    return STATUS_FACTS[status].clock in {ClockRule.RESPONSE, ClockRule.RECOVERY}


def turn_as_data(turn: Turn, promise: dict[str, Any] | None) -> dict[str, Any]:
    """What the ledger keeps of a turn of the clock."""
    flags = {name: True for name in ("responds", "recovers", "reopens") if getattr(turn, name)}
    return {"runs": turn.runs, **flags, **({"promise": promise} if promise else {})}


class Kept(Protocol):
    """What a turn of the clock is read from: a ledger entry, or a row with these columns of it."""

    at: datetime
    to_status: str
    clock: dict[str, Any]


def turn_of(event: Kept) -> Turn:
    """The turn of the clock that a ledger entry records."""
    kept = event.clock
    return Turn(
        at=event.at,
        runs=kept["runs"],
        promise=promise_from(kept["promise"]) if "promise" in kept else None,
        responds=kept.get("responds", False),
        recovers=kept.get("recovers", False),
        reopens=kept.get("reopens", False),
        reason=event.to_status,
    )


def promise_from(data: dict[str, Any]) -> Promise:
    """A promise as the ledger or the ticket keeps it, in working time."""
    return Promise(
        response=_minutes(data["response"]),
        recovery=_minutes(data["recovery"]),
        calendar=data["calendar"],
        source=data["source"],
    )


def turns_in_ledger(ticket: Ticket) -> list[Turn]:
    """The turns of the clock that a ticket's ledger records, in order: one query."""
    if ticket.pk is None:
        return []
    entries = ticket.events.order_by("id").values_list("at", "to_status", "clock", named=True)
    return [turn_of(entry) for entry in entries if entry.clock]


def calendars_read_once() -> CalendarOf:
    """A way to calendars by their names that asks for each edition once: for one act, one page, one run."""
    return cache(calendar_named)


def standing_of(turns: Iterable[Turn], calendar_of: CalendarOf | None = None) -> Standing:
    """Fold turns into a standing, with each calendar edition read once."""
    return standing_after(turns, calendar_of or calendars_read_once())


def standings_by_ledger(tickets: QuerySet[Ticket]) -> Iterator[tuple[Ticket, Standing]]:
    """Each ticket with its standing as its ledger tells it, in the order of their ids.

    Two queries for every thousand tickets, of which no more are held in memory at a time.
    """
    calendar_of = calendars_read_once()
    for batch in _batches(tickets):
        turns = defaultdict(list)
        entries = TicketEvent.objects.filter(ticket_id__in=[ticket.pk for ticket in batch])
        columns = ("ticket_id", "at", "to_status", "clock")
        for entry in entries.order_by("id").values_list(*columns, named=True).iterator(_BATCH):
            if entry.clock:
                turns[entry.ticket_id].append(turn_of(entry))
        for ticket in batch:
            yield ticket, standing_of(turns[ticket.pk], calendar_of)


def _batches(tickets: QuerySet[Ticket]) -> Iterator[list[Ticket]]:
    last = 0
    while batch := list(tickets.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def write_standing(ticket: Ticket, standing: Standing) -> None:
    """Write deadlines and outcomes on the ticket. Changes the instance only; the door saves it."""
    for name, value in stored_figures(standing).items():
        setattr(ticket, name, value)


#: The fields of a ticket that its standing decides.
FIGURES = (
    *("response_due_at", "response_outcome"),
    *("recovery_due_at", "recovery_warn_at", "recovery_outcome"),
    *("clock_used", "clock_running_since"),
)


def stored_figures(standing: Standing) -> dict[str, Any]:
    """The values of `FIGURES` by a standing."""
    values = (
        *(standing.response_due_at, _word(standing.response_outcome)),
        *(standing.recovery_due_at, standing.recovery_warn_at, _word(standing.recovery_outcome)),
        *(standing.used, standing.running_since),
    )
    return dict(zip(FIGURES, values, strict=True))


def agreed_end(
    ticket: Ticket, since: datetime, days: int, calendar_of: CalendarOf = calendar_named
) -> datetime:
    """When agreed working days end for a ticket, by the edition of the calendar that it is judged by.

    The requester was told the date, so a later change of the calendar does not move it. One query, or what
    ``calendar_of`` costs.
    """
    edition = ticket.calendar_edition_id
    return closing_of_working_day(since, days, calendar_of(str(edition)) if edition else calendar())


def confirmation_deadline(ticket: Ticket) -> datetime | None:
    """Until when the requester may confirm before silence counts as consent; None before S8."""
    if ticket.informed_at is None:
        return None
    return agreed_end(ticket, ticket.informed_at, HelpDeskSettings.load().confirmation_days)


def reopening_deadline(ticket: Ticket) -> datetime | None:
    """Until when a closed ticket may be reopened; None while it is not closed."""
    if ticket.closed_at is None:
        return None
    return agreed_end(ticket, ticket.closed_at, HelpDeskSettings.load().reopen_days)


def completion_deadline(ticket: Ticket) -> datetime:
    """Until when a returned request should be completed, counted from when it was returned."""
    return agreed_end(ticket, ticket.status_since, HelpDeskSettings.load().completion_days)


def _minutes(amount: int | None) -> timedelta | None:
    return None if amount is None else timedelta(minutes=amount)


def _word(outcome: SlaState | None) -> str:
    return outcome.value if outcome else ""
