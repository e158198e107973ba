"""What a message may say of a ticket: the values of the placeholders, fit for the eyes of its reader."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import formats
from django.utils.translation import gettext as _

from helpdesk_plugin import conf, labels
from helpdesk_plugin.calendars import agency_zone
from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.domain import indonesia, numbering, statuses
from helpdesk_plugin.domain.escalation import Subject
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.domain.working_calendar import NoWorkingTime, OutsideCalendar
from helpdesk_plugin.languages import in_indonesian
from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, OutboxMessage
from helpdesk_plugin.sla_clock import agreed_end

#: Letters of a note that a mail repeats; the rest is read on the ticket.
MAX_NOTE = 4000

#: The agreed working days that begin with an act.
_DAYS_FROM: dict[Act, str] = {
    Step.RETURN: "completion_days",
    Step.INFORM: "confirmation_days",
    Step.CLOSE: "reopen_days",
}


class Facts:
    """The values for one message, worked out when asked for, in the language that is active then.

    The requester's mails carry nothing that was typed into the form: anybody can type a stranger's address
    there. Mails about information security carry no details for anyone.
    """

    def __init__(self, message: OutboxMessage, agency: AgencyProfile) -> None:
        self.message, self.agency_profile = message, agency
        self.ticket, self.event = message.ticket, message.event
        self.status_then = TicketStatus(self.event.to_status)

    def value(self, placeholder: str) -> str:
        """The value of a placeholder; empty where there is nothing to say. Raises RetiredKey for the link."""
        confidential = self.ticket.security_flag and placeholder in _CONFIDENTIAL
        return _CONFIDENTIAL[placeholder](self) if confidential else _VALUES[placeholder](self)

    def number(self) -> str:
        return self.ticket.number

    def agency(self) -> str:
        return agency_name(self.agency_profile)

    def service(self) -> str:
        return plain_line(self.ticket.service.name)

    def opd(self) -> str:
        return plain_line(self.ticket.opd.name)

    def priority(self) -> str:
        return str(labels.PRIORITY[Priority(self.ticket.priority)])

    def status(self) -> str:
        """The status that the act led to, in the reader's words."""
        return self._status_in_words(self.status_then)

    def status_now(self) -> str:
        """The present status if the ticket has moved on since, else nothing."""
        now = self.ticket.state
        return "" if now is self.status_then else self._status_in_words(now)

    def step(self) -> str:
        """The SOP step that follows from the act, with its code."""
        code = statuses.sop_position(
            self.status_then,
            informed=self._done(self.ticket.informed_at),
            confirmed=self._done(self.ticket.confirmed_at),
        )
        return f"{code} – {labels.SOP_STEP[code]}"

    def note(self) -> str:
        """What an officer wrote with the act, as far as the reader may read it."""
        if self.event.party == Party.REQUESTER.value:
            return ""
        note = plain_text(self.event.public_note if self.message.to_requester else self.event.note)
        return note if len(note) <= MAX_NOTE else f"{note[:MAX_NOTE].rstrip()} …"

    def withheld_note(self) -> str:
        if not self.note():
            return ""
        return _(
            "(Left out of this mail for reasons of information security. Please read it on the ticket page.)"
        )

    def due(self) -> str:
        """Until when the desk has to respond or recover; nothing while its clock stands still.

        Of a warning, the limit that it warns of.
        """
        if self.event.what is Remark.WARN:
            warned_of = self.event.data.get("due_at")
            return moment(datetime.fromisoformat(warned_of)) if warned_of else ""
        if self.status_then in statuses.FINAL | statuses.CLOCK_STOPPED:
            return ""
        ticket = self.ticket
        answered = self._done(ticket.first_response_at)
        return moment(ticket.recovery_due_at if answered else ticket.response_due_at)

    def deadline(self) -> str:
        """Until when the requester may or should act, where the agency has agreed days for it."""
        since, days = self._agreed_days()
        if since is None:
            return ""
        try:
            return moment(agreed_end(self.ticket, since, getattr(HelpDeskSettings.load(), days)))
        except (NoWorkingTime, OutsideCalendar):
            return ""  # An agency that has not said when it works promises nothing.

    def _agreed_days(self):
        """Since when agreed days run, and which; a reminder speaks of those that run already."""
        act, ticket = self.event.what, self.ticket
        if act is not Remark.REMIND:
            return (self.event.at, _DAYS_FROM[act]) if act in _DAYS_FROM else (None, "")
        if self.status_then is TicketStatus.RESOLVED:
            return ticket.informed_at, _DAYS_FROM[Step.INFORM]
        if self.status_then is ticket.state is TicketStatus.RETURNED:
            return ticket.status_since, _DAYS_FROM[Step.RETURN]
        return None, ""

    def watched(self) -> str:
        """What a warning is about: a promise, or a step of the SOP by its code and name."""
        subject = self.event.data.get("subject")
        if subject is None:
            return ""
        code = self.event.data.get("step")
        return f"{code} – {labels.SOP_STEP[code]}" if code else str(labels.WATCHED[Subject(subject)])

    def when(self) -> str:
        """When the act was taken."""
        return moment(self.event.at)

    def code(self) -> str:
        """The tracking code, for the requester alone. Raises RetiredKey."""
        return numbering.format_code(self.ticket.access.code) if self.message.to_requester else ""

    def survey(self) -> str:
        """The link to the question after closing, for the requester alone. Raises RetiredKey."""
        asks = self.event.what is Step.CLOSE and HelpDeskSettings.load().survey_days
        if not asks or not self.message.to_requester:
            return ""
        key = [self.ticket.number, self.ticket.access.link_token]
        return conf.public_address(reverse("helpdesk:survey_link", args=key))

    def link(self) -> str:
        """The tracking link, or for an officer the ticket in the admin. Raises RetiredKey."""
        if self.message.to_requester:
            return conf.public_address(self._tracking_path())
        return desk_url("helpdesk_tickets:inspect", quote(str(self.ticket.pk)))

    def _tracking_path(self):
        return reverse("helpdesk:link", args=[self.ticket.number, self.ticket.access.link_token])

    def _status_in_words(self, status: TicketStatus) -> str:
        words = labels.STATUS_FOR_REQUESTER if self.message.to_requester else labels.STATUS_FOR_STAFF
        return str(words[status])

    def _done(self, at: datetime | None) -> bool:
        return at is not None and at <= self.event.at


