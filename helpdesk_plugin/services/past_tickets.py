"""The register of the agency's former help desk: brought in whole, row by row, through the door.

An imported ticket keeps its old number (it is found by it), the words and the days of the old register. It
has no promise and is judged by none; nobody gets mail of it. What was open there is new here.
"""

import hashlib
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.domain.indonesia import InvalidNip, InvalidPhone, parse_nip, parse_phone
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.statuses import FINAL, TicketStatus
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Attachment, Channel, Opd, Service, SopVersion, Ticket, TicketKind
from helpdesk_plugin.permissions import permission
from helpdesk_plugin.services._door import Passage, Request, open_with
from helpdesk_plugin.services.conversation import note_ticket
from helpdesk_plugin.services.files import AcceptedFile, FileRefused, clean_name
from helpdesk_plugin.services.imports import (
    CellRefused,
    Kind,
    Line,
    LineProblem,
    LineState,
    Stored,
    agencies_by_words,
    chosen,
    moment_in,
    needed,
    optional,
)
from helpdesk_plugin.services.past_files import (
    MOST_OF_A_ROW,
    FileAmbiguous,
    FileMissing,
    FilesBeside,
    Member,
    accepted,
)
from helpdesk_plugin.services.submission import make_findable, next_number
from helpdesk_plugin.services.tables import Columns, Row
from helpdesk_plugin.sla_clock import make_promise

#: Words of the old register for where a request stands → where it stands here.
STATUSES: dict[str, str] = {
    **dict.fromkeys(("sent", "terkirim", "baru", "new", "open"), TicketStatus.SUBMITTED.value),
    **dict.fromkeys(("in progress", "on progress", "proses", "diproses"), TicketStatus.SUBMITTED.value),
    **dict.fromkeys(("done", "selesai", "closed", "ditutup"), TicketStatus.CLOSED.value),
    **dict.fromkeys(("reject", "rejected", "ditolak", "tolak"), TicketStatus.REJECTED.value),
}


