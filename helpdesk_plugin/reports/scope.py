"""What a report is about: which period, seen by whom, at which moment."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date, agency_zone
from helpdesk_plugin.domain.periods import Period, PeriodKind, Span
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.models.rights import holds

SECURITY = "helpdesk_plugin.view_security_ticket"


@dataclass(frozen=True)
class Scope:
    """A period as one reader may see it.

    ``user`` is whose eyes see it; None stands for paper and files that leave the agency, which hold no
    matter of information security. ``as_of`` is the moment at which what is still open is judged (UTC).
    """

    period: Period
    user: Any = None
    as_of: datetime = field(default_factory=clock.now)

    @property
    def span(self) -> Span:
        """The period's moments in the agency's time zone."""
        return self.period.span(agency_zone())

    @property
    def seen_until(self) -> datetime:
        """The end of the period, or ``as_of`` while it is running."""
        return min(self.span.end, self.as_of)

    @property
    def is_running(self) -> bool:
        """Whether the period is not over yet."""
        return self.as_of < self.span.end

    @property
    def tickets(self):
        """Every ticket that may count here, of any time."""
        if self.user is None:
            return Ticket.objects.filter(security_flag=False)
        return Ticket.objects.visible_to(self.user)

    def of_tickets(self, rows):
        """Rows that belong to tickets (``ticket``), as far as those may count here."""
        if self.user is not None and not holds(self.user, "helpdesk_plugin.view_ticket"):
            return rows.none()
        if self.user is not None and holds(self.user, SECURITY):
            return rows
        return rows.filter(ticket__security_flag=False)

    def before(self) -> "Scope":
        """The period before, seen by the same eyes."""
        return Scope(self.period.previous(), self.user, self.as_of)


def this_month(user: Any = None) -> Scope:
    """The month that it is at the agency."""
    now = clock.now()
    return Scope(Period.of(PeriodKind.MONTH, agency_date(now)), user, now)


def within(field_name: str, span: Span) -> Q:
    """The moment in this field lies in the span."""
    return Q(**{f"{field_name}__gte": span.begin, f"{field_name}__lt": span.end})
