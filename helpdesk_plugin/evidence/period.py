"""The evidence of a period ("Bukti dukung", catalogue §8): recaps, tickets, trend, survey and SOP."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import translation

from helpdesk_plugin import conf, labels, survey_files
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.documents import issuing
from helpdesk_plugin.documents.library import is_there
from helpdesk_plugin.documents.sop_sheet import draw_version
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.periods import Period, PeriodKind
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.evidence.archive import Entry, archive
from helpdesk_plugin.evidence.sheets import Sheet, as_csv
from helpdesk_plugin.evidence.trend import drawing_of, sheet_of, trend_of
from helpdesk_plugin.models import (
    AgencyProfile,
    IssuedDocument,
    Satisfaction,
    SopVersion,
    SurveyAnswer,
    SurveyPeriod,
)
from helpdesk_plugin.reports import papers
from helpdesk_plugin.reports.overview import overview_of
from helpdesk_plugin.reports.satisfaction import surveys_of
from helpdesk_plugin.reports.scope import Scope, within
from helpdesk_plugin.reports.words import period_name
from helpdesk_plugin.services.documents import file_name, may_open

#: Tickets of one archive; a longer list is asked for in shorter periods.
MOST_TICKETS = 20_000

_HEADINGS = (
    *("Nomor tiket", "Masuk", "OPD", "Kanal", "Jenis", "Kelompok", "Layanan", "Prioritas", "Status"),
    *("Respons pertama", "Respons", "Selesai ditangani", "Pemulihan", "Ditutup", "Cara ditutup"),
)


#: The table of the recap whose words officers typed.
_TYPED = "Penyebab terbanyak"


class TooMany(Exception):
    """The period has more tickets than an archive holds: ``tickets``."""

    def __init__(self, tickets: int) -> None:
        self.tickets = tickets
        super().__init__(f"{tickets} tickets")


@dataclass(frozen=True)
class Recap:
    """The monthly recap of a month in the period, and the standing document if it was issued."""

    month: Period
    document: IssuedDocument | None

    @property
    def name(self) -> str:
        return period_name(self.month)


@dataclass(frozen=True)
class Contents:
    """What the archive of a period would hold, for a page that asks before it makes one."""

    tickets: int
    recaps: tuple[Recap, ...]
    surveys: tuple[SurveyPeriod, ...]
    versions: tuple[SopVersion, ...]


def contents_of(scope: Scope) -> Contents:
    """What there is for a period, without making anything. Five queries."""
    scope = _outside(scope)
    return Contents(_tickets(scope).count(), recaps_of(scope), surveys_of(scope), versions_of(scope))


def recaps_of(scope: Scope) -> tuple[Recap, ...]:
    """The months that lie wholly in the period with their recaps. One query."""
    months = [month for month in _months(scope.period) if month.last <= scope.period.last]
    standing = IssuedDocument.objects.standing().filter(ticket=None, kind=PaperKind.MONTHLY_RECAP.value)
    found = {document.basis: document for document in standing.filter(basis__in=[m.token for m in months])}
    return tuple(Recap(month, found.get(month.token)) for month in months)


def versions_of(scope: Scope) -> tuple[SopVersion, ...]:
    """The versions of the SOP that were in force on any day of the period, oldest first."""
    began_in_it = SopVersion.objects.filter(
        in_force_from__gt=scope.period.first, in_force_from__lte=scope.period.last
    )
    first = SopVersion.objects.in_force(scope.period.first)
    later = began_in_it.order_by("in_force_from", "number").prefetch_related("steps")
    return tuple(version for version in (first, *later) if version is not None)


def issue_missing(scope: Scope, *, by: Any) -> list[IssuedDocument]:
    """Issue the recaps of months that are over and have none, oldest first.

    Raises NotPermitted, and CannotDraw where no PDF can be drawn; those issued before that stay.
    """
    issued = []
    for recap in recaps_of(scope):
        of_month = Scope(recap.month, None, scope.as_of)
        if recap.document is None and not of_month.is_running:
            facts = papers.facts_of(PaperKind.MONTHLY_RECAP, of_month)
            issued.append(
                issuing.issue_of_period(PaperKind.MONTHLY_RECAP, recap.month.token, by=by, facts=facts)
            )
    return issued


def evidence_of(scope: Scope) -> bytes:
    """The archive of a period as its reader may hand it in; nobody's name and no security matter is in it.

    The same content gives the same bytes. Raises TooMany.
    """
    outside = _outside(scope)
    with translation.override(conf.content_language()):
        return archive([*_entries(outside, reader=scope.user), _readme(outside)])


def _outside(scope: Scope) -> Scope:
    """The period as it may leave the agency, whoever takes it out."""
    return Scope(scope.period, None, scope.as_of)


def _entries(scope: Scope, *, reader: Any) -> Iterator[Entry]:
    yield from _recap_files(scope, reader)
    yield from _figures(scope)
    yield from Sheet("Daftar tiket", _HEADINGS, _lines(scope)).as_files("2-tiket/daftar-tiket-anonim")
    trend = trend_of(scope)
    yield from sheet_of(trend).as_files("3-tren-sla/tren-sla")
    yield Entry("3-tren-sla/tren-sla.svg", drawing_of(trend))
    yield from _survey_files(scope)
    for version in versions_of(scope):
        yield from _sop_files(version)


def _recap_files(scope: Scope, reader: Any) -> Iterator[Entry]:
    """The recaps as they were issued, byte for byte. Raises OSError for one that the store has lost."""
    for recap in recaps_of(scope):
        if recap.document is not None and may_open(reader, recap.document):
            with recap.document.file.open("rb") as stored:
                name = recap.document.name or file_name(recap.document)
                yield Entry(f"1-rekap/{recap.month.token}-{name}", stored.read())


def _figures(scope: Scope) -> Iterator[Entry]:
    """The figures of the recap for the whole period, table by table."""
    now, before = overview_of(scope), overview_of(scope.before())
    lines: list[list] = []
    for table in papers.tables_of(scope, now, before):
        if table.title == _TYPED:
            continue  # typed by officers; the issued recap has it, where a division head has signed for it
        lines += [[table.title], [*table.columns], *([*row] for row in table.rows), [table.note], []]
    yield Entry("1-rekap/angka-rekap.csv", as_csv(lines))


def _tickets(scope: Scope):
    return scope.tickets.filter(within("submitted_at", scope.span))


def _lines(scope: Scope) -> list[list]:
    """One line a ticket, without a word that anybody typed. One query, and one that counts."""
    tickets = _tickets(scope)
    count = tickets.count()
    if count > MOST_TICKETS:
        raise TooMany(count)
    outcomes = dict(labels.choices(labels.OUTCOME))
    return [
        [
            ticket.number,
            ticket.submitted_at,
            ticket.opd.name,
            ticket.get_channel_display(),
            ticket.get_kind_display(),
            ticket.service.get_category_display(),
            ticket.service.name,
            ticket.get_priority_display() if ticket.priority else "",
            str(labels.STATUS_FOR_STAFF[TicketStatus(ticket.status)]),
            ticket.first_response_at,
            str(outcomes.get(ticket.response_outcome, "")),
            ticket.resolved_at,
            str(outcomes.get(ticket.recovery_outcome, "")),
            ticket.closed_at,
            ticket.get_closed_how_display() if ticket.closed_how else "",
        ]
        for ticket in tickets.select_related("opd", "service").order_by("submitted_at", "pk")
    ]


def _survey_files(scope: Scope) -> Iterator[Entry]:
    agency = AgencyProfile.load().name
    for period in surveys_of(scope):
        stem = f"4-survei/{period.first_day:%Y-%m-%d}-{period.pk}"
        yield Entry(f"{stem}-ikm.csv", survey_files.worksheet(period, agency).encode())
        yield Entry(f"{stem}-jawaban-per-opd.csv", survey_files.raw_answers(period).encode())
    yield Entry("4-survei/penilaian-setelah-ditutup.csv", as_csv(_ratings(scope)))


def _ratings(scope: Scope) -> list[list]:
    """How closings were rated in the period (the short survey), as counts. One query."""
    rated = SurveyAnswer.objects.filter(within("at", scope.span), ticket__security_flag=False)
    counts = dict(rated.order_by().values_list("score").annotate(Count("pk")))
    rows = [[score, str(Satisfaction(score).label), counts.get(score, 0)] for score in Satisfaction.values]
    return [["Nilai", "Arti", "Jumlah"], *rows]


def _sop_files(version: SopVersion) -> Iterator[Entry]:
    steps = list(version.steps.all())
    context = {"version": version, "steps": steps, "agency": AgencyProfile.load()}
    page = render_to_string("helpdesk_plugin/evidence/sop.html", context)
    stem = f"5-sop/versi-{version.number}"
    yield Entry(f"{stem}.html", page.encode())
    if is_there():
        yield Entry(f"{stem}.pdf", draw_version(version, steps))
    headings = ("Langkah", "Nama", "Kegiatan", "Pelaksana", "Syarat", "Menit P1", "Menit P2", "Menit P3")
    lines = [
        [
            *(step.code, step.name, step.activity, str(step.get_role_display()), step.requirements),
            *(step.minutes_p1, step.minutes_p2, step.minutes_p3, step.minutes_p4),
            *(step.output, step.remark, "disahkan" if step.confirmed else "usulan, belum disahkan"),
        ]
        for step in steps
    ]
    more = ("Menit P4", "Output", "Keterangan", "Pengesahan")
    yield Entry(f"{stem}.csv", as_csv([[*headings, *more], *lines]))


def _readme(scope: Scope) -> Entry:
    agency, recaps = AgencyProfile.load(), recaps_of(scope)
    context = {
        "agency": agency,
        "period": period_name(scope.period),
        "first": scope.period.first,
        "last": scope.period.last,
        "running": agency_date(scope.as_of) if scope.is_running else None,
        "without": [recap.name for recap in recaps if recap.document is None],
        "surveys": surveys_of(scope),
        "versions": versions_of(scope),
        "pdf": is_there(),
    }
    return Entry("BACA-SAYA.txt", render_to_string("helpdesk_plugin/evidence/readme.txt", context).encode())


def _months(period: Period) -> Iterable[Period]:
    """The months that begin within the period."""
    month = Period.of(PeriodKind.MONTH, period.first)
    if month.first < period.first:
        month = month.next()
    while month.first <= period.last:
        yield month
        month = month.next()
