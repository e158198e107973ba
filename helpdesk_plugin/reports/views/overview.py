"""The overview: what a period brought, beside the one before, with the way to the tickets of every figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from helpdesk_plugin.domain.figures import Change
from helpdesk_plugin.labels import Label
from helpdesk_plugin.reports import charts, officers
from helpdesk_plugin.reports.causes import causes_of
from helpdesk_plugin.reports.cells import Cell, compared, count, number, percent
from helpdesk_plugin.reports.measures import NAMES, Measure
from helpdesk_plugin.reports.overview import (
    DIMENSIONS,
    Counts,
    Overview,
    Row,
    overview_of,
    rows_of,
    work_by_service,
)
from helpdesk_plugin.reports.series import by_day, series_of
from helpdesk_plugin.reports.views.base import OfPeriod, behind
from helpdesk_plugin.reports.words import age_name

M = Measure
#: Lines of a table that stand open; the rest of a long one is folded away.
SHOWN = 12


@dataclass(frozen=True)
class Table:
    """A table of the page: headings, then lines of a name and its figures."""

    title: Label
    headings: list[Label]
    lines: list[tuple[str, list[Cell]]]
    note: Label = ""


@dataclass(frozen=True)
class Tile:
    """A figure by itself, with what it was before."""

    name: Label
    cell: Cell
    before: str


class OverviewView(OfPeriod, TemplateView):
    template_name = "helpdesk_plugin/reports/overview.html"
    page_title = gettext_lazy("Help desk report")

    @cached_property
    def found(self) -> Overview:
        return overview_of(self.scope)

    @cached_property
    def past(self) -> Overview:
        return overview_of(self.scope.before())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "tiles": list(self._tiles()),
            "chart": self._volume(),
            "points": self._points,
            "shares_chart": self._shares(),
            "open_tables": [
                *(self._ended(), self._backlog(), self._waits(), self._work(), self._causes()),
                *([self._officers()] if officers.may_read(self.request.user) else []),
            ],
            "tables": [self._by(name) for name in DIMENSIONS],
        }

    # --- Figures by themselves ---------------------------------------------------------------------------

    def _tiles(self) -> Iterator[Tile]:
        now, then = self.found, self.past
        for measure in (M.FILED, M.HANDLED, M.CLOSED):
            yield self._tile(measure, now.counts[measure], then.counts[measure])
        yield self._share_tile(
            _("First response in time"), M.RESPONSE_MET, "response_share", "response_judged"
        )
        yield self._share_tile(_("Recovered in time"), M.RECOVERY_MET, "recovery_share", "recovery_judged")
        yield self._tile(M.BACKLOG, now.backlog.open, then.backlog.open)
        yield self._tile(M.REOPENED, now.reopened, then.reopened)
        yield self._tile(M.NOT_FIXED, now.not_fixed, then.not_fixed)

    def _tile(self, measure: Measure, now: int, then: int) -> Tile:
        return Tile(NAMES[measure], count(now, behind(self.scope, measure)), compared(Change(now, then)))

    def _share_tile(self, name: str, measure: Measure, share: str, judged: str) -> Tile:
        now, then = self.found.counts, self.past.counts
        change = Change(getattr(now, share), getattr(then, share))
        cell = percent(getattr(now, share), getattr(now, judged), behind(self.scope, measure))
        return Tile(name, cell, compared(change, points=True))

    # --- Charts ------------------------------------------------------------------------------------------

    @cached_property
    def _points(self) -> list[tuple[str, int, int]]:
        layout = "j M" if by_day(self.scope.period) else "M Y"
        return [(date_format(p.day, layout), p.filed, p.handled) for p in series_of(self.scope)]

    def _volume(self):
        filed = sum(point[1] for point in self._points)
        handled = sum(point[2] for point in self._points)
        told = _("%(filed)s tickets filed, %(handled)s handled in the period.")
        return charts.draw(
            charts.Chart(
                name="volume",
                title=str(_("Tickets filed and handled")),
                told=told % {"filed": number(filed), "handled": number(handled)},
                labels=[point[0] for point in self._points],
                series=[
                    (str(NAMES[M.FILED]), [point[1] for point in self._points]),
                    (str(NAMES[M.HANDLED]), [point[2] for point in self._points]),
                ],
                every=max(1, len(self._points) // 8),
            )
        )

    def _shares(self):
        rows = self._rows["priority"]
        return charts.draw(
            charts.Chart(
                name="shares",
                title=str(_("In time by priority, in percent")),
                told=str(_("Share of first responses and of recoveries in time, for each priority.")),
                labels=[row.name for row in rows],
                series=[
                    (str(_("First response in time")), [row.now.response_share for row in rows]),
                    (str(_("Recovered in time")), [row.now.recovery_share for row in rows]),
                ],
                percent=True,
            )
        )

    # --- Tables ------------------------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return {name: rows_of(self.scope, name) for name in DIMENSIONS}

    def _by(self, dimension: str) -> Table:
        headings = [_("Filed"), _("Previously"), _("Handled"), _("First response in time")]
        headings += [_("Late"), _("Recovered in time"), _("Late")]
        lines = [(row.name, self._line(row, dimension)) for row in self._rows[dimension]]
        return Table(DIMENSIONS[dimension].title, [DIMENSIONS[dimension].title, *headings], lines)

    def _line(self, row: Row, dimension: str) -> list[Cell]:
        narrowed, before = {dimension: row.key or "-"}, self.scope.before()
        return [
            count(row.now[M.FILED], behind(self.scope, M.FILED, **narrowed)),
            count(row.before[M.FILED], behind(before, M.FILED, **narrowed)),
            count(row.now[M.HANDLED], behind(self.scope, M.HANDLED, **narrowed)),
            *self._promise(row.now, narrowed, M.RESPONSE_MET, M.RESPONSE_LATE),
            *self._promise(row.now, narrowed, M.RECOVERY_MET, M.RECOVERY_LATE),
        ]

    def _promise(self, now: Counts, narrowed: dict, met: Measure, late: Measure) -> list[Cell]:
        is_response = met is M.RESPONSE_MET
        share: Decimal | None = now.response_share if is_response else now.recovery_share
        judged = now.response_judged if is_response else now.recovery_judged
        return [
            percent(share, judged, behind(self.scope, met, **narrowed)),
            count(now[late], behind(self.scope, late, **narrowed)),
        ]

    def _ended(self) -> Table:
        measures = (M.CLOSED, M.REJECTED, M.CANCELLED, M.MERGED)
        lines = [(str(NAMES[m]), self._both(m)) for m in measures]
        return Table(_("How tickets ended"), [_("End"), _("Tickets"), _("Previously")], lines)

    def _both(self, measure: Measure) -> list[Cell]:
        before = self.scope.before()
        return [
            count(self.found.counts[measure], behind(self.scope, measure)),
            count(self.past.counts[measure], behind(before, measure)),
        ]

    def _backlog(self) -> Table:
        backlog, before = self.found.backlog, self.scope.before()
        old = {age.days: age.count for age in self.past.backlog.ages}
        lines = [
            (
                age_name(age.days),
                [
                    count(age.count, behind(self.scope, M.BACKLOG, age=str(age.days))),
                    count(old[age.days], behind(before, M.BACKLOG, age=str(age.days))),
                ],
            )
            for age in backlog.ages
        ]
        lines.append(
            (
                str(NAMES[M.BACKLOG_THIRD_PARTY]),
                [
                    count(backlog.waiting_third_party, behind(self.scope, M.BACKLOG_THIRD_PARTY)),
                    count(self.past.backlog.waiting_third_party, behind(before, M.BACKLOG_THIRD_PARTY)),
                ],
            )
        )
        if backlog.late is not None:
            lines.append(
                (
                    str(NAMES[M.BACKLOG_LATE]),
                    [count(backlog.late, behind(self.scope, M.BACKLOG_LATE)), Cell("–")],
                )
            )
        note = _(
            "Age in days of 24 hours between filing and the end of the period, or now while it is running."
        )
        return Table(_("Open tickets by age"), [_("Age"), _("Open"), _("Previously")], lines, note)

    def _waits(self) -> Table:
        now, then, before = self.found.waits, self.past.waits, self.scope.before()
        lines = [
            (
                str(_("Tickets")),
                [
                    count(now.tickets, behind(self.scope, M.THIRD_PARTY)),
                    count(then.tickets, behind(before, M.THIRD_PARTY)),
                ],
            ),
            (str(_("Waits begun")), [count(now.begun), count(then.begun)]),
            (str(_("of these ended")), [count(now.lengths.cases), count(then.lengths.cases)]),
            (str(_("Median, hours")), [_hours(now.lengths.median), _hours(then.lengths.median)]),
            (
                str(_("90th percentile, hours")),
                [_hours(now.lengths.percentile_90), _hours(then.lengths.percentile_90)],
            ),
        ]
        note = _("Waits that began in the period. Hours by the wall clock, nights and days off included.")
        return Table(_("Waiting for third parties"), [_("Figure"), _("Period"), _("Previously")], lines, note)

    def _work(self) -> Table:
        now, then = self.found.work, self.past.work
        lines = [
            (
                str(_("All services")),
                [
                    count(now.minutes),
                    count(now.entries),
                    count(now.tickets, behind(self.scope, M.WORKED)),
                    count(then.minutes),
                ],
            )
        ]
        for code, name, work in work_by_service(self.scope):
            tickets = count(work.tickets, behind(self.scope, M.WORKED, service=code))
            lines.append((name, [count(work.minutes), count(work.entries), tickets, Cell("")]))
        headings = [_("Service"), _("Minutes"), _("Entries"), _("Tickets"), _("Minutes previously")]
        return Table(_("Logged work"), headings, lines)

    def _officers(self) -> Table:
        """Names and minutes of colleagues, for whoever may make evidence about them."""
        lines = []
        for key, name, work in officers.work_by_officer(self.scope):
            there = behind(self.scope, M.WORKED, officer=key) if key else ""
            figures = [count(work.minutes), count(work.entries), count(work.tickets, there)]
            lines.append((name or str(_("Account deleted")), figures))
        headings = [_("Officer"), _("Minutes"), _("Entries"), _("Tickets")]
        note = _(
            "For you on this screen alone: no document and no export holds it. Minutes tell what was written "
            "down, not how well somebody works."
        )
        return Table(_("Logged work by officer"), headings, lines, note)

    def _causes(self) -> Table:
        lines = [
            (cause.text, [count(cause.tickets, behind(self.scope, M.HANDLED, cause=cause.mark))])
            for cause in causes_of(self.scope)
        ]
        note = _("The most frequent causes of tickets handled in the period, from their latest diagnosis.")
        return Table(_("Causes"), [_("Cause"), _("Tickets")], lines, note)


def _hours(minutes: int | None) -> Cell:
    if minutes is None:
        return Cell("–")
    return Cell(number((Decimal(minutes) / 60).quantize(Decimal("0.1"))))
