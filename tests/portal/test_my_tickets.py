"""The list of one's tickets, and the visit in which it is seen."""

import time
from datetime import timedelta
from unittest import mock

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OpdContact, OutboxMessage, SignIn, Ticket
from helpdesk_plugin.portal import visits
from helpdesk_plugin.services import sign_in
from helpdesk_plugin.templatetags.helpdesk import short_datetime
from tests.factories import Journey, make_opd, make_service, make_ticket
from tests.portal.by_mail import COOKIE, MINE, UNKNOWN, ask, in_address, index, link_for
from tests.portal.conftest import page


@pytest.fixture
def signed_in(client):
    """A browser that has come by a mailed link."""

    def come(address=MINE):
        assert client.post(link_for(address)).status_code == 302
        return client

    return come


# --- The visit ----------------------------------------------------------------------------------------


def test_cookie_is_short_lived_unreadable_to_scripts_and_holds_no_address(client):
    cookie = client.post(link_for(), secure=True).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie["max-age"] == 4 * 3600
    assert index().startswith(cookie["path"])
    assert cookie["path"] != "/"
    assert signing.loads(cookie.value, salt="helpdesk.portal.visit") == SignIn.objects.get().pk


@pytest.mark.parametrize("mangled", ["", "x", "1", "eyJ:1:2", "\xff\x00", "a" * 4000])
def test_mangled_cookie_is_nobodys(client, mangled):
    client.post(link_for())
    client.cookies[COOKIE] = mangled
    assert "Saya ajukan" not in client.get(index()).content.decode()


@pytest.mark.parametrize("content", [1, [1]])
def test_cookie_signed_for_something_else_is_nobodys(client, content):
    # Signed here, not in the parameters: a signature carries the time, and all workers must collect the same.
    client.post(link_for())
    client.cookies[COOKIE] = signing.dumps(content)
    assert "Saya ajukan" not in client.get(index()).content.decode()


def test_visit_ends_after_four_hours(client, signed_in):
    make_ticket()
    signed_in()
    with acting_at(timezone.now() + timedelta(hours=3, minutes=59)):
        assert "Saya ajukan" in client.get(index()).content.decode()
    with acting_at(timezone.now() + timedelta(hours=4, minutes=1)):
        assert "Saya ajukan" not in client.get(index()).content.decode()
    with mock.patch.object(signing.time, "time", return_value=time.time() + 4 * 3600 + 60):
        assert "Saya ajukan" not in client.get(index()).content.decode()


def test_unused_link_is_no_visit(client):
    sign_in.ask_for_link(MINE, language="id")
    client.cookies[COOKIE] = signing.dumps(SignIn.objects.get().pk, salt="helpdesk.portal.visit")
    assert "Saya ajukan" not in client.get(index()).content.decode()


def test_signing_out_shuts_list_and_tickets_and_outlives_a_copied_cookie(client, signed_in):
    ticket = make_ticket()
    signed_in()
    client.get(reverse("helpdesk:my_ticket", args=[ticket.number]))
    assert client.get(page(ticket)).status_code == 200
    copied = client.cookies[COOKIE].value
    assert client.get(reverse("helpdesk:sign_out")).status_code == 200
    assert "Saya ajukan" in client.get(index()).content.decode()
    assert client.post(reverse("helpdesk:sign_out")).headers["Location"] == index()
    assert client.get(page(ticket)).status_code == 302
    assert "Saya ajukan" not in client.get(index()).content.decode()
    thief = Client()
    thief.cookies[COOKIE] = copied
    assert "Saya ajukan" not in thief.get(index()).content.decode()


def test_pages_are_kept_and_found_by_nobody(client, signed_in):
    make_ticket()
    link = link_for()
    signed_in()
    for address in (index(), link, reverse("helpdesk:sign_out")):
        headers = client.get(address).headers
        assert "no-store" in headers["Cache-Control"]
        assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_reading_changes_nothing(client, signed_in):
    ticket = make_ticket()
    signed_in()
    before = (Ticket.objects.values().get(), ticket.events.count(), list(SignIn.objects.values()))
    for address in (index(), index(halaman=2), reverse("helpdesk:my_ticket", args=[ticket.number])):
        client.get(address)
    assert (Ticket.objects.values().get(), ticket.events.count(), list(SignIn.objects.values())) == before


def test_old_requests_are_forgotten_with_their_messages():
    make_ticket()
    sign_in.ask_for_link(MINE, language="id")
    assert sign_in.sweep(timezone.now() + timedelta(hours=23)) == 0
    assert sign_in.sweep(timezone.now() + timedelta(hours=25)) == 1
    assert not SignIn.objects.exists()
    assert not OutboxMessage.objects.filter(ticket=None).exists()


# --- The list -----------------------------------------------------------------------------------------


