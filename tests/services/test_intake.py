"""S2: classification, returning, rejecting, merging."""

import pytest

from helpdesk_plugin.domain.priorities import Impact, Priority, Urgency
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import TicketKind
from helpdesk_plugin.services import intake
from helpdesk_plugin.services.errors import NoteRequired, WrongTarget
from tests.factories import make_service, make_ticket, ticket_at


def _triage(ticket, **changes):
    facts = {
        "kind": ticket.kind,
        "service": ticket.service,
        "impact": Impact.HIGH,
        "urgency": Urgency.HIGH,
        **changes,
    }
    return intake.Triage(**facts)


def test_triage_sets_priority_by_the_matrix_and_marks_the_first_response(staff):
    ticket = intake.triage_ticket(make_ticket().pk, t := _triage(make_ticket()), by=staff.teknisi)
    assert (ticket.state, ticket.priority) == (TicketStatus.TRIAGED, 1)
    assert ticket.first_response_at == ticket.status_since
    assert ticket.events.last().data == {"priority": 1, "by_matrix": 1}
    assert t.override is None


def test_triage_may_change_kind_and_service(staff):
    service = make_service()
    ticket = make_ticket()
    ticket = intake.triage_ticket(
        ticket.pk, _triage(ticket, kind=TicketKind.REQUEST, service=service), by=staff.teknisi
    )
    assert (ticket.kind, ticket.service) == (TicketKind.REQUEST, service)


def test_override_needs_a_reason_and_keeps_it(staff):
    ticket = make_ticket()
    with pytest.raises(NoteRequired):
        intake.triage_ticket(ticket.pk, _triage(ticket, override=Priority.P4), by=staff.teknisi)
    facts = _triage(ticket, override=Priority.P4, reason="Hanya uji coba.")
    ticket = intake.triage_ticket(ticket.pk, facts, by=staff.teknisi)
    assert (ticket.priority, ticket.priority_reason) == (4, "Hanya uji coba.")


def test_return_counts_as_response_and_tells_the_reason(staff):
    ticket = ticket_at(TicketStatus.RETURNED, staff=staff)
    assert ticket.first_response_at is not None
    assert ticket.events.last().public_note == "Mohon sebutkan nomor ruangan."


def test_merge_points_to_the_other_which_gets_an_internal_note(staff):
    duplicate, parent = make_ticket(), make_ticket()
    ticket = intake.merge_ticket(duplicate.pk, parent, by=staff.teknisi)
    assert (ticket.state, ticket.merged_into) == (TicketStatus.MERGED, parent)
    told = parent.events.last()
    assert (told.act, told.party, told.public) == ("note", "system", False)
    assert duplicate.number in told.note


def test_merge_into_itself_is_refused(staff):
    ticket = make_ticket()
    with pytest.raises(WrongTarget):
        intake.merge_ticket(ticket.pk, ticket, by=staff.teknisi)


def test_merge_into_a_final_ticket_is_refused(staff):
    with pytest.raises(WrongTarget):
        intake.merge_ticket(make_ticket().pk, ticket_at(TicketStatus.CLOSED, staff=staff), by=staff.teknisi)
