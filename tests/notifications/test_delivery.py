"""Delivery to a mail server that answers, refuses or is away: nothing lost, nothing doubled."""

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import InterfaceError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import MessageState, OutboxMessage, Ticket
from helpdesk_plugin.notifications import delivery
from helpdesk_plugin.notifications.delivery import deliver_due, wait_after
from helpdesk_plugin.services import submission
from tests.factories import Journey, filing, make_ticket, ticket_at
from tests.mail_server import MailServer

REQUESTER = "sari.melati@example.test"


class MoodyServer(MailServer):
    """Answers RCPT with ``mood`` instead of accepting, while there is one."""

    mood: str | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.mood:
            return self.mood
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def moody(settings):
    server = MoodyServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = server.host, server.port, 5
    yield server
    server.stop()


@pytest.fixture
def message(agency):
    """The confirmation of a new ticket, waiting."""
    make_ticket()
    return OutboxMessage.objects.get()


@pytest.fixture
def now():
    """A little later than anything that the test will queue, however slow the machine."""
    return timezone.now() + timedelta(hours=1)


def states():
    return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))


# --- The good case ------------------------------------------------------------------------------------


def test_due_message_is_sent_and_rests(message, mail_server, now):
    report = deliver_due(now)
    assert report.results == {"sent": 1}
    (arrived,) = mail_server.to(REQUESTER)
    assert arrived["Subject"] == f"[{message.ticket.number}] Permohonan Anda sudah terkirim"
    assert arrived["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, now, 1)
    assert deliver_due(now + timedelta(days=1)).results == {}
    assert len(mail_server.messages) == 1


def test_message_that_is_not_due_waits(message, now):
    OutboxMessage.objects.update(next_attempt_at=now + timedelta(seconds=1))
    assert deliver_due(now).results == {}
    assert deliver_due(now + timedelta(seconds=1)).results == {"sent": 1}


def test_messages_go_out_in_the_order_of_their_acts(staff, now):
    ticket_at(TicketStatus.DISPOSED, staff=staff)
    deliver_due(now)
    expected = ["terkirim", "diterima", "didisposisikan"]
    received = [m.subject for m in mail.outbox if m.to == [REQUESTER]]
    assert [subject.split()[-1] for subject in received] == expected


def test_every_mail_has_exactly_one_recipient(staff, now):
    ticket_at(TicketStatus.CLOSED, staff=staff)
    deliver_due(now)
    assert {len(message.recipients()) for message in mail.outbox} == {1}
    assert len(mail.outbox) == OutboxMessage.objects.count()


def test_limit_is_kept(staff, now):
    ticket_at(TicketStatus.DISPOSED, staff=staff)
    waiting = OutboxMessage.objects.count()
    assert deliver_due(now, limit=2).results == {"sent": 2}
    assert OutboxMessage.objects.waiting().count() == waiting - 2


def test_stop_is_asked_before_each_message(staff, now):
    make_ticket()
    make_ticket()
    answers = iter([False, True])
    assert deliver_due(now, stop=lambda: next(answers)).results == {"sent": 1}


def test_address_is_the_one_that_the_ticket_has_when_it_is_sent(message, now):
    Ticket.objects.update(requester_email="baru@example.test")
    deliver_due(now)
    assert mail.outbox[0].to == ["baru@example.test"]


def test_queries_for_a_message_are_counted(staff, now):
    ticket_at(TicketStatus.RETURNED, staff=staff)
    deliver_due(now)
    OutboxMessage.objects.filter(kind="requester.return").update(
        state=MessageState.QUEUED, next_attempt_at=now
    )
    with CaptureQueriesContext(connection) as captured:
        assert deliver_due(now).results == {"sent": 1}
    # due · claim · row · agency · text · agreed days · the calendar · settle
    assert len(captured) == 8


# --- The mail server ----------------------------------------------------------------------------------


def test_ticket_is_filed_while_the_mail_server_is_away(agency, moody, now):
    moody.stop()
    ticket = submission.submit_ticket(filing(), by=submission.Party.REQUESTER)
    report = deliver_due(now)
    assert (report.results, report.stopped) == ({"retry": 1}, True)
    assert Ticket.objects.filter(pk=ticket.pk).exists()
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    assert message.next_attempt_at == now + timedelta(minutes=1)
    assert "ConnectionRefusedError" in message.last_error
    moody.start()
    assert deliver_due(now + timedelta(seconds=59)).results == {}
    assert deliver_due(now + timedelta(seconds=60)).results == {"sent": 1}
    assert len(moody.to(REQUESTER)) == 1
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.SENT, "")


def test_dead_server_is_asked_once_a_run_and_the_rest_stays_untouched(staff, moody, now):
    ticket_at(TicketStatus.DISPOSED, staff=staff)
    moody.stop()
    report = deliver_due(now)
    assert (report.results, report.stopped) == ({"retry": 1}, True)
    assert list(OutboxMessage.objects.order_by("pk").values_list("attempts", flat=True))[:2] == [1, 0]


