"""The bridge between the pure clock and the agency's stored hours, holidays, matrix and targets."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin.domain.priorities import DEFAULT_MATRIX, Impact, Matrix, Priority, Urgency
from helpdesk_plugin.domain.working_calendar import Regime, WorkingCalendar
from helpdesk_plugin.models import (
    HelpDeskSettings,
    Holiday,
    PriorityRule,
    PriorityTarget,
    Ticket,
    WorkingRegime,
    WorkingWindow,
)

#: Working minutes of one working day (catalogue §4).
MINUTES_PER_DAY = 450


def agency_date(at: datetime) -> date:
    """The calendar date of a moment in the agency's time zone (TIME_ZONE)."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def calendar() -> WorkingCalendar:
    """The agency's working calendar as it stands now: three small queries, compiled once per content."""
    windows = defaultdict(list)
    for regime_id, weekday, opens, closes in WorkingWindow.objects.order_by("weekday", "opens").values_list(
        "regime_id", "weekday", "opens", "closes"
    ):
        windows[regime_id].append((weekday, opens, closes))
    regimes = tuple(
        (name, first, last, rank, tuple(windows[pk]))
        for pk, name, first, last, rank in WorkingRegime.objects.order_by("pk").values_list(
            "pk", "name", "first_day", "last_day", "rank"
        )
    )
    holidays = tuple(Holiday.objects.order_by("day").values_list("day", "name"))
    return _compiled(regimes, holidays, settings.TIME_ZONE)


@lru_cache(maxsize=8)
def _compiled(regimes, holidays, zone) -> WorkingCalendar:
    return WorkingCalendar([_regime(*row) for row in regimes], holidays=dict(holidays), zone=ZoneInfo(zone))


def _regime(name, first_day, last_day, rank, rows) -> Regime:
    by_day = defaultdict(list)
    for weekday, opens, closes in rows:
        by_day[weekday].append((opens, closes))
    return Regime(
        name=name,
        first_day=first_day,
        last_day=last_day,
        rank=rank,
        windows={day: tuple(found) for day, found in by_day.items()},
    )


def matrix() -> Matrix:
    """The agency's priority matrix; cells that it has not stored take the default."""
    stored = {
        (Impact(impact), Urgency(urgency)): Priority(priority)
        for impact, urgency, priority in PriorityRule.objects.values_list("impact", "urgency", "priority")
    }
    return {**DEFAULT_MATRIX, **stored}


def set_due_times(ticket: Ticket) -> None:
    """Write the deadlines of first response and recovery, counted from when the ticket came in.

    A target of the service overrides the recovery target of the priority. Without stored targets
    nothing is promised. Changes the instance only; the door saves it.
    """
    target = PriorityTarget.objects.filter(priority=ticket.priority).first()
    hours = calendar()
    ticket.response_due_at = _due(hours, ticket.submitted_at, target and target.response_minutes)
    recovery = ticket.service.recovery_minutes or (target and target.recovery_minutes)
    ticket.recovery_due_at = _due(hours, ticket.submitted_at, recovery)


def after_working_days(start: datetime, days: int) -> datetime:
    """The moment that lies this many working days (of 450 working minutes) after ``start``."""
    return calendar().add(start, timedelta(minutes=days * MINUTES_PER_DAY))


def confirmation_deadline(ticket: Ticket) -> datetime | None:
    """Until when the requester may confirm before silence counts as consent; None before S8."""
    if ticket.informed_at is None:
        return None
    return after_working_days(ticket.informed_at, HelpDeskSettings.load().confirmation_days)


def reopening_deadline(ticket: Ticket) -> datetime | None:
    """Until when a closed ticket may be reopened; None while it is not closed."""
    if ticket.closed_at is None:
        return None
    return after_working_days(ticket.closed_at, HelpDeskSettings.load().reopen_days)


def completion_deadline(ticket: Ticket) -> datetime:
    """Until when a returned request should be completed, counted from when it was returned."""
    return after_working_days(ticket.status_since, HelpDeskSettings.load().completion_days)


def _due(hours: WorkingCalendar, start: datetime, minutes: int | None) -> datetime | None:
    return hours.add(start, timedelta(minutes=minutes)) if minutes else None
