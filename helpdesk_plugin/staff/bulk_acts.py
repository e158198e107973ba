"""Acts that make sense on many tickets at once: act → form, service. Each ticket is judged alone."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.cleaning import LineField
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services import assignment, closure, conversation, disposition
from helpdesk_plugin.staff.forms.base import ENDS_A_STEP
from helpdesk_plugin.staff.forms.fields import paragraphs
from helpdesk_plugin.staff.forms.officers import OfficersMixin, Roster

#: Tickets at a time: what one request may well take.
MAX_TICKETS = 50


class BulkForm(forms.Form):
    """What is said once for all tickets. ``key`` makes a repeated sending do nothing twice."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, act: Act, tickets: Sequence[Ticket], user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.act, self.tickets, self.user = act, tickets, user
        if "note" in self.fields:
            self.fields["note"].required = TRANSITIONS[act].note_required or act is Step.INFORM
        if act in ENDS_A_STEP:
            self.fields["late_reason"] = _late_reason()
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the tickets and the person."""

    def clean(self):
        cleaned = super().clean()
        if "key" in self.errors:
            raise forms.ValidationError(_("This form is damaged. Open the page again."))
        return cleaned

    @property
    def said(self) -> dict:
        """Arguments that the form gives every service."""
        given = self.cleaned_data
        return {name: given[name] for name in ("note", "late_reason") if name in given}


def _late_reason() -> LineField:
    return LineField(
        label=_("Reason for lateness"),
        max_length=300,
        required=False,
        help_text=_("Kept with the tickets whose step took longer than its standard."),
    )


class BulkTextForm(BulkForm):
    note = paragraphs(_("Message"), rows=4)


class BulkExamineForm(OfficersMixin, BulkForm):
    note = paragraphs(_("Direction to the officers"))

    def prepare(self):
        self.offer(Roster(self.tickets, self.user))


class BulkHandOverForm(BulkExamineForm):
    note = paragraphs(_("Why is it handed over?"))


@dataclass(frozen=True)
class BulkAct:
    """One act as the list offers it. ``is_guarded``: the service refuses a ticket that has changed since."""

    act: Act
    form: type[BulkForm]
    service: Callable[..., Ticket]
    is_guarded: bool = True

    @property
    def verb(self) -> str:
        return str(labels.ACT_VERB[self.act])

    def take(self, ticket_id: int, form: BulkForm, *, version: int) -> Ticket:
        """Take the act on one ticket, with a key of its own. Raises what the service refuses."""
        more: dict[str, Any] = {"by": form.user, "key": f"{form.cleaned_data['key'].hex}-{ticket_id}"}
        if self.is_guarded:
            more["version"] = version
        if isinstance(form, OfficersMixin):
            more["officers"] = form.officers
        return self.service(ticket_id, **form.said, **more)


#: In the order of the buttons.
BULK_ACTS = (
    BulkAct(Remark.TAKE, BulkForm, assignment.take_ticket),
    BulkAct(Remark.HAND_OVER, BulkHandOverForm, assignment.hand_over_ticket),
    BulkAct(Step.EXAMINE, BulkExamineForm, disposition.examine_ticket),
    BulkAct(Remark.PROGRESS, BulkTextForm, conversation.add_progress, is_guarded=False),
    BulkAct(Remark.NOTE, BulkTextForm, conversation.note_ticket, is_guarded=False),
    BulkAct(Step.INFORM, BulkTextForm, closure.inform_ticket),
    BulkAct(Step.CLOSE, BulkTextForm, closure.close_ticket),
)
