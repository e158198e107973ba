"""The working calendar: golden tables written by hand, edges, and what is refused."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from helpdesk_plugin.domain.working_calendar import (
    ALL_DAY,
    WORKING_DAY,
    DayException,
    NoWorkingTime,
    OutsideCalendar,
    Regime,
    WorkingCalendar,
)
from tests.domain.calendars import (
    BERLIN,
    HOLIDAYS,
    MINUTE,
    NORMAL,
    NORMAL_DAY,
    OFFICE,
    RAMADAN_2026,
    WIB,
    minutes,
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


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
