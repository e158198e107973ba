"""What editors upload is shown to the virus scanner, at every door of Wagtail's libraries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.factories import PDF, make_user, picture
from tests.virus_scanner import MARK, judge, listening

pytestmark = pytest.mark.django_db

REFUSED = "pemindai virus menemukan sesuatu"
SILENT = "pemindai virus tidak menjawab"


@pytest.fixture
def librarian(client):
    client.force_login(make_user(is_superuser=True))
    return client


def _send(client, door, content, name):
    """What the door answers to this file, in plain letters."""
    field = "files[]" if "multiple" in door else "file"
    told = {"title": "Sebuah berkas", field: SimpleUploadedFile(name, content)}
    return client.post(reverse(door), told).content.decode("unicode_escape")


def test_nothing_infected_reaches_the_libraries(librarian, settings):
    documents, images = get_document_model().objects, get_image_model().objects
    with listening(judge) as (host, port):
        settings.HELPDESK_SCANNER = f"tcp://{host}:{port}"
        for door in ("wagtaildocs:add", "wagtaildocs:add_multiple"):
            assert REFUSED in _send(librarian, door, PDF + MARK, "surat.pdf")
            assert not documents.exists()
            assert REFUSED not in _send(librarian, door, PDF, "surat.pdf")
            documents.get().delete()
        for door in ("wagtailimages:add", "wagtailimages:add_multiple"):
            assert REFUSED in _send(librarian, door, picture() + MARK, "foto.jpg")
            assert not images.exists()
        assert REFUSED not in _send(librarian, "wagtailimages:add", picture(), "foto.jpg")
        assert images.get().title == "Sebuah berkas"


def test_what_is_stored_already_is_not_asked_about_again(librarian, settings):
    _send(librarian, "wagtaildocs:add", PDF, "surat.pdf")
    document = get_document_model().objects.get()
    settings.HELPDESK_SCANNER = "unix:/nowhere/clamd"
    address = reverse("wagtaildocs:edit", args=[document.pk])
    librarian.post(address, {"title": "Judul baru"})
    document.refresh_from_db()
    assert document.title == "Judul baru"
    told = {"title": "Lain", "file": SimpleUploadedFile("surat.pdf", PDF)}
    assert SILENT in librarian.post(address, told).content.decode()
    document.refresh_from_db()
    assert document.title == "Judul baru"
