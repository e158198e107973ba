"""Where a ticket stands, in plain words: one sentence, and one about what is promised."""

from datetime import datetime

from django.utils.translation import gettext as _

from helpdesk_plugin import clock, sla_clock
from helpdesk_plugin.domain.statuses import OPEN, TicketStatus
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.progress import Progress
from helpdesk_plugin.templatetags.helpdesk import long_datetime, working_time


class Position:
    """The sentences on top of a ticket's page."""

    def __init__(self, ticket: Ticket, progress: Progress) -> None:
        self.ticket, self.progress = ticket, progress

    @property
    def sentence(self) -> str:
        """Status, office and since when."""
        words = {"who": self.ticket.holder_names, "since": long_datetime(self._since)}
        return self._pattern() % words

    @property
    def promise(self) -> str:
        """What the requester may expect and until when; empty when the turn is theirs or all is over."""
        ticket, due = self.ticket, self.due_at
        if ticket.state is TicketStatus.RESOLVED:
            return self._confirm_until()
        if ticket.state is TicketStatus.MERGED:
            return self._by_the_main_ticket()
        if due is None or ticket.state not in OPEN:
            return ""
        if ticket.state is TicketStatus.SUBMITTED:
            return _("We respond by %(due)s.") % {"due": long_datetime(due)}
        station = self.progress.current
        if station is not None and station.standard_minutes and station.ends_at:
            return _("Limit of this step: %(time)s, until %(due)s.") % {
                "time": working_time(station.standard_minutes),
                "due": long_datetime(station.ends_at),
            }
        return _("We aim to be done by %(due)s.") % {"due": long_datetime(due)}

    @property
    def due_at(self) -> datetime | None:
        """The moment that the promise names."""
        if self.ticket.state is TicketStatus.SUBMITTED:
            return self.ticket.response_due_at
        station = self.progress.current
        return station.ends_at if station is not None else None

    @property
    def is_late(self) -> bool:
        """Whether what was promised has passed without being kept."""
        working = self.ticket.state in OPEN and self.ticket.state is not TicketStatus.RESOLVED
        return bool(working and self.due_at and self.due_at < clock.now())

    @property
    def _since(self) -> datetime:
        ticket = self.ticket
        moments = {
            TicketStatus.CLOSED: ticket.closed_at,
            TicketStatus.RESOLVED: ticket.confirmed_at or ticket.informed_at or ticket.resolved_at,
        }
        return moments.get(ticket.state) or ticket.status_since

    def _by_the_main_ticket(self) -> str:
        """How far the main ticket is; nothing that its requester said, not even its number."""
        main = self.ticket.goes_on_in
        if main.security_flag:
            return ""
        if main.resolved_at:
            return _("It was handled there on %(when)s.") % {"when": long_datetime(main.resolved_at)}
        told = {"status": main.requester_status, "due": long_datetime(main.due_at)}
        if main.due_at:
            return _("There it stands: %(status)s. The target is %(due)s.") % told
        return _("There it stands: %(status)s.") % told

    def _confirm_until(self) -> str:
        ticket = self.ticket
        deadline = None if ticket.confirmed_at else sla_clock.confirmation_deadline(ticket)
        if deadline is None:
            return ""
        return _("Without an answer until %(deadline)s the ticket is closed.") % {
            "deadline": long_datetime(deadline)
        }

    def _pattern(self) -> str:
        ticket = self.ticket
        if ticket.state is TicketStatus.RESOLVED:
            if ticket.confirmed_at:
                return _("You confirmed on %(since)s that it is fixed; %(who)s closes the ticket.")
            if ticket.informed_at:
                return _("The officers reported on %(since)s that it has been handled. Is it fixed?")
            return _("Handled on %(since)s; %(who)s will tell you the result.")
        return {
            TicketStatus.SUBMITTED: _("Your request waits to be examined by %(who)s since %(since)s."),
            TicketStatus.RETURNED: _(
                "Your request must be completed; it has been waiting for you since %(since)s."
            ),
            TicketStatus.TRIAGED: _("Waiting for the disposition of %(who)s since %(since)s."),
            TicketStatus.DISPOSED: _("Waiting to be examined and assigned by %(who)s since %(since)s."),
            TicketStatus.ASSIGNED: _("Waiting for verification by %(who)s since %(since)s."),
            TicketStatus.DIAGNOSING: _("The cause is being looked for by %(who)s since %(since)s."),
            TicketStatus.RECOVERING: _("Being recovered by %(who)s since %(since)s."),
            TicketStatus.WAITING_REQUESTER: _("We have been waiting for your answer since %(since)s."),
            TicketStatus.WAITING_THIRD_PARTY: _(
                "Waiting for a third party (provider or central operator) since %(since)s."
            ),
            TicketStatus.CLOSED: _("Closed on %(since)s."),
            TicketStatus.REOPENED: _("Reopened; being handled again by %(who)s since %(since)s."),
            TicketStatus.REJECTED: _("Rejected on %(since)s."),
            TicketStatus.CANCELLED: _("Cancelled on %(since)s."),
            TicketStatus.MERGED: _(
                "Merged on %(since)s with another ticket about the same matter; the work goes on there."
            ),
        }[ticket.state]
