"""Conformance with the SOP, step by step, and the passes through a step behind each figure."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from helpdesk_plugin import labels
from helpdesk_plugin.domain.figures import minutes
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import SopVersion
from helpdesk_plugin.models.typed import storable
from helpdesk_plugin.reports import charts
from helpdesk_plugin.reports.cells import Cell, count, number, percent
from helpdesk_plugin.reports.columns import day, number_column
from helpdesk_plugin.reports.steps import JUDGED, LATE, StepLine, passes_of, steps_of
from helpdesk_plugin.reports.views.base import PASSES, OfPeriod, address
from helpdesk_plugin.reports.views.tickets import Behind


@dataclass(frozen=True)
class Line:
    """A step as the table shows it."""

    step: StepLine
    cells: list[Cell]
    standard: str


class StepsView(OfPeriod, TemplateView):
    template_name = "helpdesk_plugin/reports/steps.html"
    page_title = gettext_lazy("SOP conformance")

    @cached_property
    def found(self) -> list[StepLine]:
        return steps_of(self.scope)

    def get_context_data(self, **kwargs):
        versions: dict[SopVersion | None, list[Line]] = {}
        for step in self.found:
            versions.setdefault(step.version, []).append(self._line(step))
        return super().get_context_data(**kwargs) | {
            "versions": list(versions.items()),
            "chart": self._chart() if self.found else "",
        }

    def _line(self, step: StepLine) -> Line:
        cells = [
            count(step.passes, self._passes(step)),
            percent(step.share, step.judged, self._passes(step, "on_time")),
            count(step.late, self._passes(step, "late")),
            Cell(number(step.lengths.median)),
            Cell(number(step.lengths.percentile_90)),
        ]
        return Line(step, cells, _standard(step))

    def _passes(self, step: StepLine, which: str = "") -> str:
        version = step.version.pk if step.version else "-"
        narrowed = {"version": version, "step": step.code, "role": step.role or "-", "which": which}
        return address(PASSES, period=self.scope.period.token, **narrowed)

    def _chart(self):
        newest = self.found[0].version
        steps = [step for step in self.found if step.version == newest and step.judged]
        return charts.draw(
            charts.Chart(
                name="steps",
                title=str(_("Steps in time, in percent")),
                told=str(_("Share of passes through each step that kept the standard.")),
                labels=[step.code for step in steps],
                series=[(str(_("In time")), [step.share for step in steps])],
                percent=True,
            )
        )


def _standard(step: StepLine) -> str:
    """``30 min``, or a row of four where priorities differ: ``P1 15 · P2 15 · P3 30 · P4 30``."""
    if step.code == "S7":
        return str(_("recovery target of the ticket"))
    asked = step.standard or {}
    if not any(asked.values()):
        return "–"
    if len(set(asked.values())) == 1:
        length = next(iter(asked.values()))
        return ngettext("%(n)s minute", "%(n)s minutes", length) % {"n": number(length)}
    return " · ".join(f"P{priority} {number(length)}" for priority, length in asked.items())


class PassesView(Behind, ReportView):
    """The passes through a step behind a figure: exactly as many as the figure says."""

    page_title = gettext_lazy("Passes through a step")
    index_url_name = PASSES
    index_results_url_name = PASSES
    columns = [
        number_column(lambda row: row.ticket),
        Column("step", label=gettext_lazy("Step"), accessor=lambda row: f"{row.code} {_step(row.code)}"),
        Column("role", label=gettext_lazy("Performer"), accessor=lambda row: _role(row.role)),
        Column("entered_at", label=gettext_lazy("Entered"), accessor=day("entered_at")),
        Column("left_at", label=gettext_lazy("Left"), accessor=day("left_at")),
        Column("worked", label=gettext_lazy("Working minutes"), accessor=lambda row: _worked(row)),
        Column("late", label=gettext_lazy("In time"), accessor=lambda row: _kept(row)),
        Column("late_reason", label=gettext_lazy("Reason for lateness")),
    ]

    def get_base_queryset(self):
        asked = self.request.GET
        rows = passes_of(self.scope).select_related("ticket").order_by("-left_at", "-id")
        if step := asked.get("step"):
            rows = rows.filter(code=storable(step)[:4])
        if role := asked.get("role"):
            rows = rows.filter(role="" if role == "-" else storable(role)[:24])
        if version := asked.get("version"):
            key = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
            rows = rows.filter(ticket__sop_version=key)
        if asked.get("which") == "late":
            return rows.filter(LATE)
        return rows.filter(JUDGED).exclude(LATE) if asked.get("which") == "on_time" else rows

    @cached_property
    def about(self) -> list[str]:
        asked = self.request.GET
        which = {"late": _("Late"), "on_time": _("In time")}.get(asked.get("which", ""))
        step = asked.get("step", "")[:4]
        return [part for part in (f"{step} {_step(step)}".strip(), which) if part]


def _step(code: str) -> str:
    return str(labels.SOP_STEP.get(code, ""))


def _role(value: str) -> str:
    return str(labels.ROLE[Role(value)]) if value else ""


def _worked(row) -> str:
    return "–" if row.worked is None else number_format(minutes(row.worked), force_grouping=True)


def _kept(row) -> str:
    if row.due_at is None:
        return "–"
    return str(_("Late") if row.late else _("Yes"))
