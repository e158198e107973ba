"""How the deadlines of a ticket were counted: on demand, day by day."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from helpdesk_plugin.staff.deadlines import Deadlines
from helpdesk_plugin.staff.views.base import OneTicketMixin


class DeadlinesView(OneTicketMixin, TemplateView):
    """For officers who may see the ticket; reading changes nothing."""

    template_name = "helpdesk_plugin/staff/deadlines.html"
    page_title = _("How the deadlines are counted")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"deadlines": Deadlines(self.object)}
