"""A month of a busy desk: every stored figure against a recomputation that walks minute by minute.

The walk shares nothing with the code under test: it reads statuses and times from the ledger, and knows the
agency's hours by a table of its own.
"""

import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.domain.statuses import ON_HOLD, OPEN, TicketStatus
from helpdesk_plugin.models import Holiday, Ticket
from helpdesk_plugin.services import amendment, closure, conversation, handling, intake, submission
from tests.factories import Journey, Staff, make_agency_data, make_opd, make_service, make_ticket

#: Five hundred tickets in parts, which the workers of a test run share.
PARTS, TICKETS_A_PART = 4, 125
EPOCH = date(1970, 1, 1)
FIRST = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
HOLIDAYS = {date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 27)}
PROMISED = {1: 240, 2: 450, 3: 1350, 4: 2250}
RESPONSE = {1: 15, 2: 30, 3: 120, 4: 450}
STANDS = {"returned", "waiting_requester", "resolved", "closed", "rejected", "cancelled", "merged"}
MINUTE = timedelta(minutes=1)
S = TicketStatus

# --- the naive walk ------------------------------------------------------------------------------------


@cache
def working_minutes_of(day: date) -> frozenset[int]:
    """Minutes after midnight that count on a day, by the catalogue's table."""
    if day.weekday() >= 5 or day in HOLIDAYS:
        return frozenset()
    if day.weekday() == 4:
        return frozenset([*range(7 * 60 + 30, 11 * 60 + 30), *range(13 * 60, 16 * 60 + 30)])
    return frozenset([*range(7 * 60 + 30, 12 * 60), *range(13 * 60, 16 * 60)])


def walk(start, stretches, allowed, until):
    """The minute at which ``allowed`` is used up while the clock runs; None if it stands before that.

    ``stretches`` are (begin, runs) pairs; ``until`` bounds the walk. West Indonesia keeps UTC+7 all year, so
    minutes since the epoch, seven hours on, are minutes of local days.
    """
    minute, end = _minutes(start), _minutes(until)
    begins = [(_minutes(at), runs) for at, runs in stretches]
    used, position = 0, 0
    while minute < end:
        while position + 1 < len(begins) and begins[position + 1][0] <= minute:
            position += 1
        if not begins[position][1]:
            if position + 1 == len(begins):
                return None
            minute = begins[position + 1][0]
            continue
        day, of_day = divmod(minute + 7 * 60, 24 * 60)
        minute += 1
        if of_day in working_minutes_of(EPOCH + timedelta(days=day)):
            used += 1
            if used == allowed:
                return datetime.fromtimestamp(minute * 60, UTC)
    raise AssertionError("the walk was too short")


def _minutes(at):
    whole, rest = divmod(int(at.timestamp()), 60)
    assert rest == 0
    return whole


def naive_figures(ticket):
    """What the ticket should say, from its ledger's bare statuses and times."""
    events = [e for e in ticket.events.order_by("id") if e.act not in {"reply", "note", "progress", "attach"}]
    stretches = [(e.at, e.to_status not in STANDS) for e in events]
    until = events[0].at + timedelta(days=120)
    allowed = PROMISED[ticket.priority]
    resolved = [e.at for e in events if e.act == "resolve"]
    recovery = walk(events[0].at, stretches, allowed, until)
    outcome = ""
    if resolved and ticket.state in {S.RESOLVED, S.CLOSED}:
        before = [(at, runs) for at, runs in stretches if at < resolved[-1]]
        due = walk(events[0].at, before, allowed, until)
        outcome = "met" if due is not None and resolved[-1] <= due else "missed"
    return {"recovery_due_at": recovery, "recovery_outcome": outcome}


def naive_response(ticket):
    """First response by the provisional priority, which all tickets here start with: P3."""
    due = walk(
        ticket.submitted_at, [(ticket.submitted_at, True)], RESPONSE[3], ticket.submitted_at + timedelta(30)
    )
    if ticket.first_response_at is None:
        return due, ""
    return due, "met" if ticket.first_response_at <= due else "missed"


# --- the simulation ------------------------------------------------------------------------------------


