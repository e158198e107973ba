"""The matrix of the catalogue, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.priorities import (
    DEFAULT_MATRIX,
    Alternative,
    Impact,
    Priority,
    Urgency,
    WhoAffected,
    priority_of,
    suggested_impact,
    suggested_urgency,
)

CATALOGUE = {
    (1, 1): 1,
    (1, 2): 2,
    (1, 3): 3,
    (2, 1): 2,
    (2, 2): 3,
    (2, 3): 4,
    (3, 1): 3,
    (3, 2): 4,
    (3, 3): 4,
}


@pytest.mark.parametrize(("cell", "priority"), CATALOGUE.items())
def test_priority_of_each_cell_is_the_catalogues(cell, priority):
    assert priority_of(Impact(cell[0]), Urgency(cell[1])) is Priority(priority)


@given(st.sampled_from(Impact), st.sampled_from(Urgency))
def test_security_is_never_below_p2_and_never_lowered_by_it(impact, urgency):
    lifted = priority_of(impact, urgency, security=True)
    assert lifted <= Priority.P2
    assert lifted <= priority_of(impact, urgency)


def test_priority_of_uses_the_agencys_matrix():
    own = {**DEFAULT_MATRIX, (Impact.LOW, Urgency.LOW): Priority.P1}
    assert priority_of(Impact.LOW, Urgency.LOW, own) is Priority.P1


@pytest.mark.parametrize(
    ("answer", "impact"),
    [("me", 3), ("room", 3), ("office", 2), ("several_offices", 1), ("public", 1), ("", 2)],
)
def test_suggested_impact_of_each_answer(answer, impact):
    assert suggested_impact(answer, Impact.MEDIUM) is Impact(impact)


@pytest.mark.parametrize(("answer", "urgency"), [("yes", 3), ("limited", 2), ("no", 1), ("", 3)])
def test_suggested_urgency_of_each_answer(answer, urgency):
    assert suggested_urgency(answer, Urgency.LOW) is Urgency(urgency)


def test_every_answer_has_a_meaning():
    assert {suggested_impact(a.value, Impact.LOW) for a in WhoAffected} == set(Impact)
    assert {suggested_urgency(a.value, Urgency.LOW) for a in Alternative} == set(Urgency)
