"""Grow the database of the settings to so many tickets: `python -m bench.speed.populate TICKETS FACTS`."""

import json
import sys
import time
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import django

#: Open tickets at each size; a bigger help desk has more on its desks, but not a thousand times more.
OPEN_AT = {1_000: 200, 20_000: 300, 100_000: 400, 1_000_000: 600}
RECENT, TEMPLATES = 1_000, 4_000


def open_at(tickets: int) -> int:
    """How many tickets of so many are invented as open ones."""
    return max(count for size, count in OPEN_AT.items() if size <= max(tickets, RECENT))


def grow(tickets: int, facts: dict) -> dict:
    """Bring the database to this number of tickets; returns what later growth and measuring need to know."""
    from helpdesk_plugin import clock
    from helpdesk_plugin.models import Ticket

    now = clock.now().replace(microsecond=0) - timedelta(minutes=10)
    begun = (now.replace(day=1, hour=0, minute=0, second=0) - timedelta(days=1)).replace(day=1)
    if not facts:
        facts = {"now": now.isoformat(), "begun": begun.isoformat(), "copies": 0, "open": 0}
        _recent(begun, now, open_at(RECENT))
        facts["open"] = open_at(RECENT)
        # The same ended ticket is looked at whatever comes after it.
        facts["old"] = Ticket.objects.filter(status="closed").earliest("pk").pk
    else:
        now, begun = datetime.fromisoformat(facts["now"]), datetime.fromisoformat(facts["begun"])
        _open(facts["open"], open_at(tickets), now)
        facts["open"] = open_at(tickets)
    missing = tickets - Ticket.objects.count()
    if missing > 0:
        _past(missing, facts, begun)
    facts["tickets"] = Ticket.objects.count()
    facts["month"] = f"{begun:%Y-%m}"
    return facts


def _recent(begun: datetime, now: datetime, open_ones: int) -> None:
    """The last weeks, the same at every size: what has ended among them, and what is open."""
    from bench.speed.stories import BenchDesk
    from bench.speed.storing import store
    from helpdesk_plugin.models import Ticket

    desk = BenchDesk(1, begun, now)
    ended = RECENT - open_ones - Ticket.objects.count()
    step = (now - begun) / ended
    store(desk.one(number, begun + number * step) for number in range(ended))
    _open(0, open_ones, now)


def _open(already: int, wanted: int, now: datetime) -> None:
    from bench.speed.stories import BenchDesk
    from bench.speed.storing import store

    if wanted <= already:
        return
    first = now - timedelta(days=20)
    desk, step = BenchDesk(2 + already, first, now), (now - first) / (wanted - already)
    store(
        desk.one(n + already, first + (n - already) * step, still_open=True) for n in range(already, wanted)
    )


def _past(missing: int, facts: dict, begun: datetime) -> None:
    from bench.speed import copying
    from bench.speed.stories import BenchDesk
    from bench.speed.storing import store

    with copying.in_a_hurry():
        if "template" not in facts:
            before = copying.last_keys()
            desk = BenchDesk(3, begun - timedelta(days=copying.DAYS + 58), begun)
            missing -= store(desk.ended(min(TEMPLATES, missing)))
            facts["template"] = asdict(copying.Template.since(before))
        template = copying.Template(**facts["template"])
        while missing > 0:
            facts["copies"] += 1
            copying.copy(template, missing, facts["copies"])
            missing -= min(missing, TEMPLATES)


def main() -> None:
    """Grow, and write down what was done once it is whole."""
    django.setup()
    began, file = time.monotonic(), Path(sys.argv[2])
    facts = grow(int(sys.argv[1]), json.loads(sys.argv[3]))
    facts["seconds"] = round(time.monotonic() - began)
    file.write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
