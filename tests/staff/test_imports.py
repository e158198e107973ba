"""The screen of imports: a file is looked at, then imported; a bad one is answered in a sentence."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Attachment, Opd, StagedFile, Ticket
from helpdesk_plugin.staff.imports.views import URL_NAME
from tests.factories import make_opd, make_service

SAMPLE = Path(settings.BASE_DIR, "docs", "samples", "register-lama.csv")


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def send(client, content=b"", name="tabel.csv", **data):
    file = {"file": SimpleUploadedFile(name, content)} if content else {}
    return client.post(reverse(URL_NAME), {**data, **file}).content.decode()


def key_in(html):
    return re.search(r'name="key" value="([0-9a-f-]{36})"', html)[1]


def test_register_is_looked_at_then_imported(manager):
    more = {"kind": "tickets", "opd": make_opd().pk, "service": make_service().pk}
    html = send(manager, SAMPLE.read_bytes(), **more)
    assert "HD-0001 Internet sekolah putus" in html
    assert "Baris 5: “bukan nomor” pada kolom hp" in html
    assert not Ticket.objects.exists()
    html = send(manager, **more, key=key_in(html), store="1")
    assert "4 baris diimpor" in html
    assert Ticket.objects.count() == 4
    assert not StagedFile.objects.exists()
    assert "Tidak ada yang baru" in send(manager, SAMPLE.read_bytes(), **more)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b" ", "kosong.csv", "Berkas kosong"),
        (b"MZ\x90\x00", "program.xlsx", "bukan tabel"),
        (b"kode\nA\n", "kurang.csv", "Kolom ini belum ada: nama"),
        (b"kode;nama;kode\nA;B;C\n", "dobel.csv", "Kolom ini ada dua kali: kode"),
        (b"", "", "Pilih berkas"),
    ],
)
def test_bad_files_are_answered_in_a_sentence(manager, content, name, sentence):
    assert sentence in send(manager, content, name, kind="agencies")


def test_lines_that_cannot_be_used_are_named(manager):
    html = send(manager, b"kode;nama\nA;Dinas A\n;Tanpa kode\n", kind="agencies")
    assert "Baris 3: kolom kode kosong" in html
    send(manager, kind="agencies", key=key_in(html), store="1")
    assert Opd.objects.get().name == "Dinas A"


def test_files_come_in_a_zip_beside_the_register(manager):
    more = {"kind": "tickets", "opd": make_opd().pk, "service": make_service().pk}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("surat.pdf", b"%PDF-1.4 surat")
    beside = SimpleUploadedFile("berkas.zip", written.getvalue())
    html = send(manager, SAMPLE.read_bytes(), **more, files=beside)
    assert "<dt>Berkas yang akan ditambahkan</dt><dd>1</dd>" in html
    assert "Baris 2: berkas “foto-modem.jpg” tidak ikut" in html
    html = send(manager, **more, key=key_in(html), store="1")
    assert "<dt>Berkas ditambahkan</dt><dd>1</dd>" in html
    assert Attachment.objects.get().ticket.external_reference == "HD-0003"
    assert not StagedFile.objects.exists()
    html = send(manager, SAMPLE.read_bytes(), **more, files=SimpleUploadedFile("berkas.zip", b"bukan"))
    assert "bukan berkas ZIP" in html


def test_a_file_that_is_no_longer_kept_is_asked_for_again(manager):
    html = send(manager, kind="agencies", key="7b7d8dd4-5f0b-4a35-b2a6-1f6ad5a1c0aa", store="1")
    assert "Pilih sekali lagi" in html