@dataclass(frozen=True)
class PastTicket:
    """One row of the old register. Moments are aware; ``ended_at`` is None while it was open there."""

    reference: str
    status: TicketStatus
    opd: Opd
    service: Service
    name: str
    summary: str
    description: str
    submitted_at: datetime
    ended_at: datetime | None = None
    unit: str = ""
    phone: str = ""
    email: str = ""
    nip: str = ""
    wished: Any = None
    files: tuple[Member, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class LateFiles:
    """Files of a row that was imported before without them."""

    reference: str
    files: tuple[Member, ...]


def import_past_ticket(past: PastTicket, *, by: Any, files: Sequence[AcceptedFile] = ()) -> Ticket:
    """Bring one request of the former help desk in, or return the one that came of it before.

    Raises NotPermitted. The ledger says that it was imported and by whom; times and status are the old ones.
    ``files`` come with that entry; names in ``left_out`` follow the description.
    """
    with transaction.atomic():
        earlier = Ticket.objects.filter(external_reference=past.reference).first()
        return earlier or _bring_in(past, by, files)


def _bring_in(past: PastTicket, by: Any, files: Sequence[AcceptedFile]) -> Ticket:
    done = past.ended_at if past.status is TicketStatus.CLOSED else None
    ticket = Ticket(
        number=next_number(past.submitted_at),
        external_reference=past.reference,
        kind=past.service.usual_kind or TicketKind.INCIDENT,
        service=past.service,
        opd=past.opd,
        requester_name=past.name,
        requester_unit=past.unit,
        requester_phone=past.phone,
        requester_email=past.email,
        requester_nip=past.nip,
        summary=past.summary,
        description=_with_names(past.description, past.left_out),
        wished_date=past.wished,
        channel=Channel.IMPORTED,
        registered_by=by,
        priority=Priority.P4.value,
        security_flag=past.service.is_security,
        status=past.status.value,
        submitted_at=past.submitted_at,
        resolved_at=done,
        closed_at=done,
        sop_version=None if past.status in FINAL else SopVersion.objects.in_force(agency_date(clock.now())),
    )

    # What was open is promised from now on; of what had ended the clock never runs, and nothing is judged.
    make_promise(ticket)

    def tell(passage: Passage) -> None:
        passage.data["reference"] = past.reference
        make_findable(passage)

    return open_with(ticket, Step.IMPORT, Request(by=by, files=files), tell, since=past.ended_at)


def _with_names(text: str, names: Sequence[str]) -> str:
    """What was asked, and the names of those files that did not come along."""
    return f"{text}\n\nLampiran pada register lama: {', '.join(names)}" if names else text


def _store(line: Line, by: Any) -> Stored:
    files, doubts = _judged_files(line.what.files)
    refused = tuple(doubt.typed for doubt in doubts)
    past = replace(line.what, left_out=line.what.left_out + refused)
    import_past_ticket(past, by=by, files=files)
    return Stored(len(files), doubts)


def _complete(line: Line, by: Any) -> Stored:
    """Add files that an earlier import lacked, as a note that officers see: the ticket may have ended."""
    files, doubts = _judged_files(line.what.files)
    if files:
        digest = hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()
        ticket = Ticket.objects.get(external_reference=line.what.reference)
        note = _("Files from the former register.")
        note_ticket(ticket.pk, by=by, note=note, key=f"register-{digest[:32]}", files=files)
    return Stored(len(files), doubts)


def _judged_files(members: Sequence[Member]) -> tuple[list[AcceptedFile], tuple[CellRefused, ...]]:
    """The files that pass, and what is wrong with the others."""
    files, doubts = [], []
    for member in members:
        try:
            files.append(accepted(member))
        except FileRefused as refused:
            doubts.append(CellRefused(LineProblem.FILE_REFUSED, "lampiran", member.name, file=refused))
        except FileMissing:
            doubts.append(CellRefused(LineProblem.FILE_MISSING, "lampiran", member.name))
    return files, tuple(doubts)


# --- Rows of the register ------------------------------------------------------------------------------


def _judge(options: dict[str, Any]) -> Callable[[Row], Line]:
    """Read what is there once. ``options`` name the agency and service of rows whose own are unknown, and the
    ``files`` that came beside the register."""
    agencies, services = agencies_by_words(), _services_by_words()
    beside = options.get("files")
    there = _files_by_reference()

    def judge(row: Row) -> Line:
        reference = needed(row, "nomor", 60)
        doubts: list[CellRefused] = []
        if reference in there:
            files, _left_out = _sought(row, beside, there[reference], doubts)
            late = LateFiles(reference, files)
            return Line(row, LineState.THERE, reference, doubts=tuple(doubts), what=late, files=len(files))
        files, left_out = _sought(row, beside, frozenset(), doubts)
        came, ended = _moments(row)
        unit = optional(row, "unit", 160)
        past = PastTicket(
            reference=reference,
            status=TicketStatus(chosen(row, "status", STATUSES, TicketStatus.CLOSED.value)),
            opd=_known(agencies, unit, options.get("opd"), "unit"),
            service=_known(
                services, plain_line(row.cells.get("kategori", "")), options.get("service"), "kategori"
            ),
            name=needed(row, "nama", 120),
            summary=needed(row, "judul", 160),
            unit=unit,
            description=plain_text(row.cells.get("uraian", "")) or needed(row, "judul", 160),
            phone=_lenient(row, "hp", parse_phone, InvalidPhone, doubts),
            nip=_lenient(row, "nip", parse_nip, InvalidNip, doubts),
            email=_lenient(row, "email", _address, ValidationError, doubts),
            wished=_day(row, "tanggal diharapkan", doubts),
            submitted_at=came,
            ended_at=ended,
            files=files,
            left_out=left_out,
        )
        there[reference] = _EVERY
        name = f"{reference} {past.summary}"
        return Line(row, LineState.NEW, name, doubts=tuple(doubts), what=past, files=len(files))

    return judge


class _Every(frozenset):
    """The files of a ticket to which none is added."""

    def __contains__(self, name: object) -> bool:
        return True


_EVERY = _Every()


def _files_by_reference() -> dict[str, Container[str]]:
    """Former number → names of the files that its ticket has. Two queries; what is anonymous gets none."""
    found: dict[str, Any] = {}
    imported = Ticket.objects.exclude(external_reference="")
    for reference, anonymised in imported.values_list("external_reference", "anonymised_at").iterator():
        found[reference] = _EVERY if anonymised else set()
    named = Attachment.objects.filter(ticket__in=imported.filter(anonymised_at=None))
    for reference, name in named.values_list("ticket__external_reference", "name").iterator():
        found[reference].add(name)
    return found


def _sought(
    row: Row, beside: FilesBeside | None, has: Container[str], doubts: list[CellRefused]
) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """The files that a row names and its ticket lacks, and the names of those that did not come along."""
    cell = row.cells.get("lampiran", "").strip()
    if beside is None or not cell:
        return (), (plain_line(cell),) if cell else ()
    files: dict[str, Member] = {}
    left_out: list[str] = []
    for typed in beside.names_in(cell):
        if clean_name(typed) in has:
            continue
        try:
            member = beside.find(typed)
        except LookupError as refused:
            problem = (
                LineProblem.FILE_AMBIGUOUS if isinstance(refused, FileAmbiguous) else LineProblem.FILE_MISSING
            )
            doubts.append(CellRefused(problem, "lampiran", typed))
            left_out.append(plain_line(typed))
            continue
        if member.name not in has:
            files[member.path] = member
    if len(files) > MOST_OF_A_ROW:
        doubts.append(CellRefused(LineProblem.FILE_TOO_MANY, "lampiran", why=str(MOST_OF_A_ROW)))
    return tuple(files.values())[:MOST_OF_A_ROW], tuple(left_out)


def _services_by_words() -> dict[str, Service]:
    found: dict[str, Service] = {}
    for service in Service.objects.all():
        for words in (service.name, service.code):
            found[words.casefold()] = service
    return found


def _known(things: dict[str, Any], typed: str, otherwise: Any, column: str) -> Any:
    found = things.get(typed.casefold(), otherwise)
    if found is None:
        raise CellRefused(LineProblem.UNKNOWN if typed else LineProblem.EMPTY, column, typed)
    return found


def _lenient(row: Row, column: str, read: Callable, refused: type[Exception], doubts: list) -> str:
    """A contact as it is stored; one that cannot be read is left out, and said so."""
    typed = plain_line(row.cells.get(column, ""))
    if not typed:
        return ""
    try:
        return read(typed)
    except refused:
        doubts.append(CellRefused(LineProblem.REFUSED, column, typed))
        return ""


def _address(typed: str) -> str:
    validate_email(typed)
    return typed


def _day(row: Row, column: str, doubts: list) -> Any:
    try:
        found = moment_in(row, column)
    except CellRefused as refused:
        doubts.append(refused)
        return None
    return found.date() if found else None


def _moments(row: Row) -> tuple[datetime, datetime | None]:
    """When it came and when it ended, by the old register; a row without days came on the wished one."""
    status = chosen(row, "status", STATUSES, TicketStatus.CLOSED.value)
    now = clock.now()
    came = _aware(moment_in(row, "tanggal")) or _aware_or_none(row, "tanggal diharapkan") or now
    came = min(came, now)
    if TicketStatus(status) not in FINAL:
        return came, None
    ended = _aware(moment_in(row, "tanggal selesai")) or came
    return came, min(max(ended, came), now)


def _aware(found: datetime | None) -> datetime | None:
    return timezone.make_aware(found) if found else None


def _aware_or_none(row: Row, column: str) -> datetime | None:
    try:
        return _aware(moment_in(row, column))
    except CellRefused:
        return None


PAST_TICKETS = Kind(
    Columns(
        {
            "nomor": ("number", "no tiket", "nomor tiket", "ticket number", "no"),
            "nama": ("name", "nama pemohon", "nama lengkap"),
            "unit": ("unit kerja", "opd", "instansi", "agency"),
            "nip": ("nip pemohon",),
            "hp": ("phone", "no hp", "nomor hp", "telepon", "whatsapp"),
            "email": ("e-mail", "surel"),
            "kategori": ("category", "layanan", "service"),
            "judul": ("title", "subject", "perihal"),
            "uraian": ("description", "deskripsi", "isi"),
            "tanggal diharapkan": ("wished date", "tanggal yang diharapkan", "batas waktu"),
            "lampiran": ("attachments", "attachment", "berkas"),
            "status": (),
            "tanggal": ("date", "tanggal masuk", "created at", "tanggal pengajuan"),
            "tanggal selesai": ("done at", "closed at", "selesai"),
        },
        ("nomor", "nama", "judul", "status"),
    ),
    permission(Step.IMPORT),
    _judge,
    _store,
    _complete,
)
