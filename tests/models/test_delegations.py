"""Substitutes: what they may do, for how long, and how it is recorded."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Delegation, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import available_acts, officers_who_may
from helpdesk_plugin.services import disposition
from helpdesk_plugin.services.errors import NotPermitted
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, make_user

MONDAY = date(2026, 11, 23)
DISPOSE = "helpdesk_plugin.dispose_ticket"


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


def delegate(staff, substitute, **fields):
    row = Delegation(
        **{
            "role": Role.HEAD_OF_AGENCY.value,
            "principal": staff.kadis,
            "substitute": substitute,
            "first_day": MONDAY,
            "last_day": MONDAY + timedelta(days=1),
            **fields,
        }
    )
    row.full_clean()
    row.save()
    return row


def again(user):
    """The user as the next request sees them."""
    return type(user).objects.get(pk=user.pk)


def test_substitute_disposes_on_behalf_and_the_ledger_says_so(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(TicketStatus.TRIAGED)
    delegate(staff, staff.kabid)
    with acting_at(journey.at):
        disposition.dispose_ticket(journey.id, disposition.Order(), by=again(staff.kabid))
    event = journey.ticket.events.last()
    assert (event.by, event.role, event.capacity) == (staff.kabid, Role.HEAD_OF_AGENCY.value, "plh")
    assert "a.n." in event.acting_office
    record = journey.ticket.step_records.get(code="S3")
    assert (record.acting_role, record.capacity) == (Role.HEAD_OF_AGENCY.value, "plh")


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (1, True), (2, False)])
def test_substitution_lasts_from_first_to_last_day(staff, days, may):
    delegate(staff, staff.kabid)
    with acting_at(MONDAY_9 + timedelta(days=days)):
        assert holds(again(staff.kabid), DISPOSE) is may
        assert (staff.kabid in officers_who_may(Step.DISPOSE)) is may


def test_before_and_after_the_substitution_the_step_is_refused(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(TicketStatus.TRIAGED)
    delegate(staff, staff.kabid)
    with acting_at(MONDAY_9 + timedelta(days=2)), pytest.raises(NotPermitted):
        disposition.dispose_ticket(journey.id, disposition.Order(), by=again(staff.kabid))


def test_person_replaced_keeps_seeing_and_acting(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    ticket = journey.to(TicketStatus.TRIAGED)
    delegate(staff, staff.kabid)
    with acting_at(journey.at):
        kadis = again(staff.kadis)
        assert Step.DISPOSE in available_acts(ticket, kadis)
        assert ticket in Ticket.objects.visible_to(kadis)


def test_substitute_without_rights_of_their_own_sees_what_the_office_sees(staff):
    outsider = make_user()
    ticket = Journey(staff=staff, at=MONDAY_9).to(TicketStatus.TRIAGED)
    delegate(staff, outsider)
    with acting_at(MONDAY_9):
        assert ticket in Ticket.objects.visible_to(again(outsider))
    with acting_at(MONDAY_9 + timedelta(days=2)):
        assert not Ticket.objects.visible_to(again(outsider)).exists()


def test_inactive_substitute_holds_nothing(staff):
    delegate(staff, staff.kabid)
    kabid = staff.kabid
    kabid.is_active = False
    kabid.save()
    with acting_at(MONDAY_9):
        assert not holds(again(kabid), DISPOSE)


def test_vacant_office_has_an_acting_head(staff):
    delegate(staff, staff.kabid, principal=None, kind="plt")
    with acting_at(MONDAY_9):
        assert holds(again(staff.kabid), DISPOSE)


def test_overlapping_and_circular_substitutions_are_refused_in_words(staff):
    delegate(staff, staff.kabid)
    with pytest.raises(ValidationError, match="sudah ada pengganti"):
        delegate(staff, staff.prakom)
    with pytest.raises(ValidationError, match="berputar"):
        delegate(staff, staff.kadis, principal=staff.kabid, role=Role.DIVISION_HEAD.value)
    with pytest.raises(ValidationError, match="dirinya sendiri"):
        delegate(staff, staff.kadis)
