"""The one question after closing: reached by the mailed link or from the ticket, answered by POST alone."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import Satisfaction, Ticket, TicketAccess
from helpdesk_plugin.portal import access, wording
from helpdesk_plugin.portal.fields import Text, required
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.throttling import ACTS, minutes
from helpdesk_plugin.services.errors import StepRefused
from helpdesk_plugin.services.survey import Survey, rate_ticket, survey_of

#: What the ticket's page is told in its address once the answer is kept.
DONE = "survei"
THANKS = _("Thank you. Your rating has been received.")


class SurveyForm(forms.Form):
    """Four answers, and room for a word."""

    score = forms.TypedChoiceField(
        label=_("How satisfied are you with our service on this ticket?"),
        # The best first, as people expect to read it.
        choices=[(value, label) for value, label in reversed(Satisfaction.choices)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four answers."),
            "invalid_choice": _("Choose one of the four answers."),
        },
    )
    comment = Text(
        label=_("Comment"),
        max_length=2000,
        required=False,
        help_text=_("What was good, what should be better? Only the officers read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=required(_("Comment")),
    )


@portal_view("POST")
def survey(request, number):
    """/tiket/<number>/survei/: one answer a closing; it can be changed for the agreed days."""
    ticket = access.open_ticket(request, number)
    asked = survey_of(ticket)
    if asked is None:
        return redirect("helpdesk:ticket", number=ticket.number)
    if request.method != "POST":
        return _draw(request, ticket, asked, SurveyForm(initial=_said(asked)))
    form = SurveyForm(request.POST)
    if request.token_expired:
        return _draw(request, ticket, asked, form, [wording.token_expired(request)], 403)
    if not form.is_valid():
        return _draw(request, ticket, asked, form, status=422)
    slot = ACTS.take(request)
    if slot.refused:
        response = _draw(request, ticket, asked, form, [wording.too_often(minutes(slot.wait))], 429)
        response.headers["Retry-After"] = str(slot.wait)
        return response
    try:
        rate_ticket(ticket.pk, by=Party.REQUESTER, **form.cleaned_data)
    except (StepRefused, StepNotAllowed) as refused:
        return _draw(request, ticket, asked, form, [wording.step_refused(refused)], 409)
    return redirect(f"{reverse('helpdesk:ticket', args=[ticket.number])}?terkirim={DONE}")


@portal_view()
@sensitive_variables("token")
def link(request, number, token):
    """/t/<number>/<token>/survei/: the closing mail's link opens the ticket and leads to the question."""
    ticket_id = TicketAccess.objects.ticket_id_for_link(number, token)
    ticket = Ticket.objects.select_related("access").filter(pk=ticket_id).first()
    if ticket is None:
        response = redirect(f"{reverse('helpdesk:track')}?tautan=1")
    else:
        response = redirect("helpdesk:survey", number=ticket.number)
        access.grant(request, response, ticket)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _said(asked: Survey) -> dict:
    return {"score": asked.answer.score, "comment": asked.answer.comment} if asked.answer else {}


def _draw(request, ticket, asked, form, problems=(), status=200):
    context = {
        "ticket": ticket,
        "survey": asked,
        "form": form,
        "problems": wording.problems(form, others=problems),
    }
    return show(request, "survey.html", context, status=status)
