"""The very tickets behind a figure: as many as the figure says, and no others."""

from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports import ReportView

from helpdesk_plugin.domain.figures import AGES
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.models.typed import storable
from helpdesk_plugin.reports.causes import tickets_with
from helpdesk_plugin.reports.columns import ticket_columns
from helpdesk_plugin.reports.measures import NAMES, Measure, tickets_of
from helpdesk_plugin.reports.officers import name_of_officer, tickets_worked_on
from helpdesk_plugin.reports.overview import DIMENSIONS
from helpdesk_plugin.reports.views.base import OVERVIEW, TICKETS, OfPeriod, address
from helpdesk_plugin.reports.words import NOT_SET, age_name, period_name

#: Stands in addresses for a value that is empty.
NONE = "-"


class Behind(OfPeriod):
    """A list behind a figure of a period. It is no spreadsheet: the register is there for that."""

    template_name = "helpdesk_plugin/reports/behind.html"
    paginate_by = 50
    is_export = False
    show_export_buttons = False
    list_export: list[str] = []
    is_searchable = False
    default_ordering = None

    @property
    def about(self) -> list[str]:
        """What the list is narrowed to, in words."""
        raise NotImplementedError

    def get_page_subtitle(self):
        return " · ".join([*self.about, period_name(self.scope.period)])

    def get_breadcrumbs_items(self):
        overview = {
            "url": address(OVERVIEW, period=self.scope.period.token),
            "label": str(_("Help desk report")),
        }
        return [*self.breadcrumbs_items, overview, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return context | {"about": self.about, "tabs": []}


class TicketsView(Behind, ReportView):
    """`?figure=` names a measure, further words narrow it as the lines of the tables do."""

    page_title = gettext_lazy("Tickets behind a figure")
    index_url_name = TICKETS
    index_results_url_name = TICKETS
    model = Ticket
    columns = ticket_columns()

    @cached_property
    def measure(self) -> Measure:
        try:
            return Measure(self.request.GET.get("figure", Measure.FILED.value))
        except ValueError:
            raise Http404 from None

    @cached_property
    def age(self) -> int | None:
        asked = self.request.GET.get("age", "")
        return int(asked) if asked in {str(days) for days in (*AGES, 0)} else None

    def get_base_queryset(self):
        found = tickets_of(self.measure, self.scope, self.age)
        if mark := self.request.GET.get("cause"):
            found = tickets_with(mark, self.scope)
        if officer := self.request.GET.get("officer"):
            found = found.filter(pk__in=tickets_worked_on(self.scope, officer).values("pk"))
        for name, value in self._narrowed.items():
            found = found.filter(**{DIMENSIONS[name].path: "" if value == NONE else value})
        return found.with_list_facts().order_by("-submitted_at", "-id")

    @cached_property
    def _narrowed(self) -> dict[str, str]:
        """Values of dimensions that the address names, as far as they can be values."""
        asked = {name: self.request.GET.get(name, "")[:64] for name in DIMENSIONS}
        if asked["priority"] and not (asked["priority"].isascii() and asked["priority"].isdigit()):
            raise Http404
        return {name: storable(value) for name, value in asked.items() if value}

    @cached_property
    def about(self) -> list[str]:
        told = [str(NAMES[self.measure])]
        if self.age is not None:
            told.append(age_name(self.age))
        if officer := self.request.GET.get("officer"):
            told.append(f"{_('Officer')}: {name_of_officer(self.scope, officer)}")
        return told + [
            f"{DIMENSIONS[name].title}: {_named(name, value)}" for name, value in self._narrowed.items()
        ]


def _named(dimension: str, value: str) -> str:
    """A value in words; codes of agencies and services say enough by themselves."""
    if value == NONE:
        return str(NOT_SET)
    values = DIMENSIONS[dimension].values
    if values is None:
        return value
    return str({str(key): word for key, word in values.items()}.get(value, value))
