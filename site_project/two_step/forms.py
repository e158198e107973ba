"""What somebody types: a code, and the password where something about the account changes."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.models import Device

from site_project.two_step import codes

_NUMERIC = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def refusal(refused: codes.CodeRefused) -> str:
    """Why no code was taken, and what to do."""
    if refused.wait:
        return ngettext(
            "Too many wrong codes. Wait %(n)d second and try again with a new code.",
            "Too many wrong codes. Wait %(n)d seconds and try again with a new code.",
            refused.wait,
        ) % {"n": refused.wait}
    return str(_("This code is wrong or was used before. Wait for the next one and type that."))


class CodeForm(forms.Form):
    """A code of the telephone or, where ``recovery``, one of the kept ones; the proof is ``device``."""

    code = forms.CharField(label=_("Code"), max_length=40)

    def __init__(self, *args: Any, user: Any, recovery: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.recovery = user, recovery
        self.device: Device | None = None
        field = self.fields["code"]
        field.help_text = (
            _("One of the recovery codes that you kept, such as abcde-fgh23. Each works once.")
            if recovery
            else _("The six digits that the app on your telephone shows now.")
        )
        field.widget.attrs |= {"autocomplete": "off"} if recovery else _NUMERIC

    def clean_code(self) -> str:
        try:
            self.device = codes.verify(self.user, self.cleaned_data["code"], recovery=self.recovery)
        except codes.CodeRefused as refused:
            raise forms.ValidationError(refusal(refused), code="refused") from None
        return self.cleaned_data["code"]


class EnrolForm(forms.Form):
    """The password once more, so that an open screen is not enough, and the first code of the telephone."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The six digits that the app shows after you have added this account."),
        widget=forms.TextInput(attrs=_NUMERIC),
    )

    def __init__(self, *args: Any, request: HttpRequest, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.key = request, key
        self.device: Device | None = None
        self.recovery_codes: list[str] = []
        if not request.user.has_usable_password():
            del self.fields["password"]  # signs in elsewhere

    def clean_password(self) -> str:
        # Through the backends of signing in, so that wrong ones are counted as they are there.
        told = {"username": self.request.user.get_username(), "password": self.cleaned_data["password"]}
        if authenticate(self.request, **told) is None:
            raise forms.ValidationError(_("The password is wrong."), code="wrong")
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            code = data["code"].replace(" ", "")
            try:
                self.device, self.recovery_codes = codes.confirm(self.request.user, self.key, code)
            except codes.CodeRefused as refused:
                self.add_error("code", refusal(refused))
        return data
