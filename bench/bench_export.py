"""What taking everything out costs, in time and memory, at 10 000 and 100 000 tickets.

Run: python bench/bench_export.py

Fills a throw-away database, then writes the register as CSV and XLSX and the raw data, each in a process of
its own, whose peak of memory is told. `--keep DIRECTORY` leaves the files of the largest there to be looked
at. The database is SQLite in a temporary directory, or a test database beside the one of DATABASE_URL.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")
MOST_INVENTED = 4000
LAYOUTS = ("csv", "xlsx", "raw")


def measure(sizes: list[int], seed: int, keep: Path) -> None:
    """Make a database, fill it, take everything out, print a table in Markdown, throw it away."""
    django.setup()
    from bench_recompute import database_url
    from django.db import connection

    own_name = connection.settings_dict["NAME"]
    print(f"| export ({connection.vendor}) | tickets | rows | file | time | peak memory | before it began |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for size in sizes:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            _fill(size, seed)
            for layout in LAYOUTS:
                with multiprocessing.get_context("spawn").Pool(1) as other:
                    asked = (database_url(connection), layout, str(keep))
                    rows, length, seconds, before, peak = other.apply(write, asked)
                told = f"{length / 2**20:.1f} MiB | {seconds:.1f} s | {peak:.0f} MiB | {before:.0f} MiB"
                print(f"| {layout} | {size:,} | {rows:,} | {told} |", flush=True)
        finally:
            connection.creation.destroy_test_db(own_name, verbosity=0)


def _fill(size: int, seed: int) -> None:
    """Invent some of the tickets; the database copies them until there are enough."""
    from busy_desk import double, fill
    from django.db import connection

    rounds = 0
    while size % 2 == 0 and size > MOST_INVENTED:
        size, rounds = size // 2, rounds + 1
    fill(size, seed=seed)
    for _round in range(rounds):
        double()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write(address: str, layout: str, keep: str) -> tuple[int, int, float, float, float]:
    """Write one export; return its rows and length, the seconds, and the memory before and at its peak."""
    os.environ["DATABASE_URL"] = address
    django.setup()
    from bench_recompute import peak_memory
    from django.contrib.auth import get_user_model

    from helpdesk_plugin.models import Ticket
    from helpdesk_plugin.reports import raw, sheets
    from helpdesk_plugin.reports.jobs import everything

    user = get_user_model().objects.create_superuser(f"root-{layout}", "root@example.test", "x")
    count = [0]

    def told(rows: int) -> None:
        count[0] += rows

    before, began = peak_memory(), time.perf_counter()
    with (Path(keep) / f"export.{layout if layout != 'raw' else 'zip'}").open("wb") as file:
        if layout == "csv":
            for part in sheets.as_csv(Ticket.objects.visible_to(user)):
                told(part.count("\r\n"))
                file.write(part.encode())
        elif layout == "xlsx":
            sheets.write_xlsx(file, Ticket.objects.visible_to(user), told)
        else:
            raw.write(file, everything(user), told)
        length = file.tell() or Path(file.name).stat().st_size
    return count[0], length, time.perf_counter() - began, before, peak_memory()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tickets", type=int, nargs="*", default=[10_000, 100_000], help="how many")
    parser.add_argument("--seed", type=int, default=2026, help="of the invented lives (2026)")
    parser.add_argument("--keep", type=Path, help="where the files stay")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(asked.tickets, asked.seed, asked.keep or Path(scratch))


if __name__ == "__main__":
    main()
