"""Tables as people bring them: read row by row, or refused with a reason."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from helpdesk_plugin.services import tables
from helpdesk_plugin.services.tables import Columns, TableProblem, TableRefused, read_table

COLUMNS = Columns({"kode": ("code",), "nama": ("name", "nama opd")}, ("kode", "nama"))


def xlsx(*rows) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def cells(content) -> list:
    return [tuple(row.cells.values()) for row in read_table(content, COLUMNS)]


@pytest.mark.parametrize(
    "content",
    [
        "kode;nama\nA;Dinas Ä\n".encode("utf-8-sig"),
        "Code,Name\r\nA,Dinas Ä\r\n".encode(),
        "KODE\tNama OPD\nA\tDinas Ä".encode("utf-16"),
        "kode;nama\nA;Dinas Ä\n\n;;\n".encode("cp1252"),
        'kode;nama;lain\n"A";"Dinas Ä";"x;y"\n'.encode(),
        xlsx(["Kode ", "Nama"], ["A", "Dinas Ä"], [None, None]),
    ],
)
def test_one_table_in_many_writings(content):
    assert cells(content) == [("A", "Dinas Ä")]


def test_lines_are_counted_as_spreadsheets_do():
    rows = list(read_table(b"kode;nama\n\nA;x\n", COLUMNS))
    assert [row.number for row in rows] == [3]


def test_cells_of_a_spreadsheet_come_as_text():
    content = xlsx(["kode", "nama"], [12.0, date(2026, 1, 2)], [datetime(2026, 1, 2, 3, 4), "\x07ada"[1:]])
    assert cells(content) == [("12", "2026-01-02"), ("2026-01-02 03:04", "ada")]


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\x00" * (tables.MAX_UNPACKED + 1))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", TableProblem.EMPTY),
        (b" \n ", TableProblem.EMPTY),
        (b"MZ\x90\x00 this program cannot be run", TableProblem.NOT_A_TABLE),
        (b"%PDF-1.7", TableProblem.NOT_A_TABLE),
        (b"PK\x03\x04 broken", TableProblem.NOT_A_TABLE),
        (b"kode;nama\x00;x", TableProblem.NOT_A_TABLE),
        (b"kode\nA\n", TableProblem.MISSING_COLUMN),
        (b"kode;nama;code\nA;x;B\n", TableProblem.DOUBLED_COLUMN),
        (b"x" * (tables.MAX_BYTES + 1), TableProblem.TOO_LARGE),
        (bomb, TableProblem.UNPACKS_TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, TableProblem) else "",
)
def test_bad_files_are_refused_with_a_reason(content, problem):
    with pytest.raises(TableRefused) as refused:
        list(read_table(content() if callable(content) else content, COLUMNS))
    assert refused.value.problem is problem


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(TableRefused) as refused:
        cells(b"kode;nama\n" + b"A;x\n" * 3)
    assert refused.value.problem is TableProblem.TOO_MANY_ROWS
