"""The ticket list: in the order of work, searched and filtered, exported by those who may."""

import datetime as dt
from collections import OrderedDict
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import HeaderButton, ListingButton
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import IndexView

from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import SavedView, Ticket
from helpdesk_plugin.models.conditions import OPEN_STATUSES
from helpdesk_plugin.models.querysets import MIN_SEARCH_LETTERS
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.paging import MOST, BoundedPaginator
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.staff import export
from helpdesk_plugin.staff.bulk_acts import BULK_ACTS, BulkAct
from helpdesk_plugin.staff.columns import ticket_columns
from helpdesk_plugin.staff.filters import TicketFilterSet
from helpdesk_plugin.staff.log_formatters import EXPORT_ACTION
from helpdesk_plugin.staff.my_work import MyWork
from helpdesk_plugin.staff.own_lists import kept_query

STAFF_CSS = "helpdesk_plugin/css/staff.css"
STAFF_JS = "helpdesk_plugin/js/desk.js"
EXPORT_PERMISSION = "helpdesk_plugin.export_ticket"


def desk_media() -> Media:
    """What the ticket page adds: a draft on the device, replies inserted at once. It works without."""
    return Media(js=[versioned_static(STAFF_JS)])


def staff_media() -> Media:
    """The few additions to Wagtail's own look."""
    return Media(css={"all": [versioned_static(STAFF_CSS)]})


