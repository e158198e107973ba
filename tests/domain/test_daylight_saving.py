"""Working time where clocks change: elapsed time counts, not what the clock shows."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from helpdesk_plugin.domain.working_calendar import (
    ALL_DAY,
    Regime,
    WorkingCalendar,
)
from tests.domain.calendars import BERLIN, minutes


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


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
