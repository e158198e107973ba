"""The agency's stored hours as working calendars: as they stand now, and as an edition froze them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin import clock
from helpdesk_plugin.domain.working_calendar import DayException, Regime, WorkingCalendar
from helpdesk_plugin.models import (
    CalendarEdition,
    Holiday,
    SpecialDay,
    SpecialDayWindow,
    WorkingRegime,
    WorkingWindow,
)

#: Ends the name of a calendar that is counted around the clock for tickets on call.
ON_CALL = ":24x7"


def agency_zone() -> ZoneInfo:
    """The agency's time zone (TIME_ZONE)."""
    return ZoneInfo(settings.TIME_ZONE)


def agency_date(at: datetime) -> date:
    """The calendar date of a moment in the agency's time zone."""
    return at.astimezone(agency_zone()).date()


def calendar() -> WorkingCalendar:
    """The agency's working calendar as it stands now: five small queries, compiled once per content."""
    return _compiled(_as_text(stored_content()))


def stored_content() -> dict[str, Any]:
    """Everything the calendar depends on, as plain data in a fixed order."""
    windows = defaultdict(list)
    for regime_id, *row in WorkingWindow.objects.order_by("weekday", "opens").values_list(
        "regime_id", "weekday", "opens", "closes"
    ):
        windows[regime_id].append(row)
    regimes = WorkingRegime.objects.order_by("pk").values_list(
        "pk", "name", "first_day", "last_day", "rank", "closed_on_holidays"
    )
    return {
        "zone": settings.TIME_ZONE,
        "regimes": [[*row, windows[pk]] for pk, *row in regimes],
        "holidays": list(Holiday.objects.order_by("day").values_list("day", "name")),
        "special": _special_days(),
    }


def current_edition() -> CalendarEdition:
    """The edition of the calendar as it stands now, made when it is first needed."""
    text = _as_text(stored_content())
    edition, _made = CalendarEdition.objects.get_or_create(
        digest=_digest(text), defaults={"content": json.loads(text), "made_at": clock.now()}
    )
    return edition


@dataclass(frozen=True)
class PresentCalendar:
    """The calendar as it stands now, for looking at: ``edition`` is None until something is counted by it."""

    digest: str
    edition: int | None
    hours: WorkingCalendar


def present_calendar() -> PresentCalendar:
    """The calendar as it stands now and the edition that froze it, if there is one. Writes nothing."""
    text = _as_text(stored_content())
    digest = _digest(text)
    edition = CalendarEdition.objects.filter(digest=digest).values_list("pk", flat=True).first()
    return PresentCalendar(digest, edition, _compiled(text))


def calendar_named(name: str) -> WorkingCalendar:
    """The calendar of an edition by its name: its id, with `ON_CALL` where it is counted around the clock.

    One small query; the content is read once in the life of a process. Raises CalendarEdition.DoesNotExist.
    """
    if name.endswith(ON_CALL):
        return _around_the_clock(settings.TIME_ZONE)
    return _of_edition(CalendarEdition.objects.values_list("digest", flat=True).get(pk=int(name)))


def calendars_named(names: Iterable[str]) -> dict[str, WorkingCalendar]:
    """The calendars of several editions by their names, as `calendar_named` gives each. One query."""
    wanted = set(names)
    on_call = {name for name in wanted if name.endswith(ON_CALL)}
    editions = CalendarEdition.objects.filter(pk__in=[int(name) for name in wanted - on_call])
    found = {str(pk): _compiled(_as_text(content)) for pk, content in editions.values_list("pk", "content")}
    return found | {name: _around_the_clock(settings.TIME_ZONE) for name in on_call}


def closing_of_working_day(start: datetime, days: int, hours: WorkingCalendar) -> datetime:
    """The end of working hours on the ``days``-th working day after the date of ``start``.

    For promises made in days ("3 hari kerja"): whole days count, however long their hours are.
    """
    day = hours.nth_working_day(agency_date(start), days)
    closes = hours.plan_for(day).windows[-1][1]
    ends = day + timedelta(days=1) if closes == time(0) else day
    return datetime.combine(ends, closes, agency_zone()).astimezone(start.tzinfo)


def _special_days() -> list:
    windows = defaultdict(list)
    for day_id, *row in SpecialDayWindow.objects.order_by("opens").values_list(
        "special_day_id", "opens", "closes"
    ):
        windows[day_id].append(row)
    days = SpecialDay.objects.order_by("day").values_list("pk", "day", "name")
    return [[day, name, windows[pk]] for pk, day, name in days]


def _as_text(content: dict[str, Any]) -> str:
    return json.dumps(content, default=str, sort_keys=True, ensure_ascii=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=16)
def _of_edition(digest: str) -> WorkingCalendar:
    """The calendar with this fingerprint; the fingerprint is the content's, so it never goes stale."""
    content = CalendarEdition.objects.values_list("content", flat=True).get(digest=digest)
    return _compiled(_as_text(content))


@lru_cache(maxsize=16)
def _compiled(text: str) -> WorkingCalendar:
    content = json.loads(text)
    return WorkingCalendar(
        [_regime(*row) for row in content["regimes"]],
        holidays={date.fromisoformat(day): name for day, name in content["holidays"]},
        exceptions={
            date.fromisoformat(day): DayException(name, _windows(rows))
            for day, name, rows in content["special"]
        },
        zone=ZoneInfo(content["zone"]),
    )


@lru_cache(maxsize=4)
def _around_the_clock(zone: str) -> WorkingCalendar:
    return WorkingCalendar([Regime.around_the_clock("24×7")], zone=ZoneInfo(zone))


def _regime(name, first_day, last_day, rank, closed_on_holidays, rows) -> Regime:
    by_day = defaultdict(list)
    for weekday, *window in rows:
        by_day[weekday].append(window)
    return Regime(
        name=name,
        windows={weekday: _windows(found) for weekday, found in by_day.items()},
        first_day=first_day and date.fromisoformat(first_day),
        last_day=last_day and date.fromisoformat(last_day),
        rank=rank,
        closed_on_holidays=closed_on_holidays,
    )


def _windows(rows) -> tuple[tuple[time, time], ...]:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in rows)
