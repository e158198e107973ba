"""Invented tickets with their ledgers, stored without the services: for benchmarks of what reads them."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from helpdesk_plugin import sla_clock
from helpdesk_plugin.calendars import current_edition
from helpdesk_plugin.domain.standing import Turn
from helpdesk_plugin.domain.statuses import TicketStatus as S
from helpdesk_plugin.domain.steps import Act, Step
from helpdesk_plugin.domain.transitions import sop_code_of
from helpdesk_plugin.management.progress import ProgressBar
from helpdesk_plugin.models import Holiday, Ticket, TicketEvent, TicketKind
from tests.factories import make_agency_data, make_opd, make_service

BATCH = 1000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
#: Working minutes of response and recovery, P1 to P4.
TARGETS = {1: (15, 240), 2: (30, 450), 3: (120, 1350), 4: (450, 2250)}
#: Minutes from one act to the next.
WAITS = (4, 25, 90, 240, 900, 2900)
Life = tuple[tuple[Act, S], ...]
LINE: Life = (
    (Step.SUBMIT, S.SUBMITTED),
    (Step.TRIAGE, S.TRIAGED),
    (Step.DISPOSE, S.DISPOSED),
    (Step.EXAMINE, S.ASSIGNED),
    (Step.VERIFY, S.DIAGNOSING),
    (Step.DIAGNOSE, S.RECOVERING),
)
PAUSE: Life = ((Step.HOLD_REQUESTER, S.WAITING_REQUESTER), (Step.ANSWER, S.RECOVERING))
END: Life = ((Step.RESOLVE, S.RESOLVED), (Step.INFORM, S.RESOLVED), (Step.CLOSE, S.CLOSED))


class Desk:
    """Invents tickets with a life of five to eleven acts, one in five with a pause, four in ten closed."""

    def __init__(self, seed: int) -> None:
        make_agency_data()
        for month in range(1, 13):
            Holiday.objects.create(day=date(2026, month, 17), name="Libur")
        self.chance = random.Random(seed)
        self.edition = current_edition().pk
        self.shared = {"service": make_service(), "opd": make_opd()}
        self.calendar_of = sla_clock.calendars_read_once()

    def tickets(self, count: int) -> Iterator[tuple[Ticket, list[TicketEvent]]]:
        """Tickets in the order of their filing, spread over a year, with their ledgers."""
        step = timedelta(days=365) / count
        for number in range(count):
            ticket = Ticket(
                number=f"HD-2026-{number:06}",
                kind=TicketKind.INCIDENT,
                requester_name="Sari Melati",
                requester_unit="Bidang Anggaran, lantai 2",
                requester_phone="+6281234567890",
                summary="Internet kantor mati sejak pagi",
                description="Lampu modem merah. Sudah dicoba dinyalakan ulang.",
                priority=self.chance.choice((1, 2, 2, 3, 3, 3, 4)),
                submitted_at=FIRST + number * step,
                calendar_edition_id=self.edition,
                **self.shared,
            )
            yield ticket, list(self._live(ticket))

    def _life(self) -> Life:
        whole = (*LINE, *(PAUSE if self.chance.random() < 0.2 else ()), *END)
        return whole if self.chance.random() < 0.4 else whole[: self.chance.randint(5, 8)]

    def _live(self, ticket: Ticket) -> Iterator[TicketEvent]:
        """The ledger of a ticket, whose figures are filled on the way."""
        at, was, turns = ticket.submitted_at, None, []
        ticket.promise = self._promise(ticket)
        for act, status in self._life():
            promise = ticket.promise if act in {Step.SUBMIT, Step.TRIAGE} else None
            turn = Turn(
                at=at,
                runs=sla_clock.clock_runs(status),
                promise=sla_clock.promise_from(promise) if promise else None,
                responds=act is Step.TRIAGE,
                recovers=act is Step.RESOLVE,
                reason=status.value,
            )
            turns.append(turn)
            yield TicketEvent(
                ticket=ticket,
                act=act.value,
                sop_code=sop_code_of(act, was),
                party="staff",
                at=at,
                from_status=was.value if was else "",
                to_status=status.value,
                note="Diperiksa di tempat.",
                clock=sla_clock.turn_as_data(turn, promise),
            )
            ticket.status, ticket.status_since = status.value, at
            at, was = at + timedelta(minutes=self.chance.choice(WAITS)), status
        sla_clock.write_standing(ticket, sla_clock.standing_of(turns, self.calendar_of))

    def _promise(self, ticket: Ticket) -> dict:
        response, recovery = TARGETS[ticket.priority]
        return {
            "response": response,
            "recovery": recovery,
            "calendar": str(self.edition),
            "source": f"P{ticket.priority}",
        }


def fill(count: int, seed: int, draw: Callable[[str], object]) -> int:
    """Store so many tickets with their ledgers; return the number of ledger entries."""
    bar, entries, waiting = ProgressBar(draw, count, shown=True), 0, []
    for one in Desk(seed).tickets(count):
        waiting.append(one)
        if len(waiting) == BATCH or bar.done + len(waiting) == count:
            with transaction.atomic():
                Ticket.objects.bulk_create([ticket for ticket, _events in waiting])
                ledger = [event for _ticket, events in waiting for event in events]
                TicketEvent.objects.bulk_create(ledger, batch_size=BATCH)
            entries += len(ledger)
            bar.advance(len(waiting))
            waiting = []
    bar.close()
    return entries
