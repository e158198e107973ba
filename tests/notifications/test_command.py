"""`manage.py helpdesk_deliver`: once, again and again, or only to look."""

import os
import signal
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import MessageState, OutboxMessage
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.delivery import Report
from helpdesk_plugin.services.digests import queue_digests
from tests.factories import MONDAY_9, make_ticket


def run(capsys, *arguments):
    call_command("helpdesk_deliver", *arguments)
    return capsys.readouterr()


def test_sweep_delivers_what_is_due_and_says_so(staff, mailoutbox, capsys):
    make_ticket()
    assert run(capsys).out == "Messages: 2 sent\n"
    assert len(mailoutbox) == 2


def test_sweep_with_nothing_to_do_says_nothing(agency, capsys):
    assert run(capsys).out == ""


def test_limit_bounds_a_sweep(staff, mailoutbox, capsys):
    make_ticket()
    assert run(capsys, "--limit", "1").out == "Messages: 1 sent\n"
    assert len(mailoutbox) == 1


def test_dry_run_lists_without_addresses_and_sends_nothing(staff, mailoutbox, capsys):
    ticket = make_ticket()
    assert run(capsys, "--dry-run").out.splitlines() == [
        f"{ticket.number}  requester.submit  requester  try 1",
        f"{ticket.number}  desk.submit  {staff.teknisi.username}  try 1",
        "2 due, nothing sent.",
    ]
    assert mailoutbox == []
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {(MessageState.QUEUED, 0)}


def test_dry_run_names_the_day_of_a_digest(staff, capsys):
    make_ticket(at=MONDAY_9)
    OutboxMessage.objects.all().delete()
    with acting_at(MONDAY_9):
        queue_digests(MONDAY_9)
    assert f"2026-11-23  desk.digest  {staff.teknisi.username}  try 1" in run(capsys, "--dry-run").out


def test_unreachable_server_is_reported(agency, capsys, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    make_ticket()
    output = run(capsys)
    assert output.out == "Messages: 1 retry\n"
    assert "mail server cannot be reached" in output.err


@pytest.mark.parametrize("arguments", [["--loop", "0"], ["--limit", "-1"], ["--limit", "banyak"]])
def test_senseless_numbers_are_refused(arguments):
    with pytest.raises(CommandError):
        call_command("helpdesk_deliver", *arguments)


@pytest.fixture
def own_signals():
    """Give the signals back to the test runner afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_loop_survives_the_database_and_ends_on_a_signal(
    agency, monkeypatch, own_signals, caplog, capsys, number
):
    sweeps = []

    def sweep(limit, stop):
        sweeps.append(stop())
        if len(sweeps) == 1:
            raise OperationalError("away")
        os.kill(os.getpid(), number)
        return Report({"sent": 1})

    monkeypatch.setattr(outbox, "deliver_due", sweep)
    monkeypatch.setattr("helpdesk_plugin.management.commands.helpdesk_deliver.close_old_connections", int)
    call_command("helpdesk_deliver", "--loop", "1")
    assert sweeps == [False, False]
    assert "The outbox could not be read" in caplog.text
    assert capsys.readouterr().out == "Messages: 1 sent\n"


def test_loop_cries_out_when_mail_stands_still(agency, monkeypatch, own_signals, caplog):
    make_ticket()
    OutboxMessage.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=11))

    def sweep(limit, stop):
        os.kill(os.getpid(), signal.SIGTERM)
        return Report()

    monkeypatch.setattr(outbox, "deliver_due", sweep)
    monkeypatch.setattr("helpdesk_plugin.management.commands.helpdesk_deliver.close_old_connections", int)
    call_command("helpdesk_deliver", "--loop", "60")
    assert "Mail is stuck: 1 waiting, 0 failing again and again, 0 given up." in caplog.text
