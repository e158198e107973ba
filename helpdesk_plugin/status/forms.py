"""The form of a subscription: who is to be told of what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models import NoticeSubscription, Opd
from helpdesk_plugin.portal.fields import Email
from helpdesk_plugin.portal.services_list import grouped_services
from helpdesk_plugin.services.subscriptions import Wish


class ChoicesForm(forms.Form):
    """Which services, and whether one agency alone."""

    layanan = forms.MultipleChoiceField(
        label=_("Services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to be told of all services."),
        error_messages={
            "invalid_choice": _("One of these services is not offered any more. Choose from the list.")
        },
    )
    opd = forms.ModelChoiceField(
        Opd.objects.offered(),
        label=_("Agency (OPD)"),
        required=False,
        empty_label=_("Notices about any agency"),
        help_text=_("With an agency you are told of what concerns it, and of what concerns all agencies."),
        error_messages={"invalid_choice": _("Choose an agency from the list.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = grouped_services()
        self.offered = {
            service.code: service for group in groups for service in group.services if not service.is_security
        }
        self.fields["layanan"].choices = [
            (group.name, [(one.code, one.name) for one in group.services if not one.is_security])
            for group in groups
            if any(not one.is_security for one in group.services)
        ]

    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The services under the headings of the catalogue: code, name, whether it is chosen."""
        chosen = set(self["layanan"].value() or [])
        return [
            (group, [(code, name, code in chosen) for code, name in choices])
            for group, choices in self.fields["layanan"].choices
        ]

    def wish(self) -> Wish:
        """What was chosen."""
        chosen = tuple(self.offered[code] for code in self.cleaned_data["layanan"])
        return Wish(chosen, self.cleaned_data["opd"])


class FollowForm(forms.Form):
    """Who is to be told: all that is asked for of those who follow one notice."""

    email = Email(
        label=_("Email"),
        help_text=_("We send one mail there that asks you to confirm. Nothing else comes before."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this field: it is a trap for machines. Then send again."))
        return ""


class AskForm(FollowForm, ChoicesForm):
    """A new subscription: who, and what of."""

    field_order = ("email", "layanan", "opd", "website")


def chosen_by(subscription: NoticeSubscription) -> dict:
    """What a subscription has chosen, as the form's initial values."""
    return {
        "layanan": [service.code for service in subscription.services.all()],
        "opd": subscription.opd_id,
    }
