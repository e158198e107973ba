"""Issuing official documents, withdrawing them, and keeping what came back signed.

A document is issued once for what it documents (its basis) and never changes: the same bytes whenever it is
printed. Its letter number is given out in the transaction that stores the file, so numbers have no gaps.
How a document is drawn is not known here; the caller hands that in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import override

from helpdesk_plugin import clock, conf, labels
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.numbering import format_number
from helpdesk_plugin.domain.papers import PAPERS, DocumentDeed, PaperKind
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import (
    DocumentSettings,
    IssuedDocument,
    SignedCopy,
    Ticket,
    TicketEvent,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import APP, may_see
from helpdesk_plugin.services._counting import next_in_series
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import (
    DocumentWithdrawn,
    FactsMissing,
    NoteRequired,
    NotPermitted,
    SignedAlready,
)
from helpdesk_plugin.services.files import AcceptedFile

SERIES = "document"
"""Name of the one series of letter numbers."""

_MOST_LETTERS = 300


@dataclass(frozen=True)
class Drawn:
    """A finished document: the PDF, the version of the template, and whether a requester's NIP is on it."""

    content: bytes
    template_version: str
    holds_nip: bool = False


Draw = Callable[[IssuedDocument], Drawn]
"""Draws a document that has its kind, ticket, number, issuer and time, and is not stored yet."""


class _AlreadyIssued(Exception):
    def __init__(self, document: IssuedDocument) -> None:
        self.document = document
        super().__init__(str(document))


def may_issue(user: Any, kind: PaperKind, ticket: Ticket | None = None) -> bool:
    """Whether this user may issue documents of a kind, in person or as a substitute."""
    if not holds(user, f"{APP}.issue_{kind.value}"):
        return False
    return ticket is None or (holds(user, f"{APP}.document_ticket") and may_see(user, ticket))


def may_open(user: Any, document: IssuedDocument) -> bool:
    """Whether this user may read an issued document and what came back signed."""
    if document.holds_nip and not holds(user, f"{APP}.view_nip_ticket"):
        return False
    if document.ticket is None:
        return holds(user, f"{APP}.view_issueddocument") or may_issue(user, document.what)
    return may_see(user, document.ticket)


def basis_of(ticket: Ticket, kind: PaperKind) -> str:
    """What a document of this kind would document now; empty while the ticket has nothing of it yet."""
    if kind is PaperKind.RECEIPT:
        return "filing"
    if kind is PaperKind.DISPOSITION_SHEET:
        return _named(ticket.dispositions.order_by("-at", "-id").first(), "disposition")
    if kind is PaperKind.HANDLING_RECORD:
        return _named(ticket.solution_set.order_by("-at", "-id").first(), "solution")
    if kind is PaperKind.ACTIVITY_REPORT:
        informed = ticket.events.filter(act="inform").newest_first().first()
        return _named(informed, "inform") if ticket.informed_at else ""
    if kind is PaperKind.SECURITY_HANDOVER:
        return f"version:{ticket.version}" if ticket.security_flag else ""
    raise ValueError(f"{kind.value} is not about a ticket")


#: What a document waits for while its ticket has nothing of it.
LACKS = {
    PaperKind.DISPOSITION_SHEET: Missing.DISPOSITION,
    PaperKind.HANDLING_RECORD: Missing.SOLUTION,
    PaperKind.ACTIVITY_REPORT: Missing.INFORMED,
    PaperKind.SECURITY_HANDOVER: Missing.SECURITY_FLAG,
}


def lacking_for(ticket: Ticket, kind: PaperKind) -> Missing | None:
    """What a document of this kind still waits for, or None."""
    return None if basis_of(ticket, kind) else LACKS[kind]


def issue_document(
    ticket_id: int, kind: PaperKind, *, by: Any, draw: Draw, key: str | None = None
) -> IssuedDocument:
    """Issue a ticket's document of a kind and store it; the standing one is returned if there is one.

    Raises NotPermitted, FactsMissing while the procedure is not that far, and what ``draw`` raises; then
    nothing is stored and no number is used up.
    """
    issued: list[IssuedDocument] = []

    def issue(passage: Passage) -> None:
        _permit(by, kind, passage.ticket)
        document = _begin(passage.ticket, kind, by, passage.at)
        _tell(passage, document, DocumentDeed.ISSUED)

        def write(event: TicketEvent) -> None:
            document.event = event
            _store(document, draw)
            issued.append(document)

        passage.afterwards.append(write)

    try:
        pass_through(ticket_id, Remark.DOCUMENT, Request(by=by, key=key), issue)
    except _AlreadyIssued as already:
        return already.document
    return issued[0] if issued else _served_before(ticket_id, key)


def issue_report(kind: PaperKind, basis: str, *, by: Any, draw: Draw) -> IssuedDocument:
    """Issue a document about a period (``basis`` such as ``2026-11``), stored and numbered as the others.

    The standing one is returned if there is one. Raises NotPermitted.
    """
    if PAPERS[kind].of_ticket:
        raise ValueError(f"{kind.value} is about a ticket")
    _permit(by, kind, None)
    choices = DocumentSettings.load()
    with transaction.atomic():
        # A ticket's documents wait for its row; those of a period for the agency's choices about documents.
        DocumentSettings.objects.select_for_update().get(pk=choices.pk)
        standing = IssuedDocument.objects.standing().filter(kind=kind.value, ticket=None, basis=basis).first()
        if standing is not None:
            return standing
        at = clock.now()
        number = _next_number(kind, at)
        document = IssuedDocument(kind=kind.value, basis=basis, number=number, issued_by=by, issued_at=at)
        _store(document, draw)
        return document


