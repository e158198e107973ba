"""The plugin's cleaning fields as the public form wants them: every refusal names its field.

No field carries ``maxlength``: a browser would cut off what is pasted without a word.
"""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import calendars, clock
from helpdesk_plugin.cleaning import (
    LineField,
    NipField,
    ParagraphsField,
    PhoneField,
    PlausibleDateField,
    plain_line,
)


def required(label) -> dict:
    """The message of an empty field, by its name: "Email is required."."""
    return {"required": format_lazy(_("{label} is required."), label=label)}


class _Named:
    """A field whose messages carry its label."""

    def __init__(self, *, label, **kwargs):
        messages = {
            **required(label),
            "max_length": _("Shorten this to %(limit_value)d characters; it has %(show_value)d."),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(label=label, error_messages=messages, **kwargs)

    def widget_attrs(self, widget):
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}


class Line(_Named, LineField):
    """One line of text."""


class Text(_Named, ParagraphsField):
    """Several lines of text."""


class Nip(_Named, NipField):
    """A civil servant number; stored as 18 digits, or empty."""


class Phone(_Named, PhoneField):
    """A telephone number as people write it; stored as +62…."""


class Email(_Named, forms.EmailField):
    """An email address."""

    def __init__(self, **kwargs):
        invalid = _("This email address is not complete. Write it like nama@katingankab.go.id.")
        super().__init__(max_length=254, error_messages={"invalid": invalid}, **kwargs)

    def to_python(self, value):
        return super().to_python(plain_line(str(value)) if value else value)


class Day(_Named, PlausibleDateField):
    """A calendar date, at most ``past`` before and ``ahead`` after today in the agency's time zone."""

    def __init__(self, *, past: timedelta, ahead: timedelta, **kwargs):
        self.past, self.ahead = past, ahead
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
            error_messages={"invalid": _("There is no such date. Write it like 22/11/2026.")},
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(plain_line(str(value)) if value else value)

    def validate(self, value):
        super().validate(value)
        today = calendars.agency_date(clock.now())
        if value and not today - self.past <= value <= today + self.ahead:
            raise ValidationError(self.error_messages["implausible"], code="implausible")


class Clock(_Named, forms.TimeField):
    """A time of day."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            error_messages={"invalid": _("There is no such time. Write it like 14:05.")},
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(plain_line(str(value)) if value else value)


class Number(_Named, LineField):
    """An amount as people write it: "12", "1.250", "2,5". Cleans to digits with a decimal point."""

    default_error_messages = {"invalid": _("Write a number, for example 12 or 2,5.")}

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), max_length=40, **kwargs)

    def clean(self, value):
        typed = super().clean(value).replace(" ", "")
        if not typed:
            return ""
        if _GROUPED.fullmatch(typed):
            typed = typed.replace(".", "")
        amount = typed.replace(",", ".")
        if not _AMOUNT.fullmatch(amount):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return amount


#: Thousands set off by points, as Indonesian does.
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
