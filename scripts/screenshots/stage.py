"""A site of its own for the photographs: fresh demonstration data, one fixed moment, gone afterwards."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import time_machine

#: Tuesday, 24 November 2026, 09.10 WIB: an ordinary morning, within service hours.
MORNING = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)
#: What the browser shows in addresses; it never leaves this machine (`camera.RULES`).
HOST = "helpdesk.example.go.id"
PASSWORD = "kata-sandi-contoh-2026"  # noqa: S105 - of invented people, in a database that is thrown away
#: The invented person who speaks for an agency.
CONTACT = ("DISDUKCAPIL", "Sri Wahyuni", "sri.wahyuni@example.go.id")


@dataclass(frozen=True)
class Stage:
    """The running site: where it listens, and where its mails fall."""

    port: int
    mails: Path

    def mailed_link(self, address: str) -> str:
        """Deliver what waits, and return the path of the newest link that was mailed to this address."""
        from django.core.management import call_command

        call_command("helpdesk_deliver", verbosity=0)
        for mail in sorted(self.mails.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
            text = mail.read_text()
            links = re.findall(rf"http://{re.escape(HOST)}(\S+/masuk/\S+)", text)
            if address in text and links:
                return str(links[0])
        raise LookupError(f"no link was mailed to {address}")


@contextmanager
def site() -> Iterator[Stage]:
    """Bring up the site at `MORNING`, and remove all of it in the end."""
    with tempfile.TemporaryDirectory(prefix="helpdesk-pictures-") as directory:
        _settle_environment(directory)
        with time_machine.travel(MORNING, tick=False):
            _fill()
            with _serving() as port:
                yield Stage(port, Path(directory, "mail"))


def _settle_environment(directory: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "site_project.settings.dev",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in this thread
        "HELPDESK_VAR": directory,
        "HELPDESK_DEMO_PASSWORD": PASSWORD,
        "HELPDESK_BASE_URL": f"http://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": "only-for-pictures-" + "x" * 40,
        "EMAIL_URL": f"filemail:///{directory}/mail",
    }
    os.environ.pop("DATABASE_URL", None)


def _fill() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "createcachetable", "setup_helpdesk", "setup_site", "helpdesk_demo"):
        call_command(command, verbosity=0)
    _invent()


def _invent() -> None:
    """What the demonstration leaves out and a page of the documentation shows."""
    from helpdesk_plugin.models import Opd, OpdContact

    code, name, email = CONTACT
    opd = Opd.objects.get(code=code)
    OpdContact.objects.create(opd=opd, name=name, email=email, first_day=MORNING.date())


@contextmanager
def _serving() -> Iterator[int]:
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield server.port
    finally:
        server.terminate()


def ticket_of(summary: str):
    """The demonstration's ticket with these words in its summary."""
    from helpdesk_plugin.models import Ticket

    return Ticket.objects.select_related("access").get(summary__contains=summary)
