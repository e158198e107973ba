"""Have a populated database of each size, each grown out of the smaller one, or as it was left before."""

from collections.abc import Iterator
from json import dumps
from shutil import rmtree

from bench.speed.places import KEPT, Place
from bench.speed.postgres import Postgres

#: What `make run` does before it starts; done once, and again where a database is used again.
FRESH = (("migrate",), ("createcachetable",), ("setup_helpdesk",), ("setup_site",), ("helpdesk_demo",))
_ANALYZE = (
    "import django; django.setup(); from django.db import connection as c; c.cursor().execute('ANALYZE')"
)
AGAIN = (("migrate",), ("createcachetable",), ("collectstatic", "--no-input"))


def places(vendor: str, sizes: list[int], server: Postgres | None, *, reuse: bool, say) -> Iterator[Place]:
    """A place for each size, smallest first, each ready when it is given."""
    smaller: Place | None = None
    for size in sorted(sizes):
        place = Place(vendor, size, server.url(f"tickets_{size}") if server else "")
        if not (reuse and place.facts):
            _make(place, smaller, server, say)
        else:
            _run(place, AGAIN)
            # What a migration has added, the planner should know of.
            place.run("-c", _ANALYZE)
        yield place
        smaller = place


def _make(place: Place, smaller: Place | None, server: Postgres | None, say) -> None:
    facts = smaller.facts if smaller else {}
    rmtree(place.directory, ignore_errors=True)
    if server:
        server.create(f"tickets_{place.size}", f"tickets_{smaller.size}" if smaller else None)
    if smaller:
        place.grow_from(smaller)
    else:
        share_static_files(place)
        _run(place, FRESH)
    place.run("-m", "bench.speed.populate", str(place.size), str(place.facts_file), dumps(facts))
    say(f"{place.vendor}: {place.facts['tickets']:,} tickets after {place.facts['seconds']} s")


def _run(place: Place, commands: tuple) -> None:
    for command in commands:
        place.manage(*command, "--verbosity=0")


def share_static_files(place: Place) -> None:
    """Collected once for all."""
    common = KEPT / "static"
    common.mkdir(parents=True, exist_ok=True)
    place.directory.mkdir(parents=True, exist_ok=True)
    (place.directory / "static").symlink_to(common)
    place.manage("collectstatic", "--no-input", "--verbosity=0")
