"""The digest as its reader sees it, and what becomes of one that cannot or should not be sent."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import override_settings
from wagtail.log_actions import registry
from wagtail.users.models import UserProfile

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import MessageState, OfficerPreferences, OutboxMessage, Service, Ticket
from helpdesk_plugin.notifications import digest_mail, outbox
from helpdesk_plugin.notifications.delivery import deliver_due
from helpdesk_plugin.services.digests import queue_digests
from tests.factories import MONDAY_9, Journey, make_service, make_ticket, make_user, without_security_rights
from tests.notifications.test_privacy import FORM, TELLTALE

S = TicketStatus
TUESDAY = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 07.30 WIB


@pytest.fixture
def morning(staff):
    """Queue Tuesday's digests and nothing else; deliver them, and return the mails by address."""

    def run(at=TUESDAY, deliver_at=None):
        OutboxMessage.objects.all().delete()
        with acting_at(at):
            queue_digests(at)
        OutboxMessage.objects.update(next_attempt_at=at)
        return deliver(deliver_at or at)

    return run


def deliver(at):
    mail.outbox.clear()
    with acting_at(at):
        deliver_due(at)
    return {message.to[0]: message for message in mail.outbox}


def html(message):
    return message.alternatives[0].content


def speak_english(user):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()


def at_work(status, staff, **fields):
    return Journey(staff=staff, at=MONDAY_9, **fields).to(status)


# --- What is read -------------------------------------------------------------------------------------


def test_digest_answers_the_four_questions(staff, morning):
    speak_english(staff.prakom)
    service = make_service(name="Internet OPD")
    ticket = at_work(S.DIAGNOSING, staff, service=service)
    ticket.step_records.filter(code="S6").update(due_at=TUESDAY - timedelta(hours=18))
    message = morning()[staff.prakom.email]
    assert message.subject == "Daily digest, Tuesday, 24 November 2026: 1 waits for you, 1 late"
    link = f"http://testserver/admin/helpdesk/tickets/{ticket.pk}/"
    assert message.body.startswith(
        "As things stand on Tuesday, 24 November 2026, 07:30 WIB.\n\nWaits for you (1)\n"
    )
    about = (
        f"- {ticket.number} · Internet OPD · P2 High\n"
        "  S6 – Symptoms and cause identified: late since Monday, 23 November 2026, 13:30 WIB\n"
        "  Waits for: Computer officer, Technical support\n"
        f"  {link}\n"
    )
    assert message.body.count(about) == 2
    assert "\nLate (1)\n" in message.body
    assert "Due today" not in message.body
    assert "What waits for whom\n" in message.body
    assert "\nComputer officer, Technical support: 1, Late: 1\n" in message.body
    assert f'<a href="{link}"><span class="whole">{ticket.number}</span></a> · Internet OPD' in html(message)
    assert '<span class="late">S6 – Symptoms and cause identified: late since' in html(message)
    assert "http://testserver/admin/account/#tab-notifications\n" in message.body


def test_digest_speaks_the_readers_language(staff, morning):
    speak_english(staff.kadis)
    at_work(S.TRIAGED, staff)
    mails = morning()
    assert mails[staff.kadis.email].subject.startswith(
        "Daily digest, Tuesday, 24 November 2026: 1 waits for you"
    )
    assert mails[staff.kabid.email].subject.startswith("Ringkasan harian, Selasa, 24 November 2026")
    assert "Yang menunggu siapa\n" in mails[staff.kabid.email].body
    assert '<html lang="id">' in html(mails[staff.kabid.email])


def test_digest_says_what_is_due_today(staff, morning):
    speak_english(staff.kadis)
    ticket = at_work(S.TRIAGED, staff)
    ticket.step_records.filter(code="S3").update(due_at=TUESDAY + timedelta(hours=1))
    message = morning()[staff.kadis.email]
    assert message.subject.endswith(": 1 waits for you, 1 due today")
    assert (
        "S3 – Disposition by the head of agency: until Tuesday, 24 November 2026, 08:30 WIB\n" in message.body
    )


def test_long_part_is_cut_and_counted(staff, morning, monkeypatch):
    monkeypatch.setattr(digest_mail, "MAX_LINES", 2)
    speak_english(staff.teknisi)
    for _ in range(5):
        make_ticket(at=MONDAY_9)
    message = morning()[staff.teknisi.email]
    assert message.subject.endswith(": 5 wait for you, 5 late")
    assert message.body.count("\n- HD-") == 4
    assert message.body.count("  and 3 more; see the list.\n") == 2
    assert html(message).count("and 3 more; see the list.") == 2


def test_digest_opens_no_thread_and_says_that_no_person_wrote_it(staff, morning):
    at_work(S.TRIAGED, staff)
    headers = morning()[staff.kadis.email].message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["In-Reply-To"] is None
    assert headers["Message-ID"].endswith("@testserver>")


# --- What is not --------------------------------------------------------------------------------------


