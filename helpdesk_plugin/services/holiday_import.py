"""Bringing the holidays of a year into the agency's table: compared first, then added, never overwritten.

What the `holidays` package knows are the decrees of the past and the fixed and computed days of the future;
joint leave of a year is known once the government has announced it. Days are dates of the agency's zone.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import holidays
from django.db import IntegrityError, transaction

from helpdesk_plugin.history import sign
from helpdesk_plugin.models import Holiday, HolidayKind, SetupRecord

NAME_LENGTH = 160
#: The first month in which next year's table should be filled.
WARN_FROM_MONTH = 10

#: Category of the package → kind of holiday here. A national holiday wins over joint leave on one day.
_KINDS = {"government": HolidayKind.JOINT_LEAVE, "public": HolidayKind.PUBLIC}
#: How the package marks a day whose date is computed and not yet decreed.
_ESTIMATED = " (perkiraan)"


@dataclass(frozen=True)
class FoundDay:
    """A holiday as a list names it. ``estimated``: computed, and still to be settled by decree."""

    day: date
    name: str
    kind: HolidayKind
    estimated: bool = False


class RowState(StrEnum):
    """What the agency's table says of a day that a list names."""

    NEW = "new"
    THERE = "there"
    OTHER_NAME = "other_name"


@dataclass(frozen=True)
class PreviewRow:
    """A day of a list beside what is stored for it; ``stored`` is the name there, if there is one."""

    found: FoundDay
    state: RowState
    stored: str = ""

    @property
    def is_new(self) -> bool:
        return self.state is RowState.NEW


def national_days(*years: int) -> list[FoundDay]:
    """National holidays and joint leave of these years as the package knows them, in Indonesian, by date."""
    found: dict[date, FoundDay] = {}
    for category, kind in _KINDS.items():
        days = holidays.ID(years=years, categories=(category,), language="id", islamic_show_estimated=True)
        for day, name in days.items():
            settled = name.replace(_ESTIMATED, "")
            found[day] = FoundDay(day, settled[:NAME_LENGTH], kind, estimated=settled != name)
    return [found[day] for day in sorted(found)]


def compare(found: Sequence[FoundDay]) -> list[PreviewRow]:
    """Set the days of a list beside the agency's table. One query; nothing is written."""
    stored = dict(Holiday.objects.filter(day__in=[one.day for one in found]).values_list("day", "name"))
    return [PreviewRow(one, _state(one, stored.get(one.day)), stored.get(one.day, "")) for one in found]


def add_holidays(chosen: Iterable[FoundDay], *, by: Any) -> list[Holiday]:
    """Add the days that the table does not hold yet and return them; a day that it holds stays as it is.

    Two people who add the same days at once get each day once. A day that was added here and is deleted
    later is not put back by setup.
    """
    with transaction.atomic():
        wanted = list(chosen)
        added = [row for row in (_add(one, by) for one in wanted) if row is not None]
        settle(one.day for one in wanted)
    return added


def settle(days: Iterable[date]) -> None:
    """Record that somebody has decided about these days, so that setup adds none of them by itself."""
    records = [SetupRecord(key=setup_key(day)) for day in days]
    SetupRecord.objects.bulk_create(records, ignore_conflicts=True)


def setup_key(day: date) -> str:
    """The lasting key under which setup knows a holiday."""
    return f"holiday:{day.isoformat()}"


def years_without_holidays(today: date) -> list[int]:
    """Years whose table is empty though it is needed: this one, and from October the next. One query."""
    needed = [today.year, today.year + 1] if today.month >= WARN_FROM_MONTH else [today.year]
    filled = _years_filled(needed)
    return [year for year in needed if year not in filled]


def _years_filled(years: Collection[int]) -> set[int]:
    span = (date(min(years), 1, 1), date(max(years), 12, 31))
    return set(
        Holiday.objects.filter(day__range=span).order_by().values_list("day__year", flat=True).distinct()
    )


def _state(found: FoundDay, stored: str | None) -> RowState:
    if stored is None:
        return RowState.NEW
    return RowState.THERE if stored.casefold() == found.name.casefold() else RowState.OTHER_NAME


def _add(found: FoundDay, by: Any) -> Holiday | None:
    holiday = Holiday(day=found.day, name=found.name, kind=found.kind)
    sign(holiday, by, "import")
    if Holiday.objects.filter(day=found.day).exists():
        return None
    try:
        with transaction.atomic():
            holiday.save(force_insert=True)
    except IntegrityError:
        return None
    return holiday
