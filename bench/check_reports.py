"""Compare every figure of the reports with what a stranger makes of the raw export.

Run: python bench/check_reports.py

Invents 2 000 tickets in a throw-away database, writes the raw data, has `recompute_reports.py` make the
figures in a process of its own, and says of each part whether they agree. Ends with 1 if any does not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_project.settings.test")
AS_OF = datetime(2026, 11, 25, 3, tzinfo=UTC)
PERIODS = ["2026-11", "2026-10", "2026-Q3", "2026-Q4", "2026", "2026-08-17..2026-10-03"]


def check(count: int, seed: int) -> bool:
    """Whether everything agrees."""
    django.setup()
    from busy_desk import fill
    from django.db import connection

    from helpdesk_plugin.domain.parties import Role
    from helpdesk_plugin.domain.periods import Period
    from helpdesk_plugin.reports import raw
    from helpdesk_plugin.reports.plain import figures_of
    from helpdesk_plugin.reports.scope import Scope
    from tests.factories import make_user

    own_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill(count, seed=seed)
        manager = make_user(Role.MANAGER)
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "raw.zip"
            with path.open("wb") as file:
                raw.write(file, Scope(Period.parse("2026"), manager, AS_OF))
            asked = [sys.executable, "-I", ROOT / "bench" / "recompute_reports.py", path, *PERIODS]
            theirs = json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout)
        began, agree = time.perf_counter(), True
        for token, found in zip(PERIODS, theirs, strict=True):
            ours = json.loads(json.dumps(figures_of(Scope(Period.parse(token), manager, AS_OF))))
            agree &= _told(token, ours, found)
        print(f"{len(PERIODS)} periods of {count:,} tickets: ours in {time.perf_counter() - began:.1f} s")
        return agree
    finally:
        connection.creation.destroy_test_db(own_name, verbosity=0)


def _told(token: str, ours: dict, theirs: dict) -> bool:
    """Print which parts of a period agree, and how many figures that are."""
    differing = [part for part in ours if ours[part] != theirs[part]]
    figures = sum(_figures(ours[part]) for part in ours if part not in differing)
    print(f"{token:<24} {figures:>6,} figures agree{''.join(f', NOT {part}' for part in differing)}")
    return not differing


def _figures(part: object) -> int:
    if isinstance(part, dict):
        return sum(map(_figures, part.values()))
    return sum(map(_figures, part)) if isinstance(part, list) else 1


def main() -> int:
    """Read the arguments and check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tickets", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", type=int, default=2026, help="of the invented lives (2026)")
    asked = parser.parse_args()
    return 0 if check(asked.tickets, asked.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
