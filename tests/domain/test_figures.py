"""Shares, medians and percentiles: the rules by which anybody can make them again."""

import math
import statistics
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.figures import (
    Change,
    durations,
    is_few,
    median_ranks,
    minutes,
    percentile_rank,
    share,
    told,
)

LENGTHS = st.lists(st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)), max_size=60)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_is_all_or_nothing_only_when_it_is(one, other):
    part, whole = sorted((one, other))
    found = share(part, whole)
    if not whole:
        assert found is None
        return
    assert (found == 100) is (part == whole)
    assert (found == 0) is (part == 0)
    assert abs(found - Decimal(100 * part) / whole) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (1999, 2000, "99.9"), (1, 16, "6.3"), (0, 9, "0.0")],
)
def test_shares_are_rounded_half_up(part, whole, percent):
    assert str(share(part, whole)) == percent


@given(LENGTHS.filter(bool))
def test_median_is_that_of_the_statisticians(lengths):
    found = durations(lengths)
    middle = statistics.median(length.total_seconds() for length in lengths)
    assert found.median == math.floor(middle / 60 + 0.5)
    assert found.cases == len(lengths)


@given(LENGTHS.filter(bool))
def test_ninety_percent_take_no_longer_than_the_percentile(lengths):
    ordered = sorted(lengths)
    value = ordered[percentile_rank(len(lengths), 90) - 1]
    assert sum(length <= value for length in lengths) * 10 >= 9 * len(lengths)
    assert sum(length < value for length in lengths) * 10 < 9 * len(lengths)
    assert durations(lengths).percentile_90 == minutes(value)


@given(st.integers(1, 2000))
def test_the_database_reads_the_ranks_that_are_wanted(cases):
    """The conditions of `reports.steps`, in the arithmetic of floating point."""
    middle = {rank for rank in range(1, cases + 1) if cases / 2.0 <= rank <= cases / 2.0 + 1}
    nearest = {r for r in range(1, cases + 1) if cases * 0.9 - 1e-6 <= r < cases * 0.9 + 1 - 1e-6}
    assert middle == set(median_ranks(cases))
    assert nearest == {percentile_rank(cases, 90)}


def test_nothing_has_no_middle():
    assert (durations([]).median, durations([]).percentile_90, durations([]).cases) == (None, None, 0)
    assert median_ranks(0) == ()


@pytest.mark.parametrize(("seconds", "whole"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (3599, 60)])
def test_minutes_are_rounded_half_up(seconds, whole):
    assert minutes(timedelta(seconds=seconds)) == whole


def test_small_counts_are_not_told():
    assert [told(count) for count in range(7)] == [0, None, None, None, None, 5, 6]
    assert [is_few(count) for count in (0, 1, 4, 5)] == [False, True, True, False]


def test_a_change_is_told_beside_the_period_before():
    assert (Change(12, 8).difference, Change(12, 8).percent) == (4, Decimal("50.0"))
    assert Change(3, 8).percent == Decimal("-62.5")
    assert Change(3, 0).percent is None
    assert Change(None, Decimal("1.0")).difference is None
    assert Change(Decimal("93.4"), Decimal("91.0")).difference == Decimal("2.4")
