"""What the views of one ticket share: whom they show it to, and the way back to it."""

from http import HTTPStatus

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from helpdesk_plugin.models import Ticket
from helpdesk_plugin.staff.security_lane import note_look
from helpdesk_plugin.staff.views.listing import staff_media


class OneTicketMixin(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin):
    """A view of one ticket. Unknown and confidential ones answer alike: 404."""

    model = None
    permission_policy = None
    any_permission_required = ["view"]
    index_url_name = None
    inspect_url_name = None
    history_url_name = None
    act_url_name = None
    download_url_name = None
    deadlines_url_name = None
    documents_url_name = None
    header_icon = "clipboard-list"

    def get_base_object_queryset(self):
        joined = ("service", "opd", "assignee", "registered_by", "closed_by", "merged_into", "sop_version")
        return Ticket.objects.visible_to(self.request.user).select_related(*joined)

    def dispatch(self, request, *args, **kwargs):
        """Answer, and write down who has looked if the ticket is confidential."""
        response = super().dispatch(request, *args, **kwargs)
        # A part of a page that says nothing of the ticket itself is no look at it.
        if response.status_code == HTTPStatus.OK and not getattr(response, "is_no_look", False):
            note_look(self.object, request.user, request.resolver_match.url_name)
        return response

    @cached_property
    def ticket_url(self) -> str:
        return reverse(self.inspect_url_name, args=[quote(self.object.pk)])

    @cached_property
    def history_url(self) -> str:
        return reverse(self.history_url_name, args=[quote(self.object.pk)])

    def act_url(self, name: str) -> str:
        """Where the form of an act is."""
        return reverse(self.act_url_name, args=[quote(self.object.pk), name])

    def get_breadcrumbs_items(self):
        """The list, the ticket, this page."""
        listing = {"url": reverse(self.index_url_name), "label": capfirst(Ticket._meta.verbose_name_plural)}
        ticket = {"url": self.ticket_url, "label": self.object.number}
        return [*self.breadcrumbs_items, listing, ticket, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self):
        return self.object.number

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"ticket": self.object, "media": staff_media() + context.get("media", staff_media())}
