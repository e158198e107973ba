"""The cookie that opens tickets to one browser: signed, without secrets, short-lived, cut by a new key."""

import time
from unittest import mock

import pytest
from django.core import signing
from django.urls import reverse

from helpdesk_plugin.models import TicketAccess
from helpdesk_plugin.models.access import new_nonce
from helpdesk_plugin.portal import access
from tests.factories import make_ticket
from tests.portal.conftest import page

COOKIE = "helpdesk_tickets"


def link(ticket):
    return reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token])


@pytest.fixture
def ticket():
    return make_ticket()


def test_mailed_link_opens_the_ticket_and_changes_nothing(client, ticket):
    before = ticket.version, ticket.events.count()
    answer = client.get(link(ticket))
    assert (answer.status_code, answer.headers["Location"]) == (302, page(ticket))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(page(ticket)).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.version, ticket.events.count()) == before


def test_cookie_is_for_this_portal_alone_and_unreadable_to_scripts(client, ticket):
    cookie = client.get(link(ticket)).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 12 * 3600)
    assert page(ticket).startswith(cookie["path"])
    assert cookie["path"] != "/"


def test_cookie_is_secure_over_https(client, ticket):
    assert client.get(link(ticket), secure=True).cookies[COOKIE]["secure"] is True


def test_cookie_holds_no_secret(client, ticket):
    content = client.get(link(ticket)).cookies[COOKIE].value
    held = str(signing.loads(content, salt="helpdesk.portal.access"))
    for secret in (ticket.access.code, ticket.access.link_token, ticket.number, ticket.access.nonce.hex()):
        assert secret not in held


def test_unknown_and_forbidden_tickets_answer_alike(client, ticket):
    forbidden, unknown = client.get(page(ticket)), client.get(page(ticket).replace("000001", "999999"))
    assert (forbidden.status_code, unknown.status_code) == (302, 302)
    told = {**forbidden.headers, "Location": forbidden.headers["Location"].replace("000001", "999999")}
    assert told | {"X-Request-ID": ""} == {**unknown.headers, "X-Request-ID": ""}


@pytest.mark.parametrize("name", ["receipt", "forget"])
def test_other_pages_of_a_ticket_ask_the_same_question(client, ticket, name):
    answer = client.get(reverse(f"helpdesk:{name}", args=[ticket.number]))
    assert answer.headers["Location"] == f"{reverse('helpdesk:track')}?nomor={ticket.number}"


def test_wrong_token_leads_to_the_tracker(client, ticket):
    wrong = reverse("helpdesk:link", args=[ticket.number, "a" * 32])
    answer = client.get(wrong)
    assert answer.headers["Location"] == f"{reverse('helpdesk:track')}?tautan=1"
    assert COOKIE not in answer.cookies
    assert "Tautan ini tidak membuka tiket" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    "mangled",
    ["", "x", "eyJ:1:2", "\xff\x00", "a" * 4000, signing.dumps([[1, 2]])],
    ids=["empty", "letter", "halves", "bytes", "long", "signed for another purpose"],
)
def test_mangled_cookie_opens_nothing(client, ticket, mangled):
    client.cookies[COOKIE] = mangled
    assert client.get(page(ticket)).status_code == 302


def test_cookie_of_another_purpose_opens_nothing(client, ticket):
    rows = [(ticket.pk, int(time.time()) + 1000, "x" * 24)]
    client.cookies[COOKIE] = signing.dumps(rows, salt="helpdesk.portal.access", compress=True)
    assert client.get(page(ticket)).status_code == 302


def test_access_ends_after_twelve_hours(client, ticket):
    client.get(link(ticket))
    with mock.patch.object(access.time, "time", return_value=time.time() + 12 * 3600 + 1):
        assert client.get(page(ticket)).status_code == 302


def test_new_key_shuts_open_browsers(client, ticket):
    client.get(link(ticket))
    TicketAccess.objects.filter(ticket=ticket).update(nonce=new_nonce())
    assert client.get(page(ticket)).status_code == 302


def test_rotated_server_key_keeps_browsers_open(client, ticket, settings):
    client.get(link(ticket))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-" + "y" * 40
    assert client.get(page(ticket)).status_code == 200


def test_retired_server_key_shuts_them(client, ticket, settings):
    settings.HELPDESK_TRACKING_KEYS = ["first-" + "k" * 40]
    TicketAccess.objects.filter(ticket=ticket).delete()
    TicketAccess.objects.create(ticket=ticket)
    ticket = type(ticket).objects.get(pk=ticket.pk)
    client.get(link(ticket))
    assert client.get(page(ticket)).status_code == 200
    settings.HELPDESK_TRACKING_KEYS = ["second-" + "k" * 40]
    assert client.get(page(ticket)).status_code == 302


def test_browser_holds_the_last_twenty_tickets(client):
    tickets = [make_ticket() for _ in range(21)]
    for one in tickets:
        client.get(link(one))
    assert [client.get(page(one)).status_code for one in tickets] == [302] + [200] * 20


def test_finished_on_this_computer_shuts_one_ticket(client, ticket):
    other = make_ticket()
    client.get(link(ticket))
    client.get(link(other))
    assert client.get(reverse("helpdesk:forget", args=[ticket.number])).status_code == 200
    assert client.post(reverse("helpdesk:forget", args=[ticket.number])).status_code == 302
    assert [client.get(page(one)).status_code for one in (ticket, other)] == [302, 200]