def test_digest_carries_nothing_that_was_typed_into_the_form(staff, morning):
    for status in (S.SUBMITTED, S.TRIAGED, S.ASSIGNED, S.DIAGNOSING, S.WAITING_REQUESTER, S.RESOLVED):
        at_work(status, staff, **FORM)
    mails = morning()
    assert len(mails) == 4
    for message in mails.values():
        assert not TELLTALE.search(message.subject + message.body + html(message) + str(message.message()))
        assert "sari.melati" not in message.body + html(message)


def test_confidential_ticket_has_no_details_and_only_its_circle_knows_of_it(staff, morning):
    service = make_service(name="Insiden siber", is_security=True)
    secret = at_work(S.TRIAGED, staff, service=service)
    plain = at_work(S.TRIAGED, staff)
    without_security_rights(staff.kabid)
    mails = morning()
    seen, kept = mails[staff.kadis.email], mails[staff.kabid.email]
    assert f"- {secret.number} · (rahasia)\n" in seen.body
    assert "Insiden siber" not in seen.body + html(seen)
    assert plain.number in kept.body
    assert secret.number not in kept.body + html(kept)
    assert "Kepala Dinas: 1" in kept.body


def test_names_of_services_are_shown_not_obeyed(staff, morning):
    at_work(S.TRIAGED, staff)
    Service.objects.update(name="<script>alert(1)</script>\r\nBcc: korban@example.test")
    message = morning()[staff.kadis.email]
    assert "<script" not in html(message)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Bcc: korban@example.test" in html(message)
    assert "\nBcc" not in message.body


@override_settings(WAGTAILADMIN_BASE_URL="https://kantor.example.go.id/")
def test_links_lead_to_the_configured_address(staff, morning):
    at_work(S.TRIAGED, staff)
    message = morning()[staff.kadis.email]
    found = set(re.findall(r"https?://[^/\s\"<]+", message.body + html(message)))
    assert found == {"https://kantor.example.go.id"}


# --- Held back and sent again -------------------------------------------------------------------------


def state_of(user):
    row = OutboxMessage.objects.get(recipient=user)
    return row.state, row.last_error


def test_digest_tells_how_things_stand_when_it_is_sent(staff, morning):
    ticket = at_work(S.TRIAGED, staff)
    later = at_work(S.TRIAGED, staff)
    OutboxMessage.objects.all().delete()
    with acting_at(TUESDAY):
        queue_digests(TUESDAY)
    OutboxMessage.objects.update(next_attempt_at=TUESDAY)
    Ticket.objects.filter(pk=ticket.pk).update(status=S.CANCELLED.value)
    message = deliver(TUESDAY + timedelta(minutes=30))[staff.kadis.email]
    assert later.number in message.body
    assert ticket.number not in message.body


@pytest.mark.parametrize(
    "change",
    [
        lambda staff: Ticket.objects.update(status=S.CANCELLED.value),
        lambda staff: staff.kadis.groups.clear(),
        lambda staff: OfficerPreferences.objects.create(user=staff.kadis, daily_digest=False),
        lambda staff: type(staff.kadis).objects.filter(pk=staff.kadis.pk).update(is_active=False),
    ],
    ids=["nothing left", "no right left", "declined", "gone"],
)
def test_digest_that_has_become_needless_is_dropped(staff, change):
    at_work(S.TRIAGED, staff)
    OutboxMessage.objects.all().delete()
    with acting_at(TUESDAY):
        queue_digests(TUESDAY)
    OutboxMessage.objects.update(next_attempt_at=TUESDAY)
    change(staff)
    assert staff.kadis.email not in deliver(TUESDAY)
    state, error = state_of(staff.kadis)
    assert state == MessageState.DROPPED
    assert error == "Tidak ada yang perlu disampaikan kepada petugas ini, atau ia tidak berwenang."


def test_yesterdays_digest_is_not_sent_today(staff, morning):
    at_work(S.TRIAGED, staff)
    assert morning(deliver_at=TUESDAY + timedelta(days=1)) == {}
    assert state_of(staff.kadis) == (MessageState.DROPPED, "Hari ringkasan ini sudah lewat.")


def test_failed_digest_is_tried_again(staff, morning, settings):
    at_work(S.TRIAGED, staff)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert morning() == {}
    assert state_of(staff.kadis)[0] == MessageState.QUEUED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert set(deliver(TUESDAY + timedelta(minutes=1))) == {staff.kadis.email, staff.kabid.email}
    assert state_of(staff.kadis)[0] == MessageState.SENT


def test_digest_can_be_sent_again_and_speaks_of_that_day(staff, morning):
    speak_english(staff.kadis)
    at_work(S.TRIAGED, staff)
    first = morning()[staff.kadis.email].message()["Message-ID"]
    message = OutboxMessage.objects.get(recipient=staff.kadis)
    manager = make_user(Role.MANAGER)
    outbox.resend(message, by=manager)
    (entry,) = [e for e in registry.get_logs_for_instance(message) if e.action == "helpdesk.resend"]
    assert entry.user == manager
    wednesday = TUESDAY + timedelta(days=1)
    OutboxMessage.objects.update(next_attempt_at=wednesday)
    again = deliver(wednesday)[staff.kadis.email]
    assert again.subject.startswith("Daily digest, Wednesday, 25 November 2026")
    assert again.message()["Message-ID"] != first
