"""The survey of nine elements: by a mailed invitation, or by the open link. Answered by POST alone, once."""

from django import forms
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.ikm import FEWEST
from helpdesk_plugin.models import Service, SurveyPeriod
from helpdesk_plugin.portal import wording
from helpdesk_plugin.portal.fields import Text
from helpdesk_plugin.portal.forms import AgencyChoice
from helpdesk_plugin.portal.pages import form_key, portal_view, show
from helpdesk_plugin.portal.throttling import WRONG_CODES, Limit, minutes
from helpdesk_plugin.services import service_surveys, survey_reminders
from helpdesk_plugin.services.service_surveys import NotOpen, Said, UsedAlready
from helpdesk_plugin.templatetags.helpdesk import long_date

#: Answers by the open link from one network: an office behind one address answers, a script does not.
OPEN_ANSWERS = Limit("ikm-open", most=60, seconds=60 * 60)


class IkmForm(forms.Form):
    """The questions of a period as they were asked when it was opened, and what may be said besides."""

    service = forms.ModelChoiceField(
        Service.objects.offered(),
        label=gettext_lazy("Which service do you use most?"),
        required=False,
        empty_label=gettext_lazy("I would rather not say"),
        error_messages={"invalid_choice": gettext_lazy("Choose a service from the list.")},
    )
    suggestion = Text(
        label=gettext_lazy("Suggestions"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("What should be better? Please write no names, neither yours nor others'."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, period: SurveyPeriod, asks_agency: bool, **kwargs):
        super().__init__(*args, **kwargs)
        rest = self.fields
        self.fields = type(rest)()
        for number, question in enumerate(period.questions, start=1):
            self.fields[question["code"].lower()] = _scale(question, number)
        if asks_agency:
            self.fields["opd"] = AgencyChoice()
        self.fields.update(rest)
        self._codes = [question["code"] for question in period.questions]

    def questions(self) -> list:
        """The nine questions as they stand on the page."""
        return [self[code.lower()] for code in self._codes]

    def said(self, opd) -> Said:
        """What was answered, for this agency."""
        given = {code: self.cleaned_data.get(code.lower()) for code in self._codes}
        scores = {code: score for code, score in given.items() if score}
        return Said(opd, scores, self.cleaned_data["service"], self.cleaned_data["suggestion"])


def _scale(question: dict, number: int) -> forms.TypedChoiceField:
    missing = format_lazy(gettext_lazy("Question {number}: choose one of the four answers."), number=number)
    field = forms.TypedChoiceField(
        label=question["question"],
        help_text=question["hint"],
        # The best first, as on the short survey.
        choices=[(n, question["answers"][n - 1]) for n in (4, 3, 2, 1)],
        coerce=int,
        empty_value=None,
        required=question["required"],
        initial=question["preset"],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )
    field.code = question["code"]
    return field


@portal_view("POST")
@sensitive_variables("token")
def invited(request, token):
    """/survei/u/<token>/: the mailed link; it counts once. Looking changes nothing, a press does."""
    invitation = service_surveys.invitation_with(token)
    if invitation is None:
        return _unknown(request)
    if request.method == "POST" and "tolak" in request.POST and not request.token_expired:
        survey_reminders.decline(token)
        return _declined(request, invitation.period)
    if invitation.answered:
        return _thanks(request) if request.method == "POST" else _said_already(request)
    return _page(
        request,
        invitation.period,
        invitation.opd,
        lambda said, key: service_surveys.answer_invitation(token, said, form=key),
        may_decline=not invitation.declined,
    )


@portal_view("POST")
def by_code(request, code):
    """/survei/<code>/: the link that anybody may use, where the agency has opened one."""
    period = service_surveys.period_with(code)
    if period is None:
        return _unknown(request)
    return _page(request, period, None, lambda said, key: service_surveys.answer_open(period, said, form=key))


@portal_view()
def thanks(request):
    """/survei/terima-kasih/: after an answer was kept."""
    text = _("Your answers are kept without your name. Thank you for your time.")
    return show(request, "sentence.html", {"title": _("Thank you"), "text": text})


def _page(request, period, opd, keep, *, may_decline=False):
    """The form, or what became of it; ``keep`` writes the answer, ``opd`` is known of who was invited."""
    if not period.is_open_on(agency_date(clock.now())):
        return _over(request, period)
    if request.method != "POST":
        return _draw(request, period, opd, _form(period, opd), may_decline=may_decline)
    form = _form(period, opd, request.POST)
    if request.token_expired:
        return _draw(request, period, opd, form, [wording.token_expired(request)], 403)
    if not form.is_valid():
        return _draw(request, period, opd, form, status=422)
    slot = OPEN_ANSWERS.take(request)
    if slot.refused:
        response = _draw(request, period, opd, form, [wording.too_often(minutes(slot.wait))], 429)
        response.headers["Retry-After"] = str(slot.wait)
        return response
    try:
        keep(form.said(opd or form.cleaned_data["opd"]), form_key(request))
    except NotOpen:
        return _over(request, period)
    except UsedAlready:
        return _said_already(request)
    return _thanks(request)


def _form(period, opd, data=None) -> IkmForm:
    return IkmForm(data, period=period, asks_agency=opd is None)


def _draw(request, period, opd, form, problems=(), status=200, *, may_decline=False):
    context = {
        "period": period,
        "opd": opd,
        "form": form,
        "key": form_key(request),
        "fewest": FEWEST,
        "may_decline": may_decline,
        "problems": wording.problems(form, others=problems),
    }
    return show(request, "ikm.html", context, status=status)


def _thanks(request):
    return redirect("helpdesk:ikm_thanks")


def _declined(request, period):
    text = _(
        "We will not remind you of this survey. Should you change your mind, the link works until %(day)s."
    )
    context = {"title": _("No reminder"), "text": text % {"day": long_date(period.answers_until)}}
    return show(request, "sentence.html", context)


def _said_already(request):
    text = _("This invitation has been used already, and each counts once. Thank you for your answers.")
    return show(request, "sentence.html", {"title": _("Already answered"), "text": text})


def _over(request, period):
    text = _(
        "The survey “%(title)s” has ended and takes no answers any more. You are welcome to tell us what you "
        "think at any time."
    )
    context = {"title": _("The survey has ended"), "text": text % {"title": period.title}}
    return show(request, "sentence.html", context, status=410)


def _unknown(request):
    """One sentence for what was mistyped and what never was; guessing costs a slot of the wrong codes."""
    slot = WRONG_CODES.take(request)
    if slot.refused:
        text = wording.too_often(minutes(slot.wait)).text
        response = show(request, "sentence.html", {"title": _("Too many attempts"), "text": text}, status=429)
        response.headers["Retry-After"] = str(slot.wait)
        return response
    text = _("There is no such survey. Open the link in our mail once more, or copy all of it.")
    return show(request, "sentence.html", {"title": _("Survey not found"), "text": text}, status=404)
