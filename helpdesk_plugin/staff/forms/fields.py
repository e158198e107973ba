"""Fields that several staff forms share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from helpdesk_plugin.cleaning import ParagraphsField
from helpdesk_plugin.models import Service
from helpdesk_plugin.services.files import MAX_FILES, FileRefused, accept_files
from helpdesk_plugin.staff.words import file_refusal

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


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, judged by name and content; cleans to a list of `AcceptedFile`."""

    widget = _SeveralFiles(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"})

    def __init__(self, **kwargs):
        hint = format_lazy(_("PDF, JPG or PNG; at most {n} files of 5 MB each."), n=MAX_FILES)
        super().__init__(**{"label": _("Files"), "required": False, "help_text": hint, **kwargs})

    def clean(self, data, initial=None):
        uploads = [upload for upload in (data or []) if upload]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        try:
            return accept_files(uploads)
        except FileRefused as refused:
            raise ValidationError(file_refusal(refused), code=refused.problem.value) from None
