"""Working time: what counts, how much lies between two moments, and when a promise falls due.

A calendar is built from what the agency keeps: regimes (normal hours, Ramadan, on call), holidays, and
dates with hours of their own. It counts elapsed working time exactly; nothing is rounded. Moments go in
with a time zone and come out in UTC; days and windows are those of the calendar's own zone, daylight
saving included. Once built, a calendar never changes and may be shared by threads.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

Window = tuple[time, time]
"""Opening and closing time on one day; closing at 00:00 means the end of that day."""

Span = tuple[datetime, datetime]
"""Two moments, the first included and the second not."""

ALL_DAY: tuple[Window, ...] = ((time(0), time(0)),)
WORKING_DAY = timedelta(minutes=450)
"""One working day as the service targets count it (catalogue §4)."""

HORIZON_YEARS = 10
"""How far ahead a calendar looks for working time before it says that there is none."""

FIRST_YEAR, LAST_YEAR = 1970, 2199

ZERO = timedelta(0)
_ONE_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NoWorkingTime(ValueError):
    """The calendar holds too little working time for the question, so no moment can be named."""


class OutsideCalendar(ValueError):
    """The day lies outside the years that a calendar covers (1970 to 2199)."""


@dataclass(frozen=True)
class Regime:
    """A set of working hours for each weekday (Monday is 0), permanent or between two days, both included.

    Where several regimes cover a day, the one with more dates wins (both, one, none); then the higher
    ``rank``; then the one that begins later; then the one given first. A weekday without windows is
    closed. ``closed_on_holidays`` is False for people on call. Raises ValueError for a weekday other than
    0 to 6, for windows that overlap or run backwards, and when the last day lies before the first.
    """

    name: str
    windows: Mapping[int, Sequence[Window]] = field(hash=False)
    first_day: date | None = None
    last_day: date | None = None
    rank: int = 0
    closed_on_holidays: bool = True

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError(f"Regime {self.name!r}: the last day lies before the first.")
        if not set(self.windows) <= set(range(7)):
            raise ValueError(f"Regime {self.name!r}: weekdays are numbered 0 (Monday) to 6 (Sunday).")
        tidy = {weekday: _tidy(self.windows[weekday], self.name) for weekday in sorted(self.windows)}
        object.__setattr__(self, "windows", tidy)

    @classmethod
    def around_the_clock(
        cls, name: str, *, first_day: date | None = None, last_day: date | None = None, rank: int = 0
    ) -> Self:
        """Return hours that never close, 24×7, holidays included."""
        return cls(name, dict.fromkeys(range(7), ALL_DAY), first_day, last_day, rank, False)

    def covers(self, day: date) -> bool:
        """Say whether the regime speaks about this day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )

    @property
    def precedence(self) -> tuple[int, int, date]:
        """Order among regimes that cover the same day: the greatest applies."""
        dates_given = (self.first_day is not None) + (self.last_day is not None)
        return dates_given, self.rank, self.first_day or date.min


@dataclass(frozen=True)
class DayException:
    """Hours of one single date: a half day, a local closure (no windows), or work on a holiday.

    It is the most specific statement about a date, so it beats holiday and regime alike.
    """

    name: str
    windows: Sequence[Window] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "windows", _tidy(self.windows, self.name))


class DayPlan(NamedTuple):
    """What applies on one date, and the windows that follow from it (local times; empty: closed)."""

    day: date
    regime: str | None
    holiday: str | None
    exception: str | None
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class DayAccount:
    """How much of one local day counted, and why. All moments are in the calendar's zone.

    ``opening`` holds the whole working windows of the day, ``counted`` the parts of them that lie in the
    span that was asked about, ``worked`` their exact sum. An open day may still count nothing.
    """

    day: date
    regime: str | None
    holiday: str | None
    exception: str | None
    opening: tuple[Span, ...]
    counted: tuple[Span, ...]
    worked: timedelta

    @property
    def minutes(self) -> float:
        """Working minutes counted on this day; ``worked`` is the exact figure."""
        return self.worked / timedelta(minutes=1)

    @property
    def breaks(self) -> tuple[Span, ...]:
        """The pauses between the day's windows, such as lunch and the Friday prayer."""
        return tuple(
            (a_end, b_start) for (_, a_end), (b_start, _) in pairwise(self.opening) if a_end < b_start
        )


