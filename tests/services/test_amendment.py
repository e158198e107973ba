"""Corrections: with a reason, on record, and with the promise that follows from the new facts."""

import pytest

from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services.amendment import amend_ticket
from helpdesk_plugin.services.errors import NoteRequired
from tests.factories import MONDAY_9, make_service, make_ticket, ticket_at


def test_correction_names_the_fields_and_history_keeps_the_values(staff):
    ticket = make_ticket()
    amend_ticket(ticket.pk, by=staff.teknisi, changes={"requester_unit": "Ruang 3"}, note="Salah tulis.")
    assert ticket.events.last().data == {"changed": ["requester_unit"]}
    new, old = ticket.history.all()[:2]
    assert (old.requester_unit, new.requester_unit) == ("Bidang Anggaran, lantai 2", "Ruang 3")


def test_correction_needs_a_reason(staff):
    with pytest.raises(NoteRequired):
        amend_ticket(make_ticket().pk, by=staff.teknisi, changes={"summary": "x"}, note="")


def test_fields_of_the_procedure_cannot_be_corrected(staff):
    with pytest.raises(ValueError, match="status"):
        amend_ticket(make_ticket().pk, by=staff.teknisi, changes={"status": "closed"}, note="x")


def test_another_service_moves_the_deadline(staff):
    ticket = ticket_at("submitted", staff=staff, at=MONDAY_9)
    service = make_service(recovery_minutes=30)
    amended = amend_ticket(ticket.pk, by=staff.teknisi, changes={"service": service}, note="Layanan lain.")
    assert amended.recovery_due_at < ticket.recovery_due_at


def test_corrected_words_are_found_by_search(staff):
    ticket = make_ticket()
    amend_ticket(ticket.pk, by=staff.teknisi, changes={"summary": "Printer macet"}, note="x")
    assert list(Ticket.objects.search("printer")) == [ticket]
    assert list(Ticket.objects.search("internet kantor")) == []
