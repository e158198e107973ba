"""How a deadline stands now, in working time: for the chip in lists and on the ticket page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from helpdesk_plugin.calendars import ON_CALL, calendar_named
from helpdesk_plugin.domain.sla import AT_RISK_PERCENT, share
from helpdesk_plugin.domain.working_calendar import WorkingCalendar
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.staff.words import working_time


class DueState(StrEnum):
    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    LATE = "late"
    PAUSED = "paused"


#: Icon of each state; colour never stands alone.
ICONS = {
    DueState.ON_TIME: "time",
    DueState.AT_RISK: "warning",
    DueState.LATE: "error",
    DueState.PAUSED: "minus",
}


@dataclass(frozen=True)
class Due:
    """The deadline that counts now. ``gap`` is the working time until it, or since it when late.

    ``at`` is None while the clock stands, because the moment moves along with the pause.
    """

    at: datetime | None
    state: DueState
    gap: timedelta
    is_response: bool

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def words(self) -> str:
        """The chip's text: how much is left, or by how much it is late."""
        if self.state is DueState.PAUSED:
            return _("SLA clock stopped")
        if self.state is DueState.LATE:
            late_by = {"time": working_time(self.gap)}
            return _("%(time)s late") % late_by if self.gap else _("past the deadline")
        return _("%(time)s left") % {"time": working_time(self.gap)}

    @property
    def promise(self) -> str:
        """What is promised by then."""
        return _("First response") if self.is_response else _("Resolution due")


def due_of(ticket: Ticket, now: datetime, hours: WorkingCalendar) -> Due | None:
    """How the deadline of a ticket stands; None when nothing is promised any more. No query.

    ``hours`` is the agency's calendar, touched only when it is needed; tickets on call are counted around
    the clock.
    """
    if not ticket.is_open or ticket.resolved_at:
        return None
    is_response = ticket.first_response_at is None
    if ticket.clock_running_since is None:
        return Due(None, DueState.PAUSED, timedelta(0), is_response)
    if ticket.due_at is None:
        return None
    if str(ticket.promise.get("calendar", "")).endswith(ON_CALL):
        hours = calendar_named(ON_CALL)
    return _running(ticket, now, hours, is_response)


def _running(ticket: Ticket, now: datetime, hours: WorkingCalendar, is_response: bool) -> Due:
    at = ticket.due_at
    if now > at:
        return Due(at, DueState.LATE, hours.between(at, now), is_response)
    warn_at = _response_warning(ticket, hours) if is_response else ticket.recovery_warn_at
    state = DueState.AT_RISK if warn_at and now >= warn_at else DueState.ON_TIME
    return Due(at, state, hours.between(now, at), is_response)


def _response_warning(ticket: Ticket, hours: WorkingCalendar) -> datetime:
    """When most of the time for the first response is used up."""
    start, at = ticket.submitted_at, ticket.due_at
    return hours.add(start, share(hours.between(start, at), AT_RISK_PERCENT))
