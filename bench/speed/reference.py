"""What the help desk is compared with, on the same machine: a bare snippet list, one durable row."""

import shutil

from bench.speed.browser import Browser
from bench.speed.measure import AT_ONCE, CROWD, ROUNDS, Figure, crowd, figure
from bench.speed.people import officer
from bench.speed.places import Place
from bench.speed.postgres import Postgres
from bench.speed.prepare import share_static_files
from bench.speed.server import serving

SETTINGS = "bench.bare.settings"
LIST, INSERT = "/admin/things/", "/bare/insert/"
NAMES = {LIST: "bare snippet list of 1,000, page of 25", INSERT: "bare view: one durable INSERT"}
_FILL = """
import django
django.setup()
from django.contrib.auth import get_user_model
from bench.bare.models import Thing
from bench.speed.places import PASSWORD
get_user_model().objects.create_superuser("pembanding", "pembanding@example.test", PASSWORD)
rows = range(1000)
Thing.objects.bulk_create(
    Thing(name=f"HD-{n:06}", place="Badan Keuangan", kind="Internet", rank=n % 4, state="baru") for n in rows
)
"""


def bare_figures(vendor: str, server: Postgres | None) -> list[Figure]:
    """The two references on a database of their own, made anew."""
    place = Place(vendor, 0, server.url("bare") if server else "")
    shutil.rmtree(place.directory, ignore_errors=True)
    if server:
        server.create("bare")
    share_static_files(place)
    for command in ("migrate", "createcachetable"):
        place.run("manage.py", command, "--verbosity=0", settings=SETTINGS)
    place.run("-c", _FILL, settings=SETTINGS)
    with serving(place, "/admin/login/", SETTINGS) as running:
        port = running.port
        reader, writer = officer(port, "pembanding"), Browser(port)
        return [
            _measured(NAMES[LIST], lambda: reader.get(LIST)),
            _measured(NAMES[INSERT], lambda: writer.post(INSERT, [], expect=204)),
        ]


def _measured(name: str, ask) -> Figure:
    crowd(ask, AT_ONCE)
    times = [ask().milliseconds for _n in range(2 * ROUNDS)]
    return figure(name, times, crowd(ask, CROWD))
