"""Notices and the tickets that follow them: linked, answered, handled together, proposed."""

import pytest
from django.utils import timezone

from helpdesk_plugin.domain.notices import NoticePhase
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import (
    HelpDeskSettings,
    NoticeProposal,
    StatusNotice,
)
from helpdesk_plugin.services import notice_links, notice_updates
from helpdesk_plugin.services.notice_proposals import propose_notices
from helpdesk_plugin.services.notice_updates import Words
from tests.factories import make_notice, make_service, make_ticket, ticket_at
from tests.staff.conftest import act_url, filled, messages_of, page_url
from tests.staff.test_notices import url


def test_an_officer_links_and_unlinks_on_the_ticket(staff, teknisi):
    ticket, notice = make_ticket(), make_notice(title="Internet putus")
    html = teknisi.get(page_url(ticket)).content.decode()
    assert act_url(ticket, Remark.FOLLOW_NOTICE) in html
    assert act_url(ticket, Remark.UNFOLLOW_NOTICE) not in html
    address = act_url(ticket, Remark.FOLLOW_NOTICE)
    teknisi.post(address, filled(teknisi, address, notice=notice.pk, lead="on"))
    html = teknisi.get(page_url(ticket)).content.decode()
    assert url("inspect", notice.pk) in html
    assert "gangguan induk" in html
    address = act_url(ticket, Remark.UNFOLLOW_NOTICE)
    assert address in html
    teknisi.post(address, filled(teknisi, address, notice=notice.pk))
    assert not ticket.notice_links.exists()


def test_publishing_offers_to_answer_and_answers_what_is_ticked(staff, teknisi, editor):
    notice, first, second = make_notice(), make_ticket(), make_ticket()
    for ticket in (first, second):
        notice_links.follow_notice(ticket.pk, notice, by=staff.teknisi)
    notice_updates.write_update(notice, Words("Kabel ditemukan."), by=staff[Role.EDITOR])
    linked = url("linked", notice.pk)
    assert linked in teknisi.get("/admin/").content.decode()
    page = teknisi.get(linked)
    assert [row["ticked"] for row in page.context["rows"]] == [True, True]
    report = teknisi.post(linked, {"tickets": [first.pk], "answer": "1"})
    assert report.context["rows"] == [(first, "")]
    assert first.events.filter(act=Remark.REPLY.value, note__contains="Kabel ditemukan.").count() == 1
    assert not second.events.filter(act=Remark.REPLY.value).exists()
    assert [row["ticked"] for row in teknisi.get(linked).context["rows"]] == [False, True]
    assert linked not in teknisi.get("/admin/").content.decode()


def test_the_end_of_a_notice_offers_to_handle_what_follows(staff, teknisi):
    notice = make_notice()
    ready, new = (ticket_at(s, staff=staff) for s in (TicketStatus.RECOVERING, TicketStatus.SUBMITTED))
    for ticket in (ready, new):
        notice_links.follow_notice(ticket.pk, notice, by=staff.teknisi)
    linked = url("linked", notice.pk)
    assert not teknisi.get(linked).context["may_resolve"]
    notice_updates.write_update(notice, Words("Pulih.", phase=NoticePhase.RESOLVED), by=staff[Role.EDITOR])
    page = teknisi.get(linked)
    assert page.context["may_resolve"]
    key = page.context["resolve_form"].initial["key"]
    sent = {"tickets": [ready.pk, new.pk], "resolve": "1", "key": key, "cause": "Kabel putus"}
    lacking = teknisi.post(linked, sent)
    assert set(lacking.context["resolve_form"].errors) == {"action", "told"}
    report = teknisi.post(linked, sent | {"action": "Disambung", "told": "Sudah pulih."})
    assert report.context["done"] == 1
    refused = dict(report.context["rows"])
    assert refused[ready] == ""
    assert "tidak dapat" in refused[new] or "belum" in refused[new]
    ready.refresh_from_db()
    assert (ready.status, ready.confirmed_at) == (TicketStatus.RESOLVED.value, None)


@pytest.mark.parametrize("sent", [{}, {"tickets": ["x"]}, {"tickets": ["999999"]}, {"resolve": "1"}])
def test_damaged_ticks_are_answered_with_a_sentence(staff, teknisi, sent):
    notice = make_notice()
    notice_links.follow_notice(make_ticket().pk, notice, by=staff.teknisi)
    response = teknisi.post(url("linked", notice.pk), sent)
    assert response.status_code == 200
    assert response.context["problem"]


def test_a_proposal_is_decided_by_a_person(staff, teknisi, editor):
    settings = HelpDeskSettings.load()
    settings.notice_similar_tickets = 2
    settings.save()
    service = make_service(name="Internet OPD")
    tickets = [make_ticket(service=service) for _ in range(2)]
    propose_notices(timezone.now())
    address = url("proposal", NoticeProposal.objects.get().pk)
    assert address in teknisi.get("/admin/").content.decode()
    assert address not in editor.get("/admin/").content.decode()
    assert editor.get(address).url == "/admin/"
    page = teknisi.get(address)
    assert [ticket.pk for ticket in page.context["tickets"]] == [ticket.pk for ticket in tickets]
    response = teknisi.post(address, {})
    notice = StatusNotice.objects.get()
    assert response.url == url("inspect", notice.pk)
    assert notice.ticket_links.count() == 2
    again = teknisi.post(address, {}, follow=True)
    assert "sudah diputuskan" in " ".join(messages_of(again))


def test_a_dismissal_ends_a_proposal(staff, teknisi):
    settings = HelpDeskSettings.load()
    settings.notice_similar_tickets = 2
    settings.save()
    service = make_service()
    for _ in range(2):
        make_ticket(service=service)
    propose_notices(timezone.now())
    address = url("proposal", NoticeProposal.objects.get().pk)
    teknisi.post(address, {"dismiss": "1"})
    assert address not in teknisi.get("/admin/").content.decode()
    assert not StatusNotice.objects.exists()
