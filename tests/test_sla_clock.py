"""The stored hours, holidays, matrix and targets as the pure clock sees them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from helpdesk_plugin import calendars, sla_clock
from helpdesk_plugin.domain.priorities import DEFAULT_MATRIX, Impact, Priority, Urgency
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Holiday, PriorityRule, PriorityTarget, WorkingRegime, WorkingWindow
from tests.factories import MONDAY_9, make_agency_data, make_ticket, ticket_at


@pytest.fixture(autouse=True)
def agency(db):
    make_agency_data()


def test_calendar_counts_the_agencys_hours():
    hours = calendars.calendar()
    week = hours.between(datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2026, 11, 29, 17, tzinfo=UTC))
    assert week == timedelta(hours=37, minutes=30)


def test_holiday_added_in_the_admin_counts_at_once():
    before = calendars.calendar().add(MONDAY_9, timedelta(minutes=450))
    Holiday.objects.create(day=date(2026, 11, 24), name="Libur daerah")
    assert calendars.calendar().add(MONDAY_9, timedelta(minutes=450)) == before + timedelta(days=1)


def test_seasonal_hours_take_the_place_of_the_ordinary_ones():
    season = WorkingRegime.objects.create(
        name="Ramadan", first_day=date(2026, 11, 23), last_day=date(2026, 11, 27), rank=10
    )
    WorkingWindow.objects.create(regime=season, weekday=0, opens=time(8), closes=time(12))
    monday = calendars.calendar().between(MONDAY_9 - timedelta(hours=9), MONDAY_9 + timedelta(hours=15))
    assert monday == timedelta(hours=4)


def test_calendar_costs_five_queries(django_assert_num_queries):
    with django_assert_num_queries(5):
        calendars.calendar()


def test_stored_matrix_overrides_the_default_cell_by_cell():
    PriorityRule.objects.filter(impact=3, urgency=3).update(priority=1)
    PriorityRule.objects.filter(impact=1, urgency=1).delete()
    matrix = sla_clock.matrix()
    assert matrix[(Impact.LOW, Urgency.LOW)] is Priority.P1
    assert matrix[(Impact.HIGH, Urgency.HIGH)] is DEFAULT_MATRIX[(Impact.HIGH, Urgency.HIGH)]


def test_agency_date_is_the_date_on_the_agencys_wall():
    assert calendars.agency_date(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert calendars.agency_date(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("days", "end"),
    [
        (1, datetime(2026, 11, 30, 9, 0, tzinfo=UTC)),  # Monday 16.00 WIB
        (5, datetime(2026, 12, 4, 9, 30, tzinfo=UTC)),  # Friday closes at 16.30
    ],
)
def test_agreed_days_end_with_the_hours_of_the_last_working_day(days, end):
    friday_noon = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
    assert calendars.closing_of_working_day(friday_noon, days, calendars.calendar()) == end


def test_without_targets_nothing_is_promised():
    PriorityTarget.objects.all().delete()
    ticket = make_ticket()
    assert (ticket.response_due_at, ticket.recovery_due_at) == (None, None)


def test_change_of_the_calendar_moves_no_agreed_day_of_a_closed_ticket():
    ticket = ticket_at(TicketStatus.CLOSED, at=MONDAY_9)
    before = sla_clock.reopening_deadline(ticket)
    Holiday.objects.create(day=calendars.agency_date(MONDAY_9) + timedelta(days=1), name="Libur mendadak")
    assert sla_clock.reopening_deadline(ticket) == before
