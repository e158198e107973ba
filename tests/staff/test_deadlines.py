"""The page that explains a ticket's deadlines, day by day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Holiday, PriorityTarget, StepStandard
from helpdesk_plugin.services import conversation, handling
from tests.factories import Journey, make_service, make_ticket, ticket_at
from tests.staff.conftest import page_url

WIB = ZoneInfo("Asia/Pontianak")


def deadlines_url(ticket) -> str:
    return reverse("helpdesk_tickets:deadlines", args=[ticket.pk])


def told(response) -> dict:
    return {one.key: one for one in response.context["deadlines"].told}


@pytest.fixture
def paused_over_a_weekend(staff):
    """Filed Friday 15.30; Tuesday is a holiday; on Wednesday the requester was asked at 8, answered at 14."""
    Holiday.objects.create(day=date(2026, 11, 10), name="Hari Pahlawan")
    service = make_service(name="Internet kantor", recovery_minutes=900)
    journey = Journey(staff=staff, service=service, at=datetime(2026, 11, 6, 15, 30, tzinfo=WIB))
    journey.to(TicketStatus.DIAGNOSING)
    with acting_at(datetime(2026, 11, 11, 8, tzinfo=WIB)):
        journey.hold_requester()
    with acting_at(datetime(2026, 11, 11, 14, tzinfo=WIB)):
        conversation.reply_to_ticket(journey.id, by=Party.REQUESTER, note="Silakan datang.")
        if journey.ticket.state is TicketStatus.WAITING_REQUESTER:
            handling.resume_ticket(journey.id, by=staff.prakom)
    return journey


def test_recovery_is_told_over_weekend_holiday_and_pause(paused_over_a_weekend, as_role):
    ticket = paused_over_a_weekend.ticket
    with acting_at(datetime(2026, 11, 11, 14, 30, tzinfo=WIB)):
        response = as_role(Role.COMPUTER_OFFICER).get(deadlines_url(ticket))
    recovery = told(response)["recovery"]
    assert recovery.due_at == ticket.recovery_due_at == datetime(2026, 11, 12, 11, 30, tzinfo=WIB)
    assert [(row.dates, row.hours, row.counted, row.worked) for row in recovery.rows] == [
        ("Jum, 6 Nov 2026", "07.30–11.30, 13.00–16.30", "15.30–16.30", "1 jam"),
        ("Sab, 7 Nov 2026", "bukan hari kerja", "–", "0"),
        ("Min, 8 Nov 2026", "bukan hari kerja", "–", "0"),
        ("Sen, 9 Nov 2026", "07.30–12.00, 13.00–16.00", "07.30–12.00, 13.00–16.00", "1 hari kerja"),
        ("Sel, 10 Nov 2026", "tutup: Hari Pahlawan", "–", "0"),
        ("Rab, 11 Nov 2026", "07.30–12.00, 13.00–16.00", "07.30–08.00, 14.00–16.00", "2 jam 30 menit"),
        ("Kam, 12 Nov 2026", "07.30–12.00, 13.00–16.00", "07.30–11.30", "4 jam"),
    ]
    assert recovery.rows[5].pauses == ["Waktu berhenti 08.00–14.00: Menunggu pemohon"]
    assert recovery.rows[-1].so_far == "2 hari kerja"
    assert recovery.source == "target layanan Internet kantor sendiri"


def test_page_names_breaks_regime_and_snapshot(paused_over_a_weekend, as_role):
    html = as_role(Role.AUDITOR).get(deadlines_url(paused_over_a_weekend.ticket)).content.decode()
    edition = paused_over_a_weekend.ticket.calendar_edition_id
    for said in ("Biasa", "Istirahat 12.00–13.00", f"(edisi {edition})", "Menunggu pemohon", "Hari Pahlawan"):
        assert said in html


def test_response_is_told_by_the_promise_that_was_in_force(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff, at=datetime(2026, 11, 2, 9, tzinfo=WIB))
    response = told(as_role(Role.TECHNICAL_SUPPORT).get(deadlines_url(ticket)))["response"]
    # Filed as P3 (two hours), taken in as P2 (half an hour) ten minutes later: the two hours stand.
    assert response.promised == "2 jam"
    assert response.due_at == ticket.response_due_at == datetime(2026, 11, 2, 11, tzinfo=WIB)
    assert response.outcome_in_words == "Tepat waktu"


def test_step_that_is_being_worked_on_has_its_deadline_told(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff, at=datetime(2026, 11, 2, 9, tzinfo=WIB))
    step = told(as_role(Role.HEAD_OF_AGENCY).get(deadlines_url(ticket)))["S3"]
    assert (step.promised, step.due_at) == ("30 menit", datetime(2026, 11, 2, 9, 40, tzinfo=WIB))
    assert [row.counted for row in step.rows] == ["09.10–09.40"]


def test_deadline_that_a_pause_keeps_open_says_so(staff, as_role):
    ticket = ticket_at(TicketStatus.WAITING_REQUESTER, staff=staff, at=datetime(2026, 11, 2, 9, tzinfo=WIB))
    response = as_role(Role.COMPUTER_OFFICER).get(deadlines_url(ticket))
    assert told(response)["recovery"].due_at is None
    assert "bergeser selama waktu berhenti" in response.content.decode()


def test_changes_of_the_promise_are_listed(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
    changes = as_role(Role.AUDITOR).get(deadlines_url(ticket)).context["deadlines"].changes
    assert [(change.event.act, change.recovery) for change in changes] == [
        ("submit", "3 hari kerja"),
        ("triage", "1 hari kerja"),
    ]


def test_ticket_page_leads_to_the_explanation(staff, as_role):
    ticket = make_ticket()
    html = as_role(Role.TECHNICAL_SUPPORT).get(page_url(ticket)).content.decode()
    assert f'href="{deadlines_url(ticket)}"' in html


DEADLINES_QUERIES = 20


@pytest.mark.parametrize("rounds", [1, 6])
def test_explanation_costs_the_same_for_any_length_of_ledger(
    staff, as_role, django_assert_num_queries, rounds
):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.DIAGNOSING)
    for _round in range(rounds):
        journey.hold_third_party()
        handling.resume_ticket(journey.id, by=staff.prakom)
    client = as_role(Role.COMPUTER_OFFICER)
    client.get(deadlines_url(journey.ticket))
    with django_assert_num_queries(DEADLINES_QUERIES):
        client.get(deadlines_url(journey.ticket))


@pytest.mark.usefixtures("narrow_circle")
def test_explanation_of_a_confidential_ticket_is_closed(staff, as_role):
    secret = make_ticket(service=make_service(is_security=True))
    assert as_role(Role.TECHNICAL_SUPPORT).get(deadlines_url(secret)).status_code == 404


def test_explanation_of_a_ticket_without_promise_is_a_sentence(staff, as_role):
    PriorityTarget.objects.all().delete()
    StepStandard.objects.all().delete()
    ticket = make_ticket()
    assert "Tidak ada janji waktu" in as_role(Role.AUDITOR).get(deadlines_url(ticket)).content.decode()
