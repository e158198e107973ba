"""What one officer did in a period, for the performance plan (SKP): own steps, own work, own documents.

A list of evidence and no score: since 2023 credit follows the predicate of performance, not single acts.
Matters of information security are left out, because the list leaves the agency.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import translation

from helpdesk_plugin import conf, labels
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.documents import rendering
from helpdesk_plugin.documents.facts import recap
from helpdesk_plugin.documents.facts.recap import RecapTable
from helpdesk_plugin.documents.library import is_there
from helpdesk_plugin.documents.sketch import Slip
from helpdesk_plugin.domain.figures import share
from helpdesk_plugin.domain.indonesia import decimal_comma
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.evidence.archive import Entry, archive
from helpdesk_plugin.evidence.sheets import Sheet
from helpdesk_plugin.models import IssuedDocument, StepRecord, StepStandard, WorkLog
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.people import name_fields, name_of
from helpdesk_plugin.reports import papers
from helpdesk_plugin.reports.officers import FOR_ANYBODY
from helpdesk_plugin.reports.scope import Scope, within
from helpdesk_plugin.reports.words import period_name

TEMPLATE = "performance_evidence"
#: Steps that are printed one by one; the files hold all of them.
MOST_PRINTED = 400


def may_make_for(user: Any, officer: Any) -> bool:
    """Whether a user may make the evidence of an officer: of oneself, or of anybody with the permission."""
    return user.pk == officer.pk or holds(user, FOR_ANYBODY)


def officers_with_steps():
    """Active accounts that ever took a step of the SOP."""
    taken = StepRecord.objects.filter(by__isnull=False).order_by().values("by")
    users = get_user_model().objects.filter(is_active=True, pk__in=taken)
    return users.order_by(*name_fields(), "pk")


def pack_of(officer: Any, scope: Scope) -> bytes:
    """The archive of an officer's own steps in a period: PDF where one can be drawn, CSV and XLSX."""
    outside = Scope(scope.period, None, scope.as_of)
    with translation.override(conf.content_language()):
        steps, work = _steps(officer, outside), _work(officer, outside)
        documents = _documents(officer, outside)
        entries = [
            *steps.as_files("langkah-sop"),
            *work.as_files("catatan-pekerjaan"),
            *documents.as_files("dokumen-terbit"),
        ]
        if is_there():
            entries.append(Entry("bukti-kinerja.pdf", _paper(officer, outside, steps, work, documents)))
        return archive(entries)


# --- The three lists -------------------------------------------------------------------------------------


def _steps(officer: Any, scope: Scope) -> Sheet:
    """Steps that the officer completed in the period. Two queries."""
    taken = StepRecord.objects.filter(
        within("left_at", scope.span), by=officer, completed=True, ticket__security_flag=False
    )
    rows = list(taken.select_related("ticket__service", "ticket__opd").order_by("left_at", "pk"))
    outputs = _outputs({row.ticket.sop_version_id for row in rows})
    headings = (
        *("Tanggal", "Langkah", "Nama langkah", "Sebagai", "Nomor tiket", "Layanan", "OPD", "Output"),
        *("Menit kerja", "Mutu baku (menit)", "Tepat waktu", "Alasan terlambat"),
    )
    return Sheet("Langkah SOP", headings, [_step(row, outputs) for row in rows])


def _outputs(versions: set) -> dict[tuple, str]:
    """What each step delivers, by version and code."""
    found = StepStandard.objects.filter(version__in=versions - {None})
    return {(step.version_id, step.code): step.output for step in found}


def _step(row: StepRecord, outputs: dict[tuple, str]) -> list:
    ticket = row.ticket
    judged = row.standard_minutes is not None
    acted = row.acting_role or row.role
    return [
        row.left_at,
        row.code,
        str(labels.SOP_STEP.get(row.code, "")),
        " ".join(filter(None, [str(labels.ROLE[Role(acted)]) if acted else "", row.capacity])),
        ticket.number,
        ticket.service.name,
        ticket.opd.name,
        outputs.get((ticket.sop_version_id, row.code), ""),
        _minutes(row.worked),
        row.standard_minutes,
        ("tidak" if row.late else "ya") if judged else "",
        row.late_reason,
    ]


