"""Which substitutions make sense."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.substitutions import Substitution, SubstitutionProblem, problem_with

KADIS, KABID = Role.HEAD_OF_AGENCY, Role.DIVISION_HEAD
DAY = date(2026, 11, 23)


def sub(principal, substitute, first=0, last=4, role=KADIS):
    return Substitution(role, principal, substitute, DAY + timedelta(first), DAY + timedelta(last))


@pytest.mark.parametrize(
    ("new", "others", "problem"),
    [
        (sub(1, 2), [], None),
        (sub(1, 2, first=4, last=4), [], None),
        (sub(1, 2, first=5, last=4), [], SubstitutionProblem.ENDS_BEFORE_IT_BEGINS),
        (sub(1, 1), [], SubstitutionProblem.OF_ONESELF),
        (sub(1, 2), [sub(1, 3, 4, 9)], SubstitutionProblem.OVERLAPS),
        (sub(1, 2), [sub(1, 3, 5, 9)], None),
        (sub(1, 2), [sub(1, 3, role=KABID)], None),
        (sub(1, 2), [sub(2, 1, role=KABID)], SubstitutionProblem.GOES_ROUND),
        (sub(1, 2), [sub(2, 3, role=KABID), sub(3, 1, role=KABID)], SubstitutionProblem.GOES_ROUND),
        (sub(1, 2), [sub(2, 1, 5, 9, role=KABID)], None),
        (sub(1, 2), [sub(2, 3, role=KABID)], None),
    ],
)
def test_problem_with(new, others, problem):
    assert problem_with(new, others) is problem


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=8))
def test_accepted_substitutions_never_leave_everybody_away(pairs):
    accepted = []
    for principal, substitute in pairs:
        new = sub(principal, substitute)
        if problem_with(new, accepted) is None:
            accepted.append(new)
    for link in accepted:
        person, steps = link.principal, 0
        following = {s.principal: s.substitute for s in accepted}
        while person in following:
            person, steps = following[person], steps + 1
            assert steps <= len(accepted)


def test_covers_both_ends():
    covered = [sub(1, 2).covers(DAY + timedelta(n)) for n in (-1, 0, 4, 5)]
    assert covered == [False, True, True, False]
