"""The receipt: number, code, what happens next and when, how to reach a human; made to be printed.

The printed sheet belongs to the requester: it carries the tracking code, and its QR code holds the link of
the mails, which opens exactly what number and code open. Whoever may read the page may have both; it is
drawn for browsers that the ticket is open to, and for nobody else. So the sheet says to keep it like a key.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from helpdesk_plugin import conf
from helpdesk_plugin.documents import issuing, library
from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings
from helpdesk_plugin.portal import access, hours, wording
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.qr import qr_code
from helpdesk_plugin.portal.throttling import RECEIPTS, minutes


@portal_view()
def receipt(request, number):
    """/tiket/<number>/tanda-terima/: shown after filing, and again to whoever may open the ticket."""
    ticket = access.open_ticket(request, number)
    settings, agency = HelpDeskSettings.load(request), AgencyProfile.load(request)
    context = {
        "can_draw": library.is_there(),
        "ticket": ticket,
        "code": ticket.access.code,
        # As in the mails: what is printed must be right wherever it is read.
        "tracker_url": conf.public_address(reverse("helpdesk:track")),
        "qr": qr_code(_link(ticket)),
        "privacy_notice": wording.privacy_notice(settings, agency),
        "privacy_version": settings.privacy_version,
        "on_call": hours.on_call_for(ticket, agency),
    }
    return show(request, "receipt.html", context)


@portal_view()
def receipt_pdf(request, number):
    """/tiket/<number>/tanda-terima.pdf: the same sheet under the agency's letterhead, drawn anew each time.

    It carries the tracking code and is therefore kept nowhere; drawing it costs time, so it has a limit.
    """
    ticket = access.open_ticket(request, number)
    slot = RECEIPTS.take(request)
    if slot.refused:
        text = _("Too many sheets were asked for. Try again in %(n)d minutes.") % {"n": minutes(slot.wait)}
        return show(request, "sentence.html", {"title": _("Receipt"), "text": text}, status=429)
    try:
        drawn = issuing.receipt_for_requester(ticket, code=ticket.access.code, link=_link(ticket))
    except library.CannotDraw:
        # The page before can be printed as well, and says all of it.
        return redirect("helpdesk:receipt", number=ticket.number)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="tanda-terima-{ticket.number}.pdf"'
    return response


def _link(ticket) -> str:
    """The address that opens a ticket without typing."""
    return conf.public_address(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
