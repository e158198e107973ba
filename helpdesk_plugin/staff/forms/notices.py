"""Linking a ticket with a notice, and undoing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeTicket, StatusNotice
from helpdesk_plugin.staff.forms.base import StepForm


class FollowForm(StepForm):
    """Which notice this ticket follows."""

    notice = forms.ModelChoiceField(StatusNotice.objects.none(), label=_("Notice"), empty_label=None)
    lead = forms.BooleanField(
        label=_("This ticket is the parent incident"),
        required=False,
        help_text=_("The event itself is worked on here; the other tickets follow."),
    )

    def prepare(self):
        over = NoticeTicket.objects.filter(ticket=self.ticket).values("notice")
        self.fields["notice"].queryset = StatusNotice.objects.open_to_tickets(clock.now()).exclude(
            pk__in=over
        )


class UnfollowForm(StepForm):
    """From which notice this ticket is unlinked."""

    notice = forms.ModelChoiceField(StatusNotice.objects.none(), label=_("Notice"), empty_label=None)

    def prepare(self):
        linked = NoticeTicket.objects.filter(ticket=self.ticket).values("notice")
        self.fields["notice"].queryset = StatusNotice.objects.filter(pk__in=linked)
