"""Filing: numbers without gaps or doubles, one ticket per intention, promises from the start."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Attachment, HelpDeskSettings, NumberSeries, Ticket
from helpdesk_plugin.services import submission
from helpdesk_plugin.services.errors import AlreadySubmitted, NothingToChange, NotPermitted
from tests.factories import (
    MONDAY_9,
    Staff,
    accepted,
    filing,
    make_agency_data,
    make_opd,
    make_service,
    make_sop,
    make_ticket,
    ticket_at,
)
from tests.services.test_door import _in_threads


def test_numbers_run_on_and_start_again_each_year(staff):
    numbers = [
        make_ticket(at=datetime(2026, 12, 31, 16, 59, tzinfo=UTC)).number,
        make_ticket(at=datetime(2026, 12, 31, 16, 59, tzinfo=UTC)).number,
        make_ticket(at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC)).number,  # midnight in the agency's zone
    ]
    assert numbers == ["HD-2026-000001", "HD-2026-000002", "HD-2027-000001"]


def test_number_follows_the_agencys_pattern(staff):
    own = HelpDeskSettings.load()
    own.ticket_number_pattern = "TIK/{year}/{seq:4}"
    own.save()
    assert make_ticket(at=MONDAY_9).number == "TIK/2026/0001"


def test_a_failed_filing_leaves_no_gap(staff):
    with pytest.raises(NotPermitted):
        submission.submit_ticket(filing(), by=staff.kadis)
    assert make_ticket(at=MONDAY_9).number == "HD-2026-000001"
    assert NumberSeries.objects.get().last == 1


def test_same_form_twice_is_one_ticket(staff):
    key, said = uuid.uuid4(), filing()
    first = submission.submit_ticket(said, by=Party.REQUESTER, key=key, files=[accepted()])
    again = submission.submit_ticket(said, by=Party.REQUESTER, key=key, files=[accepted()])
    assert again == first
    assert Ticket.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_same_form_with_other_words_asks_instead_of_losing_them(staff):
    key, said = uuid.uuid4(), filing()
    first = submission.submit_ticket(said, by=Party.REQUESTER, key=key)
    with pytest.raises(AlreadySubmitted) as refused:
        submission.submit_ticket(replace(said, summary="Lain lagi"), by=Party.REQUESTER, key=key)
    assert refused.value.ticket == first


def test_same_form_with_another_file_asks_instead_of_losing_it(staff):
    key, said = uuid.uuid4(), filing()
    submission.submit_ticket(said, by=Party.REQUESTER, key=key)
    with pytest.raises(AlreadySubmitted):
        submission.submit_ticket(said, by=Party.REQUESTER, key=key, files=[accepted()])


def test_provisional_priority_comes_from_the_plain_answers(staff):
    ticket = make_ticket(who_affected="public", alternative="no")
    assert ticket.priority == 1


def test_provisional_priority_of_silence_is_the_services(staff):
    assert make_ticket(service=make_service(default_impact=1, default_urgency=2)).priority == 2


def test_security_service_flags_the_ticket_and_lifts_it(staff):
    ticket = make_ticket(service=make_service(is_security=True), who_affected="me", alternative="yes")
    assert (ticket.security_flag, ticket.priority) == (True, 2)


def test_due_times_are_working_time_from_filing(staff):
    friday_16 = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # 16.00 WIB, half an hour before closing
    ticket = make_ticket(at=friday_16, who_affected="public", alternative="no")
    assert ticket.response_due_at == datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
    assert ticket.recovery_due_at == datetime(2026, 11, 30, 4, 0, tzinfo=UTC)  # Monday 11.00 WIB


def test_services_own_target_overrides_the_priority(staff):
    ticket = make_ticket(at=MONDAY_9, service=make_service(recovery_minutes=60))
    assert ticket.recovery_due_at == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_ticket_keeps_the_sop_version_it_began_with(staff):
    ticket = make_ticket(at=MONDAY_9)
    make_sop(2, in_force_from="2026-11-24")
    assert ticket.sop_version.number == 1
    assert make_ticket(at=datetime(2026, 11, 24, 3, tzinfo=UTC)).sop_version.number == 2


def test_registered_for_someone_names_officer_and_channel(staff):
    said = filing(channel="phone", requester_email="")
    ticket = submission.submit_ticket(said, by=staff.teknisi)
    assert (ticket.registered_by, ticket.channel) == (staff.teknisi, "phone")
    assert ticket.events.get().party == "staff"


def test_returned_request_comes_back_completed(staff):
    ticket = ticket_at(TicketStatus.RETURNED, staff=staff)
    changes = {"requester_unit": "Ruang 12", "status": "closed", "number": "X"}
    submission.resubmit_ticket(ticket.pk, by=Party.REQUESTER, changes=changes, files=[accepted()])
    ticket.refresh_from_db()
    assert (ticket.state, ticket.requester_unit) == (TicketStatus.SUBMITTED, "Ruang 12")
    assert ticket.number != "X"
    assert ticket.events.last().data == {"changed": ["requester_unit"]}
    assert ticket.attachments.count() == 1


@pytest.mark.parametrize("said", [{}, {"note": "  "}, {"changes": {}}])
def test_returned_request_does_not_come_back_as_it_was(staff, said):
    ticket = ticket_at(TicketStatus.RETURNED, staff=staff)
    said = said | ({"changes": {"summary": ticket.summary}} if "changes" in said else {})
    with pytest.raises(NothingToChange):
        submission.resubmit_ticket(ticket.pk, by=Party.REQUESTER, **said)
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.RETURNED


def test_submission_time_is_when_it_was_filed(staff):
    with acting_at(MONDAY_9):
        assert submission.submit_ticket(filing(), by=Party.REQUESTER).submitted_at == MONDAY_9


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_filings_get_fifty_numbers_in_a_row():
    make_agency_data()
    service, opd = make_service(), make_opd()
    results = _in_threads(
        *[
            lambda: submission.submit_ticket(filing(service=service, opd=opd), by=Party.REQUESTER)
            for _ in range(50)
        ]
    )
    assert [r for r in results if not isinstance(r, Ticket)] == []
    year = results[0].submitted_at.year
    assert sorted(r.number for r in results) == [f"HD-{year}-{n:06d}" for n in range(1, 51)]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_ten_times_at_once_is_one_ticket():
    make_agency_data()
    Staff()
    said, key = filing(), uuid.uuid4()
    results = _in_threads(
        *[lambda: submission.submit_ticket(said, by=Party.REQUESTER, key=key) for _ in range(10)]
    )
    assert {r.pk for r in results} == {Ticket.objects.get().pk}
