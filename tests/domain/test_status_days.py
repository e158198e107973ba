"""How bad each day was: a table of cases, and what holds for every span."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.notices import NoticePhase, ServiceState, severity
from helpdesk_plugin.domain.status_days import (
    Span,
    Told,
    last_days,
    rests_between,
    spans_told,
    worst_by_day,
)

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


# --- What was told, and when --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "begins", "ends", "rests", "days"),
    [
        ([], at(21, 8), None, [], [OK, OK, OK, OK]),
        ([Told(at(21, 9), OUT)], at(21, 8), at(21, 11), [], [OK, OUT, OK, OK]),
        ([Told(at(21, 9), OUT), Told(at(22, 9), SLOW)], at(21, 8), None, [], [OK, OUT, OUT, SLOW]),
        ([Told(at(21, 9), OUT), Told(at(21, 10), SLOW)], at(21, 8), at(21, 11), [], [OK, OUT, OK, OK]),
        ([Told(at(21, 9), SLOW), Told(at(22, 9), OUT)], at(21, 8), at(22, 11), [], [OK, SLOW, OUT, OK]),
        ([Told(at(21, 9), OUT), Told(at(22, 9), OK)], at(21, 8), None, [], [OK, OUT, OUT, OK]),
        ([Told(at(23, 9), OUT)], at(20, 8), at(20, 9), [], [OUT, OK, OK, OK]),  # told long afterwards
        ([Told(at(20, 9), OUT), Told(at(20, 10), FIX)], at(22, 8), at(22, 9), [], [OK, OK, FIX, OK]),
        ([Told(at(20, 9), OUT), Told(at(22, 9), SLOW)], at(20, 8), at(20, 9), [], [OUT, OK, OK, OK]),
        ([Told(at(20, 9), OUT)], at(20, 8), at(22, 9), [(at(20, 12), at(22, 8))], [OUT, OK, OUT, OK]),
        ([Told(at(20, 9), OUT)], at(20, 8), None, [(at(20, 12), at(23, 8))], [OUT, OK, OK, OUT]),
        (
            [Told(at(20, 9), OUT), Told(at(21, 9), SLOW)],
            at(20, 8),
            None,
            [(at(20, 12), at(22, 8))],
            [OUT, OK, SLOW, SLOW],
        ),
    ],
    ids=[
        *("nothing said", "one state", "better the next day", "better the same day", "worse the next day"),
        *("no more concerned", "told late", "corrected before it began", "reworded after the end"),
        *("taken up again", "taken up again today", "better while it rested"),
    ],
)
def test_days_show_what_was_told_of_them(told, begins, ends, rests, days):
    assert worst_by_day(spans_told(told, begins, ends, rests), DAYS, ZONE, NOW) == days


P = NoticePhase


@pytest.mark.parametrize(
    ("phases", "rests"),
    [
        ([], []),
        ([(1, P.INVESTIGATING), (5, P.RESOLVED)], []),
        ([(1, P.INVESTIGATING), (5, P.RESOLVED), (7, P.INVESTIGATING)], [(5, 7)]),
        ([(7, P.INVESTIGATING), (1, P.INVESTIGATING), (5, P.RESOLVED)], [(5, 7)]),
        ([(1, P.MONITORING), (5, P.RESOLVED), (6, P.RESOLVED), (6, None), (7, P.MONITORING)], [(5, 7)]),
        (
            [(1, P.RESOLVED), (2, P.INVESTIGATING), (3, P.RESOLVED), (4, P.IDENTIFIED), (9, P.RESOLVED)],
            [(1, 2), (3, 4)],
        ),
    ],
    ids=["silence", "ended", "again", "in any order", "said twice", "twice"],
)
def test_rests_lie_between_an_end_and_its_taking_back(phases, rests):
    hours = [(at(21, hour), phase) for hour, phase in phases]
    assert rests_between(hours) == [(at(21, over), at(21, again)) for over, again in rests]


tellings = st.lists(st.builds(Told, moments, st.sampled_from(ServiceState)), min_size=1, max_size=5)


@given(tellings, moments, st.none() | moments)
def test_a_day_was_never_worse_than_what_was_told_of_it(told, begins, ends):
    days = worst_by_day(spans_told(told, begins, ends), DAYS, ZONE, NOW)
    worst_told = max(severity(one.state) for one in told)
    assert all(severity(state) <= worst_told for state in days)


@given(tellings, moments, st.none() | moments, st.sampled_from(ServiceState))
def test_what_is_told_now_rewrites_no_day_of_before(told, begins, ends, state):
    """A downgrade, an upgrade or a correction of today changes today alone."""
    begins = min(begins, NOW - timedelta(hours=1))
    told = [one for one in told if one.at < NOW] or [Told(begins, OUT)]
    before = worst_by_day(spans_told(told, begins, ends), DAYS, ZONE, NOW)
    after = worst_by_day(spans_told([*told, Told(NOW, state)], begins, ends), DAYS, ZONE, NOW)
    assert after[:-1] == before[:-1]
    assert severity(after[-1]) >= severity(before[-1])


@given(tellings, moments, st.none() | moments)
def test_every_hour_of_a_notice_has_one_state(told, begins, ends):
    """Spans follow each other without gap or overlap, from the beginning to the end."""
    spans = spans_told(told, begins, ends)
    assert spans[0].begins == begins
    assert spans[-1].ends == ends
    assert all(one.ends == after.begins for one, after in pairwise(spans))
