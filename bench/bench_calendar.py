"""How long the working calendar takes, in microseconds a call. Run: python bench/bench_calendar.py"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from timeit import repeat
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpdesk_plugin.domain.working_calendar import WORKING_DAY, DayException, Regime, WorkingCalendar

NORMAL_DAY = ((time(7, 30), time(12)), (time(13), time(16)))
NORMAL_FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
RAMADAN_DAY = ((time(8), time(12)), (time(12, 30), time(15)))
RAMADAN_FRIDAY = ((time(8), time(12)), (time(13), time(15, 30)))
NORMAL = Regime("Normal", dict.fromkeys(range(4), NORMAL_DAY) | {4: NORMAL_FRIDAY})
RAMADAN_WEEK = dict.fromkeys(range(4), RAMADAN_DAY) | {4: RAMADAN_FRIDAY}
RAMADAN = [
    Regime("Ramadan 2026", RAMADAN_WEEK, date(2026, 2, 19), date(2026, 3, 20)),
    Regime("Ramadan 2027", RAMADAN_WEEK, date(2027, 2, 8), date(2027, 3, 9)),
]
HOLIDAYS = {date(2026, month, day): "Holiday" for month in range(1, 13) for day in (1, 17)}
HALF_DAYS = {date(2026, 12, 31): DayException("Half day", [(time(7, 30), time(12))])}


def build() -> WorkingCalendar:
    """Return a calendar with three regimes, 24 holidays and a half day, no year laid out yet."""
    return WorkingCalendar([NORMAL, *RAMADAN], HOLIDAYS, HALF_DAYS, zone=ZoneInfo("Asia/Pontianak"))


def measure(label: str, call: Callable[[], object], number: int) -> None:
    """Print the best of a hundred short rounds, in microseconds a call: what else runs counts little."""
    best = min(repeat(call, number=number, repeat=100)) / number
    print(f"{label:<44}{best * 1e6:>12.2f} µs")


def main() -> None:
    """Measure the questions that the help desk asks, over a year of regimes."""
    calendar = build()
    start, end = datetime(2026, 1, 5, 2, 10, tzinfo=UTC), datetime(2027, 1, 4, 7, 45, tzinfo=UTC)
    target, year = WORKING_DAY * 3, calendar.between(start, end)
    measure("add: three working days", lambda: calendar.add(start, target), 500)
    measure("add: a year of working time", lambda: calendar.add(start, year), 500)
    measure("between: the same day", lambda: calendar.between(start, start + timedelta(hours=5)), 500)
    measure("between: a year apart", lambda: calendar.between(start, end), 500)
    measure("next_opening", lambda: calendar.next_opening(start), 500)
    measure("is_working", lambda: calendar.is_working(start), 500)
    measure("explain: a week, day by day", lambda: calendar.explain(start, start + timedelta(days=7)), 20)
    measure("first question to a new calendar (one year)", lambda: build().add(start, target), 1)


if __name__ == "__main__":
    main()
