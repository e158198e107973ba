"""The two pages: evidence of a period, and an officer's own performance evidence. Looking makes nothing."""

import hashlib

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from helpdesk_plugin.documents.library import CannotDraw, explanation
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.evidence import officer, period
from helpdesk_plugin.evidence.words import EVIDENCE_ACTION, PERFORMANCE_ACTION
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.people import name_of
from helpdesk_plugin.reports.scope import Scope
from helpdesk_plugin.reports.views.base import EXPORT, OfPeriod, address
from helpdesk_plugin.services.documents import may_issue

EVIDENCE = "helpdesk_evidence"
PERFORMANCE = "helpdesk_performance"
SEE = "helpdesk_plugin.view_ticket"


class _ArchiveView(OfPeriod, TemplateView):
    """A page about a period whose button hands out an archive. The period is kept in the address."""

    header_icon = "folder-inverse"
    action = ""

    def post(self, request, *args, **kwargs):
        if not self.period_form.is_valid():
            return redirect(self.request.path)
        return self.hand_out()

    def hand_out(self) -> HttpResponse:
        raise NotImplementedError

    def back(self):
        return redirect(address(self.request.resolver_match.url_name, period=self.scope.period.token))

    def archive(self, content: bytes, stem: str, **told) -> HttpResponse:
        """The answer with an archive; who took it is logged with its SHA-256."""
        name = f"{stem}-{slugify(self.scope.period.token)}.zip"
        data = {"period": self.scope.period.token, "sha256": hashlib.sha256(content).hexdigest(), **told}
        log(self.request.user, self.action, user=self.request.user, data=data)
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class EvidenceView(_ArchiveView):
    """Evidence of a period, for those who may export tickets."""

    template_name = "helpdesk_plugin/evidence/period.html"
    page_title = gettext_lazy("Evidence for evaluations")
    permission = EXPORT
    action = EVIDENCE_ACTION

    @cached_property
    def may_issue(self) -> bool:
        return may_issue(self.request.user, PaperKind.MONTHLY_RECAP)

    def get_context_data(self, **kwargs):
        contents = period.contents_of(self.scope)
        missing = [
            recap
            for recap in contents.recaps
            if recap.document is None and not Scope(recap.month, None, self.scope.as_of).is_running
        ]
        return super().get_context_data(**kwargs) | {
            "contents": contents,
            "missing": missing,
            "may_issue": self.may_issue,
            "most": period.MOST_TICKETS,
            "too_many": contents.tickets > period.MOST_TICKETS,
        }

    def hand_out(self):
        if self.request.POST.get("issue") == "1":
            return self._issue()
        try:
            content = period.evidence_of(self.scope)
        except period.TooMany as refused:
            told = {"tickets": refused.tickets, "most": period.MOST_TICKETS}
            sentence = _(
                "%(tickets)d tickets are too many for one archive; %(most)d fit. Choose a shorter period."
            )
            messages.error(self.request, sentence % told)
            return self.back()
        except OSError:
            messages.error(
                self.request,
                _(
                    "An issued recap is not in the store of files, so no archive was made. Tell whoever runs "
                    "the server."
                ),
            )
            return self.back()
        return self.archive(content, "bukti-dukung")

    def _issue(self):
        if not self.may_issue:
            raise PermissionDenied
        try:
            issued = period.issue_missing(self.scope, by=self.request.user)
        except CannotDraw:
            messages.error(self.request, explanation())
            return self.back()
        told = ngettext("%(n)d recap issued.", "%(n)d recaps issued.", len(issued)) % {"n": len(issued)}
        messages.success(self.request, told)
        return self.back()


class OfficerForm(forms.Form):
    """Whose steps; offered to those who may choose."""

    officer = forms.ModelChoiceField(
        officer.officers_with_steps(),
        label=gettext_lazy("Officer"),
        required=False,
        empty_label=None,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officer.officers_with_steps()
        self.fields["officer"].label_from_instance = name_of


class PerformanceView(_ArchiveView):
    """An officer's own steps in a period; managers choose whose."""

    template_name = "helpdesk_plugin/evidence/officer.html"
    page_title = gettext_lazy("Performance evidence")
    permission = SEE
    action = PERFORMANCE_ACTION

    @cached_property
    def may_choose(self) -> bool:
        return holds(self.request.user, officer.FOR_ANYBODY)

    def get_context_data(self, **kwargs):
        form = OfficerForm(initial={"officer": self.request.user.pk}) if self.may_choose else None
        return super().get_context_data(**kwargs) | {"officer_form": form, "name": name_of(self.request.user)}

    def hand_out(self):
        user = chosen = self.request.user
        if self.request.POST.get("officer"):
            form = OfficerForm(self.request.POST)
            if not form.is_valid():
                messages.error(
                    self.request, _("There is no such officer, or none with steps. Choose from the list.")
                )
                return self.back()
            chosen = form.cleaned_data["officer"] or user
        if not officer.may_make_for(user, chosen):
            raise PermissionDenied
        try:
            content = officer.pack_of(chosen, self.scope)
        except CannotDraw:
            messages.error(self.request, explanation())
            return self.back()
        return self.archive(content, f"bukti-kinerja-{slugify(name_of(chosen))}", officer=chosen.pk)
