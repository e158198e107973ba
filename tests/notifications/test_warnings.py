"""Whom the watch over deadlines writes to: offices by name, substitutes, the requester."""

from django.utils import timezone

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Delegation, MessageState, PriorityTarget
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import disposition
from helpdesk_plugin.services._door import Request, pass_through
from tests.factories import make_user

REQUESTER = None


def warn(ticket, **facts):
    """A warning as the watch over deadlines records it."""
    facts = {"subject": "recovery", "percent": 75, "step": "", "due_at": "", "requester": False} | facts
    request = Request(by=Party.SYSTEM)
    return pass_through(ticket.pk, Remark.WARN, request, lambda passage: passage.data.update(facts))


def test_warning_reaches_the_offices_that_it_names(after, staff, queued):
    ticket = after(TicketStatus.TRIAGED)
    warn(ticket, roles=[Role.HEAD_OF_AGENCY.value, Role.DIVISION_HEAD.value])
    assert set(queued()) == {("desk.warn", staff.kadis), ("desk.warn", staff.kabid)}


def test_warning_of_lateness_has_words_of_its_own_and_may_reach_the_requester(after, staff, queued):
    ticket = after(TicketStatus.TRIAGED)
    warn(ticket, roles=[Role.HEAD_OF_AGENCY.value], percent=100, requester=True)
    assert queued() == [("requester.warn_late", REQUESTER), ("desk.warn_late", staff.kadis)]


def test_warning_that_names_nobody_tells_nobody(after, queued):
    ticket = after(TicketStatus.TRIAGED)
    warn(ticket, roles=[])
    assert queued() == []


def test_of_an_office_at_work_on_the_ticket_only_those_on_it_are_warned(after, staff, queued):
    make_user(Role.COMPUTER_OFFICER)
    ticket = after(TicketStatus.DIAGNOSING)
    warn(ticket, roles=[Role.COMPUTER_OFFICER.value, Role.DIVISION_HEAD.value])
    assert set(queued()) == {("desk.warn", staff.prakom), ("desk.warn", staff.kabid)}


def test_substitute_is_warned_as_the_one_they_stand_in_for(after, staff, queued):
    substitute = make_user(Role.AUDITOR)
    today = agency_date(timezone.now())
    Delegation.objects.create(
        role=Role.HEAD_OF_AGENCY.value, substitute=substitute, first_day=today, last_day=today
    )
    ticket = after(TicketStatus.TRIAGED)
    warn(ticket, roles=[Role.HEAD_OF_AGENCY.value])
    assert set(queued()) == {("desk.warn", staff.kadis), ("desk.warn", substitute)}
    outbox.deliver_due()
    assert set(queued(state=MessageState.SENT)) == set(queued())


def test_officer_who_left_the_office_is_not_sent_its_warning(after, staff, queued):
    ticket = after(TicketStatus.TRIAGED)
    warn(ticket, roles=[Role.HEAD_OF_AGENCY.value])
    staff.kadis.groups.set(staff.kabid.groups.all())
    outbox.deliver_due()
    assert queued(state=MessageState.DROPPED) == [("desk.warn", staff.kadis)]


def test_reminder_reaches_the_requester_alone(after, queued):
    ticket = after(TicketStatus.RETURNED)
    pass_through(ticket.pk, Remark.REMIND, Request(by=Party.SYSTEM))
    assert queued() == [("requester.remind", REQUESTER)]


def test_disposition_that_follows_is_asked_for(after, staff, queued):
    PriorityTarget.objects.update(disposition_may_follow=True)
    ticket = after(TicketStatus.TRIAGED)
    disposition.start_ahead(ticket.pk, by=staff.teknisi, officers=[staff.prakom])
    assert set(queued()) == {
        ("requester.start_ahead", REQUESTER),
        ("desk.start_ahead", staff.kadis),
        ("desk.start_ahead", staff.prakom),
    }
