"""The work log and the calls: what is kept, who may, what stays internal."""

from decimal import Decimal

import pytest

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.domain.work import MOST_PARTS, Condition, Part, Unit, Via
from helpdesk_plugin.models import OutboxMessage, PartUsed, WorkLog
from helpdesk_plugin.services.errors import NoteRequired, NotPermitted
from helpdesk_plugin.services.work import log_contact, log_work
from tests.factories import Staff, make_agency_data, make_ticket, ticket_at


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


CABLE = Part("Kabel UTP", "Contoh C6", "SN-8812", Condition.USED, Decimal("15.50"), Unit.METRE)


def test_minutes_and_parts_are_kept_with_their_ledger_entry(staff):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    version = ticket.version
    ticket = log_work(ticket.pk, by=staff.prakom, minutes=95, parts=[CABLE], note="Ganti kabel.")
    row = WorkLog.objects.get(ticket=ticket)
    event = row.event
    assert (row.minutes, row.by, row.at) == (95, staff.prakom, event.at)
    assert (event.act, event.note, event.sop_code) == ("work", "Ganti kabel.", "S7")
    assert not event.public
    assert row.parts.get().in_words.startswith("15")
    assert "SN-8812" in row.parts.get().in_words
    assert (ticket.version, ticket.status) == (version, TicketStatus.RECOVERING.value)


def test_work_is_nobodys_mail(staff):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    before = OutboxMessage.objects.count()
    log_work(ticket.pk, by=staff.prakom, minutes=5, note="Periksa.")
    log_contact(ticket.pk, by=staff.prakom, via=Via.PHONE, reached=True)
    assert OutboxMessage.objects.count() == before


def test_twice_the_same_key_is_one_entry(staff):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    for _ in range(2):
        log_work(ticket.pk, by=staff.prakom, minutes=5, parts=[CABLE], note="Periksa.", key="k1")
    assert (WorkLog.objects.count(), PartUsed.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("minutes", "parts"), [(0, []), (-1, []), (1441, []), (5, [CABLE] * (MOST_PARTS + 1))], ids=str
)
def test_what_cannot_be_work_is_refused(staff, minutes, parts):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    with pytest.raises(ValueError, match="nothing"):
        log_work(ticket.pk, by=staff.prakom, minutes=minutes, parts=parts, note="x")
    assert not WorkLog.objects.exists()


def test_work_says_what_was_done(staff):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    with pytest.raises(NoteRequired):
        log_work(ticket.pk, by=staff.prakom, minutes=5, note="  ")


def test_log_may_be_completed_after_closing_but_not_of_a_rejected_request(staff):
    log_work(ticket_at(TicketStatus.CLOSED, staff=staff).pk, by=staff.teknisi, minutes=5, note="Susulan.")
    with pytest.raises(StepNotAllowed):
        log_work(ticket_at(TicketStatus.REJECTED, staff=staff).pk, by=staff.teknisi, minutes=5, note="x")


def test_only_those_who_work_log_work(staff):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    with pytest.raises(NotPermitted):
        log_work(ticket.pk, by=staff.kadis, minutes=5, note="x")
    with pytest.raises(StepNotAllowed):
        log_work(ticket.pk, by=Party.REQUESTER, minutes=5, note="x")


def test_call_is_recorded_with_way_and_outcome_and_needs_no_words(staff):
    ticket = make_ticket()
    log_contact(ticket.pk, by=staff.kadis, via=Via.WHATSAPP, reached=False)
    event = ticket.events.get(act=Remark.CONTACT)
    assert event.data == {"via": "whatsapp", "reached": False}
    assert (event.public, event.note, event.sop_code) == (False, "", "S2b")
