"""What a reader sees: the right words, nothing of a stranger's, nothing that was meant for other eyes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import translation

from helpdesk_plugin import labels
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.numbering import format_code
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import MessageText, OutboxMessage, Service
from helpdesk_plugin.models.texts import Piece, pieces
from helpdesk_plugin.notifications.decisions import kinds
from helpdesk_plugin.notifications.rendering import render
from helpdesk_plugin.notifications.texts import NoText, wording
from helpdesk_plugin.services import closure, conversation, handling
from helpdesk_plugin.services._door import Request, pass_through
from tests.factories import MONDAY_9, Journey, make_opd, make_service, make_ticket, ticket_at

REQUESTER = "sari.melati@example.test"


@pytest.fixture
def text_of(agency):
    """Write one kind of message about a ticket's latest event, as it would be sent."""

    def write(ticket, kind, recipient=None, language="id", **facts):
        event = ticket.events.newest_first().first()
        event.data |= facts
        message = OutboxMessage(
            kind=kind,
            ticket=ticket,
            event=event,
            recipient=recipient,
            language=language,
            created_at=event.at,
            next_attempt_at=event.at,
        )
        return render(message, agency)

    return write


def with_text(kind, body, subject="[{number}] Uji", language="id"):
    MessageText.objects.update_or_create(
        kind=kind, language=language, defaults={"subject": subject, "body": body}
    )


# --- Strangers' words ---------------------------------------------------------------------------------

FORM = {
    "requester_name": "KATA-ORANG-ASING-1",
    "requester_unit": "KATA-ORANG-ASING-2",
    "requester_phone": "+6281299998888",
    "summary": "KATA-ORANG-ASING-3",
    "description": "KATA-ORANG-ASING-4",
    "letter_number": "KATA-ORANG-ASING-5",
    "letter_subject": "KATA-ORANG-ASING-6",
    "requester_nip": "198609262015051001",
}
TELLTALE = re.compile("KATA-ORANG-ASING|81299998888|198609262015051001")


def live_through_everything(staff):
    """Take every act, with a stranger's words wherever one may write."""
    words = {"by": Party.REQUESTER, "note": "KATA-ORANG-ASING-7 http://jahat.example.test"}
    journey = Journey(staff=staff, at=MONDAY_9, **FORM)

    def take(act, **arguments):
        journey.at += timedelta(minutes=10)
        with acting_at(journey.at):
            act(journey.id, **arguments) if arguments else act()

    take(conversation.reply_to_ticket, **words)
    journey.to(TicketStatus.DIAGNOSING)
    take(conversation.add_progress, by=staff.prakom, note="Kabel diperiksa.")
    take(journey.hold_third_party)
    take(handling.resume_ticket, by=staff.prakom)
    take(journey.hold_requester)
    take(conversation.answer_ticket, **words)
    for act in (journey.diagnose, journey.resolve, journey.inform):
        take(act)
    take(closure.report_not_fixed, **words)
    for act in (journey.diagnose, journey.resolve, journey.inform):
        take(act)
    take(closure.confirm_ticket, **words)
    take(journey.close)
    take(closure.reopen_ticket, **words)
    for status in (TicketStatus.RETURNED, TicketStatus.REJECTED, TicketStatus.MERGED):
        ticket_at(status, staff=staff, **FORM)
    closure.cancel_ticket(make_ticket(**FORM).pk, note=words["note"])


def test_no_mail_carries_what_was_typed_into_the_form(staff, delivered):
    live_through_everything(staff)
    mails = delivered()
    assert len(mails) > 40
    carrying = [m.subject for m in mails if TELLTALE.search(m.subject + m.plain + m.html + str(m.headers))]
    assert carrying == []


def test_braces_and_percent_signs_in_a_note_are_only_text(staff, delivered):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    note = "Isi {code} {number.__class__} {{x}} %s %(x)s {link!r} {"
    OutboxMessage.objects.all().delete()
    conversation.add_progress(ticket.pk, by=staff.prakom, note=note)
    (message,) = [m for m in delivered() if m.to == [REQUESTER]]
    assert f"> {note}\n" in message.plain
    assert note in message.html


def test_markup_in_a_note_is_shown_not_obeyed(staff, text_of):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    conversation.add_progress(ticket.pk, by=staff.prakom, note="<script>alert(1)</script> & <b>tebal</b>")
    content = text_of(ticket, "requester.progress")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;tebal&lt;/b&gt;" in content.html
    assert "<script" not in content.html
    assert "> <script>alert(1)</script> & <b>tebal</b>" in content.plain


def test_letters_that_turn_or_hide_text_are_dropped(staff, text_of):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    conversation.add_progress(ticket.pk, by=staff.prakom, note="aman\u202egpj.exe\u200b\x07")
    assert "> amangpj.exe\n" in text_of(ticket, "requester.progress").plain


def test_long_note_is_cut(staff, text_of):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    conversation.add_progress(ticket.pk, by=staff.prakom, note="a" * 10_000)
    assert f"> {'a' * 4000} …\n" in text_of(ticket, "requester.progress").plain


