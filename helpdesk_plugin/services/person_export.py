"""Everything that the help desk holds about one person, for that person (UU 27/2022, articles 7 and 32).

A ZIP with the data for machines (JSON), the same to be read (HTML), and the files. What officers wrote for
each other is no part of it, and the civil servant number only where somebody who may see it asks for it.
"""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from helpdesk_plugin import clock, conf, labels
from helpdesk_plugin.domain.indonesia import format_nip, mask_nip
from helpdesk_plugin.models import Deed, Ground, IssuedDocument, ProcessingRecord, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.persons import LOOK_UP, Found

SEE_NIP = "helpdesk_plugin.view_nip_ticket"
#: More than this is written to disk while the archive is made.
_IN_MEMORY = 8 * 1024 * 1024
#: So much of a file is read at a time.
_CHUNK = 256 * 1024


def export_person(
    tickets: Sequence[Ticket], found: Found, *, by: Any, ground: Ground, reason: str, with_nip: bool = False
) -> IO[bytes]:
    """Write the archive of a person to a temporary file, log it, and return the file at its beginning.

    Raises PermissionDenied without the right to look people up, or to see the numbers that were asked for.
    """
    if not holds(by, LOOK_UP) or (with_nip and not holds(by, SEE_NIP)):
        raise PermissionDenied
    archive = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed to the caller
    with (
        translation.override(conf.content_language()),
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        data = facts_of(tickets, found, with_nip=with_nip)
        data["lost_files"] = list(_pack_files(packed, tickets, with_nip=with_nip))
        packed.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        packed.writestr("data.html", render_to_string("helpdesk_plugin/staff/personal/export.html", data))
    ProcessingRecord.objects.create(
        deed=Deed.EXPORT,
        ground=ground,
        reason=reason,
        by=by,
        at=clock.now(),
        tickets=[ticket.number for ticket in tickets],
        report={"nip": with_nip},
    )
    archive.seek(0)
    return archive


def facts_of(tickets: Sequence[Ticket], found: Found, *, with_nip: bool) -> dict[str, Any]:
    """What is held, in words of the site's language; a fixed number of queries for each ticket."""
    return {
        "made_at": timezone.localtime(clock.now()),
        "tickets": [_ticket(ticket, with_nip) for ticket in tickets],
        "contacts": [
            {
                "opd": one.opd.name,
                "name": one.name,
                "email": one.email,
                "from": one.first_day,
                "to": one.last_day,
            }
            for one in found.contacts
        ],
        "subscriptions": [
            {
                "email": one.email,
                "requested_at": timezone.localtime(one.requested_at),
                "confirmed_at": one.confirmed_at and timezone.localtime(one.confirmed_at),
                "ended_at": one.unsubscribed_at and timezone.localtime(one.unsubscribed_at),
            }
            for one in found.subscriptions
        ],
        "sign_ins": found.sign_ins,
    }


def _ticket(ticket: Ticket, with_nip: bool) -> dict[str, Any]:
    nip = ticket.requester_nip
    events = list(ticket.events.public().order_by("at", "id"))
    return {
        "number": ticket.number,
        "submitted_at": timezone.localtime(ticket.submitted_at),
        "status": ticket.requester_status,
        "channel": ticket.get_channel_display(),
        "opd": ticket.opd.name,
        "service": ticket.service.name,
        "name": ticket.requester_name,
        "unit": ticket.requester_unit,
        "phone": ticket.requester_phone,
        "email": ticket.requester_email,
        "nip": (format_nip(nip) if with_nip else mask_nip(nip)) if nip else "",
        "summary": ticket.summary,
        "description": ticket.description,
        "letter": [ticket.letter_number, ticket.letter_date, ticket.letter_subject],
        "answers": ticket.answers_in_words,
        "history": [
            {
                "at": timezone.localtime(event.at),
                "what": str(labels.ACT_DONE[event.what]),
                "who": event.public_actor,
                "text": event.public_note,
            }
            for event in events
        ],
        "surveys": [
            {"score": one.get_score_display(), "comment": one.comment, "at": timezone.localtime(one.at)}
            for one in ticket.survey_answers.all()
        ],
        "files": [
            {"name": one.name, "size": one.size, "sha256": one.sha256} for one in ticket.attachments.public()
        ],
        "documents": [
            {"kind": one.get_kind_display(), "number": one.number, "at": timezone.localtime(one.issued_at)}
            for one in ticket.documents.standing()
        ],
    }


def _pack_files(packed: zipfile.ZipFile, tickets: Sequence[Ticket], *, with_nip: bool) -> Iterator[str]:
    """Put files into the archive; yield the names of those that the store has lost."""
    for ticket in tickets:
        folder = _plain(ticket.number)
        for position, one in enumerate(ticket.attachments.public(), start=1):
            yield from _pack(packed, one.file, f"{folder}/{position}-{_plain(one.name)}")
        for document in ticket.documents.standing().exclude(file=""):
            if with_nip or not document.holds_nip:
                yield from _pack(packed, document.file, f"{folder}/{_name_of(document)}")


def _pack(packed: zipfile.ZipFile, file: Any, name: str) -> Iterator[str]:
    try:
        with file.open("rb") as stored, packed.open(name, "w") as target:
            while chunk := stored.read(_CHUNK):
                target.write(chunk)
    except OSError:
        yield name


def _name_of(document: IssuedDocument) -> str:
    return _plain(document.name or f"{document.kind}-{document.pk}.pdf")


def _plain(name: str) -> str:
    """A name that no unpacking program takes for a path."""
    return re.sub(r"[^\w. -]", "_", name).strip(". ") or "berkas"
