"""Canned replies in the admin: worded by managers, looked at on a real ticket before they are used.

They may be deleted: nothing refers to a reply that was used, its words stand in the ledger.
"""

from django import forms
from django.conf import settings
from django.contrib.admin.utils import quote
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView

from helpdesk_plugin.labels import STATUS_FOR_STAFF
from helpdesk_plugin.models import CannedReply, Ticket
from helpdesk_plugin.models.typed import typed_numbers
from helpdesk_plugin.staff.reference import ReferenceViewSet
from helpdesk_plugin.staff.replies import Filler
from helpdesk_plugin.staff.views.listing import staff_media


class CannedEditView(EditView):
    """The form of a reply, with the way to its preview."""

    on_ticket_url_name = None

    @cached_property
    def header_buttons(self):
        address = reverse(self.on_ticket_url_name, args=[quote(self.object.pk)])
        preview = HeaderButton(_("Preview on a ticket"), url=address, icon_name="view")
        return [*super().header_buttons, preview]


class PreviewView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """A reply as it would read on a ticket that this officer may see: the newest that fits, or one named."""

    model = CannedReply
    permission_policy = None
    any_permission_required = ["add", "change", "view"]
    index_url_name = None
    edit_url_name = None
    header_icon = "view"
    template_name = "helpdesk_plugin/staff/canned_preview.html"
    page_title = gettext_lazy("Preview on a ticket")

    def get_base_object_queryset(self):
        return CannedReply.objects.all()

    def get_page_subtitle(self):
        return self.object.title

    def get_breadcrumbs_items(self):
        name = capfirst(CannedReply._meta.verbose_name_plural)
        listing = {"url": reverse(self.index_url_name), "label": name}
        form = {"url": reverse(self.edit_url_name, args=[quote(self.object.pk)]), "label": self.object.title}
        return [*self.breadcrumbs_items, listing, form, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("ticket", "")
        ticket = self._ticket_named(asked) if asked.strip() else self._newest()
        filled = Filler(ticket, self.request.user).fill(self.object) if ticket else ""
        return super().get_context_data(**kwargs) | {
            "asked": asked.strip(),
            "shown": asked[:80] or (ticket.number if ticket else ""),
            "ticket": ticket,
            "status": STATUS_FOR_STAFF[ticket.state] if ticket else "",
            "filled": filled,
            "media": staff_media(),
        }

    def _tickets(self):
        return Ticket.objects.visible_to(self.request.user).select_related("service", "opd")

    def _ticket_named(self, typed: str) -> Ticket | None:
        return self._tickets().filter(number__in=typed_numbers(typed)).first()

    def _newest(self) -> Ticket | None:
        """The newest ticket on which the reply is offered, else the newest of all."""
        reply, newest = self.object, self._tickets().order_by("-submitted_at", "-id")
        fitting = newest.filter(status=reply.state) if reply.state else newest
        fitting = fitting.filter(service=reply.service_id) if reply.service_id else fitting
        return fitting.first() or newest.first()


class CannedReplyViewSet(ReferenceViewSet):
    model = CannedReply
    icon = "comment"
    menu_label = gettext_lazy("Canned replies")
    url_namespace = "helpdesk_canned_replies"
    url_prefix = "helpdesk/canned-replies"
    edit_view_class = CannedEditView
    list_display = [
        "title",
        Column(
            "state",
            label=gettext_lazy("Status"),
            accessor=lambda reply: reply.get_state_display() or _("any"),
            sort_key="state",
        ),
        Column(
            "service",
            label=gettext_lazy("Service"),
            accessor=lambda reply: reply.service.name if reply.service_id else _("any"),
        ),
        "language",
        "active",
    ]
    list_filter = ["state", "service", "language", "active"]
    search_fields = ["title", "text"]
    ordering = ["position", "title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("service")]),
        FieldRowPanel(
            [
                FieldPanel("language", widget=forms.Select(choices=settings.LANGUAGES)),
                FieldPanel("position"),
            ]
        ),
        FieldPanel("active"),
    ]

    def get_queryset(self, request):
        return CannedReply.objects.select_related("service")

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(on_ticket_url_name=self.get_url_name("on_ticket"), **kwargs)

    def get_urlpatterns(self):
        view = self.construct_view(
            PreviewView,
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("list"),
            edit_url_name=self.get_url_name("edit"),
        )
        preview = path(f"on-ticket/<{self.pk_path_converter}:pk>/", view, name="on_ticket")
        return [*super().get_urlpatterns(), preview]
