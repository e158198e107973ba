"""Work out every ticket's deadlines again from its ledger and compare them with what is stored."""

from django.core.management.base import BaseCommand, CommandError

from helpdesk_plugin.management.progress import ProgressBar
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.sla_clock import FIGURES, standings_by_ledger, stored_figures


class Command(BaseCommand):
    help = (
        "Fold every ticket's ledger again and compare deadlines and outcomes with what is stored. "
        "Changes nothing. Ends with an error when a figure differs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="accepted for clarity: checking is all it does"
        )
        parser.add_argument(
            "--progress",
            action="store_true",
            help="draw a progress bar on standard error even where that is no terminal",
        )
        parser.add_argument("number", nargs="*", help="only these ticket numbers")

    def handle(self, *, number, progress, **options):
        tickets = Ticket.objects.only("number", *FIGURES)
        if number:
            tickets = tickets.filter(number__in=number)
        bar = ProgressBar(self._draw, tickets.count(), shown=progress or self.stderr.isatty())
        wrong = 0
        for ticket, standing in standings_by_ledger(tickets):
            wrong += self._report(ticket, stored_figures(standing))
            bar.advance()
        bar.close()
        if wrong:
            raise CommandError(f"{wrong} of {bar.done} tickets differ from their ledger.")
        self.stdout.write(f"{bar.done} tickets agree with their ledger.")

    def _draw(self, text) -> None:
        self.stderr.write(text, str, ending="")
        self.stderr.flush()

    def _report(self, ticket, computed) -> int:
        differing = {
            name: (getattr(ticket, name), value)
            for name, value in computed.items()
            if getattr(ticket, name) != value
        }
        for name, (stored, value) in differing.items():
            self.stdout.write(f"{ticket.number} {name}: stored {stored}, by the ledger {value}")
        return 1 if differing else 0
