"""What the agency owns and edits in forms: services, texts of messages; and what such screens share."""

from functools import cached_property

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import act_named
from helpdesk_plugin.models import MessageText, Service
from helpdesk_plugin.models.questions import MAX_QUESTIONS
from helpdesk_plugin.notifications.decisions import SURVEY_REMINDER, Audience
from helpdesk_plugin.staff.views.listing import staff_media
from helpdesk_plugin.staff.views.service_history import ServiceHistoryView

PROPOSED = _("proposed, not yet approved")


class KeptPolicy(ModelPermissionPolicy):
    """Reference data that tickets refer to: it is taken out of use, never deleted.

    ``fixed``: the rows are given by the procedure, so none is added either.
    """

    def __init__(self, model: type[models.Model], *, fixed: bool = False) -> None:
        super().__init__(model)
        self._closed = {"add", "delete"} if fixed else {"delete"}

    def user_has_permission(self, user, action):
        return action not in self._closed and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class ConfirmedColumn(Column):
    """Whether the agency has confirmed a value that was proposed."""

    cell_template_name = "helpdesk_plugin/staff/cells/confirmed.html"

    def __init__(self, **kwargs):
        super().__init__("confirmed", label=_("Approval"), sort_key="confirmed", **kwargs)


class YesNoColumn(Column):
    """A yes-or-no field in words."""

    def __init__(self, model, name: str, **kwargs):
        label = capfirst(model._meta.get_field(name).verbose_name)
        super().__init__(name, label=label, sort_key=name, **kwargs)

    def get_value(self, instance):
        return gettext("Yes") if super().get_value(instance) else gettext("No")


class ProposedPanel(HelpPanel):
    """Says above a form that its values await approval; silent once they are confirmed."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "template": "helpdesk_plugin/staff/proposed_panel.html"})

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and not self.instance.confirmed


class ReferenceIndexView(IndexView):
    """A list without checkboxes: nothing is done in bulk here."""

    template_name = "wagtailadmin/generic/index.html"

    @cached_property
    def columns(self):
        return super().columns[1:]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context["media"] += staff_media()
        return context


class ReferenceViewSet(SnippetViewSet):
    """A snippet of the agency's data: no chooser, which any user of the admin could open; no copies."""

    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    index_view_class = ReferenceIndexView
    index_template_name = "wagtailadmin/generic/index.html"

    def register_chooser_viewset(self):
        """None."""


#: A question of a service, in the order in which one makes it up.
QUESTION_PANELS = [
    FieldPanel("label"),
    FieldPanel("help_text"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("asked_for")]),
    FieldPanel("options"),
    FieldRowPanel([FieldPanel("required"), FieldPanel("position")]),
    *(FieldPanel(name) for name in ("stop_answers", "stop_text", "stop_link", "stop_blocks")),
    FieldPanel("confirmed"),
]


class ServiceViewSet(ReferenceViewSet):
    model = Service
    icon = "list-ul"
    menu_label = _("Service catalogue")
    url_namespace = "helpdesk_services"
    url_prefix = "helpdesk/services"
    permission_policy = KeptPolicy(Service)
    history_view_class = ServiceHistoryView
    list_display = [
        "name",
        "code",
        "category",
        "usual_kind",
        YesNoColumn(Service, "active"),
        ConfirmedColumn(),
    ]
    list_filter = ["category", "usual_kind", "active", "confirmed"]
    search_fields = ["code", "name"]
    ordering = ["position", "code"]
    panels = [
        ProposedPanel(),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("category"), FieldPanel("usual_kind")]),
                FieldPanel("active"),
                FieldPanel("confirmed"),
            ],
            heading=_("The service"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("default_impact"), FieldPanel("default_urgency")]),
                FieldPanel("recovery_minutes"),
                FieldPanel("is_security"),
                FieldPanel("central_operator"),
            ],
            heading=_("Priority and promise"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("hint", "self_check", "product", "search_words")],
            heading=_("What the requester reads"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("letter_rule"),
                InlinePanel(
                    "documents",
                    label=_("Required document"),
                    panels=[
                        FieldPanel("name"),
                        FieldRowPanel([FieldPanel("required"), FieldPanel("position")]),
                    ],
                ),
            ],
            heading=_("Required documents"),
        ),
        InlinePanel(
            "questions",
            heading=_("Questions on the form"),
            label=_("Question"),
            help_text=_(
                "Asked besides the facts that every request has. Tickets keep the questions as they were "
                "asked; a change counts for new ones."
            ),
            max_num=MAX_QUESTIONS,
            panels=QUESTION_PANELS,
        ),
    ]

    @property
    def history_view(self):
        return self.construct_view(
            self.history_view_class,
            permission_policy=self.permission_policy,
            edit_url_name=self.get_url_name("edit"),
        )

    @property
    def history_results_view(self):
        """The same page: Wagtail would build this one without asking for permission."""
        return self.history_view


def message_in_words(kind: str) -> str:
    """A kind of message as people call it: who reads it, and after which act."""
    if kind == SURVEY_REMINDER:
        return str(_("To the invited: reminder of a survey"))
    audience, _dot, act = kind.partition(".")
    try:
        return f"{_AUDIENCES[Audience(audience)]}: {labels.ACT_DONE[act_named(act)]}"
    except ValueError:
        return kind


_AUDIENCES = {Audience.REQUESTER: _("To the requester"), Audience.DESK: _("To officers")}


class MessageTextViewSet(ReferenceViewSet):
    """The texts exist, one for each kind of message and language; the agency words them."""

    model = MessageText
    icon = "mail"
    menu_label = _("Message texts")
    url_namespace = "helpdesk_message_texts"
    url_prefix = "helpdesk/message-texts"
    permission_policy = KeptPolicy(MessageText, fixed=True)
    list_display = [
        Column(
            "kind", label=_("Message"), accessor=lambda text: message_in_words(text.kind), sort_key="kind"
        ),
        "subject",
        "language",
        ConfirmedColumn(),
    ]
    list_filter = ["language", "confirmed"]
    search_fields = ["kind", "subject", "body"]
    panels = [
        ProposedPanel(),
        FieldPanel("kind", read_only=True),
        FieldPanel("language", read_only=True),
        FieldPanel("subject"),
        FieldPanel("body"),
        FieldPanel("confirmed"),
    ]
