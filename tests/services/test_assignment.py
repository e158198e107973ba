"""Who works on a ticket: taking it, handing it over, and what both leave as it is."""

import threading
from datetime import date

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Assignment, OutboxMessage, Ticket
from helpdesk_plugin.services import conversation, disposition
from helpdesk_plugin.services.assignment import hand_over_ticket, take_ticket
from helpdesk_plugin.services.errors import (
    CannotBeGiven,
    NoteRequired,
    NothingToChange,
    NotPermitted,
    StaleTicket,
    StepNotAllowed,
)
from tests.factories import Journey, Staff, make_agency_data, make_ticket, make_user, without_security_rights


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


@pytest.fixture
def assigned(staff):
    """A ticket that the computer officer leads and the technician helps with."""
    return Journey(staff=staff).to(TicketStatus.ASSIGNED)


def on_it(ticket) -> list:
    return [(one.officer, one.leads) for one in Assignment.objects.on_ticket(ticket)]


def told(ticket, act) -> set:
    messages = OutboxMessage.objects.filter(ticket=ticket, event__act=act.value, recipient__isnull=False)
    return {message.recipient for message in messages.select_related("recipient")}


def test_taking_a_new_ticket_makes_it_mine(staff):
    ticket = take_ticket(make_ticket().pk, by=staff.teknisi)
    assert ticket.assignee == staff.teknisi
    assert on_it(ticket) == [(staff.teknisi, True)]
    assert ticket.state is TicketStatus.SUBMITTED
    assert ticket.first_response_at is None  # taking is not yet answering


def test_taking_from_a_colleague_keeps_the_others_as_helpers_and_tells_them(staff, assigned):
    newcomer = make_user(Role.COMPUTER_OFFICER)
    take_ticket(assigned.pk, by=newcomer)
    assert on_it(assigned) == [(newcomer, True), (staff.prakom, False), (staff.teknisi, False)]
    assert told(assigned, Remark.TAKE) == {staff.prakom, staff.teknisi}


def test_taking_what_is_mine_already_changes_nothing(staff, assigned):
    with pytest.raises(NothingToChange):
        take_ticket(assigned.pk, by=staff.prakom)
    assert assigned.events.filter(act=Remark.TAKE).count() == 0


