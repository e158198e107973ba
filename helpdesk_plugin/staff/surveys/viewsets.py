"""Periods and elements of the survey as snippets."""

from django.db.models import Count
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView

from helpdesk_plugin.models import SurveyElement, SurveyPeriod
from helpdesk_plugin.staff.reference import (
    ConfirmedColumn,
    KeptPolicy,
    ProposedPanel,
    ReferenceIndexView,
    ReferenceViewSet,
)
from helpdesk_plugin.staff.standards.viewsets import LIST_TEMPLATE
from helpdesk_plugin.staff.surveys import views
from helpdesk_plugin.staff.surveys.words import days_of, standing_of

PERIODS = "helpdesk_survey_periods"


def page_of(period: SurveyPeriod) -> str:
    """Address of a period's page."""
    return reverse(f"{PERIODS}:inspect", args=[period.pk])


class PeriodIndexView(ReferenceIndexView):
    """The periods, newest first; each leads to its page."""

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(respondents=Count("responses"))

    def get_edit_url(self, instance):
        return page_of(instance)

    def get_list_buttons(self, instance):
        return []


class PeriodCreateView(CreateView):
    def get_success_url(self):
        return page_of(self.object)


class PeriodEditView(EditView):
    def get_success_url(self):
        return page_of(self.object)


class SurveyPeriodViewSet(ReferenceViewSet):
    model = SurveyPeriod
    icon = "form"
    menu_label = _("Satisfaction surveys")
    url_namespace = PERIODS
    url_prefix = "helpdesk/surveys"
    permission_policy = KeptPolicy(SurveyPeriod)
    index_view_class = PeriodIndexView
    index_results_template_name = LIST_TEMPLATE
    add_view_class = PeriodCreateView
    edit_view_class = PeriodEditView
    inspect_view_enabled = True
    inspect_view_class = views.PeriodView
    list_display = [
        "title",
        Column("days", label=_("Asks about"), accessor=days_of, sort_key="first_day"),
        Column("standing", label=_("State"), accessor=standing_of),
        Column("respondents", label=_("Respondents")),
    ]
    ordering = ["-first_day", "-pk"]
    panels = [
        HelpPanel(
            _(
                "A survey begins as a draft. Open it on its page; then invite contacts (PIC) and requesters "
                "by mail, or pass the open link on."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldPanel("answers_until"),
            ],
            heading=_("Period"),
        ),
        MultiFieldPanel(
            [FieldPanel("open_link"), FieldPanel("public")],
            heading=_("Ways in and publication"),
        ),
    ]

    _OURS = ("inspect", "edit", "history", "open", "invite", "close", "raw", "worksheet")

    def get_common_view_kwargs(self, **kwargs):
        names = {f"{name}_url_name": self.get_url_name(name) for name in self._OURS}
        return super().get_common_view_kwargs(
            **{"permission_policy": self.permission_policy, **names, **kwargs}
        )

    def get_urlpatterns(self):
        one = f"<{self.pk_path_converter}:pk>"
        return [
            *super().get_urlpatterns(),
            path(f"open/{one}/", self.construct_view(views.OpenView), name="open"),
            path(f"invite/{one}/", self.construct_view(views.InviteView), name="invite"),
            path(f"close/{one}/", self.construct_view(views.CloseView), name="close"),
            path(f"raw/{one}/", self.construct_view(views.RawView), name="raw"),
            path(f"worksheet/{one}/", self.construct_view(views.WorksheetView), name="worksheet"),
        ]

    @property
    def inspect_view(self):
        return self.construct_view(self.inspect_view_class)


class SurveyElementViewSet(ReferenceViewSet):
    """The nine elements are given by the regulation: worded anew, never added to."""

    model = SurveyElement
    icon = "list-ol"
    menu_label = _("Elements of the survey")
    url_namespace = "helpdesk_survey_elements"
    url_prefix = "helpdesk/survey-elements"
    permission_policy = KeptPolicy(SurveyElement, fixed=True)
    index_results_template_name = LIST_TEMPLATE
    list_display = ["code", "name", "question", ConfirmedColumn()]
    search_fields = ["name", "question"]
    ordering = ["code"]
    panels = [
        ProposedPanel(),
        FieldPanel("code", read_only=True),
        FieldPanel("name"),
        FieldPanel("question"),
        FieldPanel("hint"),
        MultiFieldPanel(
            [FieldPanel(f"answer_{n}") for n in (1, 2, 3, 4)] + [FieldPanel("preset")],
            heading=_("Answers"),
        ),
        FieldPanel("required"),
        FieldPanel("confirmed"),
    ]


VIEWSETS = (SurveyPeriodViewSet, SurveyElementViewSet)
