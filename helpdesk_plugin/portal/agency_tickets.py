"""A contact (PIC) reads the progress of the agency's tickets and writes to the desk; nothing else.

These pages are apart from the requester's own, so that no act, file or key of the requester can be reached
from them. Each asks anew whether the person is still the contact today.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.transitions import StepNotAllowed, acts_from
from helpdesk_plugin.models import OpdContact, Ticket
from helpdesk_plugin.portal import access, visits, wording
from helpdesk_plugin.portal.access import NotOpen
from helpdesk_plugin.portal.forms import NoteForm
from helpdesk_plugin.portal.my_tickets import Row, tickets_of_agencies
from helpdesk_plugin.portal.pages import form_key, portal_view, show
from helpdesk_plugin.portal.throttling import ACTS, minutes
from helpdesk_plugin.portal.track import TIMELINE, TicketPage
from helpdesk_plugin.services.contacts import contacts_today, reply_as_contact
from helpdesk_plugin.services.errors import StepRefused


@portal_view()
def ticket(request, number):
    """/tiket-saya/opd/<number>/: where it stands and what has happened, without files and contacts."""
    found, _contact = _entrusted(request, number)
    context = {
        "ticket": found,
        "row": Row(found),
        "page": TicketPage(found),
        "timeline_length": TIMELINE,
        "all_entries": "semua" in request.GET,
        "may_reply": _may_reply(found),
        "told": _("Your message has been sent.") if "terkirim" in request.GET else "",
    }
    return show(request, "my_tickets_agency.html", context)


@portal_view("POST")
def reply(request, number):
    """/tiket-saya/opd/<number>/balas/: a message to the officers, in the contact's own name."""
    found, contact = _entrusted(request, number)
    if request.method != "POST":
        return _draw(request, found, _form())
    form = _form(request.POST)
    if request.token_expired:
        return _draw(request, found, form, [wording.token_expired(request)], status=403)
    if not form.is_valid():
        return _draw(request, found, form, status=422)
    slot = ACTS.take(request)
    if slot.refused:
        response = _draw(request, found, form, [wording.too_often(minutes(slot.wait))], status=429)
        response.headers["Retry-After"] = str(slot.wait)
        return response
    try:
        reply_as_contact(found.pk, contact, note=form.cleaned_data["note"], key=str(form_key(request)))
    except (StepRefused, StepNotAllowed) as refused:
        return _draw(request, found, form, [wording.step_refused(refused)], status=409)
    return redirect(f"{reverse('helpdesk:agency_ticket', args=[found.number])}?terkirim=1")


def _entrusted(request, number: str) -> tuple[Ticket, OpdContact]:
    """The ticket with this number and the contact who may follow it. Raises NotOpen."""
    visit = visits.visit_of(request)
    if visit is None:
        raise NotOpen(number)
    tickets = tickets_of_agencies(visit).filter(number=access.typed_number(number))
    found = tickets.select_related("service", "opd").first()
    contacts = {contact.opd_id: contact for contact in contacts_today(visit.email)}
    if found is None or found.opd_id not in contacts:
        raise NotOpen(number)
    return found, contacts[found.opd_id]


def _may_reply(ticket: Ticket) -> bool:
    return Remark.REPLY in acts_from(ticket.state, Party.REQUESTER)


def _form(data=None) -> NoteForm:
    return NoteForm(
        data,
        label=_("Message"),
        hint=_("The officers and the requester read it. It is marked as written by the contact (PIC)."),
        needed=True,
    )


def _draw(request, ticket, form, problems=(), *, status=200):
    context = {
        "ticket": ticket,
        "form": form,
        "form_key": form_key(request),
        "may_reply": _may_reply(ticket),
        "problems": wording.problems(form, others=problems),
    }
    return show(request, "my_tickets_reply.html", context, status=status)
