"""Click-to-chat on the pages of a ticket: it names the ticket and the tracker, and never a key."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from helpdesk_plugin.models import AgencyProfile
from tests.factories import make_service, make_ticket
from tests.portal.conftest import page


def chats(html):
    links = [part.split('"')[0] for part in html.split('href="')[1:]]
    return [unescape(link) for link in links if link.startswith("https://wa.me/")]


@pytest.fixture
def whatsapp():
    agency = AgencyProfile.load()
    agency.whatsapp = "0812-0000-0000"
    agency.save()


@pytest.mark.parametrize("secret", [False, True], ids=["ordinary", "confidential"])
@pytest.mark.parametrize("name", ["ticket", "receipt"])
@pytest.mark.usefixtures("whatsapp")
def test_chat_names_ticket_and_tracker_and_no_key(client, open_here, secret, name):
    ticket = open_here(make_ticket(service=make_service(is_security=secret)))
    html = client.get(reverse(f"helpdesk:{name}", args=[ticket.number])).content.decode()
    (chat,) = chats(html)
    (text,) = parse_qs(urlsplit(chat).query)["text"]
    assert text == (
        f"Halo, saya ingin bertanya tentang tiket {ticket.number}.\n"
        f"http://testserver/help-desk/lacak/?nomor={ticket.number}"
    )
    for key in (ticket.access.code, ticket.access.link_token, ticket.summary):
        assert key not in chat.replace("-", "")


def test_agency_without_whatsapp_offers_no_chat(client, open_here):
    ticket = open_here(make_ticket())
    assert chats(client.get(page(ticket)).content.decode()) == []
