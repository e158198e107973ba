"""What a reader sees: the right words, nothing of a stranger's, nothing that was meant for other eyes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from helpdesk_plugin import labels
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import MessageText, OutboxMessage
from helpdesk_plugin.notifications.decisions import kinds
from helpdesk_plugin.notifications.rendering import render
from helpdesk_plugin.services._door import Request, pass_through
from tests.factories import MONDAY_9, Journey, make_ticket, ticket_at

REQUESTER = "sari.melati@example.test"


def with_text(kind, body, subject="[{number}] Uji", language="id"):
    MessageText.objects.update_or_create(
        kind=kind, language=language, defaults={"subject": subject, "body": body}
    )


# --- Dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "due"),
    [("id", "Senin, 23 November 2026, 10.00 WIB"), ("en", "Monday, 23 November 2026, 10:00 WIB")],
)
def test_first_response_is_promised_in_the_agencys_time(text_of, language, due):
    ticket = make_ticket(at=MONDAY_9)
    type(ticket).objects.filter(pk=ticket.pk).update(response_due_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    ticket.refresh_from_db()
    assert due in text_of(ticket, "requester.submit", language=language).plain


def test_promise_of_an_earlier_act_stays_the_one_of_its_time(agency, staff):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff, at=MONDAY_9)
    moments = {
        "response_due_at": datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
        "recovery_due_at": datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
    }
    type(ticket).objects.filter(pk=ticket.pk).update(**moments)
    late = OutboxMessage.objects.get(ticket=ticket, kind="requester.submit")
    after = OutboxMessage.objects.get(ticket=ticket, kind="requester.triage")
    assert "paling lambat: Senin, 23 November 2026, 10.00 WIB" in render(late, agency).plain
    assert "Tenggat penyelesaian: Selasa, 24 November 2026, 10.00 WIB" in render(after, agency).plain
    with translation.override("id"):
        accepted = str(labels.STATUS_FOR_REQUESTER[TicketStatus.TRIAGED])
    assert f"Status saat email ini dikirim: {accepted}" in render(late, agency).plain
    assert "Status saat email ini dikirim" not in render(after, agency).plain


def test_nothing_is_promised_while_the_clock_stands_still(text_of, staff):
    with_text("requester.return", "Awal\nTenggat: {due}\nAkhir")
    ticket = ticket_at(TicketStatus.RETURNED, staff=staff)
    assert text_of(ticket, "requester.return").plain.startswith("Awal\nAkhir\n")


@pytest.mark.parametrize(
    ("status", "kind", "days"),
    [
        (TicketStatus.RETURNED, "requester.return", "Senin, 30 November 2026"),
        (TicketStatus.CLOSED, "requester.close", "Senin, 30 November 2026"),
    ],
)
def test_agreed_days_are_told_as_a_date(text_of, staff, status, kind, days):
    ticket = ticket_at(status, staff=staff, at=MONDAY_9)
    assert f"paling lambat: {days}" in text_of(ticket, kind).plain


def test_days_to_confirm_are_told_as_a_date(text_of, staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(TicketStatus.RESOLVED)
    with acting_at(journey.at):
        journey.inform()
    plain = text_of(journey.ticket, "requester.inform").plain
    assert "Mohon jawab paling lambat: Kamis, 26 November 2026" in plain


def test_warning_names_what_it_watches_and_its_own_limit(staff, text_of):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
    limit = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    facts = {"subject": "step", "percent": 100, "step": "S3", "due_at": limit.isoformat(), "roles": []}
    request = Request(by=Party.SYSTEM)
    pass_through(ticket.pk, Remark.WARN, request, lambda passage: passage.data.update(facts))
    with translation.override("id"):
        step = f"S3 – {labels.SOP_STEP['S3']}"
    content = text_of(ticket, "desk.warn_late", staff.kadis)
    assert content.subject == f"[{ticket.number}] Lewat tenggat: {step}"
    assert f"Yang dipantau: {step}\nTenggat: Senin, 23 November 2026, 10.00 WIB\n" in content.plain


@pytest.mark.parametrize(
    ("status", "days"),
    [
        (TicketStatus.RETURNED, "Mohon tanggapi paling lambat: Senin, 30 November 2026"),
        (TicketStatus.RESOLVED, "Mohon tanggapi paling lambat: Kamis, 26 November 2026"),
    ],
)
def test_reminder_repeats_the_day_that_was_told_at_first(staff, text_of, status, days):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(status)
    with acting_at(journey.at):
        if status is TicketStatus.RESOLVED:
            journey.inform()
    with acting_at(journey.at + timedelta(days=2)):
        pass_through(journey.id, Remark.REMIND, Request(by=Party.SYSTEM))
    assert days in text_of(journey.ticket, "requester.remind").plain


def test_reminder_of_a_question_sets_no_day(staff, text_of):
    ticket = ticket_at(TicketStatus.WAITING_REQUESTER, staff=staff, at=MONDAY_9)
    with acting_at(MONDAY_9 + timedelta(days=2)):
        pass_through(ticket.pk, Remark.REMIND, Request(by=Party.SYSTEM))
    plain = text_of(ticket, "requester.remind").plain
    assert "paling lambat" not in plain
    assert "kami akhiri" not in plain


# --- Words --------------------------------------------------------------------------------------------

INDONESIAN = re.compile(r"\b(Nomor tiket|Layanan:|Salam hormat|Telepon|Jam layanan|Buka tiket|otomatis)\b")
ENGLISH = re.compile(
    r"\b(Ticket number|Service:|Yours sincerely|Telephone|Open the|Open your|automatically)\b"
)


@pytest.mark.parametrize(
    ("language", "its_own", "other"), [("id", INDONESIAN, ENGLISH), ("en", ENGLISH, INDONESIAN)]
)
def test_whole_mail_is_in_one_language(staff, text_of, language, its_own, other):
    ticket = make_ticket()
    for content in (
        text_of(ticket, "requester.submit", language=language),
        text_of(ticket, "desk.submit", staff.teknisi, language=language),
    ):
        for part in (content.plain, content.html):
            assert its_own.search(part)
            assert not other.search(part)
        assert f'<html lang="{language}">' in content.html


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_is_written_without_loose_ends(staff, text_of, language):
    ticket = make_ticket(at=MONDAY_9)
    for kind in kinds():
        recipient = None if kind.startswith("requester.") else staff.teknisi
        content = text_of(ticket, kind, recipient, language, subject="recovery")
        assert content.subject.startswith(f"[{ticket.number}] "), kind
        assert "{" not in content.subject + content.plain, kind
        assert "\n\n\n" not in content.plain, kind
        assert content.plain.count("http") == 1, kind
        assert "src=" not in content.html, kind  # nothing is loaded from anywhere


def test_how_to_reach_a_person_stands_in_every_mail_to_the_requester(text_of):
    content = text_of(make_ticket(), "requester.submit")
    for contact in ("(0536) 555-0100", "0812-0000-0000", "dinas@example.go.id", "Jalan Contoh 1"):
        assert contact in content.plain
        assert contact in content.html


def test_empty_profile_leaves_no_empty_labels(agency, text_of):
    for name in (
        "government",
        "name",
        "short_name",
        "address",
        "phone",
        "whatsapp",
        "email",
        "opening_hours",
    ):
        setattr(agency, name, "")
    plain = text_of(make_ticket(), "requester.submit").plain
    assert not re.search(r"(Telepon|WhatsApp|Email|Alamat|Jam layanan): *$", plain, re.MULTILINE)


def test_text_without_link_gets_one_all_the_same(text_of):
    with_text("requester.submit", "Terima kasih.")
    ticket = make_ticket()
    content = text_of(ticket, "requester.submit")
    assert content.plain.count(ticket.access.link_token) == 1
    assert f'href="http://testserver/help-desk/t/{ticket.number}/{ticket.access.link_token}/"' in content.html


def test_line_that_has_nothing_to_say_is_left_out(staff, text_of):
    with_text("requester.dispose", "Satu\n\nCatatan: {note}\n\nDua {link}")
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    assert text_of(ticket, "requester.dispose").plain.startswith("Satu\n\nDua http")
