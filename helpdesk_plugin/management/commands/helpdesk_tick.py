"""The one scheduler: warn, remind, end what nobody answered, digest, tidy up. Runs once, or with --loop."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from helpdesk_plugin import clock
from helpdesk_plugin.management.arguments import positive
from helpdesk_plugin.models import Program
from helpdesk_plugin.services.heartbeats import ask_worker, beat
from helpdesk_plugin.services.silence import Ending
from helpdesk_plugin.services.upkeep import look_after

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Warn of deadlines, remind requesters, end waits that nobody answered, queue the daily digests, tell "
        "requesters of duplicates how the main ticket came out, and sweep away files of forms that were "
        "never sent or that no row knows. Safe to run often, late, or twice at once: every minute, or with "
        "--loop."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop",
            type=positive,
            metavar="SECONDS",
            help="keep running and look every so many seconds, until stopped",
        )

    def handle(self, *, loop, **options):
        if loop:
            self._keep_looking(loop)
        else:
            self._look()

    def _keep_looking(self, seconds):
        """Look until SIGTERM or SIGINT; an act that has begun is finished first."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            try:
                self._look()
            except Error:
                # The database may be away for a moment; what is due stays due.
                logger.exception("The tickets could not be read; trying again in %s seconds.", seconds)
            stopped.wait(seconds)

    def _look(self):
        done = look_after(clock.now())
        beat(Program.TICK)
        ask_worker()
        counts = {"warned": done.warned, "digests": done.digests, "files swept": done.swept}
        counts |= {"followers told": done.followers, "addresses forgotten": done.forgotten}
        counts |= {"notices published or expired": done.published, "notices proposed": done.proposed}
        counts["reminders of silent notices"] = done.nudged
        counts["reminders of surveys"] = done.asked_again
        counts["made anonymous"] = done.anonymised
        counts["files of nobody removed"] = done.leftovers
        counts |= {
            str(ending).replace("_", " "): count
            for ending, count in done.endings.items()
            if ending is not Ending.STILL_WAITING
        }
        said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        if said:
            self.stdout.write(f"Upkeep: {said}")