@pytest.mark.parametrize("mood", ["450 4.7.1 Greylisted", "550 5.1.1 User unknown"])
def test_refused_recipient_holds_nobody_else_up_and_is_tried_again(staff, moody, now, mood):
    make_ticket()
    moody.mood = mood
    report = deliver_due(now)
    assert (report.results, report.stopped) == ({"retry": 2}, False)
    assert set(OutboxMessage.objects.values_list("last_error", flat=True)) == {mood}
    moody.mood = None
    assert deliver_due(now + timedelta(minutes=1)).results == {"sent": 2}
    assert len(moody.messages) == 2


def test_refused_address_stays_out_of_the_log(message, moody, now, caplog):
    moody.mood = f"550 <{REQUESTER}> unknown"
    deliver_due(now)
    assert "SMTPRecipientsRefused" in caplog.text
    assert REQUESTER not in caplog.text


def test_waits_double_and_add_up_to_about_a_day():
    waits = [wait_after(attempts) for attempts in range(1, delivery.MAX_ATTEMPTS)]
    assert [wait.total_seconds() / 60 for wait in waits[:9]] == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert delivery.MAX_ATTEMPTS >= 10
    assert timedelta(hours=4) <= sum(waits, timedelta()) <= timedelta(hours=30)


def test_message_is_parked_after_the_last_try_and_tried_no_more(message, moody, now):
    moody.mood = "550 5.1.1 User unknown"
    tries = 0
    while deliver_due(now).tried:
        tries += 1
        now += timedelta(hours=4)
    assert tries == delivery.MAX_ATTEMPTS
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.PARKED, "550 5.1.1 User unknown")


# --- Death of a worker --------------------------------------------------------------------------------


class Killed(BaseException):
    """What no handler catches, as little as it would catch the loss of power."""


@pytest.fixture
def die(monkeypatch):
    """Let the worker die in the middle of sending: before the mail has left, or right after."""
    send = EmailMultiAlternatives.send

    def arrange(after_sending):
        def deadly(mail_message, **options):
            if after_sending:
                send(mail_message, **options)
            monkeypatch.setattr(EmailMultiAlternatives, "send", send)
            raise Killed

        monkeypatch.setattr(EmailMultiAlternatives, "send", deadly)

    return arrange


@pytest.mark.parametrize(("after_sending", "copies"), [(False, 1), (True, 2)])
def test_message_of_a_dead_worker_is_sent_after_its_lease(
    message, mail_server, now, die, after_sending, copies
):
    die(after_sending)
    with pytest.raises(Killed):
        deliver_due(now)
    assert states() == [MessageState.SENDING]
    assert deliver_due(now + delivery.LEASE - timedelta(seconds=1)).results == {}
    assert deliver_due(now + delivery.LEASE).results == {"sent": 1}
    arrived = mail_server.to(REQUESTER)
    assert len(arrived) == copies
    assert len({mail_message["Message-ID"] for mail_message in arrived}) == 1


def test_message_that_kills_every_worker_is_parked(message, now):
    OutboxMessage.objects.update(state=MessageState.SENDING, attempts=delivery.MAX_ATTEMPTS)
    assert deliver_due(now).results == {"parked": 1}
    message.refresh_from_db()
    assert message.last_error == "Pengirim berkali-kali terhenti saat mengirim pesan ini."


def test_slow_worker_does_not_overwrite_what_another_has_done(message, now, monkeypatch):
    def slow(mail_message, **options):
        OutboxMessage.objects.update(state=MessageState.SENT, sent_at=now, next_attempt_at=now)

    monkeypatch.setattr(EmailMultiAlternatives, "send", slow)
    assert deliver_due(now).results == {"taken": 1}
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.SENT, now)


def test_worker_dead_for_a_day_loses_and_doubles_nothing(staff, mail_server, now):
    journeys = [Journey(staff=staff), Journey(staff=staff)]
    for journey in journeys:
        journey.to(TicketStatus.CLOSED)
    waiting = sorted(
        row.recipient.email if row.recipient else REQUESTER
        for row in OutboxMessage.objects.select_related("recipient")
    )
    deliver_due(now + timedelta(days=1))
    assert sorted(m["X-Envelope-To"] for m in mail_server.messages) == waiting
    assert len({m["Message-ID"] for m in mail_server.messages}) == len(waiting)
    deliver_due(now + timedelta(days=2))
    assert len(mail_server.messages) == len(waiting)


@pytest.mark.parametrize(
    ("error", "down"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (smtplib.SMTPServerDisconnected("x"), True),
        (smtplib.SMTPAuthenticationError(535, b"x"), True),
        (smtplib.SMTPRecipientsRefused({"a@example.test": (550, b"x")}), False),
        (smtplib.SMTPDataError(554, b"spam"), False),
        (RuntimeError(), False),
    ],
)
def test_only_trouble_that_meets_every_mail_stops_the_run(message, now, monkeypatch, error, down):
    def fail(mail_message, **options):
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)
    assert deliver_due(now).stopped is down


def test_outcome_waits_for_a_database_that_is_away(db, monkeypatch):
    answers = iter([OperationalError("restarting"), InterfaceError("closed"), 1])

    def write():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(OperationalError):  # within a transaction there is nothing left to wait for
        delivery._insisting(write)
    monkeypatch.setattr(delivery, "connection", SimpleNamespace(in_atomic_block=False, close=lambda: None))
    monkeypatch.setattr(delivery, "PAUSE", 0)
    assert delivery._insisting(write) == 1
