"""Parents and children, and merges that were wrong: the old state comes back, and nobody's words leak."""

from datetime import timedelta

import pytest
from django.core import mail

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import HelpDeskSettings, Ticket
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import conversation, intake
from helpdesk_plugin.services.errors import NotPermitted, StepNotAllowed, TooLate, WrongParent
from helpdesk_plugin.services.relations import (
    link_ticket,
    recovery_to_propose,
    unlink_ticket,
    unmerge_ticket,
    unmerging_deadline,
)
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, make_service, make_ticket, ticket_at

MERGEABLE = (
    TicketStatus.SUBMITTED,
    TicketStatus.TRIAGED,
    TicketStatus.DISPOSED,
    TicketStatus.ASSIGNED,
    TicketStatus.DIAGNOSING,
    TicketStatus.REOPENED,
)


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


def again(ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


# --- Undoing a merge -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", MERGEABLE)
def test_undone_merge_restores_the_state_that_the_ticket_had(staff, status):
    ticket, main = ticket_at(status, staff=staff), make_ticket()
    running = set(ticket.step_records.running().values_list("code", flat=True))
    facts = ("priority", "assignee_id", "promise", "response_due_at", "disposed_at", "examined_at")
    before = {name: getattr(ticket, name) for name in facts}
    position = ticket.sop_position
    intake.merge_ticket(ticket.pk, main, by=staff.teknisi)
    undone = unmerge_ticket(ticket.pk, by=staff.teknisi, note="Ternyata ruangan lain.")
    assert (undone.state, undone.merged_into, undone.held_from) == (status, None, "")
    assert {name: getattr(undone, name) for name in facts} == before
    assert undone.sop_position == position
    assert set(undone.step_records.running().values_list("code", flat=True)) == running
    event = undone.events.get(act="unmerge")
    assert (event.sop_code, event.public, event.public_note) == (position, True, "")
    assert event.data["from"] == main.number
    assert f"{ticket.number}" in main.events.newest_first().first().note
    assert undone.history.first().history_change_reason == "unmerge"


def test_clock_stood_while_the_ticket_was_merged(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    ticket = journey.to(TicketStatus.ASSIGNED)
    due = ticket.recovery_due_at
    with acting_at(journey.at):
        intake.merge_ticket(ticket.pk, make_ticket(), by=staff.teknisi)
    with acting_at(journey.at + timedelta(minutes=30)):
        undone = unmerge_ticket(ticket.pk, by=staff.teknisi, note="Keliru.")
    assert undone.clock_running_since is not None
    assert undone.recovery_due_at == due + timedelta(minutes=30)


def test_merge_is_undone_within_the_agreed_days(staff):
    own = HelpDeskSettings.load()
    own.undo_merge_days = 2
    own.save()
    ticket = make_ticket(at=MONDAY_9)
    with acting_at(MONDAY_9):
        intake.merge_ticket(ticket.pk, make_ticket(at=MONDAY_9), by=staff.teknisi)
    deadline = unmerging_deadline(again(ticket))
    assert (deadline - MONDAY_9).days == 2
    with acting_at(deadline + timedelta(seconds=1)), pytest.raises(TooLate):
        unmerge_ticket(ticket.pk, by=staff.teknisi, note="Terlambat.")
    with acting_at(deadline):
        assert unmerge_ticket(ticket.pk, by=staff.teknisi, note="Tepat waktu.").is_open


def test_only_what_was_merged_can_be_undone_and_only_by_those_who_may(staff):
    ticket = make_ticket()
    with pytest.raises(StepNotAllowed):
        unmerge_ticket(ticket.pk, by=staff.teknisi, note="Tidak ada.")
    intake.merge_ticket(ticket.pk, make_ticket(), by=staff.teknisi)
    for by, refusal in ((staff.kadis, NotPermitted), (Party.REQUESTER, StepNotAllowed)):
        with pytest.raises(refusal):
            unmerge_ticket(ticket.pk, by=by, note="Saya ingin.")
    assert again(ticket).state is TicketStatus.MERGED


def test_ticket_can_be_merged_and_undone_again(staff):
    ticket, main = make_ticket(), make_ticket()
    for turn in range(2):
        intake.merge_ticket(ticket.pk, main, by=staff.teknisi, key=f"m{turn}")
        unmerge_ticket(ticket.pk, by=staff.teknisi, note="Keliru.", key=f"u{turn}")
    assert again(ticket).state is TicketStatus.SUBMITTED


# --- Parent and child ----------------------------------------------------------------------------------


def test_child_names_its_parent_and_keeps_its_own_journey(staff):
    child, parent = ticket_at(TicketStatus.DIAGNOSING, staff=staff), make_ticket()
    linked = link_ticket(child.pk, parent, by=staff.teknisi)
    assert (linked.parent, linked.state) == (parent, TicketStatus.DIAGNOSING)
    assert linked.recovery_due_at == child.recovery_due_at
    assert linked.events.get(act="link").data["parent"] == parent.number
    assert not linked.events.get(act="link").public
    parted = unlink_ticket(child.pk, by=staff.teknisi)
    assert parted.parent is None
    assert [e.act for e in again(parent).events.newest_first()[:2]] == ["note", "note"]


def test_a_family_has_two_generations_of_one_confidentiality(staff):
    grandparent, parent, child = make_ticket(), make_ticket(), make_ticket()
    link_ticket(parent.pk, grandparent, by=staff.teknisi)
    secret = make_ticket(service=make_service(is_security=True))
    closed = ticket_at(TicketStatus.CLOSED, staff=staff)
    for one, other in (
        (child, parent),
        (grandparent, child),
        (child, child),
        (child, secret),
        (child, closed),
    ):
        with pytest.raises(WrongParent):
            link_ticket(one.pk, other, by=staff.teknisi)
    assert again(child).parent_id is None
    with pytest.raises(StepNotAllowed):
        link_ticket(parent.pk, child, by=staff.teknisi)


def test_proposal_for_children_names_nobody_of_the_parent(staff):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.RESOLVED)
    solution = journey.ticket.solution_set.get()
    solution.action = "Kabel di ruang Sari Melati (0812-3456-7890) disambung"
    solution.save()
    proposal = recovery_to_propose(journey.ticket)
    assert proposal["action"] == "Kabel di ruang […]) disambung"
    assert recovery_to_propose(make_ticket()) == {}


# --- Nothing of one requester reaches another ----------------------------------------------------------

SECRETS = ("Budi Rahasia", "budi.rahasia", "0857-1111-2222", "85711112222", "CatatanDalam", "BalasanInduk")


def parent_full_of_words(staff):
    journey = Journey(
        staff=staff,
        requester_name="Budi Rahasia",
        requester_email="budi.rahasia@example.test",
        requester_phone="+6285711112222",
    )
    journey.to(TicketStatus.RESOLVED)
    conversation.note_ticket(journey.id, by=staff.prakom, note="CatatanDalam tentang Budi Rahasia")
    conversation.reply_to_ticket(journey.id, by=Party.REQUESTER, note="BalasanInduk dari Budi Rahasia")
    return journey


@pytest.mark.parametrize("how", ["child", "duplicate", "undone"])
def test_neither_tracker_nor_mail_shows_what_is_anothers(staff, client, how):
    journey = parent_full_of_words(staff)
    own = make_ticket(requester_email="wati@example.test", requester_name="Wati")
    if how == "child":
        link_ticket(own.pk, journey.ticket, by=staff.teknisi)
    else:
        intake.merge_ticket(own.pk, journey.ticket, by=staff.teknisi)
    if how == "undone":
        unmerge_ticket(own.pk, by=staff.teknisi, note="CatatanDalam: milik Budi Rahasia")
    journey.inform()
    outbox.deliver_due()
    answer = client.get(f"/help-desk/t/{own.number}/{own.access.link_token}/", follow=True)
    seen = [answer.content.decode()]
    seen += [f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox if m.to == ["wati@example.test"]]
    assert len(seen) > 1
    for text in seen:
        assert [secret for secret in SECRETS if secret in text] == []
        assert journey.ticket.number not in text
