"""No mail carries a stranger's words, and none shows what is meant for other eyes."""

import re
from datetime import timedelta
from itertools import product

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.numbering import format_code
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import MessageText, OutboxMessage, Service
from helpdesk_plugin.notifications.decisions import Audience, kinds
from helpdesk_plugin.notifications.rendering import render
from helpdesk_plugin.services import closure, conversation, disposition, handling
from tests.factories import MONDAY_9, Journey, make_opd, make_service, make_ticket, ticket_at

REQUESTER = "sari.melati@example.test"

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
    MessageText.objects.create(
        kind="desk.submit", language="id", subject="Uji", body="Awal\nKode: {code}\nAkhir {link}"
    )
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


SECRETS = (
    *("RAHASIA-CATATAN", "RAHASIA-DISPOSISI", "RAHASIA-GEJALA", "RAHASIA-SEBAB", "RAHASIA-TINDAKAN"),
    *("PETUGAS-NAMA", "PETUGAS-MARGA", "rahasia-"),
)


class Indiscreet(Journey):
    """Officers who write what is theirs alone wherever they may."""

    def dispose(self):
        disposition.dispose_ticket(
            self.id, disposition.Order(), by=self.staff.kadis, note="RAHASIA-DISPOSISI"
        )

    def diagnose(self):
        finding = handling.Finding(symptoms="RAHASIA-GEJALA", checks="x", cause="RAHASIA-SEBAB")
        handling.diagnose_ticket(self.id, finding, by=self.staff.prakom)
        conversation.note_ticket(self.id, by=self.staff.prakom, note="RAHASIA-CATATAN")

    def resolve(self):
        handling.resolve_ticket(self.id, handling.Recovery(action="RAHASIA-TINDAKAN"), by=self.staff.prakom)


@pytest.fixture
def full_of_secrets(staff):
    """A closed ticket on which everybody has written what only some may read."""
    for officer in staff.everyone().values():
        officer.first_name, officer.last_name = "PETUGAS-NAMA", "PETUGAS-MARGA"
        officer.username = f"rahasia-{officer.pk}"
        officer.save()
    return Indiscreet(staff=staff, at=MONDAY_9, **FORM).to(TicketStatus.CLOSED)


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_kind_of_mail_tells_what_is_not_for_its_reader(language, full_of_secrets, staff, agency):
    """Every kind, about every entry of the ledger: also about those that it is not made for."""
    ticket = full_of_secrets
    keys = (ticket.access.link_token, ticket.access.code, format_code(ticket.access.code))
    events = list(ticket.events.all())
    assert len(events) > 8
    for kind, event in product(kinds(), events):
        to_requester = kind.startswith(Audience.REQUESTER.value)
        recipient = None if to_requester else staff.teknisi
        message = OutboxMessage(kind=kind, ticket=ticket, event=event, recipient=recipient, language=language)
        content = render(message, agency)
        told = content.subject + content.plain + content.html
        assert TELLTALE.search(told) is None, (kind, event)
        withheld = SECRETS if to_requester else keys
        assert [secret for secret in withheld if secret in told] == [], (kind, event)
