"""The written notice of a failure to protect personal data (UU 27/2022, article 46), as a letter to sign.

It has no number and is not stored: the agency's secretariat numbers it, and each receiver gets it signed.
"""

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.documents import rendering
from helpdesk_plugin.documents.letterhead import letterhead
from helpdesk_plugin.documents.people import Signature
from helpdesk_plugin.domain.indonesia import NIP_GROUPS, long_date, mask_nip
from helpdesk_plugin.models import DocumentSettings
from helpdesk_plugin.services.breaches import Breach

KIND = "breach_notice"
_TEXTS = ("happened", "data", "how", "measures", "advice")
_NIP = re.compile(r"(?<!\d)" + r"[ .]?".join(rf"\d{{{size}}}" for size in NIP_GROUPS) + r"(?!\d)")


def draw_notice(breach: Breach, *, late: bool) -> bytes:
    """Draw the letter as PDF. ``late``: more than 3 × 24 hours have passed. Raises CannotDraw."""
    head = letterhead()
    pictures = {} if head.logo is None else {"logo": head.logo}
    return rendering.pdf_of(KIND, context_of(breach, head, late=late), pictures)


def context_of(breach: Breach, head: Any, *, late: bool) -> dict[str, Any]:
    """What stands in the letter; civil servant numbers that somebody typed are masked."""
    now = clock.now()
    return {
        "head": head,
        "title": "Pemberitahuan kegagalan pelindungan data pribadi",
        "about": long_date(agency_date(now)),
        "sheet": "a4",
        "issued_at": now,
        "day": agency_date(now),
        "place": DocumentSettings.load().place,
        "zone": ZoneInfo(settings.TIME_ZONE),
        "breach": breach,
        "late": late,
        "texts": {name: without_nips(getattr(breach, name)) for name in _TEXTS},
        "addressee": without_nips(breach.addressee),
        "signature": Signature(offices=(f"Kepala {head.name}" if head.name else "Kepala Dinas",)),
    }


def without_nips(text: str) -> str:
    """Text in which every civil servant number shows its last three digits alone."""
    return _NIP.sub(lambda found: mask_nip(re.sub(r"\D", "", found.group())), text)
