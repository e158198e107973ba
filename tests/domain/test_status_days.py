"""How bad each day was: a table of cases, and what holds for every span."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.notices import ServiceState, severity
from helpdesk_plugin.domain.status_days import Span, last_days, worst_by_day

ZONE = ZoneInfo("Asia/Pontianak")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
DAYS = last_days(date(2026, 11, 23), 4)  # Friday to Monday
OK, FIX, SLOW, PART, OUT = (
    ServiceState.OPERATIONAL,
    ServiceState.MAINTENANCE,
    ServiceState.DEGRADED,
    ServiceState.PARTIAL,
    ServiceState.MAJOR,
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([], [OK, OK, OK, OK]),
        ([Span(OUT, at(21, 9), at(21, 11))], [OK, OUT, OK, OK]),
        ([Span(OUT, at(21, 23), at(22, 1))], [OK, OUT, OUT, OK]),
        ([Span(OUT, at(22, 8))], [OK, OK, OUT, OUT]),
        ([Span(OUT, at(1, 8), at(20, 0, 0))], [OUT, OK, OK, OK]),
        ([Span(SLOW, at(21, 9), at(21, 11)), Span(PART, at(21, 10), at(21, 12))], [OK, PART, OK, OK]),
        ([Span(FIX, at(21, 9), at(21, 11)), Span(SLOW, at(21, 15), at(21, 16))], [OK, SLOW, OK, OK]),
        ([Span(FIX, at(23, 20), at(23, 22))], [OK, OK, OK, OK]),  # still to come
        ([Span(FIX, at(22, 20), at(22, 19))], [OK, OK, OK, OK]),  # cancelled before it began
        ([Span(OK, at(22, 8))], [OK, OK, OK, OK]),
    ],
    ids=[
        *("nothing", "one day", "over midnight", "goes on", "ends at midnight", "worst wins"),
        *("worse than maintenance", "to come", "cancelled", "called operational"),
    ],
)
def test_worst_of_each_day(spans, told):
    assert worst_by_day(spans, DAYS, ZONE, NOW) == told


def test_days_are_those_of_the_zone():
    span = Span(OUT, datetime(2026, 11, 21, 18, 0, tzinfo=UTC), datetime(2026, 11, 21, 19, 0, tzinfo=UTC))
    assert worst_by_day([span], DAYS, ZONE, NOW) == [OK, OK, OUT, OK]  # one in the morning of the 22nd
    assert worst_by_day([span], DAYS, ZoneInfo("UTC"), NOW) == [OK, OUT, OK, OK]


moments = st.integers(-6 * 24, 6 * 24).map(lambda hours: NOW + timedelta(hours=hours))
spans = st.builds(Span, st.sampled_from(ServiceState), moments, st.none() | moments)


@given(st.lists(spans, max_size=6), spans)
def test_one_more_span_makes_no_day_better(known, more):
    before = worst_by_day(known, DAYS, ZONE, NOW)
    after = worst_by_day([*known, more], DAYS, ZONE, NOW)
    assert all(severity(new) >= severity(old) for old, new in zip(before, after, strict=True))
    assert len(after) == len(DAYS)


@given(st.integers(1, 400))
def test_last_days_end_today_without_a_gap(count):
    days = last_days(date(2026, 3, 1), count)
    assert days[-1] == date(2026, 3, 1)
    assert len(days) == count
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
