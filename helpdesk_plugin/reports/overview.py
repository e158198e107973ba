"""The overview of a period: volume, promises, backlog, waits, work and causes, beside the period before.

Counted by the database in a fixed number of queries, whatever the number of tickets. Evidence and documents
use the same functions; nothing is worked out twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connections
from django.db.models import Count, Q, Sum

from helpdesk_plugin import labels
from helpdesk_plugin.domain.figures import Durations, durations, share
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.labels import Label
from helpdesk_plugin.models import Category, Channel, TicketKind, Verdict
from helpdesk_plugin.reports import words
from helpdesk_plugin.reports.measures import (
    Age,
    Measure,
    age_conditions,
    backlog,
    events_of,
    plain_conditions,
    touched,
    work_of,
)
from helpdesk_plugin.reports.scope import Scope
from helpdesk_plugin.reports.waits import waits_of


@dataclass(frozen=True)
class Counts:
    """Counts by `Measure`, and the shares that follow from them."""

    by: dict[Measure, int]

    def __getitem__(self, measure: Measure) -> int:
        return self.by.get(measure, 0)

    @property
    def response_judged(self) -> int:
        return self[Measure.RESPONSE_MET] + self[Measure.RESPONSE_LATE]

    @property
    def response_share(self) -> Decimal | None:
        """Percent of first responses in time, of tickets filed in the period that can be judged."""
        return share(self[Measure.RESPONSE_MET], self.response_judged)

    @property
    def recovery_judged(self) -> int:
        return self[Measure.RECOVERY_MET] + self[Measure.RECOVERY_LATE]

    @property
    def recovery_share(self) -> Decimal | None:
        """Percent of recoveries in time, of tickets handled in the period that had a promise."""
        return share(self[Measure.RECOVERY_MET], self.recovery_judged)


@dataclass(frozen=True)
class Row:
    """One line of a table: a priority, an agency …; ``key`` is its value in addresses."""

    key: str
    name: str
    now: Counts
    before: Counts


@dataclass(frozen=True)
class Dimension:
    """Something that tickets are told apart by: field to group by, field of the name, words of values."""

    title: Label
    path: str
    name_path: str = ""
    values: dict[Any, Label] | None = None

    def name_of(self, row: dict) -> str:
        value = row[self.path]
        if self.values is not None:
            return str(self.values.get(value, value or words.NOT_SET))
        return str(row[self.name_path] if self.name_path else value)


def _words(choices) -> dict[Any, Label]:
    return dict(choices.choices)


DIMENSIONS: dict[str, Dimension] = {
    "kind": Dimension(words.DIMENSION["kind"], "kind", values=_words(TicketKind)),
    "priority": Dimension(
        words.DIMENSION["priority"], "priority", values={p.value: labels.PRIORITY[p] for p in Priority}
    ),
    "category": Dimension(words.DIMENSION["category"], "service__category", values=_words(Category)),
    "service": Dimension(words.DIMENSION["service"], "service__code", "service__name"),
    "opd": Dimension(words.DIMENSION["opd"], "opd__code", "opd__name"),
    "channel": Dimension(words.DIMENSION["channel"], "channel", values=_words(Channel)),
    "verdict": Dimension(words.DIMENSION["verdict"], "verdict", values=_words(Verdict)),
}


@dataclass(frozen=True)
class Backlog:
    """What was open at the end of the period. ``late`` is None for a period that is over: what was late then
    is not stored, because deadlines move with pauses."""

    open: int
    waiting_third_party: int
    ages: tuple[Age, ...]
    late: int | None


@dataclass(frozen=True)
class Waits:
    """Waits for third parties that began in the period; by the wall clock, how long those took that ended."""

    tickets: int
    begun: int
    lengths: Durations


@dataclass(frozen=True)
class Work:
    """Work logged in the period."""

    minutes: int
    entries: int
    tickets: int


@dataclass(frozen=True)
class Overview:
    """Everything that the overview tells of one period, without comparison."""

    counts: Counts
    reopened: int
    not_fixed: int
    backlog: Backlog
    waits: Waits
    work: Work


def overview_of(scope: Scope) -> Overview:
    """The figures of a period. Seven queries, six when it is over."""
    return Overview(
        counts=counts_of(scope),
        reopened=_tickets(events_of(scope, Step.REOPEN)),
        not_fixed=_tickets(events_of(scope, Step.NOT_FIXED)),
        backlog=backlog_of(scope),
        waits=_waits(scope),
        work=_work(scope),
    )


def counts_of(scope: Scope) -> Counts:
    """What a ticket's own row tells, over all tickets. One query."""
    return Counts(_counted(_narrowed(scope, touched(scope)), scope))


