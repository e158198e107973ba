"""What the screens of reports share: who reads them, the period that they are about, and links to tickets."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.reports.forms import PeriodForm
from helpdesk_plugin.reports.measures import Measure
from helpdesk_plugin.reports.scope import Scope
from helpdesk_plugin.reports.words import period_name

READ = "helpdesk_plugin.view_reports_ticket"
EXPORT = "helpdesk_plugin.export_ticket"
STAFF_CSS = "helpdesk_plugin/css/staff.css"
REPORTS_CSS = "helpdesk_plugin/css/reports.css"

OVERVIEW = "helpdesk_reports"
STEPS = "helpdesk_reports_steps"
TICKETS = "helpdesk_reports_tickets"
PASSES = "helpdesk_reports_passes"
REGISTER = "helpdesk_reports_register"
REGISTER_RESULTS = "helpdesk_reports_register_results"
PAPERS = "helpdesk_reports_papers"
EXPORTS = "helpdesk_reports_exports"


def reports_media() -> Media:
    """Wagtail's look with a few additions for figures."""
    return Media(css={"all": [versioned_static(STAFF_CSS), versioned_static(REPORTS_CSS)]})


def address(name: str, **query: Any) -> str:
    """An address of a report with what is asked of it; empty values are left out."""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)


def behind(scope: Scope, measure: Measure, **narrowed: Any) -> str:
    """Where the tickets behind a figure are listed."""
    return address(TICKETS, period=scope.period.token, figure=measure.value, **narrowed)


class ReadersOnly(WagtailAdminTemplateMixin):
    """A page for those who may read reports and see tickets."""

    permission = READ
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        if not (holds(request.user, self.permission) and holds(request.user, "helpdesk_plugin.view_ticket")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OfPeriod(ReadersOnly):
    """A page about a period that the address names."""

    @cached_property
    def period_form(self) -> PeriodForm:
        return PeriodForm(self.request.GET, today=agency_date(clock.now()))

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.period_form.chosen, self.request.user)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        period, name = self.scope.period, self.request.resolver_match.url_name
        return super().get_context_data(**kwargs) | {
            "scope": self.scope,
            "period_form": self.period_form,
            "period_name": period_name(period),
            "before_name": period_name(period.previous()),
            "earlier": address(name, period=period.previous().token),
            "later": address(name, period=period.next().token) if not self.scope.is_running else "",
            "tabs": self._tabs(),
            "media": reports_media() + self.period_form.media,
        }

    def _tabs(self) -> list[tuple[str, str, bool]]:
        """The reports about the same period: words, address, whether it is this one."""
        current, period = self.request.resolver_match.url_name, self.scope.period.token
        pages = [(_("Overview"), OVERVIEW), (_("SOP conformance"), STEPS), (_("Register"), REGISTER)]
        pages += [(_("Documents of the period"), PAPERS)]
        if holds(self.request.user, EXPORT):
            pages.append((_("Exports"), EXPORTS))
        return [(words, address(name, period=period), name == current) for words, name in pages]
