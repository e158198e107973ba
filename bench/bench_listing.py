"""What home, the list with its tabs, and a ticket's page cost at 3, 300 and 30 000 tickets.

Run: python bench/bench_listing.py

Queries and milliseconds of whole answers, for an officer of technical support. The database is SQLite in a
temporary directory, or a test database beside the one of DATABASE_URL; both are thrown away.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")
SIZES = (3, 300, 30_000)
ROUNDS = 5


def measure(sizes: tuple[int, ...], seed: int) -> None:
    """Make a database for each size, ask for every page, print a table in Markdown, throw it away."""
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    own_name = connection.settings_dict["NAME"]
    print(f"| page ({connection.vendor}) | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("|---|" + "---|" * len(sizes))
    columns = []
    for size in sizes:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            columns.append(_of_one_size(size, seed))
        finally:
            connection.creation.destroy_test_db(own_name, verbosity=0)
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(column[name] for column in columns) + " |")


def _of_one_size(size: int, seed: int) -> dict[str, str]:
    """Each page with its queries and the median of its times."""
    from django.db import connection
    from django.test import Client
    from ledgers import fill

    from helpdesk_plugin.domain.parties import Role
    from helpdesk_plugin.domain.statuses import TicketStatus
    from helpdesk_plugin.models import Ticket
    from helpdesk_plugin.staff.my_work import Heap, list_url
    from tests.factories import make_user, ticket_at

    fill(size, seed, lambda _text: None)
    officer = make_user(Role.TECHNICAL_SUPPORT)
    Ticket.objects.filter(pk__in=Ticket.objects.order_by("-pk").values("pk")[: size // 10]).update(
        assignee=officer
    )
    # One and the same story at every size, of a year whose numbers are free: its cause is being looked for.
    story = ticket_at(TicketStatus.DIAGNOSING, at=datetime(2031, 1, 6, 2, tzinfo=UTC))
    page = f"/admin/helpdesk/tickets/{story.pk}/"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(officer)
    pages = {
        "home": "/admin/",
        "list": list_url(),
        **{heap.value: list_url(work=heap.value) for heap in Heap},
        "ticket": page,
        "form of the diagnosis": f"{page}do/diagnose/",
    }
    return {name: _figures(client, address) for name, address in pages.items()}


def _figures(client, address: str) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    # Counted at once: the next request empties the log of queries.
    asked, found = len(queries), response.context.get("items_count") or "–"
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - began))
    return f"{asked} queries, {statistics.median(times):.0f} ms, {found} found"


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tickets", type=int, nargs="*", default=SIZES, help="how many (3 300 30000)")
    parser.add_argument("--seed", type=int, default=2026, help="of the invented lives (2026)")
    asked = parser.parse_args()
    measure(tuple(asked.tickets), asked.seed)


if __name__ == "__main__":
    main()
