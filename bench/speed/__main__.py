"""Populate, measure, write the results: `python -m bench.speed --help`."""

import argparse
import sys
import time
from contextlib import nullcontext

from bench.speed import postgres, prepare, written
from bench.speed.curves import draw
from bench.speed.measure import ROUNDS, Bench
from bench.speed.reference import bare_figures
from bench.speed.server import serving
from bench.speed.written import Told

SIZES = (1_000, 20_000, 100_000, 1_000_000)
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
#: Bounds of what may be asked for.
LEAST, MOST = 1_000, 1_000_000


def main() -> None:
    """Read the arguments and do it."""
    asked = _arguments()
    began = time.monotonic()
    told = [_on(vendor, asked) for vendor in asked.databases]
    pictures = draw(told)
    if not asked.dry_run:
        written.write(told, _command(asked), (time.monotonic() - began) / 60, pictures)
    for one in told:
        print("\n".join(one.lines()))


def _command(asked: argparse.Namespace) -> str:
    """What to type for the same once more."""
    parts = ["make bench"]
    if asked.sizes != list(SIZES):
        parts.append(f'SIZES="{" ".join(map(str, asked.sizes))}"')
    if asked.databases != list(NAMES):
        parts.append(f'DATABASES="{" ".join(asked.databases)}"')
    return " ".join([*parts, *(["BENCH=--reuse"] if asked.reuse else [])])


def _on(vendor: str, asked: argparse.Namespace) -> Told:
    """Everything on one database."""
    with postgres.running() if vendor == "postgres" else nullcontext() as server:
        _say(f"{vendor}: the references")
        version = server.version if server else written.sqlite_version()
        told = Told(NAMES[vendor], version, bare_figures(vendor, server))
        for place in prepare.places(vendor, asked.sizes, server, reuse=asked.reuse, say=_say):
            _say(f"{vendor}: measuring at {place.size:,}")
            with serving(place, "/help-desk/lacak/") as running:
                bench = Bench(running, place.facts, asked.rounds)
                told.by_size[place.size] = {figure.name: figure for figure in bench.figures()}
                told.workers[place.size] = (running.megabytes_a_worker(), running.cold_start)
    return told


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Speed of every operation at a thousand to a million tickets."
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of tickets")
    parser.add_argument("--databases", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--reuse", action="store_true", help="use what var/bench holds already")
    rounds = f"answers of each page, five to fifty ({ROUNDS})"
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=rounds)
    parser.add_argument("--dry-run", action="store_true", help="leave RESULTS.md as it is")
    asked = parser.parse_args()
    asked.sizes = sorted({min(max(size, LEAST), MOST) for size in asked.sizes})
    asked.rounds = min(max(asked.rounds, 5), 50)
    return asked


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
