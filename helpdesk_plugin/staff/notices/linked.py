"""The tickets that follow a notice, and the proposals of notices: for those who may see tickets."""

import uuid

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from helpdesk_plugin import clock
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import NoticeProposal, NoticeTemplate, NoticeUpdate, Ticket, TicketEvent
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services import notice_links, notice_proposals
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.services.notice_drafts import submit_to_editors
from helpdesk_plugin.staff import refusals
from helpdesk_plugin.staff.notices.forms import AnswerForm, ResolveForm
from helpdesk_plugin.staff.notices.views import TEMPLATES, NoticesMixin, OneNoticeMixin


def why_not(outcome: notice_links.Outcome) -> str:
    """Why nothing became of a ticket; empty if something did."""
    refused = outcome.refused
    if refused is None:
        return ""
    if isinstance(refused, NotPermitted):
        return _("You may not take this step.")
    if isinstance(refused, refusals.ANSWERED):
        return refusals.explain(refused, outcome.ticket).in_one_line
    return _("It could not be saved. Try again later.")


class LinkedView(OneNoticeMixin, TemplateView):
    """Answer or handle all tickets of a notice at once. Nothing happens to a ticket that is not ticked."""

    page_title = gettext_lazy("Tickets that follow this notice")
    template_name = f"{TEMPLATES}/linked.html"
    report_template_name = f"{TEMPLATES}/report.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_tickets(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def tickets(self):
        return notice_links.linked_tickets(self.object, self.request.user)

    @cached_property
    def update(self) -> NoticeUpdate | None:
        """The newest public line: what tickets are answered with."""
        found = NoticeUpdate.objects.published(clock.now()).filter(notice=self.object).first()
        if found:
            found.notice = self.object
        return found

    def post(self, request, *args, **kwargs):
        if "resolve" in request.POST:
            form = ResolveForm(request.POST, tickets=self.tickets.open())
            if form.is_valid():
                return self._report(self._resolve(form.cleaned_data))
            return self.render_to_response(self.get_context_data(resolve_form=form))
        form = AnswerForm(request.POST, tickets=self.tickets.open())
        if form.is_valid() and self.update is not None:
            chosen = [ticket.pk for ticket in form.cleaned_data["tickets"]]
            return self._report(notice_links.answer_linked(self.update, chosen, by=request.user))
        return self.render_to_response(self.get_context_data(answer_form=form))

    def _resolve(self, given: dict):
        handled = notice_links.Handled(cause=given["cause"], action=given["action"], told=given["told"])
        chosen = [ticket.pk for ticket in given["tickets"]]
        return notice_links.resolve_linked(
            self.object, chosen, handled, by=self.request.user, key=given["key"].hex
        )

    def _report(self, outcomes):
        self.template_name = self.report_template_name
        rows = [(outcome.ticket, why_not(outcome)) for outcome in outcomes]
        done = sum(not refused for _ticket, refused in rows)
        return self.render_to_response(
            super().get_context_data(rows=rows, done=done, linked_url=self.request.path)
        )

    def get_context_data(self, answer_form=None, resolve_form=None, **kwargs):
        tickets, now = list(self.tickets[: notice_links.LIMIT]), clock.now()
        posted = resolve_form or answer_form
        ticked = set(posted.data.getlist("tickets")) if posted else None
        answered = self._answered(tickets)
        rows = [
            {
                "ticket": ticket,
                "answered": ticket.pk in answered,
                "resolvable": notice_links.resolvable(ticket),
                "ticked": str(ticket.pk) in ticked if ticked is not None else ticket.pk not in answered,
            }
            for ticket in tickets
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "update": self.update,
            "words": self.update and self.update.text_in("id"),
            "may_answer": may_take(self.request.user, Remark.REPLY, None),
            "may_resolve": self.object.is_over(now) and may_take(self.request.user, Step.RESOLVE, None),
            "resolve_form": resolve_form or self._resolve_form(),
            "problem": posted and posted.errors.get("tickets"),
        }

    def _resolve_form(self) -> ResolveForm:
        suggested = {
            "cause": self.object.cause,
            "action": self.update.text_in("id") if self.update else "",
            "told": self.update.text_in("id") if self.update else "",
            "key": uuid.uuid4(),
        }
        return ResolveForm(initial=suggested, tickets=self.tickets.open())

    def _answered(self, tickets) -> set[int]:
        if self.update is None:
            return set()
        keys = TicketEvent.objects.filter(key=f"notice-update:{self.update.pk}", ticket__in=tickets)
        return set(keys.values_list("ticket", flat=True))


def may_see_tickets(user) -> bool:
    """Whether a user may know of tickets at all."""
    return holds(user, "helpdesk_plugin.view_ticket")


class ProposalForm(forms.Form):
    template = forms.ModelChoiceField(
        NoticeTemplate.objects.none(),
        label=gettext_lazy("Wording"),
        required=False,
        empty_label=gettext_lazy("Without a wording"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = NoticeTemplate.objects.offered()


class ProposalView(NoticesMixin, FormView):
    """Tickets that look like one event: make a draft of them, or say that they are not."""

    form_class = ProposalForm
    template_name = f"{TEMPLATES}/proposal.html"
    page_title = gettext_lazy("One event behind several tickets?")

    @cached_property
    def proposal(self) -> NoticeProposal | None:
        return notice_proposals.proposals_for(self.request.user).filter(pk=self.kwargs["pk"]).first()

    def dispatch(self, request, *args, **kwargs):
        if self.proposal is None:
            messages.info(request, _("This proposal has been decided already, or is not for you."))
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            if "dismiss" in self.request.POST:
                notice_proposals.dismiss(self.proposal.pk, by=self.request.user)
                messages.success(self.request, _("Noted. These tickets are not proposed again."))
                return redirect("wagtailadmin_home")
            template = form.cleaned_data["template"]
            notice = notice_proposals.draft_from(self.proposal.pk, by=self.request.user, template=template)
        except notice_proposals.AlreadyDecided:
            messages.info(self.request, _("This proposal has been decided already, or is not for you."))
            return redirect("wagtailadmin_home")
        submit_to_editors(notice, by=self.request.user)
        count = notice.ticket_links.count()
        messages.success(
            self.request,
            ngettext(
                "A draft has been made, and %(n)d ticket follows it.",
                "A draft has been made, and %(n)d tickets follow it.",
                count,
            )
            % {"n": count},
        )
        return redirect(self.url_of("inspect", notice.pk))

    def get_context_data(self, **kwargs):
        tickets = (
            Ticket.objects.visible_to(self.request.user)
            .filter(pk__in=self.proposal.tickets.values("pk"), security_flag=False)
            .with_list_facts()
            .order_by("submitted_at", "pk")
        )
        return super().get_context_data(**kwargs) | {"proposal": self.proposal, "tickets": tickets}
