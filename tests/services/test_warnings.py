"""Warnings: each level once, in time, to the right offices; silence ends in words."""

from datetime import UTC, datetime, timedelta

import pytest

from helpdesk_plugin.calendars import calendar, closing_of_working_day
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import EscalationLevel, HelpDeskSettings, TicketEvent
from helpdesk_plugin.services import closure, conversation
from helpdesk_plugin.services.silence import Ending, end_silences
from helpdesk_plugin.services.warnings import warn_of_deadlines
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, make_ticket, ticket_at
from tests.services.test_door import _in_threads

S = TicketStatus
MINUTE = timedelta(minutes=1)


def given(ticket):
    return [(e.data["subject"], e.data["percent"]) for e in ticket.events.filter(act="warn").order_by("id")]


def look(at):
    with acting_at(at):
        return warn_of_deadlines(at)


@pytest.fixture
def ticket(staff):
    """P3: response 120, recovery 1350 working minutes; S2's standard is 30."""
    return make_ticket(at=MONDAY_9)


def test_levels_are_warned_of_as_they_are_reached(ticket):
    assert look(MONDAY_9 + 22 * MINUTE) == 0
    look(MONDAY_9 + 23 * MINUTE)
    assert given(ticket) == [("step", 75)]
    look(MONDAY_9 + 90 * MINUTE)
    assert given(ticket) == [("step", 75), ("response", 75), ("step", 100)]
    look(MONDAY_9 + 120 * MINUTE)
    assert given(ticket)[-1] == ("response", 100)


def test_looking_again_warns_of_nothing_new(ticket):
    first = look(MONDAY_9 + 130 * MINUTE)
    assert first == 4
    assert [look(MONDAY_9 + 131 * MINUTE) for _ in range(3)] == [0, 0, 0]
    assert len(given(ticket)) == first


def test_a_look_that_comes_days_late_loses_no_level(ticket):
    look(datetime(2026, 12, 30, 3, 0, tzinfo=UTC))
    assert sorted(given(ticket)) == [
        ("recovery", 75),
        ("recovery", 100),
        ("response", 75),
        ("response", 100),
        ("step", 75),
        ("step", 100),
    ]


def test_warning_names_holder_next_office_and_requester(ticket):
    look(MONDAY_9 + 121 * MINUTE)
    told = {(e.data["subject"], e.data["percent"]): e.data for e in ticket.events.filter(act="warn")}
    assert told["response", 75]["roles"] == ["technical_support"]
    assert told["response", 100]["roles"] == ["technical_support", "computer_officer"]
    assert (told["response", 75]["requester"], told["response", 100]["requester"]) == (False, True)
    assert told["step", 100]["step"] == "S2"


