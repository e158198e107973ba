"""Forms about a person's data."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from helpdesk_plugin.cleaning import LineField, NipField, ParagraphsField, PastMomentField, PhoneField
from helpdesk_plugin.models import CHOSEN_GROUNDS, Ground
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.breaches import Breach
from helpdesk_plugin.services.correction import CORRECTABLE_OF_PERSON
from helpdesk_plugin.services.person_export import SEE_NIP
from helpdesk_plugin.services.persons import Clue, clue_from


class LookUpForm(forms.Form):
    """What is known of the person. Sent, never put in an address: addresses are written down everywhere."""

    typed = LineField(
        label=gettext_lazy("Email, telephone, NIP, or name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "An email address, a telephone number or a NIP finds what is surely theirs. A name finds "
            "everybody who bears it; look closely whose ticket it is."
        ),
    )

    def clean_typed(self) -> Clue:
        clue = clue_from(self.cleaned_data["typed"])
        if clue is None:
            raise forms.ValidationError(_("Type an email address, a telephone number, a NIP or a name."))
        return clue


class DeedForm(forms.Form):
    """Why, and on what ground: it goes into the log of processing."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Legal ground"),
        choices=[(ground.value, ground.label) for ground in CHOSEN_GROUNDS],
        initial=Ground.REQUEST.value,
    )
    reason = ParagraphsField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who asked for it, when, how you made sure that it was really that person."),
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    @property
    def why(self) -> dict:
        """The arguments that every deed takes."""
        ground = Ground(self.cleaned_data["ground"])
        return {"by": self.user, "ground": ground, "reason": self.cleaned_data["reason"]}


class ExportForm(DeedForm):
    """Giving a person what is theirs."""

    with_nip = forms.BooleanField(
        label=gettext_lazy("With the civil servant number (NIP) in full"),
        required=False,
        help_text=gettext_lazy("Otherwise masked, and documents that show it are left out."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        if not holds(user, SEE_NIP):
            del self.fields["with_nip"]


class CorrectForm(DeedForm):
    """What is right instead. Empty fields stay as they are on each ticket."""

    requester_name = LineField(label=gettext_lazy("Full name"), max_length=120, required=False)
    requester_unit = LineField(label=gettext_lazy("Unit and location"), max_length=160, required=False)
    requester_phone = PhoneField(label=gettext_lazy("Mobile / WhatsApp number"), required=False)
    requester_email = forms.EmailField(label=gettext_lazy("Email"), max_length=254, required=False)
    requester_nip = NipField(label=gettext_lazy("NIP"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        if not holds(user, SEE_NIP):
            del self.fields["requester_nip"]

    @property
    def changes(self) -> dict[str, str]:
        given = self.cleaned_data
        return {name: given[name] for name in CORRECTABLE_OF_PERSON if given.get(name)}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.changes:
            self.add_error(None, _("Fill in at least one field that is to be corrected."))
        return cleaned


class AnonymiseForm(DeedForm):
    """The one deed that nobody can undo."""

    understood = forms.BooleanField(
        label=gettext_lazy("I have read the list. I know that this cannot be undone."),
        error_messages={"required": gettext_lazy("Tick this, or go back: what is taken out is gone.")},
    )


def _words(label, help_text="", *, required=True):
    shown = {"label": label, "help_text": help_text, "widget": forms.Textarea(attrs={"rows": 3})}
    return ParagraphsField(required=required, max_length=4000, **shown)


class BreachForm(forms.Form):
    """The facts that UU 27/2022, article 46, demands of a notice."""

    addressee = LineField(
        label=gettext_lazy("Addressed to"),
        max_length=200,
        help_text=gettext_lazy("Example: Bapak/Ibu Pemohon layanan Help Desk"),
    )
    known_at = PastMomentField(
        label=gettext_lazy("Known to us since"),
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("The 3 × 24 hours count from here."),
    )
    happened = _words(gettext_lazy("When it happened"), gettext_lazy("Day and hour, or from when to when."))
    data = _words(
        gettext_lazy("What personal data was disclosed"),
        gettext_lazy("Kinds of data, no example of it. Numbers of 18 digits are masked."),
    )
    how = _words(gettext_lazy("How it happened"))
    measures = _words(gettext_lazy("What was done, and what is being done"))
    advice = _words(gettext_lazy("What the persons concerned should do"), required=False)
    persons = forms.IntegerField(
        label=gettext_lazy("How many persons are concerned"), required=False, min_value=0, max_value=10**8
    )

    def as_breach(self) -> Breach:
        return Breach(**self.cleaned_data)


def is_late(breach: Breach) -> bool:
    """Whether the time in which the notice must be given is over."""
    return timezone.now() > breach.due_at
