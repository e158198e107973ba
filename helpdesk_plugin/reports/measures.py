"""What is counted: each measure is a condition on tickets, used to count them and to list those very tickets.

docs/reports.md defines each measure; `bench/recompute_reports.py` counts them again from the raw export.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.figures import AGES
from helpdesk_plugin.domain.sla import SlaState
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.labels import Label
from helpdesk_plugin.models import TicketEvent, WorkLog
from helpdesk_plugin.models.conditions import IsOpen
from helpdesk_plugin.reports.scope import Scope, within


class Measure(StrEnum):
    """Tickets that count for one figure of a period."""

    FILED = "filed"
    HANDLED = "handled"
    CLOSED = "closed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    MERGED = "merged"
    RESPONSE_MET = "response_met"
    RESPONSE_LATE = "response_late"
    RECOVERY_MET = "recovery_met"
    RECOVERY_LATE = "recovery_late"
    REOPENED = "reopened"
    NOT_FIXED = "not_fixed"
    THIRD_PARTY = "third_party"
    WORKED = "worked"
    BACKLOG = "backlog"
    BACKLOG_LATE = "backlog_late"
    BACKLOG_THIRD_PARTY = "backlog_third_party"


NAMES: dict[Measure, Label] = {
    Measure.FILED: _("Filed"),
    Measure.HANDLED: _("Handled (recovered)"),
    Measure.CLOSED: _("Closed"),
    Measure.REJECTED: _("Rejected"),
    Measure.CANCELLED: _("Cancelled by the requester"),
    Measure.MERGED: _("Merged as duplicate"),
    Measure.RESPONSE_MET: _("First response in time"),
    Measure.RESPONSE_LATE: _("First response late"),
    Measure.RECOVERY_MET: _("Recovered in time"),
    Measure.RECOVERY_LATE: _("Recovered late"),
    Measure.REOPENED: _("Reopened after closing"),
    Measure.NOT_FIXED: _("Reported as not fixed"),
    Measure.THIRD_PARTY: _("Handed to a third party"),
    Measure.WORKED: _("With logged work"),
    Measure.BACKLOG: _("Open at the end of the period"),
    Measure.BACKLOG_LATE: _("Open and past the deadline"),
    Measure.BACKLOG_THIRD_PARTY: _("Open and waiting for a third party"),
}


def plain_conditions(scope: Scope) -> dict[Measure, Q]:
    """The measures that a ticket's own row decides; they can be counted together."""
    filed, handled = within("submitted_at", scope.span), within("resolved_at", scope.span)
    met, missed = SlaState.MET.value, SlaState.MISSED.value
    unanswered = Q(
        status=TicketStatus.SUBMITTED.value, first_response_at=None, response_due_at__lt=scope.as_of
    )
    ended = within("status_since", scope.span)
    return {
        Measure.FILED: filed,
        Measure.HANDLED: handled,
        Measure.CLOSED: within("closed_at", scope.span),
        Measure.REJECTED: ended & Q(status=TicketStatus.REJECTED.value),
        Measure.CANCELLED: ended & Q(status=TicketStatus.CANCELLED.value),
        Measure.MERGED: ended & Q(status=TicketStatus.MERGED.value),
        Measure.RESPONSE_MET: filed & Q(response_outcome=met),
        Measure.RESPONSE_LATE: filed & (Q(response_outcome=missed) | Q(unanswered, response_outcome="")),
        Measure.RECOVERY_MET: handled & Q(recovery_outcome=met),
        Measure.RECOVERY_LATE: handled & Q(recovery_outcome=missed),
    }


def touched(scope: Scope) -> Q:
    """Tickets that any of `plain_conditions` can be true of, and some more: a range of an index each."""
    return (
        within("submitted_at", scope.span)
        | within("resolved_at", scope.span)
        | within("closed_at", scope.span)
        | within("status_since", scope.span)
    )


def tickets_of(measure: Measure, scope: Scope, age: int | None = None) -> QuerySet:
    """The tickets that a measure counts. ``age`` narrows `Measure.BACKLOG` to one age (`AGES`, 0: older)."""
    plain = plain_conditions(scope)
    if measure in plain:
        return scope.tickets.filter(plain[measure])
    if measure in _BY_LEDGER:
        return scope.tickets.filter(Exists(_BY_LEDGER[measure](scope).filter(ticket=OuterRef("pk"))))
    found = backlog(scope)
    if measure is Measure.BACKLOG_LATE:
        return found.late(scope.as_of)
    if measure is Measure.BACKLOG_THIRD_PARTY:
        return found.filter(_stood=TicketStatus.WAITING_THIRD_PARTY.value)
    return found if age is None else found.filter(age_conditions(scope)[age])


def events_of(scope: Scope, act: Step | Remark) -> QuerySet:
    """Entries of the ledger with this act in the period."""
    return scope.of_tickets(TicketEvent.objects.filter(within("at", scope.span), act=act.value).order_by())


def work_of(scope: Scope) -> QuerySet:
    """Work that was logged in the period."""
    return scope.of_tickets(WorkLog.objects.filter(within("at", scope.span)).order_by())


_BY_LEDGER: dict[Measure, Callable[[Scope], QuerySet]] = {
    Measure.REOPENED: lambda scope: events_of(scope, Step.REOPEN),
    Measure.NOT_FIXED: lambda scope: events_of(scope, Step.NOT_FIXED),
    Measure.THIRD_PARTY: lambda scope: events_of(scope, Step.HOLD_THIRD_PARTY),
    Measure.WORKED: work_of,
}


# --- What was open ---------------------------------------------------------------------------------------


def backlog(scope: Scope) -> QuerySet:
    """Tickets that were open at the end of the period (now, while it is running), with ``_stood``: how.

    Only what is open now or has moved since then can have been open; of those the ledger tells the status at
    that moment. An index for each of the two.
    """
    end = scope.seen_until
    moved_since = Q(IsOpen("status")) | Q(status_since__gte=end)
    latest = TicketEvent.objects.filter(ticket=OuterRef("pk"), at__lt=end).order_by("-at", "-id")
    candidates = scope.tickets.filter(moved_since)
    stood = Subquery(latest.values("to_status")[:1])
    return candidates.alias(_stood=stood).filter(_stood__in=[s.value for s in statuses.OPEN])


@dataclass(frozen=True)
class Age:
    """Open tickets of one age: at most ``days`` (0: more than the last of `AGES`)."""

    days: int
    count: int


def age_conditions(scope: Scope) -> dict[int, Q]:
    """Each age of open tickets, in days of 24 hours between filing and the end of the period."""
    end, younger = scope.seen_until, Q()
    found: dict[int, Q] = {}
    for days in AGES:
        limit = Q(submitted_at__gte=end - timedelta(days=days))
        found[days] = limit & younger
        younger = Q(submitted_at__lt=end - timedelta(days=days))
    return found | {0: younger}
