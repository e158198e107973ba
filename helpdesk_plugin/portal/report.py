"""Filing: choose the service, fill in the form, check what was said, send (SOP step S1).

Nothing of a form is kept on the server but its files: each page carries what was typed so far, so that the
back button, several tabs, a session that ran out and a server that was restarted lose nothing.
"""

import logging
import uuid
from datetime import timedelta

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from helpdesk_plugin import clock
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.notices import NoticeKind
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.working_calendar import NoWorkingTime
from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, Service, StatusNotice, TicketKind
from helpdesk_plugin.portal import access, check, hours, questions, suspicion, wording
from helpdesk_plugin.portal.forms import FilingForm
from helpdesk_plugin.portal.pages import form_key, portal_view, show
from helpdesk_plugin.portal.services_list import grouped_services
from helpdesk_plugin.portal.throttling import SUBMISSIONS, minutes
from helpdesk_plugin.portal.uploads import Uploads, slots_for
from helpdesk_plugin.services import staging
from helpdesk_plugin.services.errors import AlreadySubmitted
from helpdesk_plugin.services.knowledge import articles_about
from helpdesk_plugin.services.submission import already_filed, submit_ticket

logger = logging.getLogger(__name__)

#: A form that is sent again within this time shows the first receipt once more.
REPLAY = timedelta(hours=24)

#: What one can do with the form; the buttons carry these as ``aksi``. Anything else means CHECK.
CHECK, SEND, CHANGE_SERVICE, SHOW, REMOVE = "periksa", "kirim", "ganti", "isi", "buang"


@portal_view("POST", private=False, returnable=True)
def report(request):
    """/lapor/: something that worked has stopped; what is known of it already comes first."""
    return _filing(request, TicketKind.INCIDENT)


@portal_view("POST", private=False, returnable=True)
def request_service(request):
    """/ajukan/: something new, a change, or access."""
    return _filing(request, TicketKind.REQUEST)


def _filing(request, kind: TicketKind):
    code = request.POST.get("layanan") or request.GET.get("layanan", "")
    service = _offered(code)
    if service is None:
        return _choose(request, kind, unknown=bool(code))
    if request.method != "POST" and kind is TicketKind.INCIDENT and "lanjut" not in request.GET:
        known = _known_about(service)
        if known:
            context = {"kind": kind, "service": service, "notices": known, "now": clock.now()}
            return show(request, "known.html", context)
    page = FilingPage(request, kind, service)
    return page.answer() if request.method == "POST" else page.draw()


def _offered(code: str) -> Service | None:
    cleaned = plain_line(code)[:16]
    return Service.objects.offered().filter(code=cleaned).first() if cleaned else None


def _known_about(service: Service) -> list[StatusNotice]:
    """What is announced of a service that is about to be reported; a matter of security is never delayed."""
    if service.is_security:
        return []
    now = clock.now()
    going_on = StatusNotice.objects.concerning(service, None, now).exclude(kind=NoticeKind.ANNOUNCEMENT)
    return list(going_on.with_public_facts(now))


def _choose(request, kind: TicketKind, *, unknown: bool = False):
    """The first page: which service. What was typed before travels along, hidden."""
    typed = _typed(request)
    context = {
        "kind": kind,
        "groups": grouped_services(kind),
        "typed": typed,
        "form_key": form_key(request) if typed else None,
        "unknown": unknown,
    }
    return show(request, "choose.html", context, status=404 if unknown else 200)


def _typed(request) -> list[tuple[str, str]]:
    """What the person typed so far, as names and values for hidden fields; nothing else of the request."""
    facts = [(name, request.POST[name]) for name in FilingForm.base_fields if name in request.POST]
    answers = questions.typed_answers(request).items()
    return [*facts, *((name, one) for name, several in answers for one in several)]


