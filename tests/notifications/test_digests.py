"""What an officer's daily digest holds: the right tickets in each part, and none that is for other eyes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.escalation import Subject
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Delegation, OfficerPreferences, PriorityTarget, Ticket
from helpdesk_plugin.notifications.digests import Board, Digest, Share
from helpdesk_plugin.services import disposition
from tests.factories import MONDAY_9, Journey, make_service, make_ticket, make_user, without_security_rights

S = TicketStatus
TUESDAY = datetime(2026, 11, 24, 0, 31, tzinfo=UTC)  # 07.31 WIB
HOLDER = {
    S.SUBMITTED: Role.TECHNICAL_SUPPORT,
    S.TRIAGED: Role.HEAD_OF_AGENCY,
    S.DISPOSED: Role.DIVISION_HEAD,
    S.ASSIGNED: Role.COMPUTER_OFFICER,
    S.RESOLVED: Role.TECHNICAL_SUPPORT,
    S.REOPENED: Role.COMPUTER_OFFICER,
}


def told(user, at=TUESDAY) -> Digest:
    with acting_at(at):
        return Board(at).digest_for(user.pk)


def numbers(lines):
    return [line.ticket.number for line in lines]


def at_work(status, staff, **fields):
    return Journey(staff=staff, at=MONDAY_9, **fields).to(status)


# --- What waits for whom ------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "holder"), HOLDER.items())
def test_ticket_waits_for_the_office_on_whose_desk_it_lies(staff, status, holder):
    ticket = at_work(status, staff)
    waiting = {role for role, user in staff.everyone().items() if numbers(told(user).waiting)}
    assert waiting == {holder}
    assert numbers(told(staff[holder]).waiting) == [ticket.number]


@pytest.mark.parametrize("status", [S.WAITING_REQUESTER, S.WAITING_THIRD_PARTY, S.RETURNED])
def test_what_lies_with_others_waits_for_nobody_here(staff, status):
    at_work(status, staff)
    assert all(not told(user).waiting for user in staff.everyone().values())


@pytest.mark.parametrize("status", [S.CLOSED, S.CANCELLED, S.REJECTED])
def test_ended_tickets_are_nobodys_concern(staff, status):
    at_work(status, staff)
    with acting_at(TUESDAY):
        assert Board(TUESDAY).readers() == []


def test_of_an_office_at_work_only_those_on_the_ticket_are_told(staff):
    idle = make_user(Role.COMPUTER_OFFICER)
    ticket = at_work(S.DIAGNOSING, staff)
    assert numbers(told(staff.prakom).waiting) == [ticket.number]
    assert told(idle).is_empty


def test_officer_on_a_ticket_follows_it_while_others_hold_it(staff):
    ticket = at_work(S.WAITING_REQUESTER, staff)
    digest = told(staff.prakom)
    assert (numbers(digest.waiting), numbers(digest.lines)) == ([], [ticket.number])
    assert digest.shares == [Share((Role.REQUESTER,), tickets=1, due_today=0, late=0)]


def test_heads_and_manager_look_after_every_ticket(staff):
    make_user(Role.COMPUTER_OFFICER)
    waiting, moving = at_work(S.WAITING_THIRD_PARTY, staff), at_work(S.DISPOSED, staff)
    everything = sorted([waiting.number, moving.number])
    for user in (staff.kadis, staff.kabid, staff[Role.MANAGER]):
        assert sorted(numbers(told(user).lines)) == everything
    assert [share.offices for share in told(staff.kadis).shares] == [(Role.DIVISION_HEAD,), ()]


def test_those_without_a_desk_are_told_nothing(staff):
    at_work(S.TRIAGED, staff)
    with acting_at(TUESDAY):
        readers = Board(TUESDAY).readers()
    assert staff[Role.AUDITOR].pk not in readers
    assert staff[Role.EDITOR].pk not in readers
    assert staff.kadis.pk in readers


def test_substitute_is_told_like_the_one_they_stand_in_for(staff):
    substitute = make_user(Role.AUDITOR)
    ticket = at_work(S.TRIAGED, staff)
    assert told(substitute).is_empty
    Delegation.objects.create(
        role=Role.HEAD_OF_AGENCY.value,
        substitute=substitute,
        first_day=agency_date(TUESDAY),
        last_day=agency_date(TUESDAY),
    )
    assert numbers(told(substitute).waiting) == numbers(told(staff.kadis).waiting) == [ticket.number]
    assert told(substitute, TUESDAY + timedelta(days=1)).is_empty


def test_disposition_that_is_still_owed_waits_for_the_head(staff):
    PriorityTarget.objects.update(disposition_may_follow=True)
    journey = Journey(staff=staff, at=MONDAY_9)
    ticket = journey.to(S.TRIAGED)
    with acting_at(journey.at):
        disposition.start_ahead(ticket.pk, by=staff.teknisi, officers=[staff.prakom])
    assert numbers(told(staff.kadis).waiting) == [ticket.number]
    assert numbers(told(staff.prakom).waiting) == [ticket.number]


# --- When it is due -----------------------------------------------------------------------------------


def test_nearest_limit_counts_step_or_promise(staff):
    """P3 filed on Monday at 09.00: response by 11.00, step S2 by 09.30."""
    make_ticket(at=MONDAY_9)
    (line,) = told(staff.teknisi, MONDAY_9 + timedelta(minutes=10)).waiting
    assert (line.limit.subject, line.limit.step, line.limit.at) == (
        Subject.STEP,
        "S2",
        MONDAY_9 + timedelta(minutes=30),
    )
    assert (line.is_due_today, line.is_late) == (True, False)


@pytest.mark.parametrize(
    ("minutes", "today", "late"), [(29, True, False), (30, True, False), (31, False, True)]
)
def test_limit_is_late_after_its_very_moment(staff, minutes, today, late):
    make_ticket(at=MONDAY_9)
    digest = told(staff.teknisi, MONDAY_9 + timedelta(minutes=minutes))
    assert (bool(digest.due_today), bool(digest.late)) == (today, late)


def test_what_is_due_tomorrow_is_neither_due_today_nor_late(staff):
    Ticket.objects.filter(pk=at_work(S.RECOVERING, staff).pk).update(
        recovery_due_at=TUESDAY + timedelta(days=1)
    )
    digest = told(staff.prakom)
    assert (len(digest.waiting), digest.due_today, digest.late) == (1, [], [])


def test_nothing_is_late_while_the_clock_stands(staff):
    ticket = at_work(S.WAITING_REQUESTER, staff)
    Ticket.objects.filter(pk=ticket.pk).update(recovery_due_at=MONDAY_9)
    assert told(staff.prakom).late == []


def test_most_pressing_come_first(staff):
    ordinary, urgent, next_to_it = (make_ticket(at=MONDAY_9) for _ in range(3))
    Ticket.objects.filter(pk__in=[urgent.pk, next_to_it.pk]).update(priority=1)
    urgent.step_records.update(due_at=MONDAY_9)
    assert numbers(told(staff.teknisi).waiting) == [urgent.number, next_to_it.number, ordinary.number]


def test_shares_count_each_ticket_once(staff):
    at_work(S.TRIAGED, staff)
    at_work(S.DIAGNOSING, staff)
    late = at_work(S.DIAGNOSING, staff)
    late.step_records.update(due_at=MONDAY_9)
    assert told(staff.kabid).shares == [
        Share((Role.HEAD_OF_AGENCY,), tickets=1, due_today=0, late=1),
        Share((Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT), tickets=2, due_today=0, late=2),
    ]


# --- Who may know -------------------------------------------------------------------------------------


def test_confidential_ticket_is_told_only_to_those_who_may_see_it(staff):
    ticket = at_work(S.TRIAGED, staff, service=make_service(is_security=True))
    assert numbers(told(staff.kadis).lines) == [ticket.number]
    without_security_rights(staff.kadis)
    assert told(staff.kadis).is_empty
    assert numbers(told(staff.kabid).lines) == [ticket.number]


def test_officer_without_the_right_to_see_tickets_is_told_nothing(staff):
    at_work(S.TRIAGED, staff)
    staff.kadis.groups.get().permissions.remove(Permission.objects.get(codename="view_ticket"))
    assert told(staff.kadis).is_empty


def test_officer_who_has_declined_is_told_nothing(staff):
    at_work(S.TRIAGED, staff)
    OfficerPreferences.objects.create(user=staff.kadis, daily_digest=False)
    assert told(staff.kadis).is_empty
    assert not told(staff.kabid).is_empty


# --- Cost ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 6])
def test_board_costs_the_same_for_any_number_of_tickets_and_officers(staff, more, django_assert_num_queries):
    first = at_work(S.DIAGNOSING, staff)
    for _ in range(more):
        make_user(Role.TECHNICAL_SUPPORT)
        Journey(staff=staff, at=MONDAY_9, service=first.service, opd=first.opd).to(S.DIAGNOSING)
    with acting_at(TUESDAY), django_assert_num_queries(8):
        assert len(Board(TUESDAY).readers()) == 4
