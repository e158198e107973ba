"""What reads files, codes and dates: a refusal with a name, never an error of its own."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain import indonesia, numbering
from helpdesk_plugin.services import tables
from helpdesk_plugin.services.files import FileRefused, accept_file
from tests.factories import PDF, picture
from tests.fuzz import fuzzed, mutated, texts

PICTURES = [
    picture("JPEG", (24, 16)),
    picture("JPEG", (24, 16), progressive=True),
    picture("PNG", (24, 16)),
    picture("PNG", (24, 16), mode="P"),
]
COLUMNS = tables.Columns({"nama": ("name",), "tanggal": ("date",), "kode": ()}, ("nama",))


def workbook():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    when = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, ["Nama", "Tanggal", "Kode"])
    sheet.write_row(1, 0, ["Dinas Contoh", "2026-11-27", 12.0])
    for row, number in enumerate((45000, -1, 0.5, 1e9, 2958466, 60), start=2):
        sheet.write_number(row, 1, number, when)
    book.close()
    return stream.getvalue()


def repacked(content, change):
    """The workbook with one of its parts changed, packed anew: what breaks inside an unbroken archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


BOOK = workbook()
PARTS = zipfile.ZipFile(io.BytesIO(BOOK)).namelist()
CSV = [
    b"nama;tanggal;kode\nDinas Contoh;27/11/2026;12\n",
    'name,date\n"Dinas, Contoh",2026-11-27\n"rusak'.encode("utf-16"),
    "nama\tkode\nDinas\u00e9\t1\n".encode("cp1252"),
]


@fuzzed(few=15)
@given(
    content=mutated([PDF, *PICTURES]), name=texts(), ending=st.sampled_from(["pdf", "jpg", "png", "jpeg", ""])
)
def test_file_from_outside_is_taken_or_refused(content, name, ending):
    file = SimpleUploadedFile("x", content)
    file._name = f"{name}.{ending}"  # past Django, which would clean it
    try:
        accepted = accept_file(file)
    except FileRefused:
        return
    assert accepted.name.isprintable()
    assert "/" not in accepted.name


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # it remarks on cells that it cannot read
@fuzzed(few=15)
@given(st.data())
def test_table_is_read_or_refused(data):
    content = data.draw(mutated([BOOK, *CSV]))
    if content[:2] == b"PK" and data.draw(st.booleans()):
        part, noise = data.draw(st.sampled_from(PARTS)), data.draw(mutated([b"", b"<a/>", b"<?xml?><x>"]))
        whole = data.draw(st.sampled_from([None, noise, "mutated"]))
        broken = data.draw(mutated([zipfile.ZipFile(io.BytesIO(BOOK)).read(part)]))
        there = broken if whole == "mutated" else whole
        content = repacked(BOOK, lambda name, old: there if name == part else old)
    try:
        rows = list(tables.read_table(content, COLUMNS))
    except tables.TableRefused:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.cells.values())


@fuzzed(few=30)
@given(texts())
def test_what_people_type_is_understood_or_refused(text):
    parsers = {
        indonesia.parse_nip: ValueError,
        indonesia.parse_phone: ValueError,
        indonesia.plain_typing: (),
        numbering.parse_number: (),
        numbering.normalise_code: (),
        numbering.validate_pattern: ValueError,
    }
    for parse, refusal in parsers.items():
        try:
            parse(text)
        except refusal:
            continue
