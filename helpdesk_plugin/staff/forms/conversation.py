"""What is said on a ticket without moving it, and the acts that are a message with a consequence."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk_plugin.models import AttachmentPurpose
from helpdesk_plugin.staff.forms.base import StepForm, TextAndFilesForm, TextForm
from helpdesk_plugin.staff.forms.fields import paragraphs, radios
from helpdesk_plugin.staff.forms.files import FilesField


class ReplyForm(TextAndFilesForm):
    note = paragraphs(_("Reply"), rows=6)


class ProgressForm(TextForm):
    note = paragraphs(_("How is the work going?"), rows=4)


class InternalNoteForm(TextAndFilesForm):
    note = paragraphs(_("Internal note"), rows=5)


class QuestionForm(TextForm):
    note = paragraphs(
        _("What do you need to know?"),
        rows=4,
        help_text=_("The SLA clock stops until the requester answers or work is resumed."),
    )


class ThirdPartyForm(TextForm):
    note = paragraphs(
        _("Whom do we wait for, and for what?"),
        rows=4,
        help_text=_("The SLA clock goes on while a third party is waited for."),
    )


class AttachForm(StepForm):
    """Files for an open ticket, each sending with one purpose and one circle of readers."""

    files = FilesField(required=True)
    purpose = forms.ChoiceField(label=_("What is it?"))
    readers = radios(
        _("Who may open it?"),
        [
            ("requester", _("The requester and officers")),
            ("officers", pgettext_lazy("readers of a file", "Officers only (internal)")),
        ],
        initial="officers",
    )
    note = paragraphs(_("Note"), required=False)

    def prepare(self):
        documents = self.ticket.service.documents.all()
        self.fields["purpose"].choices = [
            (AttachmentPurpose.EVIDENCE.value, AttachmentPurpose.EVIDENCE.label),
            (AttachmentPurpose.COVER_LETTER.value, AttachmentPurpose.COVER_LETTER.label),
            *[(f"{AttachmentPurpose.DOCUMENT.value}:{document.pk}", document.name) for document in documents],
        ]
        self._documents = {str(document.pk): document.name for document in documents}

    @property
    def accepted(self):
        """The files with the purpose that was chosen for them."""
        purpose, _colon, pk = self.cleaned_data["purpose"].partition(":")
        label = self._documents.get(pk, "")
        return [replace(accepted, purpose=purpose, label=label) for accepted in self.cleaned_data["files"]]


class UndoForm(TextForm):
    """Why a merge was wrong; officers alone read it."""

    note = paragraphs(
        _("Why is the merge undone?"),
        rows=3,
        help_text=_("The ticket goes on where it was. The requester is told that, not the reason."),
    )
