"""Tanda terima (S1): that a request was received, when, and how it is followed.

The tracking code is stored nowhere, so it stands only on the sheet that is drawn for the requester's own
browser and kept by nobody. The one that the desk issues and stores goes without.
"""

import io

import segno
from django.urls import reverse

from helpdesk_plugin import conf
from helpdesk_plugin.documents.people import Signatories
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, Ticket
from helpdesk_plugin.models.privacy import privacy_notice


def facts_of(ticket: Ticket, slip: Slip) -> Sketch:
    """The receipt as the desk issues it, signed by the officer who does."""
    return sketch(slip, ticket.number, _facts(ticket) | {"receiver": _receiver(slip)})


def facts_for_requester(ticket: Ticket, *, code: str, link: str) -> Sketch:
    """The receipt with tracking code, and ``link`` as QR code, for a browser that the ticket is open to."""
    slip = Slip(PaperKind.RECEIPT, ticket.submitted_at, None)
    pictures = {"qr": (_qr_code(link), "image/png")}
    return sketch(slip, ticket.number, _facts(ticket) | {"code": code, "qr": True}, pictures=pictures)


def _facts(ticket: Ticket) -> dict:
    settings, agency = HelpDeskSettings.load(), AgencyProfile.load()
    filed = ticket.events.order_by("at", "id").first()
    return {
        "ticket": ticket,
        # As on the receipt's page: of a confidential matter the sheet says nothing but number and time.
        "is_confidential": ticket.security_flag,
        "files": filed.attachments.count() if filed else 0,
        "tracker_url": conf.public_address(reverse("helpdesk:track")),
        "privacy": privacy_notice(settings, agency),
        "privacy_version": ticket.privacy_version,
    }


def _qr_code(link: str) -> bytes:
    drawn = io.BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="png", scale=10, border=2)
    return drawn.getvalue()


def _receiver(slip: Slip):
    return Signatories([slip.by]).signature(slip.by, heading="Yang menerima")
