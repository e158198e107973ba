"""Disposition and assignment (S3, S4), verification, diagnosis and recovery (S5 – S7)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from helpdesk_plugin import clock, labels
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import LineField, PastMomentField, PlausibleDateField
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Instruction, LetterNature, Outcome, Verdict
from helpdesk_plugin.services.disposition import Order
from helpdesk_plugin.services.handling import Finding, Recovery
from helpdesk_plugin.staff.forms.base import StepForm, TextForm
from helpdesk_plugin.staff.forms.fields import paragraphs, radios, security_box
from helpdesk_plugin.staff.forms.files import FilesField
from helpdesk_plugin.staff.forms.officers import OfficersMixin, Roster
from helpdesk_plugin.staff.forms.work import logged_parts

_ADDRESSEES = (Role.DIVISION_HEAD, Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT)


class NatureField(forms.ChoiceField):
    """The nature (*sifat*) of the letter, all of them visible."""

    def __init__(self):
        choices, initial = LetterNature.choices, LetterNature.ORDINARY.value
        super().__init__(label=_("Nature"), choices=choices, initial=initial, widget=forms.RadioSelect)


class AddresseeField(forms.ChoiceField):
    """The office that the disposition goes to; the head of division unless told otherwise."""

    def __init__(self):
        choices = [(role.value, labels.ROLE[role]) for role in _ADDRESSEES]
        super().__init__(label=_("Forwarded to"), choices=choices, initial=Role.DIVISION_HEAD.value)


class InstructionsField(forms.MultipleChoiceField):
    """The ticks of the disposition sheet."""

    def __init__(self):
        super().__init__(
            label=_("With respect, please"),
            choices=Instruction.choices,
            widget=forms.CheckboxSelectMultiple,
            initial=[Instruction.PROCESS.value],
            required=False,
        )


class DisposeForm(StepForm):
    """What the head of agency writes on the disposition sheet."""

    nature = NatureField()
    addressee = AddresseeField()
    instructions = InstructionsField()
    agenda_number = LineField(label=_("Agenda number"), max_length=60, required=False)
    note = paragraphs(_("Note"), required=False)

    @property
    def order(self) -> Order:
        """What the service is told."""
        said = self.cleaned_data
        return Order(
            nature=said["nature"],
            agenda_number=said["agenda_number"],
            addressee=said["addressee"],
            instructions=tuple(said["instructions"]),
        )


class ExamineForm(OfficersMixin, StepForm):
    """Who works on it: one leads, others may help."""

    wished_by = PlausibleDateField(
        label=_("Wished by"),
        required=False,
        widget=AdminDateInput,
        help_text=_("When you would like it done. The promise to the requester does not move by it."),
    )
    note = paragraphs(_("Direction to the officers"), required=False)

    def prepare(self):
        self.offer(Roster([self.ticket], self.user))

    def clean_wished_by(self):
        wished = self.cleaned_data["wished_by"]
        if wished and wished < agency_date(clock.now()):
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return wished

    @property
    def assignment(self) -> dict:
        """What the service is told."""
        return {"officers": self.officers, "wished_by": self.cleaned_data["wished_by"]}


class SendBackForm(TextForm):
    note = paragraphs(_("Why does it go back to the head of agency?"), rows=4)


class VerifyForm(StepForm):
    verdict = radios(_("The disruption concerns"), Verdict.choices)
    security = security_box()
    note = paragraphs(_("Note"), required=False)

    def prepare(self):
        if self.ticket.security_flag:
            # The flag can be set here, not taken away.
            del self.fields["security"]

    @property
    def is_security(self) -> bool:
        return self.ticket.security_flag or self.cleaned_data["security"]


class DiagnoseForm(StepForm):
    symptoms = paragraphs(_("Symptoms"))
    checks = paragraphs(_("Checks made"), required=False)
    cause = paragraphs(_("Cause"))
    files = FilesField()

    @property
    def finding(self) -> Finding:
        """What the service is told."""
        return Finding(**{name: self.cleaned_data[name] for name in ("symptoms", "checks", "cause")})


class ResolveForm(StepForm):
    action = paragraphs(_("Action taken"))
    outcome = radios(_("Result"), Outcome.choices, initial=Outcome.NORMAL.value)
    parts = paragraphs(
        _("Devices replaced"), rows=2, required=False, help_text=_("Brand, serial number, condition.")
    )
    recommendation = paragraphs(_("Recommendation"), rows=2, required=False)
    started_at = PastMomentField(label=_("Work started"), required=False, widget=AdminDateTimeInput)
    finished_at = PastMomentField(label=_("Work finished"), required=False, widget=AdminDateTimeInput)
    files = FilesField()

    def suggestions(self, ticket):
        return {"parts": logged_parts(ticket)}

    def clean(self):
        cleaned = super().clean()
        started, finished = cleaned.get("started_at"), cleaned.get("finished_at")
        if started and finished and finished < started:
            self.add_error("finished_at", _("This lies before the start of the work."))
        return cleaned

    @property
    def recovery(self) -> Recovery:
        """What the service is told."""
        names = ("action", "outcome", "parts", "recommendation", "started_at", "finished_at")
        return Recovery(**{name: self.cleaned_data[name] for name in names})
