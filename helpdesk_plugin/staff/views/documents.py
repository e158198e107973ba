"""Official documents of a ticket: previewed, issued, printed again, brought back signed, withdrawn."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from helpdesk_plugin import labels
from helpdesk_plugin.documents import issuing
from helpdesk_plugin.documents.library import CannotDraw, explanation
from helpdesk_plugin.documents.serving import pdf_response
from helpdesk_plugin.documents.signing import SigningFailed, sign, signer
from helpdesk_plugin.domain.papers import PAPERS_OF_A_TICKET, PaperKind
from helpdesk_plugin.models import IssuedDocument
from helpdesk_plugin.services.documents import (
    file_name,
    keep_signed_copy,
    may_issue,
    may_open,
    withdraw_document,
)
from helpdesk_plugin.services.errors import DocumentWithdrawn, FactsMissing, NotPermitted, SignedAlready
from helpdesk_plugin.staff import refusals
from helpdesk_plugin.staff.forms.documents import KeyedForm, PassphraseForm, SignedForm, WithdrawForm
from helpdesk_plugin.staff.papers import Papers
from helpdesk_plugin.staff.views.base import OneTicketMixin


class _PapersMixin(OneTicketMixin):
    """A view about the documents of one ticket."""

    @cached_property
    def documents_url(self) -> str:
        return reverse(self.documents_url_name, args=[quote(self.object.pk)])

    @cached_property
    def kind(self) -> PaperKind:
        """The kind that the address names; 404 for any other word."""
        try:
            kind = PaperKind(self.kwargs["kind"])
        except ValueError:
            raise Http404 from None
        if kind not in PAPERS_OF_A_TICKET:
            raise Http404
        return kind

    @cached_property
    def document(self) -> IssuedDocument:
        """The issued document that the address names, if it is of this ticket and open to this officer."""
        found = get_object_or_404(self.object.documents, pk=self.kwargs["document_pk"])
        found.ticket = self.object
        if not may_open(self.request.user, found):
            raise PermissionDenied
        if not found.file:
            raise Http404(_("This sheet is gone: its ticket was made anonymous."))
        return found

    def back(self):
        return redirect(self.documents_url)


class DocumentsView(_PapersMixin, TemplateView):
    """Every kind of document: what was issued, what may be issued now, what still lacks."""

    template_name = "helpdesk_plugin/staff/documents.html"
    page_title = gettext_lazy("Official documents")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "papers": Papers(self.object, self.request.user),
            "keyed": KeyedForm(),
        }


class PreviewView(_PapersMixin, View):
    """The document as it would be issued now, marked on every page."""

    def get(self, request, *args, **kwargs):
        try:
            drawn = issuing.preview(self.object, self.kind, by=request.user)
        except NotPermitted:
            raise PermissionDenied from None
        except FactsMissing as refused:
            messages.warning(request, refusals.explain(refused, self.object).in_one_line)
            return self.back()
        except CannotDraw:
            messages.error(request, explanation())
            return self.back()
        return pdf_response(drawn, f"pratinjau-{self.kind.value}-{self.object.number}.pdf")


class IssueView(_PapersMixin, View):
    """Issues a document; what stands already is shown instead of issued twice."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = KeyedForm(request.POST)
        key = form.request_key if form.is_valid() else None
        try:
            document = issuing.issue(self.object.pk, self.kind, by=request.user, key=key)
        except NotPermitted:
            raise PermissionDenied from None
        except FactsMissing as refused:
            messages.warning(request, refusals.explain(refused, self.object).in_one_line)
        except CannotDraw:
            messages.error(request, explanation())
        else:
            told = {"document": labels.PAPER[self.kind], "number": document.number}
            messages.success(request, _("%(document)s issued. %(number)s") % told)
        return self.back()


class IssuedView(_PapersMixin, View):
    """An issued document: the very bytes that were issued."""

    def get(self, request, *args, **kwargs):
        try:
            with self.document.file.open("rb") as stored:
                return pdf_response(stored.read(), self.document.name or file_name(self.document))
        except OSError as lost:
            raise Http404(_("This file is not in the store.")) from lost


class SignedCopyView(_PapersMixin, View):
    """A signed copy as it was brought back. Never inline: it came from outside."""

    def get(self, request, *args, **kwargs):
        copy = get_object_or_404(self.document.signed_copies, pk=self.kwargs["copy_pk"])
        try:
            stored = copy.file.open("rb")
        except OSError as lost:
            raise Http404(_("This file is not in the store.")) from lost
        response = FileResponse(
            stored, as_attachment=True, filename=copy.name, content_type=copy.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "private, no-store"
        return response


class _DeedView(_PapersMixin, FormView):
    """A form about one issued document, for those who may issue its kind."""

    template_name = "helpdesk_plugin/staff/document_deed.html"
    verb = ""
    is_destructive = False

    def dispatch(self, request, *args, **kwargs):
        if not may_issue(request.user, self.document.what, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "document": self.document,
            "documents_url": self.documents_url,
            "verb": self.verb,
            "is_destructive": self.is_destructive,
        }

    def form_valid(self, form):
        try:
            self.do(form)
        except NotPermitted:
            raise PermissionDenied from None
        except DocumentWithdrawn:
            messages.warning(self.request, _("This document was withdrawn meanwhile; nothing was changed."))
        except SignedAlready:
            messages.info(self.request, _("This very file is kept with the document already."))
        except SigningFailed as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        else:
            messages.success(self.request, self.done)
        return self.back()


class SignedView(_DeedView):
    """Brings a signed document back."""

    form_class = SignedForm
    page_title = gettext_lazy("Upload the signed document")
    verb = gettext_lazy("Upload")
    done = gettext_lazy("The signed document is kept.")

    def do(self, form):
        file = form.cleaned_data["file"]
        keep_signed_copy(self.document.pk, file, by=self.request.user, key=form.request_key)


class SignView(_DeedView):
    """Has a document signed electronically by the provider that the site has named; 404 without one."""

    form_class = PassphraseForm
    page_title = gettext_lazy("Sign electronically")
    verb = gettext_lazy("Sign electronically")
    done = gettext_lazy("The document is signed.")

    def dispatch(self, request, *args, **kwargs):
        if signer() is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def do(self, form):
        sign(self.document, by=self.request.user, passphrase=form.cleaned_data["passphrase"])


class WithdrawView(_DeedView):
    """Takes a wrong document back, with a reason; then it can be issued anew under another number."""

    form_class = WithdrawForm
    page_title = gettext_lazy("Withdraw the document")
    verb = gettext_lazy("Withdraw")
    done = gettext_lazy("The document is withdrawn.")
    is_destructive = True

    def do(self, form):
        reason = form.cleaned_data["reason"]
        withdraw_document(self.document.pk, by=self.request.user, reason=reason, key=form.request_key)
