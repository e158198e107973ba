"""What an invented ticket is told with."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpdesk_plugin.demo.acts import StoryAct
from helpdesk_plugin.domain.priorities import Alternative, WhoAffected
from helpdesk_plugin.models import AttachmentPurpose, Channel, TicketKind


@dataclass(frozen=True)
class Paper:
    """A PDF that comes with the request."""

    name: str
    lines: Sequence[str]
    purpose: str = AttachmentPurpose.COVER_LETTER.value
    label: str = ""


@dataclass(frozen=True)
class Story:
    """A request and what became of it. ``said`` are further fields of the form.

    ``registered``: the operator wrote it down for somebody who called.
    """

    service: str
    opd: str
    requester: tuple[str, str, str]
    summary: str
    description: str
    at: tuple[int, int]
    then: Sequence[tuple[int, int, StoryAct]] = ()
    kind: str = TicketKind.INCIDENT.value
    who_affected: str = WhoAffected.OFFICE.value
    alternative: str = Alternative.LIMITED.value
    channel: str = Channel.WEB.value
    registered: bool = False
    letter_number: str = ""
    letter_subject: str = ""
    papers: Sequence[Paper] = ()
