"""How the figures of reports are made of counts and durations, so that anybody can make them again.

- A share is a percentage with one decimal, rounded half up. It is never 100 unless all, never 0 unless none:
  what would round to either of them is written 99.9 or 0.1.
- The median is the middle value, or the mean of the two in the middle.
- The 90th percentile is the value at the nearest rank, ``ceil(0.9 × n)`` in ascending order.
- Durations become whole minutes at the very end, rounded half up.
- Fewer than `SMALL` cases are no basis for a share or a median: figures from so few say so. Whatever leaves
  the agency tells no count below `SMALL` but nought (`told`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

SMALL = 5
#: Ages of open tickets, in days of 24 hours since filing: up to so many, and more than the last.
AGES = (1, 3, 7, 30)

_TENTH = Decimal("0.1")
_MINUTE = timedelta(minutes=1)


def share(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in percent; None of nothing."""
    if not whole:
        return None
    exact = (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)
    if 0 < part < whole:
        return min(max(exact, _TENTH), 100 - _TENTH)
    return exact


def told(count: int, least: int = SMALL) -> int | None:
    """A count that may leave the agency; None for a small one, from which somebody could be told."""
    return None if 0 < count < least else count


def is_few(cases: int) -> bool:
    """Whether a share or median rests on so few cases that it must say so."""
    return 0 < cases < SMALL


def median_ranks(cases: int) -> tuple[int, ...]:
    """The ranks (from 1, ascending) whose values the median is the mean of."""
    if not cases:
        return ()
    return tuple(sorted({(cases + 1) // 2, cases // 2 + 1}))


def percentile_rank(cases: int, percent: int) -> int:
    """The nearest rank of a percentile, ``ceil(percent/100 × cases)``, from 1; 0 of nothing."""
    return -(-cases * percent // 100)


def minutes(length: timedelta) -> int:
    """A duration in whole minutes, half a minute up."""
    return (2 * length + _MINUTE) // (2 * _MINUTE)


@dataclass(frozen=True)
class Durations:
    """Middle and 90th percentile of some durations in whole minutes; None of nothing."""

    cases: int
    median: int | None = None
    percentile_90: int | None = None

    @property
    def is_few(self) -> bool:
        return is_few(self.cases)


def durations(lengths: Iterable[timedelta]) -> Durations:
    """The figures of these durations."""
    ordered = sorted(lengths)
    return durations_by_rank(len(ordered), dict(enumerate(ordered, 1)))


def durations_by_rank(cases: int, found: Mapping[int, timedelta]) -> Durations:
    """The figures of ``cases`` durations, of which those at the wanted ranks are given."""
    if not cases:
        return Durations(0)
    middle = [found[rank] for rank in median_ranks(cases)]
    return Durations(
        cases,
        minutes(sum(middle, timedelta()) / len(middle)),
        minutes(found[percentile_rank(cases, 90)]),
    )


@dataclass(frozen=True)
class Change:
    """A figure beside that of the period before."""

    now: int | Decimal | None
    before: int | Decimal | None

    @property
    def difference(self) -> int | Decimal | None:
        """How much more; of shares in percentage points."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the figure before, rounded half up; None where that was nothing."""
        if not self.before or self.difference is None:
            return None
        return (Decimal(100 * self.difference) / self.before).quantize(_TENTH, ROUND_HALF_UP)
