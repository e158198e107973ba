"""Disposition that follows (sop.md §4, rule 3), sending back, and recounting by a changed calendar."""

from datetime import date, timedelta

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import Holiday, PriorityTarget
from helpdesk_plugin.permissions import available_acts
from helpdesk_plugin.services import amendment, disposition
from helpdesk_plugin.services.errors import FactsMissing
from tests.factories import MONDAY_9, Journey, make_ticket, ticket_at

S = TicketStatus


@pytest.fixture
def critical(staff):
    """A journey of a ticket whose disposition may follow, triaged."""
    PriorityTarget.objects.update(disposition_may_follow=True)
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.TRIAGED)
    return journey


def begin(journey):
    with acting_at(journey.at):
        disposition.start_ahead(journey.id, by=journey.staff.teknisi, officers=[journey.staff.prakom])


def test_work_begins_ahead_and_the_step_of_the_disposition_stays_open(critical):
    begin(critical)
    ticket = critical.ticket
    assert (ticket.state, ticket.ran_ahead, ticket.assignee) == (S.ASSIGNED, True, critical.staff.prakom)
    assert sorted(r.code for r in ticket.step_records.running()) == ["S2b", "S3", "S5"]


def test_other_priorities_wait_for_the_disposition(staff):
    ticket = ticket_at(S.TRIAGED, staff=staff)
    with pytest.raises(StepNotAllowed):
        disposition.start_ahead(ticket.pk, by=staff.teknisi, officers=[staff.prakom])
    assert Step.START_AHEAD not in available_acts(ticket, staff.teknisi)


def test_closing_still_demands_disposition_and_examination(critical):
    begin(critical)
    for step in ("verify", "diagnose", "resolve", "inform", "confirm"):
        with acting_at(critical.at):
            getattr(critical, step)()
    with pytest.raises(FactsMissing) as refused:
        critical.close()
    assert refused.value.missing == (Missing.DISPOSITION, Missing.EXAMINATION)
    disposition.dispose_late(critical.id, disposition.Order(), by=critical.staff.kadis)
    with pytest.raises(FactsMissing) as refused:
        critical.close()
    assert refused.value.missing == (Missing.EXAMINATION,)
    disposition.examine_late(critical.id, by=critical.staff.kabid)
    critical.close()
    ticket = critical.ticket
    assert ticket.state is S.CLOSED
    assert list(ticket.step_records.running()) == []


def test_record_shows_that_the_disposition_came_later(critical):
    begin(critical)
    with acting_at(critical.at + timedelta(hours=2)):
        disposition.dispose_late(
            critical.id, disposition.Order(), by=critical.staff.kadis, late_reason="Dinas luar."
        )
    record = critical.ticket.step_records.get(code="S3")
    assert (record.completed, record.late, record.late_reason) == (True, True, "Dinas luar.")
    assert [e.act for e in critical.ticket.events.all()][-2:] == ["start_ahead", "dispose_late"]


def test_late_disposition_is_offered_once_and_to_the_head_alone(critical):
    begin(critical)
    ticket = critical.ticket
    assert Step.DISPOSE_LATE in available_acts(ticket, critical.staff.kadis)
    assert Step.DISPOSE_LATE not in available_acts(ticket, critical.staff.kabid)
    disposition.dispose_late(critical.id, disposition.Order(), by=critical.staff.kadis)
    ticket = critical.ticket
    assert Step.DISPOSE_LATE not in available_acts(ticket, critical.staff.kadis)
    assert Step.EXAMINE_LATE in available_acts(ticket, critical.staff.kabid)


def test_division_head_sends_back_with_a_reason(staff):
    ticket = ticket_at(S.DISPOSED, staff=staff)
    ticket = disposition.send_back(ticket.pk, by=staff.kabid, note="Bukan bidang kami.")
    assert ticket.state is S.TRIAGED
    event = ticket.events.last()
    assert (event.sop_code, event.public) == ("S4", False)
    assert disposition.dispose_ticket(ticket.pk, disposition.Order(), by=staff.kadis).state is S.DISPOSED


def test_a_changed_calendar_moves_nothing_until_somebody_recounts(staff):
    ticket = make_ticket(at=MONDAY_9)
    promised = ticket.recovery_due_at
    Holiday.objects.create(day=date(2026, 11, 24), name="Libur daerah")
    with acting_at(MONDAY_9 + timedelta(hours=1)):
        amendment.amend_ticket(ticket.pk, by=staff.teknisi, changes={"kind": "request"}, note="Salah jenis.")
    ticket.refresh_from_db()
    assert ticket.recovery_due_at == promised
    with acting_at(MONDAY_9 + timedelta(hours=2)):
        amendment.recount_ticket(ticket.pk, by=staff[Role.MANAGER], note="Libur daerah ditetapkan.")
    ticket.refresh_from_db()
    assert ticket.recovery_due_at == promised + timedelta(days=1)