class _Year(NamedTuple):
    """The windows of one local year as microseconds since 1970 (UTC), with the running total of work."""

    starts: list[int]
    ends: list[int]
    after: list[int]

    @property
    def total(self) -> int:
        return self.after[-1] if self.after else 0

    def worked_until(self, at: int) -> int:
        """Return the working time from the beginning of the year until ``at``."""
        index = bisect_right(self.ends, at)
        before = self.after[index - 1] if index else 0
        begun = at - self.starts[index] if index < len(self.starts) else 0
        return before + max(0, begun)

    def opening_from(self, at: int) -> int | None:
        """Return the first working moment that is not before ``at``."""
        index = bisect_right(self.ends, at)
        return max(at, self.starts[index]) if index < len(self.starts) else None

    def moment_of(self, work: int) -> int:
        """Return the earliest moment by which ``work`` (more than nothing, at most the total) is done."""
        index = bisect_left(self.after, work)
        return self.ends[index] - (self.after[index] - work)


class WorkingCalendar:
    """Counts in working time. Years are laid out when first needed and kept.

    ``holidays`` maps a date to the holiday's name, ``exceptions`` a date to its own hours. Every method
    raises ValueError for a moment without a time zone, and OutsideCalendar beyond the years 1970 to 2199.
    """

    def __init__(
        self,
        regimes: Iterable[Regime],
        holidays: Mapping[date, str] | None = None,
        exceptions: Mapping[date, DayException] | None = None,
        *,
        zone: ZoneInfo,
    ) -> None:
        self.zone = zone
        # Sorting is stable: among equals the regime that was given first stays first.
        self._regimes = sorted(regimes, key=lambda regime: regime.precedence, reverse=True)
        self._holidays = dict(holidays or {})
        self._exceptions = dict(exceptions or {})
        self._years: dict[int, _Year] = {}

    def add(self, start: datetime, work: timedelta) -> datetime:
        """Return the moment (UTC) at which ``work`` of working time has passed since ``start``.

        It is the earliest such moment: work that fills a window to its end is due at that end, not at the
        next opening. No work at all is due at ``next_opening(start)``. Raises ValueError for negative
        work and NoWorkingTime when the calendar cannot hold the work within ten years.
        """
        if work < ZERO:
            raise ValueError("Working time to add cannot be negative.")
        if not work:
            return self.next_opening(start)
        at, left = _micros(start), work // _MICROSECOND
        for year in self._years_from(start):
            left += year.worked_until(at)
            if left <= year.total:
                return _moment(year.moment_of(left))
            left -= year.total
        raise self._too_little(start)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from ``start`` until ``end``; nothing when the end is not later."""
        first, last = _micros(start), _micros(end)
        if last <= first:
            return ZERO
        first_year, last_year = self._local_day(start).year, self._local_day(end).year
        worked = self._year(last_year).worked_until(last) - self._year(first_year).worked_until(first)
        worked += sum(self._year(number).total for number in range(first_year, last_year))
        return timedelta(microseconds=worked)

    def is_working(self, at: datetime) -> bool:
        """Say whether ``at`` lies in a window: its opening moment does, its closing moment does not."""
        micros = _micros(at)
        return self._year(self._local_day(at).year).opening_from(micros) == micros

    def next_opening(self, at: datetime) -> datetime:
        """Return ``at`` itself (as UTC) in working time, else the next moment at which work begins.

        Raises NoWorkingTime when nothing opens within ten years.
        """
        micros = _micros(at)
        for year in self._years_from(at):
            opening = year.opening_from(micros)
            if opening is not None:
                return _moment(opening)
        raise self._too_little(at)

    def explain(self, start: datetime, end: datetime) -> list[DayAccount]:
        """Return one account for each local day from ``start`` to ``end``, closed days included.

        The sum of ``worked`` equals ``between(start, end)``. Empty when the end is not later.
        """
        if _micros(end) <= _micros(start):
            return []
        first, last = self._local_day(start), self._local_day(end - _MICROSECOND)
        return [self._account(day, _micros(start), _micros(end)) for day in _days(first, last)]

    def plan_for(self, day: date) -> DayPlan:
        """Return what applies on a date: exception before holiday before regime."""
        regime = next((regime for regime in self._regimes if regime.covers(day)), None)
        holiday, exception = self._holidays.get(day), self._exceptions.get(day)
        windows: Sequence[Window] = ()
        if exception is not None:
            windows = exception.windows
        elif regime is not None and (holiday is None or not regime.closed_on_holidays):
            windows = regime.windows.get(day.weekday(), ())
        regime_name = regime.name if regime else None
        exception_name = exception.name if exception else None
        return DayPlan(day, regime_name, holiday, exception_name, tuple(windows))

    def is_working_day(self, day: date) -> bool:
        """Say whether any working time lies on a date."""
        return bool(self.plan_for(day).windows)

    def working_days(self, first: date, last: date) -> int:
        """Count the working days from ``first`` to ``last``, both included."""
        return sum(self.is_working_day(day) for day in _days(first, last))

    def nth_working_day(self, after: date, count: int) -> date:
        """Return the working day that is ``count`` (at least 1) working days later than ``after``.

        Raises ValueError for a smaller count and NoWorkingTime when ten years do not hold so many.
        """
        _require_covered(after.year)
        if count < 1:
            raise ValueError("Count at least one working day.")
        for day in _days(after + _ONE_DAY, after + _ONE_DAY * 366 * HORIZON_YEARS):
            count -= self.is_working_day(day)
            if not count:
                return day
        raise NoWorkingTime(f"Fewer working days than asked within {HORIZON_YEARS} years after {after}.")

    def _local_day(self, at: datetime) -> date:
        _require_covered(at.year)
        return at.astimezone(self.zone).date()

    def _years_from(self, start: datetime) -> Iterator[_Year]:
        first = self._local_day(start).year
        return (self._year(number) for number in range(first, min(first + HORIZON_YEARS, LAST_YEAR) + 1))

    def _year(self, number: int) -> _Year:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._lay_out(number)
        return found

    def _lay_out(self, number: int) -> _Year:
        year, total = _Year([], [], []), 0
        for day in _days(date(number, 1, 1), date(number, 12, 31)):
            for start, end in self._spans(self.plan_for(day)):
                total += end - start
                year.starts.append(start)
                year.ends.append(end)
                year.after.append(total)
        return year

    def _spans(self, plan: DayPlan) -> list[tuple[int, int]]:
        """Return the day's windows as absolute microseconds, without those that a clock change swallows."""
        spans = []
        for opens, closes in plan.windows:
            closing_day = plan.day if closes > opens else plan.day + _ONE_DAY
            start = _instant(datetime.combine(plan.day, opens), self.zone)
            end = _instant(datetime.combine(closing_day, closes), self.zone)
            if start < end:
                spans.append((start, end))
        return spans

    def _account(self, day: date, start: int, end: int) -> DayAccount:
        plan = self.plan_for(day)
        opening = self._spans(plan)
        counted = [(max(a, start), min(b, end)) for a, b in opening if max(a, start) < min(b, end)]
        worked = timedelta(microseconds=sum(b - a for a, b in counted))
        return DayAccount(
            day,
            plan.regime,
            plan.holiday,
            plan.exception,
            self._local(opening),
            self._local(counted),
            worked,
        )

    def _local(self, spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple((_moment(a).astimezone(self.zone), _moment(b).astimezone(self.zone)) for a, b in spans)

    def _too_little(self, start: datetime) -> NoWorkingTime:
        return NoWorkingTime(
            f"Not enough working time within {HORIZON_YEARS} years after {start.date()}: "
            "check the regimes, holidays and exceptions."
        )


def _tidy(windows: Sequence[Window], owner: str) -> tuple[Window, ...]:
    """Return windows in the order of the day. Raises ValueError when they overlap or run backwards."""
    if any(edge.tzinfo is not None for window in windows for edge in window):
        raise ValueError(f"{owner!r}: working windows are local times without a zone.")
    ordered = tuple(sorted(windows))
    if any(opens >= closes and closes != time(0) for opens, closes in ordered):
        raise ValueError(f"{owner!r}: a window must close after it opens.")
    if any(closes > opens or closes == time(0) for (_, closes), (opens, _) in pairwise(ordered)):
        raise ValueError(f"{owner!r}: working windows of a day must not overlap.")
    return ordered


def _instant(wall: datetime, zone: ZoneInfo) -> int:
    """Return the moment at which a zone's clocks reach a wall time, in microseconds since 1970.

    Clocks that are put back pass some wall times twice: the first passage counts. Wall times that are
    skipped are reached at the moment of the jump. So later wall times never come before earlier ones.
    """
    before, after = zone.utcoffset(wall) or ZERO, zone.utcoffset(wall.replace(fold=1)) or ZERO
    early = _micros((wall - before).replace(tzinfo=UTC))
    if after <= before:
        return early
    # In a gap the two readings swap places and the jump lies between them.
    low, high = (early - (after - before) // _MICROSECOND) // _SECOND, early // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        not_yet = _moment(middle * _SECOND).astimezone(zone).replace(tzinfo=None) < wall
        low, high = (middle, high) if not_yet else (low, middle)
    return high * _SECOND


def _require_covered(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendar(f"The calendar covers the years {FIRST_YEAR} to {LAST_YEAR}, not {year}.")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _micros(at: datetime) -> int:
    """Return a moment as microseconds since 1970. Raises ValueError when it has no time zone."""
    if at.utcoffset() is None:
        raise ValueError(f"A moment needs a time zone to be counted with; {at} has none.")
    return (at - _EPOCH) // _MICROSECOND


def _moment(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)
