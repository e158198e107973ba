"""Who signs the activity report: nobody receives their own."""

import pytest
from django.utils import timezone

from helpdesk_plugin.documents.facts import activity
from helpdesk_plugin.documents.sketch import Slip
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.people import name_of
from helpdesk_plugin.services.handling import Recovery, resolve_ticket
from tests.factories import Journey, Staff, make_agency_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(db):
    make_agency_data()


def signatures_of(journey: Journey) -> tuple[str, str]:
    """Who reports, and to whom."""
    journey.inform()
    slip = Slip(PaperKind.ACTIVITY_REPORT, timezone.now(), journey.staff.teknisi)
    told = activity.facts_of(journey.ticket, slip).context
    return told["signature"].name, told["receiver"].name


def test_report_goes_to_the_computer_officer_who_worked_last(agency):
    journey = Journey()
    journey.to(TicketStatus.RESOLVED)
    assert signatures_of(journey) == (name_of(journey.staff.teknisi), name_of(journey.staff.prakom))


def test_report_of_a_recovery_by_the_reporter_goes_to_whoever_diagnosed(agency):
    journey = Journey()
    journey.to(TicketStatus.RECOVERING)
    resolve_ticket(journey.id, Recovery(action="Kabel disambung ulang"), by=journey.staff.teknisi)
    assert signatures_of(journey) == (name_of(journey.staff.teknisi), name_of(journey.staff.prakom))


def test_report_of_one_officers_work_goes_to_the_division_head(agency):
    """In a small agency one person may hold both offices."""
    staff = Staff()
    staff.teknisi.groups.add(*staff.prakom.groups.all())
    staff._made[Role.COMPUTER_OFFICER] = staff.teknisi
    journey = Journey(staff=staff)
    journey.to(TicketStatus.RESOLVED)
    assert signatures_of(journey) == (name_of(staff.teknisi), name_of(staff.kabid))