def _narrowed(scope: Scope, condition: Q):
    """The tickets of the condition. SQLite is made to find their keys first: it might begin at a table that
    is joined, and go through all tickets of each of its rows. PostgreSQL weighs that by itself."""
    found = scope.tickets.filter(condition).order_by()
    if connections[found.db].vendor == "sqlite":
        return scope.tickets.filter(pk__in=found.values("pk")).order_by()
    return found


def rows_of(scope: Scope, dimension: str) -> list[Row]:
    """The counts by one dimension, the most frequent first, beside those of the period before. One query."""
    how, before = DIMENSIONS[dimension], scope.before()
    paths = [path for path in (how.path, how.name_path) if path]
    grouped = _narrowed(scope, touched(scope) | touched(before)).values(*paths)
    columns = {f"now_{m.value}": Count("pk", filter=q) for m, q in plain_conditions(scope).items()}
    columns |= {f"before_{m.value}": Count("pk", filter=q) for m, q in plain_conditions(before).items()}
    rows = [
        Row(str(found[how.path]), how.name_of(found), _part(found, "now_"), _part(found, "before_"))
        for found in grouped.annotate(**columns)
    ]
    return sorted(rows, key=_ranked(how))


def backlog_of(scope: Scope) -> Backlog:
    """What was open at the end of the period, by age. One query, one more while the period is running."""
    waiting = Count("pk", filter=Q(_stood=TicketStatus.WAITING_THIRD_PARTY.value))
    ages = {f"age_{days}": Count("pk", filter=q) for days, q in age_conditions(scope).items()}
    opened = backlog(scope).order_by()
    found = opened.aggregate(open=Count("pk"), waiting=waiting, **ages)
    return Backlog(
        open=found["open"],
        waiting_third_party=found["waiting"],
        ages=tuple(Age(days, found[f"age_{days}"]) for days in age_conditions(scope)),
        late=opened.late(scope.as_of).count() if scope.is_running else None,
    )


def work_by_service(scope: Scope) -> list[tuple[str, str, Work]]:
    """Work logged in the period by service: code, name and figures, most minutes first. One query."""
    grouped = work_of(scope).values("ticket__service__code", "ticket__service__name")
    rows = grouped.annotate(**WORK).order_by("-total", "ticket__service__code")
    return [(row["ticket__service__code"], row["ticket__service__name"], as_work(row)) for row in rows]


#: Columns of logged work, over all or by something.
WORK = {
    "total": Sum("minutes", default=0),
    "entries": Count("pk"),
    "tickets": Count("ticket", distinct=True),
}


def _work(scope: Scope) -> Work:
    return as_work(work_of(scope).aggregate(**WORK))


def as_work(row: dict) -> Work:
    """A row with the columns of `WORK`."""
    return Work(row["total"], row["entries"], row["tickets"])


def _waits(scope: Scope) -> Waits:
    waits = waits_of(scope)
    lengths = durations(wait.length for wait in waits if wait.length is not None)
    return Waits(len({wait.ticket for wait in waits}), len(waits), lengths)


def _tickets(rows) -> int:
    return rows.aggregate(found=Count("ticket", distinct=True))["found"]


def _counted(tickets, scope: Scope) -> dict[Measure, int]:
    columns = {m.value: Count("pk", filter=q) for m, q in plain_conditions(scope).items()}
    return {Measure(name): count for name, count in tickets.aggregate(**columns).items()}


def _part(found: dict, prefix: str) -> Counts:
    counts = {Measure(name.removeprefix(prefix)): n for name, n in found.items() if name.startswith(prefix)}
    return Counts(counts)


def _ranked(how: Dimension) -> Callable[[Row], tuple]:
    """Closed vocabularies keep their own order; the others begin with the most frequent."""
    if how.values is None:
        return lambda row: (-row.now[Measure.FILED], -row.now[Measure.HANDLED], row.name)
    places = {str(value): place for place, value in enumerate(how.values)}
    return lambda row: (places.get(row.key, len(places)),)
