"""`manage.py helpdesk_tick` as it is run: twice, days late, several at once. Each thing happens once."""

import os
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import DigestDay, HelpDeskSettings, OutboxMessage, Ticket, TicketEvent
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, make_opd, make_service, make_ticket

S = TicketStatus
MINUTE = timedelta(minutes=1)
TUESDAY = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 07.30 WIB
FRIDAY = TUESDAY + timedelta(days=3)

#: What the watched ticket (P3: response 120, recovery 1350 working minutes; S2's standard 30) has earned by
#: then. Three working days after Monday morning its recovery is used up, too.
BY_TUESDAY = {("response", 75), ("response", 100), ("step", 75), ("step", 100)}
BY_FRIDAY = {*BY_TUESDAY, ("recovery", 75), ("recovery", 100)}

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Four officers and three tickets: one that nobody takes in, one to complete, one to confirm."""

    def __init__(self):
        make_agency_data()
        HelpDeskSettings.load()
        self.staff = Staff()
        self.staff.performers()
        shared = {"service": make_service(), "opd": make_opd()}
        self.watched = make_ticket(at=MONDAY_9, **shared)
        self.returned = Journey(staff=self.staff, at=MONDAY_9, **shared).to(S.RETURNED)
        journey = Journey(staff=self.staff, at=MONDAY_9, **shared)
        journey.to(S.RESOLVED)
        with acting_at(journey.at):
            journey.inform()
        self.unconfirmed = journey.ticket
        OutboxMessage.objects.all().delete()

    def warned(self, ticket) -> Counter:
        return Counter((e.data["subject"], e.data["percent"]) for e in _acts(ticket, "warn"))

    def days(self, ticket, act) -> list[str]:
        return [f"{event.at:%a}" for event in _acts(ticket, act)]

    def digests(self) -> Counter:
        rows = OutboxMessage.objects.filter(day__isnull=False).values_list("day", "recipient__username")
        return Counter((f"{day:%a}", name) for day, name in rows)

    def expected_digests(self, *days, closed_by="") -> dict:
        """Who is concerned: technical support by its desk, the heads by everything, the computer officer by
        the ticket to confirm, until the day on which that one is closed.
        """
        users = self.staff.performers().values()
        everybody = {(day, user.username): 1 for day in (*days, closed_by) for user in users if day}
        everybody.pop((closed_by, self.staff.prakom.username), None)
        return everybody


@pytest.fixture
def desk():
    return Desk()


def _acts(ticket, act):
    return list(TicketEvent.objects.filter(ticket=ticket, act=act).order_by("at", "id"))


def tick(at) -> str:
    out = StringIO()
    with acting_at(at):
        call_command("helpdesk_tick", stdout=out)
    return out.getvalue()


def in_threads(many, at) -> None:
    start, errors = threading.Barrier(many), []

    def run():
        try:
            start.wait(timeout=30)
            tick(at)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert errors == []


# Each looks in a process and over a connection of its own, as schedulers do, once all of them are ready. They
# are forked from one that has loaded everything: loading is dear, and nothing of it is tested.
PROCESSES = """
import sys
from datetime import datetime
from multiprocessing import get_context
import django
django.setup()
from django.core.management import call_command
from django.db import connection, connections
from helpdesk_plugin.clock import acting_at

def look(ready):
    connection.ensure_connection()
    ready.wait(timeout=100)
    with acting_at(datetime.fromisoformat(sys.argv[2])):
        call_command("helpdesk_tick")

many, fork = int(sys.argv[1]), get_context("fork")
ready = fork.Barrier(many)
connections.close_all()
running = [fork.Process(target=look, args=[ready]) for _ in range(many)]
for process in running:
    process.start()
for process in running:
    process.join()
sys.exit(str([p.exitcode for p in running]) if any(p.exitcode for p in running) else 0)
"""


def in_processes(many, at) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROCESSES, str(many), at.isoformat()],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def database_url() -> str:
    """The address of the database of this test."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    login = f"{kept['USER']}:{kept['PASSWORD']}@" if kept["USER"] else ""
    return f"postgres://{login}{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"


# --- Twice and late -----------------------------------------------------------------------------------


def test_every_minute_of_a_week_is_as_good_as_one_look_a_day(desk):
    """Ticks of five working days, each morning's doubled, some out of hours; and the whole story once."""
    for day in range(5):
        for at in (TUESDAY, TUESDAY, TUESDAY + MINUTE, TUESDAY + timedelta(hours=12)):
            tick(at + timedelta(days=day))
    assert desk.warned(desk.watched) == dict.fromkeys(BY_FRIDAY, 1)
    assert desk.days(desk.unconfirmed, "remind") == ["Thu"]
    assert desk.days(desk.unconfirmed, "close") == ["Fri"]
    assert desk.days(desk.returned, "remind") == []
    assert desk.digests() == desk.expected_digests("Tue", "Wed", "Thu", closed_by="Fri")


def test_second_tick_has_nothing_to_say(desk):
    assert tick(TUESDAY) != ""
    assert tick(TUESDAY) == ""


def test_days_without_a_tick_lose_no_warning_and_end_nothing_unannounced(desk):
    """Down from Monday to Friday: warnings and the reminder at once, digest of the day, the end on Monday."""
    tick(FRIDAY)
    assert desk.warned(desk.watched) == dict.fromkeys(BY_FRIDAY, 1)
    assert desk.days(desk.unconfirmed, "remind") == ["Fri"]
    assert desk.days(desk.unconfirmed, "close") == []
    assert desk.digests() == desk.expected_digests("Fri")
    tick(FRIDAY + timedelta(days=3))
    assert desk.days(desk.unconfirmed, "close") == ["Mon"]


# --- At once ------------------------------------------------------------------------------------------


def once_in_everything(desk, day: str) -> None:
    """Friday's state: every warning, the reminder, the digest, and their mails, once each."""
    assert desk.warned(desk.watched) == dict.fromkeys(BY_FRIDAY, 1)
    assert desk.days(desk.unconfirmed, "remind") == [day]
    assert desk.digests() == desk.expected_digests(day)
    assert DigestDay.objects.count() == 1
    mails = Counter(OutboxMessage.objects.filter(day=None).values_list("event", "recipient"))
    assert set(mails.values()) == {1}
    told = TicketEvent.objects.filter(act__in=["warn", "remind"]).values_list("pk", flat=True)
    assert {event for event, _recipient in mails} == set(told)


def test_many_ticks_at_once_in_threads(desk):
    in_threads(5, FRIDAY)
    once_in_everything(desk, "Fri")


def test_many_ticks_at_once_in_processes(desk):
    in_processes(3, FRIDAY)
    once_in_everything(desk, "Fri")


def test_many_ticks_end_a_silence_once(desk):
    tick(FRIDAY)
    in_threads(5, FRIDAY + timedelta(days=3))
    assert desk.days(desk.unconfirmed, "close") == ["Mon"]
    assert Ticket.objects.get(pk=desk.unconfirmed.pk).history.filter(status=S.CLOSED.value).count() == 1
    assert desk.digests() == desk.expected_digests("Fri", closed_by="Mon")
