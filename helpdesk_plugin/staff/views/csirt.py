"""The hand-over sheet of a confidential ticket to the incident response team (CSIRT): one sheet to print."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from helpdesk_plugin import clock
from helpdesk_plugin.models import AgencyProfile
from helpdesk_plugin.staff.desk import Desk
from helpdesk_plugin.staff.security_lane import SecurityLane
from helpdesk_plugin.staff.views.base import OneTicketMixin


class CsirtSheetView(OneTicketMixin, TemplateView):
    """What the team needs to go on: who, what, when, what was done. Never kept by the browser."""

    template_name = "helpdesk_plugin/staff/csirt.html"
    page_title = _("Hand-over sheet to the CSIRT")

    def dispatch(self, request, *args, **kwargs):
        if not self.object.security_flag:
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs):
        desk = Desk(self.object, self.request.user)
        return super().get_context_data(**kwargs) | {
            "desk": desk,
            "lane": SecurityLane(self.object, desk.events),
            "agency": AgencyProfile.load(),
            "printed_at": clock.now(),
            "ticket_url": self.ticket_url,
            "title": self.page_title,
        }
