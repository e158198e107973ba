"""Periods: named by a text, each with the one before, as moments on the agency's clocks."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.periods import MOST_DAYS, BadPeriod, Period, PeriodKind

DAYS = st.dates(date(2005, 1, 1), date(2190, 1, 1))
PERIODS = st.one_of(
    st.builds(Period.of, st.sampled_from(PeriodKind), DAYS),
    st.builds(lambda day, length: Period.free(day, day + timedelta(days=length)), DAYS, st.integers(0, 400)),
)


@given(PERIODS)
def test_the_name_of_a_period_is_read_back(period):
    assert Period.parse(period.token) == period


@given(PERIODS)
def test_periods_follow_each_other_without_gap(period):
    before = period.previous()
    assert before.last + timedelta(days=1) == period.first
    assert before.kind is period.kind
    assert period.next().previous() == period
    if period.kind is PeriodKind.FREE:
        assert before.days == period.days


@given(PERIODS)
def test_the_moments_of_a_period_are_those_of_its_days(period):
    zone = ZoneInfo("Asia/Pontianak")
    span = period.span(zone)
    assert span.begin.date() == period.first
    assert (span.end - timedelta(seconds=1)).astimezone(zone).date() == period.last
    assert period.previous().span(zone).end == span.begin


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-11-05..2026-11-05", date(2026, 11, 5), date(2026, 11, 5)),
    ],
)
def test_periods_by_their_names(text, first, last):
    assert (Period.parse(text).first, Period.parse(text).last) == (first, last)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unknown"),
        ("2026-13", "out_of_range"),
        ("2026-00", "out_of_range"),
        ("1999", "out_of_range"),
        ("0000-Q1", "out_of_range"),
        ("2026-Q5", "unknown"),
        ("२०२६", "unknown"),
        ("2026-11-31..2026-12-01", "unknown"),
        ("2026-11-30..", "unknown"),
        ("2026-11-30..2026-11-01", "reversed"),
        ("2010-01-01..2026-11-01", "too_long"),
        ("1990-01-01..2026-11-01", "out_of_range"),
        ("x" * 5000, "unknown"),
    ],
)
def test_what_is_no_period_says_why(text, code):
    with pytest.raises(BadPeriod) as refused:
        Period.parse(text)
    assert refused.value.code == code


def test_the_longest_free_period_is_ten_years():
    first = date(2010, 1, 1)
    assert Period.free(first, first + timedelta(days=MOST_DAYS - 1)).days == MOST_DAYS
