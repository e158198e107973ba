"""A service's own questions on the public form: fields made of data, and what their answers lead to."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models import QuestionKind, Service, ServiceQuestion
from helpdesk_plugin.models.questions import MAX_LINE, MAX_OPTIONS, MAX_PARAGRAPH, option_in_words
from helpdesk_plugin.portal.fields import Day, Line, Number, Text

_PREFIX = "tanya-"
_NAME = re.compile(rf"{_PREFIX}\d{{1,18}}", re.ASCII)
#: More choices than this stand in a list that opens.
_MOST_RADIOS = 7
#: How far a date may lie from today; nobody plans or remembers further.
_FAR = timedelta(days=10 * 366)


def questions_of(service: Service, kind: str) -> list[ServiceQuestion]:
    """What a service asks of this kind of ticket, in its order. One query."""
    return [question for question in service.questions.all() if question.is_for(kind)]


def name_of(question: ServiceQuestion) -> str:
    """The name of a question's field."""
    return f"{_PREFIX}{question.pk}"


def is_name(name: str) -> bool:
    """Whether a field of a request has the name of a question, of whichever service."""
    return bool(_NAME.fullmatch(name))


def typed_answers(request) -> dict[str, list[str]]:
    """Everything that was answered to questions so far, of this service and of those chosen before."""
    post = request.POST
    return {name: post.getlist(name)[:MAX_OPTIONS] for name in post if is_name(name)}


def field_of(question: ServiceQuestion) -> forms.Field:
    """The form field of a question; ``field.question`` leads back to it."""
    field = _FIELDS[QuestionKind(question.kind)](
        question,
        label=question.label,
        help_text=question.help_text,
        required=question.required,
    )
    field.question = question
    return field


def as_initial(question: ServiceQuestion, typed: list[str]) -> Any:
    """What was typed, as the question's field wants it."""
    if question.kind == QuestionKind.SEVERAL:
        return typed
    return typed[-1] if typed else ""


def as_answer(value: Any) -> str | list[str]:
    """A cleaned value as a ticket keeps it."""
    return value.isoformat() if isinstance(value, date) else value or ""


# --- Fields -------------------------------------------------------------------------------------------


class _Stopping:
    """A widget that marks the answers which lead elsewhere, so that the page can say so at once."""

    def __init__(self, *args, stops: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.stops = stops

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.stops:
            option["attrs"]["data-hd-stop"] = True
        return option


class _Radios(_Stopping, forms.RadioSelect):
    """One of a few."""


class _List(_Stopping, forms.Select):
    """One of many."""


class _Boxes(_Stopping, forms.CheckboxSelectMultiple):
    """Several of a few."""


def _messages(question: ServiceQuestion) -> dict[str, Any]:
    return {
        "required": format_lazy(_("Answer this question: {question}"), question=question.label),
        "invalid_choice": format_lazy(
            _("Choose one of the answers offered: {question}"), question=question.label
        ),
    }


def _line(question, **kwargs):
    return Line(max_length=MAX_LINE, error_messages=_required(question), **kwargs)


def _paragraph(question, **kwargs):
    widget = forms.Textarea(attrs={"rows": 4})
    return Text(max_length=MAX_PARAGRAPH, widget=widget, error_messages=_required(question), **kwargs)


def _date(question, **kwargs):
    field = Day(past=_FAR, ahead=_FAR, **kwargs)
    field.error_messages |= _required(question)
    return field


def _number(question, **kwargs):
    field = Number(**kwargs)
    field.error_messages |= _required(question)
    return field


def _one(question, **kwargs):
    choices = [(option, option_in_words(question.kind, option)) for option in question.option_list]
    if len(choices) > _MOST_RADIOS:
        choices, widget = [("", _("Choose an answer")), *choices], _List
    else:
        widget = _Radios
    return forms.ChoiceField(
        choices=choices,
        widget=widget(stops=question.stop_values),
        error_messages=_messages(question),
        **kwargs,
    )


def _several(question, **kwargs):
    return forms.MultipleChoiceField(
        choices=[(option, option) for option in question.option_list],
        widget=_Boxes(stops=question.stop_values),
        error_messages=_messages(question),
        **kwargs,
    )


def _required(question: ServiceQuestion) -> dict[str, Any]:
    return {"required": _messages(question)["required"]}


_FIELDS = {
    QuestionKind.LINE: _line,
    QuestionKind.PARAGRAPH: _paragraph,
    QuestionKind.ONE: _one,
    QuestionKind.SEVERAL: _several,
    QuestionKind.YES_NO: _one,
    QuestionKind.DATE: _date,
    QuestionKind.NUMBER: _number,
}
