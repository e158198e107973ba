"""What every document shares: when and where it is issued, on which paper, under which letterhead."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin import clock, labels
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.documents.letterhead import letterhead
from helpdesk_plugin.domain.papers import PAPERS, PaperKind
from helpdesk_plugin.models import DocumentSettings, IssuedDocument


@dataclass(frozen=True)
class Slip:
    """A document about to be drawn. ``is_preview`` marks it on every page, and it has no number yet."""

    kind: PaperKind
    at: datetime
    by: Any
    number: str = ""
    is_preview: bool = False

    @classmethod
    def preview(cls, kind: PaperKind, by: Any) -> "Slip":
        return cls(kind, clock.now(), by, is_preview=True)

    @classmethod
    def of(cls, document: IssuedDocument) -> "Slip":
        return cls(document.what, document.issued_at, document.issued_by, document.number)


@dataclass(frozen=True)
class Sketch:
    """What a template needs: its context, pictures by name (bytes and type), and whether a NIP is shown."""

    context: dict[str, Any]
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    holds_nip: bool = False


def sketch(slip: Slip, about: str, context: dict[str, Any], **more: Any) -> Sketch:
    """A document's facts with those that all documents share. ``about`` stands in the footer of each page."""
    head = letterhead()
    pictures = dict(more.pop("pictures", {}))
    if head.logo is not None:
        pictures["logo"] = head.logo
    facts = PAPERS[slip.kind]
    shared = {
        "head": head,
        "kind": slip.kind.value,
        "title": labels.PAPER[slip.kind],
        "sheet": facts.sheet.value,
        "sop_code": facts.sop_code,
        "is_numbered": facts.numbered,
        "number": slip.number,
        "is_preview": slip.is_preview,
        "about": about,
        "issued_at": slip.at,
        "day": agency_date(slip.at),
        "place": DocumentSettings.load().place,
        "zone": ZoneInfo(settings.TIME_ZONE),
    }
    return Sketch({**shared, **context}, pictures, **more)
