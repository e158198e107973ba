"""Work out every ticket's deadlines again from its ledger and compare them with what is stored."""

import sys

from django.core.management.base import BaseCommand, CommandError

from helpdesk_plugin.models import Ticket
from helpdesk_plugin.sla_clock import standing_of, stored_figures, turns_in_ledger

_CHUNK = 500
#: A terminal is told how far it is after every so many tickets.
_EVERY = 1000


class Command(BaseCommand):
    help = (
        "Fold every ticket's ledger again and compare deadlines and outcomes with what is stored. "
        "Changes nothing. Ends with an error when a figure differs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="accepted for clarity: checking is all it does"
        )
        parser.add_argument("number", nargs="*", help="only these ticket numbers")

    def handle(self, *, number, **options):
        tickets = Ticket.objects.order_by("pk")
        if number:
            tickets = tickets.filter(number__in=number)
        total, seen, wrong = tickets.count(), 0, 0
        for ticket in tickets.prefetch_related("events").iterator(chunk_size=_CHUNK):
            seen += 1
            wrong += self._report(ticket)
            if seen % _EVERY == 0 and self.stdout.isatty():
                self.stdout.write(f"\r{seen} of {total}", ending="")
                sys.stdout.flush()
        if wrong:
            raise CommandError(f"{wrong} of {seen} tickets differ from their ledger.")
        self.stdout.write(f"{seen} tickets agree with their ledger.")

    def _report(self, ticket) -> int:
        computed = stored_figures(standing_of(turns_in_ledger(ticket)))
        differing = {
            name: (getattr(ticket, name), value)
            for name, value in computed.items()
            if getattr(ticket, name) != value
        }
        for name, (stored, value) in differing.items():
            self.stdout.write(f"{ticket.number} {name}: stored {stored}, by the ledger {value}")
        return 1 if differing else 0
