"""What happens when the requester says nothing: a reminder, then an end that can be undone."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import HelpDeskSettings, Ticket
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.closure import cancel_ticket, close_ticket
from helpdesk_plugin.services.errors import FactsMissing
from helpdesk_plugin.sla_clock import CalendarOf, agreed_end, calendars_read_once

logger = logging.getLogger(__name__)


class Ending(StrEnum):
    """What became of one wait."""

    STILL_WAITING = "still_waiting"
    REMINDED = "reminded"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    HELD_UP = "held_up"


@dataclass(frozen=True)
class _Wait:
    """A ticket that waits for its requester since a moment, for so many working days."""

    ticket: Ticket
    since: datetime
    days: int
    remind_before: int
    end: Callable[[Ticket], Ending] | None

    def attend(self, now: datetime, calendar_of: CalendarOf) -> Ending:
        """Do what is due by ``now``.

        Nobody's silence ends a wait on the day of the reminder: after days without a look the reminder
        comes first, and the end on a later day.
        """
        if self.remind_before and now > self._after(max(self.days - self.remind_before, 1), calendar_of):
            reminded_at = self._reminded_at()
            if reminded_at is None:
                return _remind(self.ticket, self._key)
            if agency_date(reminded_at) == agency_date(now):
                return Ending.STILL_WAITING
        if self.end and now > self._after(self.days, calendar_of):
            return self.end(self.ticket)
        return Ending.STILL_WAITING

    @property
    def _key(self) -> str:
        return f"remind:{self.since.isoformat()}"

    def _after(self, days: int, calendar_of: CalendarOf) -> datetime:
        return agreed_end(self.ticket, self.since, days, calendar_of)

    def _reminded_at(self) -> datetime | None:
        return self.ticket.events.filter(key=self._key).values_list("at", flat=True).first()


def end_silences(now: datetime) -> Counter[Ending]:
    """Remind requesters whose time to answer runs out by ``now``, and end the waits whose time has passed.

    Handled tickets are closed and returned ones cancelled, by the system and with the reason; tickets
    that wait for an answer are only reminded. Returns how many of each.
    """
    calendar_of = calendars_read_once()
    return Counter(wait.attend(now, calendar_of) for wait in _waits())


def _waits() -> Iterator[_Wait]:
    own = HelpDeskSettings.load()
    unconfirmed = Ticket.objects.filter(informed_at__isnull=False, confirmed_at=None)
    for ticket in unconfirmed.filter(status=TicketStatus.RESOLVED).order_by("pk"):
        since = ticket.informed_at or ticket.status_since
        yield _Wait(ticket, since, own.confirmation_days, own.reminder_days, _close)
    for ticket in Ticket.objects.filter(status=TicketStatus.RETURNED).order_by("pk"):
        yield _Wait(ticket, ticket.status_since, own.completion_days, own.reminder_days, _cancel)
    for ticket in Ticket.objects.filter(status=TicketStatus.WAITING_REQUESTER).order_by("pk"):
        yield _Wait(ticket, ticket.status_since, own.completion_days, own.reminder_days, None)


def _remind(ticket: Ticket, key: str) -> Ending:
    fresh: list[Passage] = []
    try:
        pass_through(ticket.pk, Remark.REMIND, Request(by=Party.SYSTEM, key=key), fresh.append)
    except StepNotAllowed:
        return Ending.STILL_WAITING
    # Another look may have reminded at the same moment; then the door let this one pass without an act.
    return Ending.REMINDED if fresh else Ending.STILL_WAITING


def _close(ticket: Ticket) -> Ending:
    with translation.override(ticket.language):
        note = _("No answer came within the agreed days, so the ticket was closed. You may reopen it.")
    try:
        close_ticket(ticket.pk, by=Party.SYSTEM, note=note)
    except StepNotAllowed:
        return Ending.STILL_WAITING
    except FactsMissing as refused:
        # A disposition that was to follow is still lacking: people must act, and their screens say so.
        logger.warning("%s cannot be closed yet: %s", ticket.number, ", ".join(refused.missing))
        return Ending.HELD_UP
    return Ending.CLOSED


def _cancel(ticket: Ticket) -> Ending:
    with translation.override(ticket.language):
        note = _("The request was not completed within the agreed days, so it was cancelled.")
    try:
        cancel_ticket(ticket.pk, by=Party.SYSTEM, note=note)
    except StepNotAllowed:
        return Ending.STILL_WAITING
    return Ending.CANCELLED
