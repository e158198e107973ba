"""The screens about a person's data. What is typed about a person is never part of an address."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin import clock
from helpdesk_plugin.documents import breach_notice
from helpdesk_plugin.documents.library import CannotDraw, explanation
from helpdesk_plugin.documents.serving import pdf_response
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import permission
from helpdesk_plugin.services.anonymisation import anonymise_person, foresee
from helpdesk_plugin.services.breaches import BREACH, record_notice
from helpdesk_plugin.services.correction import correct_person
from helpdesk_plugin.services.errors import StepRefused
from helpdesk_plugin.services.person_export import export_person
from helpdesk_plugin.services.persons import LOOK_UP, Clue, Found, find_person
from helpdesk_plugin.services.retention import due
from helpdesk_plugin.staff.personal.forms import (
    AnonymiseForm,
    BreachForm,
    CorrectForm,
    ExportForm,
    LookUpForm,
    is_late,
)
from helpdesk_plugin.staff.personal.words import in_words
from helpdesk_plugin.staff.views.listing import staff_media

PERMISSION = LOOK_UP
URL_NAME = "helpdesk_personal_data"
BREACH_URL_NAME = "helpdesk_breach_notice"

#: Deed → its form and the permission that it needs besides looking people up.
DEEDS: dict[str, tuple[type, str]] = {
    "export": (ExportForm, LOOK_UP),
    "correct": (CorrectForm, permission(Remark.CORRECT)),
    "anonymise": (AnonymiseForm, permission(Remark.ANONYMISE)),
}


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PersonalDataView(WagtailAdminTemplateMixin, TemplateView):
    """Look a person up, tick what is theirs, then give it out, correct it, or make it anonymous."""

    template_name = "helpdesk_plugin/staff/personal/person.html"
    page_title = gettext_lazy("Personal data")
    header_icon = "user"
    http_method_names = ("get", "head", "post")

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._show(look_up=LookUpForm())

    def post(self, request, *args, **kwargs):
        look_up = LookUpForm(request.POST)
        if not look_up.is_valid():
            return self._show(look_up=look_up)
        clue = look_up.cleaned_data["typed"]
        found = find_person(clue, by=request.user)
        deed = request.POST.get("deed", "")
        if deed not in self._deeds():
            return self._show(look_up=look_up, found=found, ticked=_keys(found.theirs))
        ticked = set(request.POST.getlist("tickets"))
        chosen = [one for one in (*found.theirs, *found.by_name) if str(one.pk) in ticked]
        if not chosen and (deed == "correct" or found.is_empty):
            messages.warning(request, _("Tick at least one ticket."))
            return self._show(look_up=look_up, found=found, ticked=ticked)
        return self._decide(deed, look_up, clue, found, chosen)

    # --- Deeds -----------------------------------------------------------------------------------------

    def _deeds(self) -> list[str]:
        return [deed for deed, (_form, right) in DEEDS.items() if holds(self.request.user, right)]

    def _decide(self, deed: str, look_up, clue: Clue, found: Found, chosen: list[Ticket]):
        """Ask why first; do it once that is answered."""
        asked = "sure" in self.request.POST
        form = DEEDS[deed][0](self.request.POST if asked else None, user=self.request.user)
        if asked and form.is_valid():
            try:
                return getattr(self, f"_{deed}")(form, clue, found, chosen)
            except StepRefused:
                messages.error(
                    self.request,
                    _("Nothing more was done: a ticket has moved, or you may not change it. Look again."),
                )
        shown = {"deed": deed, "form": form, "chosen": chosen, "typed": look_up.data["typed"]}
        if deed == "anonymise":
            shown["foreseen"] = foresee(chosen)
            shown["taken_out"] = in_words(shown["foreseen"].counts)
        return self._show(look_up=look_up, found=found, **shown)

    def _export(self, form, clue: Clue, found: Found, chosen: list[Ticket]):
        archive = export_person(chosen, found, with_nip=form.cleaned_data.get("with_nip", False), **form.why)
        name = f"data-pribadi-{timezone.localtime(clock.now()):%Y-%m-%d}.zip"
        return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")

    def _correct(self, form, clue: Clue, found: Found, chosen: list[Ticket]):
        numbers = correct_person(chosen, form.changes, **form.why)
        if numbers:
            told = ngettext("%(n)d ticket corrected.", "%(n)d tickets corrected.", len(numbers))
            messages.success(self.request, told % {"n": len(numbers)})
        else:
            messages.info(self.request, _("These tickets say so already; nothing was changed."))
        return self._show(look_up=LookUpForm())

    def _anonymise(self, form, clue: Clue, found: Found, chosen: list[Ticket]):
        report = anonymise_person(chosen, clue=clue, **form.why)
        told = ngettext("%(n)d ticket made anonymous.", "%(n)d tickets made anonymous.", len(report.tickets))
        messages.success(self.request, told % {"n": len(report.tickets)})
        return self._show(look_up=LookUpForm(), done=report, done_words=in_words(report.counts))

    # --- The screen ------------------------------------------------------------------------------------

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def _show(self, **shown: Any):
        context = {
            "deeds": self._deeds(),
            "rules": [] if "found" in shown else [(one, one.count) for one in due(clock.now())],
            "may_announce": holds(self.request.user, BREACH),
            "breach_url_name": BREACH_URL_NAME,
            "media": staff_media(),
            **shown,
        }
        form = context.get("form")
        if form is not None:
            context["media"] += form.media
        return self.render_to_response(self.get_context_data(**context))


def _keys(tickets: list[Ticket]) -> set[str]:
    return {str(ticket.pk) for ticket in tickets}


@method_decorator(never_cache, name="dispatch")
class BreachNoticeView(WagtailAdminTemplateMixin, TemplateView):
    """The facts of a failure, made into a letter to sign. Only that it was drawn up is kept."""

    template_name = "helpdesk_plugin/staff/personal/breach.html"
    page_title = gettext_lazy("Notice of a breach of personal data")
    header_icon = "warning"
    http_method_names = ("get", "head", "post")

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, BREACH):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._show(BreachForm())

    def post(self, request, *args, **kwargs):
        form = BreachForm(request.POST)
        if not form.is_valid():
            messages.validation_error(request, _("No letter yet: please correct what is marked."), form)
            return self._show(form)
        breach = form.as_breach()
        try:
            letter = breach_notice.draw_notice(breach, late=is_late(breach))
        except CannotDraw:
            messages.error(request, explanation())
            return self._show(form)
        record_notice(breach, by=request.user)
        return pdf_response(letter, "pemberitahuan-kegagalan-pelindungan-data.pdf")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def _show(self, form: BreachForm):
        context = {"form": form, "media": form.media + staff_media()}
        return self.render_to_response(self.get_context_data(**context))
