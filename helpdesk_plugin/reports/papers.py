"""Monthly recap and register on paper: the figures of `overview` and `steps`, and the lines of the book.

Paper leaves the agency, so no matter of information security is counted or named on it, and it says so.
What stands on it is Indonesian, as on every document.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model

from helpdesk_plugin.documents.facts import recap, register
from helpdesk_plugin.documents.facts.recap import Figure, RecapTable
from helpdesk_plugin.documents.sketch import Sketch, Slip
from helpdesk_plugin.domain.indonesia import decimal_comma
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.reports.book import lines
from helpdesk_plugin.reports.causes import causes_of
from helpdesk_plugin.reports.measures import NAMES, Measure
from helpdesk_plugin.reports.overview import DIMENSIONS, Counts, Overview, overview_of, rows_of
from helpdesk_plugin.reports.satisfaction import satisfaction_of
from helpdesk_plugin.reports.scope import Scope, within
from helpdesk_plugin.reports.steps import steps_of
from helpdesk_plugin.reports.words import age_name, period_name

M = Measure
#: Lines that a printed register may have; a longer book is printed in shorter periods.
MOST_LINES = 1500
#: Lines of a table of agencies or services; the rest is gathered in one.
MOST_ROWS = 15
_WITHOUT = "Tiket keamanan informasi tidak dimuat"


class TooLong(Exception):
    """The register of the period has more lines than are printed: ``lines``."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        super().__init__(f"{lines} lines")


def facts_of(kind: PaperKind, scope: Scope) -> Callable[[Slip], Sketch]:
    """What stands on the recap or the register of a period. Raises TooLong when it is drawn."""
    on_paper = Scope(scope.period, None, scope.as_of)
    if kind is PaperKind.MONTHLY_RECAP:
        return lambda slip: _recap(on_paper, slip)
    return lambda slip: _register(on_paper, slip)


# --- Recap -----------------------------------------------------------------------------------------------


def _recap(scope: Scope, slip: Slip) -> Sketch:
    now, before = overview_of(scope), overview_of(scope.before())
    return recap.facts_of(
        list(tables_of(scope, now, before)),
        slip,
        period=period_name(scope.period),
        summary=list(_summary(scope, now, before)),
        head=division_head(),
    )


def division_head() -> Any:
    """Who heads the IT division, if exactly one active account holds the office."""
    found = get_user_model().objects.filter(
        is_active=True, groups__helpdesk_role__role=Role.DIVISION_HEAD.value
    )
    heads = list(found.distinct()[:2])
    return heads[0] if len(heads) == 1 else None


def _summary(scope: Scope, now: Overview, before: Overview) -> Iterator[str]:
    counts = now.counts
    yield (
        f"Dalam periode ini masuk {decimal_comma(counts[M.FILED])} tiket "
        f"(periode sebelumnya {decimal_comma(before.counts[M.FILED])}), selesai ditangani "
        f"{decimal_comma(counts[M.HANDLED])}, ditutup {decimal_comma(counts[M.CLOSED])}, "
        f"dan pada akhir periode {decimal_comma(now.backlog.open)} tiket masih terbuka. {_WITHOUT}."
    )
    if scope.is_running:
        yield "Periode ini masih berjalan; angkanya belum final."


def tables_of(scope: Scope, now: Overview, before: Overview) -> Iterator[RecapTable]:
    """The tables of the recap."""
    yield RecapTable("Ringkasan", ("Uraian", "Periode ini", "Sebelumnya"), list(_totals(now, before)))
    for name in ("kind", "category", "priority", "opd", "service", "channel"):
        title = str(DIMENSIONS[name].title)
        yield RecapTable(f"Menurut {title}", (title, *_COLUMNS), list(_by(scope, name)), _TINY)
    yield _steps(scope)
    ages = [(age_name(age.days), age.count) for age in now.backlog.ages]
    yield RecapTable("Tiket terbuka pada akhir periode menurut umur", ("Umur", "Tiket"), ages)
    causes = [(cause.text, cause.tickets) for cause in causes_of(scope)]
    yield RecapTable("Penyebab terbanyak", ("Penyebab", "Tiket"), causes)
    yield satisfaction_of(scope)


