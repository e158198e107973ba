"""How long it takes to work out every ticket's deadlines again. Run: python bench/bench_recompute.py

Fills a throw-away database with tickets and their ledgers, then runs `manage.py recompute_sla` on it in a
process of its own. The database is SQLite in a temporary directory, or a test database beside the one of
DATABASE_URL.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")


def measure(count: int, seed: int) -> None:
    """Make a database, fill it, work out all of it again elsewhere, print the figures, throw it away."""
    django.setup()
    from django.db import connection
    from ledgers import fill

    own_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        draw(f"Making {count} tickets.\n")
        entries = fill(count, seed, draw)
        draw("Working out all of them again.\n")
        with multiprocessing.get_context("spawn").Pool(1) as other:
            seconds, before, peak = other.apply(recompute, [database_url(connection)])
    finally:
        connection.creation.destroy_test_db(own_name, verbosity=0)
    print(f"database            {connection.vendor:>12}")
    print(f"tickets             {count:>12,}")
    print(f"ledger entries      {entries:>12,}   {entries / count:.1f} a ticket")
    print(f"total               {seconds:>12.1f} s")
    print(f"tickets a second    {count / seconds:>12,.0f}")
    print(f"peak memory         {peak:>12.0f} MiB, of which {before:.0f} before it began")


def recompute(address: str) -> tuple[float, float, float]:
    """Run the command on a database; return the seconds it took and the peak of memory before and after."""
    os.environ["DATABASE_URL"] = address
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.ensure_connection()
    before, began = peak_memory(), time.perf_counter()
    call_command("recompute_sla", "--progress", stdout=sys.stderr)
    return time.perf_counter() - began, before, peak_memory()


def peak_memory() -> float:
    """The most memory that this process has held so far, in MiB.

    Linux tells it of the process alone; what `getrusage` says may be of the process that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        kept = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(kept["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def database_url(connection) -> str:
    """The address of the throw-away database, for the other process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    login = f"{kept['USER']}:{kept['PASSWORD']}@" if kept["USER"] else ""
    return f"postgres://{login}{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"


def draw(text: str) -> None:
    """Show progress where output does not go."""
    sys.stderr.write(text)
    sys.stderr.flush()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tickets", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--seed", type=int, default=2026, help="of the invented lives (2026)")
    asked = parser.parse_args()
    measure(asked.tickets, asked.seed)


if __name__ == "__main__":
    main()
