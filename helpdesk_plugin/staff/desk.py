"""What the ticket page says, gathered once: what it is, where it stands and until when, what to do next."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk_plugin import clock, labels, sla_clock
from helpdesk_plugin.calendars import agency_date, calendar
from helpdesk_plugin.domain.indonesia import format_nip, format_phone, mask_nip, whatsapp_digits
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act, Remark
from helpdesk_plugin.models import (
    AgencyProfile,
    Assignment,
    Attachment,
    CannedReply,
    NoticeTicket,
    OpdContact,
    SurveyAnswer,
    Ticket,
    TicketEvent,
    normalised_address,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.people import name_of
from helpdesk_plugin.permissions import may_see, may_take
from helpdesk_plugin.progress import Progress
from helpdesk_plugin.services.disposition import missing_documents
from helpdesk_plugin.staff import words
from helpdesk_plugin.staff.actions import Offer, expected_act
from helpdesk_plugin.staff.composing import WAYS, Way, ways_for
from helpdesk_plugin.staff.due import Due, due_of
from helpdesk_plugin.staff.papers import Papers
from helpdesk_plugin.staff.related import Related, related_to
from helpdesk_plugin.staff.replies import replies_for, tracking_page
from helpdesk_plugin.staff.timeline import Entry, entries_of, ledger_of, officer_in_words


@dataclass(frozen=True)
class Contact:
    """How to reach the requester, and as much of the civil servant number as this officer may see."""

    name: str
    unit: str
    phone: str
    tel: str
    whatsapp: str
    email: str
    nip: str


class Desk:
    """One ticket before one officer. Every part is read once; the number of queries is constant."""

    def __init__(self, ticket: Ticket, user: Any) -> None:
        self.ticket, self.user, self.now = ticket, user, clock.now()

    @cached_property
    def events(self) -> list[TicketEvent]:
        return ledger_of(self.ticket)

    @cached_property
    def timeline(self) -> list[Entry]:
        return entries_of(self.events)

    @cached_property
    def progress(self) -> Progress:
        return Progress(self.ticket, self.events)

    @cached_property
    def offer(self) -> Offer:
        return Offer(self.ticket, self.user, self._expected, linked=bool(self.notices))

    @cached_property
    def due(self) -> Due | None:
        """The deadline that counts; a duplicate follows the ticket in which its work goes on."""
        main = self.ticket.goes_on_in
        return due_of(main, self.now, SimpleLazyObject(calendar)) if may_see(self.user, main) else None

    @cached_property
    def expected(self) -> str:
        """The step that the procedure waits for, as a verb; empty when nobody at the desk is waited for."""
        return str(labels.ACT_VERB[self._expected]) if self._expected else ""

    @cached_property
    def until(self) -> tuple[str, Any] | None:
        """The date that ends the waiting, where one was agreed: what it ends, and when."""
        ticket = self.ticket
        if ticket.state is TicketStatus.RETURNED:
            return _("To be completed by"), sla_clock.completion_deadline(ticket)
        if ticket.state is TicketStatus.RESOLVED and ticket.informed_at and not ticket.confirmed_at:
            return _("Confirmation awaited until"), self._confirmation_deadline
        if ticket.state is TicketStatus.CLOSED:
            return _("May be reopened until"), sla_clock.reopening_deadline(ticket)
        return None

    @cached_property
    def lacking(self) -> list[str]:
        """Documents that disposition (S3) will ask for, while they can still be asked for."""
        if self.ticket.state not in {TicketStatus.SUBMITTED, TicketStatus.RETURNED, TicketStatus.TRIAGED}:
            return []
        return words.missing_in_words(*missing_documents(self.ticket))

    @cached_property
    def files(self) -> list[tuple[Attachment, TicketEvent]]:
        """Every file with the act that it came with, newest first."""
        return [(file, entry.event) for entry in self.timeline for file in entry.files]

    @cached_property
    def papers(self) -> Papers:
        """The official documents."""
        return Papers(self.ticket, self.user)

    @cached_property
    def issued_papers(self) -> list:
        """What was issued, newest first: two queries, and none where the ledger knows of no document."""
        return self.papers.issued if any(event.act == Remark.DOCUMENT for event in self.events) else []

    @cached_property
    def contact(self) -> Contact:
        """The requester's contact data. One query for the agency's name."""
        ticket = self.ticket
        full = holds(self.user, "helpdesk_plugin.view_nip_ticket")
        nip = ticket.requester_nip
        return Contact(
            name=ticket.requester_name,
            unit=ticket.requester_unit,
            phone=format_phone(ticket.requester_phone),
            tel=f"tel:{ticket.requester_phone}",
            whatsapp=self._whatsapp(),
            email=ticket.requester_email,
            nip=format_nip(nip) if full else mask_nip(nip),
        )

    @cached_property
    def dispositions(self) -> list:
        return [event.disposition for event in self.events if hasattr(event, "disposition")][::-1]

    @cached_property
    def diagnoses(self) -> list:
        return [event.diagnosis for event in self.events if hasattr(event, "diagnosis")][::-1]

    @cached_property
    def solutions(self) -> list:
        return [event.solution for event in self.events if hasattr(event, "solution")][::-1]

    @cached_property
    def officers(self) -> list[str]:
        """Who works on it by the latest assignment, the leading officer first."""
        return [officer_in_words(one) for one in self._assigned]

    @cached_property
    def wished_by(self) -> date | None:
        """When the head of division would like it done."""
        return self._assigned[0].wished_by if self._assigned else None

    @cached_property
    def _assigned(self) -> list[Assignment]:
        given = [officers for event in self.events if (officers := list(event.assignments.all()))]
        return given[-1] if given else []

    @cached_property
    def duplicates(self) -> list[Ticket]:
        """Tickets that ended as duplicates of this one, as far as this officer may know of them."""
        return list(self.ticket.duplicates.visible_to(self.user).order_by("id"))

    @cached_property
    def notices(self) -> list[NoticeTicket]:
        """The notices that this ticket follows, newest first. One query."""
        return list(self.ticket.notice_links.select_related("notice").order_by("-pk"))

    @cached_property
    def ratings(self) -> list[SurveyAnswer]:
        """What the requester thought of each closing, newest first; asked for only where there is one."""
        if not any(event.act == Remark.RATE for event in self.events):
            return []
        return list(self.ticket.survey_answers.order_by("-at", "-id"))

    @cached_property
    def _expected(self) -> Act | None:
        deadline = self._confirmation_deadline
        return expected_act(self.ticket, silence_has_ended=deadline is not None and self.now > deadline)

    @cached_property
    def _confirmation_deadline(self) -> datetime | None:
        """Until when the requester may confirm; None unless that is being waited for."""
        ticket = self.ticket
        waits = ticket.state is TicketStatus.RESOLVED and ticket.confirmed_at is None
        return sla_clock.confirmation_deadline(ticket) if waits else None

    # --- Writing ---------------------------------------------------------------------------------------

    @cached_property
    def ways(self) -> list[Way]:
        """What may become of words typed on the page."""
        return ways_for(self.offer.names)

    @cached_property
    def permitted_ways(self) -> list[Way]:
        """The ways that this officer may take at all, whether or not the ticket's status opens them now."""
        return [way for way in WAYS if all(may_take(self.user, act, self.ticket) for act in way.needs)]

    @cached_property
    def replies(self) -> list[CannedReply]:
        """Canned replies that fit, where this officer may reply. One query."""
        return replies_for(self.ticket) if any(way.is_public for way in self.ways) else []

    @cached_property
    def newest(self) -> int:
        """The newest entry that the page shows; what comes after it, its reader has not seen."""
        return max((event.pk for event in self.events), default=0)

    @cached_property
    def own_keys(self) -> str:
        """Keys of this officer's last acts: a draft with one of them has been sent."""
        own = [event.key for event in self.events if event.by_id == self.user.pk and event.key]
        return " ".join(own[-5:])

    @cached_property
    def call_key(self) -> uuid.UUID:
        """Makes one record of a double tap."""
        return uuid.uuid4()

    @cached_property
    def followers(self) -> list[str]:
        """Contacts (PIC) of the agency who read along on "My tickets". One query, none if confidential."""
        if self.ticket.security_flag:
            return []
        today = agency_date(self.now)
        address = normalised_address(self.ticket.requester_email)
        found = OpdContact.objects.on(today).filter(opd=self.ticket.opd_id).exclude(email=address)
        return [contact.name for contact in found.order_by("name")[:10]]

    # --- Work ------------------------------------------------------------------------------------------

    @cached_property
    def work_logs(self) -> list:
        """The pieces of work, oldest first; they came with the ledger."""
        return [event.work for event in self.events if hasattr(event, "work")]

    @cached_property
    def minutes_spent(self) -> str:
        """All the time spent on it, in words."""
        return words.minutes(sum(log.minutes for log in self.work_logs))

    @cached_property
    def minutes_by_officer(self) -> list[tuple[str, str]]:
        """Who spent how long, whoever spent most first."""
        spent: dict[str, int] = {}
        for event in self.events:
            if hasattr(event, "work") and event.work.minutes:
                name = name_of(event.by)
                spent[name] = spent.get(name, 0) + event.work.minutes
        longest_first = sorted(spent.items(), key=lambda one: (-one[1], one[0]))
        return [(name, words.minutes(minutes)) for name, minutes in longest_first]

    @cached_property
    def parts(self) -> list[str]:
        """Every part that went in, one line each."""
        return [part.in_words for log in self.work_logs for part in log.parts.all()]

    @cached_property
    def related(self) -> list[Related]:
        """Other tickets that may be about the same thing. Three queries."""
        return related_to(self.ticket, self.user)

    def _whatsapp(self) -> str:
        """A link that opens WhatsApp with a greeting in the requester's language."""
        ticket = self.ticket
        with override(ticket.language):
            greeting = _("Hello %(name)s, this is %(agency)s about ticket %(number)s.") % {
                "name": ticket.requester_name,
                "agency": AgencyProfile.load().short_name or _("the help desk"),
                "number": ticket.number,
            }
            page = tracking_page()
            if page:
                # Where to look, without the code: what is sent by WhatsApp may be read by others.
                greeting += "\n" + _("Follow it at %(page)s with your tracking code.") % {"page": page}
        return f"https://wa.me/{whatsapp_digits(ticket.requester_phone)}?text={quote(greeting)}"
