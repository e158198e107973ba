"""S3 to S7: disposition with its documents, assignment, verification, holds, recovery."""

import pytest

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import AttachmentPurpose, Disposition, RequiredDocument, TicketKind
from helpdesk_plugin.services import conversation, disposition, handling
from helpdesk_plugin.services.errors import FactsMissing
from tests.factories import accepted, make_service, ticket_at

S = TicketStatus


def test_disposition_is_written_with_its_ledger_entry(staff):
    ticket = ticket_at(S.TRIAGED, staff=staff)
    order = disposition.Order(nature="urgent", agenda_number="12", instructions=["advise", "process"])
    ticket = disposition.dispose_ticket(ticket.pk, order, by=staff.kadis, note="Segera.")
    written = Disposition.objects.get()
    assert (written.event, written.by) == (ticket.events.last(), staff.kadis)
    assert (written.nature, written.instructions) == ("urgent", ["advise", "process"])
    assert ticket.events.last().public_note == ""


def test_disposition_waits_for_the_letter_of_a_request(staff):
    ticket = ticket_at(S.TRIAGED, staff=staff, kind=TicketKind.REQUEST)
    with pytest.raises(FactsMissing) as refused:
        disposition.dispose_ticket(ticket.pk, disposition.Order(), by=staff.kadis)
    assert refused.value.missing == (Missing.COVER_LETTER,)
    conversation.attach_cover_letter(ticket.pk, accepted(), by=Party.REQUESTER)
    assert disposition.dispose_ticket(ticket.pk, disposition.Order(), by=staff.kadis).state is S.DISPOSED


def test_disposition_waits_for_required_documents_by_name(staff):
    service = make_service()
    RequiredDocument.objects.create(service=service, name="Denah", required=True)
    RequiredDocument.objects.create(service=service, name="Foto", required=False)
    ticket = ticket_at(S.TRIAGED, staff=staff, service=service)
    with pytest.raises(FactsMissing) as refused:
        disposition.dispose_ticket(ticket.pk, disposition.Order(), by=staff.kadis)
    assert (refused.value.missing, refused.value.names) == ((Missing.DOCUMENT,), ("Denah",))
    plan = accepted("denah.pdf", purpose=AttachmentPurpose.DOCUMENT, label="Denah")
    conversation.attach_files(ticket.pk, by=staff.teknisi, files=[plan])
    assert disposition.missing_documents(ticket) == ([], [])


def test_examination_assigns_and_the_first_officer_leads(staff):
    ticket = ticket_at(S.DISPOSED, staff=staff)
    officers = [staff.prakom, staff.teknisi]
    ticket = disposition.examine_ticket(ticket.pk, by=staff.kabid, officers=officers)
    assert ticket.assignee == staff.prakom
    assert [(a.officer, a.leads) for a in ticket.assignments.all()] == [
        (staff.prakom, True),
        (staff.teknisi, False),
    ]


def test_examination_without_an_officer_is_refused(staff):
    ticket = ticket_at(S.DISPOSED, staff=staff)
    with pytest.raises(ValueError, match="at least one officer"):
        disposition.examine_ticket(ticket.pk, by=staff.kabid, officers=[])


def test_verification_can_flag_security_and_lifts_the_priority(staff):
    ticket = ticket_at(S.ASSIGNED, staff=staff)
    ticket.priority = 4
    ticket = handling.verify_ticket(ticket.pk, "application", by=staff.prakom, security=True)
    assert (ticket.verdict, ticket.security_flag, ticket.priority) == ("application", True, 2)


@pytest.mark.parametrize("start", [S.ASSIGNED, S.DIAGNOSING, S.RECOVERING])
def test_answer_of_the_requester_leads_back_to_where_work_stood(staff, start):
    ticket = ticket_at(start, staff=staff)
    ticket = handling.hold_for_requester(ticket.pk, by=staff.prakom, note="Kapan bisa datang?")
    assert (ticket.state, ticket.held_from) == (S.WAITING_REQUESTER, start.value)
    ticket = conversation.answer_ticket(ticket.pk, by=Party.REQUESTER, note="Besok pagi.")
    assert (ticket.state, ticket.held_from) == (start, "")


def test_diagnosis_and_solution_are_kept_for_each_pass(staff):
    ticket = ticket_at(S.REOPENED, staff=staff)
    handling.diagnose_ticket(ticket.pk, handling.Finding("lagi", "soket longgar"), by=staff.prakom)
    handling.resolve_ticket(ticket.pk, handling.Recovery("soket diganti"), by=staff.prakom)
    assert [d.cause for d in ticket.diagnosis_set.all()] == ["Kabel serat putus", "soket longgar"]
    assert ticket.solution_set.last().action == "soket diganti"
