"""Files from outside: content and name must agree, and what is refused is named."""

import hashlib
import io

import filetype
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.services.files import (
    MAX_BYTES,
    FileProblem,
    FileRefused,
    accept_file,
    accept_files,
    clean_name,
)
from tests.factories import PDF, picture, upload


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("surat.pdf", PDF, "application/pdf"),
        ("FOTO.JPG", picture("JPEG"), "image/jpeg"),
        ("foto.jpeg", picture("JPEG"), "image/jpeg"),
        ("layar.png", picture("PNG"), "image/png"),
    ],
)
def test_accepted_kinds(name, content, content_type):
    found = accept_file(SimpleUploadedFile(name, content, "text/html"))
    assert (found.name, found.content_type) == (name, content_type)
    assert filetype.guess_mime(found.content) == content_type
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()


def test_pdf_is_stored_as_it_came():
    assert accept_file(upload(content=PDF + b"%tail")).content == PDF + b"%tail"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("program.pdf", b"MZ\x90\x00" + b"x" * 200, FileProblem.WRONG_TYPE),
        ("surat.exe", PDF, FileProblem.WRONG_TYPE),
        ("foto.png", picture("JPEG"), FileProblem.WRONG_TYPE),
        ("rusak.jpg", picture("JPEG")[:300], FileProblem.BROKEN),
        ("rusak.png", picture("PNG")[:60], FileProblem.BROKEN),
        ("halaman.html", b"<html><script>alert(1)</script>", FileProblem.WRONG_TYPE),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileProblem.WRONG_TYPE),
        ("surat.pdf.exe", PDF, FileProblem.WRONG_TYPE),
        ("surat", PDF, FileProblem.WRONG_TYPE),
        ("besar.pdf", PDF + b"0" * MAX_BYTES, FileProblem.TOO_LARGE),
    ],
)
def test_refused_kinds_say_why(name, content, problem):
    with pytest.raises(FileRefused) as refused:
        accept_file(SimpleUploadedFile(name, content))
    assert refused.value.problem is problem
    assert refused.value.name == name


def test_file_of_exactly_the_limit_passes():
    content = PDF + b"0" * (MAX_BYTES - len(PDF))
    assert len(accept_file(upload(content=content)).content) == MAX_BYTES


def test_empty_file_is_refused():
    file = upload()
    file.file = io.BytesIO()
    file.size = 0
    with pytest.raises(FileRefused) as refused:
        accept_file(file)
    assert refused.value.problem is FileProblem.EMPTY


def test_five_files_in_one_message_are_too_many():
    assert len(accept_files([upload() for _ in range(4)])) == 4
    with pytest.raises(FileRefused) as refused:
        accept_files([upload() for _ in range(5)])
    assert refused.value.problem is FileProblem.TOO_MANY


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\surat\\izin.pdf", "izin.pdf"),
        ("a\x00b\u202egpj.pdf", "abgpj.pdf"),
        ("surat\nbaru\r.pdf", "suratbaru.pdf"),
        ("  spasi   banyak .pdf", "spasi banyak .pdf"),
        ("\ud800x.png", "x.png"),
        ("", "file"),
    ],
)
def test_clean_name(raw, shown):
    assert clean_name(raw) == shown


@given(st.text(max_size=400))
def test_clean_name_is_always_short_printable_and_pathless(raw):
    name = clean_name(raw)
    assert 0 < len(name) <= 121
    assert "/" not in name
    assert "\\" not in name
    name.encode()
