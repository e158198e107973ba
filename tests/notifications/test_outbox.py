"""Asking the worker, sending again, and how the queue stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import registry

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import MessageState, OutboxMessage
from helpdesk_plugin.notifications import outbox, tasks
from helpdesk_plugin.services import conversation, intake
from tests.factories import make_ticket, make_user, ticket_at

# --- Asking the worker --------------------------------------------------------------------------------


@pytest.fixture
def asked():
    """How often the worker has been asked since."""
    DBTaskResult.objects.all().delete()
    return DBTaskResult.objects.filter(task_path__endswith=".deliver_waiting").count


def test_act_asks_the_worker_once_after_commit(staff, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_ticket()
        assert asked() == 0
    assert asked() == 1


def test_several_acts_in_one_transaction_ask_once(staff, asked, django_capture_on_commit_callbacks):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    other = make_ticket()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        conversation.add_progress(ticket.pk, by=staff.prakom, note="Kabel diperiksa.")
        intake.merge_ticket(ticket.pk, other, by=staff.prakom)
    assert asked() == 1


def test_silent_act_asks_nobody(staff, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ticket = make_ticket()
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        conversation.note_ticket(ticket.pk, by=staff.prakom, note="Catatan.")
    assert asked() == 0


def test_failure_to_ask_is_logged_and_the_message_waits(
    agency, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def broken(*args, **kwargs):
        raise RuntimeError("no queue")

    monkeypatch.setattr(type(tasks.deliver_waiting), "enqueue", broken)
    with django_capture_on_commit_callbacks(execute=True):
        make_ticket()
    assert "The worker could not be asked to deliver" in caplog.text
    assert OutboxMessage.objects.get().state == MessageState.QUEUED


def test_task_delivers_what_is_due(agency, mailoutbox):
    make_ticket()
    assert tasks.deliver_waiting.call() == {"sent": 1}
    assert len(mailoutbox) == 1


# --- Sending again ------------------------------------------------------------------------------------


@pytest.fixture
def manager(agency):
    return make_user(Role.MANAGER)


@pytest.fixture
def message(agency):
    make_ticket()
    return OutboxMessage.objects.get()


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.PARKED, MessageState.DROPPED])
def test_message_at_rest_is_sent_again_and_logged(manager, message, mailoutbox, state):
    outbox.deliver_due()
    message.refresh_from_db()
    message.state, message.attempts, message.last_error = state, 14, "550"
    message.save()
    outbox.resend(message, by=manager)
    assert (message.state, message.attempts, message.last_error, message.sent_at, message.resends) == (
        MessageState.QUEUED,
        0,
        "",
        None,
        1,
    )
    (entry,) = [e for e in registry.get_logs_for_instance(message.ticket) if e.action == "helpdesk.resend"]
    assert entry.user == manager
    assert entry.data == {"message": message.pk, "kind": "requester.submit", "was": state.value}
    outbox.deliver_due()
    assert len(mailoutbox) == 2
    first, again = (m.extra_headers["Message-ID"] for m in mailoutbox)
    assert first != again
    assert mailoutbox[1].extra_headers["In-Reply-To"] == first


def test_sending_again_asks_the_worker(manager, message, django_capture_on_commit_callbacks):
    outbox.deliver_due()
    with django_capture_on_commit_callbacks(execute=True):
        outbox.resend(message, by=manager)
    assert DBTaskResult.objects.filter(task_path__endswith=".deliver_waiting").count() == 1


@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.SENDING])
def test_message_on_its_way_is_not_queued_twice(manager, message, state):
    OutboxMessage.objects.update(state=state)
    with pytest.raises(outbox.StillOnItsWay):
        outbox.resend(message, by=manager)
    assert OutboxMessage.objects.get().resends == 0
    assert [e for e in registry.get_logs_for_instance(message.ticket) if e.action == "helpdesk.resend"] == []


def test_sending_again_needs_its_permission(message):
    OutboxMessage.objects.update(state=MessageState.PARKED)
    with pytest.raises(PermissionDenied):
        outbox.resend(message, by=make_user(Role.HEAD_OF_AGENCY))
    assert OutboxMessage.objects.get().state == MessageState.PARKED


# --- How the queue stands -----------------------------------------------------------------------------


def test_empty_queue_is_not_stuck(agency):
    now = timezone.now()
    assert outbox.condition(now) == outbox.Condition(
        waiting=0, failing=0, parked=0, oldest_due=None, asked_at=now
    )
    assert outbox.condition(now).is_stuck is False


@pytest.mark.parametrize(("minutes", "stuck"), [(10, False), (11, True)])
def test_queue_is_stuck_when_a_message_is_overdue_for_ten_minutes(message, minutes, stuck):
    condition = outbox.condition(message.next_attempt_at + timedelta(minutes=minutes))
    assert condition.oldest_due == message.next_attempt_at
    assert condition.is_stuck is stuck


@pytest.mark.parametrize(("attempts", "stuck"), [(4, False), (5, True)])
def test_queue_is_stuck_when_a_message_keeps_failing(message, attempts, stuck):
    OutboxMessage.objects.update(attempts=attempts)
    assert outbox.condition(message.next_attempt_at).is_stuck is stuck


def test_what_was_given_up_is_counted(message):
    OutboxMessage.objects.update(state=MessageState.PARKED)
    condition = outbox.condition()
    assert (condition.waiting, condition.parked, condition.is_stuck) == (0, 1, False)
