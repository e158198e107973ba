"""The page of everything that was taken out of the help desk as a file, for those who read its registers."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from helpdesk_plugin.people import name_of
from helpdesk_plugin.services.exports import ACTIONS
from helpdesk_plugin.staff.views.pages import PermittedPage

PERMISSION = "helpdesk_plugin.view_ticketevent"
URL_NAME = "helpdesk_exports_taken"
PER_PAGE = 50


class ExportsTakenView(PermittedPage):
    """Newest first: who, when, what, how many rows, by which filters; nothing is changed here."""

    template_name = "helpdesk_plugin/staff/exports_taken.html"
    permission = PERMISSION
    page_title = _("Exports on record")
    header_icon = "download"

    def get_context_data(self, **kwargs):
        entries = ModelLogEntry.objects.filter(action__in=ACTIONS).select_related("user")
        page = Paginator(entries.order_by("-timestamp", "-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        lines = [_Line(entry) for entry in page]
        return super().get_context_data(**kwargs) | {"page_obj": page, "lines": lines}


class _Line:
    """One export in words."""

    def __init__(self, entry: ModelLogEntry) -> None:
        self._data = entry.data if isinstance(entry.data, dict) else {}
        self.at, self.what = entry.timestamp, entry.message
        self.who = name_of(entry.user) if entry.user else entry.user_display_name

    @property
    def details(self) -> str:
        """Format, file, period and filters, as they were asked for."""
        told: dict[str, Any] = {key: value for key, value in self._data.items() if key != "filters"}
        told |= self._data.get("filters") or {}
        return "; ".join(f"{key}: {_plain(value)}" for key, value in told.items() if value and key != "rows")


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
