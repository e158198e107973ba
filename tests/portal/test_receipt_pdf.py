"""The receipt as PDF: for the browser that the ticket is open to, with its code, and kept nowhere."""

import io

from django.urls import reverse
from pypdf import PdfReader

from helpdesk_plugin.documents import library
from helpdesk_plugin.domain.numbering import format_code
from helpdesk_plugin.models import IssuedDocument
from helpdesk_plugin.portal.throttling import RECEIPTS
from tests.factories import make_ticket


def address(ticket) -> str:
    return reverse("helpdesk:receipt_pdf", args=[ticket.number])


def test_receipt_carries_number_and_code_and_is_kept_by_nobody(client, open_here, service):
    ticket = open_here(make_ticket(service=service))
    page = client.get(reverse("helpdesk:receipt", args=[ticket.number])).content.decode()
    assert f'href="{address(ticket)}"' in page
    answer = client.get(address(ticket))
    assert answer["Content-Type"] == "application/pdf"
    assert set(answer["Cache-Control"].split(", ")) >= {"no-store", "private"}
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert ticket.number in text
    assert format_code(ticket.access.code) in text
    assert "Internet OPD" in text
    assert not [said for said in (ticket.requester_name, ticket.requester_unit) if said in text]
    assert not IssuedDocument.objects.exists()


def test_receipt_is_not_drawn_for_a_stranger(client):
    answer = client.get(address(make_ticket()))
    assert (answer.status_code, answer.content) == (302, b"")


def test_drawing_has_a_limit(client, open_here, rf):
    ticket = open_here(make_ticket())
    for _ in range(RECEIPTS.most):
        RECEIPTS.take(rf.get("/"))
    answer = client.get(address(ticket))
    assert answer.status_code == 429
    assert "Coba lagi dalam" in answer.content.decode()


def test_server_without_the_library_offers_the_page_alone(client, open_here, monkeypatch):
    monkeypatch.setattr(library, "problem", lambda: "no Pango")
    monkeypatch.setattr("helpdesk_plugin.documents.rendering.problem", library.problem)
    ticket = open_here(make_ticket())
    receipt = reverse("helpdesk:receipt", args=[ticket.number])
    assert address(ticket) not in client.get(receipt).content.decode()
    assert client.get(address(ticket))["Location"] == receipt