def test_a_step_that_pauses_is_not_warned_of(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    ticket = journey.to(S.WAITING_REQUESTER)
    look(journey.at + timedelta(days=1))
    assert given(ticket) == []


def test_agency_chooses_the_levels(ticket):
    EscalationLevel.objects.create(subject="step", percent=50)
    look(MONDAY_9 + 200 * MINUTE)
    assert given(ticket) == [("step", 50)]


def test_warnings_are_internal_and_leave_the_ticket_alone(ticket):
    look(MONDAY_9 + 23 * MINUTE)
    event = ticket.events.get(act="warn")
    assert (event.party, event.public) == ("system", False)
    assert ticket.history.count() == 1


def test_final_tickets_are_left_in_peace(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.CLOSED)
    assert look(MONDAY_9 + timedelta(days=30)) == 0


def test_looking_costs_the_same_whatever_the_number_of_quiet_tickets(ticket, django_assert_num_queries):
    for _ in range(3):
        make_ticket(at=MONDAY_9, service=ticket.service, opd=ticket.opd)
    with django_assert_num_queries(5):
        look(MONDAY_9 + MINUTE)
    for _ in range(9):
        make_ticket(at=MONDAY_9, service=ticket.service, opd=ticket.opd)
    with django_assert_num_queries(5):
        look(MONDAY_9 + MINUTE)


@pytest.mark.django_db(transaction=True)
def test_looking_many_times_at_once_warns_once():
    make_agency_data()
    Staff()
    ticket = make_ticket(at=MONDAY_9)
    results = _in_threads(*[lambda: look(MONDAY_9 + 130 * MINUTE) for _ in range(5)])
    assert sum(results) == 4
    assert TicketEvent.objects.filter(ticket=ticket, act="warn").count() == 4


def informed(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.RESOLVED)
    with acting_at(journey.at):
        journey.inform()
    return journey


def attend(at):
    with acting_at(at):
        return end_silences(at)


def test_unconfirmed_ticket_is_reminded_once_then_closed_with_the_reason(staff):
    journey = informed(staff)
    reminder = closing_of_working_day(journey.at, 2, calendar())
    end = closing_of_working_day(journey.at, 3, calendar())
    assert attend(reminder) == {Ending.STILL_WAITING: 1}
    assert attend(reminder + MINUTE) == {Ending.REMINDED: 1}
    assert attend(reminder + 2 * MINUTE) == {Ending.STILL_WAITING: 1}
    assert attend(end + MINUTE) == {Ending.CLOSED: 1}
    ticket = journey.ticket
    assert (ticket.state, ticket.closed_how) == (S.CLOSED, "silence")
    event = ticket.events.last()
    assert event.party == "system"
    assert event.public_note
    with acting_at(end + 2 * MINUTE):
        closure.reopen_ticket(ticket.pk, by=Party.REQUESTER, note="Maaf, baru kembali.")


def test_confirmed_ticket_is_left_to_the_officer(staff):
    journey = informed(staff)
    with acting_at(journey.at):
        journey.confirm()
    assert attend(journey.at + timedelta(days=30)) == {}


def test_returned_request_is_reminded_then_cancelled(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.RETURNED)
    assert attend(closing_of_working_day(journey.at, 4, calendar()) + MINUTE) == {Ending.REMINDED: 1}
    assert attend(closing_of_working_day(journey.at, 5, calendar()) + MINUTE) == {Ending.CANCELLED: 1}
    assert journey.ticket.state is S.CANCELLED


def test_nobody_is_ended_without_a_reminder_on_an_earlier_day(staff):
    """After days without a look the reminder comes first; the end waits for the day after it."""
    journey = informed(staff)
    long_after = closing_of_working_day(journey.at, 6, calendar()) - timedelta(hours=6)
    assert attend(long_after) == {Ending.REMINDED: 1}
    assert attend(long_after + timedelta(hours=1)) == {Ending.STILL_WAITING: 1}
    assert attend(long_after + timedelta(days=1)) == {Ending.CLOSED: 1}


def test_agency_without_reminders_ends_waits_when_their_time_has_passed(staff):
    own = HelpDeskSettings.load()
    own.reminder_days = 0
    own.save()
    journey = informed(staff)
    assert attend(closing_of_working_day(journey.at, 3, calendar())) == {Ending.STILL_WAITING: 1}
    assert attend(closing_of_working_day(journey.at, 3, calendar()) + MINUTE) == {Ending.CLOSED: 1}
    assert not journey.ticket.events.filter(act="remind").exists()


def test_attending_costs_the_same_whatever_the_number_of_quiet_waits(staff, django_assert_num_queries):
    first = ticket_at(S.WAITING_REQUESTER, staff=staff, at=MONDAY_9)
    with django_assert_num_queries(5):
        attend(MONDAY_9 + timedelta(hours=2))
    for _ in range(4):
        ticket_at(S.WAITING_REQUESTER, staff=staff, at=MONDAY_9, service=first.service, opd=first.opd)
    with django_assert_num_queries(5):
        attend(MONDAY_9 + timedelta(hours=2))


def test_open_question_is_reminded_and_never_ended(staff):
    ticket = ticket_at(S.WAITING_REQUESTER, staff=staff, at=MONDAY_9)
    assert attend(MONDAY_9 + timedelta(days=60)) == {Ending.REMINDED: 1}
    assert attend(MONDAY_9 + timedelta(days=90)) == {Ending.STILL_WAITING: 1}
    ticket.refresh_from_db()
    assert ticket.state is S.WAITING_REQUESTER


def test_a_new_wait_is_reminded_of_anew(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.WAITING_REQUESTER)
    attend(MONDAY_9 + timedelta(days=20))
    with acting_at(MONDAY_9 + timedelta(days=21)):
        conversation.answer_ticket(journey.id, by=Party.REQUESTER, note="Ya.")
        journey.hold_requester()
    attend(MONDAY_9 + timedelta(days=60))
    assert journey.ticket.events.filter(act="remind").count() == 2
