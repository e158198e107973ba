"""What holds for any working calendar, and that counting minute by minute gives the same."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpdesk_plugin.domain.working_calendar import (
    ALL_DAY,
    DayException,
    Regime,
    WorkingCalendar,
)
from tests.domain.calendars import (
    HOLIDAYS,
    MINUTE,
    NORMAL,
    NORMAL_DAY,
    OFFICE,
    RAMADAN_2026,
    RAMADAN_2027,
    WIB,
)

# --- Properties ---------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 12, 1), timezones=st.just(UTC))
whole_minutes = moments.map(lambda at: at.replace(second=0, microsecond=0))
some_work = st.timedeltas(timedelta(0), timedelta(days=20))
more_work = st.timedeltas(timedelta(microseconds=1), timedelta(days=20))
DAYS = st.dates(date(2025, 12, 1), date(2027, 3, 31))
# No test here depends on how fast the machine is.
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def day_windows(draw, step: int = 5):
    edges = sorted(draw(st.sets(st.integers(0, 1440 // step), max_size=6)))
    clock = [time(edge * step // 60 % 24, edge * step % 60) for edge in edges]
    return tuple(zip(clock[0::2], clock[1::2], strict=False))


@st.composite
def seasons(draw, step: int):
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 60)))
    week = {weekday: draw(day_windows(step)) for weekday in draw(st.sets(st.integers(0, 6)))}
    return Regime(
        draw(st.sampled_from(["Ramadan", "Local", "On call"])),
        week,
        draw(st.sampled_from([first, None])),
        last,
        draw(st.integers(0, 2)),
        draw(st.booleans()),
    )


@st.composite
def ingredients(draw, step: int = 5):
    """The parts of any calendar that works at least on most Mondays outside its seasons."""
    some_hours = st.sampled_from([NORMAL_DAY, ALL_DAY, ((time(0), time(1)), (time(20), time(0)))])
    week = {0: draw(some_hours)} | {weekday: draw(day_windows(step)) for weekday in range(1, 6)}
    normal = Regime("Normal", week, rank=draw(st.integers(0, 2)))
    regimes = [normal, *draw(st.lists(seasons(step), max_size=3))]
    holidays = dict.fromkeys(draw(st.sets(DAYS, max_size=15)), "Holiday")
    windows = draw(st.dictionaries(DAYS, day_windows(step), max_size=5))
    exceptions = {day: DayException("Own hours", hours) for day, hours in windows.items()}
    return regimes, holidays, exceptions


calendars = st.one_of(st.just(OFFICE), ingredients().map(lambda parts: WorkingCalendar(*parts, zone=WIB)))


@calm
@given(calendars, moments, some_work)
def test_between_gives_back_what_add_took(calendar, start, work):
    assert calendar.between(start, calendar.add(start, work)) == work


@calm
@given(calendars, moments, more_work)
def test_add_lands_in_working_time_or_at_its_end(calendar, start, work):
    due = calendar.add(start, work)
    assert calendar.is_working(due - timedelta(microseconds=1))
    assert due > start


@calm
@given(calendars, moments, some_work)
def test_add_names_the_earliest_moment(calendar, start, work):
    due = calendar.add(start, work)
    if due > start:
        assert calendar.between(start, due - timedelta(microseconds=1)) == max(
            work - timedelta(microseconds=1), timedelta(0)
        )


@calm
@given(calendars, moments, moments, some_work, some_work)
def test_add_is_monotone_in_start_and_work(calendar, one, other, little, much):
    assert calendar.add(min(one, other), little) <= calendar.add(max(one, other), little)
    assert calendar.add(one, min(little, much)) <= calendar.add(one, max(little, much))


@calm
@given(calendars, moments, some_work, more_work)
def test_adding_in_two_steps_is_adding_at_once(calendar, start, first, second):
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@calm
@given(calendars, st.tuples(moments, moments, moments).map(sorted))
def test_between_is_additive(calendar, in_order):
    a, b, c = in_order
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@calm
@given(ingredients(), DAYS, moments, some_work)
def test_a_holiday_more_never_makes_a_due_time_earlier(parts, day, start, work):
    regimes, holidays, exceptions = parts
    before = WorkingCalendar(regimes, holidays, exceptions, zone=WIB)
    after = WorkingCalendar(regimes, {**holidays, day: "One more"}, exceptions, zone=WIB)
    assert after.add(start, work) >= before.add(start, work)


@calm
@given(calendars, moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_explain_adds_up_to_between(calendar, start, span):
    account = calendar.explain(start, start + span)
    assert sum((day.worked for day in account), timedelta(0)) == calendar.between(start, start + span)


@calm
@given(calendars, moments)
def test_next_opening_is_the_first_working_moment(calendar, at):
    opening = calendar.next_opening(at)
    assert calendar.is_working(opening)
    assert calendar.between(at, opening) == timedelta(0)
    assert calendar.is_working(at) is (opening == at)


@calm
@given(calendars, DAYS, st.integers(1, 30))
def test_nth_working_day_agrees_with_counting(calendar, day, count):
    found = calendar.nth_working_day(day, count)
    assert calendar.is_working_day(found)
    assert calendar.working_days(day + timedelta(days=1), found) == count


# --- Against an independent implementation, minute by minute -----------------------------------------


class MinuteByMinute:
    """The same promises kept the slow way: look at the wall clock every minute and ask whether it is open."""

    def __init__(
        self,
        regimes: Iterable[Regime],
        holidays: Mapping[date, str],
        exceptions: Mapping[date, DayException],
        zone: ZoneInfo,
    ):
        self.regimes, self.holidays, self.exceptions, self.zone = list(regimes), holidays, exceptions, zone
        self.seen: dict[date, set[int]] = {}

    def open_minutes(self, day: date) -> set[int]:
        if day not in self.seen:
            self.seen[day] = {
                minute
                for opens, closes in self.windows(day)
                for minute in range(
                    opens.hour * 60 + opens.minute, (closes.hour * 60 + closes.minute) or 24 * 60
                )
            }
        return self.seen[day]

    def windows(self, day: date):
        if day in self.exceptions:
            return self.exceptions[day].windows
        ruling = None
        for regime in self.regimes:
            starts = regime.first_day is None or day >= regime.first_day
            ends = regime.last_day is None or day <= regime.last_day
            if starts and ends and (ruling is None or self.beats(regime, ruling)):
                ruling = regime
        if ruling is None or (day in self.holidays and ruling.closed_on_holidays):
            return ()
        return ruling.windows.get(day.weekday(), ())

    @staticmethod
    def beats(new: Regime, old: Regime) -> bool:
        dates = [sum(day is not None for day in (one.first_day, one.last_day)) for one in (new, old)]
        if dates[0] != dates[1]:
            return dates[0] > dates[1]
        if new.rank != old.rank:
            return new.rank > old.rank
        return (new.first_day or date.min) > (old.first_day or date.min)

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return local.hour * 60 + local.minute in self.open_minutes(local.date())

    def between(self, start: datetime, end: datetime) -> int:
        counted = 0
        while start < end:
            counted += self.is_open(start)
            start += MINUTE
        return counted

    def add(self, start: datetime, work: int, patience: int = 30_000) -> datetime | None:
        """Give up after a number of minutes: random calendars may sleep for months."""
        for _ in range(patience):
            if not work and self.is_open(start):
                return start
            work -= self.is_open(start)
            start += MINUTE
            if not work and self.is_open(start - MINUTE):
                return start
        return None


ZONES_WITH_CLOCK_CHANGES = [
    ("Europe/Berlin", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]),
    ("America/New_York", [datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]),
    ("Australia/Lord_Howe", [datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC)]),
    ("Africa/Cairo", [datetime(2026, 4, 23, tzinfo=UTC), datetime(2026, 10, 29, tzinfo=UTC)]),
]


def compare(parts, zone: ZoneInfo, start: datetime, span: int, work: int) -> None:
    quick, slow = WorkingCalendar(*parts, zone=zone), MinuteByMinute(*parts, zone)
    end = start + span * MINUTE
    assert quick.between(start, end) == slow.between(start, end) * MINUTE
    assert quick.is_working(start) is slow.is_open(start)
    due = slow.add(start, work)
    assume(due is not None)
    assert quick.add(start, work * MINUTE) == due


@calm
@given(ingredients(step=1), whole_minutes, st.integers(0, 20_000), st.integers(0, 3_000))
def test_agrees_with_counting_minute_by_minute(parts, start, span, work):
    compare(parts, WIB, start, span, work)


@calm
@given(
    ingredients(step=60),
    st.sampled_from([(name, day) for name, days in ZONES_WITH_CLOCK_CHANGES for day in days]),
    st.integers(-3 * 1440, 2 * 1440),
    st.integers(0, 6 * 1440),
    st.integers(0, 3_000),
)
def test_agrees_with_counting_minute_by_minute_where_clocks_change(parts, change, offset, span, work):
    name, day = change
    compare(parts, ZoneInfo(name), day + offset * MINUTE, span, work)


@calm
@given(whole_minutes, st.integers(0, 20_000), st.integers(0, 3_000))
def test_the_office_agrees_with_counting_minute_by_minute(start, span, work):
    compare(([NORMAL, RAMADAN_2026, RAMADAN_2027], HOLIDAYS, {}), WIB, start, span, work)
