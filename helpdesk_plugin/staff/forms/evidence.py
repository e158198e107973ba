"""One line of the evidence checklist: done, or not done after all."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk_plugin.models import EvidenceItem
from helpdesk_plugin.staff.forms.base import StepForm
from helpdesk_plugin.staff.forms.fields import paragraphs, radios

DONE = {
    "yes": pgettext_lazy("line of a checklist", "Done"),
    "no": pgettext_lazy("line of a checklist", "Not done after all"),
}


class EvidenceForm(StepForm):
    """Which line, how it stands now, and what is worth knowing about it (where the copy lies, who has it)."""

    #: What a link to this form may fill in beforehand.
    linked = ("item", "done")

    item = forms.ModelChoiceField(
        EvidenceItem.objects.filter(active=True), label=_("Line of the checklist"), empty_label=None
    )
    done = radios(_("How does it stand?"), list(DONE.items()), initial="yes")
    note = paragraphs(
        _("Note"),
        rows=2,
        required=False,
        help_text=_("Where the evidence lies and who holds it. Needed where a line is not done after all."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("done") == "no" and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say why it is not done after all."))
        return cleaned

    @property
    def tick(self) -> dict:
        """What the service is told."""
        return {"item": self.cleaned_data["item"], "done": self.cleaned_data["done"] == "yes"}