def withdraw_document(document_id: int, *, by: Any, reason: str, key: str | None = None) -> IssuedDocument:
    """Take back a document that is wrong. It stays on record, with its number and the reason.

    Raises NotPermitted, NoteRequired and DocumentWithdrawn.
    """
    reason = reason.strip()[:_MOST_LETTERS]
    if not reason:
        raise NoteRequired(Remark.DOCUMENT)
    document = IssuedDocument.objects.get(pk=document_id)

    def withdraw(at: datetime) -> None:
        standing = IssuedDocument.objects.select_for_update().get(pk=document_id)
        if standing.is_withdrawn:
            raise DocumentWithdrawn(standing)
        standing.withdrawn_at, standing.withdrawn_by, standing.withdrawn_reason = at, by, reason
        standing.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])

    _record(document, DocumentDeed.WITHDRAWN, withdraw, by=by, key=key, reason=reason)
    document.refresh_from_db()
    return document


def keep_signed_copy(
    document_id: int, file: AcceptedFile, *, by: Any, electronic: bool = False, key: str | None = None
) -> SignedCopy:
    """Keep a document that came back signed, with its SHA-256.

    Raises NotPermitted, DocumentWithdrawn, and SignedAlready for a file that is kept with it already.
    """
    document = IssuedDocument.objects.get(pk=document_id)

    def keep(at: datetime) -> None:
        standing = IssuedDocument.objects.select_for_update().get(pk=document_id)
        if standing.is_withdrawn:
            raise DocumentWithdrawn(standing)
        if standing.signed_copies.filter(sha256=file.sha256).exists():
            raise SignedAlready(standing)
        fields = {name: value for name, value in file.as_fields().items() if name not in {"purpose", "label"}}
        SignedCopy.objects.create(document=standing, electronic=electronic, by=by, at=at, **fields)

    _record(document, DocumentDeed.SIGNED, keep, by=by, key=key)
    kept = document.signed_copies.filter(sha256=file.sha256).first()
    if kept is None:
        # The key was another file's: nothing has been kept, and nothing must seem to be.
        raise NotPermitted(Remark.DOCUMENT)
    return kept


def file_name(document: IssuedDocument) -> str:
    """What a document is called when it is downloaded: kind, then number or ticket."""
    about = document.number or (document.ticket.number if document.ticket else document.basis)
    with override(conf.content_language()):
        words = f"{labels.PAPER[document.what]} {about}"
    return f"{re.sub(r'[^A-Za-z0-9.]+', '-', words).strip('-')[:150]}.pdf"


def _begin(ticket: Ticket, kind: PaperKind, by: Any, at: datetime) -> IssuedDocument:
    """A new document with its number. Raises FactsMissing, _AlreadyIssued."""
    basis = basis_of(ticket, kind)
    if not basis:
        raise FactsMissing(Remark.DOCUMENT, [LACKS[kind]])
    standing = ticket.documents.standing().filter(kind=kind.value, basis=basis).first()
    if standing is not None:
        raise _AlreadyIssued(standing)
    return IssuedDocument(
        kind=kind.value,
        ticket=ticket,
        basis=basis,
        number=_next_number(kind, at),
        issued_by=by,
        issued_at=at,
    )


def _next_number(kind: PaperKind, at: datetime) -> str:
    if not PAPERS[kind].numbered:
        return ""
    day = agency_date(at)
    pattern = DocumentSettings.load().number_pattern
    return format_number(pattern, year=day.year, seq=next_in_series(SERIES, day.year), month=day.month)


def _store(document: IssuedDocument, draw: Draw) -> None:
    drawn = draw(document)
    file = AcceptedFile(file_name(document), "application/pdf", drawn.content)
    document.name, document.sha256, document.size = file.name, file.sha256, len(drawn.content)
    document.template_version, document.holds_nip = drawn.template_version, drawn.holds_nip
    document.file = ContentFile(drawn.content, name=file.name)
    document.save()


def _record(
    document: IssuedDocument,
    deed: DocumentDeed,
    do: Callable[[datetime], None],
    *,
    by: Any,
    key: str | None,
    reason: str = "",
) -> None:
    """Do something with an issued document: through the door if it belongs to a ticket."""
    if document.ticket_id is None:
        _permit(by, document.what, None)
        with transaction.atomic():
            do(clock.now())
        return

    def body(passage: Passage) -> None:
        _permit(by, document.what, passage.ticket)
        _tell(passage, document, deed, reason)
        do(passage.at)

    pass_through(document.ticket_id, Remark.DOCUMENT, Request(by=by, key=key), body)


def _permit(by: Any, kind: PaperKind, ticket: Ticket | None) -> None:
    if not may_issue(by, kind, ticket):
        raise NotPermitted(Remark.DOCUMENT)


def _tell(passage: Passage, document: IssuedDocument, deed: DocumentDeed, reason: str = "") -> None:
    """What the ledger keeps: the deed in words of the site's language, and its facts."""
    with override(conf.content_language()):
        named = " ".join(filter(None, [str(labels.PAPER[document.what]), document.number]))
        passage.note = str(labels.DOCUMENT_DEED[deed]) % {"document": named, "reason": reason}
    passage.sop_code = document.facts.sop_code
    passage.data |= {"deed": deed.value, "document": document.kind, "number": document.number}


def _served_before(ticket_id: int, key: str | None) -> IssuedDocument:
    """The document of a request that was served before. Raises NotPermitted for another deed's key."""
    document = IssuedDocument.objects.filter(event__ticket=ticket_id, event__key=key).first()
    if document is None:
        raise NotPermitted(Remark.DOCUMENT)
    return document


def _named(row: Any, name: str) -> str:
    return f"{name}:{row.pk}" if row is not None else ""
