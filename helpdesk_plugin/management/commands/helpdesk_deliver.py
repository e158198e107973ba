"""Deliver what waits in the outbox: once, or again and again beside the worker."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from helpdesk_plugin.management.arguments import positive
from helpdesk_plugin.models import OutboxMessage, Program
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services.heartbeats import beat

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Deliver the messages that are due. The worker does so after every act; this sweeps up what it left "
        "behind, such as retries. Run it every minute, or with --loop beside the web server."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop",
            type=positive,
            metavar="SECONDS",
            help="keep running and deliver every so many seconds, until stopped",
        )
        parser.add_argument(
            "--limit", type=positive, default=1000, help="messages to try at most in one sweep (1000)"
        )
        parser.add_argument("--dry-run", action="store_true", help="list what is due and send nothing")

    def handle(self, *, loop, limit, dry_run, **options):
        if dry_run:
            self._list(limit)
        elif loop:
            self._keep_delivering(loop, limit)
        else:
            self._sweep(limit, lambda: False)

    def _list(self, limit):
        due = OutboxMessage.objects.due(timezone.now()).select_related("ticket", "recipient")[:limit]
        for message in due:
            whom = "requester" if message.to_requester else message.recipient.get_username()
            about = message.ticket.number if message.ticket else message.day or "-"
            self.stdout.write(f"{about}  {message.kind}  {whom}  try {message.attempts + 1}")
        self.stdout.write(f"{len(due)} due, nothing sent.")

    def _keep_delivering(self, seconds, limit):
        """Sweep until SIGTERM or SIGINT, which let the mail being sent finish first."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            try:
                self._sweep(limit, stopped.is_set)
                _warn_if_stuck()
            except Error:
                # The database may be away for a moment; the messages are not lost by it.
                logger.exception("The outbox could not be read; trying again in %s seconds.", seconds)
            stopped.wait(seconds)

    def _sweep(self, limit, stop):
        report = outbox.deliver_due(limit=limit, stop=stop)
        beat(Program.DELIVER)
        if report.tried:
            counts = ", ".join(f"{count} {result}" for result, count in sorted(report.results.items()))
            self.stdout.write(f"Messages: {counts}")
        if report.stopped:
            self.stderr.write("The mail server cannot be reached; the rest waits for the next sweep.")


def _warn_if_stuck():
    condition = outbox.condition()
    if condition.is_stuck:
        logger.error(
            "Mail is stuck: %s waiting, %s failing again and again, %s given up. Check the mail server.",
            condition.waiting,
            condition.failing,
            condition.parked,
        )
