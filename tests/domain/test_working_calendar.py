"""The working calendar: golden tables written by hand, then properties that hold for any calendar."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpdesk_plugin.domain.working_calendar import (
    ALL_DAY,
    WORKING_DAY,
    DayException,
    NoWorkingTime,
    OutsideCalendar,
    Regime,
    WorkingCalendar,
)

WIB = ZoneInfo("Asia/Pontianak")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)

NORMAL_DAY = ((time(7, 30), time(12)), (time(13), time(16)))
NORMAL_FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
RAMADAN_DAY = ((time(8), time(12)), (time(12, 30), time(15)))
RAMADAN_FRIDAY = ((time(8), time(12)), (time(13), time(15, 30)))

NORMAL = Regime("Biasa", dict.fromkeys(range(4), NORMAL_DAY) | {4: NORMAL_FRIDAY})
RAMADAN_WEEK = dict.fromkeys(range(4), RAMADAN_DAY) | {4: RAMADAN_FRIDAY}
RAMADAN_2026 = Regime("Ramadan 2026", RAMADAN_WEEK, date(2026, 2, 19), date(2026, 3, 20))
RAMADAN_2027 = Regime("Ramadan 2027", RAMADAN_WEEK, date(2027, 2, 8), date(2027, 3, 9))

HOLIDAYS = {
    date(2026, 1, 1): "Tahun Baru",
    date(2026, 1, 16): "Isra Mikraj",
    date(2026, 2, 16): "Cuti bersama Imlek",
    date(2026, 2, 17): "Imlek",
    date(2026, 3, 18): "Cuti bersama Nyepi",
    date(2026, 3, 19): "Nyepi",
    date(2026, 3, 20): "Cuti bersama Idulfitri",
    date(2026, 3, 21): "Idulfitri",
    date(2026, 3, 22): "Idulfitri",
    date(2026, 3, 23): "Cuti bersama Idulfitri",
    date(2026, 3, 24): "Cuti bersama Idulfitri",
    date(2026, 4, 3): "Wafat Yesus Kristus",
    date(2026, 4, 5): "Paskah",
    date(2026, 5, 1): "Hari Buruh",
    date(2026, 5, 14): "Kenaikan Yesus Kristus",
    date(2026, 5, 15): "Cuti bersama Kenaikan",
    date(2026, 5, 27): "Iduladha",
    date(2026, 5, 28): "Cuti bersama Iduladha",
    date(2026, 5, 31): "Waisak",
    date(2026, 6, 1): "Pancasila",
    date(2026, 6, 16): "Tahun Baru Islam",
    date(2026, 8, 17): "Kemerdekaan",
    date(2026, 8, 25): "Maulid",
    date(2026, 12, 24): "Cuti bersama Natal",
    date(2026, 12, 25): "Natal",
    date(2027, 1, 1): "Tahun Baru",
    date(2027, 1, 5): "Isra Mikraj",
    date(2027, 2, 5): "Cuti bersama Imlek",
    date(2027, 2, 6): "Imlek",
    date(2027, 3, 8): "Nyepi",
    date(2027, 3, 9): "Cuti bersama Idulfitri",
    date(2027, 3, 10): "Idulfitri",
    date(2027, 3, 11): "Idulfitri",
    date(2027, 3, 12): "Cuti bersama Idulfitri",
    date(2027, 3, 15): "Cuti bersama Idulfitri",
    date(2027, 3, 25): "Cuti bersama Wafat",
    date(2027, 3, 26): "Wafat Yesus Kristus",
    date(2027, 3, 28): "Paskah",
    date(2027, 5, 1): "Hari Buruh",
    date(2027, 5, 6): "Kenaikan Yesus Kristus",
    date(2027, 5, 17): "Iduladha",
    date(2027, 5, 18): "Cuti bersama Iduladha",
    date(2027, 5, 19): "Cuti bersama Waisak",
    date(2027, 5, 20): "Waisak",
    date(2027, 6, 1): "Pancasila",
    date(2027, 6, 6): "Tahun Baru Islam",
    date(2027, 8, 15): "Maulid",
    date(2027, 8, 17): "Kemerdekaan",
    date(2027, 12, 24): "Cuti bersama Natal",
    date(2027, 12, 25): "Natal",
    date(2027, 12, 26): "Isra Mikraj",
}

OFFICE = WorkingCalendar([NORMAL, RAMADAN_2026, RAMADAN_2027], HOLIDAYS, zone=WIB)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


# --- Golden tables, counted by hand from catalogue §5 and §6 ------------------------------------------


@pytest.mark.parametrize(
    ("year", "by_month", "whole_year"),
    [
        (2026, [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21], 240),
        (2027, [19, 19, 15, 22, 16, 21, 22, 21, 22, 21, 22, 22], 242),
    ],
)
def test_working_days_of_the_year_match_the_decree(year, by_month, whole_year):
    counted = [
        OFFICE.working_days(first, last)
        for first, last in (
            (date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
            for month in range(1, 13)
        )
    ]
    assert counted == by_month
    assert OFFICE.working_days(date(year, 1, 1), date(year, 12, 31)) == whole_year


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, 221 * 450 + 19 * 390),  # 19 working days lie in Ramadan: 7 in February, 12 in March
        (2027, 222 * 450 + 20 * 390),  # 20: 15 in February, 5 in March
    ],
)
def test_working_minutes_of_the_year(year, expected):
    assert OFFICE.between(wib(f"{year}-01-01"), wib(f"{year + 1}-01-01")) == minutes(expected)


@pytest.mark.parametrize(
    ("monday", "expected"),
    [
        ("2026-01-12", 1800),  # Isra Mikraj on Friday
        ("2026-01-19", 2250),  # a plain week: 37 hours 30 minutes
        ("2026-02-16", 1230),  # Imlek twice, one normal day, then Ramadan begins on Thursday
        ("2026-02-23", 1950),  # a Ramadan week: 32 hours 30 minutes
        ("2026-03-16", 780),  # two Ramadan days before Nyepi and Idulfitri
        ("2026-03-23", 1350),  # back from Idulfitri on Wednesday, normal hours
        ("2026-05-11", 1350),
        ("2026-05-25", 1350),
        ("2026-12-21", 1350),
        ("2026-12-28", 1800),  # across the year: Friday is New Year
        ("2027-01-04", 1800),
        ("2027-02-01", 1800),
        ("2027-02-08", 1950),  # Ramadan begins on Monday
        ("2027-03-08", 0),  # the whole week is Nyepi and Idulfitri
        ("2027-03-15", 1800),
        ("2027-03-22", 1350),
        ("2027-05-17", 450),  # only Friday
    ],
)
def test_working_minutes_of_the_week(monday, expected):
    start = wib(monday)
    assert OFFICE.between(start, start + timedelta(days=7)) == minutes(expected)


@pytest.mark.parametrize(
    ("start", "work", "due"),
    [
        ("2026-01-06T08:00", 240, "2026-01-06T12:00"),  # exactly until lunch: due at the window's end
        ("2026-01-06T08:00", 241, "2026-01-06T13:01"),
        ("2026-01-06T07:30", 450, "2026-01-06T16:00"),  # exactly one working day
        ("2026-01-09T11:25", 15, "2026-01-09T13:10"),  # over the Friday prayer
        ("2026-01-09T16:29", 2, "2026-01-12T07:31"),  # over the weekend
        ("2026-02-13T15:00", 1350, "2026-02-23T08:30"),  # Imlek, then the switch to Ramadan
        ("2026-03-17T14:00", 240, "2026-03-25T10:30"),  # over Nyepi and Idulfitri, back to normal hours
        ("2026-03-16T10:00", 2250, "2026-03-30T11:30"),
        ("2026-05-08T11:00", 450, "2026-05-11T11:00"),
        ("2026-11-22T10:00", 450, "2026-11-23T16:00"),  # filed on a Sunday
        ("2026-12-23T15:00", 450, "2026-12-28T15:00"),  # over Christmas
        ("2026-12-30T13:30", 1350, "2027-01-06T13:30"),  # over New Year and Isra Mikraj
        ("2026-12-31T15:00", 60, "2026-12-31T16:00"),  # fills the last window of the year
        ("2027-02-04T08:00", 1350, "2027-02-10T10:30"),  # Imlek, then Ramadan from Monday
        ("2027-03-05T14:00", 240, "2027-03-16T10:00"),  # over Idulfitri 2027
        ("2027-05-14T08:00", 2250, "2027-05-27T08:00"),  # Iduladha and Waisak
    ],
)
def test_due_time(start, work, due):
    assert OFFICE.add(wib(start), minutes(work)) == wib(due)


def test_explain_tells_each_day_between_start_and_due():
    account = OFFICE.explain(wib("2026-02-13T15:00"), wib("2026-02-23T08:30"))
    assert [(day.day.day, day.regime, day.holiday, day.minutes) for day in account] == [
        (13, "Biasa", None, 90),
        (14, "Biasa", None, 0),
        (15, "Biasa", None, 0),
        (16, "Biasa", "Cuti bersama Imlek", 0),
        (17, "Biasa", "Imlek", 0),
        (18, "Biasa", None, 450),
        (19, "Ramadan 2026", None, 390),
        (20, "Ramadan 2026", None, 390),
        (21, "Ramadan 2026", None, 0),
        (22, "Ramadan 2026", None, 0),
        (23, "Ramadan 2026", None, 30),
    ]
    assert sum(day.worked.total_seconds() for day in account) == 1350 * 60


def test_explain_shows_windows_what_was_counted_and_the_break():
    (friday,) = OFFICE.explain(wib("2026-01-09T10:00"), wib("2026-01-09T14:00"))
    assert friday.opening == (
        (wib("2026-01-09T07:30"), wib("2026-01-09T11:30")),
        (wib("2026-01-09T13:00"), wib("2026-01-09T16:30")),
    )
    assert friday.counted == (
        (wib("2026-01-09T10:00"), wib("2026-01-09T11:30")),
        (wib("2026-01-09T13:00"), wib("2026-01-09T14:00")),
    )
    assert friday.breaks == ((wib("2026-01-09T11:30"), wib("2026-01-09T13:00")),)
    assert friday.worked == minutes(150)


def test_windows_that_touch_have_no_break_between_them():
    calendar = WorkingCalendar([Regime("R", {4: [(time(8), time(12)), (time(12), time(16))]})], zone=WIB)
    (friday,) = calendar.explain(wib("2026-01-09T08:00"), wib("2026-01-09T16:00"))
    assert (friday.breaks, friday.minutes) == ((), 480)


def test_explain_ends_on_the_day_that_midnight_closes():
    assert [day.day for day in OFFICE.explain(wib("2026-01-05"), wib("2026-01-07"))] == [
        date(2026, 1, 5),
        date(2026, 1, 6),
    ]


def test_explain_of_nothing_is_empty():
    assert OFFICE.explain(wib("2026-01-05T10:00"), wib("2026-01-05T10:00")) == []


# --- Conventions at the edges -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-01-06T09:00", "2026-01-06T09:00"),
        ("2026-01-06T07:30", "2026-01-06T07:30"),
        ("2026-01-06T12:00", "2026-01-06T13:00"),  # the end of a window is no longer working time
        ("2026-01-06T16:00", "2026-01-07T07:30"),
        ("2026-01-10T09:00", "2026-01-12T07:30"),
        ("2026-03-17T15:00", "2026-03-25T07:30"),
    ],
)
def test_no_work_is_due_at_the_next_opening(at, opening):
    assert OFFICE.next_opening(wib(at)) == wib(opening)
    assert OFFICE.add(wib(at), timedelta(0)) == wib(opening)
    assert OFFICE.is_working(wib(at)) is (at == opening)


def test_between_is_nothing_when_the_end_is_not_later():
    assert OFFICE.between(wib("2026-01-06T10:00"), wib("2026-01-06T10:00")) == timedelta(0)
    assert OFFICE.between(wib("2026-01-06T10:00"), wib("2026-01-05T10:00")) == timedelta(0)


def test_answers_are_in_utc_whatever_zone_was_asked_in():
    start = datetime(2026, 1, 6, 0, 30, tzinfo=UTC)
    assert OFFICE.add(start, minutes(10)).isoformat() == "2026-01-06T00:40:00+00:00"
    assert OFFICE.add(start.astimezone(BERLIN), minutes(10)).isoformat() == "2026-01-06T00:40:00+00:00"
    assert OFFICE.next_opening(start.astimezone(WIB)).tzinfo is UTC


def test_microseconds_are_not_lost():
    work = timedelta(minutes=449, seconds=59, microseconds=999_999)
    due = OFFICE.add(wib("2026-01-06T07:30"), work)
    assert due == wib("2026-01-06T16:00") - timedelta(microseconds=1)


def test_a_normal_day_has_450_minutes_on_every_weekday():
    mondays_week = [date(2026, 1, 19) + timedelta(days=count) for count in range(5)]
    start_of = [datetime.combine(day, time(0), WIB) for day in mondays_week]
    assert [OFFICE.between(day, day + timedelta(days=1)) for day in start_of] == [WORKING_DAY] * 5


def test_nth_working_day_skips_weekend_and_holidays():
    assert OFFICE.nth_working_day(date(2026, 1, 9), 1) == date(2026, 1, 12)
    assert OFFICE.nth_working_day(date(2026, 3, 17), 3) == date(2026, 3, 27)
    assert OFFICE.nth_working_day(date(2026, 12, 23), 5) == date(2027, 1, 4)


# --- Regimes, holidays, exceptions --------------------------------------------------------------------


def plan_of(day: date, *regimes: Regime, **more) -> str | None:
    return WorkingCalendar(regimes, zone=WIB, **more).plan_for(day).regime


def test_a_dated_regime_beats_an_undated_one_of_higher_rank():
    loud = Regime("Loud", {0: NORMAL_DAY}, rank=9)
    assert plan_of(date(2026, 3, 2), loud, RAMADAN_2026) == "Ramadan 2026"
    assert plan_of(date(2026, 3, 21), loud, RAMADAN_2026) == "Loud"


def test_a_regime_with_both_dates_beats_one_with_a_single_date():
    since = Regime("Since February", {0: NORMAL_DAY}, first_day=date(2026, 2, 25), rank=9)
    assert plan_of(date(2026, 3, 2), since, NORMAL, RAMADAN_2026) == "Ramadan 2026"
    assert plan_of(date(2026, 4, 6), since, NORMAL, RAMADAN_2026) == "Since February"


def test_rank_decides_between_regimes_with_the_same_number_of_dates():
    first = Regime("First", {0: NORMAL_DAY}, date(2026, 1, 1), date(2026, 12, 31), rank=1)
    second = Regime("Second", {0: NORMAL_DAY}, date(2026, 1, 1), date(2026, 12, 31), rank=2)
    assert plan_of(date(2026, 3, 2), first, second) == "Second"
    assert plan_of(date(2026, 3, 2), second, first) == "Second"


def test_later_beginning_then_order_decide_between_equals():
    old = Regime("Old", {0: NORMAL_DAY}, first_day=date(2025, 1, 1))
    new = Regime("New", {0: NORMAL_DAY}, first_day=date(2026, 1, 1))
    twin = Regime("Twin", {0: NORMAL_DAY}, first_day=date(2026, 1, 1))
    assert plan_of(date(2026, 3, 2), old, new) == "New"
    assert plan_of(date(2026, 3, 2), new, twin) == "New"
    assert plan_of(date(2026, 3, 2), twin, new) == "Twin"


def test_a_day_without_regime_is_closed():
    calendar = WorkingCalendar([RAMADAN_2026], zone=WIB)
    assert calendar.plan_for(date(2026, 4, 1)).regime is None
    assert not calendar.is_working_day(date(2026, 4, 1))


def test_a_half_day_and_a_closure_replace_the_hours_of_their_date():
    exceptions = {
        date(2026, 12, 31): DayException("Half day", [(time(7, 30), time(12))]),
        date(2026, 12, 30): DayException("Local closure"),
        date(2026, 12, 25): DayException("Work on a holiday", [(time(8), time(10))]),
    }
    calendar = WorkingCalendar([NORMAL], HOLIDAYS, exceptions, zone=WIB)
    counted = [
        calendar.between(wib(day), wib(day) + timedelta(days=1)) for day in ("2026-12-31", "2026-12-30")
    ]
    assert counted == [minutes(270), minutes(0)]
    (christmas,) = calendar.explain(wib("2026-12-25"), wib("2026-12-26"))
    assert (christmas.holiday, christmas.exception, christmas.minutes) == ("Natal", "Work on a holiday", 120)


def test_people_on_call_work_around_the_clock_and_on_holidays():
    calendar = WorkingCalendar([Regime.around_the_clock("On call")], HOLIDAYS, zone=WIB)
    assert calendar.add(wib("2026-12-24T23:50"), minutes(240)) == wib("2026-12-25T03:50")
    assert calendar.between(wib("2026-12-01"), wib("2027-01-01")) == timedelta(days=31)
    assert calendar.is_working(wib("2026-12-25T00:00"))
    (day,) = calendar.explain(wib("2026-12-25"), wib("2026-12-26"))
    assert (day.holiday, day.minutes, day.breaks) == ("Natal", 1440, ())


def test_a_regime_change_at_midnight_joins_seamlessly():
    on_call = Regime.around_the_clock("On call", first_day=date(2026, 1, 6), last_day=date(2026, 1, 6))
    evening = Regime("Evening", {0: [(time(22), time(0))], 2: [(time(0), time(2))]})
    calendar = WorkingCalendar([evening, on_call], zone=WIB)
    assert calendar.add(wib("2026-01-05T22:00"), minutes(120)) == wib("2026-01-06T00:00")
    assert calendar.is_working(wib("2026-01-06T00:00"))
    assert calendar.add(wib("2026-01-05T22:00"), minutes(120 + 1440 + 60)) == wib("2026-01-07T01:00")
    assert calendar.between(wib("2026-01-05T23:00"), wib("2026-01-07T05:00")) == minutes(60 + 1440 + 120)


# --- What is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda naive, aware: OFFICE.add(naive, minutes(1)),
        lambda naive, aware: OFFICE.add(naive, minutes(0)),
        lambda naive, aware: OFFICE.between(naive, aware),
        lambda naive, aware: OFFICE.between(aware, naive),
        lambda naive, aware: OFFICE.explain(naive, aware),
        lambda naive, aware: OFFICE.is_working(naive),
        lambda naive, aware: OFFICE.next_opening(naive),
    ],
)
def test_a_moment_without_time_zone_is_refused(ask):
    with pytest.raises(ValueError, match="needs a time zone"):
        ask(datetime(2026, 1, 6, 10), wib("2026-01-06T10:00"))


def test_negative_work_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        OFFICE.add(wib("2026-01-06T10:00"), -MINUTE)


@pytest.mark.parametrize(
    "regimes",
    [
        [],
        [Regime("Closed", {})],
        [Regime("Past", {0: NORMAL_DAY}, last_day=date(2020, 12, 31))],
        [Regime("Far", {0: NORMAL_DAY}, first_day=date(2090, 1, 1))],
    ],
)
def test_a_calendar_without_working_time_says_so(regimes):
    calendar = WorkingCalendar(regimes, zone=WIB)
    with pytest.raises(NoWorkingTime, match="within 10 years after 2026-01-06"):
        calendar.add(wib("2026-01-06T10:00"), minutes(1))
    with pytest.raises(NoWorkingTime, match="check the regimes"):
        calendar.next_opening(wib("2026-01-06T10:00"))
    with pytest.raises(NoWorkingTime, match="Fewer working days"):
        calendar.nth_working_day(date(2026, 1, 6), 1)
    assert calendar.between(wib("2026-01-06"), wib("2027-01-06")) == timedelta(0)


def test_work_beyond_the_horizon_says_so():
    with pytest.raises(NoWorkingTime):
        OFFICE.add(wib("2026-01-06T10:00"), timedelta.max)


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_moments_beyond_the_covered_years_are_refused(year):
    at = datetime(year, 6, 1, tzinfo=UTC)
    for ask in (OFFICE.is_working, OFFICE.next_opening, lambda at: OFFICE.add(at, minutes(1))):
        with pytest.raises(OutsideCalendar):
            ask(at)
    with pytest.raises(OutsideCalendar):
        OFFICE.between(min(at, wib("2026-01-01")), max(at, wib("2026-01-01")))
    with pytest.raises(OutsideCalendar):
        OFFICE.nth_working_day(at.date(), 1)


@pytest.mark.parametrize("count", [0, -1])
def test_nth_working_day_counts_from_one(count):
    with pytest.raises(ValueError, match="at least one"):
        OFFICE.nth_working_day(date(2026, 1, 9), count)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Regime("R", {7: NORMAL_DAY}), "numbered 0"),
        (lambda: Regime("R", {0: [(time(12), time(8))]}), "must close after it opens"),
        (lambda: Regime("R", {0: [(time(8), time(8))]}), "must close after it opens"),
        (lambda: Regime("R", {0: [(time(8), time(12)), (time(11), time(13))]}), "must not overlap"),
        (lambda: Regime("R", {0: [*ALL_DAY, (time(11), time(13))]}), "must not overlap"),
        (lambda: Regime("R", {0: [(time(8, tzinfo=UTC), time(12))]}), "without a zone"),
        (lambda: Regime("R", {}, date(2026, 2, 2), date(2026, 2, 1)), "lies before the first"),
        (lambda: DayException("E", [(time(8), time(12)), (time(8), time(9))]), "must not overlap"),
    ],
)
def test_impossible_hours_are_refused(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_windows_are_put_in_the_order_of_the_day():
    regime = Regime("R", {0: [(time(13), time(16)), (time(7, 30), time(12))]})
    assert regime.windows == {0: NORMAL_DAY}


# --- Daylight saving ----------------------------------------------------------------------------------


def clock_change(*windows) -> WorkingCalendar:
    return WorkingCalendar([Regime("All week", dict.fromkeys(range(7), windows))], zone=BERLIN)


@pytest.mark.parametrize(
    ("day", "windows", "expected"),
    [
        ("2026-03-29", ALL_DAY, 23 * 60),  # clocks jump from 02:00 to 03:00
        ("2026-10-25", ALL_DAY, 25 * 60),  # clocks go back from 03:00 to 02:00
        ("2026-03-29", [(time(1), time(4))], 120),
        ("2026-03-29", [(time(2, 30), time(5))], 120),  # begins inside the gap: at the jump
        ("2026-03-29", [(time(2, 10), time(2, 50))], 0),  # swallowed by the gap
        ("2026-10-25", [(time(2, 30), time(4))], 150),  # an opening that passes twice: the first counts
        ("2026-10-25", [(time(1), time(2, 30)), (time(2, 30), time(4))], 240),
    ],
)
def test_the_day_of_a_clock_change_counts_elapsed_time(day, windows, expected):
    start = berlin(day)
    end = datetime.combine(start.date() + timedelta(days=1), time(0), BERLIN)
    assert clock_change(*windows).between(start, end) == minutes(expected)


def test_add_over_a_clock_change_takes_elapsed_time():
    calendar = clock_change(*ALL_DAY)
    assert calendar.add(berlin("2026-03-29T01:30"), minutes(60)) == berlin("2026-03-29T03:30")
    assert calendar.add(berlin("2026-10-25T01:30"), minutes(180)) == berlin("2026-10-25T03:30")


def test_a_window_swallowed_by_the_gap_never_opens():
    calendar = clock_change((time(2, 10), time(2, 50)))
    assert calendar.next_opening(berlin("2026-03-29T00:00")) == berlin("2026-03-30T02:10")
    (day,) = calendar.explain(berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00"))
    assert day.opening == ()


def test_a_date_that_a_zone_skipped_counts_nothing():
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    calendar = WorkingCalendar([Regime.around_the_clock("Always")], zone=apia)
    start, end = datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 1, tzinfo=apia)
    assert calendar.between(start, end) == timedelta(days=2)
    assert [day.minutes for day in calendar.explain(start, end)] == [1440, 0, 1440]


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