class Life:
    """One ticket's random life: steps forward, pauses, changed priorities, a return, an end."""

    def __init__(self, chance, staff, service, opd):
        self.chance, self.staff = chance, staff
        self.at = FIRST + chance.randrange(0, 30 * 24 * 60) * MINUTE
        ticket = make_ticket(at=self.at, service=service, opd=opd)
        self.journey = Journey(ticket, staff, at=self.at)

    def later(self):
        self.at += self.chance.choice([1, 7, 45, 180, 600, 1440, 4320]) * MINUTE
        return acting_at(self.at)

    @property
    def state(self):
        return S(Ticket.objects.values_list("status", flat=True).get(pk=self.journey.id))

    def live(self):
        for step in ("intake", "dispose", "examine", "verify", "diagnose", "resolve", "inform", "end"):
            if self.chance.random() < 0.08:
                return
            if step not in {"intake", "end"} and not self.step(step):
                return
            if step in {"intake", "end"}:
                getattr(self, step)()
                if self.state not in OPEN:
                    return

    def step(self, name):
        with self.later():
            getattr(self.journey, name)()
        if name in {"verify", "diagnose"} and self.chance.random() < 0.5:
            self.pause()
        state = self.state
        if self.chance.random() < 0.2 and state in OPEN:
            self.reprioritise()
        return state not in ON_HOLD

    def intake(self):
        if self.chance.random() < 0.2:
            with self.later():
                self.journey.send_back()
            with self.later():
                submission.resubmit_ticket(self.journey.id, by=Party.REQUESTER, note="Sudah dilengkapi.")
        with self.later():
            ticket = self.journey.ticket
            facts = intake.Triage(
                ticket.kind,
                ticket.service,
                self.chance.choice(list(Impact)),
                self.chance.choice(list(Urgency)),
            )
            intake.triage_ticket(ticket.pk, facts, by=self.staff.teknisi)

    def pause(self):
        with self.later():
            self.journey.hold_requester() if self.chance.random() < 0.7 else self.journey.hold_third_party()
        if self.chance.random() < 0.85:
            with self.later():
                if self.state is S.WAITING_REQUESTER:
                    conversation.answer_ticket(self.journey.id, by=Party.REQUESTER, note="Ya.")
                else:
                    handling.resume_ticket(self.journey.id, by=self.staff.prakom)

    def reprioritise(self):
        with self.later():
            changes = {
                "impact": self.chance.choice(list(Impact)).value,
                "urgency": self.chance.choice(list(Urgency)).value,
            }
            amendment.amend_ticket(
                self.journey.id, by=self.staff.teknisi, changes=changes, note="Dinilai ulang."
            )

    def end(self):
        roll = self.chance.random()
        with self.later():
            if roll < 0.2:
                closure.report_not_fixed(self.journey.id, by=Party.REQUESTER, note="Belum.")
            elif roll < 0.8:
                self.journey.confirm()
        if roll >= 0.2 and self.journey.ticket.confirmed_at and self.chance.random() < 0.8:
            with self.later():
                self.journey.close()


@pytest.fixture(params=range(PARTS))
def month(request, db):
    make_agency_data()
    for day in sorted(HOLIDAYS):
        Holiday.objects.create(day=day, name="Libur")
    chance, staff, service, opd = random.Random(20261122 + request.param), Staff(), make_service(), make_opd()
    for _ in range(TICKETS_A_PART):
        Life(chance, staff, service, opd).live()


def test_every_stored_figure_equals_the_naive_walk(month):
    wrong = []
    for ticket in Ticket.objects.all():
        expected = naive_figures(ticket)
        expected["response_due_at"], expected["response_outcome"] = naive_response(ticket)
        found = {name: getattr(ticket, name) for name in expected}
        if found != expected:
            wrong.append((ticket.number, found, expected))
    assert wrong[:3] == []
    assert Ticket.objects.count() == TICKETS_A_PART
    assert len(set(Ticket.objects.values_list("status", flat=True))) >= 8

    out = StringIO()
    call_command("recompute_sla", "--check", stdout=out)
    assert out.getvalue() == f"{TICKETS_A_PART} tickets agree with their ledger.\n"


def test_recompute_finds_a_figure_that_somebody_changed(db):
    make_agency_data()
    ticket = make_ticket()
    Ticket.objects.filter(pk=ticket.pk).update(recovery_due_at=FIRST)
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("recompute_sla", stdout=out)
    assert f"{ticket.number} recovery_due_at" in out.getvalue()
