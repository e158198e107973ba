"""What Wagtail's home says of the desk."""

from django.urls import reverse
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import SavedView, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import STAFF_ACTS, may_take
from helpdesk_plugin.staff.due import due_of
from helpdesk_plugin.staff.my_work import MyWork, list_url
from helpdesk_plugin.staff.views.listing import staff_media

#: Tickets that home shows by themselves.
NEXT_UP = 6


class MyWorkPanel(Component):
    """An officer's heaps with their counts, and the tickets to begin with, each one press away."""

    order = 20
    template_name = "helpdesk_plugin/staff/work_panel.html"

    def __init__(self, user) -> None:
        self.user = user

    @property
    def media(self):
        return staff_media()

    def get_context_data(self, parent_context):
        work = MyWork(self.user)
        return {
            "tabs": [tab for tab in work.tabs() if tab.heap],
            "next_up": [
                (
                    ticket,
                    reverse("helpdesk_tickets:inspect", args=[ticket.pk]),
                    due_of(ticket, work.now, work.hours),
                    labels.STATUS_FOR_STAFF[ticket.state],
                )
                for ticket in work.next_up(NEXT_UP)
            ],
            "own_lists": list(SavedView.objects.filter(officer=self.user)),
            "index_url": list_url(),
        }


def add_my_work(request, panels) -> None:
    """Put the panel on the home of those who see tickets and may do something with them."""
    user = request.user
    if holds(user, "helpdesk_plugin.view_ticket") and any(may_take(user, act, None) for act in STAFF_ACTS):
        panels.append(MyWorkPanel(user))


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
    """Put the inbox before the numbers of pages and pictures."""
    items.append(AwaitingDisposition(request))
