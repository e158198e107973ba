"""The forms around official documents: bringing a signed one back, signing electronically, withdrawing."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.cleaning import LineField
from helpdesk_plugin.services.files import FileRefused, accept_file
from helpdesk_plugin.staff.words import file_refusal


class KeyedForm(forms.Form):
    """A form whose key makes a double click one deed."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        initial = {"key": uuid.uuid4(), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if "key" in self.errors:
            self.add_error(None, _("This form is damaged. Go back and open it again."))
        return cleaned

    @property
    def request_key(self) -> str:
        return self.cleaned_data["key"].hex


class SignedForm(KeyedForm):
    """A scan of the signed paper, or a file that was signed elsewhere."""

    file = forms.FileField(
        label=_("Signed document"),
        help_text=_("PDF, JPG or PNG; at most 5 MB. It is kept beside the document with its SHA-256."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_file(self):
        try:
            return accept_file(self.cleaned_data["file"])
        except FileRefused as refused:
            raise ValidationError(file_refusal(refused), code=refused.problem.value) from None


class PassphraseForm(KeyedForm):
    """What the provider of an electronic signature asks of the signer; kept by nobody."""

    passphrase = forms.CharField(
        label=_("Passphrase of your electronic signature"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It goes to the provider and is not kept here."),
    )


class WithdrawForm(KeyedForm):
    reason = LineField(
        label=_("Reason of the withdrawal"),
        max_length=300,
        help_text=_("What is wrong with the document. It stays on record with its number; officers read it."),
    )
