"""Step records: made by ordinary acts, measured in working time without the waiting."""

from datetime import UTC, datetime, timedelta

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.services import conversation, disposition, handling
from tests.factories import MONDAY_9, Journey, ticket_at

S = TicketStatus
MINUTE = timedelta(minutes=1)


@pytest.fixture
def journey(staff):
    return Journey(staff=staff, at=MONDAY_9)


def codes(ticket, **which):
    return [r.code for r in ticket.step_records.filter(**which)]


def test_a_closed_ticket_has_passed_every_step_of_the_sop(journey):
    ticket = journey.to(S.CLOSED)
    assert sorted(codes(ticket), key=lambda c: (len(c), c)) == sorted(
        ["S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"], key=lambda c: (len(c), c)
    )
    assert codes(ticket, left_at=None) == []
    assert codes(ticket, completed=False) == []


def test_each_step_is_entered_when_the_one_before_is_left(journey):
    ticket = journey.to(S.CLOSED)
    line = [r for r in ticket.step_records.all() if r.code not in {"S2b", "S10"}]
    assert [r.entered_at for r in line[1:]] == [r.left_at for r in line[:-1]]


def test_record_names_performer_actor_and_working_time(journey):
    ticket = journey.to(S.DISPOSED)
    record = ticket.step_records.get(code="S3")
    assert (record.role, record.by, record.acting_role) == (
        Role.HEAD_OF_AGENCY.value,
        journey.staff.kadis,
        Role.HEAD_OF_AGENCY.value,
    )
    assert (record.worked, record.late) == (10 * MINUTE, False)
    assert record.due_at == record.entered_at + 30 * MINUTE


def test_a_step_taken_late_keeps_its_reason(journey):
    ticket = journey.to(S.TRIAGED)
    with acting_at(journey.at + 31 * MINUTE):
        disposition.dispose_ticket(
            ticket.pk, disposition.Order(), by=journey.staff.kadis, late_reason="Rapat di Palangka Raya."
        )
    record = ticket.step_records.get(code="S3")
    assert (record.late, record.late_reason) == (True, "Rapat di Palangka Raya.")


def test_a_step_in_time_needs_no_reason_and_keeps_none(journey):
    ticket = journey.to(S.TRIAGED)
    with acting_at(journey.at + 30 * MINUTE):
        disposition.dispose_ticket(ticket.pk, disposition.Order(), by=journey.staff.kadis, late_reason="x")
    record = ticket.step_records.get(code="S3")
    assert (record.late, record.late_reason) == (False, "")


def test_waiting_for_the_requester_stops_the_step_and_moves_its_deadline(journey):
    ticket = journey.to(S.DIAGNOSING)
    entered = journey.at
    with acting_at(entered + 10 * MINUTE):
        handling.hold_for_requester(ticket.pk, by=journey.staff.prakom, note="Kapan?")
    assert ticket.step_records.get(code="S6").due_at is None
    with acting_at(entered + 40 * MINUTE):
        conversation.answer_ticket(ticket.pk, by=Party.REQUESTER, note="Sekarang.")
    assert ticket.step_records.get(code="S6").due_at == entered + 60 * MINUTE
    with acting_at(entered + 50 * MINUTE):
        journey.diagnose()
    assert ticket.step_records.get(code="S6").worked == 20 * MINUTE


def test_informing_runs_although_the_service_clock_stands(journey):
    ticket = journey.to(S.RESOLVED)
    assert ticket.clock_running_since is None
    assert ticket.step_records.get(code="S8").due_at == journey.at + 30 * MINUTE


def test_closing_does_not_run_while_the_requester_is_awaited(journey):
    journey.to(S.RESOLVED)
    with acting_at(journey.at + 10 * MINUTE):
        journey.inform()
    record = journey.ticket.step_records.get(code="S9")
    assert record.due_at is None
    with acting_at(journey.at + 60 * MINUTE):
        journey.confirm()
    record.refresh_from_db()
    assert record.due_at == journey.at + 90 * MINUTE


@pytest.mark.parametrize("status", sorted(S))
def test_exactly_one_step_of_the_line_is_open_while_the_ticket_is(staff, status):
    ticket = ticket_at(status, staff=staff)
    running = [code for code in codes(ticket, left_at=None) if code != "S2b"]
    assert running == ([ticket.sop_position] if ticket.is_open else [])


def test_not_fixed_opens_diagnosis_again_as_a_second_pass(journey):
    journey.to(S.RESOLVED)
    from helpdesk_plugin.services.closure import report_not_fixed

    ticket = report_not_fixed(journey.id, by=Party.REQUESTER, note="Masih mati.")
    assert codes(ticket).count("S6") == 2
    assert ticket.step_records.filter(code="S8").get().completed is False


def test_deadlines_pause_and_go_on_with_the_ticket(journey):
    ticket = journey.to(S.DIAGNOSING)
    promised = ticket.recovery_due_at
    with acting_at(journey.at):
        handling.hold_for_requester(ticket.pk, by=journey.staff.prakom, note="Kapan?")
    ticket.refresh_from_db()
    assert ticket.recovery_due_at is None
    with acting_at(journey.at + 45 * MINUTE):
        conversation.answer_ticket(ticket.pk, by=Party.REQUESTER, note="Sekarang.")
    ticket.refresh_from_db()
    assert ticket.recovery_due_at == promised + 45 * MINUTE


def test_outcomes_are_kept(journey):
    ticket = journey.to(S.RESOLVED)
    assert (ticket.response_outcome, ticket.recovery_outcome) == ("met", "met")
    assert ticket.clock_used == 60 * MINUTE


def test_recovery_past_its_deadline_is_missed(journey):
    ticket = journey.to(S.RECOVERING)
    with acting_at(datetime(2026, 12, 30, 3, tzinfo=UTC)):
        handling.resolve_ticket(ticket.pk, handling.Recovery("x"), by=journey.staff.prakom)
    ticket.refresh_from_db()
    assert ticket.recovery_outcome == "missed"
