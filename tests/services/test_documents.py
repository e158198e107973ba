"""Issuing documents: numbers without gaps, one standing document for what it documents, nothing half done."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import DocumentSettings, IssuedDocument, NumberSeries, TicketEvent
from helpdesk_plugin.services.documents import (
    Drawn,
    issue_document,
    issue_report,
    keep_signed_copy,
    may_open,
    withdraw_document,
)
from helpdesk_plugin.services.errors import (
    DocumentWithdrawn,
    FactsMissing,
    NoteRequired,
    NotPermitted,
    SignedAlready,
)
from tests.factories import (
    Journey,
    Staff,
    accepted,
    accepted_picture,
    make_agency_data,
    make_service,
    make_user,
    ticket_at,
    without_security_rights,
)

pytestmark = pytest.mark.django_db

RECORD, REPORT, SHEET = PaperKind.HANDLING_RECORD, PaperKind.ACTIVITY_REPORT, PaperKind.DISPOSITION_SHEET


def draw(document: IssuedDocument) -> Drawn:
    """A drawing that says what it was told."""
    told = f"%PDF-1.7 {document.kind} {document.number} {document.issued_at.isoformat()}"
    return Drawn(told.encode(), "test", holds_nip=False)


def fail(document: IssuedDocument) -> Drawn:
    raise RuntimeError("the printer is on fire")


@pytest.fixture
def closed(staff):
    return ticket_at(TicketStatus.CLOSED, staff=staff)


def test_issued_document_is_stored_with_number_fingerprint_and_ledger_entry(closed, staff):
    with acting_at(datetime(2027, 3, 4, 3, tzinfo=UTC)):
        document = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    with document.file.open("rb") as stored:
        content = stored.read()
    assert document.number == "555/1/DISKOMINFO/III/2027"
    assert content == draw(document).content
    assert (document.size, document.name) == (len(content), f"{document.name}")
    assert document.name == "Berita-acara-penanganan-gangguan-555-1-DISKOMINFO-III-2027.pdf"
    entry = TicketEvent.objects.get(document=document)
    assert (entry.act, entry.sop_code, entry.public, entry.by) == ("document", "S7", False, staff.prakom)
    assert entry.note == "Berita acara penanganan gangguan 555/1/DISKOMINFO/III/2027 diterbitkan"
    assert entry.data == {"deed": "issued", "document": "handling_record", "number": document.number}


def test_year_begins_with_one_on_the_clocks_of_the_agency(closed, staff):
    # 23.30 WIB on New Year's Eve, 00.30 WIB on New Year's Day: both are the 31st in UTC.
    with acting_at(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):
        old = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    with acting_at(datetime(2026, 12, 31, 17, 30, tzinfo=UTC)):
        new = issue_document(closed.pk, REPORT, by=staff.prakom, draw=draw)
    assert (old.number, new.number) == ("555/1/DISKOMINFO/XII/2026", "555/1/DISKOMINFO/I/2027")


def test_pattern_of_the_agency_is_followed(closed, staff):
    choices = DocumentSettings.load()
    choices.number_pattern = "{urut:3}/BA/{bulan romawi}/{tahun}"
    choices.full_clean()
    choices.save()
    with acting_at(datetime(2027, 3, 4, 3, tzinfo=UTC)):
        assert issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw).number == "001/BA/III/2027"


def test_drawing_that_fails_stores_nothing_and_uses_up_no_number(closed, staff):
    with pytest.raises(RuntimeError, match="fire"):
        issue_document(closed.pk, RECORD, by=staff.prakom, draw=fail)
    assert not IssuedDocument.objects.exists()
    assert not TicketEvent.objects.filter(act="document").exists()
    assert not NumberSeries.objects.filter(name="document", last__gt=0).exists()


def test_issuing_again_gives_the_same_document(closed, staff):
    first = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    again = issue_document(closed.pk, RECORD, by=staff.teknisi, draw=fail)
    assert again == first
    assert closed.events.filter(act="document").count() == 1


def test_same_press_twice_is_one_document(closed, staff):
    first = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw, key="a" * 32)
    assert issue_document(closed.pk, RECORD, by=staff.prakom, draw=fail, key="a" * 32) == first


def test_key_of_another_deed_brings_nothing(closed, staff):
    document = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    keep_signed_copy(document.pk, accepted(), by=staff.prakom, key="b" * 32)
    with pytest.raises(NotPermitted):
        issue_document(closed.pk, REPORT, by=staff.prakom, draw=draw, key="b" * 32)
    with pytest.raises(NotPermitted):
        keep_signed_copy(document.pk, accepted_picture(), by=staff.prakom, key="b" * 32)


def test_reopened_ticket_gets_a_second_record_for_its_second_recovery(staff):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.CLOSED)
    first = issue_document(journey.id, RECORD, by=staff.prakom, draw=draw)
    for step in ("reopen", "diagnose", "resolve"):
        getattr(journey, step)()
    second = issue_document(journey.id, RECORD, by=staff.prakom, draw=draw)
    assert first.basis != second.basis
    assert not IssuedDocument.objects.get(pk=first.pk).is_withdrawn


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (TicketStatus.TRIAGED, SHEET),
        (TicketStatus.RECOVERING, RECORD),
        (TicketStatus.RESOLVED, REPORT),
        (TicketStatus.CLOSED, PaperKind.SECURITY_HANDOVER),
    ],
)
def test_document_waits_for_its_step(staff, status, kind):
    ticket = ticket_at(status, staff=staff)
    with pytest.raises(FactsMissing):
        issue_document(ticket.pk, kind, by=make_user(Role.MANAGER), draw=draw)


def test_permission_is_asked_kind_by_kind(closed, staff):
    issue_document(closed.pk, SHEET, by=staff.kadis, draw=draw)
    with pytest.raises(NotPermitted):
        issue_document(closed.pk, RECORD, by=staff.kadis, draw=draw)
    with pytest.raises(NotPermitted):
        issue_document(closed.pk, SHEET, by=make_user(Role.AUDITOR), draw=draw)


def test_confidential_matter_is_issued_by_those_who_may_see_it(staff):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff, service=make_service(is_security=True))
    document = issue_document(ticket.pk, PaperKind.SECURITY_HANDOVER, by=staff.kabid, draw=draw)
    without_security_rights(staff.prakom)
    with pytest.raises(NotPermitted):
        issue_document(ticket.pk, RECORD, by=staff.prakom, draw=draw)
    assert may_open(staff.kabid, document)
    assert not may_open(staff.prakom, document)


def test_document_with_a_nip_opens_to_those_who_may_see_it(closed, staff):
    document = issue_document(closed.pk, RECORD, by=staff.prakom, draw=lambda d: Drawn(b"%PDF-", "t", True))
    assert may_open(make_user(Role.MANAGER), document)
    assert not may_open(staff.prakom, document)


def test_withdrawn_document_stays_on_record_and_another_takes_its_place(closed, staff):
    wrong = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    withdrawn = withdraw_document(wrong.pk, by=staff.prakom, reason=" Nama pihak kedua keliru. ")
    right = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    assert withdrawn.withdrawn_reason == "Nama pihak kedua keliru."
    assert (withdrawn.number[:6], right.number[:6]) == ("555/1/", "555/2/")
    assert closed.events.filter(act="document").count() == 3
    with pytest.raises(DocumentWithdrawn):
        withdraw_document(wrong.pk, by=staff.prakom, reason="lagi")
    with pytest.raises(DocumentWithdrawn):
        keep_signed_copy(wrong.pk, accepted(), by=staff.prakom)
    with pytest.raises(NoteRequired):
        withdraw_document(right.pk, by=staff.prakom, reason="  ")


def test_signed_copy_is_kept_once_with_its_fingerprint(closed, staff):
    document = issue_document(closed.pk, RECORD, by=staff.prakom, draw=draw)
    scan = accepted("ba.pdf")
    copy = keep_signed_copy(document.pk, scan, by=staff.teknisi)
    assert (copy.sha256, copy.size, copy.name) == (scan.sha256, len(scan.content), "ba.pdf")
    with pytest.raises(SignedAlready):
        keep_signed_copy(document.pk, scan, by=staff.teknisi)
    with pytest.raises(NotPermitted):
        keep_signed_copy(document.pk, accepted_picture(), by=make_user(Role.AUDITOR))
    assert document.signed_copies.count() == 1


def test_report_of_a_period_is_issued_once(staff):
    manager = make_user(Role.MANAGER)
    first = issue_report(PaperKind.MONTHLY_RECAP, "2026-11", by=manager, draw=draw)
    assert issue_report(PaperKind.MONTHLY_RECAP, "2026-11", by=manager, draw=fail) == first
    other = issue_report(PaperKind.MONTHLY_RECAP, "2026-12", by=manager, draw=draw)
    assert [one.number.split("/")[1] for one in (first, other)] == ["1", "2"]
    assert issue_report(PaperKind.REGISTER, "2026-11", by=manager, draw=draw).number == ""
    withdraw_document(first.pk, by=manager, reason="Angka keliru.")
    assert issue_report(PaperKind.MONTHLY_RECAP, "2026-11", by=manager, draw=draw).number.split("/")[1] == "3"
    with pytest.raises(NotPermitted):
        issue_report(PaperKind.MONTHLY_RECAP, "2027-01", by=staff.kadis, draw=draw)
    with pytest.raises(NotPermitted):
        withdraw_document(other.pk, by=staff.kadis, reason="x")


@pytest.mark.django_db(transaction=True)
def test_many_who_issue_at_once_get_every_number_once():
    make_agency_data()
    staff = Staff()
    tickets = [ticket_at(TicketStatus.CLOSED, staff=staff).pk for _ in range(4)]
    wishes = [(pk, kind) for pk in tickets for kind in (RECORD, REPORT)] + [(tickets[0], RECORD)] * 4
    start, failures = threading.Barrier(len(wishes)), []

    def issue(pk, kind):
        try:
            start.wait(10)
            issue_document(pk, kind, by=type(staff.prakom).objects.get(pk=staff.prakom.pk), draw=draw)
        except Exception as failed:
            failures.append(failed)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue, args=wish) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    numbers = sorted(int(one.number.split("/")[1]) for one in IssuedDocument.objects.all())
    assert (failures, numbers) == ([], list(range(1, 9)))
    connection.close()