def test_list_holds_the_tickets_of_the_address_and_no_others(client, signed_in):
    mine = [make_ticket(), make_ticket(requester_email=MINE.upper())]
    others = [make_ticket(requester_email=UNKNOWN), make_ticket(requester_email="")]
    html = signed_in().get(index()).content.decode()
    assert [t.number for t in mine if t.number not in html] == []
    assert [t.number for t in others if t.number in html] == []


def test_open_tickets_come_first_the_newest_of_them_on_top(client, signed_in):
    journey = Journey()
    closed = journey.to(TicketStatus.CLOSED)
    older, newer = make_ticket(), make_ticket()
    rows = signed_in().get(index()).context["page"].own.object_list
    assert [row.ticket.pk for row in rows] == [newer.pk, older.pk, closed.pk]


def test_line_tells_status_step_and_deadline(client, signed_in):
    ticket = Journey().to(TicketStatus.TRIAGED)
    html = signed_in().get(index()).content.decode()
    for told in ("Diterima", "S3 – Disposisi Kepala Dinas", "Internet kantor mati sejak pagi"):
        assert told in html
    assert short_datetime(ticket.recovery_due_at) in html


def test_confidential_ticket_shows_its_status_alone(client, signed_in):
    make_ticket(service=make_service(name="Insiden siber", is_security=True), summary="RAHASIA-RINGKASAN")
    html = signed_in().get(index()).content.decode()
    assert "Rahasia: hanya status yang ditampilkan." in html
    for secret in ("RAHASIA-RINGKASAN", "Insiden siber", "S2 –"):
        assert secret not in html


def test_opening_a_ticket_from_the_list_grants_what_the_code_grants(client, signed_in):
    ticket = make_ticket()
    signed_in()
    assert client.get(page(ticket)).status_code == 302
    answer = client.get(reverse("helpdesk:my_ticket", args=[ticket.number]))
    assert answer.headers["Location"] == page(ticket)
    assert client.get(page(ticket)).status_code == 200


@pytest.mark.parametrize("whose", ["others", "nobody's", "mangled"])
def test_tickets_of_others_do_not_open(client, signed_in, whose):
    other = make_ticket(requester_email=UNKNOWN)
    number = {"others": other.number, "nobody's": "HD-2026-999999", "mangled": "a\x00b"}[whose]
    signed_in()
    address = reverse("helpdesk:my_ticket", args=["NR"]).replace("NR", in_address(number))
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("helpdesk:track"))
    assert client.get(page(other)).status_code == 302


def test_without_a_visit_nothing_opens(client):
    ticket = make_ticket()
    answer = client.get(reverse("helpdesk:my_ticket", args=[ticket.number]))
    assert answer.headers["Location"] == f"{reverse('helpdesk:track')}?nomor={ticket.number}"


def test_empty_list_says_what_will_appear(client, signed_in):
    html = signed_in().get(index()).content.decode()
    assert "Belum ada tiket. Tiket yang Anda ajukan akan tampil di sini." in html


@pytest.mark.parametrize("asked", ["2", "99", "0", "-1", "x", "\x00", "9" * 40])
def test_long_list_has_pages_whatever_is_asked_for(client, signed_in, service, opd, asked):
    for _ in range(21):
        make_ticket(service=service, opd=opd)
    signed_in()
    first = client.get(index()).context["page"].own
    assert (len(first.object_list), first.paginator.num_pages) == (20, 2)
    answer = client.get(index(halaman=asked))
    assert answer.status_code == 200
    assert len(answer.context["page"].own.object_list) in {1, 20}


LIST = 6  # visit; count, tickets; contacts; agency; notices
LIST_OF_CONTACT = 8  # and count and tickets of the agencies


@pytest.mark.parametrize("count", [1, 19])
def test_list_costs_the_same_at_any_length(client, signed_in, django_assert_num_queries, count):
    for _ in range(count):
        make_ticket()
    signed_in()
    with django_assert_num_queries(LIST):
        client.get(index())


@pytest.mark.parametrize("count", [1, 19])
def test_list_of_a_contact_costs_the_same_at_any_length(client, signed_in, django_assert_num_queries, count):
    for n in range(count):
        opd = make_opd()
        OpdContact.objects.create(opd=opd, name="Sari", email=MINE, first_day="2026-01-01")
        make_ticket(opd=opd, requester_email=f"rekan{n}@example.test")
        make_ticket(opd=opd)
    signed_in()
    with django_assert_num_queries(LIST_OF_CONTACT):
        client.get(index())


def test_cache_that_fails_lets_people_ask(client):
    with mock.patch.object(cache, "get_many", side_effect=ConnectionError):
        assert ask(client, MINE).status_code == 302


def test_forgetting_works_without_a_visit(client):
    assert client.post(reverse("helpdesk:sign_out")).status_code == 302
    assert visits.COOKIE == COOKIE
