"""The forms of the portal. They clean words and know no rules of the procedure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock, labels
from helpdesk_plugin.languages import current_language, supported_language
from helpdesk_plugin.models import LetterRule, Opd, Service, ServiceQuestion, Ticket, TicketKind
from helpdesk_plugin.portal.fields import Clock, Day, Email, Line, Nip, Phone, Text, required
from helpdesk_plugin.portal.questions import as_answer, as_initial, field_of, name_of
from helpdesk_plugin.services.submission import Filing

_YEAR = timedelta(days=366)
#: A clock that runs ahead of ours is no reason to refuse a report.
_CLOCK_TOLERANCE = timedelta(minutes=10)


def _question(label, choices, missing, **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=labels.choices(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
        **kwargs,
    )


class WhatHappened(forms.Form):
    """The facts of a request that its requester may also complete later."""

    summary = Line(
        label=_("Summary"),
        max_length=160,
        help_text=_("Example: The office has had no internet since this morning"),
    )
    description = Text(
        label=_("Description"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What happened, since when, what was tried already"),
    )
    occurred_date = Day(label=_("Date"), required=False, past=5 * _YEAR, ahead=timedelta(0))
    occurred_time = Clock(label=_("Time"), required=False)
    who_affected = _question(
        _("Who is affected?"), labels.WHO_AFFECTED, _("Choose who is affected."), required=True
    )
    alternative = _question(
        _("Is there still another way to work?"),
        labels.ALTERNATIVE,
        _("Choose whether there is another way to work."),
        required=True,
    )
    wished_date = Day(
        label=_("Wished date"),
        required=False,
        past=timedelta(0),
        ahead=3 * _YEAR,
        help_text=_("For our information; it is not a promise."),
    )
    letter_number = Line(label=_("Letter number"), max_length=120, required=False)
    letter_date = Day(label=_("Letter date"), required=False, past=5 * _YEAR, ahead=_YEAR)
    letter_subject = Line(label=_("Letter subject"), max_length=200, required=False)

    _ONLY_FOR = {
        TicketKind.INCIDENT: ("occurred_date", "occurred_time", "alternative"),
        TicketKind.REQUEST: ("wished_date",),
    }
    _LETTER = ("letter_number", "letter_date", "letter_subject")

    def __init__(self, *args, service: Service, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.service, self.kind = service, TicketKind(kind)
        for other, names in self._ONLY_FOR.items():
            if other != self.kind:
                self._leave_out(names)
        if service.letter_rule == LetterRule.NEVER:
            self._leave_out(self._LETTER)
        if self.kind is TicketKind.REQUEST:
            self.fields["summary"].help_text = _("Example: A new WiFi access point for the meeting room")
            self.fields["description"].help_text = _("What you need, what for, and where")
            self.fields["who_affected"].label = _("Who needs it?")
            self.fields["who_affected"].error_messages |= {"required": _("Choose who needs it.")}
        if service.hint:
            self.fields["description"].help_text = service.hint

    def clean(self):
        cleaned = super().clean()
        day, at = cleaned.get("occurred_date"), cleaned.get("occurred_time")
        if at and not day and "occurred_date" not in self.errors:
            self.add_error("occurred_date", _("Give the date as well."))
        if day and not at and "occurred_time" not in self.errors:
            self.add_error("occurred_time", _("Give the time as well; a rough one will do."))
        if day and at:
            self._settle_moment(cleaned, day, at)
        return cleaned

    def said(self) -> dict:
        """The cleaned facts by their names on the ticket."""
        names = set(self.fields) & {f.name for f in Ticket._meta.get_fields()}
        facts = {name: self.cleaned_data[name] for name in names}
        if "occurred_date" in self.fields:
            facts["occurred_at"] = self.cleaned_data.get("occurred_at")
        return facts

    def _settle_moment(self, cleaned, day, at):
        moment = datetime.combine(day, at, ZoneInfo(settings.TIME_ZONE))
        if moment > clock.now() + _CLOCK_TOLERANCE:
            self.add_error("occurred_time", _("This time has not come yet. When did it happen?"))
        cleaned["occurred_at"] = moment

    def _leave_out(self, names):
        for name in names:
            self.fields.pop(name, None)


class _AgencyList(forms.Select):
    """A list whose search also finds the short name by which people know an agency (combobox.js)."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        agency = getattr(value, "instance", None)
        if agency is not None and agency.short_name not in agency.name:
            option["attrs"]["data-words"] = agency.short_name
        return option


class AgencyChoice(forms.ModelChoiceField):
    """The requester's agency, from those that may file."""

    def __init__(self, **kwargs):
        label = _("Agency (OPD)")
        super().__init__(
            Opd.objects.offered(),
            widget=_AgencyList,
            label=label,
            empty_label=_("Choose your agency"),
            error_messages={**required(label), "invalid_choice": _("Choose an agency from the list.")},
            **kwargs,
        )


