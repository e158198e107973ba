"""Tickets follow a notice by the door; all are answered and handled together, each judged by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from helpdesk_plugin.domain.notices import NoticePhase
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import HelpDeskSettings, NoticeProposal, NoticeTicket, ProposalState, StatusNotice
from helpdesk_plugin.services import notice_links, notice_proposals, notice_updates
from helpdesk_plugin.services.errors import NotPermitted, StepNotAllowed
from helpdesk_plugin.services.notice_links import follow_notice, unfollow_notice
from helpdesk_plugin.services.notice_updates import Words
from tests.factories import make_notice, make_service, make_ticket, ticket_at, without_security_rights

pytestmark = pytest.mark.django_db


def acts_of(ticket):
    return [event.act for event in ticket.events.order_by("pk")]


@pytest.fixture
def editor(staff):
    return staff[Role.EDITOR]


def test_a_ticket_follows_a_public_notice_and_its_requester_reads_which(staff):
    ticket, notice = make_ticket(language="en"), make_notice(title="Internet putus", title_en="Internet down")
    follow_notice(ticket.pk, notice, by=staff.teknisi)
    event = ticket.events.get(act=Remark.FOLLOW_NOTICE.value)
    assert (event.note, event.public, event.content_public) == ("Internet down", True, True)
    assert event.data == {"notice": notice.pk, "title": "Internet putus"}
    assert ticket.notice_links.get().notice == notice


def test_a_draft_is_told_to_nobody(staff):
    ticket, draft = make_ticket(), make_notice(published=False)
    follow_notice(ticket.pk, draft, by=staff.teknisi)
    event = ticket.events.get(act=Remark.FOLLOW_NOTICE.value)
    assert not event.public
    assert not event.content_public


def test_linking_twice_writes_one_line(staff):
    ticket, notice = make_ticket(), make_notice()
    for _ in range(2):
        follow_notice(ticket.pk, notice, by=staff.teknisi)
    assert acts_of(ticket).count(Remark.FOLLOW_NOTICE.value) == 1


def test_there_is_one_parent_incident(staff):
    first, second, notice = make_ticket(), make_ticket(), make_notice()
    follow_notice(first.pk, notice, by=staff.teknisi, lead=True)
    follow_notice(second.pk, notice, by=staff.teknisi, lead=True)
    assert NoticeTicket.objects.get(lead=True).ticket == second
    follow_notice(first.pk, notice, by=staff.teknisi, lead=True)
    assert NoticeTicket.objects.get(lead=True).ticket == first


def test_unlinking_is_on_record(staff):
    ticket, notice = make_ticket(), make_notice()
    follow_notice(ticket.pk, notice, by=staff.teknisi)
    unfollow_notice(ticket.pk, notice, by=staff.teknisi)
    assert not ticket.notice_links.exists()
    assert acts_of(ticket)[-2:] == [Remark.FOLLOW_NOTICE.value, Remark.UNFOLLOW_NOTICE.value]


def test_confidential_tickets_follow_no_notice(staff):
    ticket = make_ticket(service=make_service(is_security=True))
    with pytest.raises(notice_links.Confidential):
        follow_notice(ticket.pk, make_notice(), by=staff.teknisi)
    assert not NoticeTicket.objects.exists()
    assert Remark.FOLLOW_NOTICE.value not in acts_of(ticket)


def test_nothing_follows_what_is_over(staff, editor):
    notice = make_notice()
    notice_updates.write_update(notice, Words("Pulih.", phase=NoticePhase.RESOLVED), by=editor)
    with pytest.raises(notice_links.NoticeIsOver):
        follow_notice(make_ticket().pk, StatusNotice.objects.get(), by=staff.teknisi)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.HEAD_OF_AGENCY])
def test_the_door_asks_who_links(staff, role):
    with pytest.raises(NotPermitted):
        follow_notice(make_ticket().pk, make_notice(), by=staff[role])
    assert not NoticeTicket.objects.exists()


def test_closed_tickets_link_no_more(staff):
    ticket = ticket_at(TicketStatus.CANCELLED, staff=staff)
    with pytest.raises(StepNotAllowed):
        follow_notice(ticket.pk, make_notice(), by=staff.teknisi)


# --- Answering ---


def test_all_linked_tickets_are_answered_in_their_language_once(staff, editor):
    notice = make_notice(title="Internet putus", title_en="Internet down")
    here, there = make_ticket(language="id"), make_ticket(language="en")
    stranger, silent = make_ticket(), make_ticket()
    for ticket in (here, there, silent):
        follow_notice(ticket.pk, notice, by=staff.teknisi)
    update = notice_updates.write_update(
        notice, Words("Kabel ditemukan.", "Cable found.", NoticePhase.IDENTIFIED), by=editor
    )
    chosen = [here.pk, there.pk, stranger.pk]
    for _ in range(2):
        outcomes = notice_links.answer_linked(update, chosen, by=staff.teknisi)
        assert [outcome.refused for outcome in outcomes] == [None, None]
    replies = {
        ticket.pk: [event.note for event in ticket.events.filter(act=Remark.REPLY.value)]
        for ticket in (here, there, stranger, silent)
    }
    assert replies == {
        here.pk: ["Internet putus (Penyebab diketahui)\n\nKabel ditemukan."],
        there.pk: ["Internet down (Cause identified)\n\nCable found."],
        stranger.pk: [],
        silent.pk: [],
    }


def test_tickets_that_an_officer_may_not_know_of_are_not_answered(staff, editor):
    notice, ticket = make_notice(), make_ticket()
    follow_notice(ticket.pk, notice, by=staff.teknisi)
    type(ticket).objects.filter(pk=ticket.pk).update(security_flag=True)
    without_security_rights(staff.teknisi)
    assert notice_links.answer_linked(notice.updates.get(), [ticket.pk], by=staff.teknisi) == []
    assert notice_links.answer_linked(notice.updates.get(), [ticket.pk], by=editor) == []


def test_a_refusal_stops_no_other(staff):
    notice, first, second = make_notice(), make_ticket(), make_ticket()
    for ticket in (first, second):
        follow_notice(ticket.pk, notice, by=staff.teknisi)
    outcomes = notice_links.answer_linked(notice.updates.get(), [first.pk, second.pk], by=staff[Role.AUDITOR])
    assert [type(outcome.refused) for outcome in outcomes] == [NotPermitted, NotPermitted]


# --- Handling ---


def test_what_stands_there_is_handled_and_what_does_not_stays(staff, editor):
    notice = make_notice()
    wanted = (TicketStatus.DIAGNOSING, TicketStatus.RECOVERING, TicketStatus.SUBMITTED)
    diagnosing, recovering, new = (ticket_at(status, staff=staff) for status in wanted)
    for ticket in (diagnosing, recovering, new):
        follow_notice(ticket.pk, notice, by=staff.teknisi)
    notice_updates.write_update(notice, Words("Pulih.", phase=NoticePhase.RESOLVED), by=editor)
    handled = notice_links.Handled("Kabel putus", "Kabel disambung", "Internet kantor Anda sudah pulih.")
    chosen = [diagnosing.pk, recovering.pk, new.pk]
    for _ in range(2):
        outcomes = notice_links.resolve_linked(notice, chosen, handled, by=staff.teknisi, key="k")
    refused = {outcome.ticket.pk: type(outcome.refused) for outcome in outcomes}
    assert refused[new.pk] is StepNotAllowed
    for ticket, steps in ((diagnosing, 3), (recovering, 2), (new, 0)):
        ticket.refresh_from_db()
        taken = [act for act in acts_of(ticket) if act in {Step.RESOLVE, Step.INFORM}]
        assert len(taken) == min(steps, 2)
    assert {diagnosing.status, recovering.status} == {TicketStatus.RESOLVED.value}
    assert diagnosing.informed_at
    assert diagnosing.confirmed_at is None
    assert new.status == TicketStatus.SUBMITTED.value
    assert diagnosing.diagnosis_set.get().cause == "Kabel putus"


def test_a_ticket_is_handled_wholly_or_not_at_all(staff):
    """A computer officer may recover (S7) but not inform (S8), so nothing of the chain is kept."""
    notice, ticket = make_notice(), ticket_at(TicketStatus.RECOVERING, staff=staff)
    follow_notice(ticket.pk, notice, by=staff.prakom)
    handled = notice_links.Handled("Kabel putus", "Kabel disambung", "Sudah pulih.")
    [outcome] = notice_links.resolve_linked(notice, [ticket.pk], handled, by=staff.prakom, key="k")
    assert isinstance(outcome.refused, NotPermitted)
    ticket.refresh_from_db()
    assert ticket.status == TicketStatus.RECOVERING.value


def test_two_hundred_at_once_are_enough(staff):
    with pytest.raises(ValueError, match="at most"):
        notice_links.answer_linked(make_notice().updates.get(), range(201), by=staff.teknisi)


# --- Proposals ---


@pytest.fixture
def internet(staff):
    settings = HelpDeskSettings.load()
    settings.notice_similar_tickets = 3
    settings.save()
    return make_service(name="Internet OPD")


def filed(service, *minutes_ago, **more):
    now = timezone.now()
    return [make_ticket(service=service, at=now - timedelta(minutes=m), **more) for m in minutes_ago]


def test_similar_tickets_propose_a_notice_once(internet):
    tickets = filed(internet, 50, 30, 10)
    filed(make_service(), 5, 4)
    now = timezone.now()
    assert [notice_proposals.propose_notices(now) for _ in range(3)] == [1, 0, 0]
    proposal = NoticeProposal.objects.get()
    assert (proposal.service, proposal.state) == (internet, ProposalState.OPEN)
    assert set(proposal.tickets.all()) == set(tickets)
    [late] = filed(internet, 1)
    assert notice_proposals.propose_notices(now) == 0
    assert set(proposal.tickets.all()) == {*tickets, late}
    assert not StatusNotice.objects.exists()


@pytest.mark.parametrize("more", [{"kind": "request"}, {"service": "security"}])
def test_requests_and_confidential_tickets_propose_nothing(internet, more):
    service = make_service(is_security=True) if more.get("service") else internet
    filed(service, 3, 2, 1, **({"kind": "request"} if "kind" in more else {}))
    assert notice_proposals.propose_notices(timezone.now()) == 0


def test_a_flag_on_the_ticket_alone_keeps_it_out(internet):
    tickets = filed(internet, 3, 2, 1)
    type(tickets[0]).objects.filter(pk=tickets[0].pk).update(security_flag=True)
    assert notice_proposals.propose_notices(timezone.now()) == 0


def test_a_service_that_a_notice_speaks_of_proposes_nothing(internet):
    filed(internet, 3, 2, 1)
    make_notice(services=[internet])
    assert notice_proposals.propose_notices(timezone.now()) == 0


def test_a_dismissal_is_remembered(internet, staff):
    filed(internet, 50, 30, 10)
    now = timezone.now()
    notice_proposals.propose_notices(now)
    notice_proposals.dismiss(NoticeProposal.objects.get().pk, by=staff.teknisi)
    assert notice_proposals.propose_notices(now) == 0
    filed(internet, 3, 2)
    assert notice_proposals.propose_notices(now) == 0
    filed(internet, 1)
    assert notice_proposals.propose_notices(now) == 1
    assert NoticeProposal.objects.filter(state=ProposalState.OPEN).get().tickets.count() == 3


def test_a_draft_of_a_proposal_links_its_tickets_and_says_nothing_of_them(internet, staff):
    tickets = filed(internet, 50, 30, 10, summary="Rahasia dapur")
    notice_proposals.propose_notices(timezone.now())
    proposal = NoticeProposal.objects.get()
    notice = notice_proposals.draft_from(proposal.pk, by=staff.teknisi)
    assert not notice.live
    assert {link.ticket for link in notice.ticket_links.all()} == set(tickets)
    assert notice.ticket_links.get(lead=True).ticket == tickets[0]
    assert notice.starts_at == tickets[0].submitted_at
    assert "Rahasia" not in f"{notice.title}{notice.summary}{notice.facts}"
    assert [row.service for row in notice.affected_services.all()] == [internet]
    with pytest.raises(notice_proposals.AlreadyDecided):
        notice_proposals.dismiss(proposal.pk, by=staff.teknisi)
    assert notice_proposals.propose_notices(timezone.now()) == 0


def test_a_ticket_that_became_confidential_is_left_out_of_the_draft(internet, staff):
    tickets = filed(internet, 50, 30, 10)
    notice_proposals.propose_notices(timezone.now())
    type(tickets[0]).objects.filter(pk=tickets[0].pk).update(security_flag=True)
    notice = notice_proposals.draft_from(NoticeProposal.objects.get().pk, by=staff.teknisi)
    assert {link.ticket for link in notice.ticket_links.all()} == set(tickets[1:])
    assert notice.starts_at == tickets[1].submitted_at


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_whoever_sees_no_ticket_or_drafts_nothing_decides_nothing(internet, staff, role):
    filed(internet, 3, 2, 1)
    notice_proposals.propose_notices(timezone.now())
    with pytest.raises((PermissionDenied, notice_proposals.AlreadyDecided)):
        notice_proposals.draft_from(NoticeProposal.objects.get().pk, by=staff[role])
    assert not StatusNotice.objects.exists()
