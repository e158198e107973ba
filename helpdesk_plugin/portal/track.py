"""Following a ticket: the tracker's form, the mailed link, the ticket's page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables

from helpdesk_plugin import clock, sla_clock
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Attachment, StatusNotice, Ticket, TicketAccess, TicketEvent
from helpdesk_plugin.portal import access, wording
from helpdesk_plugin.portal.acts import Offer, offers_for, sentence_after
from helpdesk_plugin.portal.forms import TrackForm
from helpdesk_plugin.portal.needs import Need, needs_of
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.position import Position
from helpdesk_plugin.portal.survey import DONE, THANKS
from helpdesk_plugin.portal.throttling import WRONG_CODES, minutes
from helpdesk_plugin.progress import Progress, StationState
from helpdesk_plugin.services.survey import Survey, survey_of

#: Entries of the timeline that are shown without asking for all.
TIMELINE = 50


@portal_view("POST", private=False)
@sensitive_variables("form")
def track(request):
    """/lacak/: number and code; the right pair opens the ticket to this browser."""
    if request.method != "POST":
        number = plain_line(request.GET.get("nomor", ""))[:40]
        return _draw(request, TrackForm(initial={"nomor": number}), link_failed="tautan" in request.GET)
    form = TrackForm(request.POST)
    if request.token_expired:
        return _draw(request, form, [wording.token_expired(request)], status=403)
    if not form.is_valid():
        return _draw(request, form, status=422)
    return _open(request, form)


def _open(request, form):
    # The slot is taken before the code is looked at: parallel guesses find no gap.
    slot = WRONG_CODES.take(request)
    if slot.refused:
        response = _draw(request, form, [wording.too_many_guesses(minutes(slot.wait))], status=429)
        response.headers["Retry-After"] = str(slot.wait)
        return response
    typed = form.cleaned_data
    ticket = Ticket.objects.for_tracking(typed["nomor"], typed["kode"]).select_related("access").first()
    if ticket is None:
        return _draw(request, form, [wording.wrong_pair()], status=422)
    slot.give_back()
    return _opened(request, ticket)


@portal_view()
@sensitive_variables("token")
def link(request, number, token):
    """/t/<number>/<token>/: the link in every mail. Changes nothing; mail scanners may follow it too."""
    ticket_id = TicketAccess.objects.ticket_id_for_link(number, token)
    ticket = Ticket.objects.select_related("access").filter(pk=ticket_id).first()
    response = _opened(request, ticket) if ticket else redirect(f"{reverse('helpdesk:track')}?tautan=1")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@portal_view()
def ticket(request, number):
    """/tiket/<number>/: where it stands, what is needed now, what has happened."""
    found = access.open_ticket(request, number)
    page = TicketPage(found)
    context = {
        "ticket": found,
        "page": page,
        "all_entries": "semua" in request.GET,
        "timeline_length": TIMELINE,
        "told": _told(request.GET.get("terkirim", "")),
    }
    return show(request, "secret_ticket.html" if found.security_flag else "ticket.html", context)


@portal_view("POST")
def forget(request, number):
    """/tiket/<number>/selesai/: shut the ticket to this browser."""
    found = access.open_ticket(request, number)
    if request.method != "POST" or request.token_expired:
        return show(request, "forget.html", {"ticket": found})
    response = redirect("helpdesk:track")
    access.forget(request, response, found)
    return response


def _told(done: str) -> str:
    """What to say of that which was just sent; empty for nothing."""
    return str(THANKS) if done == DONE else sentence_after(done)


def _opened(request, ticket: Ticket):
    response = redirect("helpdesk:ticket", number=ticket.number)
    access.grant(request, response, ticket)
    return response


def _draw(request, form, problems=(), *, status=200, link_failed=False):
    context = {
        "form": form,
        "problems": wording.problems(form, others=problems),
        "link_failed": link_failed,
    }
    return show(request, "track.html", context, status=status)


@dataclass
class TicketPage:
    """What the page of one ticket shows, read once."""

    ticket: Ticket

    @cached_property
    def events(self) -> Sequence[TicketEvent]:
        """What the requester may know, newest first."""
        return list(self.ticket.events.public().newest_first())

    @cached_property
    def files(self) -> Sequence[Attachment]:
        """What the requester may open, newest first."""
        return list(self.ticket.attachments.public().order_by("-id"))

    @cached_property
    def notices(self) -> Sequence[StatusNotice]:
        """What was announced in public about the matter of this ticket."""
        return list(StatusNotice.objects.public(clock.now()).filter(ticket_links__ticket=self.ticket))

    @cached_property
    def entries(self) -> list[tuple[TicketEvent, list[Attachment]]]:
        """The timeline: each act with the files that came with it."""
        return [(event, [f for f in self.files if f.event_id == event.pk]) for event in self.events]

    @cached_property
    def progress(self) -> Progress:
        return Progress(self.ticket, self.events)

    @cached_property
    def position(self) -> Position:
        return Position(self.ticket, self.progress)

    @cached_property
    def offers(self) -> list[Offer]:
        """What the requester may do now."""
        return offers_for(self.ticket)

    @cached_property
    def needs(self) -> list[Need]:
        return needs_of(self)

    @cached_property
    def survey(self) -> Survey | None:
        """The question after closing, while it can be answered or its answer changed."""
        found = survey_of(self.ticket, self.events)
        return found if found and found.is_open else None

    @property
    def has_proposed_times(self) -> bool:
        """Whether a standard time that the stepper tells still awaits the agency's approval."""
        told = {StationState.NOW, StationState.NEXT}
        return any(station.proposed and station.state in told for station in self.progress.stations)

    @property
    def reopening_deadline(self):
        """Until when a closed ticket may be reopened; None otherwise."""
        closed = self.ticket.state is TicketStatus.CLOSED
        return sla_clock.reopening_deadline(self.ticket) if closed else None