class TicketIndexView(IndexView):
    """Open tickets, most pressing first; all by filter or search."""

    any_permission_required = ["view"]
    template_name = "helpdesk_plugin/staff/tickets.html"
    results_template_name = "helpdesk_plugin/staff/tickets_results.html"
    register_url_name = None
    inbox_url_name = None
    filterset_class = TicketFilterSet
    is_searchable = True
    paginator_class = BoundedPaginator
    list_export = list(export.COLUMNS)
    export_headings = {name: column.heading for name, column in export.COLUMNS.items()}
    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        dt.datetime: {"xlsx": export.local_naive, "csv": lambda at: export.local_naive(at).isoformat(" ")},
        str: {"csv": export.inert_cell, "xlsx": export.plain_cell},
    }

    own_lists_url_name = None
    ignored_filters: tuple[str, ...] = ()

    # --- Which tickets, in which order -----------------------------------------------------------------

    def get_base_queryset(self):
        return Ticket.objects.visible_to(self.request.user).with_list_facts()

    @cached_property
    def my_work(self) -> MyWork:
        """The heaps of the officer who looks, at this moment."""
        return MyWork(self.request.user)

    def get_filterset_kwargs(self):
        return super().get_filterset_kwargs() | {"my_work": self.my_work}

    @cached_property
    def filters(self):
        """The filters of the address. What is no longer valid in it is left out, and said."""
        asked = super().filters
        if asked.is_valid():
            return asked
        stale, data = asked.form.errors, self.request.GET.copy()
        for name in stale:
            for key in (name, f"{name}_from", f"{name}_to"):
                data.pop(key, None)
        self.ignored_filters = tuple(str(asked.form.fields[name].label) for name in stale)
        return self.filterset_class(**self.get_filterset_kwargs() | {"data": data})

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        return queryset.open() if self._shows_open_only() else queryset

    def search_queryset(self, queryset):
        return queryset.search(self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset):
        if self.ordering:
            return self._sorted(queryset)
        return queryset.in_work_order() if self._shows_open_only() else queryset.newest_first()

    def _sorted(self, queryset):
        """By a column that somebody pressed; what goes back into the past is sorted among the newest."""
        if not (self._shows_open_only() or self.is_export):
            newest = queryset.newest_first().values("pk")[:MOST]
            queryset = self.get_base_queryset().filter(pk__in=newest)
        return queryset.order_by(self.ordering, "-id")

    def _shows_open_only(self) -> bool:
        """Ended tickets appear when they are searched, or asked for by status or by the filter for them."""
        asked = self.request.GET
        ended = any(status not in OPEN_STATUSES for status in asked.getlist("status"))
        return not (self.is_searching or asked.get("show") or ended)

    # --- The screen ------------------------------------------------------------------------------------

    @cached_property
    def columns(self):
        columns = ticket_columns(self.get_inspect_url, self.my_work)
        if self.bulk_rows:
            columns.insert(0, BulkActionsCheckboxColumn("bulk", obj_type="snippet"))
        return columns

    @cached_property
    def bulk_rows(self) -> list[BulkAct]:
        """What this officer may do with many tickets at once."""
        return [row for row in BULK_ACTS if may_take(self.request.user, row.act, None)]

    @cached_property
    def bulk_buttons(self) -> list[ListingButton]:
        """Buttons that Wagtail's script leads to the bulk page of each act, with what is selected."""
        model = (Ticket._meta.app_label, Ticket._meta.model_name)
        return [
            ListingButton(
                row.verb,
                reverse("wagtail_bulk_action", args=[*model, row.act.value]),
                classname="bulk-action-btn",
                attrs={"data-bulk-action-button": ""},
            )
            for row in self.bulk_rows
        ]

    def get_edit_url(self, instance):
        """There is none: the ticket's page is where it is worked on."""

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def header_buttons(self):
        user, buttons = self.request.user, []
        if may_take(user, Step.DISPOSE, None):
            inbox = reverse(self.inbox_url_name)
            buttons.append(HeaderButton(_("Awaiting disposition"), url=inbox, icon_name="form"))
        if may_take(user, Step.SUBMIT, None):
            register = reverse(self.register_url_name)
            buttons.append(HeaderButton(_("Register a request"), url=register, icon_name="plus"))
        return buttons

    @cached_property
    def no_results_message(self):
        if self.is_searching and self._search_is_too_short():
            return _("Type at least %(n)d letters of a word, or a ticket number.") % {"n": MIN_SEARCH_LETTERS}
        if self.is_searching or self.is_filtering:
            return _("No ticket matches. Remove a filter, or search for another word.")
        return _("No open tickets. New requests appear here as soon as they are filed.")

    def _search_is_too_short(self) -> bool:
        return all(len(word) < MIN_SEARCH_LETTERS for word in self.search_query.split())

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context["media"] += staff_media()
        # A file shows neither tabs nor lists, so nothing is counted for it.
        return context if self.is_export else context | self._overview()

    def _overview(self) -> dict:
        """The tabs, the officer's own lists, and this list as it could be kept. Two queries."""
        query = kept_query(self.request.GET)
        return {
            "work_tabs": list(self.my_work.tabs(self.request.GET.getlist("work"), plain=not query)),
            "own_lists": list(SavedView.objects.filter(officer=self.request.user)),
            "own_lists_url": reverse(self.own_lists_url_name),
            "kept_query": query,
            "ignored_filters": self.ignored_filters,
            "bulk_buttons": self.bulk_buttons,
        }

    # --- Export ----------------------------------------------------------------------------------------

    @cached_property
    def show_export_buttons(self):
        return holds(self.request.user, EXPORT_PERMISSION)

    def get(self, request, *args, **kwargs):
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        if not self.show_export_buttons:
            raise PermissionDenied
        rows = self.get_queryset().count()
        if rows > export.MAX_ROWS:
            told = {"rows": rows, "limit": export.MAX_ROWS}
            too_many = _("%(rows)d tickets are too many for one file; %(limit)d fit. Narrow them by date.")
            messages.error(request, too_many % told)
            return redirect(self.index_url)
        self._log_export(rows)
        return super().get(request, *args, **kwargs)

    def _log_export(self, rows: int) -> None:
        """Who took how much, by which filters. The words searched for stay out: they may name people."""
        filters = {key: values for key, values in self.request.GET.lists() if key not in {"q", "export"}}
        data = {"rows": rows, "format": self.request.GET["export"], "filters": filters}
        log(self.request.user, EXPORT_ACTION, user=self.request.user, data=data)

    def get_filename(self):
        return f"tiket-{dt.date.today():%Y-%m-%d}"

    def to_row_dict(self, item):
        return OrderedDict(export.row_of(item))


def listed_tickets(request):
    """The tickets that the list shows for the address of a request, all pages of it, in its order."""
    view = TicketIndexView(model=Ticket)
    view.setup(request)
    return view.get_queryset()