_COLUMNS = ("Masuk", "Selesai", "Respons tepat waktu (%)", "Pulih tepat waktu (%)")
_TINY = "Persentase: dari tiket masuk (respons) atau selesai (pulih) yang memiliki janji waktu; satu desimal."


def _totals(now: Overview, before: Overview) -> Iterator[tuple[str, Figure, Figure]]:
    for measure in (M.FILED, M.HANDLED, M.CLOSED, M.REJECTED, M.CANCELLED, M.MERGED):
        yield str(NAMES[measure]), now.counts[measure], before.counts[measure]
    yield "Respons pertama tepat waktu (%)", now.counts.response_share, before.counts.response_share
    yield "Pulih tepat waktu (%)", now.counts.recovery_share, before.counts.recovery_share
    yield str(NAMES[M.REOPENED]), now.reopened, before.reopened
    yield str(NAMES[M.NOT_FIXED]), now.not_fixed, before.not_fixed
    yield str(NAMES[M.THIRD_PARTY]), now.waits.tickets, before.waits.tickets
    hours = (_hours(now.waits.lengths.median), _hours(before.waits.lengths.median))
    yield "Median menunggu pihak ketiga (jam)", *hours
    yield "Pekerjaan tercatat (menit)", now.work.minutes, before.work.minutes


def _hours(minutes: int | None) -> Decimal | None:
    return None if minutes is None else (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def _by(scope: Scope, dimension: str) -> Iterator[tuple[Figure, ...]]:
    rows = [row for row in rows_of(scope, dimension) if any(row.now.by.values())]
    for row in rows[:MOST_ROWS]:
        yield _line(row.name, row.now)
    rest = rows[MOST_ROWS:]
    if rest:
        gathered = {measure: sum(row.now[measure] for row in rest) for measure in rest[0].now.by}
        yield _line(f"Lainnya ({len(rest)})", Counts(gathered))


def _line(name: str, counts: Counts) -> tuple[Figure, ...]:
    return name, counts[M.FILED], counts[M.HANDLED], counts.response_share, counts.recovery_share


def _steps(scope: Scope) -> RecapTable:
    rows = [
        (
            f"{step.code} {step.name}{' *' if step.proposed else ''}",
            step.passes,
            step.share,
            step.late,
            step.lengths.median,
            step.lengths.percentile_90,
        )
        for step in steps_of(scope)
    ]
    columns = (
        "Langkah SOP",
        "Jumlah",
        "Tepat waktu (%)",
        "Terlambat",
        "Median (menit)",
        "Persentil 90",
    )
    note = "Menit kerja tanpa jeda. * Mutu baku berupa usulan, belum disahkan."
    return RecapTable("Kesesuaian dengan SOP", columns, rows, note)


# --- Register --------------------------------------------------------------------------------------------


def _register(scope: Scope, slip: Slip) -> Sketch:
    tickets = scope.tickets.filter(within("submitted_at", scope.span))
    count = tickets.count()
    if count > MOST_LINES:
        raise TooLong(count)
    found = [_register_line(line) for batch in lines(tickets) for line in batch]
    found.sort(key=lambda line: (line.received_at, line.number))
    return register.facts_of(found, slip, period=f"{period_name(scope.period)}. {_WITHOUT}")


def _register_line(line: list[Any]) -> register.RegisterLine:
    (number, filed, opd, requester, channel, kind, category, _service, summary) = line[:9]
    (priority, disposition, officer, answered, handled, status, solution) = line[9:]
    moments: list[datetime | None] = [answered, handled]
    return register.RegisterLine(
        *(number, filed, opd, requester, channel, kind, category, summary, priority),
        *(disposition, officer, *moments, status, solution),
    )
