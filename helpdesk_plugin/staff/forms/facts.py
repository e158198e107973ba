"""What a requester says, typed in by an officer: to register, to complete or to correct a request."""

import uuid
from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from helpdesk_plugin import labels
from helpdesk_plugin.cleaning import (
    LineField,
    NipField,
    ParagraphsField,
    PastMomentField,
    PhoneField,
    PlausibleDateField,
)
from helpdesk_plugin.models import AttachmentPurpose, Channel, Opd, Ticket, TicketKind
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import staging
from helpdesk_plugin.services.amendment import CORRECTABLE, CORRECTABLE_BY_STAFF
from helpdesk_plugin.services.submission import Filing
from helpdesk_plugin.staff.forms.base import StepForm, TextForm
from helpdesk_plugin.staff.forms.fields import ServiceField, paragraphs, radios, security_box
from helpdesk_plugin.staff.forms.files import FilesField, KeepsFiles

_NOT_AT_THE_COUNTER = {Channel.WEB, Channel.IMPORTED}
_UNSAID = ("", _("Not said"))


def _answers(words) -> list:
    return [_UNSAID, *labels.choices(words)]


class RequestFields(forms.Form):
    """The facts of a request, in the order in which one asks for them on the telephone."""

    requester_name = LineField(label=_("Full name"), max_length=120)
    requester_unit = LineField(
        label=_("Unit and location"), max_length=160, help_text=_("Example: Budget division, second floor")
    )
    requester_phone = PhoneField(label=_("Mobile / WhatsApp number"), help_text=_("Example: 0812 3456 7890"))
    requester_email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        required=False,
        help_text=_("Without an address the requester gets no messages; tell them the number and the code."),
    )
    requester_nip = NipField(
        label=_("NIP"), help_text=_("18 digits; empty if the requester is no civil servant")
    )
    summary = LineField(
        label=_("Summary"),
        max_length=160,
        help_text=_("Example: The office has had no internet since this morning"),
    )
    description = ParagraphsField(
        label=_("Description"),
        max_length=20_000,
        widget=paragraphs("", rows=5).widget,
        help_text=_("What happened, since when, what was tried already"),
    )
    occurred_at = PastMomentField(label=_("Happened at"), required=False, widget=AdminDateTimeInput)
    who_affected = forms.ChoiceField(
        label=_("Who is affected?"), choices=_answers(labels.WHO_AFFECTED), required=False
    )
    alternative = forms.ChoiceField(
        label=_("Is there still another way to work?"), choices=_answers(labels.ALTERNATIVE), required=False
    )
    wished_date = PlausibleDateField(label=_("Wished date"), required=False, widget=AdminDateInput)
    letter_number = LineField(label=_("Letter number"), max_length=120, required=False)
    letter_date = PlausibleDateField(label=_("Letter date"), required=False, widget=AdminDateInput)
    letter_subject = LineField(label=_("Letter subject"), max_length=200, required=False)

    GROUPS = (
        (
            _("The matter"),
            ("summary", "description", "occurred_at", "who_affected", "alternative", "wished_date"),
        ),
        (
            _("The requester"),
            ("requester_name", "requester_unit", "requester_phone", "requester_email", "requester_nip"),
        ),
        (_("The letter"), ("letter_number", "letter_date", "letter_subject", "cover_letter")),
    )

    def groups(self) -> list[tuple]:
        """Headings with their bound fields, those that this form has."""
        found = [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.GROUPS
        ]
        return [(heading, fields) for heading, fields in found if fields]


class RegisterForm(KeepsFiles, RequestFields):
    """A request that came by telephone, WhatsApp, letter, email or in person (S1, on behalf)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = radios(
        _("How did it come?"), [row for row in Channel.choices if row[0] not in _NOT_AT_THE_COUNTER]
    )
    kind = radios(_("Kind"), TicketKind.choices, initial=TicketKind.INCIDENT.value)
    service = ServiceField()
    opd = forms.ModelChoiceField(Opd.objects.offered(), label=_("Agency (OPD)"))
    cover_letter = FilesField(label=_("Covering letter"))
    files = FilesField()

    GROUPS = (
        (_("How it came"), ("channel", "kind", "service", "opd")),
        *RequestFields.GROUPS,
        (_("Attachments"), ("files",)),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.recall_files()

    def send_again_as(self, key: uuid.UUID) -> None:
        """Give the form another key, so that sending it makes another ticket; its kept files come along."""
        former = self.files_key
        self.data = self.data.copy()
        self.data["key"] = str(key)
        staging.move(former, self.files_key)

    def filing(self) -> Filing:
        """What was said, ready for the service."""
        names = (*CORRECTABLE, "channel", "kind", "service", "opd")
        return Filing(**{name: self.cleaned_data[name] for name in names})

    def accepted(self) -> list:
        """The files, the covering letter marked as such."""
        letters = self.cleaned_data["cover_letter"]
        purpose = AttachmentPurpose.COVER_LETTER
        return [*(replace(letter, purpose=purpose) for letter in letters), *self.cleaned_data["files"]]


class _ChangeForm(StepForm, RequestFields):
    """Facts of a ticket that exists, each with its present value."""

    #: Names of the fields that may be changed.
    correctable: tuple[str, ...] = CORRECTABLE

    def suggestions(self, ticket: Ticket) -> dict:
        return {name: _value(ticket, name) for name in self.correctable}

    def prepare(self):
        if not holds(self.user, "helpdesk_plugin.view_nip_ticket"):
            # Who may not see the number gets no form that shows it.
            del self.fields["requester_nip"]

    @property
    def changes(self) -> dict:
        """Fields with their new values."""
        given = {name: self.cleaned_data[name] for name in self.correctable if name in self.fields}
        return given | {name: int(given[name]) if given[name] else None for name in _NUMBERS if name in given}


_NUMBERS = ("impact", "urgency")


def _value(ticket: Ticket, name: str):
    value = getattr(ticket, name)
    return value.pk if hasattr(value, "pk") else value


class ResubmitForm(_ChangeForm):
    """A returned request, completed by an officer for the requester."""

    note = paragraphs(_("What was completed?"), required=False)
    files = FilesField()

    GROUPS = ((_("What is new"), ("note", "files")), *RequestFields.GROUPS)


class AmendForm(_ChangeForm):
    """Any fact of a ticket that officers may correct, with the reason."""

    correctable = CORRECTABLE_BY_STAFF

    kind = radios(_("Kind"), TicketKind.choices)
    service = ServiceField()
    opd = forms.ModelChoiceField(Opd.objects.all(), label=_("Agency (OPD)"))
    impact = forms.ChoiceField(
        label=_("Impact"), choices=[("", _("Not set")), *labels.choices(labels.IMPACT)], required=False
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[("", _("Not set")), *labels.choices(labels.URGENCY)], required=False
    )
    security_flag = security_box()
    note = paragraphs(_("Reason for the correction"))

    GROUPS = (
        (_("Why"), ("note",)),
        *RequestFields.GROUPS,
        (_("Classification"), ("kind", "service", "opd", "impact", "urgency", "security_flag")),
    )

    def prepare(self):
        super().prepare()
        self.fields["service"].offer_also(self.ticket.service)


class RecountForm(TextForm):
    note = paragraphs(
        _("Why are the deadlines counted again?"),
        rows=3,
        help_text=_("They are worked out afresh by the calendar as it stands now; the promised times stay."),
    )