class FilingPage:
    """One visit to the form: what was typed, which files are kept, and what came of it."""

    def __init__(self, request, kind: TicketKind, service: Service) -> None:
        self.request, self.kind, self.service = request, kind, service
        self.settings = HelpDeskSettings.load(request)
        self.key = form_key(request)
        self.uploads = Uploads(slots_for(service, kind), self.key)
        self.questions = questions.questions_of(service, kind)
        initial = {name: value for name, value in request.POST.items() if name in FilingForm.base_fields}
        self.form = self._form(initial={**initial, **questions.typed_answers(request)})

    @property
    def agency(self) -> AgencyProfile:
        return AgencyProfile.load(self.request)

    def answer(self):
        self.uploads.recall()
        wish, _sep, which = self.request.POST.get("aksi", CHECK).partition(":")
        if self.request.token_expired:
            return self._expired(wish)
        if wish == REMOVE:
            self.uploads.remove(which)
        self.uploads.receive(self.request.FILES)
        if wish in {CHANGE_SERVICE, SHOW, REMOVE}:
            return self._go_on(wish)
        return self._refusal() or (self._send() if wish == SEND else self._keep_and_check())

    def draw(self, problems=(), *, status=200):
        """The form as it stands."""
        context = {
            "form": self.form,
            "slots": self.uploads.slots,
            "problems": wording.problems(self.form, self.uploads.slots, problems),
            "privacy_notice": wording.privacy_notice(self.settings, self.agency),
            "privacy_version": self.settings.privacy_version,
            "opens_at": hours.next_opening(),
        }
        return self._show("report.html", context, status=status)

    # --- Judging --------------------------------------------------------------------------------------

    def _refusal(self):
        """The answer to a form that goes no further: it belongs elsewhere, or something in it is wrong."""
        self.form = self._form(self.request.POST)
        # Both are judged, so that everything that is wrong is said at once.
        words_fit, files_fit = self.form.is_valid(), self.uploads.is_valid()
        elsewhere = [question for question in self.form.leads_elsewhere() if question.stop_blocks]
        if elsewhere:
            self.uploads.keep(self.request)
            return self._show("elsewhere.html", {"elsewhere": elsewhere, "typed": _typed(self.request)})
        if words_fit and not files_fit and (sent := already_filed(self.form.filing(), self.key)):
            # The first of two sendings has handed the kept files over.
            return self._receipt(sent)
        return None if words_fit and files_fit else self._again(status=422)

    def _expired(self, wish: str):
        """Nothing is stored for a request that may come from another site; not even its files."""
        problem = wording.token_expired(self.request)
        if wish == SEND and not self.request.FILES:
            self.form = self._form(self.request.POST)
            if all([self.form.is_valid(), self.uploads.is_valid()]):
                return self._draw_check([problem], status=403)
        return self.draw([problem], status=403)

    # --- Checking -------------------------------------------------------------------------------------

    def _keep_and_check(self, problems=(), *, status=200):
        """The page on which everything is read once more; the form again if a file could not be kept."""
        self.uploads.keep(self.request)
        if any(slot.errors for slot in self.uploads.slots):
            return self.draw(problems, status=422 if status == 200 else status)
        return self._draw_check(problems, status=status)

    def _draw_check(self, problems, *, status):
        said = self.form.cleaned_data
        opens_at = hours.next_opening()
        critical = hours.looks_critical(
            self.kind,
            self.service,
            who_affected=said["who_affected"],
            alternative=said.get("alternative", ""),
        )
        context = {
            "groups": check.groups_of(self.form, self.uploads.slots),
            "advice": self.form.leads_elsewhere(),
            "typed": _typed(self.request),
            "problems": problems,
            "opens_at": opens_at,
            "on_call": critical and opens_at is not None and self.agency.on_call_phone,
            "articles": self._articles(said),
        }
        return self._show("check.html", context, status=status)

    def _articles(self, said) -> list:
        """What may help at once, while help is still to come; nothing beside a matter of security."""
        if self.service.is_security:
            return []
        return articles_about(f"{said['summary']}\n{said['description']}", self.service)

    # --- Sending --------------------------------------------------------------------------------------

    def _send(self):
        if suspicion.is_suspicious(self.request):
            return self._keep_and_check([suspicion.once_more()], status=422)
        slot = SUBMISSIONS.take(self.request)
        if slot.refused:
            response = self._keep_and_check([wording.too_often(minutes(slot.wait))], status=429)
            response.headers["Retry-After"] = str(slot.wait)
            return response
        filing = self.form.filing()
        try:
            files = self.uploads.accepted()
            twin = self._twin(filing, files)
            if twin is not None:
                return self._sent_before(twin, changed=False)
            ticket = submit_ticket(filing, by=Party.REQUESTER, key=self.key, files=files)
        except AlreadySubmitted as refused:
            return self._sent_before(refused.ticket, changed=True)
        except NoWorkingTime:
            logger.exception("The agency has targets but no working hours; nothing can be promised.")
            return self._keep_and_check([wording.not_ready()], status=503)
        except OSError:
            return self._store_failed(filing)
        self.uploads.sent()
        return self._receipt(ticket)

    def _store_failed(self, filing):
        sent = already_filed(filing, self.key)
        if sent is not None:
            # Not lost: the other of two sendings was handing the kept files over.
            return self._receipt(sent)
        logger.exception("A kept or new file could not be read or stored.")
        return self._again([wording.store_failed()], status=503)

    def _receipt(self, ticket):
        if ticket.submitted_at < clock.now() - REPLAY:
            # An old page of a shared computer must not hand out the code a day later.
            return redirect(f"{reverse('helpdesk:track')}?nomor={ticket.number}")
        response = redirect("helpdesk:receipt", number=ticket.number)
        access.grant(self.request, response, ticket)
        return response

    def _twin(self, filing, files):
        """The same words sent from here under another key: somebody went back and pressed Send again."""
        if self.request.POST.get("ulang"):
            return None
        twin = access.open_twin(self.request, filing.digest(files), clock.now() - REPLAY)
        return twin if twin is not None and twin.submission_key != self.key else None

    def _sent_before(self, ticket, *, changed: bool):
        """Sent before, with other words or from another page: the person decides, nothing goes in silence."""
        self.uploads.keep(self.request)
        new_key = uuid.uuid4()
        staging.move(self.key, new_key)
        self.key = new_key
        recent = ticket.submitted_at >= clock.now() - REPLAY
        context = {"ticket": ticket, "recent": recent, "changed": changed, "typed": _typed(self.request)}
        response = self._show("already_sent.html", context, status=409)
        if recent:
            access.grant(self.request, response, ticket)
        return response

    # --- Drawing --------------------------------------------------------------------------------------

    def _form(self, data=None, initial=None) -> FilingForm:
        return FilingForm(
            data,
            initial=initial,
            service=self.service,
            kind=self.kind,
            questions=self.questions,
            privacy_version=self.settings.privacy_version,
        )

    def _show(self, template: str, context: dict, *, status: int = 200):
        common = {"kind": self.kind, "service": self.service, "form_key": self.key}
        common["opened"] = suspicion.stamp_for(self.request)
        response = show(self.request, template, {**common, **context}, status=status)
        if self.service.is_security and self.request.method == "POST":
            # What is confidential stays on no disk, at the price of the back button.
            patch_cache_control(response, no_store=True)
        return response

    def _go_on(self, wish):
        self.uploads.keep(self.request)
        if wish == CHANGE_SERVICE:
            return _choose(self.request, self.kind)
        return self.draw()

    def _again(self, problems=(), *, status):
        self.uploads.keep(self.request)
        return self.draw(problems, status=status)
