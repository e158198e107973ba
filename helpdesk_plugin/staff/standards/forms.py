"""The small forms of what is done with a version."""

from collections.abc import Sequence

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, Role
from helpdesk_plugin.models import SopVersion
from helpdesk_plugin.services.standards import IDENTITY, REASON_LENGTH
from helpdesk_plugin.staff.standards.words import IDENTITY_NAME, version_in_words

#: Who can perform a step: the offices of the procedure, not the keepers of the desk.
PERFORMERS = (Role.REQUESTER, *SOP_STAFF_ROLES)


class StepStandardForm(WagtailAdminModelForm):
    """A step of a draft. The performer is one of the offices that the SOP names."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            offered = {"", *(role.value for role in PERFORMERS)}
            field = self.fields["role"]
            field.choices = [choice for choice in field.choices if choice[0] in offered]


class SucceedForm(forms.Form):
    """From when the next version shall be in force."""

    in_force_from = forms.DateField(
        label=_("In force from"),
        widget=AdminDateInput,
        help_text=_("A day to come. Until then the new version is a draft that can be edited."),
    )


class ConfirmForm(forms.Form):
    """Which values the agency has approved, and on what ground."""

    values = forms.MultipleChoiceField(
        label=_("Values"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one value.")},
    )
    reason = forms.CharField(
        label=_("On what ground"),
        max_length=REASON_LENGTH,
        help_text=_("For example number and date of the signed SOP or decree. It is kept in the history."),
    )

    def __init__(self, *args, version: SopVersion, **kwargs):
        super().__init__(*args, **kwargs)
        steps = version.steps.filter(confirmed=False)
        identity = [] if version.confirmed else [(IDENTITY, capfirst(str(IDENTITY_NAME)))]
        self.fields["values"].choices = [*identity, *((step.code, str(step)) for step in steps)]

    @property
    def is_needed(self) -> bool:
        """Whether anything is left to be approved."""
        return bool(self.fields["values"].choices)


class CompareForm(forms.Form):
    """Which two versions; read from the address."""

    old = forms.TypedChoiceField(label=_("Earlier version"), coerce=int)
    new = forms.TypedChoiceField(label=_("Newer version"), coerce=int)

    def __init__(self, *args, versions: Sequence[SopVersion], **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(version.pk, version_in_words(version)) for version in versions]
