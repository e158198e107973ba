"""What was found to be the cause, of tickets handled in a period."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Min, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Lower, Trim

from helpdesk_plugin.models import Diagnosis
from helpdesk_plugin.reports.scope import Scope, within

#: Causes that a report names.
MOST_CAUSES = 10
#: Letters of a cause that a table has room for.
_ROOM = 140


@dataclass(frozen=True)
class Cause:
    """A cause as officers wrote it, and how many handled tickets have it. ``mark`` stands for its text."""

    mark: str
    text: str
    tickets: int


def with_cause(tickets):
    """Tickets with the cause of their latest diagnosis: ``_cause`` as written, ``_cause_key`` to compare."""
    latest = Diagnosis.objects.filter(ticket=OuterRef("pk")).order_by("-at", "-id").values("cause")[:1]
    written = Coalesce(Subquery(latest), Value(""), output_field=TextField())
    return tickets.annotate(_cause=written, _cause_key=Lower(Trim(written)))


def causes_of(scope: Scope) -> list[Cause]:
    """The most frequent causes of what was handled in the period. One query.

    Causes are the same when their text is, whatever its capitals and outer blanks.
    """
    handled = with_cause(scope.tickets.filter(within("resolved_at", scope.span))).exclude(_cause_key="")
    rows = handled.order_by().values("_cause_key").annotate(found=Count("pk"), said=Min("_cause"))
    first = rows.order_by("-found", "_cause_key")[:MOST_CAUSES]
    return [
        Cause(mark_of(row["_cause_key"]), " ".join(row["said"].split())[:_ROOM], row["found"])
        for row in first
    ]


def tickets_with(mark: str, scope: Scope):
    """The tickets handled in the period whose cause has this mark."""
    handled = with_cause(scope.tickets.filter(within("resolved_at", scope.span))).exclude(_cause_key="")
    keys = handled.order_by().values_list("_cause_key", flat=True).distinct()
    return handled.filter(_cause_key__in=[key for key in keys if mark_of(key) == mark])


def mark_of(key: str) -> str:
    """A mark that stands for a cause where its text must not: the same cause has the same mark."""
    return hashlib.sha256(key.encode()).hexdigest()[:12] if key else ""
