"""Conformance with the SOP: what each step took in a period, by version of the SOP, step and performer.

A pass is one time that a ticket went through a step and left it in the period, however it left. It is judged
when it had a deadline; its length is working time without pauses.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from helpdesk_plugin import labels
from helpdesk_plugin.domain.figures import Durations, durations_by_rank, share
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.steps import SOP_ORDER
from helpdesk_plugin.models import SopVersion, StepRecord, StepStandard
from helpdesk_plugin.reports.scope import Scope, within

#: Reasons for lateness that a step names.
MOST_REASONS = 5

Key = tuple[int | None, str, str]
"""SOP version (id), code of the step, performer."""


@dataclass(frozen=True)
class Reason:
    """Why passes were late, as officers wrote it, and how often."""

    text: str
    passes: int


@dataclass(frozen=True)
class StepLine:
    """One step of one version of the SOP by one performer.

    ``standard`` holds the standard in working minutes by priority (None: none of its own, or that of the
    recovery target); ``proposed`` says that nobody has confirmed it yet.
    """

    version: SopVersion | None
    code: str
    role: str
    passes: int
    judged: int
    late: int
    explained: int
    lengths: Durations
    standard: dict[int, int | None] | None = None
    proposed: bool = False
    reasons: tuple[Reason, ...] = ()

    @property
    def on_time(self) -> int:
        return self.judged - self.late

    @property
    def share(self) -> Decimal | None:
        """Percent of the judged passes that kept the standard."""
        return share(self.on_time, self.judged)

    @property
    def name(self) -> str:
        return str(labels.SOP_STEP.get(self.code, self.code))

    @property
    def performer(self) -> str:
        return str(labels.ROLE[Role(self.role)]) if self.role else ""


def passes_of(scope: Scope):
    """The passes that ended in the period, as far as their tickets may count here."""
    return scope.of_tickets(StepRecord.objects.filter(within("left_at", scope.span)).order_by())


JUDGED = Q(due_at__isnull=False)
LATE = JUDGED & Q(late=True)


def steps_of(scope: Scope) -> list[StepLine]:
    """Conformance of every step, in the order of the SOP, newer versions first. Five queries."""
    grouped = passes_of(scope).values("ticket__sop_version", "code", "role")
    counts = {
        "passes": Count("pk"),
        "judged": Count("pk", filter=JUDGED),
        "was_late": Count("pk", filter=LATE),
        "explained": Count("pk", filter=LATE & ~Q(late_reason="")),
    }
    lengths, reasons, versions = _lengths(scope), _reasons(scope), _versions(scope)
    lines = [
        StepLine(
            version=versions.get(row["ticket__sop_version"]),
            code=row["code"],
            role=row["role"],
            passes=row["passes"],
            judged=row["judged"],
            late=row["was_late"],
            explained=row["explained"],
            lengths=lengths.get(_key(row), Durations(0)),
            reasons=tuple(reasons[_key(row)][:MOST_REASONS]),
        )
        for row in grouped.annotate(**counts)
    ]
    return sorted(_with_standards(lines), key=_place)


def _lengths(scope: Scope) -> dict[Key, Durations]:
    """Median and 90th percentile of each group. The database ranks; only the wanted ranks are read."""
    group = [F("ticket__sop_version"), F("code"), F("role")]
    ranked = (
        passes_of(scope)
        .filter(worked__isnull=False)
        .annotate(
            _rank=Window(RowNumber(), partition_by=group, order_by=F("worked").asc()),
            _cases=Window(Count("pk"), partition_by=group),
        )
    )
    # Twice the rank lies within one of the number of cases: the middle, whatever that number is.
    middle = Q(_rank__gte=F("_cases") / 2.0, _rank__lte=F("_cases") / 2.0 + 1)
    nearest = Q(_rank__gte=F("_cases") * 0.9 - 1e-6, _rank__lt=F("_cases") * 0.9 + 1 - 1e-6)
    rows = ranked.filter(middle | nearest).values_list(
        "ticket__sop_version", "code", "role", "_cases", "_rank", "worked"
    )
    found: dict[tuple[Key, int], dict] = defaultdict(dict)
    for version, code, role, cases, rank, worked in rows:
        found[(version, code, role), cases][rank] = worked
    return {key: durations_by_rank(cases, ranks) for (key, cases), ranks in found.items()}


def _reasons(scope: Scope) -> dict[Key, list[Reason]]:
    """Why passes were late, the most frequent first."""
    told = passes_of(scope).filter(LATE).exclude(late_reason="")
    rows = told.values("ticket__sop_version", "code", "role", "late_reason").annotate(found=Count("pk"))
    reasons: dict[Key, list[Reason]] = defaultdict(list)
    for row in rows.order_by("-found", "late_reason"):
        reasons[_key(row)].append(Reason(row["late_reason"], row["found"]))
    return reasons


def _versions(scope: Scope) -> dict[int, SopVersion]:
    used = passes_of(scope).values("ticket__sop_version")
    return {version.pk: version for version in SopVersion.objects.filter(pk__in=used)}


def _with_standards(lines: list[StepLine]) -> list[StepLine]:
    """The lines with what the SOP asks of them."""
    found = {
        (standard.version_id, standard.code): standard
        for standard in StepStandard.objects.filter(version__in={line.version for line in lines} - {None})
    }
    return [_measured(line, found.get((line.version and line.version.pk, line.code))) for line in lines]


def _measured(line: StepLine, standard: StepStandard | None) -> StepLine:
    if standard is None:
        return line
    by_priority = {p.value: standard.minutes_for(p.value) for p in Priority}
    proposed = not (standard.confirmed and line.version.confirmed)
    return replace(line, standard=by_priority, proposed=proposed)


def _key(row: dict) -> Key:
    return row["ticket__sop_version"], row["code"], row["role"]


def _place(line: StepLine) -> tuple:
    number = line.version.number if line.version else 0
    place = SOP_ORDER.index(line.code) if line.code in SOP_ORDER else len(SOP_ORDER)
    return -number, place, line.role
