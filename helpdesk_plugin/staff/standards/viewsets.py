"""Versions of the SOP and their steps as snippets: lists, and the forms of drafts."""

from django.contrib.admin.utils import quote
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import SopVersion, StepStandard
from helpdesk_plugin.models.standards import IN_USE
from helpdesk_plugin.staff.reference import (
    ConfirmedColumn,
    KeptPolicy,
    ReferenceIndexView,
    ReferenceViewSet,
)
from helpdesk_plugin.staff.standards import views
from helpdesk_plugin.staff.standards.forms import StepStandardForm

VERSIONS = "helpdesk_sop_versions"

#: Lists whose rows become cards on narrow screens.
LIST_TEMPLATE = "helpdesk_plugin/staff/standards/list_results.html"


def page_of(version_pk: int, code: str = "") -> str:
    """Address of a version's page, at one of its steps if ``code`` names one."""
    address = reverse(f"{VERSIONS}:inspect", args=[quote(version_pk)])
    return f"{address}#step-{code}" if code else address


class DraftPanel(HelpPanel):
    """Says above a form until when it may be edited, and what becomes of an approval."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "template": "helpdesk_plugin/staff/standards/draft_panel.html"})

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            version = getattr(self.instance, "version", self.instance)
            told = {"version": version, "page_url": page_of(version.pk)}
            return super().get_context_data(parent_context) | told


class _DraftEditView(EditView):
    """The form of a draft. What is in use is shown for reading, on the page of its version."""

    def version_and_step(self) -> tuple[SopVersion, str]:
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        version, code = self.version_and_step()
        if version.is_in_use:
            return redirect(page_of(version.pk, code))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        version, code = self.version_and_step()
        if version.is_in_use:
            messages.error(request, str(IN_USE))
            return redirect(page_of(version.pk, code))
        return super().post(request, *args, **kwargs)

    def get_success_url(self):
        version, code = self.version_and_step()
        return page_of(version.pk, code)


class VersionEditView(_DraftEditView):
    def version_and_step(self):
        return self.object, ""


class StepEditView(_DraftEditView):
    def version_and_step(self):
        return self.object.version, self.object.code


def standing_of(version: SopVersion) -> str:
    """Whether a version of the list is a draft, in force, or replaced."""
    if version.is_draft:
        return _("draft")
    return _("replaced") if version.is_replaced else _("in force")


class VersionIndexView(ReferenceIndexView):
    """The versions, newest first; each leads to its page."""

    def get_base_queryset(self):
        today = agency_date(clock.now())
        begun = Q(in_force_from__lte=today)
        later = SopVersion.objects.filter(begun, in_force_from__gt=OuterRef("in_force_from"))
        return (
            super()
            .get_base_queryset()
            .annotate(
                proposed_steps=Count("steps", filter=Q(steps__confirmed=False)),
                is_replaced=Exists(later),
                is_draft=Exists(SopVersion.objects.drafts().filter(pk=OuterRef("pk"))),
            )
        )

    def get_edit_url(self, instance):
        return page_of(instance.pk)

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def header_buttons(self):
        compare = reverse(f"{VERSIONS}:compare")
        return [HeaderButton(_("Compare versions"), url=compare, icon_name="table")]


class SopVersionViewSet(ReferenceViewSet):
    """No version is added from nothing: it would have no steps. The next one is made from another."""

    model = SopVersion
    icon = "doc-full"
    menu_label = gettext_lazy("Versions of the SOP")
    url_namespace = VERSIONS
    url_prefix = "helpdesk/sop-versions"
    permission_policy = KeptPolicy(SopVersion, fixed=True)
    index_view_class = VersionIndexView
    index_results_template_name = LIST_TEMPLATE
    inspect_view_enabled = True
    inspect_view_class = views.VersionView
    edit_view_class = VersionEditView
    list_display = [
        "__str__",
        "in_force_from",
        Column("standing", label=gettext_lazy("State"), accessor=standing_of),
        ConfirmedColumn(accessor=lambda version: version.confirmed and not version.proposed_steps),
    ]
    panels = [
        DraftPanel(),
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("in_force_from")]),
                FieldPanel("document_number"),
                FieldRowPanel([FieldPanel("made_on"), FieldPanel("revised_on"), FieldPanel("effective_on")]),
                FieldPanel("approved_by"),
            ],
            heading=gettext_lazy("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("legal_basis", "qualifications", "related", "equipment", "warning", "records")
            ],
            heading=gettext_lazy("Content of the SOP"),
        ),
    ]

    def get_common_view_kwargs(self, **kwargs):
        ours = ("inspect", "edit", "history", "succeed", "confirm", "discard", "compare")
        names = {f"{name}_url_name": self.get_url_name(name) for name in ours}
        return super().get_common_view_kwargs(
            **{"permission_policy": self.permission_policy, **names, **kwargs}
        )

    def get_urlpatterns(self):
        one = f"<{self.pk_path_converter}:pk>"
        return [
            *super().get_urlpatterns(),
            path("compare/", self.construct_view(views.CompareView), name="compare"),
            path(f"succeed/{one}/", self.construct_view(views.SucceedView), name="succeed"),
            path(f"confirm/{one}/", self.construct_view(views.ConfirmView), name="confirm"),
            path(f"discard/{one}/", self.construct_view(views.DiscardView), name="discard"),
        ]

    @property
    def inspect_view(self):
        return self.construct_view(self.inspect_view_class)


class StepStandardViewSet(ReferenceViewSet):
    """The steps are given by the procedure: those of a draft are edited, none is added."""

    model = StepStandard
    icon = "tasks"
    menu_label = gettext_lazy("Step standards")
    url_namespace = "helpdesk_step_standards"
    url_prefix = "helpdesk/step-standards"
    permission_policy = KeptPolicy(StepStandard, fixed=True)
    edit_view_class = StepEditView
    index_results_template_name = LIST_TEMPLATE
    list_display = ["name", "code", "role", "version", ConfirmedColumn()]
    list_filter = ["version", "role", "confirmed"]
    search_fields = ["code", "name", "activity"]
    ordering = ["-version__number", "position"]
    edit_handler = ObjectList(
        [
            DraftPanel(),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("code", read_only=True), FieldPanel("version", read_only=True)]
                    ),
                    FieldPanel("name"),
                    FieldPanel("activity"),
                    FieldRowPanel([FieldPanel("role"), FieldPanel("role_note")]),
                ],
                heading=gettext_lazy("The step"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("requirements"),
                    FieldRowPanel([FieldPanel("minutes_p1"), FieldPanel("minutes_p2")]),
                    FieldRowPanel([FieldPanel("minutes_p3"), FieldPanel("minutes_p4")]),
                    FieldPanel("output"),
                    FieldPanel("remark"),
                ],
                heading=gettext_lazy("Quality standard: requirements, time, output"),
            ),
        ],
        base_form_class=StepStandardForm,
    )


VIEWSETS = (SopVersionViewSet, StepStandardViewSet)
