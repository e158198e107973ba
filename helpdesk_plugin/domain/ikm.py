"""IKM, the index of a satisfaction survey of nine elements (Permen PANRB 14/2017; catalogue §7).

``NRR of an element = sum of its scores / answers that fill it``; ``IKM = Σ(NRR × 1/9) × 25``, rounded half up
to two decimals, and only then graded. What comes before the rounding is kept in exact fractions: a ninth has
no end as a decimal, and an index on a half would otherwise fall on the wrong side of a grade.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

#: The nine elements in the order of the regulation.
ELEMENTS: tuple[str, ...] = tuple(f"U{n}" for n in range(1, 10))
LEAST_SCORE, MOST_SCORE = 1, 4
WEIGHT = Fraction(1, len(ELEMENTS))
CONVERSION = 25
#: Respondents below which a result is marked "belum cukup responden".
ENOUGH = 30
#: Answers of one agency or service below which nothing of them is told apart: too few to hide in.
FEWEST = 3

_HUNDREDTH = Decimal("0.01")


class Grade(StrEnum):
    """Quality of the service by its index (mutu pelayanan)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


#: Lowest index of each grade, best first. Indexes have two decimals, so nothing lies between two of them.
LOWEST: tuple[tuple[Grade, Decimal], ...] = (
    (Grade.A, Decimal("88.31")),
    (Grade.B, Decimal("76.61")),
    (Grade.C, Decimal("65.00")),
    (Grade.D, Decimal("25.00")),
)


@dataclass(frozen=True)
class ElementResult:
    """What was answered to one element: the sum of the scores, and how many answers fill it."""

    code: str
    total: int
    filled: int

    @property
    def mean(self) -> Fraction | None:
        """The mean score (NRR), exact; None while nobody has answered it."""
        return Fraction(self.total, self.filled) if self.filled else None

    @property
    def nrr(self) -> Decimal | None:
        """The mean score with three decimals, as official tables print it. Nothing is worked out from it."""
        return None if self.mean is None else rounded(self.mean, Decimal("0.001"))

    @property
    def weighted(self) -> Decimal | None:
        """The mean score times its weight, with three decimals."""
        return None if self.mean is None else rounded(self.mean * WEIGHT, Decimal("0.001"))


@dataclass(frozen=True)
class Index:
    """The result of a survey: nine elements and how many people answered."""

    elements: tuple[ElementResult, ...]
    respondents: int

    @property
    def value(self) -> Decimal | None:
        """The IKM, 25.00 to 100.00; None while an element has no answer at all."""
        means = [element.mean for element in self.elements if element.mean is not None]
        if len(means) < len(ELEMENTS):
            return None
        return rounded(sum(means, Fraction()) * WEIGHT * CONVERSION, _HUNDREDTH)

    @property
    def grade(self) -> Grade | None:
        return None if self.value is None else grade_of(self.value)

    @property
    def is_enough(self) -> bool:
        """Whether enough people answered for the index to be spoken of without a reservation."""
        return self.respondents >= ENOUGH

    @property
    def weakest(self) -> tuple[ElementResult, ...]:
        """The elements with the lowest mean: what to improve first (the follow-up that the rule demands)."""
        answered = [element for element in self.elements if element.mean is not None]
        lowest = min((element.mean for element in answered if element.mean is not None), default=None)
        return tuple(element for element in answered if element.mean == lowest)


def index_of(answers: Iterable[Sequence[int | None]]) -> Index:
    """The index of answers, each nine scores in the order of `ELEMENTS`; None is an element left blank.

    Raises ValueError for another score than 1 to 4 and for another number of scores than nine.
    """
    totals, filled, respondents = [0] * len(ELEMENTS), [0] * len(ELEMENTS), 0
    for answer in answers:
        respondents += 1
        for place, score in enumerate(_nine(answer)):
            if score is not None:
                totals[place] += score
                filled[place] += 1
    return index_from(dict(zip(ELEMENTS, zip(totals, filled, strict=True), strict=True)), respondents)


def index_from(sums: Mapping[str, tuple[int, int]], respondents: int) -> Index:
    """The index from sum and number of the answers to each element, as a database adds them up."""
    return Index(tuple(ElementResult(code, *sums.get(code, (0, 0))) for code in ELEMENTS), respondents)


def grade_of(value: Decimal) -> Grade:
    """The grade of a rounded index. Raises ValueError outside 25 to 100, or with more than two decimals."""
    if not LOWEST[-1][1] <= value <= 100 or value != value.quantize(_HUNDREDTH):
        raise ValueError("An index lies from 25.00 to 100.00 and has two decimals.")
    return next(grade for grade, lowest in LOWEST if value >= lowest)


def rounded(exact: Fraction, unit: Decimal) -> Decimal:
    """A fraction of no sign rounded half up to whole units (0.01, 0.001), without any step between."""
    steps = exact / Fraction(unit)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (Decimal(whole) * unit).quantize(unit, rounding=ROUND_HALF_UP)


def _nine(answer: Sequence[int | None]) -> Sequence[int | None]:
    if len(answer) != len(ELEMENTS):
        raise ValueError("An answer has nine scores.")
    if any(score is not None and not LEAST_SCORE <= score <= MOST_SCORE for score in answer):
        raise ValueError("A score lies from 1 to 4.")
    return answer
