"""The form under the conversation: one text, and what is to become of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import CannedReply, Outcome
from helpdesk_plugin.services.handling import Recovery
from helpdesk_plugin.staff.composing import INTERNAL, Way
from helpdesk_plugin.staff.forms.base import StepForm
from helpdesk_plugin.staff.forms.fields import paragraphs
from helpdesk_plugin.staff.forms.files import FilesField
from helpdesk_plugin.staff.forms.work import logged_parts

_ABOUT_THE_ACTION = _("Write what was done: it is the record of the solution (S7).")


class ComposerForm(StepForm):
    """Words for officers or for the requester. ``seen``: the newest entry that the page showed."""

    way = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect, initial=INTERNAL)
    note = paragraphs(_("Message"), rows=2)
    action = paragraphs(_("Action taken"), rows=2, required=False)
    outcome = forms.ChoiceField(
        label=_("Result"), choices=Outcome.choices, initial=Outcome.NORMAL.value, required=False
    )
    canned = forms.ModelChoiceField(
        CannedReply.objects.none(), label=_("Canned reply"), required=False, empty_label=_("Choose a reply")
    )
    files = FilesField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, ways: list[Way], replies: list[CannedReply], **kwargs):
        self.ways = {way.name: way for way in ways}
        self.replies = replies
        super().__init__(*args, act=Remark.NOTE, **kwargs)

    def prepare(self):
        self.fields["way"].choices = [(way.name, way.label) for way in self.ways.values()]
        self.fields["note"].required = True
        self.fields["note"].widget.attrs["aria-describedby"] = "hd-composer-readers"
        self.fields["canned"].choices = [("", _("Choose a reply")), *((r.pk, r.title) for r in self.replies)]
        if INTERNAL not in self.ways:
            self.initial["way"] = next(iter(self.ways), "")

    @property
    def recovery_is_open(self) -> bool:
        """Whether the ticket can be marked as handled with these words."""
        return "resolve" in self.ways

    def clean_canned(self):
        """Which reply was inserted is nobody's business any more: its words are in the text."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("way") == "resolve" and not cleaned.get("action"):
            self.add_error("action", _ABOUT_THE_ACTION)
        return cleaned

    @property
    def chosen(self) -> Way:
        """The way that was chosen."""
        return self.ways[self.cleaned_data["way"]]

    @property
    def recovery(self) -> Recovery:
        """What the service is told when the ticket is handled with these words."""
        said = self.cleaned_data
        parts = logged_parts(self.ticket)
        return Recovery(action=said["action"], outcome=said["outcome"] or Outcome.NORMAL, parts=parts)

    def reply_named(self, typed: str) -> CannedReply | None:
        """The reply that was picked from the list."""
        return next((reply for reply in self.replies if str(reply.pk) == typed), None)
