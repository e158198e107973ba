"""The recap and the register of a period on paper: looked at, issued, printed again, withdrawn."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from helpdesk_plugin import labels
from helpdesk_plugin.documents import issuing
from helpdesk_plugin.documents.library import CannotDraw, explanation
from helpdesk_plugin.documents.serving import pdf_response
from helpdesk_plugin.documents.sketch import Slip
from helpdesk_plugin.domain.papers import PAPERS, PaperKind
from helpdesk_plugin.domain.periods import PeriodKind
from helpdesk_plugin.models import IssuedDocument
from helpdesk_plugin.reports import papers
from helpdesk_plugin.reports.cells import number
from helpdesk_plugin.reports.views.base import PAPERS as PAGE
from helpdesk_plugin.reports.views.base import OfPeriod, ReadersOnly, address
from helpdesk_plugin.services.documents import may_issue, may_open, withdraw_document
from helpdesk_plugin.services.errors import DocumentWithdrawn, NoteRequired, NotPermitted

PREVIEW = "helpdesk_reports_paper_preview"
ISSUE = "helpdesk_reports_paper_issue"
ISSUED = "helpdesk_reports_paper"
WITHDRAW = "helpdesk_reports_paper_withdraw"
KINDS = tuple(kind for kind, facts in PAPERS.items() if not facts.of_ticket)


class Paper:
    """One kind of document for one period: what stands, what may be done."""

    def __init__(self, kind: PaperKind, scope, documents: list[IssuedDocument]) -> None:
        self.kind, self.name, self.scope = kind, labels.PAPER[kind], scope
        self.documents = [document for document in documents if document.kind == kind.value]
        self.standing = next((one for one in self.documents if not one.is_withdrawn), None)
        self.may_issue = may_issue(scope.user, kind)
        query = {"period": scope.period.token}
        self.preview_url = f"{reverse(PREVIEW, args=[kind.value])}?period={query['period']}"
        self.issue_url = f"{reverse(ISSUE, args=[kind.value])}?period={query['period']}"

    @property
    def fits(self) -> bool:
        """The monthly recap is of a month; the register of any period."""
        return self.kind is not PaperKind.MONTHLY_RECAP or self.scope.period.kind is PeriodKind.MONTH

    @property
    def can_issue(self) -> bool:
        """Only what is over can be issued: an issued document never changes."""
        return self.may_issue and self.fits and not self.scope.is_running and self.standing is None


class PapersView(OfPeriod, TemplateView):
    template_name = "helpdesk_plugin/reports/papers.html"
    page_title = gettext_lazy("Documents of the period")

    def get_context_data(self, **kwargs):
        found = IssuedDocument.objects.filter(ticket=None, basis=self.scope.period.token)
        readable = [d for d in found.select_related("issued_by") if may_open(self.request.user, d)]
        return super().get_context_data(**kwargs) | {
            "papers": [Paper(kind, self.scope, readable) for kind in KINDS],
        }


class _OnePaper(OfPeriod, View):
    """A view about one kind of document for the period of the address."""

    @cached_property
    def paper(self) -> Paper:
        kind = next((kind for kind in KINDS if kind.value == self.kwargs["kind"]), None)
        if kind is None or not self.period_form.is_valid():
            raise Http404
        paper = Paper(kind, self.scope, [])
        if not paper.may_issue:
            raise PermissionDenied
        return paper

    def back(self):
        return redirect(address(PAGE, period=self.scope.period.token))

    def too_long(self, refused: papers.TooLong) -> None:
        told = {"lines": number(refused.lines), "most": number(papers.MOST_LINES)}
        sentence = _("%(lines)s tickets are too many to print; %(most)s fit. Choose a shorter period.")
        messages.error(self.request, sentence % told)


class PaperPreviewView(_OnePaper):
    """The document as it would be issued now, marked on every page."""

    def get(self, request, *args, **kwargs):
        paper = self.paper
        if not paper.fits:
            raise Http404
        slip = Slip.preview(paper.kind, by=request.user)
        try:
            drawn = issuing.draw(slip, papers.facts_of(paper.kind, self.scope))
        except CannotDraw:
            messages.error(request, explanation())
            return self.back()
        except papers.TooLong as refused:
            self.too_long(refused)
            return self.back()
        return pdf_response(drawn.content, f"pratinjau-{paper.kind.value}-{self.scope.period.token}.pdf")


class PaperIssueView(_OnePaper):
    """Issues the document of a period that is over; what stands already is not issued twice."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        paper = self.paper
        if not paper.fits:
            raise Http404
        if self.scope.is_running:
            messages.warning(request, _("This period is not over. Issue the document when it is."))
            return self.back()
        try:
            document = issuing.issue_of_period(
                paper.kind,
                self.scope.period.token,
                by=request.user,
                facts=papers.facts_of(paper.kind, self.scope),
            )
        except CannotDraw:
            messages.error(request, explanation())
        except papers.TooLong as refused:
            self.too_long(refused)
        else:
            told = {"document": paper.name, "number": document.number}
            messages.success(request, _("%(document)s issued. %(number)s") % told)
        return self.back()


class _Issued(ReadersOnly, View):
    """A view about an issued document of a period."""

    @cached_property
    def document(self) -> IssuedDocument:
        found = get_object_or_404(IssuedDocument, pk=self.kwargs["pk"], ticket=None)
        if not may_open(self.request.user, found):
            raise PermissionDenied
        return found


class PaperView(_Issued):
    """The very bytes that were issued."""

    def get(self, request, *args, **kwargs):
        try:
            with self.document.file.open("rb") as stored:
                return pdf_response(stored.read(), self.document.name)
        except OSError as lost:
            raise Http404(_("This file is not in the store.")) from lost


class PaperWithdrawView(_Issued):
    """Takes a wrong document back, with a reason."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if not may_issue(request.user, self.document.what):
            raise PermissionDenied
        try:
            withdraw_document(self.document.pk, by=request.user, reason=request.POST.get("reason", ""))
        except NotPermitted:
            raise PermissionDenied from None
        except NoteRequired:
            messages.error(request, _("Say why the document is withdrawn; the reason stays on record."))
        except DocumentWithdrawn:
            messages.warning(request, _("This document was withdrawn already."))
        else:
            messages.success(request, _("The document was withdrawn. A right one can be issued now."))
        return redirect(address(PAGE, period=self.document.basis))
