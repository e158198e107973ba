"""The satisfaction index: a table worked out by hand, then what must hold of any answers."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.ikm import ELEMENTS, ENOUGH, Grade, grade_of, index_from, index_of, rounded

A, B, C, D = Grade

scores = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=9, max_size=9)
full = st.lists(st.integers(1, 4), min_size=9, max_size=9)


def evenly(total: int, people: int):
    """The index when every element has the same sum of scores."""
    return index_from(dict.fromkeys(ELEMENTS, (total, people)), people)


# By hand: mean × 25, because nine equal means weigh a ninth each.
@pytest.mark.parametrize(
    ("total", "people", "value", "grade"),
    [
        (4, 1, "100.00", A),
        (3, 1, "75.00", C),
        (2, 1, "50.00", D),
        (1, 1, "25.00", D),
        (7, 2, "87.50", B),  # 3.5 × 25
        (10, 3, "83.33", B),  # 3.333… × 25 = 83.333…
        (11, 3, "91.67", A),  # 3.666… × 25 = 91.666…
        # On the half: up, and only then graded.
        (35_322, 10_000, "88.31", A),  # 3.5322 × 25 = 88.305
        (30_642, 10_000, "76.61", B),  # 3.0642 × 25 = 76.605
        (25_998, 10_000, "65.00", C),  # 2.5998 × 25 = 64.995
        # A hair below the half: down.
        (353_219, 100_000, "88.30", B),
        (306_419, 100_000, "76.60", C),
        (259_979, 100_000, "64.99", D),
    ],
)
def test_golden_table(total, people, value, grade):
    index = evenly(total, people)
    assert (str(index.value), index.grade) == (value, grade)


def test_worksheet_worked_out_by_hand():
    # Sums 11 10 8 12 9 11 12 7 10 of three people: means add up to 90/3 = 30; 30/9 × 25 = 83.333…
    index = index_of([(4, 3, 3, 4, 3, 4, 4, 2, 3), (4, 4, 3, 4, 3, 4, 4, 3, 4), (3, 3, 2, 4, 3, 3, 4, 2, 3)])
    assert [one.total for one in index.elements] == [11, 10, 8, 12, 9, 11, 12, 7, 10]
    assert [str(one.nrr) for one in index.elements[:3]] == ["3.667", "3.333", "2.667"]
    assert [str(one.weighted) for one in index.elements[:3]] == ["0.407", "0.370", "0.296"]
    assert (str(index.value), index.grade, index.respondents) == ("83.33", B, 3)
    assert [one.code for one in index.weakest] == ["U8"]


def test_half_is_not_lost_to_a_ninth_without_an_end():
    """Why the sum is kept in fractions: 675 / 24 / 9 × 25 is 78.125, and a decimal ninth loses the half."""
    totals = (87, 80, 83, 53, 91, 88, 77, 61, 55)
    naive = sum(Decimal(total) / 24 * (Decimal(1) / 9) for total in totals) * 25
    assert naive.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("78.12")
    sums = {code: (total, 24) for code, total in zip(ELEMENTS, totals, strict=True)}
    assert index_from(sums, 24).value == Decimal("78.13")


def test_blank_counts_neither_as_answer_nor_as_nought():
    blank = index_of([(4, None, *[4] * 7), (2, 4, *[4] * 7)])
    assert [(one.total, one.filled) for one in blank.elements[:2]] == [(6, 2), (4, 1)]
    assert str(blank.value) == "97.22"  # (3 + 8 × 4) / 9 × 25


def test_no_index_while_an_element_is_answered_by_nobody():
    nothing = index_of([])
    assert (nothing.value, nothing.grade, nothing.respondents, nothing.weakest) == (None, None, 0, ())
    assert index_of([(None, *[4] * 8)]).value is None


@pytest.mark.parametrize(("people", "enough"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_number_of_respondents_decides_whether_it_is_enough(people, enough):
    assert evenly(3 * people, people).is_enough is enough


@pytest.mark.parametrize(
    "answer", [(4,) * 8, (4,) * 10, (0, *[4] * 8), (5, *[4] * 8)], ids=["eight", "ten", "nought", "five"]
)
def test_no_answer_is_what_it_is_not(answer):
    with pytest.raises(ValueError, match=r"An answer|A score"):
        index_of([answer])


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        *[("100.00", A), ("88.31", A), ("88.30", B), ("76.61", B), ("76.60", C), ("65.00", C)],
        *[("64.99", D), ("25.00", D)],
    ],
)
def test_grades(value, grade):
    assert grade_of(Decimal(value)) is grade


@pytest.mark.parametrize("value", ["24.99", "100.01", "88.305"])
def test_what_is_no_rounded_index_has_no_grade(value):
    with pytest.raises(ValueError, match="An index"):
        grade_of(Decimal(value))


@given(st.lists(full, min_size=1, max_size=12))
def test_index_stays_in_its_bounds_and_equals_the_formula(answers):
    index = index_of(answers)
    exact = Fraction(sum(map(sum, answers)), len(answers)) * 25 / 9
    assert 25 <= index.value <= 100
    assert abs(Fraction(index.value) - exact) <= Fraction(1, 200)
    assert index.value == index_of(reversed(answers)).value == index_of([*answers, *answers]).value


@given(st.lists(scores, min_size=1, max_size=12))
def test_sums_of_a_database_give_the_same(answers):
    columns = list(zip(*answers, strict=True))
    sums = {
        code: (sum(filter(None, column)), sum(score is not None for score in column))
        for code, column in zip(ELEMENTS, columns, strict=True)
    }
    assert index_from(sums, len(answers)) == index_of(answers)


@given(st.lists(full, min_size=1, max_size=8), st.data())
def test_better_answer_never_lowers_index_or_grade(answers, data):
    person, place = data.draw(st.integers(0, len(answers) - 1)), data.draw(st.integers(0, 8))
    better = [list(answer) for answer in answers]
    better[person][place] = min(4, better[person][place] + 1)
    before, after = index_of(answers), index_of(better)
    assert after.value >= before.value
    assert "ABCD".index(after.grade) <= "ABCD".index(before.grade)


@given(st.fractions(min_value=0, max_value=1000))
def test_rounding_is_half_up_at_once(exact):
    result = rounded(exact, Decimal("0.01"))
    assert -Fraction(1, 200) < Fraction(result) - exact <= Fraction(1, 200)
