"""What a service asks besides the facts that every request has, and what tickets keep of it.

A question belongs to the agency: it is worded, reordered and taken away in the admin. A ticket therefore
keeps the question as it was asked together with its answer, and never looks back at the question.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey

from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.models.catalogue import Service
from helpdesk_plugin.models.choices import TicketKind
from helpdesk_plugin.models.parts import HistoryOfParts

#: How many questions a service may ask, and how many answers a question may offer: more belong on paper.
MAX_QUESTIONS, MAX_OPTIONS = 15, 30
MAX_OPTION = 120
#: How long an answer may be, in characters.
MAX_LINE, MAX_PARAGRAPH = 200, 4000

YES, NO = "yes", "no"
_YES_NO = {YES: pgettext_lazy("answer", "Yes"), NO: pgettext_lazy("answer", "No")}
#: What an agency may write for the two where it names answers that end the filing.
_YES_NO_TYPED = {"yes": YES, "ya": YES, "no": NO, "tidak": NO}


class QuestionKind(models.TextChoices):
    """What kind of field a question is."""

    LINE = "line", _("Short text")
    PARAGRAPH = "paragraph", _("Long text")
    ONE = "one", _("One choice")
    SEVERAL = "several", _("Several choices")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")
    NUMBER = "number", _("Number")


class AskedFor(models.TextChoices):
    """Which tickets a question belongs to."""

    BOTH = "both", _("Disruptions and service requests")
    INCIDENT = "incident", _("Disruptions only")
    REQUEST = "request", _("Service requests only")


_WITH_OPTIONS = {QuestionKind.ONE, QuestionKind.SEVERAL}
_CAN_STOP = {*_WITH_OPTIONS, QuestionKind.YES_NO}


class ServiceQuestion(models.Model):
    """One question of a service, with the answers that lead elsewhere ("stopper") if it has any."""

    service = ParentalKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="questions"
    )
    label = models.CharField(_("question"), max_length=160)
    help_text = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(
        _("kind of answer"), max_length=16, choices=QuestionKind.choices, default=QuestionKind.LINE
    )
    options = models.TextField(
        _("answers to choose from"),
        blank=True,
        max_length=MAX_OPTIONS * MAX_OPTION,
        help_text=_("One a line; only for choices."),
    )
    required = models.BooleanField(_("must be answered"), default=False)
    asked_for = models.CharField(
        _("asked for"), max_length=16, choices=AskedFor.choices, default=AskedFor.BOTH
    )
    stop_answers = models.TextField(
        _("answers that lead elsewhere"),
        blank=True,
        max_length=MAX_OPTIONS * MAX_OPTION,
        help_text=_(
            "One a line, exactly as above; for yes or no: Ya or Tidak. Such a question is asked first."
        ),
    )
    stop_text = models.TextField(
        _("where to go instead"),
        blank=True,
        max_length=1000,
        help_text=_("What the requester reads after such an answer."),
    )
    stop_link = models.CharField(
        _("address of that place"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Example: https://www.lapor.go.id"),
    )
    stop_blocks = models.BooleanField(
        _("nothing can be sent after such an answer"),
        default=False,
        help_text=_("Otherwise the requester reads the advice and may send all the same."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoryOfParts()

    class Meta:
        verbose_name = _("question of a service")
        verbose_name_plural = _("questions of services")
        ordering = ["position", "id"]
        # Whoever may change a service may change what it asks.
        default_permissions = ()

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        # Browsers end lines in a way of their own; the record must not take that for a change.
        self.options = "\n".join(_lines(self.options))
        self.stop_answers = "\n".join(_lines(self.stop_answers))
        self.stop_text = plain_text(self.stop_text)
        wrong = {**self._wrong_options(), **self._wrong_stops()}
        if wrong:
            raise ValidationError(wrong)

    def is_for(self, kind: str) -> bool:
        """Whether tickets of this kind are asked."""
        return self.asked_for in {AskedFor.BOTH, TicketKind(kind).value}

    @property
    def option_list(self) -> list[str]:
        """The answers to choose from, as they are stored with a ticket."""
        return [YES, NO] if self.kind == QuestionKind.YES_NO else _lines(self.options)

    @property
    def stop_values(self) -> list[str]:
        """The answers that lead elsewhere, as they are stored with a ticket."""
        if self.kind not in _CAN_STOP:
            return []
        typed = _lines(self.stop_answers)
        if self.kind == QuestionKind.YES_NO:
            return [_YES_NO_TYPED.get(line.casefold(), line) for line in typed]
        return typed

    def stops_at(self, answer: str | list[str]) -> bool:
        """Whether this answer leads elsewhere; of several choices, any of them."""
        given = answer if isinstance(answer, list) else [answer]
        return any(one in self.stop_values for one in given)

    def asked(self, answer: str | list[str]) -> dict[str, Any]:
        """The question as it was asked, with its answer: what a ticket keeps."""
        return {"question": self.pk, "label": self.label, "kind": self.kind, "answer": answer}

    def _wrong_options(self) -> dict[str, Any]:
        options = _lines(self.options)
        if self.kind not in _WITH_OPTIONS:
            return {"options": _("Only choices have answers to choose from.")} if options else {}
        if len(options) < 2:
            return {"options": _("A choice needs at least two answers, one a line.")}
        if len(options) > MAX_OPTIONS:
            return {"options": _("At most %(n)d answers can be offered.") % {"n": MAX_OPTIONS}}
        if len(set(options)) < len(options):
            return {"options": _("Two of the answers are the same.")}
        if any(len(option) > MAX_OPTION for option in options):
            return {"options": _("An answer may have at most %(n)d characters.") % {"n": MAX_OPTION}}
        return {}

    def _wrong_stops(self) -> dict[str, Any]:
        if not _lines(self.stop_answers):
            if self.stop_text or self.stop_link or self.stop_blocks:
                return {"stop_answers": _("Name the answers that lead elsewhere, or empty what follows.")}
            return {}
        if self.kind not in _CAN_STOP:
            return {"stop_answers": _("Only choices and yes or no can lead elsewhere.")}
        unknown = [answer for answer in self.stop_values if answer not in self.option_list]
        if unknown:
            told = {"answers": ", ".join(unknown)}
            return {"stop_answers": _("Not among the answers to choose from: %(answers)s.") % told}
        if not self.stop_text:
            return {"stop_text": _("Say where to go instead.")}
        return {}


def option_in_words(kind: str, answer: str) -> str:
    """One answer as people read it; Yes and No in the language of the screen."""
    if kind == QuestionKind.YES_NO:
        return str(_YES_NO.get(answer, answer))
    return answer


def answers_in_words(answers: Any) -> list[tuple[str, str]]:
    """Questions with their answers as people read them, without those that were left open."""
    rows = answers if isinstance(answers, list) else []
    found = [(str(row.get("label", "")), _in_words(row)) for row in rows if isinstance(row, dict)]
    return [(label, text) for label, text in found if text]


def _in_words(row: dict[str, Any]) -> str:
    kind, answer = str(row.get("kind", "")), row.get("answer")
    if isinstance(answer, list):
        return ", ".join(option_in_words(kind, str(one)) for one in answer)
    text = "" if answer is None else str(answer)
    if kind == QuestionKind.DATE:
        return _day_in_words(text)
    if kind == QuestionKind.NUMBER:
        return number_format(text, force_grouping=True)
    return option_in_words(kind, text)


def _day_in_words(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


def _lines(text: str) -> list[str]:
    return [line for line in map(plain_line, text.splitlines()) if line]