def _work(officer: Any, scope: Scope) -> Sheet:
    """Work that the officer logged on tickets in the period. One query."""
    logged = WorkLog.objects.filter(
        within("at", scope.span), by=officer, ticket__security_flag=False
    ).select_related("ticket__service")
    rows = [
        [one.at, one.ticket.number, one.ticket.service.name, one.minutes]
        for one in logged.order_by("at", "pk")
    ]
    return Sheet("Catatan pekerjaan", ("Tanggal", "Nomor tiket", "Layanan", "Menit"), rows)


def _documents(officer: Any, scope: Scope) -> Sheet:
    """Official documents that the officer issued in the period and that still stand. One query."""
    issued = IssuedDocument.objects.standing().filter(within("issued_at", scope.span), issued_by=officer)
    rows = [
        [one.issued_at, str(labels.PAPER[one.what]), one.number, _about(one), one.sha256]
        for one in issued.exclude(ticket__security_flag=True)
        .select_related("ticket")
        .order_by("issued_at", "pk")
    ]
    return Sheet("Dokumen terbit", ("Tanggal", "Dokumen", "Nomor", "Tentang", "SHA-256"), rows)


def _about(document: IssuedDocument) -> str:
    return document.ticket.number if document.ticket else document.basis


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else round(length / timedelta(minutes=1))


# --- On paper --------------------------------------------------------------------------------------------


def _paper(officer: Any, scope: Scope, steps: Sheet, work: Sheet, documents: Sheet) -> bytes:
    slip = Slip(PaperKind.MONTHLY_RECAP, scope.as_of, officer)
    sheet = recap.facts_of(
        list(_tables(steps, work, documents)),
        slip,
        period=period_name(scope.period),
        summary=[_sentence(officer, steps, work, documents)],
        head=papers.division_head(),
    )
    about = {"title": "Bukti kinerja", "kind": TEMPLATE, "is_numbered": False, "officer": name_of(officer)}
    return rendering.pdf_of(TEMPLATE, sheet.context | about, sheet.pictures)


def _sentence(officer: Any, steps: Sheet, work: Sheet, documents: Sheet) -> str:
    tickets = len({row[4] for row in steps.rows})
    minutes = sum(row[3] for row in work.rows if isinstance(row[3], int))
    return (
        f"{name_of(officer)} menyelesaikan {decimal_comma(len(steps.rows))} langkah SOP pada "
        f"{decimal_comma(tickets)} tiket, mencatat {decimal_comma(minutes)} menit pekerjaan, dan menerbitkan "
        f"{decimal_comma(len(documents.rows))} dokumen. Tiket keamanan informasi "
        "tidak dimuat."
    )


def _tables(steps: Sheet, work: Sheet, documents: Sheet) -> Iterator[RecapTable]:
    columns = ("Langkah", "Jumlah", "Dinilai", "Tepat waktu (%)")
    yield RecapTable("Ringkasan langkah", columns, list(_by_step(steps)))
    yield RecapTable(
        "Langkah yang diselesaikan",
        ("Langkah", "Tanggal", "Nomor tiket", "Menit", "Tepat waktu"),
        [
            (f"{row[1]} {row[2]}", _day(row[0]), row[4], row[8], row[10] or "–")
            for row in steps.rows[:MOST_PRINTED]
        ],
        _left_out(len(steps.rows)),
    )
    yield RecapTable(
        "Dokumen yang diterbitkan",
        ("Dokumen", "Tanggal", "Nomor", "Tentang"),
        [(row[1], _day(row[0]), row[2] or "–", row[3]) for row in documents.rows],
    )


def _by_step(steps: Sheet) -> Iterator[tuple[str, int, int, Decimal | None]]:
    for code in dict.fromkeys(sorted((row[1] for row in steps.rows), key=_place)):
        rows = [row for row in steps.rows if row[1] == code]
        judged = [row for row in rows if row[10]]
        met = sum(row[10] == "ya" for row in judged)
        yield f"{code} {rows[0][2]}", len(rows), len(judged), share(met, len(judged))


def _place(code: str) -> int:
    order = list(labels.SOP_STEP)
    return order.index(code) if code in order else len(order)


def _day(at: datetime) -> str:
    return f"{agency_date(at):%d-%m-%Y}"


def _left_out(count: int) -> str:
    return (
        "" if count <= MOST_PRINTED else f"{count - MOST_PRINTED} langkah lagi ada pada berkas langkah-sop."
    )
