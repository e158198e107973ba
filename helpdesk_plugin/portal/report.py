"""Filing: choose the service, fill in one page, send (SOP step S1)."""

import logging
import uuid
from datetime import timedelta

from django.shortcuts import redirect
from django.urls import reverse

from helpdesk_plugin import calendars, clock
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.working_calendar import NoWorkingTime
from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, Service, TicketKind
from helpdesk_plugin.portal import access, wording
from helpdesk_plugin.portal.forms import FilingForm
from helpdesk_plugin.portal.pages import form_key, portal_view, show
from helpdesk_plugin.portal.services_list import grouped_services
from helpdesk_plugin.portal.throttling import SUBMISSIONS, minutes
from helpdesk_plugin.portal.uploads import Uploads, slots_for
from helpdesk_plugin.services import staging
from helpdesk_plugin.services.errors import AlreadySubmitted
from helpdesk_plugin.services.submission import submit_ticket

logger = logging.getLogger(__name__)

#: A form that is sent again within this time shows the first receipt once more.
REPLAY = timedelta(hours=24)

#: What one can do with the form besides sending it; the buttons carry these as ``aksi``.
SEND, CHANGE_SERVICE, SHOW, REMOVE = "kirim", "ganti", "isi", "buang"


@portal_view("POST", private=False)
def report(request):
    """/lapor/: something that worked has stopped working."""
    return _filing(request, TicketKind.INCIDENT)


@portal_view("POST", private=False)
def request_service(request):
    """/ajukan/: something new, a change, or access."""
    return _filing(request, TicketKind.REQUEST)


def _filing(request, kind: TicketKind):
    code = request.POST.get("layanan") or request.GET.get("layanan", "")
    service = _offered(code)
    if service is None:
        return _choose(request, kind, unknown=bool(code))
    page = FilingPage(request, kind, service)
    return page.answer() if request.method == "POST" else page.draw()


def _offered(code: str) -> Service | None:
    cleaned = plain_line(code)[:16]
    return Service.objects.offered().filter(code=cleaned).first() if cleaned else None


def _choose(request, kind: TicketKind, *, unknown: bool = False):
    """The first page: which service. What was typed before travels along, hidden."""
    typed = FilingPage.typed(request)
    context = {
        "kind": kind,
        "groups": grouped_services(kind),
        "typed": typed,
        "form_key": form_key(request) if typed else None,
        "unknown": unknown,
    }
    return show(request, "choose.html", context, status=404 if unknown else 200)


class FilingPage:
    """One visit to the form: what was typed, which files are kept, and what came of it."""

    def __init__(self, request, kind: TicketKind, service: Service) -> None:
        self.request, self.kind, self.service = request, kind, service
        self.settings = HelpDeskSettings.load(request)
        self.key = form_key(request)
        self.uploads = Uploads(slots_for(service, kind), self.key)
        self.form = self._form(initial=self.typed(request))

    @staticmethod
    def typed(request) -> dict[str, str]:
        """What the person typed so far, by field; nothing else of the request."""
        return {name: request.POST[name] for name in FilingForm.base_fields if name in request.POST}

    def answer(self):
        if self.request.token_expired:
            # Nothing is stored for a request that may come from another site; not even its files.
            self.uploads.recall()
            return self.draw([wording.token_expired(self.request)], status=403)
        self.uploads.recall()
        wish, _sep, which = self.request.POST.get("aksi", SEND).partition(":")
        if wish == REMOVE:
            self.uploads.remove(which)
        self.uploads.receive(self.request.FILES)
        if wish in {CHANGE_SERVICE, SHOW, REMOVE}:
            return self._go_on(wish)
        return self.send()

    def send(self):
        self.form = self._form(self.request.POST)
        # Both are judged, so that everything that is wrong is said at once.
        if not all([self.form.is_valid(), self.uploads.is_valid()]):
            return self._again(status=422)
        slot = SUBMISSIONS.take(self.request)
        if slot.refused:
            response = self._again([wording.too_often(minutes(slot.wait))], status=429)
            response.headers["Retry-After"] = str(slot.wait)
            return response
        try:
            filing, files = self.form.filing(), self.uploads.accepted()
            twin = self._twin(filing, files)
            if twin is not None:
                return self._sent_before(twin, changed=False)
            ticket = submit_ticket(filing, by=Party.REQUESTER, key=self.key, files=files)
        except AlreadySubmitted as refused:
            return self._sent_before(refused.ticket, changed=True)
        except NoWorkingTime:
            logger.exception("The agency has targets but no working hours; nothing can be promised.")
            return self._again([wording.not_ready()], status=503)
        except OSError:
            logger.exception("A kept or new file could not be read or stored.")
            return self._again([wording.store_failed()], status=503)
        self.uploads.sent()
        return self._receipt(ticket)

    def draw(self, problems=(), *, status=200):
        """The form as it stands."""
        context = {
            "kind": self.kind,
            "service": self.service,
            "form": self.form,
            "form_key": self.key,
            "slots": self.uploads.slots,
            "problems": wording.problems(self.form, self.uploads.slots, problems),
            "privacy_notice": wording.privacy_notice(self.settings, AgencyProfile.load(self.request)),
            "privacy_version": self.settings.privacy_version,
            "opens_at": _next_opening(),
        }
        return show(self.request, "report.html", context, status=status)

    def _form(self, data=None, initial=None) -> FilingForm:
        return FilingForm(
            data,
            initial=initial,
            service=self.service,
            kind=self.kind,
            privacy_version=self.settings.privacy_version,
        )

    def _go_on(self, wish):
        self.uploads.keep(self.request)
        if wish == CHANGE_SERVICE:
            return _choose(self.request, self.kind)
        return self.draw()

    def _again(self, problems=(), *, status):
        self.uploads.keep(self.request)
        return self.draw(problems, status=status)

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
        recent = ticket.submitted_at >= clock.now() - REPLAY
        context = {
            "ticket": ticket,
            "recent": recent,
            "changed": changed,
            "kind": self.kind,
            "service": self.service,
            "typed": self.typed(self.request),
            "form_key": new_key,
        }
        response = show(self.request, "already_sent.html", context, status=409)
        if recent:
            access.grant(self.request, response, ticket)
        return response


def _next_opening():
    """When work starts, if the desk is closed now."""
    now = clock.now()
    try:
        opening = calendars.calendar().next_opening(now)
    except NoWorkingTime:
        return None
    return opening if opening > now else None
