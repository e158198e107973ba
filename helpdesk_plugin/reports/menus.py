"""Addresses and menu lines of the reports."""

from collections.abc import Callable

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.reports.views import base, exports, papers
from helpdesk_plugin.reports.views.exports import ExportFileView, ExportsView, ExportView
from helpdesk_plugin.reports.views.overview import OverviewView
from helpdesk_plugin.reports.views.papers import (
    PaperIssueView,
    PaperPreviewView,
    PapersView,
    PaperView,
    PaperWithdrawView,
)
from helpdesk_plugin.reports.views.register import RegisterView
from helpdesk_plugin.reports.views.steps import PassesView, StepsView
from helpdesk_plugin.reports.views.tickets import TicketsView

_ROOT = "helpdesk/reports/"


class ReaderItem(MenuItem):
    """A line of the reports menu for those who may read reports."""

    def is_shown(self, request):
        return holds(request.user, base.READ) and holds(request.user, "helpdesk_plugin.view_ticket")


#: Words, address and icon of each line, in their order, before Wagtail's own.
LINES = (
    (_("Help desk report"), base.OVERVIEW, "clipboard-list"),
    (_("SOP conformance"), base.STEPS, "tasks"),
    (_("Register"), base.REGISTER, "list-ul"),
)


def menu_item(place: int) -> Callable[[], ReaderItem]:
    """What gives Wagtail one of the lines when it builds its menu."""
    words, name, icon = LINES[place]

    def item() -> ReaderItem:
        return ReaderItem(words, reverse(name), name=name.replace("_", "-"), icon_name=icon, order=10 + place)

    return item


def urls() -> list:
    """Every address of the reports."""
    return [
        path(_ROOT, OverviewView.as_view(), name=base.OVERVIEW),
        path(f"{_ROOT}steps/", StepsView.as_view(), name=base.STEPS),
        path(f"{_ROOT}steps/passes/", PassesView.as_view(), name=base.PASSES),
        path(f"{_ROOT}tickets/", TicketsView.as_view(), name=base.TICKETS),
        path(f"{_ROOT}register/", RegisterView.as_view(), name=base.REGISTER),
        path(
            f"{_ROOT}register/results/",
            RegisterView.as_view(results_only=True),
            name=base.REGISTER_RESULTS,
        ),
        path(f"{_ROOT}documents/", PapersView.as_view(), name=base.PAPERS),
        path(f"{_ROOT}documents/preview/<slug:kind>/", PaperPreviewView.as_view(), name=papers.PREVIEW),
        path(f"{_ROOT}documents/issue/<slug:kind>/", PaperIssueView.as_view(), name=papers.ISSUE),
        path(f"{_ROOT}documents/<int:pk>/", PaperView.as_view(), name=papers.ISSUED),
        path(f"{_ROOT}documents/<int:pk>/withdraw/", PaperWithdrawView.as_view(), name=papers.WITHDRAW),
        path(f"{_ROOT}exports/", ExportsView.as_view(), name=base.EXPORTS),
        path(f"{_ROOT}exports/<int:pk>/", ExportView.as_view(), name=exports.ONE),
        path(f"{_ROOT}exports/<int:pk>/file/", ExportFileView.as_view(), name=exports.FILE),
    ]
