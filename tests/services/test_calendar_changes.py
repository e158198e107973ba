"""A changed calendar moves nothing by itself: what it would move is found, asked, and done one by one."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from helpdesk_plugin.calendars import current_edition
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    CalendarEdition,
    Holiday,
    KeptDeadlines,
    PriorityTarget,
    SpecialDay,
    SpecialDayWindow,
    Ticket,
    WorkingRegime,
    WorkingWindow,
)
from helpdesk_plugin.services import amendment, handling
from helpdesk_plugin.services.calendar_changes import (
    LIMIT,
    leave_as_they_are,
    moves_of,
    question_for,
    recount_chosen,
)
from helpdesk_plugin.services.errors import NotPermitted, StaleTicket
from helpdesk_plugin.sla_clock import calendar, standing_of, turns_in_ledger
from tests.factories import (
    MONDAY_9,
    Journey,
    make_hours,
    make_opd,
    make_service,
    make_ticket,
    ticket_at,
    without_security_rights,
)

TUESDAY = date(2026, 11, 24)
NOW = MONDAY_9 + timedelta(hours=1)
NOTE = "Libur daerah ditetapkan."
FIGURES = (
    "response_due_at",
    "recovery_due_at",
    "recovery_warn_at",
    "calendar_edition_id",
    "promise",
    "version",
)


@pytest.fixture
def manager(staff):
    return staff[Role.MANAGER]


@pytest.fixture(autouse=True)
def now():
    with acting_at(NOW):
        yield


def close_tuesday() -> None:
    Holiday.objects.create(day=TUESDAY, name="Libur daerah")


def figures(ticket) -> dict:
    return Ticket.objects.filter(pk=ticket.pk).values(*FIGURES).get()


def moves(user):
    question = question_for(user)
    return [move for move in moves_of(question.touched, question.present) if move]


def chosen(*tickets) -> dict[int, int]:
    return {ticket.pk: Ticket.objects.get(pk=ticket.pk).version for ticket in tickets}


class TestTheQuestion:
    def test_an_unchanged_calendar_asks_nothing(self, manager):
        make_ticket(at=MONDAY_9)
        question = question_for(manager)
        assert (question.touched, question.untouched) == ([], 0)

    def test_looking_makes_no_edition_and_moves_nothing(self, manager):
        ticket = make_ticket(at=MONDAY_9)
        before = figures(ticket)
        close_tuesday()
        assert question_for(manager).touched == [ticket.pk]
        assert len(moves(manager)) == 1
        assert figures(ticket) == before
        assert CalendarEdition.objects.count() == 1

    def test_a_holiday_within_the_time_moves_the_deadline_that_runs(self, manager):
        ticket = make_ticket(at=MONDAY_9)
        close_tuesday()
        (move,) = moves(manager)
        assert not move.response
        assert (move.recovery.old, move.recovery.new) == (
            ticket.recovery_due_at,
            ticket.recovery_due_at + timedelta(days=1),
        )

    def test_the_response_moves_while_it_is_awaited(self, manager):
        make_ticket(at=MONDAY_9)
        day = SpecialDay.objects.create(day=MONDAY_9.date(), name="Pulang awal")
        SpecialDayWindow.objects.create(special_day=day, opens=time(7, 30), closes=time(10))
        (move,) = moves(manager)
        assert move.response.new == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)

    def test_a_day_before_or_after_the_time_touches_nothing(self, manager):
        make_ticket(at=MONDAY_9)
        Holiday.objects.create(day=date(2026, 11, 20), name="Kemarin dulu")
        Holiday.objects.create(day=date(2027, 1, 1), name="Tahun baru")
        question = question_for(manager)
        assert (question.touched, question.untouched) == ([], 1)

    def test_a_name_moves_nothing(self, manager):
        close_tuesday()
        make_ticket(at=MONDAY_9)
        Holiday.objects.update(name="Hari jadi kabupaten")
        question = question_for(manager)
        assert (question.touched, question.untouched) == ([], 1)

    @pytest.mark.parametrize("change", ["regime", "window", "special day"])
    def test_every_part_of_the_calendar_counts(self, manager, change):
        ticket = make_ticket(at=MONDAY_9)
        if change == "regime":
            ramadan = WorkingRegime.objects.create(name="Ramadan", first_day=TUESDAY, last_day=TUESDAY)
            WorkingWindow.objects.create(regime=ramadan, weekday=1, opens=time(8), closes=time(12))
        elif change == "window":
            make_hours().windows.filter(weekday=1, opens=time(13)).delete()
        else:
            SpecialDay.objects.create(day=TUESDAY, name="Tutup")
        assert question_for(manager).touched == [ticket.pk]

    @pytest.mark.parametrize(
        "status",
        [
            TicketStatus.CLOSED,
            TicketStatus.REJECTED,
            TicketStatus.CANCELLED,
            TicketStatus.MERGED,
            TicketStatus.RESOLVED,
        ],
    )
    def test_ended_and_recovered_tickets_are_never_asked_about(self, staff, manager, status):
        ticket = ticket_at(status, staff=staff, at=MONDAY_9 - timedelta(hours=2))
        before = figures(ticket)
        Holiday.objects.create(day=MONDAY_9.date(), name="Libur mendadak")
        question = question_for(manager)
        assert ticket.pk not in question.touched
        assert figures(ticket) == before

    def test_a_ticket_on_call_is_not_asked_about(self, manager):
        PriorityTarget.objects.update(around_the_clock=True)
        make_ticket(at=MONDAY_9)
        close_tuesday()
        question = question_for(manager)
        assert (question.touched, question.untouched) == ([], 0)

    def test_a_ticket_whose_clock_stands_has_no_deadline_to_move(self, staff, manager):
        journey = Journey(staff=staff, at=MONDAY_9)
        ticket = journey.to(TicketStatus.WAITING_REQUESTER)
        close_tuesday()
        question = question_for(manager)
        assert (ticket.recovery_due_at, question.touched, question.untouched) == (None, [], 1)
        with acting_at(journey.at + timedelta(minutes=10)):
            handling.resume_ticket(ticket.pk, by=staff.prakom)
        assert question_for(manager).touched == [ticket.pk]

    def test_a_pause_over_the_changed_day_leaves_the_deadline(self, staff, manager):
        journey = Journey(staff=staff, at=MONDAY_9)
        ticket = journey.to(TicketStatus.WAITING_REQUESTER)
        with acting_at(MONDAY_9 + timedelta(days=2)):
            handling.resume_ticket(ticket.pk, by=staff.prakom)
            close_tuesday()
            assert question_for(manager).touched == [ticket.pk]
            assert moves(manager) == []

    def test_confidential_tickets_stay_unknown(self, manager):
        make_ticket(at=MONDAY_9, service=make_service(is_security=True))
        close_tuesday()
        assert len(question_for(manager).touched) == 1
        without_security_rights(manager)
        assert question_for(manager).touched == []


class TestCountingAgain:
    @pytest.fixture
    def tickets(self, manager):
        made = [make_ticket(at=MONDAY_9) for _ in range(3)]
        close_tuesday()
        return made

    def test_what_was_shown_is_what_happens(self, manager, tickets):
        shown = {move.ticket.pk: move for move in moves(manager)}
        for outcome in recount_chosen(chosen(*tickets), by=manager, note=NOTE, key="k"):
            expected = shown[outcome.ticket.pk]
            assert (outcome.refused, outcome.response, outcome.recovery) == (
                None,
                expected.response,
                expected.recovery,
            )
            after = Ticket.objects.get(pk=outcome.ticket.pk)
            assert after.recovery_due_at == expected.recovery.new
            assert standing_of(turns_in_ledger(after)).recovery_due_at == after.recovery_due_at
        assert question_for(manager).touched == []

    @pytest.mark.parametrize("status", [TicketStatus.TRIAGED, TicketStatus.WAITING_THIRD_PARTY])
    def test_it_happens_so_in_the_middle_of_the_work(self, staff, manager, status):
        ticket = ticket_at(status, staff=staff, at=MONDAY_9 - timedelta(hours=1))
        close_tuesday()
        (move,) = moves(manager)
        (outcome,) = recount_chosen(chosen(ticket), by=manager, note=NOTE, key="k")
        assert outcome.recovery == move.recovery

    def test_tickets_that_are_not_chosen_stay(self, manager, tickets):
        first, second, third = tickets
        before = [figures(one) for one in (second, third)]
        recount_chosen(chosen(first), by=manager, note=NOTE, key="k")
        assert [figures(one) for one in (second, third)] == before
        assert set(question_for(manager).touched) == {second.pk, third.pk}

    def test_the_ledger_tells_why_and_by_whom(self, manager, tickets):
        recount_chosen(chosen(tickets[0]), by=manager, note=NOTE, key="k")
        event = tickets[0].events.last()
        assert (event.act, event.by, event.note) == ("recount", manager, NOTE)

    def test_the_promised_time_stays_what_it_was(self, manager, tickets):
        PriorityTarget.objects.update(recovery_minutes=1, response_minutes=1)
        shown = moves(manager)[0]
        recount_chosen(chosen(tickets[0]), by=manager, note=NOTE, key="k")
        after = Ticket.objects.get(pk=tickets[0].pk)
        assert after.promise["recovery"] == tickets[0].promise["recovery"]
        assert after.recovery_due_at == shown.recovery.new

    def test_a_ticket_on_call_stays_on_call(self, manager):
        PriorityTarget.objects.update(around_the_clock=True)
        ticket = make_ticket(at=MONDAY_9)
        close_tuesday()
        (outcome,) = recount_chosen(chosen(ticket), by=manager, note=NOTE, key="k")
        after = Ticket.objects.get(pk=ticket.pk)
        assert after.promise["calendar"] == f"{current_edition().pk}:24x7"
        assert not outcome.recovery

    def test_one_that_is_refused_does_not_stop_the_others(self, staff, manager, tickets):
        wanted = chosen(*tickets)
        amendment.amend_ticket(
            tickets[1].pk, by=staff.teknisi, changes={"summary": "Lain"}, note="Salah ketik."
        )
        by_id = {o.ticket.pk: o for o in recount_chosen(wanted, by=manager, note=NOTE, key="k")}
        assert isinstance(by_id[tickets[1].pk].refused, StaleTicket)
        assert [by_id[tickets[n].pk].refused for n in (0, 2)] == [None, None]
        assert question_for(manager).touched == [tickets[1].pk]

    def test_the_same_request_twice_counts_once(self, manager, tickets):
        wanted = chosen(*tickets)
        for _ in range(2):
            outcomes = recount_chosen(wanted, by=manager, note=NOTE, key="k")
            assert [outcome.refused for outcome in outcomes] == [None] * 3
        assert [ticket.events.filter(act="recount").count() for ticket in tickets] == [1] * 3

    def test_the_door_refuses_those_who_may_not(self, staff, tickets):
        outcomes = recount_chosen(chosen(*tickets), by=staff.teknisi, note=NOTE, key="k")
        assert {type(outcome.refused) for outcome in outcomes} == {NotPermitted}
        assert Ticket.objects.filter(version__gt=1).count() == 0

    def test_tickets_out_of_sight_are_passed_over(self, manager):
        secret = make_ticket(at=MONDAY_9, service=make_service(is_security=True))
        close_tuesday()
        without_security_rights(manager)
        assert recount_chosen(chosen(secret), by=manager, note=NOTE, key="k") == []
        assert not secret.events.filter(act="recount").exists()

    def test_too_many_at_once_are_refused_whole(self, manager):
        with pytest.raises(ValueError, match="at most 200"):
            recount_chosen(dict.fromkeys(range(LIMIT + 1), 1), by=manager, note=NOTE, key="k")


class TestLeavingThem:
    @pytest.fixture
    def ticket(self, manager):
        ticket = make_ticket(at=MONDAY_9)
        close_tuesday()
        return ticket

    def unanswered(self, user):
        return question_for(user, unanswered=True).touched

    def test_the_answer_is_kept_with_name_and_time(self, manager, ticket):
        leave_as_they_are(by=manager)
        kept = KeptDeadlines.objects.get()
        assert (kept.edition, kept.by, kept.at) == (current_edition(), manager, NOW)
        assert self.unanswered(manager) == []
        assert question_for(manager).answer == kept
        assert question_for(manager).touched == [ticket.pk]

    def test_another_change_asks_again(self, manager, ticket):
        leave_as_they_are(by=manager)
        Holiday.objects.create(day=date(2026, 11, 25), name="Libur lagi")
        assert self.unanswered(manager) == [ticket.pk]

    def test_the_answer_does_not_speak_for_later_tickets(self, manager, ticket):
        leave_as_they_are(by=manager)
        Holiday.objects.all().delete()
        later = make_ticket(at=NOW + timedelta(minutes=1))
        close_tuesday()
        assert self.unanswered(manager) == [later.pk]

    def test_it_moves_nothing(self, manager, ticket):
        before = figures(ticket)
        leave_as_they_are(by=manager)
        assert figures(ticket) == before

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.TECHNICAL_SUPPORT, Role.HEAD_OF_AGENCY])
    def test_only_those_who_may_count_again_may_answer(self, staff, ticket, role):
        with pytest.raises(NotPermitted):
            leave_as_they_are(by=staff[role])
        assert not KeptDeadlines.objects.exists()


@pytest.mark.parametrize("count", [3, 50])
def test_the_question_costs_the_same_for_any_number_of_tickets(manager, django_assert_num_queries, count):
    service, opd = make_service(), make_opd()
    for _ in range(count):
        make_ticket(at=MONDAY_9, service=service, opd=opd)
    close_tuesday()
    question_for(manager)
    with django_assert_num_queries(9):
        question = question_for(manager, unanswered=True)
    assert len(question.touched) == count
    with django_assert_num_queries(3):
        assert all(moves_of(question.touched, question.present))


def test_the_calendar_itself_is_what_new_tickets_are_counted_by(manager):
    close_tuesday()
    ticket = make_ticket(at=MONDAY_9)
    assert calendar().plan_for(TUESDAY).windows == ()
    assert question_for(manager).untouched == 0
    assert ticket.calendar_edition == current_edition()
