"""The receipt: number, code, what happens next and when, how to reach a human; made to be printed.

The printed sheet belongs to the requester: it carries the tracking code, and its QR code holds the link of
the mails, which opens exactly what number and code open. Whoever may read the page may have both; it is
drawn for browsers that the ticket is open to, and for nobody else. So the sheet says to keep it like a key.
"""

from django.urls import reverse

from helpdesk_plugin import conf
from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings
from helpdesk_plugin.portal import access, hours, wording
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.qr import qr_code


@portal_view()
def receipt(request, number):
    """/tiket/<number>/tanda-terima/: shown after filing, and again to whoever may open the ticket."""
    ticket = access.open_ticket(request, number)
    settings, agency = HelpDeskSettings.load(request), AgencyProfile.load(request)
    site = conf.base_url()
    context = {
        "ticket": ticket,
        "code": ticket.access.code,
        # As in the mails: what is printed must be right wherever it is read.
        "tracker_url": site + reverse("helpdesk:track"),
        "qr": qr_code(site + reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token])),
        "privacy_notice": wording.privacy_notice(settings, agency),
        "privacy_version": settings.privacy_version,
        "on_call": hours.on_call_for(ticket, agency),
    }
    return show(request, "receipt.html", context)
