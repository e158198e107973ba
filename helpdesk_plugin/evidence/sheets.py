"""Tables as files: CSV for programs and XLSX for people, inert, and the same bytes for the same rows."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from helpdesk_plugin.evidence.archive import Entry
from helpdesk_plugin.spreadsheets import inert_cell, local_naive, plain_cell

Cell = str | int | Decimal | datetime | date | None

_BOM = "\ufeff"
_MOST_LETTERS = 32_767
#: A spreadsheet notes when it was made; that it always is the same keeps the bytes the same.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Sheet:
    """A table with its headings. Moments are aware; they are written on the agency's clocks."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def as_files(self, name: str) -> list[Entry]:
        """The table twice: ``name.csv`` and ``name.xlsx``."""
        return [Entry(f"{name}.csv", self.as_csv()), Entry(f"{name}.xlsx", self.as_xlsx())]

    def as_csv(self) -> bytes:
        """UTF-8 with the mark that spreadsheet programs look for, a decimal point, moments as ISO 8601."""
        return as_csv([self.headings, *self.rows])

    def as_xlsx(self) -> bytes:
        """Numbers are numbers and moments are moments; nothing is a formula or a link."""
        written = io.BytesIO()
        with xlsxwriter.Workbook(written, _OPTIONS) as book:
            book.set_properties({"created": _MADE.replace(tzinfo=None)})
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
            day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
            sheet = book.add_worksheet(plain_cell(self.title)[:31])
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(self.headings), 20)
            for column, heading in enumerate(self.headings):
                sheet.write_string(0, column, heading, bold)
            for line, row in enumerate(self.rows, start=1):
                for column, value in enumerate(row):
                    _write(sheet, (line, column), value, {datetime: moment, date: day})
            sheet.autofilter(0, 0, max(1, len(self.rows)), len(self.headings) - 1)
        return written.getvalue()


def as_csv(lines: Iterable[Sequence[Cell]]) -> bytes:
    """Any lines as CSV, texts made inert."""
    written = io.StringIO()
    writer = csv.writer(written)
    for line in lines:
        writer.writerow([_plain(value) for value in line])
    return (_BOM + written.getvalue()).encode()


def _plain(value: Cell) -> Any:
    if isinstance(value, datetime):
        return local_naive(value).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return inert_cell(value) if isinstance(value, str) else "" if value is None else value


def _write(sheet: Any, place: tuple[int, int], value: Cell, formats: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(*place, local_naive(value), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), formats[date])
    elif isinstance(value, str):
        sheet.write_string(*place, plain_cell(value)[:_MOST_LETTERS])
    else:
        sheet.write_number(*place, float(value))
