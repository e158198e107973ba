"""The beat of every act: what the door checks, what it writes, what it refuses."""

import threading

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import STAFF_ROLES, Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS, StepNotAllowed, acts_from
from helpdesk_plugin.models import LedgerIsAppendOnly, Ticket, TicketEvent
from helpdesk_plugin.permissions import STAFF_ACTS, available_acts
from helpdesk_plugin.services import closure, conversation, disposition, handling, intake, submission
from helpdesk_plugin.services.errors import NoteRequired, NotPermitted, StaleTicket
from helpdesk_plugin.signals import ticket_stepped
from tests.factories import (
    MONDAY_9,
    PDF,
    Journey,
    Staff,
    accepted,
    make_agency_data,
    make_ticket,
    make_user,
    ticket_at,
    without_security_rights,
)

S = TicketStatus


@pytest.mark.parametrize("status", list(TicketStatus))
def test_journey_reaches_every_status_and_records_each_act(staff, status):
    ticket = ticket_at(status, staff=staff)
    assert ticket.state is status
    events = list(ticket.events.all())
    assert events[0].what is Step.SUBMIT
    assert events[0].from_status == ""
    assert [e.from_status for e in events[1:]] == [e.to_status for e in events[:-1]]
    assert events[-1].to_status == status.value
    assert ticket.history.count() == len(events)


def test_act_writes_one_event_one_history_row_and_one_version(staff):
    ticket = make_ticket()
    closure.cancel_ticket(ticket.pk, note="Sudah normal sendiri.")
    event = ticket.events.last()
    assert (event.act, event.party, event.role, event.by) == ("cancel", "requester", "requester", None)
    assert (event.from_status, event.to_status, event.sop_code) == ("submitted", "cancelled", "S2")
    ticket.refresh_from_db()
    assert ticket.version == 2
    newest = ticket.history.first()
    assert (newest.history_change_reason, newest.status) == ("cancel", "cancelled")


def test_history_names_the_officer_and_the_act(staff):
    ticket = ticket_at(S.TRIAGED, staff=staff)
    newest = ticket.history.first()
    assert newest.history_user == staff.teknisi
    assert newest.history_change_reason == "triage"


def test_remark_leaves_the_row_and_its_history_alone(staff):
    ticket = make_ticket()
    conversation.note_ticket(ticket.pk, by=staff.kabid, note="Catatan kami.")
    assert ticket.history.count() == 1
    assert Ticket.objects.get(pk=ticket.pk).version == 1
    assert ticket.events.last().public is False


@pytest.mark.parametrize("role", STAFF_ROLES)
@pytest.mark.parametrize("act", STAFF_ACTS)
def test_default_grants_are_the_offices_of_the_table(db, role, act):
    user = make_user(role)
    assert user.has_perm(f"helpdesk_plugin.{act.value}_ticket") == (role in TRANSITIONS[act].roles)


@pytest.mark.parametrize("status", list(TicketStatus))
def test_available_acts_are_what_status_and_office_both_allow(staff, status):
    ticket = ticket_at(status, staff=staff)
    for role, user in staff.everyone().items():
        held, opened = ticket.held_from_state, ticket.opened_acts
        open_acts = acts_from(status, Party.STAFF, held_from=held, opened=opened)
        expected = [a for a in open_acts if role in TRANSITIONS[a].roles and role is not Role.EDITOR]
        if ticket.assignee == user and Remark.TAKE in expected:
            expected.remove(Remark.TAKE)
        assert list(available_acts(ticket, user)) == expected, role


@pytest.mark.parametrize("role", [r for r in STAFF_ROLES if r is not Role.HEAD_OF_AGENCY])
def test_disposition_by_another_office_is_refused_and_changes_nothing(staff, role):
    ticket = ticket_at(S.TRIAGED, staff=staff)
    before = ticket.events.count()
    with pytest.raises(NotPermitted):
        disposition.dispose_ticket(ticket.pk, disposition.Order(), by=staff[role])
    assert Ticket.objects.get(pk=ticket.pk).state is S.TRIAGED
    assert ticket.events.count() == before


def test_permission_moved_in_the_group_editor_moves_the_step(staff):
    ticket = ticket_at(S.TRIAGED, staff=staff)
    staff.kabid.groups.first().permissions.add(Permission.objects.get(codename="dispose_ticket"))
    deputy = type(staff.kabid).objects.get(pk=staff.kabid.pk)
    disposition.dispose_ticket(ticket.pk, disposition.Order(), by=deputy)
    event = ticket.events.last()
    assert (event.by, event.role) == (deputy, Role.DIVISION_HEAD.value)


def test_nobody_cannot_act(staff):
    with pytest.raises(TypeError):
        closure.cancel_ticket(make_ticket().pk, by=None)


def test_inactive_officer_is_refused(staff):
    ticket = make_ticket()
    officer = staff.teknisi
    officer.is_active = False
    officer.save()
    with pytest.raises(NotPermitted):
        conversation.note_ticket(ticket.pk, by=officer, note="x")


def test_security_ticket_is_closed_to_officers_without_the_permission(staff):
    ticket = make_ticket()
    Ticket.objects.filter(pk=ticket.pk).update(security_flag=True)
    without_security_rights(staff.teknisi)
    with pytest.raises(NotPermitted):
        intake.return_ticket(ticket.pk, by=staff.teknisi, note="x")


def test_step_that_the_procedure_does_not_have_is_refused(staff):
    ticket = make_ticket()
    with pytest.raises(StepNotAllowed):
        closure.close_ticket(ticket.pk, by=staff.prakom)


