"""A contact (PIC) follows the agency's tickets: progress and a word to the desk, no more than that."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.clock import now
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OpdContact, OutboxMessage
from helpdesk_plugin.portal.acts import DEEDS
from helpdesk_plugin.services import conversation
from tests.factories import Journey, accepted, make_opd, make_service, make_ticket
from tests.portal.by_mail import index, link_for
from tests.portal.conftest import act, page

PIC = "rina@example.test"


@pytest.fixture
def contact(opd):
    return OpdContact.objects.create(opd=opd, name="Rina Wati", email=PIC, first_day=date(2026, 1, 1))


@pytest.fixture
def pic(client, contact):
    assert client.post(link_for(PIC)).status_code == 302
    return client


@pytest.fixture
def ticket(opd):
    return make_ticket(opd=opd)


def of_agency(ticket):
    return reverse("helpdesk:agency_ticket", args=[ticket.number])


def reply(ticket):
    return reverse("helpdesk:agency_reply", args=[ticket.number])


def test_list_keeps_the_agencys_tickets_apart_from_ones_own(pic, opd, ticket):
    own = make_ticket(opd=opd, requester_email=PIC)
    make_ticket()
    listed = pic.get(index()).context["page"]
    assert [row.ticket for row in listed.own.object_list] == [own]
    assert [row.ticket for row in listed.of_agencies.object_list] == [ticket]
    html = pic.get(index()).content.decode()
    before, after = html.split("Dari OPD saya, diajukan orang lain")
    assert own.number in before
    assert own.number not in after
    assert ticket.number in after


def test_page_shows_progress_without_the_requesters_keys_files_and_contacts(pic, opd):
    journey = Journey(
        opd=opd,
        requester_name="RAHASIA-NAMA",
        requester_phone="+6281299998888",
        requester_nip="198609262015051001",
        description="RAHASIA-URAIAN",
    )
    conversation.reply_to_ticket(
        journey.id, by=Party.REQUESTER, note="Pesan rekan", files=[accepted("RAHASIA-BERKAS.pdf")]
    )
    conversation.note_ticket(journey.id, by=journey.staff.prakom, note="RAHASIA-CATATAN")
    ticket = journey.to(TicketStatus.WAITING_REQUESTER)
    html = pic.get(of_agency(ticket)).content.decode()
    for told in ("Pesan rekan", "Kapan petugas boleh datang?", "Menunggu", ticket.number):
        assert told in html
    secrets = ("RAHASIA", "81299998888", "9999-8888", "198609262015051001", "sari.melati")
    keys = (ticket.access.code, ticket.access.link_token, reverse("helpdesk:receipt", args=[ticket.number]))
    assert [secret for secret in (*secrets, *keys) if secret in html] == []
    assert "Anda" not in html.split('class="hd-standing"')[1].split("</section>")[0]
    assert [deed.slug for deed in DEEDS if act(ticket, deed.slug) in html] == []


@pytest.mark.parametrize("status", list(TicketStatus))
def test_page_opens_in_every_status(pic, opd, status):
    ticket = Journey(opd=opd).to(status)
    assert pic.get(of_agency(ticket)).status_code == 200
    assert pic.get(reply(ticket)).status_code == 200
    if not ticket.is_open:
        assert pic.post(reply(ticket), {"note": "Halo"}).status_code == 409


def test_requesters_own_pages_stay_shut_to_the_contact(pic, ticket):
    pic.get(of_agency(ticket))
    assert pic.get(page(ticket)).status_code == 302
    for deed in DEEDS:
        assert pic.post(act(ticket, deed.slug), {"note": "x"}).status_code == 302
    assert pic.get(reverse("helpdesk:my_ticket", args=[ticket.number])).status_code == 302
    assert pic.get(reverse("helpdesk:survey", args=[ticket.number])).status_code == 302
    assert ticket.events.count() == 1


@pytest.mark.parametrize("why", ["ended", "not yet", "other agency", "secret", "own", "signed out"])
def test_what_is_not_entrusted_does_not_open(pic, contact, opd, why):
    today = agency_date(now())
    fields = {
        "other agency": {"opd": make_opd()},
        "secret": {"opd": opd, "service": make_service(is_security=True)},
        "own": {"opd": opd, "requester_email": PIC},
    }.get(why, {"opd": opd})
    ticket = make_ticket(**fields)
    if why == "ended":
        OpdContact.objects.update(last_day=today - timedelta(days=1))
    if why == "not yet":
        OpdContact.objects.update(first_day=today + timedelta(days=1))
    client = Client() if why == "signed out" else pic
    for answer in (
        client.get(of_agency(ticket)),
        client.get(reply(ticket)),
        client.post(reply(ticket), {"note": "Halo"}),
    ):
        assert answer.headers["Location"] == f"{reverse('helpdesk:track')}?nomor={ticket.number}"
    assert ticket.events.count() == 1


def test_former_contact_sees_nothing_of_the_agency_from_the_day_after(pic, ticket):
    today = agency_date(now())
    OpdContact.objects.update(last_day=today)
    assert ticket.number in pic.get(index()).content.decode()
    OpdContact.objects.update(last_day=today - timedelta(days=1))
    html = pic.get(index()).content.decode()
    assert ticket.number not in html
    assert "Dari OPD saya" not in html


def test_message_reaches_the_officers_and_is_marked_for_the_requester(pic, opd, open_here):
    ticket = Journey(opd=opd).to(TicketStatus.RECOVERING)
    OutboxMessage.objects.all().delete()
    answer = pic.post(reply(ticket), {"note": "Mohon kabarnya."})
    assert answer.headers["Location"] == f"{of_agency(ticket)}?terkirim=1"
    assert "Pesan Anda sudah terkirim." in pic.get(answer.headers["Location"]).content.decode()
    assert {message.to_requester for message in OutboxMessage.objects.all()} == {False}
    open_here(ticket)
    html = pic.get(page(ticket)).content.decode()
    assert "Mohon kabarnya." in html
    assert "PIC OPD" in html
    assert "Rina Wati" not in html


def test_message_sent_twice_is_one(pic, ticket):
    key = pic.get(reply(ticket)).context["form_key"]
    for _ in range(2):
        assert pic.post(reply(ticket), {"note": "Halo", "kunci": str(key)}).status_code == 302
    assert ticket.events.filter(act="reply").count() == 1


def test_empty_message_is_refused_with_a_reason(pic, ticket):
    answer = pic.post(reply(ticket), {"note": " "})
    assert answer.status_code == 422
    assert 'href="#id_note"' in answer.content.decode()


AGENCY_TICKET = 8  # visit; ticket; contact; ledger; steps taken, standards; agency; notices


def test_page_costs_the_same(pic, opd, django_assert_num_queries):
    ticket = Journey(opd=opd).to(TicketStatus.RECOVERING)
    for n in range(20):
        conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note=str(n))
    with django_assert_num_queries(AGENCY_TICKET):
        pic.get(of_agency(ticket))
