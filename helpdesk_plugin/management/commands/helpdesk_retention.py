"""Make tickets anonymous whose time of keeping has run out, or say which ones they are."""

from django.core.management.base import BaseCommand

from helpdesk_plugin import clock
from helpdesk_plugin.management.arguments import positive
from helpdesk_plugin.services.retention import BATCH, due, retain


class Command(BaseCommand):
    help = (
        "Take the people out of ended tickets by the rules of retention that are in use. What is taken out "
        "cannot be brought back: look with --dry-run first. The scheduler does the same once it is switched "
        "on in the settings of the help desk."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say how many tickets are due")
        parser.add_argument(
            "--most", type=positive, default=BATCH, help=f"at most so many of each rule ({BATCH})"
        )

    def handle(self, *, dry_run, most, **options):
        now = clock.now()
        if dry_run:
            for one in due(now):
                before = f"{one.before:%Y-%m-%d}"
                self.stdout.write(
                    f"{one.rule.ending}: {one.count} tickets ended before {before} ({one.rule.months} months)"
                )
            return
        done = retain(now, most=most)
        counts = "".join(f", {number} {what}" for what, number in sorted(done.counts.items()))
        self.stdout.write(f"{len(done.tickets)} tickets made anonymous{counts}.")
        if done.still_open:
            self.stdout.write(f"Left alone, their main ticket goes on: {', '.join(done.still_open)}")
