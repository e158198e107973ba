"""What Wagtail's home says of the desk."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from wagtail.admin.site_summary import SummaryItem

from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Ticket, roles_of
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import may_take


class WaitingForMe(SummaryItem):
    """How many tickets lie on the desk of the offices that this officer holds, with the way to them."""

    order = 50
    template_name = "helpdesk_plugin/staff/home_summary.html"

    @cached_property
    def _roles(self):
        held = roles_of(self.request.user)
        return [role for role in SOP_STAFF_ROLES if role in held]

    def is_shown(self):
        return holds(self.request.user, "helpdesk_plugin.view_ticket") and bool(self._roles)

    def get_context_data(self, parent_context):
        waiting = Ticket.objects.visible_to(self.request.user).held_by(self._roles).count()
        query = urlencode({"desk": [role.value for role in self._roles]}, doseq=True)
        return {"waiting": waiting, "url": f"{reverse('helpdesk_tickets:list')}?{query}"}


class AwaitingDisposition(SummaryItem):
    """The way to the inbox of dispositions, for those who give them."""

    order = 40
    template_name = "helpdesk_plugin/staff/inbox_summary.html"

    def is_shown(self):
        return may_take(self.request.user, Step.DISPOSE, None)

    def get_context_data(self, parent_context):
        waiting = Ticket.objects.visible_to(self.request.user).awaiting_disposition().count()
        return {"waiting": waiting, "url": reverse("helpdesk_tickets:inbox")}


def add_summary(request, items) -> None:
    """Put the counts before the numbers of pages and pictures."""
    items += [AwaitingDisposition(request), WaitingForMe(request)]