class FilingForm(WhatHappened):
    """The public form: what is wrong or wanted, what the service asks besides, and who says so.

    ``questions`` are those of the service. The ones that may lead elsewhere come first of all, so that
    nobody fills in a page that cannot be sent.
    """

    requester_name = Line(
        label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    opd = AgencyChoice(help_text=_("Type the first letters to search"))
    requester_unit = Line(
        label=_("Unit and location"),
        max_length=160,
        help_text=_("Example: Budget division, second floor"),
    )
    requester_phone = Phone(
        label=_("Mobile / WhatsApp number"),
        help_text=_("Example: 0812 3456 7890"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    requester_email = Email(
        label=_("Email"),
        help_text=_("Example: nama@katingankab.go.id. The number and the tracking link are sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    requester_nip = Nip(
        label=_("NIP"),
        help_text=_("18 digits; leave it empty if you are not a civil servant"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    privacy_ack = forms.CharField(
        error_messages={"required": _("Tick the box when you have read the privacy notice.")}
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(
        self, *args, privacy_version: int, questions: Sequence[ServiceQuestion] = (), initial=None, **kwargs
    ):
        names = {name_of(question): question for question in questions}
        initial = dict(initial or {})
        initial |= {name: as_initial(names[name], initial[name]) for name in names.keys() & initial.keys()}
        super().__init__(*args, initial=initial, **kwargs)
        self.privacy_version, self.questions = str(privacy_version), names
        self.fields |= {name: field_of(question) for name, question in names.items()}
        self.order_fields([name for name, question in names.items() if question.stop_values])

    def clean_privacy_ack(self):
        # The box carries the version that was on the page, so that nobody agrees to words not yet read.
        if self.cleaned_data["privacy_ack"] != self.privacy_version:
            raise forms.ValidationError(_("The privacy notice has changed. Read it again and tick the box."))
        return int(self.privacy_version)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this field: it is a trap for machines. Then send again."))
        return ""

    @property
    def asked_first(self) -> list[forms.BoundField]:
        """The questions whose answers may lead elsewhere."""
        return [self[name] for name, question in self.questions.items() if question.stop_values]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The other questions of the service."""
        return [self[name] for name, question in self.questions.items() if not question.stop_values]

    def answers(self) -> list[dict[str, Any]]:
        """The answers that could be read, each with its question as it was asked."""
        return [question.asked(answer) for question, answer in self._given() if answer]

    def leads_elsewhere(self) -> list[ServiceQuestion]:
        """The questions whose answers lead elsewhere, whether or not anything else is wrong."""
        return [question for question, answer in self._given() if question.stops_at(answer)]

    def _given(self) -> Iterator[tuple[ServiceQuestion, str | list[str]]]:
        for name, question in self.questions.items():
            yield question, as_answer(self.cleaned_data.get(name))

    def filing(self) -> Filing:
        """What was said, ready for the service."""
        facts = self.said()
        return Filing(
            kind=self.kind.value,
            service=self.service,
            language=supported_language(current_language()),
            privacy_version=self.cleaned_data["privacy_ack"],
            answers=self.answers(),
            **facts,
        )


class CompletionForm(WhatHappened):
    """A returned request, to be completed. Contact data is asked for again, never shown."""

    requester_phone = Phone(
        label=_("New mobile / WhatsApp number"),
        required=False,
        help_text=_("Only if it has changed"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    requester_email = Email(
        label=_("New email"),
        required=False,
        help_text=_("Only if it has changed"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    note = Text(
        label=_("What did you add or correct?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, ticket: Ticket, initial=None, **kwargs):
        self.ticket = ticket
        facts = {**_facts_of(ticket), **(initial or {})}
        super().__init__(*args, service=ticket.service, kind=ticket.kind, initial=facts, **kwargs)
        if not ticket.who_affected:
            self.fields["who_affected"].required = False
        if "alternative" in self.fields and not ticket.alternative:
            self.fields["alternative"].required = False
        if ticket.security_flag:
            self._leave_out([name for name in self.fields if name != "note"])
            self.fields["note"].required = True

    def changes(self) -> dict:
        """Fields of the ticket with their new values; contacts only where new ones were given."""
        facts = self.said()
        for name in ("requester_phone", "requester_email"):
            if not facts.get(name):
                facts.pop(name, None)
        return facts


def _facts_of(ticket: Ticket) -> dict:
    names = ("summary", "description", "who_affected", "alternative", "wished_date")
    facts = {name: getattr(ticket, name) for name in (*names, *WhatHappened._LETTER)}
    if ticket.occurred_at:
        local = ticket.occurred_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        facts |= {"occurred_date": local.date(), "occurred_time": local.time()}
    return facts


class NoteForm(forms.Form):
    """A text to the desk: a reply, an answer, a reason."""

    note = Text(label=_("Message"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, label, hint="", needed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.label, field.help_text, field.required = label, hint, needed
        field.error_messages |= required(label)


class TrackForm(forms.Form):
    """Ticket number and tracking code, as people type or dictate them."""

    nomor = Line(
        label=_("Ticket number"),
        max_length=80,
        help_text=_("Example: HD-2026-000123"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kode = Line(
        label=_("Tracking code"),
        max_length=80,
        help_text=_("Twelve letters and digits, on your receipt and in every email about the ticket"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
