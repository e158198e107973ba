"""Form fields that clean what people paste and type, the same at the counter and on the public form.

Nothing here knows the procedure. Text stays plain text: control characters, lone surrogates and marks that
turn or hide letters are dropped, because no database and no spreadsheet agrees about them and nobody
types them on purpose.
"""

import re
import unicodedata
from datetime import UTC, date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.domain.indonesia import (
    InvalidNip,
    InvalidPhone,
    format_phone,
    parse_nip,
    parse_phone,
)

#: Nothing that is reported today began before this, and no plan reaches beyond the other.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

_KEPT_CONTROLS = "\n\t"
#: Marks without a shape that join letters or emoji; the other ones only hide or turn what is read.
_KEPT_FORMATS = "\u200c\u200d"


def plain_text(raw: str) -> str:
    """Return text of several lines without what cannot be seen; lines end with a single newline."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if _is_visible(letter)).strip()


def plain_line(raw: str) -> str:
    """Return text as one line: as `plain_text`, and every stretch of white space is one space."""
    return re.sub(r"\s+", " ", plain_text(raw)).strip()


def _is_visible(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category == "Cc":
        return letter in _KEPT_CONTROLS
    if category == "Cf":
        return letter in _KEPT_FORMATS
    return category != "Cs"


class LineField(forms.CharField):
    """One line of plain text."""

    def to_python(self, value):
        return super().to_python(plain_line(str(value)) if value else value)


class ParagraphsField(forms.CharField):
    """Plain text of several lines."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(plain_text(str(value)) if value else value)


class NipField(LineField):
    """A civil servant number, typed in any of its ways; cleans to 18 digits or an empty text."""

    default_error_messages = {
        "length": _("A NIP has 18 digits. Check it, or leave it empty if you are not a civil servant."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": 100, **kwargs})
        self.widget.attrs.setdefault("inputmode", "numeric")

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return parse_nip(typed)
        except InvalidNip:
            raise ValidationError(self.error_messages["length"], code="length") from None


class PhoneField(LineField):
    """A telephone or WhatsApp number, typed in any of its ways; cleans to E.164, shows the local form."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    default_error_messages = {
        "unknown": _("This telephone number is not recognised. Write it like 081234567890."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 100, **kwargs})

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return parse_phone(typed)
        except InvalidPhone:
            raise ValidationError(self.error_messages["unknown"], code="unknown") from None

    def prepare_value(self, value):
        return format_phone(value) if isinstance(value, str) and value.startswith("+") else value


class PlausibleDateField(forms.DateField):
    """A date that an office can mean: from 2000 to 2100."""

    default_error_messages = {"implausible": _("This date cannot be right. Check the year.")}

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError(self.error_messages["implausible"], code="implausible")


class PastMomentField(forms.DateTimeField):
    """A date and time that lies behind us: from 2000 until now. Cleans to an aware datetime."""

    default_error_messages = {
        "implausible": _("This date cannot be right. Check the year."),
        "future": _("This lies in the future."),
    }

    def to_python(self, value):
        try:
            moment = super().to_python(value)
            # Far from our time a moment has no equivalent in every time zone.
            return moment and moment.astimezone(UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["implausible"], code="implausible") from None

    def validate(self, value: datetime | None):
        super().validate(value)
        if value and value.date() < EARLIEST:
            raise ValidationError(self.error_messages["implausible"], code="implausible")
        if value and value > timezone.now():
            raise ValidationError(self.error_messages["future"], code="future")


class RowsThatFit:
    """For fields that take several rows by their keys: a key that no database could hold is no row's.

    Django asks the database about it all the same, which then fails instead of finding nothing.
    """

    LONGEST_KEY = 18

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if isinstance(key, str) and len(key) > self.LONGEST_KEY:
                told = {"value": key[:40]}
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", told)
        return super().clean(value)


class SeveralRows(RowsThatFit, forms.ModelMultipleChoiceField):
    """Several rows of a table."""
