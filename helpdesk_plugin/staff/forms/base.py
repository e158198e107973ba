"""What every form of an act has: the version that was looked at, and the key of this one sending."""

import uuid
from enum import StrEnum

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock
from helpdesk_plugin.cleaning import LineField, ParagraphsField, plain_text
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, Act, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import StepRecord, Ticket
from helpdesk_plugin.staff import words
from helpdesk_plugin.staff.forms.fields import MAX_TEXT, paragraphs
from helpdesk_plugin.staff.forms.files import FilesField, KeepsFiles

#: Acts by which the desk ends a step of the SOP; when it took too long, they ask why.
ENDS_A_STEP = frozenset(
    {
        Step.TRIAGE,
        Step.RETURN,
        Step.REJECT,
        Step.DISPOSE,
        Step.DISPOSE_LATE,
        Step.EXAMINE,
        Step.EXAMINE_LATE,
        Step.SEND_BACK,
        Step.VERIFY,
        Step.DIAGNOSE,
        Step.RESOLVE,
        Step.INFORM,
        Step.CLOSE,
    }
)


class Readers(StrEnum):
    """Who reads what is typed into a form."""

    REQUESTER = "requester"
    OFFICERS_OF_PUBLIC_ACT = "officers_of_public_act"
    OFFICERS = "officers"


def readers_of(act: Act) -> Readers:
    """Who reads the text of an act, by the procedure's own table."""
    row = TRANSITIONS[act]
    if row.public and row.content_public:
        return Readers.REQUESTER
    return Readers.OFFICERS_OF_PUBLIC_ACT if row.public else Readers.OFFICERS


class StepForm(KeepsFiles, forms.Form):
    """The form of one act on one ticket, filled in by one officer.

    ``version`` and ``key`` are hidden: the first lets the service notice that the ticket has changed
    meanwhile, the second makes a double click one act.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, ticket: Ticket, user, act: Act, **kwargs):
        fresh = {"version": ticket.version, "key": uuid.uuid4()}
        self.ticket, self.user, self.act = ticket, user, act
        initial = {**fresh, **self.suggestions(ticket), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        if "note" in self.fields:
            self.fields["note"].required = TRANSITIONS[act].note_required
        self.prepare()
        self._ask_why_late()
        self.recall_files()

    def suggestions(self, ticket: Ticket) -> dict:
        """Values that the form opens with."""
        return {}

    def prepare(self) -> None:
        """Fit the fields to the ticket and the person."""

    def _ask_why_late(self) -> None:
        """Offer a line for the reason when the act ends a step after its standard time (mutu baku)."""
        late = self._late_step() if self.act in ENDS_A_STEP else None
        if late is None:
            return
        told = {"code": late.code, "when": words.moment(late.due_at)}
        self.fields["late_reason"] = LineField(
            label=_("Reason for lateness"),
            max_length=300,
            required=False,
            help_text=gettext(
                "Step %(code)s should have ended by %(when)s. The reason goes into the records of the "
                "agency; the requester does not read it."
            )
            % told,
        )

    def _late_step(self) -> StepRecord | None:
        """The running step that the act ends, if its time is over."""
        code = OWN_SOP_CODE.get(self.act, self.ticket.sop_position)
        running = self.ticket.step_records.running()
        return running.filter(code=code, due_at__lt=clock.now()).order_by("-entered_at").first()

    def clean(self):
        cleaned = super().clean()
        if {"version", "key"} & self.errors.keys():
            self.add_error(None, _("This form is damaged. Copy what you typed, go back and open it again."))
        return cleaned

    @property
    def common(self) -> dict:
        """Arguments that every service takes."""
        given = self.cleaned_data
        said = {"by": self.user, "key": given["key"].hex}
        return said | {name: given[name] for name in ("note", "files") if name in given}

    @property
    def guarded(self) -> dict:
        """The same, for services that refuse a ticket that has changed under the form."""
        reason = {"late_reason": self.cleaned_data["late_reason"]} if "late_reason" in self.fields else {}
        return self.common | reason | {"version": self.cleaned_data["version"]}

    def in_words(self) -> str:
        """What was typed, as lines of a note: for a form that came too late."""
        texts = [bound for bound in self.visible_fields() if _is_text(bound)]
        typed = [(str(bound.label), plain_text(str(bound.data or ""))) for bound in texts]
        said = [(label, words) for label, words in typed if words]
        if len(said) == 1:
            return said[0][1][:MAX_TEXT]
        return "\n".join(f"{label}: {words}" for label, words in said)[:MAX_TEXT]


def _is_text(bound) -> bool:
    return isinstance(bound.field, LineField | ParagraphsField)


class NoteForm(StepForm):
    """An act that needs nothing but words; whether it must have them, the procedure says."""

    note = paragraphs(_("Note"), required=False)


class TextForm(StepForm):
    """An act that consists of words."""

    note = paragraphs(_("Message"), rows=5)


class TextAndFilesForm(TextForm):
    files = FilesField()
