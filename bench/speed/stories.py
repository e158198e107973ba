"""Invented tickets for the populations: a few hundred open ones, and a past in which everything has ended."""

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from bench.busy_desk import BusyDesk, Story
from helpdesk_plugin import sla_clock
from helpdesk_plugin.calendars import calendar, current_edition
from helpdesk_plugin.domain.statuses import OPEN
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.models import Opd, Service, SopVersion, StepStandard, Ticket

_LINE: tuple[Act, ...] = (Step.TRIAGE, Step.DISPOSE, Step.EXAMINE, Step.VERIFY, Step.DIAGNOSE)
_END: tuple[Act, ...] = (Step.RESOLVE, Step.INFORM, Step.CONFIRM, Step.CLOSE)
#: Seven in ten go the whole way; the others end after three or four acts.
_WHOLE = 0.7

#: In the summaries of so many of a hundred tickets: words to search for, common and less so.
SUBJECTS = {"internet": 40, "printer": 25, "aplikasi": 20, "surel": 10, "server": 4, "telekonferensi": 1}
#: In one ticket of each open hundred and nowhere else.
RARE = "zirkonium"
_PLACES = ("kantor", "aula", "ruang rapat", "loket", "gudang", "lantai dua", "ruang kepala", "pos jaga")
_TROUBLES = ("mati sejak pagi", "sering terputus", "lambat sekali", "menolak kata sandi", "perlu dipasang")
_WORDS = (
    *("modem", "lampu", "merah", "kabel", "layar", "berkas", "jaringan", "akun", "sandi", "pegawai"),
    *("anggaran", "laporan", "surat", "rapat", "dinas", "sudah", "dicoba", "dinyalakan", "ulang", "tetap"),
    *("tidak", "bisa", "sejak", "kemarin", "siang", "mohon", "segera", "dibantu", "karena", "pelayanan"),
    *("warga", "terganggu", "dokumen", "perlu", "dicetak", "hari", "ini", "perangkat", "lama", "pernah"),
)


class BenchDesk(BusyDesk):
    """Stories upon the services, agencies and officers that the setup has made."""

    def __init__(self, seed: int, first: datetime, until: datetime) -> None:
        self.chance, self.first, self.until = random.Random(seed), first, until
        self.hours, self.edition = calendar(), current_edition().pk
        self.calendar_of = sla_clock.calendars_read_once()
        self.opds = list(Opd.objects.order_by("pk"))
        self.services = list(Service.objects.filter(is_security=False).order_by("pk"))
        users = get_user_model().objects
        self.officers = [users.get(username=name) for name in ("prakom", "teknisi")]
        self.sop = SopVersion.objects.order_by("pk").first()
        self.standards = {row.code: row for row in StepStandard.objects.filter(version=self.sop)}
        self.still_open, self.numbers = False, itertools.count(Ticket.objects.count() + 1)

    def one(self, number: int, at: datetime, *, still_open: bool = False) -> Story:
        """A story that began at a moment; whole seconds, so that both databases write times alike."""
        self.still_open = still_open
        story = self._story(number, at.replace(microsecond=0))
        self._word(story.ticket, number)
        if story.ticket.status in {status.value for status in OPEN}:
            story.ticket.assignee = self.chance.choice([None, *self.officers])
        elif story.ticket.disposed_at:
            story.ticket.assignee = self.chance.choice(self.officers)
        return story

    def ended(self, count: int) -> Iterator[Story]:
        """So many stories that have ended, spread evenly over the time."""
        told, step = 0, (self.until - self.first - timedelta(days=58)) / count
        while told < count:
            story = self.one(told, self.first + told * step)
            if not story.ticket.is_open:
                told += 1
                yield story

    def acts(self) -> list[Act]:
        whole = [*_LINE, *([Remark.WORK] if self.chance.random() < 0.3 else []), *_END]
        if self.still_open:
            waits = self.chance.random() < 0.15
            return [*_LINE[:4], Step.HOLD_THIRD_PARTY] if waits else whole[: self.chance.randint(0, 7)]
        if self.chance.random() < _WHOLE:
            return whole
        return self.chance.choice(([Step.RETURN, Step.RESUBMIT, Step.REJECT], [Step.RETURN, Step.CANCEL]))

    def _word(self, ticket, number: int) -> None:
        chance = self.chance
        # Of a year in which no demonstration and no measurement files anything.
        ticket.number = f"HD-2017-{next(self.numbers):06}"
        subject = chance.choices(list(SUBJECTS), list(SUBJECTS.values()))[0]
        ticket.summary = f"{subject.capitalize()} {chance.choice(_PLACES)} {chance.choice(_TROUBLES)}"
        if self.still_open and number % 100 == 0:
            ticket.summary += f" {RARE}"
        ticket.description = " ".join(chance.choices(_WORDS, k=16))
        ticket.requester_name = f"Sari {chance.choice(('Melati', 'Kencana', 'Wulandari', 'Puspita'))}"
