"""The ticket on paper (A4). Internal parts are printed only when they were asked for."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from helpdesk_plugin import clock, labels
from helpdesk_plugin.models import AgencyProfile
from helpdesk_plugin.staff.desk import Desk
from helpdesk_plugin.staff.views.base import OneTicketMixin
from helpdesk_plugin.staff.views.listing import desk_media


class PrintView(OneTicketMixin, TemplateView):
    """A sheet to file or to carry along. Without ``internal=1`` it holds what the requester may read too."""

    template_name = "helpdesk_plugin/staff/print.html"
    page_title = _("Print")

    def get_context_data(self, **kwargs):
        desk = Desk(self.object, self.request.user)
        internal = self.request.GET.get("internal") == "1"
        entries = [entry for entry in desk.timeline if internal or not entry.is_internal]
        context = super().get_context_data(**kwargs)
        return context | {
            # The button that prints is shown by the script.
            "media": context["media"] + desk_media(),
            "desk": desk,
            "internal": internal,
            "entries": entries[::-1],
            "agency": AgencyProfile.load(),
            "status": labels.STATUS_FOR_STAFF[self.object.state],
            "printed_at": clock.now(),
            "ticket_url": self.ticket_url,
        }
