"""A desk with everything that reports count: tickets of several agencies and services, with their ledgers,
step records, diagnoses and work, invented and stored without the services. For tests and benchmarks.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Max

from helpdesk_plugin import sla_clock
from helpdesk_plugin.calendars import calendar, current_edition
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.sla import due_with_pauses, elapsed_with_pauses
from helpdesk_plugin.domain.standing import Turn
from helpdesk_plugin.domain.statuses import FINAL, ON_HOLD
from helpdesk_plugin.domain.statuses import TicketStatus as S
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, Act, Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS, next_status, sop_code_of
from helpdesk_plugin.models import (
    Category,
    Channel,
    Diagnosis,
    Opd,
    Solution,
    SopVersion,
    StepRecord,
    StepStandard,
    SurveyDoor,
    SurveyPeriod,
    SurveyResponse,
    Ticket,
    TicketEvent,
    TicketKind,
    Verdict,
    WorkLog,
)
from helpdesk_plugin.models.service_surveys import SCORES
from tests.factories import make_agency_data, make_opd, make_service, make_user

BATCH = 1000
#: Working minutes of response and recovery, P1 to P4.
TARGETS = {1: (15, 240), 2: (30, 450), 3: (120, 1350), 4: (450, 2250)}
WAITS = (2, 6, 11, 20, 31, 47, 90, 240, 700, 1500)
CAUSES = ("Kabel serat putus", "kabel serat putus ", "Adaptor terbakar", "Kata sandi lupa", "Listrik padam")
HOSTILE = '=HYPERLINK("http://x.example","klik")'
REASONS = ("Menunggu kendaraan", "Petugas bertugas di luar", "Antrean panjang")
_WAY = (Step.TRIAGE, Step.DISPOSE, Step.EXAMINE, Step.VERIFY, Step.DIAGNOSE, Step.RESOLVE, Step.INFORM)
_REQUESTER_ACTS = frozenset(
    {Step.SUBMIT, Step.CANCEL, Step.RESUBMIT, Step.ANSWER, Step.NOT_FIXED, Step.REOPEN}
)


@dataclass
class Story:
    """A ticket with all the rows that belong to it."""

    ticket: Ticket
    events: list[TicketEvent] = field(default_factory=list)
    records: list[StepRecord] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    solutions: list[Solution] = field(default_factory=list)
    works: list[WorkLog] = field(default_factory=list)


class BusyDesk:
    """Invents stories between two moments; the same seed gives the same stories."""

    def __init__(self, seed: int, first: datetime, until: datetime) -> None:
        make_agency_data()
        self.chance, self.first, self.until = random.Random(seed), first, until
        self.hours, self.edition = calendar(), current_edition().pk
        self.calendar_of = sla_clock.calendars_read_once()
        self.opds = [make_opd() for _n in range(7)]
        kinds = (Category.INFRASTRUCTURE, Category.APPLICATION, Category.EITHER)
        self.services = [make_service(category=kinds[n % 3]) for n in range(6)]
        self.officers = [make_user(Role.TECHNICAL_SUPPORT), make_user(Role.COMPUTER_OFFICER)]
        self.sop = SopVersion.objects.get()
        self.standards = {row.code: row for row in StepStandard.objects.filter(version=self.sop)}

    def stories(self, count: int) -> Iterator[Story]:
        """Stories in the order of their filing, spread evenly over the time."""
        step = (self.until - self.first) / count
        for number in range(count):
            yield self._story(number, self.first + number * step)

    def _story(self, number: int, at: datetime) -> Story:
        chance = self.chance
        ticket = Ticket(
            number=f"HD-2026-{number:06}",
            kind=chance.choice(TicketKind.values),
            service=chance.choice(self.services),
            opd=chance.choice(self.opds),
            channel=chance.choice(Channel.values),
            requester_name="Sari Melati",
            requester_unit="Bidang Anggaran, lantai 2",
            requester_phone="+6281234567890",
            requester_email="sari.melati@example.test",
            summary=HOSTILE if number % 500 == 7 else f"Internet kantor mati, laporan ke-{number}",
            description="Lampu modem merah. Sudah dicoba dinyalakan ulang.",
            priority=chance.choice((1, 2, 2, 3, 3, 3, 4)),
            security_flag=chance.random() < 0.04,
            submitted_at=at,
            status_since=at,
            calendar_edition_id=self.edition,
            sop_version=self.sop,
        )
        response, recovery = TARGETS[ticket.priority]
        ticket.promise = {
            "response": response,
            "recovery": recovery,
            "calendar": str(self.edition),
            "source": f"P{ticket.priority}",
        }
        return _Telling(self, ticket).told()

    def acts(self) -> list[Act]:
        """What happens to a ticket, in order."""
        lot = self.chance.random()
        if lot < 0.03:
            return [Step.CANCEL]
        if lot < 0.07:
            return [Step.REJECT]
        if lot < 0.09:
            return [Step.MERGE]
        acts: list[Act] = [Step.RETURN, Step.RESUBMIT] if lot < 0.15 else []
        for act in _WAY:
            acts.append(act)
            if act is Step.VERIFY:
                acts += self.chance.choice(([], [], [], _THIRD, _ASK))
            if act is Step.DIAGNOSE:
                acts += [Remark.WORK] * self.chance.randint(0, 2)
        if self.chance.random() < 0.08:
            acts += [Step.NOT_FIXED, Step.DIAGNOSE, Step.RESOLVE, Step.INFORM]
        acts += [Step.CONFIRM, Step.CLOSE]
        if self.chance.random() < 0.06:
            acts += [Step.REOPEN, Step.DIAGNOSE, Step.RESOLVE]
        return acts if self.chance.random() < 0.75 else acts[: self.chance.randint(0, len(acts))]


_THIRD: list[Act] = [Step.HOLD_THIRD_PARTY, Step.RESUME]
_ASK: list[Act] = [Step.HOLD_REQUESTER, Step.ANSWER]


class _Telling:
    """One story being told: moves the ticket as the door would, without the door."""

    def __init__(self, desk: BusyDesk, ticket: Ticket) -> None:
        self.desk, self.ticket, self.story = desk, ticket, Story(ticket)
        self.turns: list[Turn] = []
        self.at = ticket.submitted_at

    def told(self) -> Story:
        self._take(Step.SUBMIT, None, S.SUBMITTED)
        for act in self.desk.acts():
            self.at = self._later()
            if self.at >= self.desk.until:
                break
            was, party = self.ticket.state, self._party(act)
            held, opened = self.ticket.held_from_state, self.ticket.opened_acts
            self._take(act, was, next_status(act, was, party, held_from=held, opened=opened))
        sla_clock.write_standing(self.ticket, sla_clock.standing_of(self.turns, self.desk.calendar_of))
        return self.story

    def _later(self) -> datetime:
        """When the next act is: mostly in working hours, sometimes by night."""
        chance = self.desk.chance
        wait = timedelta(minutes=chance.choice(WAITS), seconds=chance.randint(0, 59))
        return self.desk.hours.add(self.at, wait) if chance.random() < 0.8 else self.at + wait

    def _party(self, act: Act) -> Party:
        return Party.REQUESTER if act in _REQUESTER_ACTS else Party.STAFF

    def _take(self, act: Act, was: S | None, to: S) -> None:
        ticket, before = self.ticket, self.ticket.sop_position if was else None
        first = ticket.first_response_at is None and was is S.SUBMITTED and self._party(act) is Party.STAFF
        if was is not to:
            ticket.held_from = was.value if was and to in {*ON_HOLD, S.MERGED} else ""
            ticket.status, ticket.status_since = to.value, self.at
        self._facts(act, first)
        promise = ticket.promise if act is Step.SUBMIT else None
        turn = Turn(
            at=self.at,
            runs=to not in FINAL and sla_clock.clock_runs(to),
            promise=sla_clock.promise_from(promise) if promise else None,
            responds=first,
            recovers=act is Step.RESOLVE,
            reopens=act in {Step.REOPEN, Step.NOT_FIXED},
            reason=to.value,
        )
        if isinstance(act, Step):
            self.turns.append(turn)
        event = TicketEvent(
            ticket=ticket,
            act=act.value,
            sop_code=sop_code_of(act, was or S.SUBMITTED, held_from=ticket.held_from_state),
            party=self._party(act).value,
            by=None if act in _REQUESTER_ACTS else self.desk.officers[0],
            role=(TRANSITIONS[act].roles or (Role.REQUESTER,))[0].value,
            at=self.at,
            from_status=was.value if was else "",
            to_status=to.value,
            note="Diperiksa di tempat.",
            clock=sla_clock.turn_as_data(turn, promise) if isinstance(act, Step) else {},
        )
        self.story.events.append(event)
        self._beside(act, event)
        self._steps(act, before, None if to in {S.REJECTED, S.CANCELLED, S.MERGED} else ticket.sop_position)

    def _facts(self, act: Act, first: bool) -> None:
        ticket = self.ticket
        if first:
            ticket.first_response_at = self.at
        if act in {Step.NOT_FIXED, Step.REOPEN}:
            ticket.resolved_at = ticket.informed_at = ticket.confirmed_at = ticket.closed_at = None
        stamps = {
            Step.DISPOSE: "disposed_at",
            Step.EXAMINE: "examined_at",
            Step.RESOLVE: "resolved_at",
            Step.INFORM: "informed_at",
            Step.CONFIRM: "confirmed_at",
            Step.CLOSE: "closed_at",
        }
        if act in stamps:
            setattr(ticket, stamps[act], self.at)
        if act is Step.VERIFY:
            ticket.verdict = self.desk.chance.choice(Verdict.values)

    def _beside(self, act: Act, event: TicketEvent) -> None:
        chance = self.desk.chance
        if act is Step.DIAGNOSE:
            cause = chance.choice(CAUSES)
            shared = {"ticket": self.ticket, "event": event, "at": self.at}
            self.story.diagnoses.append(Diagnosis(symptoms="Lampu merah", cause=cause, **shared))
        if act is Step.RESOLVE:
            done = f"Kabel disambung ulang pada titik {self.ticket.number}."
            self.story.solutions.append(Solution(ticket=self.ticket, event=event, at=self.at, action=done))
        if act is Remark.WORK:
            by, minutes = chance.choice(self.desk.officers), chance.choice((0, 15, 30, 45, 90))
            self.story.works.append(
                WorkLog(ticket=self.ticket, event=event, by=by, at=self.at, minutes=minutes)
            )

    # --- Records of the steps, as `services._steps` keeps them ------------------------------------------

    def _steps(self, act: Act, before: str | None, after: str | None) -> None:
        if act is Step.SUBMIT:
            self._close(self._open("S1"), act)
        if before == after:
            self._pause()
            return
        if before:
            for record in self.story.records:
                if record.code == before and record.left_at is None:
                    self._close(record, act)
        if after:
            record = self._open(after)
            if after == "S10":
                self._close(record, act)

    def _open(self, code: str) -> StepRecord:
        standard = self.desk.standards[code]
        record = StepRecord(
            ticket=self.ticket,
            code=code,
            role=standard.role,
            entered_at=self.at,
            standard_minutes=standard.minutes_for(self.ticket.priority),
        )
        self.story.records.append(record)
        self._pause()
        return record

    def _pause(self) -> None:
        """Note that the open steps stand still, or go on."""
        waits = self.ticket.state in {S.RETURNED, S.WAITING_REQUESTER}
        for record in self.story.records:
            if record.left_at is not None:
                continue
            pausing = bool(record.pauses) and record.pauses[-1][1] is None
            if waits and not pausing:
                record.pauses = [*record.pauses, [self.at.isoformat(), None]]
            elif pausing and not waits:
                record.pauses = [*record.pauses[:-1], [record.pauses[-1][0], self.at.isoformat()]]

    def _close(self, record: StepRecord, act: Act) -> None:
        if record.pauses and record.pauses[-1][1] is None:
            record.pauses = [*record.pauses[:-1], [record.pauses[-1][0], self.at.isoformat()]]
        record.left_at, hours = self.at, self.desk.hours
        record.worked = elapsed_with_pauses(record.entered_at, self.at, record.stood, hours)
        if record.standard_minutes:
            allowed = timedelta(minutes=record.standard_minutes)
            record.due_at = due_with_pauses(record.entered_at, allowed, record.stood, hours)
        if record.code == "S7":
            promised = timedelta(minutes=self.ticket.promise["recovery"])
            record.due_at = hours.add(self.ticket.submitted_at, promised)
        record.completed = OWN_SOP_CODE.get(act) in {record.code, None} or record.code == "S10"
        record.late = record.due_at is not None and self.at > record.due_at
        if record.late and self.desk.chance.random() < 0.6:
            record.late_reason = self.desk.chance.choice(REASONS)


def fill(
    count: int,
    *,
    seed: int = 2026,
    first: datetime = datetime(2026, 7, 1, tzinfo=UTC),
    until: datetime = datetime(2026, 11, 25, 3, tzinfo=UTC),
) -> None:
    """Store so many tickets with everything that belongs to them."""
    waiting: list[Story] = []
    for story in BusyDesk(seed, first, until).stories(count):
        waiting.append(story)
        if len(waiting) == BATCH:
            _store(waiting)
            waiting = []
    _store(waiting)
    _ask(random.Random(seed), count // 4)


#: Months that were asked about, how many of the people asked answered, and whether it was ever opened.
_SURVEYS = (
    ((date(2026, 1, 1), date(2026, 6, 30)), 0.05, True),
    ((date(2026, 7, 1), date(2026, 9, 30)), 1.0, True),
    ((date(2026, 10, 1), date(2026, 12, 31)), 0.6, True),
    ((date(2026, 10, 1), date(2026, 12, 31)), 0.0, False),
)


def _ask(chance: random.Random, people: int) -> None:
    """Surveys with their answers: some elements left blank, one agency with a single answer, one a draft."""
    lonely, *opds = Opd.objects.order_by("pk")
    for (first, last), part, opened in _SURVEYS:
        survey = SurveyPeriod.objects.create(
            title=f"Survei {first:%m}",
            first_day=first,
            last_day=last,
            answers_until=last,
            opened_at=datetime.combine(first, time(), UTC) if opened else None,
        )
        offices = [lonely, *(chance.choice(opds) for _n in range(int(people * part)))] if opened else []
        SurveyResponse.objects.bulk_create(
            SurveyResponse(
                period=survey,
                opd=opd,
                door=chance.choice(SurveyDoor.values),
                day=last,
                form=uuid4(),
                **{name: chance.choice((None, 1, 2, 3, 3, 3, 4, 4, 4, 4, 4)) for name in SCORES},
            )
            for opd in offices
        )


def _store(stories: list[Story]) -> None:
    with transaction.atomic():
        Ticket.objects.bulk_create([story.ticket for story in stories])
        for model, part in (
            (TicketEvent, "events"),
            (StepRecord, "records"),
            (Diagnosis, "diagnoses"),
            (Solution, "solutions"),
            (WorkLog, "works"),
        ):
            rows = [row for story in stories for row in getattr(story, part)]
            model.objects.bulk_create(rows, batch_size=BATCH)


def double() -> None:
    """Store everything a second time under other numbers: the database copies its own rows."""
    tables = (Ticket, TicketEvent, StepRecord, Diagnosis, Solution, WorkLog)
    moved = {model: model.objects.aggregate(last=Max("pk"))["last"] for model in tables}
    uuid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    with transaction.atomic(), connection.cursor() as cursor:
        for model in tables:
            columns = {field.column: _copied(field, moved, uuid) for field in model._meta.concrete_fields}
            into, values = ", ".join(columns), ", ".join(columns.values())
            table = model._meta.db_table
            cursor.execute(f"INSERT INTO {table} ({into}) SELECT {values} FROM {table}")


def _copied(field, moved: dict, uuid: str) -> str:
    """What a column of a copied row holds, as SQL."""
    column = f'"{field.column}"'
    if field.primary_key:
        return f"{column} + {moved[field.model]}"
    if field.name == "number":
        return f"'HD-2026-' || (id + {moved[field.model]} + 1000000)"
    if field.name == "submission_key":
        return uuid
    return f"{column} + {moved[field.related_model]}" if field.related_model in moved else column
