"""The periods that reports are about: a month, a quarter, a year, or any days, each with the one before.

A period is written as a short text that stands in addresses and below documents: ``2026-11``, ``2026-Q4``,
``2026`` or ``2026-11-01..2026-11-15``. Days are those of the agency; `Period.span` turns them into moments.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

#: Years that a report may be asked about.
YEARS = range(2000, 2200)
#: Days of the longest free period: ten years.
MOST_DAYS = 3660

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_ONE_DAY = timedelta(days=1)


class BadPeriod(ValueError):
    """No period; ``code`` is "unknown", "reversed" (ends before it begins), "too_long" or "out_of_range"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FREE = "free"


@dataclass(frozen=True)
class Span:
    """Moments from ``begin`` on and before ``end``."""

    begin: datetime
    end: datetime


@dataclass(frozen=True)
class Period:
    """Whole days from ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """A month. Raises BadPeriod."""
        return cls._months(PeriodKind.MONTH, year, month, 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """A quarter from 1 to 4. Raises BadPeriod."""
        return cls._months(PeriodKind.QUARTER, year, 3 * quarter - 2, 3)

    @classmethod
    def year(cls, year: int) -> Self:
        """A year. Raises BadPeriod."""
        return cls._months(PeriodKind.YEAR, year, 1, 12)

    @classmethod
    def free(cls, first: date, last: date) -> Self:
        """Any days. Raises BadPeriod."""
        if first.year not in YEARS or last.year not in YEARS:
            raise BadPeriod("out_of_range")
        if last < first:
            raise BadPeriod("reversed")
        if (last - first).days >= MOST_DAYS:
            raise BadPeriod("too_long")
        return cls(PeriodKind.FREE, first, last)

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Self:
        """The month, quarter or year that a day lies in; of FREE the day itself."""
        if kind is PeriodKind.MONTH:
            return cls.month(day.year, day.month)
        if kind is PeriodKind.QUARTER:
            return cls.quarter(day.year, (day.month + 2) // 3)
        return cls.year(day.year) if kind is PeriodKind.YEAR else cls.free(day, day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that a text names (see the module). Raises BadPeriod."""
        first, dots, last = text.partition("..")
        if dots:
            return cls.free(_day(first), _day(last))
        if found := _MONTH.fullmatch(text):
            return cls.month(int(found[1]), int(found[2]))
        if found := _QUARTER.fullmatch(text):
            return cls.quarter(int(found[1]), int(found[2]))
        if found := _YEAR.fullmatch(text):
            return cls.year(int(found[1]))
        raise BadPeriod("unknown")

    @classmethod
    def _months(cls, kind: PeriodKind, year: int, month: int, length: int) -> Self:
        if year not in YEARS or not 1 <= month <= 12:
            raise BadPeriod("out_of_range")
        months = year * 12 + month - 1 + length
        return cls(kind, date(year, month, 1), date(months // 12, months % 12 + 1, 1) - _ONE_DAY)

    @property
    def token(self) -> str:
        """The text that names the period; `parse` reads it back."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.first:%Y-%m}"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first.year}" if self.kind is PeriodKind.YEAR else f"{self.first:%F}..{self.last:%F}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def previous(self) -> "Period":
        """The period that this one is compared with: the one before, of a free one as many days before it."""
        before = self.first - _ONE_DAY
        if self.kind is not PeriodKind.FREE:
            return Period.of(self.kind, before)
        return Period(PeriodKind.FREE, before - timedelta(days=self.days - 1), before)

    def next(self) -> "Period":
        """The period after this one."""
        after = self.last + _ONE_DAY
        if self.kind is not PeriodKind.FREE:
            return Period.of(self.kind, after)
        return Period(PeriodKind.FREE, after, after + timedelta(days=self.days - 1))

    def span(self, zone: ZoneInfo) -> Span:
        """The moments of the period on the clocks of ``zone``, from midnight to midnight."""
        ends = self.last + _ONE_DAY
        return Span(datetime.combine(self.first, time(), zone), datetime.combine(ends, time(), zone))


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise BadPeriod("unknown")
    try:
        return date.fromisoformat(text)
    except ValueError as impossible:
        raise BadPeriod("unknown") from impossible
