"""Steps that took longer than their standard ask why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.staff.actions import ACTIONS
from tests.factories import ticket_at
from tests.staff.conftest import act_url, filled


@pytest.fixture
def late_for_disposition(staff):
    """Awaits the head of agency since two days; the standard is half an hour."""
    return ticket_at(TicketStatus.TRIAGED, staff=staff, at=timezone.now() - timedelta(days=9))


def test_form_of_a_late_step_asks_why_and_the_record_keeps_it(late_for_disposition, as_role):
    client, url = as_role(Role.HEAD_OF_AGENCY), act_url(late_for_disposition, Step.DISPOSE)
    assert "Langkah S3 seharusnya selesai" in client.get(url).content.decode()
    client.post(url, filled(client, url, late_reason="Kepala Dinas dinas luar"))
    record = late_for_disposition.step_records.get(code="S3")
    assert (record.late, record.late_reason) == (True, "Kepala Dinas dinas luar")


def test_reason_of_lateness_may_stay_empty(late_for_disposition, as_role):
    client, url = as_role(Role.HEAD_OF_AGENCY), act_url(late_for_disposition, Step.DISPOSE)
    client.post(url, filled(client, url))
    assert late_for_disposition.step_records.get(code="S3").late_reason == ""


def test_form_of_a_step_in_time_asks_nothing(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff, at=timezone.now())
    form = as_role(Role.HEAD_OF_AGENCY).get(act_url(ticket, Step.DISPOSE)).context["form"]
    assert "late_reason" not in form.fields


@pytest.mark.parametrize("act", [Step.START_AHEAD, Remark.NOTE, Remark.REPLY, Step.MERGE])
def test_act_that_ends_no_step_asks_nothing(late_for_disposition, staff, as_role, act):
    late_for_disposition.promise["may_follow"] = True
    form = ACTIONS[act.value].form(ticket=late_for_disposition, user=staff.kabid, act=act)
    assert "late_reason" not in form.fields
