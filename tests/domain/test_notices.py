"""Phases follow from dates, states have an order, several tickets look like one event or do not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.notices import (
    ENDED,
    PHASES_OF,
    DatesProblem,
    NoticeKind,
    NoticePhase,
    Nudge,
    ServiceState,
    SimilarTicket,
    crowd,
    first_phase,
    nudges_due,
    phase_at,
    phases_to_choose,
    problem_with_dates,
    severity,
    worst,
)

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAINTENANCE, DISRUPTION = NoticeKind.MAINTENANCE, NoticeKind.DISRUPTION
moments = st.integers(-500, 500).map(lambda minutes: AT + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("stored", "offset", "phase"),
    [
        (None, -1, NoticePhase.SCHEDULED),
        (NoticePhase.SCHEDULED, -1, NoticePhase.SCHEDULED),
        (NoticePhase.SCHEDULED, 0, NoticePhase.IN_PROGRESS),
        (NoticePhase.SCHEDULED, 119, NoticePhase.IN_PROGRESS),
        (NoticePhase.SCHEDULED, 120, NoticePhase.COMPLETED),
        (NoticePhase.COMPLETED, 30, NoticePhase.COMPLETED),
        (NoticePhase.CANCELLED, -1, NoticePhase.CANCELLED),
        (NoticePhase.CANCELLED, 500, NoticePhase.CANCELLED),
    ],
)
def test_a_maintenance_goes_by_its_dates(stored, offset, phase):
    now = AT + timedelta(minutes=offset)
    assert phase_at(MAINTENANCE, stored, AT, AT + 2 * HOUR, now) is phase


@given(st.sampled_from(PHASES_OF[DISRUPTION]), moments, moments)
def test_a_disruption_goes_by_what_people_say(stored, end, now):
    assert phase_at(DISRUPTION, stored, AT, end, now) is stored


@given(moments, moments)
def test_an_announcement_has_no_phase(end, now):
    assert phase_at(NoticeKind.ANNOUNCEMENT, None, AT, end, now) is None
    assert first_phase(NoticeKind.ANNOUNCEMENT) is None


@given(moments, moments)
def test_a_maintenance_never_goes_back(first, second):
    order = PHASES_OF[MAINTENANCE]
    early, late = sorted((first, second))
    stands = [order.index(phase_at(MAINTENANCE, None, AT, AT + HOUR, at)) for at in (early, late)]
    assert stands == sorted(stands)


def test_a_maintenance_is_cancelled_before_it_begins_and_completed_afterwards():
    assert phases_to_choose(MAINTENANCE, None, AT, AT - HOUR) == (NoticePhase.CANCELLED,)
    assert phases_to_choose(MAINTENANCE, None, AT, AT) == (NoticePhase.COMPLETED,)
    assert phases_to_choose(MAINTENANCE, NoticePhase.CANCELLED, AT, AT - HOUR) == ()
    assert phases_to_choose(DISRUPTION, NoticePhase.RESOLVED, AT, AT) == PHASES_OF[DISRUPTION]


@pytest.mark.parametrize(
    ("kind", "end", "problem"),
    [
        (MAINTENANCE, None, DatesProblem.END_MISSING),
        (MAINTENANCE, AT, DatesProblem.END_BEFORE_START),
        (MAINTENANCE, AT + HOUR, None),
        (DISRUPTION, None, None),
        (DISRUPTION, AT - HOUR, DatesProblem.END_BEFORE_START),
    ],
)
def test_dates_that_cannot_be_announced(kind, end, problem):
    assert problem_with_dates(kind, AT, end) is problem


@given(st.lists(st.sampled_from(ServiceState)))
def test_nothing_is_worse_than_the_worst(states):
    found = worst(states)
    assert all(severity(state) <= severity(found) for state in states)
    assert found in states or (not states and found is ServiceState.OPERATIONAL)


def test_every_kind_knows_its_phases():
    assert set(PHASES_OF) == set(NoticeKind)
    assert {phase for phases in PHASES_OF.values() for phase in phases} == set(NoticePhase)
    assert set(NoticePhase) > ENDED


@pytest.mark.parametrize(
    ("silent", "due"),
    [(0, ()), (239, ()), (240, (Nudge.AUTHOR,)), (479, (Nudge.AUTHOR,)), (480, (Nudge.AUTHOR, Nudge.ROLE))],
)
def test_the_author_is_reminded_first_and_the_role_later(silent, due):
    assert nudges_due(timedelta(minutes=silent), timedelta(minutes=240)) == due


def test_nobody_is_reminded_where_nothing_is_allowed():
    assert nudges_due(timedelta(days=9), timedelta(0)) == ()


def _filed(*minutes):
    return [SimilarTicket(pk, AT + timedelta(minutes=m)) for pk, m in enumerate(minutes, 1)]


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ((), 0),
        ((0, 10), 0),
        ((0, 30, 60), 3),
        ((0, 30, 61), 0),
        ((0, 50, 55, 100), 3),
        ((0, 100, 110, 120, 300), 3),
    ],
)
def test_a_crowd_is_so_many_within_a_window(minutes, found):
    assert len(crowd(_filed(*minutes), count=3, window=HOUR)) == found


def test_what_was_judged_before_counts_no_more():
    tickets = _filed(0, 10, 20, 30, 40)
    assert len(crowd(tickets, count=3, window=HOUR)) == 5
    assert crowd(tickets, count=3, window=HOUR, since=AT + timedelta(minutes=20)) == ()
    assert len(crowd(tickets, count=3, window=HOUR, since=AT + timedelta(minutes=10))) == 3


@given(st.lists(st.integers(0, 300), max_size=12), st.integers(2, 5))
def test_a_crowd_is_large_enough_and_close_together(minutes, count):
    found = crowd(_filed(*minutes), count=count, window=HOUR)
    assert not found or len(found) >= count
    assert not found or found[-1].submitted_at - found[0].submitted_at <= HOUR


def test_one_ticket_is_no_crowd():
    with pytest.raises(ValueError, match="crowd"):
        crowd(_filed(0), count=1, window=HOUR)
