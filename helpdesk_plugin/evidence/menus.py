"""Addresses and menu lines of the evidence."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from helpdesk_plugin.evidence.views import EVIDENCE, PERFORMANCE, SEE, EvidenceView, PerformanceView
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.reports.views.base import EXPORT


class _Line(MenuItem):
    """A line of the reports menu for those who hold its permissions."""

    def __init__(self, *args, permissions: tuple[str, ...], **kwargs):
        self.permissions = permissions
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return all(holds(request.user, permission) for permission in self.permissions)


def evidence_item() -> _Line:
    """Evidence of a period, after the reports."""
    return _Line(
        _("Evidence for evaluations"),
        reverse(EVIDENCE),
        name="helpdesk-evidence",
        icon_name="folder-inverse",
        order=20,
        permissions=(EXPORT, SEE),
    )


def performance_item() -> _Line:
    """One's own performance evidence."""
    return _Line(
        _("Performance evidence"),
        reverse(PERFORMANCE),
        name="helpdesk-performance",
        icon_name="user",
        order=21,
        permissions=(SEE,),
    )


def urls() -> list:
    """Every address of the evidence."""
    return [
        path("helpdesk/evidence/", EvidenceView.as_view(), name=EVIDENCE),
        path("helpdesk/performance/", PerformanceView.as_view(), name=PERFORMANCE),
    ]
