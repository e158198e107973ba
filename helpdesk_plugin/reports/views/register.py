"""The register: the whole book, filtered, for reading alone."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from helpdesk_plugin.calendars import agency_zone
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.paging import BoundedPaginator
from helpdesk_plugin.reports.book import RegisterFilterSet
from helpdesk_plugin.reports.columns import ticket_columns
from helpdesk_plugin.reports.jobs import period_in
from helpdesk_plugin.reports.scope import within
from helpdesk_plugin.reports.views.base import (
    EXPORT,
    EXPORTS,
    OVERVIEW,
    REGISTER,
    REGISTER_RESULTS,
    ReadersOnly,
    reports_media,
)
from helpdesk_plugin.reports.words import period_name


class RegisterView(ReadersOnly, ReportView):
    """In the order of filing, newest first; `?period=` shows one period, the filters narrow it further."""

    page_title = gettext_lazy("Register")
    header_icon = "list-ul"
    index_url_name = REGISTER
    index_results_url_name = REGISTER_RESULTS
    model = Ticket
    filterset_class = RegisterFilterSet
    is_searchable = False
    is_export = False
    show_export_buttons = False
    paginate_by = 50
    paginator_class = BoundedPaginator
    default_ordering = "-submitted_at"
    template_name = "helpdesk_plugin/reports/register.html"

    @cached_property
    def columns(self):
        requester = Column("requester", label=_("Requester"), accessor="requester_name")
        channel = Column("channel", label=_("Channel"), accessor="get_channel_display", classname="hd-wide")
        found = ticket_columns(sortable=True)
        return [*found[:4], requester, found[4], channel, *found[5:]]

    @cached_property
    def period(self):
        return period_in(self.request.GET)

    def get_base_queryset(self):
        tickets = Ticket.objects.visible_to(self.request.user)
        if self.period:
            tickets = tickets.filter(within("submitted_at", self.period.span(agency_zone())))
        return tickets.with_list_facts()

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "-id")

    def get_page_subtitle(self):
        return period_name(self.period) if self.period else _("the whole book")

    def get_breadcrumbs_items(self):
        overview = {"url": reverse(OVERVIEW), "label": str(_("Help desk report"))}
        return [*self.breadcrumbs_items, overview, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_buttons(self):
        buttons, query = [], self.request.GET.urlencode()
        if self.period:
            buttons.append(HeaderButton(_("Show the whole book"), url=reverse(REGISTER), icon_name="view"))
        if holds(self.request.user, EXPORT):
            url = f"{reverse(EXPORTS)}?{query}" if query else reverse(EXPORTS)
            buttons.append(HeaderButton(_("Export"), url=url, icon_name="download"))
        return buttons

    @cached_property
    def no_results_message(self):
        return _("No ticket matches. Remove a filter, or show the whole book.")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context["media"] += reports_media()
        return context
