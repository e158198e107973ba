"""The archive: checkable by anybody, and the same bytes for the same content."""

import io
import subprocess
import zipfile

import pytest

from helpdesk_plugin.evidence.archive import MANIFEST, Entry, archive
from helpdesk_plugin.evidence.sheets import Sheet

ENTRIES = [Entry("b/dua.txt", b"dua"), Entry("a.csv", b"satu")]


def test_order_of_the_files_changes_nothing():
    assert archive(ENTRIES) == archive(ENTRIES[::-1])


def test_manifest_is_what_sha256sum_checks(tmp_path):
    with zipfile.ZipFile(io.BytesIO(archive(ENTRIES))) as packed:
        packed.extractall(tmp_path)
    said = subprocess.run(
        ["/usr/bin/sha256sum", "--check", MANIFEST], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == ["a.csv: OK", "b/dua.txt: OK"]


def test_one_name_twice_is_refused():
    with pytest.raises(ValueError, match="one name"):
        archive([Entry("a", b"1"), Entry("a", b"2")])


def test_table_is_the_same_bytes_again_and_no_cell_is_a_formula():
    sheet = Sheet("Tabel", ("Nama", "Jumlah"), [["=1+1", 2], ["x\x00y", None]])
    assert sheet.as_xlsx() == sheet.as_xlsx()
    assert "'=1+1,2" in sheet.as_csv().decode()
    with zipfile.ZipFile(io.BytesIO(sheet.as_xlsx())) as book:
        drawn = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in drawn
        assert '<c r="B2"><v>2</v></c>' in drawn
