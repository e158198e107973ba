"""Filing a request (S1) and sending a returned one again."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.numbering import format_number
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.priorities import (
    Impact,
    Urgency,
    priority_of,
    suggested_impact,
    suggested_urgency,
)
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import (
    Attachment,
    Channel,
    HelpDeskSettings,
    Opd,
    Service,
    SopVersion,
    Ticket,
    TicketAccess,
    TicketEvent,
    TicketSearchText,
)
from helpdesk_plugin.models.search import text_of
from helpdesk_plugin.services._counting import next_in_series
from helpdesk_plugin.services._door import Passage, Request, open_with, pass_through
from helpdesk_plugin.services.amendment import CORRECTABLE, apply_changes
from helpdesk_plugin.services.errors import AlreadySubmitted, NothingToChange
from helpdesk_plugin.services.files import AcceptedFile
from helpdesk_plugin.sla_clock import make_promise, matrix


@dataclass(frozen=True)
class Filing:
    """What a requester says. Values are already cleaned by a form; ``occurred_at`` is aware.

    ``answers`` are those to the service's own questions, each as `ServiceQuestion.asked` writes it.
    """

    kind: str
    service: Service
    opd: Opd
    requester_name: str
    requester_unit: str
    requester_phone: str
    summary: str
    description: str
    requester_email: str = ""
    requester_nip: str = ""
    occurred_at: datetime | None = None
    who_affected: str = ""
    alternative: str = ""
    wished_date: date | None = None
    letter_number: str = ""
    letter_date: date | None = None
    letter_subject: str = ""
    language: str = "id"
    channel: str = Channel.WEB
    privacy_version: int | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)

    def digest(self, files: Iterable[AcceptedFile | Attachment] = ()) -> str:
        """Fingerprint of what was said and attached, to tell a repeated form from a changed one."""
        said = asdict(replace(self, service=None, opd=None))  # type: ignore[arg-type]
        said |= {"service": self.service.pk, "opd": self.opd.pk}
        if not self.answers:
            # Forms that ask nothing have the fingerprint that they had before there were questions.
            del said["answers"]
        said["files"] = sorted((file.purpose, file.sha256) for file in files)
        return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def submit_ticket(
    filing: Filing, *, by: Any, key: uuid.UUID | None = None, files: Sequence[AcceptedFile] = ()
) -> Ticket:
    """File a request and return its ticket, numbered and with a tracking code (S1).

    ``by`` is Party.REQUESTER for the public form, or the officer who registers a request that came
    by telephone, WhatsApp, letter or in person. ``key`` identifies the form that was sent: the same
    key with the same words and files returns the first ticket, with others raises AlreadySubmitted.
    """
    key = key or uuid.uuid4()
    try:
        with transaction.atomic():
            return _earlier(filing, key, files) or _file(filing, by, key, files)
    except IntegrityError:
        # The same form arrived twice at once and the other one won.
        earlier = _earlier(filing, key, files)
        if earlier is None:
            raise
        return earlier


def resubmit_ticket(
    ticket_id: int,
    *,
    by: Any,
    changes: dict[str, Any] | None = None,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    files: Sequence[AcceptedFile] = (),
) -> Ticket:
    """Send a returned request again, completed by ``changes`` (fields of `CORRECTABLE`), files or words (S1).

    Raises NothingToChange when neither came: the officer would only have to return it once more.
    """

    def complete(passage: Passage) -> None:
        changed = apply_changes(passage, {k: v for k, v in (changes or {}).items() if k in CORRECTABLE})
        if not (changed or files or note.strip()):
            raise NothingToChange(Step.RESUBMIT)

    request = Request(by=by, note=note, key=key, version=version, files=files)
    return pass_through(ticket_id, Step.RESUBMIT, request, complete)


def already_filed(filing: Filing, key: uuid.UUID) -> Ticket | None:
    """The ticket that came of this form, if it was sent before with the same words.

    For a form whose files are gone because the first sending has handed them over.
    """
    try:
        return _earlier(filing, key, ())
    except AlreadySubmitted:
        return None


def _earlier(filing: Filing, key: uuid.UUID, files: Sequence[AcceptedFile]) -> Ticket | None:
    earlier = Ticket.objects.filter(submission_key=key).select_related("service", "opd").first()
    if earlier is not None and not _is_repeated(earlier, filing, files):
        raise AlreadySubmitted(earlier)
    return earlier


def _is_repeated(earlier: Ticket, filing: Filing, files: Sequence[AcceptedFile]) -> bool:
    if earlier.submission_digest == filing.digest(files):
        return True
    # Files that were kept for the form went with the first sending; the second comes without them.
    handed_over = earlier.attachments.filter(event__act=Step.SUBMIT.value)
    return not files and earlier.submission_digest == filing.digest(handed_over)


def _file(filing: Filing, by: Any, key: uuid.UUID, files: Sequence[AcceptedFile]) -> Ticket:
    at = clock.now()
    said = {name: getattr(filing, name) for name in filing.__dataclass_fields__}
    ticket = Ticket(
        **said,
        number=next_number(at),
        submitted_at=at,
        submission_key=key,
        submission_digest=filing.digest(files),
        registered_by=None if isinstance(by, Party) else by,
        security_flag=filing.service.is_security,
        sop_version=SopVersion.objects.in_force(agency_date(at)),
    )
    _prioritise_provisionally(ticket)
    return open_with(ticket, Step.SUBMIT, Request(by=by, files=files), make_findable)


def _prioritise_provisionally(ticket: Ticket) -> None:
    """Priority and deadlines by the requester's answers and the service's defaults, until triage."""
    service = ticket.service
    impact = suggested_impact(ticket.who_affected, Impact(service.default_impact))
    urgency = suggested_urgency(ticket.alternative, Urgency(service.default_urgency))
    ticket.priority = priority_of(impact, urgency, matrix(), security=ticket.security_flag).value
    make_promise(ticket)


def make_findable(passage: Passage) -> None:
    def write(event: TicketEvent) -> None:
        TicketAccess.objects.create(ticket=event.ticket)
        TicketSearchText.objects.create(ticket=event.ticket, text=text_of(event.ticket))

    passage.afterwards.append(write)


def next_number(at: datetime) -> str:
    """The next number of the year, without gaps or doubles."""
    year = agency_date(at).year
    pattern = HelpDeskSettings.load().ticket_number_pattern
    return format_number(pattern, year=year, seq=next_in_series("ticket", year))