@pytest.mark.parametrize("note", ["", "   ", "\n\t"])
def test_reason_of_white_space_is_no_reason(staff, note):
    with pytest.raises(NoteRequired):
        intake.return_ticket(make_ticket().pk, by=staff.teknisi, note=note)


def test_repeated_key_does_nothing_twice(staff):
    ticket = make_ticket()
    for _again in range(2):
        result = intake.return_ticket(ticket.pk, by=staff.teknisi, note="Lengkapi.", key="abc")
        assert result.state is S.RETURNED
    assert [e.act for e in ticket.events.all()] == ["submit", "return"]


def test_form_opened_before_a_change_is_stale(staff):
    ticket = make_ticket()
    seen = ticket.version
    intake.return_ticket(ticket.pk, by=staff.teknisi, note="Lengkapi.")
    with pytest.raises(StepNotAllowed):
        intake.return_ticket(ticket.pk, by=staff.teknisi, note="Lengkapi.", version=seen)
    submission.resubmit_ticket(ticket.pk, by=Party.REQUESTER, changes={"summary": "Lebih jelas"})
    with pytest.raises(StaleTicket) as refused:
        intake.return_ticket(ticket.pk, by=staff.teknisi, note="Lengkapi.", version=seen)
    assert refused.value.last.act == "resubmit"


def test_ledger_is_append_only(staff):
    event = make_ticket().events.get()
    event.note = "lain"
    for attempt in (
        event.save,
        event.delete,
        TicketEvent.objects.all().delete,
        lambda: TicketEvent.objects.update(note=""),
    ):
        with pytest.raises(LedgerIsAppendOnly):
            attempt()
    assert TicketEvent.objects.get().note == ""


def test_signal_comes_after_commit_and_its_failure_reaches_nobody(
    staff, django_capture_on_commit_callbacks, caplog
):
    heard = []

    def listener(sender, event, ticket, **kwargs):
        heard.append((sender, event.act, ticket.number))
        raise RuntimeError("a broken host site")

    ticket_stepped.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            ticket = make_ticket()
            assert heard == []
    finally:
        ticket_stepped.disconnect(listener)
    assert heard == [(Ticket, "submit", ticket.number)]


def test_files_of_an_act_belong_to_it(staff):
    ticket = make_ticket(files=[accepted("foto.pdf")])
    attachment = ticket.attachments.get()
    assert attachment.event == ticket.events.get()
    assert attachment.name == "foto.pdf"
    with attachment.file.open() as stored:
        assert stored.read() == PDF
    assert "foto" not in attachment.file.name


def test_internal_files_are_not_for_the_requester(staff):
    ticket = make_ticket()
    conversation.attach_files(ticket.pk, by=staff.teknisi, files=[accepted("a.pdf")])
    conversation.attach_files(ticket.pk, by=staff.teknisi, files=[accepted("b.pdf")], internal=True)
    assert [a.name for a in ticket.attachments.public()] == ["a.pdf"]


def test_diagnosis_files_are_not_for_the_requester_though_the_step_is(staff):
    ticket = ticket_at(S.DIAGNOSING, staff=staff)
    handling.diagnose_ticket(
        ticket.pk,
        handling.Finding("a", "b"),
        by=staff.prakom,
        note="rahasia kami",
        files=[accepted("foto.pdf")],
    )
    event = ticket.events.last()
    assert event.public
    assert event.public_note == ""
    assert list(ticket.attachments.public()) == []


def _in_threads(*tasks):
    results = [None] * len(tasks)
    barrier = threading.Barrier(len(tasks))

    def run(index, task):
        barrier.wait()
        try:
            results[index] = task()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, t)) for i, t in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_one_wins_and_nothing_is_done_twice():
    make_agency_data()
    staff = Staff()
    ticket = ticket_at(S.TRIAGED, staff=staff)
    users = [staff.kadis, make_user(Role.HEAD_OF_AGENCY)]
    results = _in_threads(
        *[
            lambda user=user: disposition.dispose_ticket(ticket.pk, disposition.Order(), by=user)
            for user in users * 10
        ]
    )
    won = [r for r in results if isinstance(r, Ticket)]
    assert len(won) == 1
    assert len([r for r in results if isinstance(r, StepNotAllowed)]) == 19
    assert ticket.events.filter(act="dispose").count() == 1
    assert ticket.dispositions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_press_sent_twice_at_once_is_one_act():
    make_agency_data()
    ticket = make_ticket()
    results = _in_threads(
        *[
            lambda: conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note="Halo", key="k1")
            for _ in range(6)
        ]
    )
    assert [type(r) for r in results] == [Ticket] * 6
    assert ticket.events.filter(act="reply").count() == 1


@pytest.mark.django_db(transaction=True)
def test_merging_crosswise_at_once_leaves_one_open():
    make_agency_data()
    staff = Staff()
    one, two = make_ticket(), make_ticket()
    user = staff.teknisi
    results = _in_threads(
        lambda: intake.merge_ticket(one.pk, two, by=user), lambda: intake.merge_ticket(two.pk, one, by=user)
    )
    assert sorted(type(r).__name__ for r in results) == ["Ticket", "WrongTarget"]
    assert Journey(one).ticket.is_open != Journey(two).ticket.is_open


def test_a_clock_set_back_does_not_turn_the_order_of_acts(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.TRIAGED)
    with acting_at(MONDAY_9):
        journey.dispose()
    triaged, disposed = list(journey.ticket.events.all())[-2:]
    assert disposed.at == triaged.at
    assert (triaged.act, disposed.act) == ("triage", "dispose")
