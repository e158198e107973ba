"""Levels and the ladder of offices."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.escalation import DEFAULT_LEVELS, Level, Subject, next_role_up, reached
from helpdesk_plugin.domain.parties import Role

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("roles", "above"),
    [
        ([Role.TECHNICAL_SUPPORT], Role.COMPUTER_OFFICER),
        ([Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT], Role.DIVISION_HEAD),
        ([Role.DIVISION_HEAD], Role.HEAD_OF_AGENCY),
        ([Role.HEAD_OF_AGENCY], None),
        ([Role.REQUESTER], None),
        ([], None),
    ],
)
def test_next_role_up(roles, above):
    assert next_role_up(roles) is above


@pytest.mark.parametrize(
    ("minutes", "percents"), [(0, []), (44, []), (45, [75]), (59, [75]), (60, [75, 100]), (600, [75, 100])]
)
def test_levels_reached_of_an_hour(minutes, percents):
    found = reached(DEFAULT_LEVELS, Subject.RECOVERY, used=timedelta(minutes=minutes), allowed=HOUR)
    assert [level.percent for level in found] == percents


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_time_never_reaches_fewer_levels(one, two):
    def count(minutes):
        return len(reached(DEFAULT_LEVELS, Subject.STEP, used=timedelta(minutes=minutes), allowed=HOUR))

    assert count(min(one, two)) <= count(max(one, two))


def test_levels_come_lowest_first_and_of_one_subject_only():
    levels = [Level(Subject.STEP, 100), Level(Subject.RESPONSE, 10), Level(Subject.STEP, 50)]
    found = reached(levels, Subject.STEP, used=2 * HOUR, allowed=HOUR)
    assert [level.percent for level in found] == [50, 100]


def test_nothing_allowed_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        reached(DEFAULT_LEVELS, Subject.STEP, used=HOUR, allowed=timedelta(0))
