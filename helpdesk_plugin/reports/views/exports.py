"""Taking the register or the raw data out: asked for here, written by the worker, fetched here."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import ExportKind, ReportExport
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.reports import raw, sheets
from helpdesk_plugin.reports.book import RegisterFilterSet
from helpdesk_plugin.reports.jobs import everything, narrowed, period_in, write_export
from helpdesk_plugin.reports.views.base import EXPORT, EXPORTS, OVERVIEW, REGISTER, ReadersOnly, reports_media
from helpdesk_plugin.reports.words import period_name
from helpdesk_plugin.services import exports

ONE = "helpdesk_reports_export"
FILE = "helpdesk_reports_export_file"
CSV = "csv"
#: Earlier exports that the page names.
_MOST = 20
#: Words of an address that narrow the register.
_FILTERS = (*RegisterFilterSet.base_filters, "submitted_at_from", "submitted_at_to", "period")


class ExportersOnly(ReadersOnly):
    """For those who may read reports and export tickets."""

    header_icon = "download"

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, EXPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        trail = [{"url": reverse(OVERVIEW), "label": str(_("Help desk report"))}]
        if self.request.resolver_match.url_name != EXPORTS:
            trail.append({"url": reverse(EXPORTS), "label": str(_("Exports"))})
        return [*self.breadcrumbs_items, *trail, {"url": "", "label": self.get_page_title()}]


class ExportsView(ExportersOnly, TemplateView):
    """What would be taken out, in which format; and one's own earlier exports."""

    template_name = "helpdesk_plugin/reports/exports.html"
    page_title = gettext_lazy("Exports")

    @cached_property
    def query(self) -> QueryDict:
        """The filters of the register that the address carries, and nothing else of it."""
        query = QueryDict(mutable=True)
        for name, values in self.request.GET.lists():
            if name in _FILTERS and any(values):
                query.setlist(name, values)
        return query

    @cached_property
    def filters_are_valid(self) -> bool:
        return RegisterFilterSet(self.query).is_valid()

    def get_context_data(self, **kwargs):
        user, period = self.request.user, period_in(self.query)
        narrowing = [name for name in self.query if name != "period"]
        return super().get_context_data(**kwargs) | {
            "rows": narrowed(user, self.query).count(),
            "period_name": period_name(period) if period else "",
            "narrowed": bool(narrowing),
            "are_valid": self.filters_are_valid,
            "register_url": f"{reverse(REGISTER)}?{self.query.urlencode()}",
            "earlier": [_Told(export) for export in ReportExport.objects.filter(asked_by=user)[:_MOST]],
            "kept_days": exports.KEPT.days,
            "kinds": ExportKind,
            "media": reports_media(),
        }

    def post(self, request, *args, **kwargs):
        layout = request.POST.get("layout", "")
        if not self.filters_are_valid:
            return self.get(request, *args, **kwargs)
        if layout == CSV:
            return self._stream()
        if layout not in ExportKind.values:
            return self.get(request, *args, **kwargs)
        raw_data = layout == ExportKind.RAW
        rows = raw.rows_in(everything(request.user)) if raw_data else self._found.count()
        query = "" if raw_data else self.query.urlencode()
        filters = {} if raw_data else self._filters
        export = exports.ask(layout, by=request.user, query=query, rows=rows, filters=filters)
        write_export.enqueue(export.pk)
        return redirect(ONE, export.pk)

    @cached_property
    def _found(self):
        return narrowed(self.request.user, self.query)

    @property
    def _filters(self) -> dict[str, list[str]]:
        return dict(self.query.lists())

    def _stream(self):
        """The register as CSV, sent while it is read."""
        exports.record(self.request.user, rows=self._found.count(), layout=CSV, filters=self._filters)
        response = StreamingHttpResponse(sheets.as_csv(self._found), content_type="text/csv; charset=utf-8")
        name = f"register-{agency_date(clock.now()):%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class _Told:
    """An export of the list, with where it leads."""

    def __init__(self, export: ReportExport) -> None:
        self.export, self.url = export, reverse(ONE, args=[export.pk])


class ExportView(ExportersOnly, TemplateView):
    """How far an export is. Without scripts the page asks again by itself until it is over."""

    template_name = "helpdesk_plugin/reports/export.html"
    page_title = gettext_lazy("Export")

    @cached_property
    def export(self) -> ReportExport:
        return own_export(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "export": self.export,
            "file_url": reverse(FILE, args=[self.export.pk]),
            "exports_url": reverse(EXPORTS),
            "kept_days": exports.KEPT.days,
            "media": reports_media(),
        }

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if not self.export.is_over:
            response["Refresh"] = "3"
        return response


class ExportFileView(ExportersOnly, View):
    """The file, for whoever asked for it and still may have it."""

    def get(self, request, *args, **kwargs):
        export = own_export(request.user, kwargs["pk"])
        if not export.file:
            raise Http404
        if not exports.may_open(request.user, export):
            raise PermissionDenied
        try:
            stored = export.file.open("rb")
        except OSError as lost:
            raise Http404(_("This file is not in the store.")) from lost
        response = FileResponse(stored, as_attachment=True, filename=export.name)
        response["Cache-Control"] = "private, no-store"
        return response


def own_export(user, pk: int) -> ReportExport:
    """An export of this user; 404 for anybody else's."""
    return get_object_or_404(ReportExport, pk=pk, asked_by=user)