def test_deadlines_steps_and_the_wish_stay_as_they_were(staff):
    journey = Journey(staff=staff)
    ticket = journey.to(TicketStatus.DISPOSED)
    wish = date(2030, 1, 2)
    disposition.examine_ticket(ticket.pk, by=staff.kabid, officers=[staff.prakom], wished_by=wish)
    before = journey.ticket
    after = take_ticket(ticket.pk, by=staff.teknisi)
    for name in ("status", "status_since", "recovery_due_at", "recovery_warn_at", "clock_used", "promise"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.sop_position == before.sop_position
    assert {one.wished_by for one in Assignment.objects.on_ticket(ticket)} == {wish}
    assert list(ticket.step_records.running().values_list("code", flat=True)) == ["S2b", "S5"]


def test_handing_over_needs_a_reason_and_tells_those_who_come_and_go(staff, assigned):
    newcomer = make_user(Role.TECHNICAL_SUPPORT)
    with pytest.raises(NoteRequired):
        hand_over_ticket(assigned.pk, by=staff.kabid, officers=[newcomer], note="  ")
    hand_over_ticket(assigned.pk, by=staff.kabid, officers=[newcomer], note="Prakom cuti.")
    assert on_it(assigned) == [(newcomer, True)]
    assert told(assigned, Remark.HAND_OVER) == {newcomer, staff.prakom, staff.teknisi}
    event = assigned.events.get(act=Remark.HAND_OVER)
    assert (event.sop_code, event.public, event.note) == ("S5", False, "Prakom cuti.")


def test_who_was_released_still_gets_that_mail_and_no_later_one(staff, assigned, deliver_mail, mailoutbox):
    deliver_mail()
    mailoutbox.clear()
    newcomer = make_user(Role.COMPUTER_OFFICER)
    hand_over_ticket(assigned.pk, by=staff.kabid, officers=[newcomer], note="Beban dibagi.")
    deliver_mail()
    assert {address for mail in mailoutbox for address in mail.to} == {
        newcomer.email,
        staff.prakom.email,
        staff.teknisi.email,
    }
    assert all("Beban dibagi." in mail.body for mail in mailoutbox)


def test_handing_over_to_the_same_officers_changes_nothing(staff, assigned):
    with pytest.raises(NothingToChange):
        hand_over_ticket(assigned.pk, by=staff.kabid, officers=[staff.prakom, staff.teknisi], note="x")


def test_a_confidential_ticket_goes_to_nobody_who_may_not_see_it(staff):
    ticket = Journey(staff=staff).to(TicketStatus.ASSIGNED)
    Ticket.objects.filter(pk=ticket.pk).update(security_flag=True)
    blind = make_user(Role.TECHNICAL_SUPPORT)
    without_security_rights(blind)
    with pytest.raises(CannotBeGiven) as refused:
        hand_over_ticket(ticket.pk, by=staff.kabid, officers=[blind], note="Mohon dilanjutkan.")
    assert refused.value.officer == blind
    assert Ticket.objects.get(pk=ticket.pk).assignee == staff.prakom


def test_inactive_helpers_are_not_taken_along(staff, assigned):
    staff.teknisi.is_active = False
    staff.teknisi.save()
    take_ticket(assigned.pk, by=make_user(Role.COMPUTER_OFFICER))
    assert staff.teknisi not in {officer for officer, _leads in on_it(assigned)}


@pytest.mark.parametrize("status", [TicketStatus.TRIAGED, TicketStatus.DISPOSED, TicketStatus.CLOSED])
def test_nobody_takes_what_lies_with_the_heads_or_has_ended(staff, status):
    ticket = Journey(staff=staff).to(status)
    with pytest.raises(StepNotAllowed):
        take_ticket(ticket.pk, by=staff.teknisi)


@pytest.mark.parametrize("role", [Role.HEAD_OF_AGENCY, Role.DIVISION_HEAD, Role.AUDITOR, Role.MANAGER])
def test_only_those_who_work_on_tickets_take_them(staff, role, assigned):
    with pytest.raises(NotPermitted):
        take_ticket(assigned.pk, by=staff[role])


def test_the_same_key_takes_once(staff):
    ticket = make_ticket()
    for _time in range(2):
        take_ticket(ticket.pk, by=staff.teknisi, key="a" * 32)
    assert ticket.events.filter(act=Remark.TAKE).count() == 1


def test_whoever_is_second_is_told(staff):
    ticket = make_ticket()
    take_ticket(ticket.pk, by=staff.teknisi, version=ticket.version)
    with pytest.raises(StaleTicket):
        take_ticket(ticket.pk, by=staff.prakom, version=ticket.version)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_takes_it():
    make_agency_data()
    officers = [make_user(Role.TECHNICAL_SUPPORT) for _n in range(6)]
    ticket = make_ticket()
    outcomes = []

    def take(officer):
        try:
            take_ticket(ticket.pk, by=officer, version=ticket.version)
            outcomes.append(officer)
        except StaleTicket:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 1
    assert Ticket.objects.get(pk=ticket.pk).assignee == outcomes[0]


def test_acts_of_one_request_keep_lines_of_their_own_in_wagtails_log(staff):
    from wagtail.log_actions import LogContext, activate, deactivate

    tickets = [make_ticket(), make_ticket()]
    activate(LogContext(user=staff.teknisi))
    try:
        for ticket in tickets:
            conversation.note_ticket(ticket.pk, by=staff.teknisi, note="Sudah ditelepon.")
    finally:
        deactivate()
    lines = ModelLogEntry.objects.filter(action="helpdesk.note")
    assert len({line.uuid for line in lines}) == len(lines) == 2
