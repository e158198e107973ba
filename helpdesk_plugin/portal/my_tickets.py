""" "My tickets": a link by mail instead of a password, then everything that was filed with the address."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from helpdesk_plugin import clock, labels
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.statuses import STATUS_FACTS
from helpdesk_plugin.models import OpdContact, SignIn, Ticket, normalised_address
from helpdesk_plugin.portal import access, visits, wording
from helpdesk_plugin.portal.access import NotOpen
from helpdesk_plugin.portal.fields import Email
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.throttling import SIGN_INS_FROM, SIGN_INS_TO, WRONG_CODES, Slot, minutes
from helpdesk_plugin.services import sign_in
from helpdesk_plugin.services.contacts import contacts_today

#: Tickets on one page of a list.
PER_PAGE = 20
_VALID_MINUTES = minutes(int(sign_in.VALID_FOR.total_seconds()))


class AskForm(forms.Form):
    """Where the link shall go."""

    email = Email(
        label=_("Email"),
        help_text=_("The address that was given with the tickets"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


@portal_view("POST")
def index(request):
    """/tiket-saya/: asks for an address and mails a link; whoever came by one sees their tickets.

    The answer to an address is the same whether anything was ever filed with it (see `services.sign_in`).
    """
    if request.method == "POST":
        return _ask(request)
    visit = visits.visit_of(request)
    if visit is not None:
        return show(request, "my_tickets.html", {"page": MyTickets(visit, request.GET)})
    context = {"form": AskForm(), "asked": "dikirim" in request.GET, "minutes": _VALID_MINUTES}
    return show(request, "my_tickets_ask.html", context)


@portal_view("POST")
@sensitive_variables("token")
def enter(request, token):
    """/tiket-saya/masuk/<token>/: the mailed link. Only the button uses it up: mail scanners press none."""
    if request.method != "POST":
        return _draw_enter(request, token)
    if request.token_expired:
        return _draw_enter(request, token, [wording.token_expired(request)], 403)
    # A token cannot be guessed; the limit keeps a script from trying for as long as it likes.
    slot = WRONG_CODES.take(request)
    if slot.refused:
        return _wait(_draw_enter(request, token, [wording.too_often(minutes(slot.wait))], 429), slot)
    visit = sign_in.use_link(token)
    if visit is None:
        return _draw_enter(request, token)
    slot.give_back()
    response = redirect("helpdesk:my_tickets")
    visits.begin(request, response, visit)
    return response


@portal_view("POST")
def leave(request):
    """/tiket-saya/keluar/: sign out, and shut every ticket to this browser: offices share computers."""
    if request.method != "POST" or request.token_expired:
        return show(request, "my_tickets_leave.html")
    response = redirect("helpdesk:my_tickets")
    visits.end(request, response)
    access.forget_all(response)
    return response


@portal_view()
def open_one(request, number):
    """/tiket-saya/<number>/: open one of one's own tickets, as its code would. Changes nothing."""
    visit = visits.visit_of(request)
    if visit is None:
        raise NotOpen(number)
    ticket = _one(Ticket.objects.filed_with(visit.email), number)
    response = redirect("helpdesk:ticket", number=ticket.number)
    access.grant(request, response, ticket)
    return response


def _one(tickets, number: str) -> Ticket:
    found = tickets.filter(number=access.typed_number(number)).select_related("access").first()
    if found is None:
        raise NotOpen(number)
    return found


def _ask(request):
    form = AskForm(request.POST)
    if request.token_expired:
        return _draw_ask(request, form, [wording.token_expired(request)], status=403)
    if not form.is_valid():
        return _draw_ask(request, form, status=422)
    address = normalised_address(form.cleaned_data["email"])
    for slot in (SIGN_INS_FROM.take(request), SIGN_INS_TO.take_for(address)):
        if slot.refused:
            problem = wording.too_many_links(minutes(slot.wait))
            return _wait(_draw_ask(request, form, [problem], status=429), slot)
    sign_in.ask_for_link(address, language=get_language() or "")
    return redirect(f"{reverse('helpdesk:my_tickets')}?dikirim=1")


def _draw_ask(request, form, problems=(), *, status):
    context = {"form": form, "problems": wording.problems(form, others=problems)}
    return show(request, "my_tickets_ask.html", context, status=status)


def _draw_enter(request, token, problems=(), status=None):
    works = sign_in.link_works(token)
    context = {"token": token, "works": works, "problems": problems}
    return show(request, "my_tickets_enter.html", context, status=status or (200 if works else 410))


def _wait(response, slot: Slot):
    response.headers["Retry-After"] = str(slot.wait)
    return response


@dataclass(frozen=True)
class Row:
    """One ticket in a list, in words."""

    ticket: Ticket

    @property
    def stage(self) -> str:
        """The status as those count it who did not file the ticket: nothing in it speaks to "you"."""
        return str(labels.STAGE[STATUS_FACTS[self.ticket.state].stage])

    @property
    def step(self) -> str:
        """The step of the SOP being worked on; empty when all is over."""
        if not self.ticket.is_open:
            return ""
        code = self.ticket.sop_position
        return f"{code} – {labels.SOP_STEP[code]}"

    @property
    def due_at(self) -> datetime | None:
        return self.ticket.due_at

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < clock.now()


@dataclass
class MyTickets:
    """What the list shows to one visit: one's own tickets, and apart from them those of one's agencies.

    Six queries at most, however many tickets there are.
    """

    visit: SignIn
    asked: dict

    @cached_property
    def own(self) -> Page:
        return self._page(Ticket.objects.filed_with(self.visit.email), "halaman")

    @cached_property
    def contacts(self) -> list[OpdContact]:
        """The agencies whose contact (PIC) this person is today."""
        return contacts_today(self.visit.email)

    @cached_property
    def of_agencies(self) -> Page | None:
        """Their other tickets; None when the person is nobody's contact."""
        if not self.contacts:
            return None
        return self._page(tickets_of_agencies(self.visit), "opd")

    def _page(self, tickets, name: str) -> Page:
        listed = tickets.select_related("service", "opd").open_first()
        page = Paginator(listed, PER_PAGE).get_page(self.asked.get(name))
        page.object_list = [Row(ticket) for ticket in page.object_list]
        return page


def tickets_of_agencies(visit: SignIn):
    """The tickets that a visit may follow as contact today."""
    return Ticket.objects.of_contact(visit.email, agency_date(clock.now()))
