"""Bringing lists into the help desk: looked at first, then added; what is there already is never changed.

Every list has a natural key, so that a file may be brought again, whole or mended, without doubles.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from helpdesk_plugin.cleaning import EARLIEST, LATEST, plain_line
from helpdesk_plugin.domain.indonesia import MONTHS
from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.history import sign
from helpdesk_plugin.models import Category, Opd, OpdContact, Service, normalised_address
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.files import FileRefused
from helpdesk_plugin.services.tables import Columns, Row

#: Seconds after which a press ends; what is left goes on with the next one.
LONGEST_PRESS = 20.0
_DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
_TIME_FORMATS = ("", " %H:%M", " %H.%M", " %H:%M:%S")
_MONTHS = {name.casefold(): f"{number:02d}" for number, name in enumerate(MONTHS, 1)}


class LineProblem(StrEnum):
    """What is wrong with a cell. A screen says it with line, column and what was typed."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_DATE = "no_date"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    FILE_MISSING = "file_missing"
    FILE_AMBIGUOUS = "file_ambiguous"
    FILE_REFUSED = "file_refused"
    FILE_TOO_MANY = "file_too_many"


class CellRefused(Exception):
    """A line cannot be used because of one cell; ``typed`` is what stands there, ``why`` more words.

    ``file`` is the refusal of a file that the cell names.
    """

    def __init__(
        self,
        problem: LineProblem,
        column: str,
        typed: str = "",
        why: str = "",
        *,
        file: FileRefused | None = None,
    ) -> None:
        self.problem, self.column, self.typed, self.why, self.file = problem, column, typed[:60], why, file
        super().__init__(f"{column}: {problem.value}")


