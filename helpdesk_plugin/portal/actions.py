"""The pages on which a requester acts on a ticket: show the form, judge it, let the service decide."""

import logging
import uuid

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.portal import access, wording
from helpdesk_plugin.portal.acts import BY_SLUG, Deed, Told, offers_for
from helpdesk_plugin.portal.forms import CompletionForm, NoteForm
from helpdesk_plugin.portal.needs import words_of
from helpdesk_plugin.portal.pages import form_key, portal_view, show
from helpdesk_plugin.portal.throttling import ACTS, minutes
from helpdesk_plugin.portal.track import TicketPage
from helpdesk_plugin.portal.uploads import Uploads, extra_slot, slots_for
from helpdesk_plugin.services.errors import StaleTicket, StepNotAllowed, StepRefused, TooLate

logger = logging.getLogger(__name__)

#: The officers' words that an act answers.
_ANSWERS = {
    Step.RESUBMIT: Step.RETURN,
    Step.ANSWER: Step.HOLD_REQUESTER,
    Step.CONFIRM: Step.INFORM,
    Step.NOT_FIXED: Step.INFORM,
}


@portal_view("POST")
def act(request, number, slug):
    """/tiket/<number>/<slug>/: one act of the requester."""
    deed = BY_SLUG.get(slug)
    if deed is None:
        raise Http404
    page = ActPage(request, access.open_ticket(request, number), deed)
    return page.answer() if request.method == "POST" else page.draw()


class ActPage:
    """One visit to the page of an act."""

    def __init__(self, request, ticket, deed: Deed) -> None:
        self.request, self.ticket, self.deed = request, ticket, deed
        self.key = form_key(request)
        self.version = self._version()
        self.uploads = Uploads(self._slots(), self.key)
        self.form = self._form()

    def answer(self):
        self.form = self._form(self.request.POST)
        self.uploads.recall()
        if self.request.token_expired:
            return self.draw([wording.token_expired(self.request)], status=403)
        wish, _sep, which = self.request.POST.get("aksi", "").partition(":")
        if wish == "buang":
            self.uploads.remove(which)
            self.uploads.receive(self.request.FILES)
            self.uploads.keep(self.request)
            self.form = self._form(initial=self.request.POST.dict())
            return self.draw()
        self.uploads.receive(self.request.FILES)
        if self.deed.files_needed:
            self.uploads.insist()
        return self._attempt()

    def draw(self, problems=(), *, status=200):
        """The act's form as it stands; without a form when the act is not open."""
        page = TicketPage(self.ticket)
        offered = any(offer.deed is self.deed for offer in offers_for(self.ticket))
        asked = _ANSWERS.get(self.deed.act)
        context = {
            "ticket": self.ticket,
            "deed": self.deed,
            "form": self.form,
            "form_key": self.key,
            "version": self.version,
            "slots": self.uploads.slots,
            "problems": wording.problems(self.form, self.uploads.slots, problems),
            "offered": offered,
            "too_late": self._too_late(page) if not offered else "",
            # What is confidential is not repeated on a page.
            "quote": words_of(page, asked) if asked and not self.ticket.security_flag else "",
        }
        if not offered and status == 200:
            status = 409
        return show(self.request, "act.html", context, status=status)

    def _too_late(self, page: TicketPage) -> str:
        """On the page of reopening: until when it was possible, and what to do instead."""
        if self.deed.act is not Step.REOPEN or page.reopening_deadline is None:
            return ""
        return wording.step_refused(TooLate(Step.REOPEN, page.reopening_deadline)).text

    def _attempt(self):
        # Both are judged, so that everything that is wrong is said at once.
        if not all([self.form.is_valid(), self.uploads.is_valid()]):
            return self._again(status=422)
        slot = ACTS.take(self.request)
        if slot.refused:
            response = self._again([wording.too_often(minutes(slot.wait))], status=429)
            response.headers["Retry-After"] = str(slot.wait)
            return response
        try:
            told = self._told()
            if self._said_otherwise_before(told):
                return self._again([wording.sent_before()], status=409)
            self.deed.serve(told)
        except (StepRefused, StepNotAllowed) as refused:
            return self._refused(refused)
        except OSError:
            logger.exception("A kept or new file could not be read or stored.")
            return self._again([wording.store_failed()], status=503)
        self.uploads.sent()
        return redirect(f"{reverse('helpdesk:ticket', args=[self.ticket.number])}?terkirim={self.deed.slug}")

    def _again(self, problems=(), *, status):
        self.uploads.keep(self.request)
        return self.draw(problems, status=status)

    def _refused(self, refused: Exception):
        """Say why, with what was typed still there and the version of the ticket as it is now."""
        self.ticket.refresh_from_db()
        if isinstance(refused, StaleTicket):
            self.version = self.ticket.version
        return self._again([wording.step_refused(refused)], status=409)

    def _told(self) -> Told:
        cleaned = self.form.cleaned_data
        return Told(
            ticket=self.ticket,
            note=cleaned.get("note", ""),
            files=self.uploads.accepted(),
            key=self.key,
            version=self.version,
            changes=self.form.changes() if isinstance(self.form, CompletionForm) else {},
        )

    def _said_otherwise_before(self, told: Told) -> bool:
        """Whether this page was sent before with other words: they must not vanish as a repetition.

        Gives the page a new key then, so that sending once more says them too.
        """
        earlier = self.ticket.events.filter(key=str(self.key)).first()
        if earlier is None or earlier.note == told.note:
            return False
        fresh = uuid.uuid4()
        self.uploads.move_to(fresh)
        self.key = fresh
        return True

    def _form(self, data=None, initial=None):
        if self.deed.act is Step.RESUBMIT:
            return CompletionForm(data, initial=initial, ticket=self.ticket)
        return NoteForm(
            data,
            initial=initial,
            label=self.deed.note_label,
            hint=self.deed.note_hint,
            needed=self.deed.note_needed,
        )

    def _slots(self):
        if not self.deed.takes_files:
            return []
        if self.deed.act in {Step.RESUBMIT, Remark.ATTACH}:
            return slots_for(self.ticket.service, self.ticket.kind, follow=True)
        return [extra_slot()]

    def _version(self) -> int | None:
        """The version that the person was looking at; a mangled one counts as outdated."""
        typed = self.request.POST.get("versi", "")
        if self.request.method != "POST":
            return self.ticket.version
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
