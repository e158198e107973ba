"""What Wagtail's home says of the desk."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.admin.menu import MenuItem, admin_menu, reports_menu
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import SavedView, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import STAFF_ACTS, may_take
from helpdesk_plugin.staff.due import due_of
from helpdesk_plugin.staff.my_work import Heap, MyWork, list_url
from helpdesk_plugin.staff.views.listing import staff_media
from helpdesk_plugin.staff.viewsets import HelpDeskGroup

#: Tickets that home shows by themselves.
NEXT_UP = 6


class _TicketPanel(Component):
    """What home says of tickets to one person, with a search for them.

    Wagtail's own search there is for pages: to somebody who may open none it is a closed door, and goes.
    """

    order = 20

    def __init__(self, user) -> None:
        self.user = user

    @property
    def media(self):
        return staff_media()

    def get_context_data(self, parent_context):
        return {"index_url": list_url(), "no_pages": parent_context.get("root_page") is None}


class MyWorkPanel(_TicketPanel):
    """An officer's heaps with their counts, and the tickets to begin with, each one press away."""

    template_name = "helpdesk_plugin/staff/work_panel.html"

    def get_context_data(self, parent_context):
        work = MyWork(self.user)
        return super().get_context_data(parent_context) | {
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
        }


class OversightPanel(_TicketPanel):
    """For those who watch and do not act: how the desk stands, and the way to every report and register."""

    template_name = "helpdesk_plugin/staff/oversight_panel.html"
    #: What somebody without work of their own asks about.
    HEAPS = (None, Heap.DUE_SOON, Heap.LATE, Heap.WAITING)

    def __init__(self, request) -> None:
        super().__init__(request.user)
        self.request = request

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {
            "tabs": [tab for tab in MyWork(self.user).tabs() if tab.heap in self.HEAPS],
            "ways": list(self._ways()),
        }

    def _ways(self) -> Iterator[MenuItem]:
        """The lines of the menus that this person is shown, but for the tickets themselves."""
        for item in reports_menu.menu_items_for_request(self.request):
            if item.name.startswith("helpdesk"):
                yield item
        for group in admin_menu.menu_items_for_request(self.request):
            if group.name == HelpDeskGroup.menu_name:
                yield from group.menu.menu_items_for_request(self.request)[1:]


def add_tickets(request, panels) -> None:
    """Put the panel on the home of those who see tickets: their work, or what there is to watch."""
    user = request.user
    if not holds(user, "helpdesk_plugin.view_ticket"):
        return
    acts = any(may_take(user, act, None) for act in STAFF_ACTS)
    panels.append(MyWorkPanel(user) if acts else OversightPanel(request))


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
