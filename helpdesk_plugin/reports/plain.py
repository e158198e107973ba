"""The figures of a period as plain data: what a stranger with the raw export must arrive at.

`bench/recompute_reports.py` writes the same from the raw export alone, with nothing of this program.
"""

from decimal import Decimal
from typing import Any

from helpdesk_plugin.domain.figures import Durations
from helpdesk_plugin.domain.ikm import Index
from helpdesk_plugin.reports.causes import causes_of
from helpdesk_plugin.reports.measures import Measure
from helpdesk_plugin.reports.overview import (
    DIMENSIONS,
    Counts,
    Overview,
    overview_of,
    rows_of,
    work_by_service,
)
from helpdesk_plugin.reports.satisfaction import surveys_of
from helpdesk_plugin.reports.scope import Scope
from helpdesk_plugin.reports.series import series_of
from helpdesk_plugin.reports.steps import StepLine, steps_of
from helpdesk_plugin.survey_results import PeriodResult, result_of


def figures_of(scope: Scope) -> dict[str, Any]:
    """Every figure of the reports about a period, with shares as text ("93.4") and moments left out."""
    return {
        "period": scope.period.token,
        "now": _overview(overview_of(scope)),
        "before": _overview(overview_of(scope.before())),
        "by": {name: _rows(scope, name) for name in DIMENSIONS},
        "series": [[point.day.isoformat(), point.filed, point.handled] for point in series_of(scope)],
        "causes": {cause.mark: cause.tickets for cause in causes_of(scope)},
        "work_by_service": {
            code: [work.minutes, work.entries, work.tickets] for code, _name, work in work_by_service(scope)
        },
        "steps": [_step(line) for line in steps_of(scope)],
        "surveys": {str(period.pk): _survey(result_of(period)) for period in surveys_of(scope)},
    }


def _survey(found: PeriodResult) -> dict[str, Any]:
    groups = {group.code: _index(group.index) for group in found.by_opd}
    return {"all": _index(found.index), "by_door": dict(found.by_door), "by_opd": groups}


def _index(found: Index) -> dict[str, Any]:
    return {
        "respondents": found.respondents,
        "enough": found.is_enough,
        "ikm": _text(found.value),
        "grade": found.grade.value if found.grade else None,
        "elements": {
            one.code: [one.total, one.filled, _text(one.nrr), _text(one.weighted)] for one in found.elements
        },
    }


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else str(figure)


def _overview(found: Overview) -> dict[str, Any]:
    backlog = found.backlog
    return {
        "counts": _counts(found.counts),
        "reopened": found.reopened,
        "not_fixed": found.not_fixed,
        "backlog": {
            "open": backlog.open,
            "waiting_third_party": backlog.waiting_third_party,
            "ages": {str(age.days): age.count for age in backlog.ages},
            "late": backlog.late,
        },
        "waits": {
            "tickets": found.waits.tickets,
            "begun": found.waits.begun,
            "ended": found.waits.lengths.cases,
            **_lengths(found.waits.lengths),
        },
        "work": [found.work.minutes, found.work.entries, found.work.tickets],
    }


def _counts(counts: Counts) -> dict[str, Any]:
    plain = {measure.value: counts[measure] for measure in Measure if measure in counts.by}
    shares = {"response_share": counts.response_share, "recovery_share": counts.recovery_share}
    return plain | {name: _text(found) for name, found in shares.items()}


def _rows(scope: Scope, dimension: str) -> dict[str, Any]:
    return {
        row.key: {"now": _counts(row.now), "before": _counts(row.before)} for row in rows_of(scope, dimension)
    }


def _step(line: StepLine) -> dict[str, Any]:
    return {
        "version": line.version.number if line.version else None,
        "code": line.code,
        "role": line.role,
        "passes": line.passes,
        "judged": line.judged,
        "late": line.late,
        "explained": line.explained,
        "share": _text(line.share),
        **_lengths(line.lengths),
    }


def _lengths(lengths: Durations) -> dict[str, int | None]:
    return {"median": lengths.median, "percentile_90": lengths.percentile_90}
