"""Canned replies in the admin: worded by managers, looked at on a real ticket before they are used.

They may be deleted: nothing refers to a reply that was used, its words stand in the ledger.
"""

from django import forms
from django.conf import settings
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView

from helpdesk_plugin.cleaning import ParagraphsField
from helpdesk_plugin.labels import STATUS_FOR_STAFF
from helpdesk_plugin.models import CannedReply, Service, Ticket
from helpdesk_plugin.models.typed import typed_numbers
from helpdesk_plugin.staff.reference import ReferenceViewSet, YesNoColumn
from helpdesk_plugin.staff.replies import Filler
from helpdesk_plugin.staff.views.listing import staff_media

TRY_URL_NAME = "helpdesk_canned_replies:try_out"


class TryOutForm(forms.Form):
    """What of the words being written bears on how they read. Odd values mean: any."""

    text = ParagraphsField(max_length=4000)
    state = forms.ChoiceField(choices=STATUS_FOR_STAFF.items(), required=False)
    service = forms.ModelChoiceField(Service.objects.all(), required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)


class TryOutPanel(Panel):
    """In the form: see the words as they stand now, unsaved, on a ticket; opens beside the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "helpdesk_plugin/staff/includes/canned_try.html"

        @property
        def media(self):
            return super().media + staff_media()

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"try_url": reverse(TRY_URL_NAME)}


class CannedEditView(EditView):
    """The form of a reply, with the way to its preview."""

    on_ticket_url_name = None

    @cached_property
    def header_buttons(self):
        address = reverse(self.on_ticket_url_name, args=[quote(self.object.pk)])
        preview = HeaderButton(_("Preview on a ticket"), url=address, icon_name="view")
        return [*super().header_buttons, preview]


class _OnTicket(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A reply as it would read on a ticket that this officer may see: the newest that fits, or one named."""

    permission_policy = None
    index_url_name = None
    edit_url_name = None
    header_icon = "view"
    template_name = "helpdesk_plugin/staff/canned_preview.html"
    page_title = gettext_lazy("Preview on a ticket")

    def shown_on(self, reply: CannedReply, asked: str) -> dict:
        """What the page says of a reply on the ticket that was asked for. Never saved, never sent."""
        ticket = self._ticket_named(asked) if asked.strip() else self._newest(reply)
        refused = _refusals(reply)
        return {
            "reply": reply,
            "asked": asked.strip(),
            "shown": asked[:80] or (ticket.number if ticket else ""),
            "ticket": ticket,
            "status": STATUS_FOR_STAFF[ticket.state] if ticket else "",
            "refused": refused,
            "filled": Filler(ticket, self.request.user).fill(reply) if ticket and not refused else "",
            "media": staff_media(),
        }

    def _tickets(self):
        return Ticket.objects.visible_to(self.request.user).select_related("service", "opd")

    def _ticket_named(self, typed: str) -> Ticket | None:
        return self._tickets().filter(number__in=typed_numbers(typed)).first()

    def _newest(self, reply: CannedReply) -> Ticket | None:
        """The newest ticket on which the reply is offered, else the newest of all."""
        newest = self._tickets().order_by("-submitted_at", "-id")
        fitting = newest.filter(status=reply.state) if reply.state else newest
        fitting = fitting.filter(service=reply.service_id) if reply.service_id else fitting
        return fitting.first() or newest.first()

    def trail(self, *items: dict) -> list[dict]:
        """Breadcrumbs: the list of replies, then ``items``, then this page."""
        name = capfirst(CannedReply._meta.verbose_name_plural)
        listing = {"url": reverse(self.index_url_name), "label": name}
        return [*self.breadcrumbs_items, listing, *items, {"url": "", "label": self.page_title}]


def _refusals(reply: CannedReply) -> list[str]:
    """Why these words could not be saved, as sentences."""
    try:
        reply.clean()
    except ValidationError as refused:
        return refused.messages
    return []


class TryOutView(_OnTicket):
    """Words that are being written, on a real ticket; they are sent here and kept nowhere."""

    any_permission_required = ["add", "change"]
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        sent = self.request.POST
        form = TryOutForm(sent)
        form.is_valid()
        shown = self.shown_on(CannedReply(**form.cleaned_data), sent.get("try_on", ""))
        shown["refused"] = [*form.errors.get("text", []), *shown["refused"]]
        return super().get_context_data(**kwargs) | shown | {"is_try": True}


class PreviewView(BaseObjectMixin, _OnTicket):
    """A reply as it was saved."""

    model = CannedReply
    any_permission_required = ["add", "change", "view"]

    def get_base_object_queryset(self):
        return CannedReply.objects.all()

    def get_page_subtitle(self):
        return self.object.title

    def get_breadcrumbs_items(self):
        form = {"url": reverse(self.edit_url_name, args=[quote(self.object.pk)]), "label": self.object.title}
        return self.trail(form)

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("ticket", "")
        return super().get_context_data(**kwargs) | self.shown_on(self.object, asked)


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
        Column(
            "language",
            label=capfirst(CannedReply._meta.get_field("language").verbose_name),
            accessor=lambda reply: dict(settings.LANGUAGES).get(reply.language, reply.language),
            sort_key="language",
        ),
        YesNoColumn(CannedReply, "active"),
    ]
    list_filter = ["state", "service", "language", "active"]
    search_fields = ["title", "text"]
    ordering = ["position", "title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        TryOutPanel(),
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
        try_out = self.construct_view(
            TryOutView, permission_policy=self.permission_policy, index_url_name=self.get_url_name("list")
        )
        return [
            *super().get_urlpatterns(),
            path(f"on-ticket/<{self.pk_path_converter}:pk>/", view, name="on_ticket"),
            path("try-out/", try_out, name="try_out"),
        ]
