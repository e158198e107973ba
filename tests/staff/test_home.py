"""Wagtail's home, its log, and the words that the screens share."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import ALL_ACTS
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.staff.due import DueState, due_of
from helpdesk_plugin.staff.words import working_time
from tests.factories import MONDAY_9, Journey, make_ticket, ticket_at
from tests.staff.conftest import list_url, page_url


def test_home_counts_what_waits_for_my_role(staff, as_role):
    ticket_at(TicketStatus.TRIAGED, staff=staff), ticket_at(TicketStatus.TRIAGED, staff=staff)
    make_ticket()
    html = as_role(Role.HEAD_OF_AGENCY).get("/admin/").content.decode()
    link = list_url(work="role")
    assert link in html
    assert ">2<" in html.split(link)[1].split("</a>")[0]


def test_home_begins_with_what_is_next_in_order_of_work(staff, as_role):
    low = make_ticket(who_affected="me", alternative="yes")
    high = make_ticket(who_affected="public", alternative="no")
    elsewhere = ticket_at(TicketStatus.TRIAGED, staff=staff)
    html = as_role(Role.TECHNICAL_SUPPORT).get("/admin/").content.decode()
    assert html.index(page_url(high)) < html.index(page_url(low))
    assert page_url(elsewhere) not in html


def test_home_says_nothing_of_tickets_to_those_who_may_not_see_them(staff, as_role):
    make_ticket()
    assert "/admin/helpdesk/tickets/?" not in as_role(Role.EDITOR).get("/admin/").content.decode()


def test_home_of_the_auditor_leads_to_everything_that_can_be_examined(staff, as_role):
    make_ticket()
    html = as_role(Role.AUDITOR).get("/admin/").content.decode()
    panel = html.split('id="hd-oversight"')[1].split("</section>")[0]
    assert ">1<" in panel.split(f'href="{list_url()}"')[1].split("</a>")[0]
    for name in ("helpdesk_reports", "helpdesk_reports_register", "helpdesk_evidence"):
        assert f'href="{reverse(name)}"' in panel, name
    assert "/admin/helpdesk/ledger/" in panel
    # Nobody's own heaps, and nothing that an auditor may not open.
    assert list_url(work="mine") not in panel
    assert reverse("helpdesk_health") not in panel


@pytest.mark.parametrize("role", [Role.TECHNICAL_SUPPORT, Role.AUDITOR])
def test_home_searches_tickets_and_not_pages_for_those_without_pages(staff, as_role, role):
    html = as_role(role).get("/admin/").content.decode()
    assert 'class="hd-home-search"' in html
    assert "hd-panel--no-pages" in html


@pytest.mark.parametrize("status", list(TicketStatus))
def test_count_agrees_with_the_holders_of_every_ticket(staff, status):
    ticket = ticket_at(status, staff=staff)
    for role in STAFF_ROLES:
        held = Ticket.objects.held_by({role}).filter(pk=ticket.pk).exists()
        assert held is (ticket.is_open and role in ticket.holders), role


def test_count_follows_what_was_done_in_a_handled_ticket(staff):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.RESOLVED)
    for step in (journey.inform, journey.confirm):
        step()
        ticket = journey.ticket
        for role in STAFF_ROLES:
            assert Ticket.objects.held_by({role}).filter(pk=ticket.pk).exists() is (role in ticket.holders)


@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_every_act_reads_as_a_sentence_in_wagtails_log(act):
    formatter = registry.get_formatter(ModelLogEntry(action=f"helpdesk.{act.value}"))
    for data in ({"sop": "S3"}, {}, None, [], "x"):
        message = formatter.format_message(ModelLogEntry(action=f"helpdesk.{act.value}", data=data))
        assert str(formatter.label) in message


def test_log_holds_no_text_of_a_note(staff):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.RETURNED)
    for entry in ModelLogEntry.objects.all():
        assert "nomor ruangan" not in f"{entry.data} {entry.message} {entry.comment}"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (61, "1 hour 1 minute"),
        (450, "1 working day"),
        (2 * 450 + 61, "2 working days 1 hour"),
        (450 + 5, "1 working day 5 minutes"),
    ],
)
def test_working_time_is_told_in_its_two_largest_units(minutes, said):
    with override("en"):
        assert working_time(timedelta(minutes=minutes, seconds=59)) == said


class TestDue:
    """The chip against a calendar of Monday to Friday; the ticket came in on Monday at 9.00."""

    @pytest.fixture
    def ticket(self, staff):
        return make_ticket(at=MONDAY_9)

    def at(self, ticket, **later):
        return due_of(ticket, MONDAY_9 + timedelta(**later), calendar())

    def test_response_is_promised_first(self, ticket):
        due = self.at(ticket, minutes=0)
        assert (due.at, due.state, due.is_response) == (ticket.response_due_at, DueState.ON_TIME, True)
        assert due.gap == timedelta(minutes=120)

    def test_three_quarters_used_are_a_risk(self, ticket):
        assert self.at(ticket, minutes=89).state is DueState.ON_TIME
        assert self.at(ticket, minutes=90).state is DueState.AT_RISK

    def test_late_counts_working_time_alone(self, ticket):
        due = due_of(ticket, datetime(2026, 11, 24, 1, 0, tzinfo=UTC), calendar())
        assert due.state is DueState.LATE
        # Monday 11.00 to 12.00 and 13.00 to 16.00, Tuesday 7.30 to 8.00.
        assert due.gap == timedelta(hours=4, minutes=30)

    def test_stands_still_while_the_requester_is_waited_for(self, staff):
        ticket = ticket_at(TicketStatus.WAITING_REQUESTER, staff=staff)
        assert due_of(ticket, MONDAY_9, calendar()).state is DueState.PAUSED

    def test_nothing_is_promised_at_the_end(self, staff):
        assert due_of(ticket_at(TicketStatus.CLOSED, staff=staff), MONDAY_9, calendar()) is None
        assert due_of(ticket_at(TicketStatus.RESOLVED, staff=staff), MONDAY_9, calendar()) is None
