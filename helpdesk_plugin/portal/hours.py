"""Outside service hours: when work starts, and the office on call for what cannot wait."""

from datetime import datetime

from helpdesk_plugin import calendars, clock
from helpdesk_plugin.domain.priorities import Impact, Urgency, suggested_impact, suggested_urgency
from helpdesk_plugin.domain.working_calendar import NoWorkingTime
from helpdesk_plugin.models import AgencyProfile, Service, Ticket, TicketKind


def next_opening() -> datetime | None:
    """When work starts, if the desk is closed now; nothing while it is open or has no hours at all."""
    now = clock.now()
    try:
        opening = calendars.calendar().next_opening(now)
    except NoWorkingTime:
        return None
    return opening if opening > now else None


def looks_critical(kind: str, service: Service, *, who_affected: str, alternative: str) -> bool:
    """Whether a disruption stops the work of many with no way around it, or is a matter of security.

    Read from the requester's answers, and from the service's own defaults where there are none.
    """
    if kind != TicketKind.INCIDENT:
        return False
    impact = suggested_impact(who_affected, Impact(service.default_impact))
    urgency = suggested_urgency(alternative, Urgency(service.default_urgency))
    return service.is_security or (impact is Impact.HIGH and urgency is Urgency.HIGH)


def on_call_for(ticket: Ticket, agency: AgencyProfile) -> bool:
    """Whether the office on call is named to the requester of this ticket, now."""
    critical = looks_critical(
        ticket.kind, ticket.service, who_affected=ticket.who_affected, alternative=ticket.alternative
    )
    # The calendar is asked last: it costs queries, and most tickets need none of them.
    return bool(agency.on_call_phone) and critical and next_opening() is not None