def agency_name(agency: AgencyProfile) -> str:
    """How the agency calls itself, as one line of plain text."""
    return plain_line(agency.name or agency.short_name) or "Help Desk"


def desk_url(name: str, *args: str) -> str:
    """The public address of a screen of the admin; of the admin's home where the site has no such screen."""
    for candidate, its_args in ((name, args), ("wagtailadmin_home", ())):
        try:
            return conf.admin_address(reverse(candidate, args=its_args))
        except NoReverseMatch:
            continue
    return conf.public_address(get_script_prefix())


def moment(at: datetime | None) -> str:
    """A moment on the agency's clocks, long form with weekday and zone; empty for None."""
    if at is None:
        return ""
    zone = agency_zone()
    if in_indonesian():
        return indonesia.long_datetime(at, zone)
    local = at.astimezone(zone)
    return f"{formats.date_format(local, 'l, j F Y, H:i')} {local:%Z}"


def _confidential(_facts: Facts) -> str:
    return _("(confidential)")


_VALUES: dict[str, Callable[[Facts], str]] = {
    "number": Facts.number,
    "agency": Facts.agency,
    "service": Facts.service,
    "status": Facts.status,
    "step": Facts.step,
    "note": Facts.note,
    "due": Facts.due,
    "link": Facts.link,
    "code": Facts.code,
    "deadline": Facts.deadline,
    "opd": Facts.opd,
    "priority": Facts.priority,
    "watched": Facts.watched,
    "survey": Facts.survey,
}

#: What replaces a value on tickets about information security.
_CONFIDENTIAL: dict[str, Callable[[Facts], str]] = {
    "service": _confidential,
    "opd": _confidential,
    "priority": _confidential,
    "note": Facts.withheld_note,
}
