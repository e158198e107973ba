"""What the worker does: writes an export that somebody asked for."""

from datetime import date
from typing import IO

from django.http import QueryDict
from django.utils import translation
from django_tasks import task

from helpdesk_plugin import clock, conf
from helpdesk_plugin.calendars import agency_date, agency_zone
from helpdesk_plugin.domain.periods import BadPeriod, Period, PeriodKind
from helpdesk_plugin.models import ExportKind, ReportExport, Ticket
from helpdesk_plugin.reports import raw, sheets
from helpdesk_plugin.reports.book import RegisterFilterSet
from helpdesk_plugin.reports.scope import Scope, within
from helpdesk_plugin.services import exports


@task()
def write_export(pk: int) -> None:
    """Write the export with this key in the site's language; nothing if it is gone or was begun already."""
    export = ReportExport.objects.filter(pk=pk).select_related("asked_by").first()
    if export is None:
        return
    with translation.override(conf.content_language()):
        exports.write(pk, file_name(export.kind), lambda file, told: _write(export, file, told))


def _write(export: ReportExport, file: IO[bytes], told: raw.Progress) -> None:
    if export.kind == ExportKind.RAW:
        raw.write(file, everything(export.asked_by), told)
    else:
        sheets.write_xlsx(file, narrowed(export.asked_by, QueryDict(export.query)), told)


def everything(user) -> Scope:
    """All that a user may see, now. The raw export is of no period: figures need what was open before."""
    now = clock.now()
    return Scope(Period.of(PeriodKind.YEAR, agency_date(now)), user, now)


def narrowed(user, query: QueryDict):
    """The tickets of the register that a user may see, narrowed by the filters of an address."""
    tickets = Ticket.objects.visible_to(user)
    if period := period_in(query):
        tickets = tickets.filter(within("submitted_at", period.span(agency_zone())))
    filters = RegisterFilterSet(query, queryset=tickets)
    return filters.qs if filters.is_valid() else tickets.none()


def period_in(query: QueryDict) -> Period | None:
    """The period that an address names, or None for the whole book."""
    try:
        return Period.parse(query.get("period", ""))
    except BadPeriod:
        return None


def file_name(kind: str, day: date | None = None) -> str:
    """``register-2026-11-27.xlsx``, ``raw-2026-11-27.zip``."""
    ending = "zip" if kind == ExportKind.RAW else "xlsx"
    return f"{kind}-{day or agency_date(clock.now()):%Y-%m-%d}.{ending}"
