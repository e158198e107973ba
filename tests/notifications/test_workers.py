"""Several workers at once, each with a connection of its own."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from helpdesk_plugin.models import MessageState, OutboxMessage
from helpdesk_plugin.notifications.delivery import deliver_due
from tests.factories import make_ticket

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(how_many, work):
    """Run ``work`` in threads that start together, and return what each returned."""
    start, results, errors = threading.Barrier(how_many), [], []

    def run():
        try:
            start.wait(timeout=10)
            results.append(work())
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert errors == []
    return results


def test_many_workers_send_every_message_once(staff, mail_server):
    for n in range(12):
        make_ticket(requester_email=f"pemohon{n}@example.test")
    now = timezone.now() + timedelta(seconds=1)
    reports = at_once(4, lambda: deliver_due(now))
    assert sum(report.results.get("sent", 0) for report in reports) == 24
    arrived = Counter((m["X-Envelope-To"], m["Subject"]) for m in mail_server.messages)
    assert len(arrived) == 24
    assert set(arrived.values()) == {1}
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {(MessageState.SENT, 1)}


def test_stranger_gets_no_more_from_many_workers_than_from_one(agency, mail_server):
    for _ in range(12):
        make_ticket(requester_email="korban@example.test")
    now = timezone.now() + timedelta(seconds=1)
    at_once(4, lambda: deliver_due(now))
    assert 1 <= len(mail_server.messages) <= 5
    assert OutboxMessage.objects.exclude(state=MessageState.SENT).count() == 12 - len(mail_server.messages)


def test_worker_of_the_database_backend_delivers_after_commit(agency, mail_server):
    ticket = make_ticket()
    assert DBTaskResult.objects.ready().count() == 1
    assert mail_server.messages == []
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert [m["Subject"] for m in mail_server.messages] == [
        f"[{ticket.number}] Permohonan Anda sudah terkirim"
    ]
    assert DBTaskResult.objects.get().return_value == {"sent": 1}
