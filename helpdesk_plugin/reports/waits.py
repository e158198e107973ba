"""Waits for third parties, from the ledger: when each began and when it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import TicketEvent
from helpdesk_plugin.reports.measures import events_of
from helpdesk_plugin.reports.scope import Scope

_WAITING = TicketStatus.WAITING_THIRD_PARTY.value


@dataclass(frozen=True)
class Wait:
    """One wait of a ticket (its id). ``ended`` is None while it lasts."""

    ticket: int
    began: datetime
    ended: datetime | None

    @property
    def length(self) -> timedelta | None:
        """How long it took by the wall clock; None while it lasts."""
        return None if self.ended is None else self.ended - self.began


def waits_of(scope: Scope) -> list[Wait]:
    """The waits that began in the period. One query; a row for each wait, not for each ticket."""
    later = TicketEvent.objects.filter(ticket=OuterRef("ticket"), id__gt=OuterRef("id"), from_status=_WAITING)
    left = later.exclude(to_status=_WAITING).order_by("id").values("at")[:1]
    rows = events_of(scope, Step.HOLD_THIRD_PARTY).values_list("ticket_id", "at", Subquery(left))
    return [Wait(*row) for row in rows]
