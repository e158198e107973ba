"""The stepper: what is done, where it stands, what comes next, for every status."""

from datetime import timedelta

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import SOP_LINE
from helpdesk_plugin.progress import Progress, StationState
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, ticket_at

S = TicketStatus


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


def progress_of(ticket):
    return Progress(ticket, list(ticket.events.all()))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (S.SUBMITTED, "S2"),
        (S.RETURNED, "S1"),
        (S.TRIAGED, "S3"),
        (S.DISPOSED, "S4"),
        (S.ASSIGNED, "S5"),
        (S.DIAGNOSING, "S6"),
        (S.RECOVERING, "S7"),
        (S.WAITING_REQUESTER, "S6"),
        (S.WAITING_THIRD_PARTY, "S6"),
        (S.RESOLVED, "S8"),
        (S.REOPENED, "S6"),
    ],
)
def test_current_station_of_each_open_status(staff, status, code):
    progress = progress_of(ticket_at(status, staff=staff))
    here = SOP_LINE.index(code)
    assert progress.current.code == code
    assert progress.following.code == SOP_LINE[here + 1]
    states = [station.state for station in progress.stations]
    assert states == (
        [StationState.DONE] * here + [StationState.NOW] + [StationState.NEXT] * (len(SOP_LINE) - here - 1)
    )


def test_closed_ticket_has_passed_every_station(staff):
    progress = progress_of(ticket_at(S.CLOSED, staff=staff))
    assert progress.current is None
    assert {station.state for station in progress.stations} == {StationState.DONE}
    assert all(station.done_at for station in progress.stations)


@pytest.mark.parametrize(
    ("status", "done"), [(S.REJECTED, ["S1"]), (S.CANCELLED, ["S1"]), (S.MERGED, ["S1"])]
)
def test_ended_early_leaves_the_rest_out(staff, status, done):
    stations = progress_of(ticket_at(status, staff=staff)).stations
    assert [s.code for s in stations if s.state is StationState.DONE] == done
    assert {s.state for s in stations if s.code not in done} == {StationState.LEFT_OUT}


def test_station_names_the_office_and_when_its_standard_ends(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.TRIAGED)
    current = progress_of(journey.ticket).current
    assert current.role is Role.HEAD_OF_AGENCY
    assert current.since == journey.at
    assert current.ends_at == journey.at + timedelta(minutes=30)
    assert current.proposed is True


def test_recovery_ends_at_the_promise_of_the_ticket(staff):
    ticket = ticket_at(S.RECOVERING, staff=staff)
    assert progress_of(ticket).current.ends_at == ticket.recovery_due_at


def test_while_the_requester_is_awaited_no_standard_runs(staff):
    ticket = ticket_at(S.WAITING_REQUESTER, staff=staff)
    assert progress_of(ticket).current.ends_at is None


def test_progress_costs_a_constant_number_of_queries(staff, django_assert_num_queries):
    ticket = ticket_at(S.TRIAGED, staff=staff)
    events = list(ticket.events.all())
    with django_assert_num_queries(2):
        assert len(Progress(ticket, events).stations) == len(SOP_LINE)
