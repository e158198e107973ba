"""What is said on a ticket without moving it (S2b), and the answer that lifts a hold."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import AttachmentPurpose, Ticket
from helpdesk_plugin.services._door import Request, pass_through
from helpdesk_plugin.services.files import AcceptedFile


def add_progress(
    ticket_id: int, *, by: Any, note: str, key: str | None = None, files: Sequence[AcceptedFile] = ()
) -> Ticket:
    """Publish how the work is going; the SOP asks for it after every change (S2b)."""
    return pass_through(ticket_id, Remark.PROGRESS, Request(by=by, note=note, key=key, files=files))


def reply_to_ticket(
    ticket_id: int, *, by: Any, note: str, key: str | None = None, files: Sequence[AcceptedFile] = ()
) -> Ticket:
    """Write to the other side: officer to requester or requester to the desk."""
    return pass_through(ticket_id, Remark.REPLY, Request(by=by, note=note, key=key, files=files))


def note_ticket(
    ticket_id: int, *, by: Any, note: str, key: str | None = None, files: Sequence[AcceptedFile] = ()
) -> Ticket:
    """Write a note that only officers see; possible on final tickets too."""
    return pass_through(ticket_id, Remark.NOTE, Request(by=by, note=note, key=key, files=files))


def attach_files(
    ticket_id: int,
    *,
    by: Any,
    files: Sequence[AcceptedFile],
    note: str = "",
    key: str | None = None,
    internal: bool = False,
) -> Ticket:
    """Add files to an open ticket; ``internal`` keeps them from the requester.

    Raises ValueError without a file.
    """
    if not files:
        raise ValueError("nothing to attach")
    request = Request(by=by, note=note, key=key, files=files, internal=internal)
    return pass_through(ticket_id, Remark.ATTACH, request)


def attach_cover_letter(ticket_id: int, letter: AcceptedFile, *, by: Any, key: str | None = None) -> Ticket:
    """Add the covering letter that was to follow (S1, checked before S3)."""
    letter = replace(letter, purpose=AttachmentPurpose.COVER_LETTER)
    return attach_files(ticket_id, by=by, files=[letter], key=key)


def answer_ticket(
    ticket_id: int, *, by: Any, note: str, key: str | None = None, files: Sequence[AcceptedFile] = ()
) -> Ticket:
    """Answer the question that the ticket was waiting for; work goes on where it was."""
    return pass_through(ticket_id, Step.ANSWER, Request(by=by, note=note, key=key, files=files))
