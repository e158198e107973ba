"""Reading tables that people bring: CSV as Excel and others write it, and XLSX; row by row.

A file is judged by what is in it, not by its name. What cannot be read is refused with a reason that a
screen puts into words; nothing of it is kept.
"""

import csv
import io
import itertools
import logging
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from openpyxl import load_workbook

from helpdesk_plugin.cleaning import plain_text

logger = logging.getLogger(__name__)

MAX_BYTES = 10 * 1024 * 1024
#: What an XLSX may become when it is unpacked, all parts together.
MAX_UNPACKED = 150 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 60
#: Letters of one cell that are looked at; a description has at most so many.
MAX_CELL = 20_000

_ZIP, _SEPARATORS = b"PK\x03\x04", ";,\t|"
#: Beginnings of files that are no tables: programs, PDFs, old Excel, pictures.
_OTHER = (b"MZ", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"Rar!")


class TableProblem(StrEnum):
    """Why a file is no table that can be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_TABLE = "not_a_table"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    DOUBLED_COLUMN = "doubled_column"
    MISSING_COLUMN = "missing_column"


class TableRefused(Exception):
    """A file cannot be read as a table; ``names`` are the columns that it is about, if any."""

    def __init__(self, problem: TableProblem, names: Sequence[str] = ()) -> None:
        self.problem, self.names = problem, tuple(names)
        super().__init__(f"{problem.value}: {', '.join(names)}")


@dataclass(frozen=True)
class Row:
    """One line of a table. ``number`` is the line as spreadsheet programs count it, the heading being 1."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Columns:
    """What a table must have (``needed``) and may have, by name → other ways of writing it."""

    known: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]

    def in_order(self, heading: Sequence[str]) -> list[str]:
        """The name of each column of a heading, empty for one that nobody asked for. Raises TableRefused."""
        names = {_plain(other): name for name, others in self.known.items() for other in (name, *others)}
        found = [names.get(_plain(cell), "") for cell in heading]
        doubled = sorted({name for name in found if name and found.count(name) > 1})
        if doubled:
            raise TableRefused(TableProblem.DOUBLED_COLUMN, doubled)
        missing = [name for name in self.needed if name not in found]
        if missing:
            raise TableRefused(TableProblem.MISSING_COLUMN, missing)
        return found


def read_table(content: bytes, columns: Columns) -> Iterator[Row]:
    """Yield the rows of a CSV or XLSX file that hold anything. Raises TableRefused, at once or at a row.

    Cells come as text: dates as ``2026-11-27``, moments as ``2026-11-27 14:05``, whole numbers without
    a decimal point.
    """
    if not content.strip():
        raise TableRefused(TableProblem.EMPTY)
    if len(content) > MAX_BYTES:
        raise TableRefused(TableProblem.TOO_LARGE)
    if content.startswith(_OTHER):
        raise TableRefused(TableProblem.NOT_A_TABLE)
    lines = _of_xlsx(content) if content.startswith(_ZIP) else _of_csv(content)
    return _rows(lines, columns)


def _rows(lines: Iterator[Sequence[Any]], columns: Columns) -> Iterator[Row]:
    numbered = enumerate(lines, start=1)
    heading: list[str] = []
    for _number, line in itertools.islice(numbered, 1):
        heading = [_text(cell) for cell in line[:MAX_COLUMNS]]
    if not any(heading):
        raise TableRefused(TableProblem.EMPTY)
    names = columns.in_order(heading)
    for number, line in numbered:
        if number > MAX_ROWS + 1:
            raise TableRefused(TableProblem.TOO_MANY_ROWS)
        cells = {name: _text(cell) for name, cell in zip(names, line, strict=False) if name}
        if any(cells.values()):
            yield Row(number, cells)


def _of_csv(content: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(content)
    head = text[: text.find("\n") if "\n" in text else len(text)]
    separator = max(_SEPARATORS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise TableRefused(TableProblem.NOT_A_TABLE) from None


def _decoded(content: bytes) -> str:
    """The text, by its mark of order, as UTF-8, or else as Windows writes it in western languages."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise TableRefused(TableProblem.NOT_A_TABLE)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused(TableProblem.NOT_A_TABLE)


def _of_xlsx(content: bytes) -> Iterator[Sequence[Any]]:
    stream = io.BytesIO(content)
    with _broken_is_no_table():
        with zipfile.ZipFile(stream) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise TableRefused(TableProblem.UNPACKS_TOO_LARGE)
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise TableRefused(TableProblem.EMPTY)
        # What is inside may be broken although the outside is whole.
        with _broken_is_no_table():
            yield from book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, values_only=True)
    finally:
        book.close()


@contextmanager
def _broken_is_no_table() -> Iterator[None]:
    try:
        yield
    except TableRefused:
        raise
    except Exception as broken:
        # Given hostile bytes, the libraries below may raise anything; whatever it is, this is no table.
        logger.info("A table could not be read: %s", type(broken).__name__)
        raise TableRefused(TableProblem.NOT_A_TABLE) from None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time().isoformat() == "00:00:00" else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return plain_text(str(cell)[:MAX_CELL])


def _plain(heading: str) -> str:
    """A heading as it is compared: letters and digits alone."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
