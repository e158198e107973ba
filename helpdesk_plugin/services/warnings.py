"""Warnings before a deadline and at it: each level once, however often and however late one looks.

A warning is an act in the ledger with a key of its own, so the door lets it pass exactly once: a second
look, a late one, or two at the same time change nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import Prefetch

from helpdesk_plugin.calendars import calendar_named
from helpdesk_plugin.domain.escalation import DEFAULT_LEVELS, Level, Subject, next_role_up, reached
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.sla import elapsed_with_pauses
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.domain.working_calendar import WorkingCalendar
from helpdesk_plugin.models import EscalationLevel, StepRecord, Ticket, TicketEvent
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import StepRefused

_CHUNK = 500


@dataclass(frozen=True)
class Warning:
    """A level that a ticket has reached. ``key`` tells it from every other warning of the ticket."""

    ticket: Ticket
    level: Level
    key: str
    roles: tuple[Role, ...]
    due_at: datetime | None
    step: str = ""


class _Moot(StepRefused):
    """What was to be warned of has been done in the meantime."""


def warn_of_deadlines(now: datetime) -> int:
    """Warn of every level that open tickets have reached by ``now``; return how many warnings were new."""
    levels = warning_levels()
    return sum(_warn(warning) for warning in warnings_due(now, levels))


def warning_levels() -> list[Level]:
    """The agency's levels, or the proposed ones while it has stored none."""
    return [row.as_level() for row in EscalationLevel.objects.all()] or list(DEFAULT_LEVELS)


def warnings_due(now: datetime, levels: Sequence[Level]) -> Iterator[Warning]:
    """Yield the warnings that open tickets have earned and that the ledger does not hold yet.

    Three queries for every five hundred open tickets, and one for each edition of the calendar.
    """
    hours_of = cache(calendar_named)
    running = Prefetch("step_records", StepRecord.objects.running())
    given = Prefetch("events", TicketEvent.objects.filter(act=Remark.WARN.value))
    tickets = Ticket.objects.open().order_by("pk").prefetch_related(running, given)
    for ticket in tickets.iterator(chunk_size=_CHUNK):
        if ticket.promise:
            hours = hours_of(ticket.promise["calendar"])
            known = {event.key for event in ticket.events.all()}
            earned = (*_of_promises(ticket, hours, now, levels), *_of_steps(ticket, hours, now, levels))
            yield from (warning for warning in earned if warning.key not in known)


def _of_promises(
    ticket: Ticket, hours: WorkingCalendar, now: datetime, levels: Sequence[Level]
) -> Iterator[Warning]:
    promise = ticket.promise
    if ticket.first_response_at is None and promise["response"]:
        used = hours.between(ticket.submitted_at, now)
        allowed = timedelta(minutes=promise["response"])
        for level in reached(levels, Subject.RESPONSE, used=used, allowed=allowed):
            yield _warning(ticket, level, "response", ticket.response_due_at)
    if ticket.clock_running_since and promise["recovery"]:
        used = ticket.clock_used + hours.between(ticket.clock_running_since, now)
        allowed = timedelta(minutes=promise["recovery"])
        for level in reached(levels, Subject.RECOVERY, used=used, allowed=allowed):
            # A changed promise is another promise: its levels are warned of anew.
            yield _warning(ticket, level, f"recovery:{promise['recovery']}", ticket.recovery_due_at)


def _of_steps(
    ticket: Ticket, hours: WorkingCalendar, now: datetime, levels: Sequence[Level]
) -> Iterator[Warning]:
    for record in ticket.step_records.all():
        if record.due_at is None or not record.standard_minutes:
            continue
        used = elapsed_with_pauses(record.entered_at, now, record.stood, hours)
        allowed = timedelta(minutes=record.standard_minutes)
        for level in reached(levels, Subject.STEP, used=used, allowed=allowed):
            yield Warning(
                ticket=ticket,
                level=level,
                key=f"warn:step:{record.pk}:{level.percent}",
                roles=(Role(record.role),) if record.role else ticket.holders,
                due_at=record.due_at,
                step=record.code,
            )


def _warning(ticket: Ticket, level: Level, anchor: str, due_at: datetime | None) -> Warning:
    return Warning(ticket, level, f"warn:{anchor}:{level.percent}", ticket.holders, due_at)


def _warn(warning: Warning) -> bool:
    """Record one warning; False when it was recorded before or has become moot."""
    fresh: list[bool] = []

    def note(passage: Passage) -> None:
        if not _still_true(passage.ticket, warning):
            raise _Moot
        passage.data |= _as_data(warning)
        fresh.append(True)

    try:
        pass_through(warning.ticket.pk, Remark.WARN, Request(by=Party.SYSTEM, key=warning.key), note)
    except (_Moot, StepNotAllowed):
        return False
    return bool(fresh)


def _still_true(ticket: Ticket, warning: Warning) -> bool:
    """Whether the ticket, now locked, still stands where it earned the warning."""
    if warning.level.subject is Subject.RESPONSE:
        return ticket.first_response_at is None
    if warning.level.subject is Subject.RECOVERY:
        return ticket.clock_running_since is not None and ticket.promise == warning.ticket.promise
    return ticket.step_records.running().filter(code=warning.step).exists()


def _as_data(warning: Warning) -> dict:
    """What the ledger keeps of a warning; messages are addressed by it."""
    level = warning.level
    up = next_role_up(warning.roles) if level.role_up else None
    roles = [*(warning.roles if level.holder else ()), *((up,) if up else ())]
    return {
        "subject": level.subject.value,
        "percent": level.percent,
        "step": warning.step,
        "due_at": warning.due_at.isoformat() if warning.due_at else "",
        "roles": [role.value for role in roles if role is not Role.REQUESTER],
        "requester": level.requester,
    }
