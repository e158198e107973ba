"""What was done on a parent, proposed for its children: a person decides for each."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.services.relations import recovery_to_propose
from helpdesk_plugin.staff import refusals
from helpdesk_plugin.staff.actions import ACTIONS, Action
from helpdesk_plugin.staff.family import Family, able_to, done_by
from helpdesk_plugin.staff.forms.base import StepForm
from helpdesk_plugin.staff.views.base import OneTicketMixin


@dataclass
class Candidate:
    """One child: its own form of the act, whether it was ticked, and why it was refused if it was."""

    ticket: Ticket
    form: StepForm
    ticked: bool
    refusal: str = ""

    @property
    def tick_name(self) -> str:
        return f"child-{self.ticket.pk}"

    @property
    def status(self) -> str:
        return str(labels.STATUS_FOR_STAFF[self.ticket.state])


class ChildrenView(OneTicketMixin, TemplateView):
    """The children of a ticket that could take an act which the parent has behind it.

    Nothing is ticked beforehand, nothing of the parent's conversation is taken over, and the door judges each
    child by itself. What it refuses stays on the page with the reason and with what was typed.
    """

    template_name = "helpdesk_plugin/staff/children.html"

    @cached_property
    def action(self) -> Action:
        found = ACTIONS.get(self.kwargs["act"])
        if found is None or found.act not in {Step.RESOLVE, Step.INFORM}:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        if not may_take(request.user, self.action.act, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def candidates(self) -> list[Candidate]:
        able: list[Ticket] = []
        if self.action.act in done_by(self.object):
            able = able_to(
                self.action.act, Family(self.object, self.request.user).children, self.request.user
            )
        return [self._candidate(child) for child in able]

    def _candidate(self, child: Ticket) -> Candidate:
        ticked = self.request.method == "POST" and f"child-{child.pk}" in self.request.POST
        sent = {"data": self.request.POST} if ticked else {}
        about: dict[str, Any] = {"ticket": child, "user": self.request.user, "act": self.action.act}
        form = self.action.form(**about, **sent, prefix=str(child.pk), initial=self._proposal)
        # Photos belong to one visit; on the child's own page there is room for its files.
        form.fields.pop("files", None)
        return Candidate(child, form, ticked)

    @cached_property
    def _proposal(self) -> dict[str, Any]:
        """Words of the parent's solution; what a requester is told is worked out of the child itself."""
        return recovery_to_propose(self.object) if self.action.act is Step.RESOLVE else {}

    def get(self, request, *args, **kwargs):
        if not self.candidates:
            messages.info(request, _("No child ticket waits for this step now."))
            return redirect(self.ticket_url)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        ticked = [one for one in self.candidates if one.ticked]
        if not ticked:
            messages.warning(request, _("Nothing was done: tick the tickets for which this holds."))
            return redirect(request.path)
        done = [one.ticket.number for one in ticked if self._take(one)]
        if done:
            told = {"what": labels.ACT_JUST_DONE[self.action.act], "numbers": ", ".join(done)}
            messages.success(request, _("%(what)s: %(numbers)s.") % told)
        if all(not one.refusal for one in ticked):
            return redirect(self.ticket_url)
        messages.error(request, _("Some tickets were not changed. The reason stands with each of them."))
        self.candidates = [one for one in self.candidates if one.ticket.number not in done]
        return self.render_to_response(self.get_context_data())

    def _take(self, one: Candidate) -> bool:
        if not one.form.is_valid():
            one.refusal = _("Not saved yet: please correct what is marked.")
            return False
        try:
            self.action.take(one.ticket.pk, one.form)
        except NotPermitted:
            one.refusal = _("You may not take this step on this ticket.")
        except refusals.ANSWERED as refused:
            one.refusal = refusals.explain(refused, one.ticket).in_one_line
        return not one.refusal

    # --- The screen ------------------------------------------------------------------------------------

    def get_page_title(self):
        return _("%(act)s – child tickets") % {"act": self.action.verb}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        media = context["media"]
        for one in self.candidates:
            media += one.form.media
        return context | {
            "candidates": self.candidates,
            "action": self.action,
            "ticket_url": self.ticket_url,
            "media": media,
        }
