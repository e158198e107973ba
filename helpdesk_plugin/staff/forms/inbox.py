"""One disposition for several tickets at once (S3)."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.cleaning import LineField
from helpdesk_plugin.services.disposition import Order
from helpdesk_plugin.staff.forms.fields import paragraphs
from helpdesk_plugin.staff.forms.handling import AddresseeField, InstructionsField, NatureField


class InboxForm(forms.Form):
    """What the head of agency writes once for all tickets that are ticked.

    ``versions`` says which state of each ticket was read, so that one that changed meanwhile is refused
    alone; ``key`` makes a repeated sending do nothing twice.
    """

    nature = NatureField()
    addressee = AddresseeField()
    instructions = InstructionsField()
    note = paragraphs(_("Note"), rows=2, required=False)
    late_reason = LineField(
        label=_("Reason for lateness"),
        max_length=300,
        required=False,
        help_text=_("Kept with the tickets whose step S3 took longer than its standard."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, tickets, some_late: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.tickets = {str(ticket.pk): ticket for ticket in tickets}
        if not some_late:
            del self.fields["late_reason"]

    @property
    def ticked(self) -> list[str]:
        """What was ticked, as it was sent; nothing on a fresh form."""
        return self.data.getlist("ticket") if self.is_bound else []

    def clean(self):
        cleaned = super().clean()
        if not self.ticked:
            raise forms.ValidationError(_("Tick at least one ticket."))
        if "key" in self.errors:
            raise forms.ValidationError(_("This form is damaged. Open the page again."))
        return cleaned

    @property
    def order(self) -> Order:
        """What the service is told."""
        said = self.cleaned_data
        return Order(
            nature=said["nature"], addressee=said["addressee"], instructions=tuple(said["instructions"])
        )

    def request_for(self, ticket_id: str) -> dict:
        """What the service is told of one ticket besides the order."""
        read = self.data.get(f"version-{ticket_id}", "")
        return {
            "note": self.cleaned_data["note"],
            "late_reason": self.cleaned_data.get("late_reason", ""),
            "key": f"{self.cleaned_data['key'].hex}-{ticket_id}",
            "version": int(read) if read.isascii() and read.isdigit() and len(read) < 10 else -1,
        }