class LineState(StrEnum):
    NEW = "new"
    THERE = "there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """What would become of one row. ``doubts`` are cells that are passed over, the row itself is used.

    ``files`` is how many files would come with it; what is there already may get those that it lacks.
    """

    row: Row
    state: LineState
    name: str = ""
    refused: CellRefused | None = None
    doubts: tuple[CellRefused, ...] = ()
    what: Any = None
    files: int = 0


@dataclass(frozen=True)
class Stored:
    """What storing a row brought about; ``doubts`` are files that were refused."""

    files: int = 0
    doubts: tuple[CellRefused, ...] = ()


@dataclass
class Tally:
    """What an import has brought about; ``left`` rows wait for the next press.

    ``files`` were added to tickets; of ``doubted`` rows something was left out.
    """

    added: int = 0
    files: int = 0
    there: int = 0
    left: int = 0
    refused: list[Line] = field(default_factory=list)
    doubted: list[Line] = field(default_factory=list)


def _nothing(_line: Line, _by: Any) -> Stored:
    return Stored()


@dataclass(frozen=True)
class Kind:
    """A list that may be imported. ``judge`` builds a judge of rows that reads what is there once.

    ``complete`` gives a row that is there already the files that it lacks.
    """

    columns: Columns
    permission: str
    judge: Callable[[dict[str, Any]], Callable[[Row], Line]]
    store: Callable[[Line, Any], Stored]
    complete: Callable[[Line, Any], Stored] = _nothing


def preview(kind: Kind, rows: Iterable[Row], options: dict[str, Any]) -> Iterator[Line]:
    """Say of each row what would become of it. Writes nothing."""
    judge = kind.judge(options)
    for row in rows:
        yield _judged(judge, row)


def store(kind: Kind, rows: Iterable[Row], options: dict[str, Any], *, by: Any) -> Tally:
    """Add what is new, each row by itself, until `LONGEST_PRESS` is over; raises PermissionDenied."""
    if not holds(by, kind.permission):
        raise PermissionDenied
    judge, tally, began = kind.judge(options), Tally(), time.monotonic()
    for row in rows:
        line = _judged(judge, row)
        writes = line.state is LineState.NEW or line.files > 0
        if writes and time.monotonic() - began > LONGEST_PRESS:
            tally.left += 1
            continue
        _count(line, tally)
        if writes:
            _store_one(kind, line, by, tally)
    return tally


def _store_one(kind: Kind, line: Line, by: Any, tally: Tally) -> None:
    is_new = line.state is LineState.NEW
    try:
        with transaction.atomic():
            done = kind.store(line, by) if is_new else kind.complete(line, by)
    except ValidationError as refused:
        why = CellRefused(LineProblem.REFUSED, "", why=" ".join(refused.messages))
        tally.refused.append(Line(line.row, LineState.REFUSED, line.name, why))
        tally.added -= is_new
        return
    tally.files += done.files
    if done.doubts:
        tally.doubted.append(replace(line, doubts=done.doubts))


def _count(line: Line, tally: Tally) -> None:
    tally.added += line.state is LineState.NEW
    tally.there += line.state is LineState.THERE
    if line.state is LineState.REFUSED:
        tally.refused.append(line)
    elif line.doubts:
        tally.doubted.append(line)


def _judged(judge: Callable[[Row], Line], row: Row) -> Line:
    try:
        return judge(row)
    except CellRefused as refused:
        return Line(row, LineState.REFUSED, refused=refused)


# --- Cells ---------------------------------------------------------------------------------------------


def needed(row: Row, column: str, longest: int) -> str:
    """One line of text that must be there. Raises CellRefused."""
    text = optional(row, column, longest)
    if not text:
        raise CellRefused(LineProblem.EMPTY, column)
    return text


def optional(row: Row, column: str, longest: int) -> str:
    """One line of text, empty when there is none. Raises CellRefused when it is too long."""
    text = plain_line(row.cells.get(column, ""))
    if len(text) > longest:
        raise CellRefused(LineProblem.TOO_LONG, column, text, str(longest))
    return text


def moment_in(row: Row, column: str) -> datetime | None:
    """A day, with or without an hour, as people write it here; naive, None when there is none."""
    typed = plain_line(row.cells.get(column, ""))
    if not typed:
        return None
    words = [_MONTHS.get(word.casefold(), word) for word in typed.split(" ")]
    plain = " ".join(words)
    if len(words) >= 3 and words[1] != typed.split(" ")[1]:
        plain = " ".join(["-".join(words[:3]), *words[3:]])
    for form in (f"{day}{hour}" for day in _DATE_FORMATS for hour in _TIME_FORMATS):
        try:
            found = datetime.strptime(plain, form)
        except ValueError:
            continue
        if EARLIEST <= found.date() <= LATEST:
            return found
    raise CellRefused(LineProblem.NO_DATE, column, typed)


def day_in(row: Row, column: str) -> date | None:
    found = moment_in(row, column)
    return found.date() if found else None


def chosen(row: Row, column: str, words: dict[str, str], default: str) -> str:
    """A value by one of the words for it. Raises CellRefused for any other word."""
    typed = plain_line(row.cells.get(column, ""))
    if not typed:
        return default
    value = words.get(typed.casefold())
    if value is None:
        raise CellRefused(LineProblem.UNKNOWN, column, typed, ", ".join(sorted(set(words))))
    return value


def agencies_by_words() -> dict[str, Opd]:
    """Agencies by code, name and short name, small letters. One query."""
    found: dict[str, Opd] = {}
    for opd in Opd.objects.all():
        for words in (opd.short_name, opd.name, opd.code):
            found[words.casefold()] = opd
    return found


def words_of(choices: Any) -> dict[str, str]:
    """The words for the members of an enum: value and label, small letters."""
    return {word.casefold(): str(one.value) for one in choices for word in (str(one.value), str(one.label))}


def _saved(line: Line, by: Any) -> Stored:
    line.what.full_clean()
    sign(line.what, by, "import")
    line.what.save()
    return Stored()


# --- Agencies, contacts, services ----------------------------------------------------------------------


def _judge_agency(_options: dict[str, Any]) -> Callable[[Row], Line]:
    there = {code.casefold() for code in Opd.objects.values_list("code", flat=True)}

    def judge(row: Row) -> Line:
        code, name = needed(row, "kode", 32), needed(row, "nama", 200)
        if code.casefold() in there:
            return Line(row, LineState.THERE, name)
        there.add(code.casefold())
        short = optional(row, "singkatan", 80) or name[:80]
        opd = Opd(code=code, name=name, short_name=short, kind=optional(row, "jenis", 32))
        return Line(row, LineState.NEW, name, what=opd)

    return judge


def _judge_contact(_options: dict[str, Any]) -> Callable[[Row], Line]:
    agencies = agencies_by_words()
    there = set(OpdContact.objects.values_list("opd_id", "email"))

    def judge(row: Row) -> Line:
        typed, name = needed(row, "opd", 200), needed(row, "nama", 120)
        opd = agencies.get(typed.casefold())
        if opd is None:
            raise CellRefused(LineProblem.UNKNOWN, "opd", typed)
        email = normalised_address(needed(row, "email", 254))
        first, last = day_in(row, "mulai"), day_in(row, "selesai")
        if first is None:
            raise CellRefused(LineProblem.EMPTY, "mulai")
        if (opd.pk, email) in there:
            return Line(row, LineState.THERE, name)
        there.add((opd.pk, email))
        contact = OpdContact(opd=opd, name=name, email=email, first_day=first, last_day=last)
        return Line(row, LineState.NEW, name, what=contact)

    return judge


_LEVELS = {"tinggi": "1", "sedang": "2", "rendah": "3", "1": "1", "2": "2", "3": "3"}


def _judge_service(_options: dict[str, Any]) -> Callable[[Row], Line]:
    there = {code.casefold() for code in Service.objects.values_list("code", flat=True)}
    groups = words_of(Category)

    def judge(row: Row) -> Line:
        code, name = needed(row, "kode", 16), needed(row, "nama", 160)
        if code.casefold() in there:
            return Line(row, LineState.THERE, name)
        there.add(code.casefold())
        service = Service(
            code=code,
            name=name,
            category=chosen(row, "kelompok", groups, Category.EITHER.value),
            default_impact=int(chosen(row, "dampak", _LEVELS, str(Impact.LOW.value))),
            default_urgency=int(chosen(row, "urgensi", _LEVELS, str(Urgency.MEDIUM.value))),
            hint=optional(row, "petunjuk", 1000),
        )
        return Line(row, LineState.NEW, name, what=service)

    return judge


AGENCIES = Kind(
    Columns(
        {
            "kode": ("code", "kode opd"),
            "nama": ("name", "nama opd", "perangkat daerah"),
            "singkatan": ("short name", "nama singkat"),
            "jenis": ("kind",),
        },
        ("kode", "nama"),
    ),
    "helpdesk_plugin.add_opd",
    _judge_agency,
    _saved,
)
CONTACTS = Kind(
    Columns(
        {
            "opd": ("unit", "kode opd", "agency", "instansi"),
            "nama": ("name", "nama pic"),
            "email": ("e-mail", "surel"),
            "mulai": ("first day", "sejak", "tanggal mulai"),
            "selesai": ("last day", "sampai", "tanggal selesai"),
        },
        ("opd", "nama", "email", "mulai"),
    ),
    "helpdesk_plugin.add_opdcontact",
    _judge_contact,
    _saved,
)
SERVICES = Kind(
    Columns(
        {
            "kode": ("code",),
            "nama": ("name", "nama layanan", "layanan"),
            "kelompok": ("category", "kategori", "group"),
            "dampak": ("impact",),
            "urgensi": ("urgency",),
            "petunjuk": ("hint", "keterangan"),
        },
        ("kode", "nama"),
    ),
    "helpdesk_plugin.add_service",
    _judge_service,
    _saved,
)
