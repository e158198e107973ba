"""Fields that several staff forms share."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from helpdesk_plugin.cleaning import ParagraphsField
from helpdesk_plugin.models import Service

MAX_TEXT = 20_000


def paragraphs(label, *, rows: int = 3, **kwargs) -> ParagraphsField:
    """A text of several lines that grows while one types."""
    widget = AdminAutoHeightTextInput(attrs={"rows": rows})
    return ParagraphsField(**{"label": label, "max_length": MAX_TEXT, "widget": widget, **kwargs})


def radios(label, choices, **kwargs) -> forms.ChoiceField:
    """One of a few choices, all of them visible."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def security_box() -> forms.BooleanField:
    """The flag of information security, with what follows from it."""
    hint = _("Confidential: only officers with that permission go on seeing the ticket. Never below P2.")
    return forms.BooleanField(label=_("Information security"), required=False, help_text=hint)


class ServiceField(forms.ModelChoiceField):
    """A service of the catalogue, by code and name."""

    def __init__(self, **kwargs):
        super().__init__(Service.objects.offered(), **{"label": _("Service"), **kwargs})

    def label_from_instance(self, service):
        return f"{service.code} – {service.name}"

    def offer_also(self, service: Service) -> None:
        """Keep a service choosable that is no longer offered but stands on the ticket."""
        self.queryset = Service.objects.offered() | Service.objects.filter(pk=service.pk)
