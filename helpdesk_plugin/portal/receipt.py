"""The receipt: number, code, what happens next and when, how to reach a human; made to be printed."""

from django.urls import reverse

from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings
from helpdesk_plugin.portal import access, wording
from helpdesk_plugin.portal.pages import portal_view, show


@portal_view()
def receipt(request, number):
    """/tiket/<number>/tanda-terima/: shown after filing, and again to whoever may open the ticket."""
    ticket = access.open_ticket(request, number)
    settings = HelpDeskSettings.load(request)
    context = {
        "ticket": ticket,
        "code": ticket.access.code,
        "tracker_url": request.build_absolute_uri(reverse("helpdesk:track")),
        "privacy_notice": wording.privacy_notice(settings, AgencyProfile.load(request)),
    }
    return show(request, "receipt.html", context)
