"""The documents of a ticket at an officer's screen. What is drawn here is really drawn."""

import hashlib

import pytest
from django.urls import reverse

from helpdesk_plugin.documents import library
from helpdesk_plugin.documents.signing import Signer, SigningFailed
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import IssuedDocument, SignedCopy
from helpdesk_plugin.services.documents import Drawn, issue_document
from tests.factories import PDF, make_service, make_user, picture, ticket_at, upload
from tests.staff.conftest import filled, messages_of, page_url

pytestmark = pytest.mark.django_db

KEY = "0" * 8 + "-1111-4111-8111-" + "2" * 12


def url(name: str, ticket, *args) -> str:
    return reverse(f"helpdesk_tickets:{name}", args=[ticket.pk, *args])


@pytest.fixture
def closed(staff):
    return ticket_at(TicketStatus.CLOSED, staff=staff)


@pytest.fixture
def document(closed, staff):
    """A record that was issued, without waiting for it to be drawn."""
    draw = lambda one: Drawn(b"%PDF-1.7 berita acara", "test")  # noqa: E731
    return issue_document(closed.pk, PaperKind.HANDLING_RECORD, by=staff.prakom, draw=draw)


def test_page_offers_what_can_be_issued_and_says_what_lacks(as_role, staff):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    html = as_role("technical_support").get(url("documents", ticket)).content.decode()
    assert url("document_issue", ticket, "disposition_sheet") in html
    assert url("document_issue", ticket, "handling_record") not in html
    assert "Masih kurang: catatan pemulihan dan solusi (S7)." in html
    assert url("document_issue", ticket, "security_handover") not in html


def test_auditor_reads_and_issues_nothing(as_role, closed, document):
    client = as_role("auditor")
    html = client.get(url("documents", closed)).content.decode()
    assert url("document", closed, document.pk) in html
    assert "Terbitkan" not in html
    assert client.get(url("document", closed, document.pk)).status_code == 200
    for name, args in (
        ("document_issue", ["receipt"]),
        ("document_upload", [document.pk]),
        ("document_withdraw", [document.pk]),
    ):
        client.post(url(name, closed, *args), {"key": KEY, "reason": "x"})
    assert IssuedDocument.objects.get().withdrawn_at is None
    assert client.get(url("document_preview", closed, "receipt")).status_code == 302


def test_preview_is_drawn_and_changes_nothing(as_role, closed):
    answer = as_role("computer_officer").get(url("document_preview", closed, "handling_record"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert not IssuedDocument.objects.exists()


def test_issued_document_is_printed_again_byte_for_byte(as_role, closed):
    client = as_role("computer_officer")
    sent = {"key": KEY}
    answer = client.post(url("document_issue", closed, "handling_record"), sent, follow=True)
    client.post(url("document_issue", closed, "handling_record"), sent)
    document = IssuedDocument.objects.get()
    assert document.number in messages_of(answer)[0]
    first, second = (client.get(url("document", closed, document.pk)).content for _ in range(2))
    assert first == second
    assert hashlib.sha256(first).hexdigest() == document.sha256
    assert document.sha256 in client.get(url("documents", closed)).content.decode()
    assert document.number in client.get(page_url(closed)).content.decode()


def test_pages_cost_a_constant_number_of_queries(as_role, closed, document, django_assert_num_queries):
    client = as_role("computer_officer")
    client.post(url("document_upload", closed, document.pk), {"key": KEY, "file": scan(9)})
    client.get(url("documents", closed))  # the sentence about the upload is said once
    with django_assert_num_queries(QUERIES):
        client.get(url("documents", closed))
    for n in (3, 4, 5):
        client.post(url("document_upload", closed, document.pk), {"key": f"{KEY[:-1]}{n}", "file": scan(n)})
    client.get(url("documents", closed))
    assert SignedCopy.objects.count() == 4
    with django_assert_num_queries(QUERIES):
        client.get(url("documents", closed))


QUERIES = 16


def scan(n: int = 0):
    return upload(f"ba{n}.pdf", PDF + b"%" + str(n).encode())


def test_signed_scan_is_kept_and_handed_out_as_a_download(as_role, closed, document):
    client = as_role("technical_support")
    address = url("document_upload", closed, document.pk)
    answer = client.post(address, filled(client, address, file=scan()), follow=True)
    copy = SignedCopy.objects.get()
    assert copy.sha256 == hashlib.sha256(PDF + b"%0").hexdigest()
    assert copy.sha256 in answer.content.decode()
    download = client.get(url("document_signed", closed, document.pk, copy.pk))
    assert b"".join(download.streaming_content) == PDF + b"%0"
    download.close()
    assert download["Content-Disposition"].startswith("attachment")
    assert "sandbox" in download["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ba.exe", b"MZ", "PDF, JPG atau PNG"),
        ("ba.pdf", picture("JPEG"), "PDF, JPG atau PNG"),
        ("ba.pdf", b"", "kosong"),
    ],
)
def test_file_that_is_no_scan_is_refused_in_words(as_role, closed, document, name, content, words):
    client = as_role("technical_support")
    sent = {"key": KEY, "file": upload(name, content)}
    answer = client.post(url("document_upload", closed, document.pk), sent)
    assert answer.status_code == 200
    assert words in answer.content.decode().replace(", atau", " atau")
    assert not SignedCopy.objects.exists()


