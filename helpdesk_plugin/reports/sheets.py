"""The register as CSV and as a spreadsheet, in constant memory, whatever its length."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk_plugin.reports.book import HEADINGS, MOMENTS, lines
from helpdesk_plugin.spreadsheets import inert_cell, local_naive, plain_cell

#: Letters that a cell of a spreadsheet can hold.
_MOST_LETTERS = 32_767
#: Rows that a sheet of the format can hold, besides its heading; the book goes on on the next sheet.
MOST_ROWS = 1_048_575
_WIDTHS = (18, 17, 34, 24, 12, 22, 20, 30, 44, 12, 34, 24, 17, 17, 22, 44)

Progress = Callable[[int], None]


class _Echo:
    """Hands back what a CSV writer writes, so that it can be sent on at once."""

    def write(self, text: str) -> str:
        return text


def as_csv(tickets: Any) -> Iterator[str]:
    """The register as CSV, piece by piece: UTF-8 with the mark that spreadsheet programs look for."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([_("No."), *map(str, HEADINGS)])
    number = 0
    for batch in lines(tickets):
        rows = []
        for line in batch:
            number += 1
            rows.append(writer.writerow([number, *map(_for_csv, line)]))
        yield "".join(rows)


def _for_csv(value: Any) -> Any:
    if isinstance(value, datetime):
        return local_naive(value).isoformat(" ")
    return "" if value is None else inert_cell(value)


def write_xlsx(file: IO[bytes], tickets: Any, progress: Progress = lambda rows: None) -> None:
    """The register as a spreadsheet: moments are moments, texts are texts, nothing is a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        sheets = _Sheets(workbook)
        for batch in lines(tickets):
            for line in batch:
                sheets.add(line)
            progress(len(batch))
        sheets.close()


class _Sheets:
    """The sheets of the book; a full one is followed by the next."""

    def __init__(self, workbook: Any) -> None:
        self.workbook, self.number, self.row = workbook, 0, 0
        self.bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        self.sheet = self._next()

    def _next(self) -> Any:
        count = len(self.workbook.worksheets()) + 1
        title = str(_("Register")) if count == 1 else f"{_('Register')} {count}"
        sheet = self.workbook.add_worksheet(title[:31])
        sheet.freeze_panes(1, 2)
        # On paper: landscape, as wide as the book, with the headings on every page.
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_column(0, 0, 8)
        for column, width in enumerate(_WIDTHS, 1):
            sheet.set_column(column, column, width)
        for column, heading in enumerate([_("No."), *map(str, HEADINGS)]):
            sheet.write_string(0, column, heading, self.bold)
        self.row = 0
        return sheet

    def add(self, line: list[Any]) -> None:
        if self.row == MOST_ROWS:
            self.close()
            self.sheet = self._next()
        self.row, self.number = self.row + 1, self.number + 1
        self.sheet.write_number(self.row, 0, self.number)
        for column, value in enumerate(line, 1):
            if column - 1 in MOMENTS:
                if value is not None:
                    naive = timezone.make_naive(timezone.localtime(value)).replace(microsecond=0)
                    self.sheet.write_datetime(self.row, column, naive, self.moment)
            elif value:
                self.sheet.write_string(self.row, column, plain_cell(value)[:_MOST_LETTERS])

    def close(self) -> None:
        """A filter over what is there."""
        self.sheet.autofilter(0, 0, self.row, len(HEADINGS))
