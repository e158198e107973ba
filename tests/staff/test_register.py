"""Registering a request for somebody who telephoned, wrote or came in person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.numbering import format_code
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Ticket, TicketEvent
from tests.factories import make_opd, make_service, make_ticket, upload
from tests.staff.conftest import filled, page_url

ADDRESS = "/admin/helpdesk/tickets/register/"


@pytest.fixture
def desk(as_role):
    return as_role(Role.TECHNICAL_SUPPORT)


@pytest.fixture
def said(staff) -> dict:
    """What an officer types while somebody is on the line."""
    return {
        "channel": "phone",
        "kind": "incident",
        "service": make_service().pk,
        "opd": make_opd().pk,
        "requester_name": "Rina Sari",
        "requester_unit": "Sekretariat",
        "requester_phone": "0812 3456 7890",
        "summary": "Printer macet",
        "description": "Kertas tersangkut",
    }


def test_request_by_telephone_becomes_a_ticket(staff, desk, said):
    response = desk.post(ADDRESS, filled(desk, ADDRESS, **said))
    ticket = Ticket.objects.get()
    assert response.url == reverse("helpdesk_tickets:registered", args=[ticket.pk])
    assert (ticket.channel, ticket.registered_by, ticket.requester_email) == ("phone", staff.teknisi, "")
    assert ticket.requester_phone == "+6281234567890"
    assert TicketEvent.objects.get().by == staff.teknisi


def test_letter_and_attachments_are_told_apart(staff, desk, said):
    sent = filled(desk, ADDRESS, **said, cover_letter=upload("surat.pdf"), files=upload("foto.pdf"))
    assert desk.post(ADDRESS, sent).status_code == 302
    assert dict(Ticket.objects.get().attachments.values_list("name", "purpose")) == {
        "surat.pdf": "cover_letter",
        "foto.pdf": "evidence",
    }


def test_code_is_shown_to_the_officer_who_registered_for_a_while(staff, desk, said, as_role):
    desk.post(ADDRESS, filled(desk, ADDRESS, **said))
    ticket = Ticket.objects.get()
    receipt = reverse("helpdesk_tickets:registered", args=[ticket.pk])
    response = desk.get(receipt)
    code = format_code(ticket.access.code)
    assert code in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert as_role(Role.COMPUTER_OFFICER).get(receipt).status_code == 302
    with acting_at(ticket.submitted_at + timedelta(minutes=61)):
        assert desk.get(receipt).status_code == 404
    assert code not in desk.get(page_url(ticket)).content.decode()


def test_code_of_a_request_from_the_public_form_is_not_shown(staff, desk):
    assert desk.get(reverse("helpdesk_tickets:registered", args=[make_ticket().pk])).status_code == 404


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_request_can_be_registered_without_seeing_it_afterwards(staff, desk, said):
    said["service"] = make_service(is_security=True).pk
    response = desk.post(ADDRESS, filled(desk, ADDRESS, **said), follow=True)
    ticket = Ticket.objects.get()
    html = response.content.decode()
    assert response.status_code == 200
    assert ticket.number in html
    assert page_url(ticket) not in html


BAD_INPUT = [
    ("channel", "web"),
    ("channel", "pigeon"),
    ("kind", "complaint"),
    ("service", "999999"),
    ("opd", "abc"),
    ("requester_phone", "nol delapan"),
    ("requester_email", "bukan alamat"),
    ("requester_nip", "123"),
    ("requester_name", "\x00\u200b"),
    ("requester_name", "x" * 121),
    ("summary", ""),
    ("description", "x" * 1_000_000),
    ("occurred_at", "2026-02-30 10:00"),
    ("occurred_at", "2999-01-01 10:00"),
    ("letter_date", "0001-01-01"),
    ("who_affected", "everyone"),
    ("key", "no uuid"),
]


def test_bad_input_is_answered_beside_the_field(staff, desk, said):
    sent = filled(desk, ADDRESS, **said)
    for field, typed in BAD_INPUT:
        response = desk.post(ADDRESS, sent | {field: typed})
        assert response.status_code == 200, (field, typed)
        assert field in response.context["form"].errors, (field, typed)
        assert not Ticket.objects.exists(), (field, typed)


def test_nothing_typed_is_lost_on_an_error(staff, desk, said):
    said |= {"requester_phone": "salah", "description": "Baris satu\nBaris dua"}
    html = desk.post(ADDRESS, filled(desk, ADDRESS, **said)).content.decode()
    for text in ("Rina Sari", "Sekretariat", "salah", "Printer macet", "Baris dua"):
        assert text in html


def test_hostile_letters_are_dropped(staff, desk, said):
    said |= {"summary": "Printer\x00 \u202emacet", "description": "a\x07b"}
    assert desk.post(ADDRESS, filled(desk, ADDRESS, **said)).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.summary, ticket.description) == ("Printer macet", "ab")


def test_double_click_makes_one_ticket(staff, desk, said):
    sent = filled(desk, ADDRESS, **said)
    assert desk.post(ADDRESS, sent).url == desk.post(ADDRESS, sent).url
    assert Ticket.objects.count() == 1


def test_same_form_with_other_words_asks_before_a_second_ticket(staff, desk, said):
    sent = filled(desk, ADDRESS, **said)
    desk.post(ADDRESS, sent)
    first = Ticket.objects.get()
    asked = desk.post(ADDRESS, {**sent, "summary": "Proyektor mati"})
    assert asked.context["earlier"] == first
    assert Ticket.objects.count() == 1
    again = {**sent, "summary": "Proyektor mati", "key": asked.context["form"]["key"].value()}
    assert desk.post(ADDRESS, again).status_code == 302
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("role", [Role.HEAD_OF_AGENCY, Role.AUDITOR, Role.EDITOR])
def test_registering_needs_its_permission(staff, as_role, said, role):
    client = as_role(role)
    for response in (client.get(ADDRESS), client.post(ADDRESS, said)):
        assert (response.status_code, response.url) == (302, "/admin/")
    assert not Ticket.objects.exists()