def test_withdrawing_needs_a_reason(as_role, closed, document):
    client = as_role("computer_officer")
    address = url("document_withdraw", closed, document.pk)
    assert client.post(address, {"key": KEY, "reason": " \x00 "}).status_code == 200
    assert not IssuedDocument.objects.get().is_withdrawn
    sent = filled(client, address, reason="Nama keliru")
    html = client.post(address, sent, follow=True).content.decode()
    assert "Nama keliru" in html
    assert "Terbitkan lagi" in html


def test_damaged_form_says_so(as_role, closed, document):
    answer = as_role("computer_officer").post(
        url("document_withdraw", closed, document.pk), {"key": "x", "reason": "Nama keliru"}
    )
    assert "Formulir ini rusak." in answer.content.decode()
    assert not IssuedDocument.objects.get().is_withdrawn


def test_confidential_ticket_hides_its_documents_from_the_rest(as_role, staff, narrow_circle):
    ticket = ticket_at(
        TicketStatus.RESOLVED, staff=staff_with_rights(staff), service=make_service(is_security=True)
    )
    document = issue_document(
        ticket.pk, PaperKind.SECURITY_HANDOVER, by=staff.kabid, draw=lambda one: Drawn(b"%PDF-", "t")
    )
    client = as_role("technical_support")
    for name, args in (("documents", []), ("document", [document.pk]), ("document_preview", ["receipt"])):
        assert client.get(url(name, ticket, *args)).status_code == 404
    insider = as_role("division_head")
    assert insider.get(url("document", ticket, document.pk)).content == b"%PDF-"


def staff_with_rights(staff):
    """The same officers, but for technical support somebody who may see matters of information security."""
    from tests.factories import Staff

    others = Staff()
    others._made = {**staff._made, Role.TECHNICAL_SUPPORT: make_user(is_superuser=True)}
    return others


def test_document_of_another_ticket_is_not_found(as_role, staff, closed, document):
    other = ticket_at(TicketStatus.CLOSED, staff=staff)
    client = as_role("computer_officer")
    assert client.get(url("document", other, document.pk)).status_code == 404
    assert client.get(url("document_preview", closed, "register")).status_code == 404
    assert client.get(url("document_preview", closed, "nonsense")).status_code == 404


def test_document_with_a_nip_opens_to_the_manager_alone(as_role, closed, staff):
    draw = lambda one: Drawn(b"%PDF-nip", "test", holds_nip=True)  # noqa: E731
    document = issue_document(closed.pk, PaperKind.HANDLING_RECORD, by=staff.prakom, draw=draw)
    address = url("document", closed, document.pk)
    assert as_role("manager").get(address).content == b"%PDF-nip"
    client = as_role("computer_officer")
    assert client.get(address).status_code == 302
    html = client.get(url("documents", closed)).content.decode()
    assert address not in html
    assert "memuat NIP yang tidak boleh Anda lihat" in html


def test_lost_file_is_a_sentence(as_role, closed, document):
    document.file.storage.delete(document.file.name)
    assert as_role("computer_officer").get(url("document", closed, document.pk)).status_code == 404


def test_server_without_the_library_explains_itself(as_role, closed, document, monkeypatch):
    monkeypatch.setattr(library, "problem", lambda: "WeasyPrint lacks a library of the system.")
    monkeypatch.setattr("helpdesk_plugin.documents.rendering.problem", library.problem)
    client = as_role("computer_officer")
    html = client.get(url("documents", closed)).content.decode()
    assert "Server ini belum dapat membuat berkas PDF." in html
    assert url("document_preview", closed, "handling_record") not in html
    answer = client.get(url("document_preview", closed, "handling_record"), follow=True)
    assert "Server ini belum dapat membuat berkas PDF." in messages_of(answer)[0]
    answer = client.post(url("document_issue", closed, "activity_report"), {"key": KEY}, follow=True)
    assert "Server ini belum dapat membuat berkas PDF." in messages_of(answer)[0]
    assert IssuedDocument.objects.get() == document
    # What was issued before is still there.
    assert client.get(url("document", closed, document.pk)).content == b"%PDF-1.7 berita acara"


class StampSigner(Signer):
    """Signs like a provider would, for a passphrase that is right."""

    name = "TTE Contoh"

    def sign(self, pdf, document, *, by, passphrase):
        if passphrase != "benar":
            raise SigningFailed("Frasa sandi salah. Coba lagi.")
        return pdf + b"\n% signed by " + by.get_username().encode()


def test_site_without_a_signer_offers_no_electronic_signature(as_role, closed, document):
    assert as_role("computer_officer").get(url("document_sign", closed, document.pk)).status_code == 404


def test_signer_of_the_site_signs(as_role, closed, document, settings):
    settings.HELPDESK_SIGNER = f"{__name__}.StampSigner"
    client = as_role("computer_officer")
    address = url("document_sign", closed, document.pk)
    assert "TTE Contoh" in client.get(url("documents", closed)).content.decode()
    refused = client.post(address, {"key": KEY, "passphrase": "salah"})
    assert "Frasa sandi salah. Coba lagi." in refused.content.decode()
    assert "salah" not in refused.content.decode().split("Frasa sandi salah", 1)[1].split("</form>")[0]
    client.post(address, filled(client, address, passphrase="benar"))
    copy = SignedCopy.objects.get()
    assert copy.electronic
    with copy.file.open("rb") as stored:
        assert stored.read().startswith(b"%PDF-1.7 berita acara\n% signed by ")


def test_register_of_documents_lists_what_its_reader_may_know(as_role, closed, document):
    address = reverse("helpdesk_documents_modeladmin_index")
    html = as_role("manager").get(address).content.decode()
    assert document.number in html
    assert document.sha256[:16] in html
    assert as_role("technical_support").get(address).status_code == 302
