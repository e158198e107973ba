"""Taking a request in (S2): classify it, send it back, refuse it, merge it."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.cleaning import LineField
from helpdesk_plugin.domain.priorities import (
    Alternative,
    Impact,
    Priority,
    Urgency,
    WhoAffected,
    suggested_impact,
    suggested_urgency,
)
from helpdesk_plugin.models import Ticket, TicketKind
from helpdesk_plugin.models.typed import typed_numbers
from helpdesk_plugin.services.intake import Triage
from helpdesk_plugin.staff.forms.base import StepForm, TextForm
from helpdesk_plugin.staff.forms.fields import ServiceField, paragraphs, radios, security_box


class TriageForm(StepForm):
    """Kind, service, impact and urgency; the matrix gives the priority unless a reason overrides it."""

    kind = radios(_("Kind"), TicketKind.choices)
    service = ServiceField()
    impact = radios(_("Impact"), labels.choices(labels.IMPACT))
    urgency = radios(_("Urgency"), labels.choices(labels.URGENCY))
    override = forms.ChoiceField(
        label=_("Priority"),
        required=False,
        choices=[("", _("As the matrix says")), *labels.choices(labels.PRIORITY)],
        help_text=_("Another priority than the matrix gives needs a reason."),
    )
    reason = LineField(label=_("Reason for another priority"), max_length=300, required=False)
    security = security_box()
    note = paragraphs(_("Note"), required=False)

    def suggestions(self, ticket):
        impact, urgency = _suggested(ticket)
        return {
            "kind": ticket.kind,
            "service": ticket.service_id,
            "impact": ticket.impact or impact.value,
            "urgency": ticket.urgency or urgency.value,
            "security": ticket.security_flag,
        }

    def prepare(self):
        self.fields["service"].offer_also(self.ticket.service)
        impact, urgency = _suggested(self.ticket)
        self.fields["impact"].help_text = _advice(
            _("Who is affected?"),
            labels.WHO_AFFECTED,
            WhoAffected,
            self.ticket.who_affected,
            labels.IMPACT[impact],
        )
        self.fields["urgency"].help_text = _advice(
            _("Is there still another way to work?"),
            labels.ALTERNATIVE,
            Alternative,
            self.ticket.alternative,
            labels.URGENCY[urgency],
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("override") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why the priority differs from the matrix."))
        return cleaned

    @property
    def triage(self) -> Triage:
        """What the service is told."""
        said = self.cleaned_data
        return Triage(
            kind=said["kind"],
            service=said["service"],
            impact=Impact(int(said["impact"])),
            urgency=Urgency(int(said["urgency"])),
            override=Priority(int(said["override"])) if said["override"] else None,
            reason=said["reason"],
            security=said["security"],
        )


def _suggested(ticket: Ticket) -> tuple[Impact, Urgency]:
    service = ticket.service
    return (
        suggested_impact(ticket.who_affected, Impact(service.default_impact)),
        suggested_urgency(ticket.alternative, Urgency(service.default_urgency)),
    )


def _advice(question, words, kind, answer, suggestion):
    """What the requester said in plain words, and what that suggests."""
    if not answer:
        return format_lazy(
            _("The requester was not asked or gave no answer. The service suggests: {suggestion}."),
            suggestion=suggestion,
        )
    return format_lazy(
        _("“{question}” – the requester says: {answer}. That suggests: {suggestion}."),
        question=question,
        answer=words[kind(answer)],
        suggestion=suggestion,
    )


class ReturnForm(TextForm):
    note = paragraphs(_("What is lacking?"), rows=4)


class RejectForm(TextForm):
    note = paragraphs(_("Why is it rejected?"), rows=4)


class MergeForm(StepForm):
    """The other ticket is named by its number; only open ones that this officer may see are found."""

    number = LineField(
        label=_("Number of the ticket that goes on"),
        max_length=80,
        help_text=_("This ticket ends as a duplicate of that one."),
    )
    note = paragraphs(_("Note"), required=False)

    def clean_number(self):
        typed = self.cleaned_data["number"]
        found = Ticket.objects.visible_to(self.user).filter(number__in=typed_numbers(typed)).first()
        if found is None:
            raise forms.ValidationError(_("There is no ticket with this number."))
        if found.pk == self.ticket.pk:
            raise forms.ValidationError(_("This is the number of the ticket itself."))
        if not found.is_open:
            raise forms.ValidationError(_("That ticket has already ended. Choose an open one."))
        self.into = found
        return typed


class LinkForm(MergeForm):
    """The parent is named by its number, like the ticket that goes on after a merge."""

    number = LineField(
        label=_("Number of the parent ticket"),
        max_length=80,
        help_text=_(
            "The disturbance behind this report. What is done there is proposed here; each ticket keeps its "
            "own requester, clock and answer."
        ),
    )
