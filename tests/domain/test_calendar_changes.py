"""What two editions of the calendar disagree about."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from helpdesk_plugin.domain.calendar_changes import changed_days, touches
from helpdesk_plugin.domain.working_calendar import DayException, Regime, WorkingCalendar

PONTIANAK = ZoneInfo("Asia/Pontianak")
OFFICE = Regime("Biasa", dict.fromkeys(range(5), ((time(8), time(16)),)))
MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)


def hours(*, zone=PONTIANAK, regimes=(OFFICE,), **parts) -> WorkingCalendar:
    return WorkingCalendar(regimes, zone=zone, **parts)


def test_the_same_hours_differ_nowhere():
    assert changed_days(hours(), hours(), MONDAY, SUNDAY) == []


def test_a_holiday_differs_on_its_day_alone():
    assert changed_days(hours(), hours(holidays={TUESDAY: "Libur"}), MONDAY, SUNDAY) == [TUESDAY]


def test_a_holiday_on_a_closed_day_and_another_name_are_no_change():
    before = hours(holidays={TUESDAY: "Libur"})
    after = hours(holidays={TUESDAY: "Hari jadi", SUNDAY: "Paskah"})
    assert changed_days(before, after, MONDAY, SUNDAY) == []


def test_a_half_day_and_a_season_are_changes():
    half = hours(exceptions={MONDAY: DayException("Setengah hari", [(time(8), time(12))])})
    assert changed_days(hours(), half, MONDAY, SUNDAY) == [MONDAY]
    season = Regime("Ramadan", dict.fromkeys(range(5), ((time(8), time(15)),)), MONDAY, TUESDAY)
    assert changed_days(hours(), hours(regimes=(OFFICE, season)), MONDAY, SUNDAY) == [MONDAY, TUESDAY]


def test_days_outside_are_not_looked_at():
    assert changed_days(hours(), hours(holidays={TUESDAY: "Libur"}), MONDAY, MONDAY) == []


def test_in_another_zone_every_day_differs():
    moved = hours(zone=ZoneInfo("Asia/Makassar"))
    assert changed_days(hours(), moved, MONDAY, TUESDAY) == [MONDAY, TUESDAY]


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [
        (MONDAY, MONDAY, False),
        (MONDAY, TUESDAY, True),
        (TUESDAY, TUESDAY, True),
        (TUESDAY, SUNDAY, True),
        (date(2026, 11, 25), date(2026, 11, 28), False),
        (date(2026, 11, 30), date(2026, 12, 1), False),
    ],
)
def test_a_span_is_touched_by_a_day_within_it(first, last, touched):
    assert touches([TUESDAY, SUNDAY], first, last) is touched


def test_no_changed_day_touches_nothing():
    assert touches([], MONDAY, SUNDAY) is False
