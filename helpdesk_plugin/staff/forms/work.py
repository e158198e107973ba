"""What officers did beside the steps: a call to the requester, minutes worked, parts that went in."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk_plugin.cleaning import LineField, plain_line
from helpdesk_plugin.domain.work import MOST_OF_A_PART, InvalidDuration, Part, Via, parse_minutes
from helpdesk_plugin.models import PartCondition, PartUnit, PartUsed, Ticket
from helpdesk_plugin.staff.forms.base import StepForm
from helpdesk_plugin.staff.forms.fields import paragraphs, radios

#: Parts that one form has room for; more go into a second entry.
ROWS = 3

VIA = {Via.PHONE: _("Telephone"), Via.WHATSAPP: _("WhatsApp")}
REACHED = {
    "yes": pgettext_lazy("outcome of a call", "Reached"),
    "no": pgettext_lazy("outcome of a call", "Not reached"),
}


class ContactForm(StepForm):
    """A call that has been made: on which way, and whether it reached the requester."""

    via = radios(_("How?"), [(via.value, label) for via, label in VIA.items()], initial=Via.PHONE.value)
    reached = radios(_("Outcome"), list(REACHED.items()))
    note = paragraphs(_("What was said?"), rows=2, required=False)

    @property
    def call(self) -> dict:
        """What the service is told."""
        said = self.cleaned_data
        return {"via": Via(said["via"]), "reached": said["reached"] == "yes"}


def logged_parts(ticket: Ticket) -> str:
    """The parts that were logged on a ticket, one line each, as the record of the solution names them."""
    parts = PartUsed.objects.filter(work__ticket=ticket).order_by("id")
    return "\n".join(part.in_words for part in parts)


class DurationField(LineField):
    """A length of work in the words of people; cleans to minutes, empty to 0."""

    default_error_messages = {
        "unknown": _("Write a length of time, for instance 45 menit, 1 jam 30 menit or 90."),
        "none": _("Write how long it took, or leave it empty."),
        "too_long": _("One entry is at most 24 hours. Write a second one for the rest."),
    }

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return 0
        try:
            return parse_minutes(typed)
        except InvalidDuration as refused:
            raise ValidationError(self.error_messages[refused.code], code=refused.code) from None


class AmountField(forms.DecimalField):
    """How much of a part, with a decimal comma or point."""

    def __init__(self, **kwargs):
        bounds = {"min_value": Decimal("0.01"), "max_value": MOST_OF_A_PART, "decimal_places": 2}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
        super().__init__(**{**bounds, "widget": widget, "initial": "1", "required": False, **kwargs})

    def to_python(self, value):
        return super().to_python(plain_line(str(value)).replace(",", ".") if value else value)


class WorkForm(StepForm):
    """A piece of work: minutes, what was done, and the parts that went in."""

    spent = DurationField(
        label=_("Time spent"),
        max_length=40,
        required=False,
        help_text=_("For instance 45 menit, 1 jam 30 menit, 1,5 jam or 90."),
    )
    note = paragraphs(_("What was done"), rows=3)

    def prepare(self):
        for n in range(1, ROWS + 1):
            self.fields |= _part_fields(n)

    def part_rows(self) -> list[list]:
        """The bound fields of each part."""
        return [[self[name] for name in _part_fields(n)] for n in range(1, ROWS + 1)]

    def clean(self):
        cleaned = super().clean()
        for n in range(1, ROWS + 1):
            if not cleaned.get(f"part{n}") and (cleaned.get(f"brand{n}") or cleaned.get(f"serial{n}")):
                self.add_error(f"part{n}", _("Say what part it is."))
        if not self.errors and not (cleaned["spent"] or self.parts):
            self.add_error("spent", _("Write how long it took, or name a part that went in."))
        return cleaned

    @property
    def parts(self) -> list[Part]:
        """The parts that were named."""
        said = self.cleaned_data
        return [
            Part(
                name=said[f"part{n}"],
                brand=said[f"brand{n}"],
                serial=said[f"serial{n}"],
                condition=said[f"condition{n}"] or PartCondition.NEW,
                amount=said[f"amount{n}"] or Decimal(1),
                unit=said[f"unit{n}"] or PartUnit.PIECE,
            )
            for n in range(1, ROWS + 1)
            if said.get(f"part{n}")
        ]


def _part_fields(n: int) -> dict[str, forms.Field]:
    return {
        f"part{n}": LineField(label=_("Part"), max_length=120, required=False),
        f"brand{n}": LineField(label=_("Brand and type"), max_length=120, required=False),
        f"serial{n}": LineField(label=_("Serial number"), max_length=80, required=False),
        f"amount{n}": AmountField(label=_("Amount")),
        f"unit{n}": forms.ChoiceField(label=_("Unit"), choices=PartUnit.choices, required=False),
        f"condition{n}": forms.ChoiceField(
            label=_("Condition"), choices=PartCondition.choices, required=False
        ),
    }
