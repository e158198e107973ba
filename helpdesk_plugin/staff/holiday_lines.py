"""Holidays as people paste them from a decree: one line each, read into days and sentences about the rest."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.indonesia import MONTHS
from helpdesk_plugin.models import HolidayKind
from helpdesk_plugin.services.holiday_import import NAME_LENGTH, FoundDay

#: Decrees name about thirty days; more than this is another file.
MAX_LINES = 200
_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
_IN_WORDS = re.compile(r"(\d{1,2}) (\w+) (\d{4})", re.ASCII)
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_JOINT_LEAVE = "cuti bersama"
_HEADINGS = {"tanggal", "date", "tgl"}


@dataclass
class ReadLines:
    """``days`` in the order of the dates, ``problems`` one sentence for each line that could not be used."""

    days: list[FoundDay] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _Unusable(ValueError):
    """A line that says no holiday; the message is the rest of a sentence about it."""


def read_lines(text: str, years: Collection[int]) -> ReadLines:
    """Read lines of ``date;name`` or ``date;name;kind`` whose dates lie in ``years``.

    Dates may be written 2027-03-10, 10-03-2027, 10/03/2027 or 10 Maret 2027; a tab or a comma may stand for
    the semicolon. Empty lines and a first line of headings are passed over.
    """
    read, seen = ReadLines(), {}
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        told = {"lines": len(lines), "limit": MAX_LINES}
        read.problems.append(_("%(lines)d lines are too many; at most %(limit)d are read at once.") % told)
        return read
    for number, line in enumerate(lines, 1):
        cells = _cells(line)
        if not any(cells) or (number == 1 and cells[0].casefold() in _HEADINGS):
            continue
        try:
            found = _day_in(cells, years)
            _demand_first(found.day, seen, number)
            read.days.append(found)
        except _Unusable as problem:
            read.problems.append(_("Line %(number)d: %(problem)s") % {"number": number, "problem": problem})
    read.days.sort(key=lambda one: one.day)
    return read


def _cells(line: str) -> list[str]:
    separator = next((one for one in ";\t," if one in line), ";")
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        cells = [line]
    return [plain_line(cell) for cell in cells] or [""]


def _day_in(cells: list[str], years: Collection[int]) -> FoundDay:
    day = _date(cells[0])
    if day.year not in years:
        told = {"year": day.year, "first": min(years), "last": max(years)}
        raise _Unusable(_("the year %(year)d lies outside %(first)d to %(last)d.") % told)
    name = cells[1] if len(cells) > 1 else ""
    if not name:
        raise _Unusable(_("the name is missing. Write it after the date and a semicolon."))
    if len(name) > NAME_LENGTH:
        raise _Unusable(_("the name is longer than %(n)d letters.") % {"n": NAME_LENGTH})
    return FoundDay(day, name, _kind(cells[2] if len(cells) > 2 else "", name))


def _date(typed: str) -> date:
    for form in _FORMATS:
        try:
            return datetime.strptime(typed, form).date()
        except ValueError:
            continue
    in_words = _IN_WORDS.fullmatch(typed)
    try:
        if in_words:
            day, month, year = in_words.groups()
            return date(int(year), _MONTH_NUMBERS.get(month.casefold(), 0), int(day))
    except ValueError:
        pass  # The 31st of February, or a month that there is not.
    raise _Unusable(_("“%(typed)s” is not a date. Write it like 2027-03-10.") % {"typed": typed[:40]})


def _kind(typed: str, name: str) -> HolidayKind:
    """The kind as it is typed; without one the name tells joint leave from a national holiday."""
    if not typed:
        is_leave = name.casefold().startswith(_JOINT_LEAVE)
        return HolidayKind.JOINT_LEAVE if is_leave else HolidayKind.PUBLIC
    for kind in HolidayKind:
        if typed.casefold() in {kind.value, kind.label.casefold()}:
            return kind
    kinds = ", ".join(str(label) for label in HolidayKind.labels)
    raise _Unusable(
        _("“%(typed)s” is no kind of holiday. There are: %(kinds)s.")
        % {
            "typed": typed[:40],
            "kinds": kinds,
        }
    )


def _demand_first(day: date, seen: dict[date, int], number: int) -> None:
    first = seen.setdefault(day, number)
    if first != number:
        raise _Unusable(_("this date stands in line %(first)d already.") % {"first": first})
