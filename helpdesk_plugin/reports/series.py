"""Volume along the period: by day within about two months, by month beyond."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate, TruncMonth

from helpdesk_plugin.calendars import agency_zone
from helpdesk_plugin.domain.periods import Period
from helpdesk_plugin.reports.scope import Scope, within

#: A longer period is told by month.
MOST_DAYS = 62


@dataclass(frozen=True)
class Point:
    """A day, or the month that begins on it, with what was filed and handled in it."""

    day: date
    filed: int
    handled: int


def by_day(period: Period) -> bool:
    """Whether a period is told day by day."""
    return period.days <= MOST_DAYS


def series_of(scope: Scope) -> list[Point]:
    """The points of the period, those without tickets too. Two queries."""
    filed, handled = _counted(scope, "submitted_at"), _counted(scope, "resolved_at")
    return [Point(day, filed.get(day, 0), handled.get(day, 0)) for day in _days(scope.period)]


def _counted(scope: Scope, moment: str) -> dict[date, int]:
    daily, zone = by_day(scope.period), agency_zone()
    cut = TruncDate(moment, tzinfo=zone) if daily else TruncMonth(moment, tzinfo=zone)
    rows = scope.tickets.filter(within(moment, scope.span)).order_by().values(point=cut)
    found = rows.annotate(found=Count("pk")).values_list("point", "found")
    return {point if daily else point.date(): count for point, count in found}


def _days(period: Period) -> Iterator[date]:
    day = period.first if by_day(period) else period.first.replace(day=1)
    while day <= period.last:
        yield day
        day = day + timedelta(days=1) if by_day(period) else (day + timedelta(days=32)).replace(day=1)
