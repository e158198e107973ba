"""Notices and their wordings as snippets: drafts, preview, schedule, lock and approval are Wagtail's own."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Revision
from wagtail.snippets.views.snippets import (
    ConfirmWorkflowCancellationView,
    CreateView,
    EditView,
    IndexView,
    RevisionsUnscheduleView,
    SnippetViewSet,
)

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeTemplate, StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import notices as service
from helpdesk_plugin.staff.notices import linked, stating, timeline, views
from helpdesk_plugin.staff.notices.editor import EDIT_HANDLER, WORDING_HANDLER
from helpdesk_plugin.staff.notices.policy import notice_policy
from helpdesk_plugin.staff.reference import (
    ConfirmedColumn,
    KeptPolicy,
    ReferenceViewSet,
    YesNoColumn,
)
from helpdesk_plugin.staff.standards.media import standards_media
from helpdesk_plugin.staff.standards.viewsets import LIST_TEMPLATE
from helpdesk_plugin.staff.words import moment

NOTICES = "helpdesk_notices"


def standing_of(notice: StatusNotice) -> str:
    """Whether anybody can read a notice, and where it stands, for the list."""
    phase = notice.phase_label_at(clock.now())
    return " · ".join(filter(None, (phase, _publicity(notice))))


def _publicity(notice: StatusNotice) -> str:
    """Who can read a notice of the list, without a query for each."""
    if notice.live:
        words = _("public, newer words wait") if notice.has_unpublished_changes else _("public")
    elif notice.expired:
        words = _("expired")
    else:
        words = _("not public")
    return f"{words}, {_('scheduled')}" if notice.is_scheduled else words


class NoticeUnscheduleView(RevisionsUnscheduleView):
    """Takes a revision off the schedule, and goes on to an address: a word would name a view."""

    def get_next_url(self):
        address = super().get_next_url()
        return address if "/" in address else reverse(self.history_url_name, args=[self.object.pk])


class NoticeIndexView(IndexView):
    """The notices, newest first; each leads to its page."""

    template_name = "wagtailadmin/generic/index.html"

    @cached_property
    def columns(self):
        return [column for column in super().columns if column.name != "bulk_actions"]

    def get_base_queryset(self):
        waiting = Revision.objects.filter(
            content_type=ContentType.objects.get_for_model(StatusNotice),
            object_id=Cast(OuterRef("pk"), CharField()),
            approved_go_live_at__isnull=False,
        )
        return super().get_base_queryset().annotate(is_scheduled=Exists(waiting))

    def get_edit_url(self, instance):
        return reverse(f"{NOTICES}:inspect", args=[instance.pk])

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def header_buttons(self):
        user = self.request.user
        offered = [
            (service.DRAFT, "facts", _("State facts"), "form"),
            (service.EMERGENCY, "emergency", _("Emergency line"), "warning"),
        ]
        ours = [
            HeaderButton(label, url=reverse(f"{NOTICES}:{name}"), icon_name=icon)
            for right, name, label, icon in offered
            if holds(user, right)
        ]
        return [*super().header_buttons, *ours]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context["media"] += standards_media()
        return context


class NoticeCreateView(CreateView):
    def save_instance(self):
        self.form.instance.author = self.request.user
        return super().save_instance()


class NoticeEditView(EditView):
    """The words. After saving one is back at the notice's page, where its timeline is."""


class NoticeCancellationView(ConfirmWorkflowCancellationView):
    """The question before publishing ends a workflow; Wagtail would name the workflow to everybody."""

    def dispatch(self, request, *args, **kwargs):
        if not notice_policy.user_has_permission(request.user, "publish"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class StatusNoticeViewSet(SnippetViewSet):
    """Nobody deletes a notice, and no chooser lists drafts to every user of the admin."""

    model = StatusNotice
    icon = "warning"
    menu_label = gettext_lazy("Status notices")
    url_namespace = NOTICES
    url_prefix = "helpdesk/notices"
    permission_policy = notice_policy
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    search_backend_name = None
    search_fields = ["title", "title_en"]
    list_per_page = 25
    index_view_class = NoticeIndexView
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = LIST_TEMPLATE
    add_view_class = NoticeCreateView
    edit_view_class = NoticeEditView
    inspect_view_class = views.NoticeView
    list_display = [
        "title",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("standing", label=gettext_lazy("State"), accessor=standing_of),
        Column(
            "starts_at",
            label=gettext_lazy("Begins"),
            accessor=lambda notice: moment(notice.starts_at),
            sort_key="starts_at",
        ),
    ]
    list_filter = ["kind", "live", "emergency"]
    ordering = ["-starts_at", "-pk"]
    confirm_workflow_cancellation_view_class = NoticeCancellationView
    revisions_unschedule_view_class = NoticeUnscheduleView
    edit_handler = EDIT_HANDLER

    _OURS = (
        "inspect",
        "edit",
        "history",
        "facts",
        "emergency",
        "update",
        "publish_update",
        "discard_update",
        "review",
        "linked",
        "proposal",
    )

    def get_common_view_kwargs(self, **kwargs):
        names = {f"{name}_url_name": self.get_url_name(name) for name in self._OURS}
        closed = {"delete_url_name": None}
        return super().get_common_view_kwargs(
            **{"permission_policy": notice_policy, **names, **closed, **kwargs}
        )

    def get_urlpatterns(self):
        one = f"<{self.pk_path_converter}:pk>"
        # Wagtail's delete page does not exist here; what is over is expired or withdrawn.
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in {"delete", "inspect"}]
        return [
            *kept,
            path("facts/", self.construct_view(stating.FactsView), name="facts"),
            path("emergency/", self.construct_view(stating.EmergencyView), name="emergency"),
            path(f"page/{one}/", self.construct_view(views.NoticeView), name="inspect"),
            path(f"page/{one}/update/", self.construct_view(timeline.UpdateView), name="update"),
            path(
                f"page/{one}/update/<int:update_pk>/publish/",
                self.construct_view(timeline.PublishUpdateView),
                name="publish_update",
            ),
            path(
                f"page/{one}/update/<int:update_pk>/discard/",
                self.construct_view(timeline.DiscardUpdateView),
                name="discard_update",
            ),
            path(f"page/{one}/review/", self.construct_view(timeline.ReviewView), name="review"),
            path(f"page/{one}/tickets/", self.construct_view(linked.LinkedView), name="linked"),
            path("proposal/<int:pk>/", self.construct_view(linked.ProposalView), name="proposal"),
        ]

    def register_chooser_viewset(self):
        """None: a chooser would list drafts to every user of the admin."""


class NoticeTemplateViewSet(ReferenceViewSet):
    model = NoticeTemplate
    icon = "doc-full"
    menu_label = gettext_lazy("Notice wordings")
    url_namespace = "helpdesk_notice_wordings"
    url_prefix = "helpdesk/notice-wordings"
    permission_policy = KeptPolicy(NoticeTemplate)
    list_display = [
        "name",
        "kind",
        YesNoColumn(NoticeTemplate, "emergency"),
        YesNoColumn(NoticeTemplate, "active"),
        ConfirmedColumn(),
    ]
    list_filter = ["kind", "emergency", "active"]
    search_fields = ["name", "title"]
    ordering = ["position", "name"]
    edit_handler = WORDING_HANDLER


VIEWSETS = (StatusNoticeViewSet, NoticeTemplateViewSet)
