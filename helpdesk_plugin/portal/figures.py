"""Figures that anybody may read: how promises of a service were kept, and what a month brought.

Nobody can be told from them. A service shows nothing below `ENOUGH` closed tickets, a month no count below
`SMALL` but nought, and no share of fewer than that; tickets about information security are in none. Counted
with a fixed number of queries and kept in the cache for `KEPT_SECONDS`; when the cache fails, counted anew.
"""

import logging
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q

from helpdesk_plugin import calendars, clock, labels, survey_results
from helpdesk_plugin.domain.ikm import Grade
from helpdesk_plugin.domain.sla import SlaState
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Satisfaction, Service, SurveyAnswer, Ticket

logger = logging.getLogger(__name__)

#: Days that the reality of a service looks back.
DAYS = 90
#: Closed tickets below which the reality of a service is not told.
ENOUGH = 10
#: Counts below this (but not nought) are not told.
SMALL = 5
KEPT_SECONDS = 10 * 60

_JUDGED = (SlaState.MET.value, SlaState.MISSED.value)


@dataclass(frozen=True)
class Reality:
    """How a service was delivered in the last `DAYS`: working minutes in the middle, percent in time.

    ``closed`` is None below `ENOUGH`, and then everything is. A percentage is also None when fewer than
    `ENOUGH` of the tickets had a promise to be judged by.
    """

    closed: int | None = None
    response_minutes: int | None = None
    response_percent: int | None = None
    recovery_minutes: int | None = None
    recovery_percent: int | None = None


@dataclass(frozen=True)
class Month:
    """What a month brought, as far as it may be told: None stands for a small number."""

    first_day: date
    filed: int | None
    handled: int | None
    on_time_percent: int | None
    #: Answers "satisfied" or "very satisfied" after closing.
    satisfied_percent: int | None


def reality_of(service: Service) -> Reality:
    """How the service was delivered in the last `DAYS`. At most six queries."""
    return Reality(*_kept(f"reality:{service.pk}", lambda: astuple(_reality(service))))


def months() -> list[Month]:
    """This month until now and the month before, in the agency's time zone. Two queries."""
    today = calendars.agency_date(clock.now())
    return [Month(*row) for row in _kept(f"months:{today:%Y-%m}", lambda: _months(today))]


@dataclass(frozen=True)
class PublicIndex:
    """The latest published IKM; ``grade`` is the letter, ``title`` the period."""

    title: str
    value: Decimal
    grade: str
    respondents: int

    @property
    def words(self) -> str:
        return str(labels.IKM_GRADE[Grade(self.grade)])


def satisfaction() -> PublicIndex | None:
    """The IKM that anybody may read, if there is one with enough respondents. Two queries."""
    found = _kept("ikm", _satisfaction_index)
    return PublicIndex(*found) if found else None


def _satisfaction_index() -> tuple:
    latest = survey_results.latest_public()
    if latest is None:
        return ()
    index = latest.index
    return (latest.period.title, index.value, index.grade.value, index.respondents)


def _reality(service: Service) -> Reality:
    since = clock.now() - timedelta(days=DAYS)
    closed = Ticket.objects.filter(
        service=service, status=TicketStatus.CLOSED.value, closed_at__gte=since, security_flag=False
    )
    rows = list(
        closed.values_list(
            "submitted_at", "first_response_at", "response_outcome", "clock_used", "recovery_outcome"
        )
    )
    if len(rows) < ENOUGH:
        return Reality()
    hours = calendars.calendar()
    answered = [hours.between(filed, at) for filed, at, *_rest in rows if at]
    return Reality(
        closed=len(rows),
        response_minutes=_middle(answered),
        response_percent=_percent([row[2] for row in rows], ENOUGH),
        recovery_minutes=_middle([row[3] for row in rows]),
        recovery_percent=_percent([row[4] for row in rows], ENOUGH),
    )


def _months(today: date) -> list[tuple]:
    this = today.replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    spans = {before: (_midnight(before), _midnight(this)), this: (_midnight(this), clock.now())}
    counts: dict[str, Count] = {}
    for day, (begin, end) in spans.items():
        handled = Q(resolved_at__gte=begin, resolved_at__lt=end)
        judged = handled & Q(recovery_outcome__in=_JUDGED)
        counts |= {
            f"filed_{day.month}": Count("pk", filter=Q(submitted_at__gte=begin, submitted_at__lt=end)),
            f"handled_{day.month}": Count("pk", filter=handled),
            f"judged_{day.month}": Count("pk", filter=judged),
            f"met_{day.month}": Count("pk", filter=judged & Q(recovery_outcome=SlaState.MET.value)),
        }
    since = _midnight(before)
    recent = Ticket.objects.filter(
        Q(submitted_at__gte=since) | Q(resolved_at__gte=since), security_flag=False
    )
    found = recent.aggregate(**counts) | _satisfaction(spans)
    return [
        (
            day,
            _told(found[f"filed_{day.month}"]),
            _told(found[f"handled_{day.month}"]),
            _share(found[f"met_{day.month}"], found[f"judged_{day.month}"], SMALL),
            _share(found[f"satisfied_{day.month}"], found[f"rated_{day.month}"], SMALL),
        )
        for day in (this, before)
    ]


def _satisfaction(spans: dict[date, tuple[datetime, datetime]]) -> dict[str, int]:
    """Of each month how many rated a closing, and how many of them were satisfied."""
    counts: dict[str, Count] = {}
    for day, (begin, end) in spans.items():
        rated = Q(at__gte=begin, at__lt=end)
        satisfied = rated & Q(score__gte=Satisfaction.SATISFIED)
        counts |= {
            f"rated_{day.month}": Count("pk", filter=rated),
            f"satisfied_{day.month}": Count("pk", filter=satisfied),
        }
    since = min(begin for begin, _end in spans.values())
    return SurveyAnswer.objects.filter(at__gte=since, ticket__security_flag=False).aggregate(**counts)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), calendars.agency_zone())


def _told(count: int) -> int | None:
    return None if 0 < count < SMALL else count


def _middle(amounts: list[timedelta]) -> int | None:
    """The median in whole working minutes."""
    return round(median(amounts) / timedelta(minutes=1)) if amounts else None


def _percent(outcomes: list[str], least: int) -> int | None:
    judged = [outcome for outcome in outcomes if outcome in _JUDGED]
    return _share(judged.count(SlaState.MET.value), len(judged), least)


def _share(part: int, whole: int, least: int) -> int | None:
    """A percentage rounded down, so that "100 %" means all; None of fewer than ``least``."""
    return None if whole < least else part * 100 // whole


def _kept(name: str, count: Callable[[], Any]) -> Any:
    """What is kept under this name, else counted and kept; as plain values, which outlive an update."""
    key = f"helpdesk:figures:2:{name}"
    try:
        found = cache.get(key)
    except Exception:
        logger.exception("The cache does not answer; public figures are counted anew.")
        return count()
    if found is None:
        found = count()
        try:
            cache.set(key, found, KEPT_SECONDS)
        except Exception:
            logger.exception("The cache does not answer; public figures are not kept.")
    return found