def test_subject_is_one_line_whatever_its_values_hold(staff, text_of):
    ticket = make_ticket()
    Service.objects.update(name="Internet\r\nBcc: korban@example.test\n\n" + "x" * 100)
    ticket = type(ticket).objects.get(pk=ticket.pk)
    subject = text_of(ticket, "desk.submit", staff.teknisi).subject
    assert subject.startswith(f"[{ticket.number}] Permohonan baru: Internet Bcc: korban@example.test x")
    assert "\n" not in subject
    assert "\r" not in subject
    assert len(subject) <= 180


# --- Who may read what --------------------------------------------------------------------------------


def test_officers_direction_reaches_officers_not_the_requester(staff, delivered):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.TRIAGED)
    OutboxMessage.objects.all().delete()
    journey.dispose()
    mails = {message.to[0]: message for message in delivered()}
    assert "Catatan disposisi: Tindak lanjuti." in mails[staff.kabid.email].plain
    assert "Tindak lanjuti" not in mails[REQUESTER].plain


def test_tracking_code_and_link_reach_the_requester_alone(staff, delivered):
    ticket = make_ticket()
    mails = {message.to[0]: message for message in delivered()}
    link = f"http://testserver/help-desk/t/{ticket.number}/{ticket.access.link_token}/"
    for content in (mails[REQUESTER].plain, mails[REQUESTER].html):
        assert link in content
        assert format_code(ticket.access.code) in content
    for content in (mails[staff.teknisi.email].plain, mails[staff.teknisi.email].html):
        assert ticket.access.link_token not in content
        assert format_code(ticket.access.code) not in content
        assert ticket.access.code not in content


def test_code_in_a_text_for_officers_stays_empty(staff, text_of):
    with_text("desk.submit", "Awal\nKode: {code}\nAkhir {link}")
    plain = text_of(make_ticket(), "desk.submit", staff.teknisi).plain
    assert plain.startswith("Awal\nAkhir http")


def test_mails_about_information_security_carry_no_details(staff, delivered):
    facts = {
        "service": make_service(name="Insiden siber", is_security=True),
        "opd": make_opd(name="Dinas Rahasia"),
    }
    ticket_at(TicketStatus.RETURNED, staff=staff, **facts)
    ticket_at(TicketStatus.ASSIGNED, staff=staff, **facts)
    mails = delivered()
    assert {message.to[0] for message in mails} == {
        REQUESTER,
        *(officer.email for officer in staff.performers().values()),
    }
    for message in mails:
        for secret in ("Insiden siber", "Dinas Rahasia", "Mohon sebutkan", "Tindak lanjuti", "P1", "P2"):
            assert secret not in message.subject + message.plain + message.html
        assert "Layanan: (rahasia)" in message.plain


def test_security_note_is_replaced_by_where_to_read_it(staff, text_of):
    ticket = ticket_at(TicketStatus.RETURNED, staff=staff, service=make_service(is_security=True))
    plain = text_of(ticket, "requester.return").plain
    assert "> (Tidak dicantumkan dalam email ini demi keamanan informasi." in plain


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


# --- Which text ---------------------------------------------------------------------------------------


def test_agencys_text_comes_before_the_packaged_one(agency):
    with_text("requester.submit", "Milik kami")
    assert wording("requester.submit", "id").body == "Milik kami"


def test_packaged_text_stands_in_for_a_language_that_the_agency_has_not_worded(agency):
    with_text("requester.submit", "Milik kami")
    assert wording("requester.submit", "en").body.startswith("Dear Sir or Madam,")


def test_site_language_stands_in_for_an_unknown_one(agency):
    with_text("requester.submit", "Milik kami")
    assert wording("requester.submit", "fr").body == "Milik kami"


def test_kind_without_any_text_is_refused(agency):
    with pytest.raises(NoText):
        wording("requester.unheard", "id")


def test_setup_seeds_exactly_the_packaged_texts(db):
    call_command("setup_helpdesk", verbosity=0)
    assert set(MessageText.objects.values_list("kind", "language")) == {
        (kind, language) for kind in kinds() for language in ("id", "en")
    }


# --- Placeholders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{number}", [Piece("{number}", "number")]),
        ("a{{b}}c", [Piece("a"), Piece("{"), Piece("b"), Piece("}"), Piece("c")]),
        ("{number!r}", [Piece("{number!r}")]),
        ("{number.x}", [Piece("{number.x}")]),
        ("{note:>9}", [Piece("{note:>9}")]),
        ("{0}{}", [Piece("{0}"), Piece("{}")]),
        ("{unbekannt", [Piece("{unbekannt")]),
        ("{{{number}}}", [Piece("{"), Piece("{number}", "number"), Piece("}")]),
    ],
)
def test_only_bare_known_placeholders_count(text, expected):
    assert list(pieces(text)) == expected


@pytest.mark.parametrize("text", ["{nama}", "{number!r}", "{note:>9}", "{number.x}", "{}", "{", "a } b"])
def test_text_with_a_placeholder_that_means_nothing_is_not_saved(text):
    message_text = MessageText(kind="requester.submit", language="id", subject="Uji", body=text)
    with pytest.raises(ValidationError) as refused:
        message_text.clean()
    assert list(refused.value.message_dict) == ["body"]
