"""A version of the SOP on paper: identity and the standard (*mutu baku*) of each step.

It is no document that is issued: it has no number and nobody signs it here. What is dated is the day on which
the version came into force, so that the same version always gives the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin.calendars import agency_zone
from helpdesk_plugin.documents import rendering
from helpdesk_plugin.documents.letterhead import letterhead
from helpdesk_plugin.models import SopVersion, StepStandard

KIND = "sop_version"
#: The identity block: heading and the field of the version behind it.
_IDENTITY = {
    "Nomor SOP": "document_number",
    "Tanggal pembuatan": "made_on",
    "Tanggal revisi": "revised_on",
    "Tanggal efektif": "effective_on",
    "Disahkan oleh": "approved_by",
    "Dasar hukum": "legal_basis",
    "Kualifikasi pelaksana": "qualifications",
    "Keterkaitan": "related",
    "Peralatan/perlengkapan": "equipment",
    "Peringatan": "warning",
    "Pencatatan dan pendataan": "records",
}


def draw_version(version: SopVersion, steps: Sequence[StepStandard]) -> bytes:
    """Draw a version with its steps as PDF. Raises CannotDraw where no PDF can be drawn."""
    head = letterhead()
    pictures = {} if head.logo is None else {"logo": head.logo}
    context = {
        "head": head,
        "title": version.title,
        "about": f"versi {version.number}",
        "sheet": "a4_landscape",
        "issued_at": datetime.combine(version.in_force_from, time(), agency_zone()),
        "zone": ZoneInfo(settings.TIME_ZONE),
        "version": version,
        "identity": [(heading, getattr(version, field)) for heading, field in _IDENTITY.items()],
        "steps": steps,
    }
    return rendering.pdf_of(KIND, context, pictures)
