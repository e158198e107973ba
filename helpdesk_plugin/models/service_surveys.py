"""The survey of nine elements (Permen PANRB 14/2017): its questions, periods, invitations and answers.

Who was invited and what was answered are two tables that nothing joins: an invitation knows that it was used,
not when; an answer knows period, agency, service and day, and its key is random.
"""

import secrets
import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import conf
from helpdesk_plugin.domain import numbering
from helpdesk_plugin.domain.ikm import ELEMENTS, LEAST_SCORE, MOST_SCORE
from helpdesk_plugin.models.access import RetiredKey, newest_key_id
from helpdesk_plugin.models.sign_in import fresh_nonce, hash_of

#: Columns of the nine scores, in the order of the elements.
SCORES: tuple[str, ...] = tuple(code.lower() for code in ELEMENTS)
_CODE_LETTERS = 10


class SurveyElement(models.Model):
    """One of the nine elements: what is asked, and the words of the four answers, worst first.

    The elements are the regulation's and nobody adds one; the agency words them. A period keeps the words
    with which it was opened.
    """

    code = models.CharField(
        _("code"), max_length=2, unique=True, choices=[(code, code) for code in ELEMENTS], editable=False
    )
    name = models.CharField(_("element"), max_length=80)
    question = models.CharField(_("question"), max_length=200)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    answer_1 = models.CharField(_("answer 1 (worst)"), max_length=60)
    answer_2 = models.CharField(_("answer 2"), max_length=60)
    answer_3 = models.CharField(_("answer 3"), max_length=60)
    answer_4 = models.CharField(_("answer 4 (best)"), max_length=60)
    preset = models.PositiveSmallIntegerField(
        _("chosen to begin with"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST_SCORE), MaxValueValidator(MOST_SCORE)],
        help_text=_("A number from 1 to 4 where the facts leave no choice: a service is free of charge."),
    )
    required = models.BooleanField(
        _("must be answered"),
        default=True,
        help_text=_("What is left blank counts neither as answer nor as nought."),
    )
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("element of the survey")
        verbose_name_plural = _("elements of the survey")
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def as_asked(self) -> dict:
        """The question as a period keeps it."""
        return {
            "code": self.code,
            "name": self.name,
            "question": self.question,
            "hint": self.hint,
            "answers": [self.answer_1, self.answer_2, self.answer_3, self.answer_4],
            "preset": self.preset,
            "required": self.required,
        }


def new_open_code() -> str:
    """Letters and digits that cannot be guessed from another period's, for the link that anybody may use."""
    return "".join(secrets.choice(numbering.ALPHABET) for _ in range(_CODE_LETTERS)).lower()


class SurveyPeriodQuerySet(models.QuerySet):
    def open_on(self, day: date):
        """Periods that take answers on a day in the agency's time zone."""
        return self.filter(opened_at__isnull=False, closed_at=None, answers_until__gte=day)

    def ended_on(self, day: date):
        """Periods that took answers and take none any more, the latest first."""
        ended = Q(closed_at__isnull=False) | Q(answers_until__lt=day)
        return self.filter(ended, opened_at__isnull=False).order_by("-last_day", "-pk")

    def before(self, period):
        """The opened period about the time before another, if there is one."""
        earlier = self.filter(opened_at__isnull=False, last_day__lt=period.first_day)
        return earlier.order_by("-last_day", "-pk").first()


class SurveyPeriod(models.Model):
    """One survey: the months that it asks about, and until when it is answered. Written by `service_surveys`.

    Days are dates in the agency's time zone, moments are UTC. A draft becomes open once and ends by itself
    after ``answers_until``, or earlier by hand. ``questions`` are the elements as they were asked.
    """

    title = models.CharField(
        _("title"), max_length=80, help_text=_("As respondents read it. Example: Semester II tahun 2026")
    )
    first_day = models.DateField(_("asks about services from"))
    last_day = models.DateField(_("asks about services until"))
    answers_until = models.DateField(_("answers until"), help_text=_("The last day on which answers count."))
    open_link = models.BooleanField(
        _("also a link that anybody may use"),
        default=False,
        help_text=_(
            "For groups and notice boards. Nothing tells whether one person answers twice there; such "
            "answers are counted apart."
        ),
    )
    public = models.BooleanField(
        _("published when it has ended"),
        default=True,
        help_text=_("On the pages of the catalogue, once enough people have answered."),
    )
    open_code = models.CharField(max_length=16, unique=True, default=new_open_code, editable=False)
    questions = models.JSONField(_("questions"), default=list, editable=False)
    invited = models.PositiveIntegerField(_("invited"), default=0, editable=False)
    reminded = models.PositiveIntegerField(_("reminded"), default=0, db_default=0, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("ended by hand"), null=True, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["questions", "open_code", "invited"])
    objects = SurveyPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey period")
        verbose_name_plural = _("survey periods")
        ordering = ["-first_day", "-pk"]
        permissions = [("export_surveyperiod", "Export answers of surveys")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="helpdesk_survey_days_in_order"
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if not (self.first_day and self.last_day and self.answers_until):
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        if self.answers_until < self.first_day:
            raise ValidationError({"answers_until": _("Nobody can answer about days that have not begun.")})
        if self.opened_at and self.pk:
            kept = type(self).objects.get(pk=self.pk)
            if (kept.first_day, kept.last_day) != (self.first_day, self.last_day):
                raise ValidationError(
                    _("People have been asked about these days already; they cannot be changed any more.")
                )

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    def is_open_on(self, day: date) -> bool:
        """Whether answers are taken on a day in the agency's time zone."""
        return self.opened_at is not None and self.closed_at is None and day <= self.answers_until

    def has_ended_on(self, day: date) -> bool:
        return not self.is_draft and not self.is_open_on(day)


class SurveyInvitation(models.Model):
    """One person's way into a period: a contact (PIC) of an agency, or somebody who filed in its months.

    ``email`` is normalised. The token of the mailed link derives from a server key and the nonce, and stands
    nowhere. Rows go some time after the period has ended; see `services.service_surveys`.
    """

    period = models.ForeignKey(
        SurveyPeriod, verbose_name=_("period"), on_delete=models.CASCADE, related_name="invitations"
    )
    opd = models.ForeignKey(
        "helpdesk_plugin.Opd", verbose_name=_("agency (OPD)"), on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=12, default="id")
    nonce = models.BinaryField(default=fresh_nonce, max_length=16)
    key_id = models.CharField(max_length=12, default=newest_key_id)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Not when: the day of the answers stands with the answers, and must not lead from one to the other.
    answered = models.BooleanField(_("used"), default=False)
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    # That the turn for a reminder is over, whether the invitation had been used by then or not.
    reminded = models.BooleanField(_("turn for a reminder is over"), default=False, db_default=False)
    declined = models.BooleanField(_("wants no reminder"), default=False, db_default=False)

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["period", "email"], name="helpdesk_invited_once_a_period")
        ]

    def __str__(self):
        return f"invitation {self.pk}"

    def save(self, *args, **kwargs):
        self.fill_hash()
        super().save(*args, **kwargs)

    def fill_hash(self) -> None:
        """Work out what the token is recognised by; a row written in bulk needs it too."""
        self.token_hash = self.token_hash or hash_of(self.token)

    @property
    def token(self) -> str:
        """The secret of the mailed link, 160 bits. Raises RetiredKey."""
        key = conf.tracking_key(self.key_id)
        if key is None:
            raise RetiredKey(self.key_id)
        return numbering.derive_survey_token(key.secret, bytes(self.nonce))


class SurveyDoor(models.TextChoices):
    """How an answer came in."""

    INVITED = "invited", _("By invitation")
    OPEN = "open", _("By the open link")


class SurveyResponseQuerySet(models.QuerySet):
    def sums(self, *by: str) -> list[dict]:
        """Sum and number of answers to each element, and respondents, over all or by columns. One query."""
        wanted: dict = {"respondents": Count("pk")}
        for score in SCORES:
            wanted |= {f"{score}_total": Sum(score, default=0), f"{score}_filled": Count(score)}
        if not by:
            return [self.aggregate(**wanted)]
        return list(self.order_by().values(*by).annotate(**wanted))


_SCORE = Q()
for _name in SCORES:
    _SCORE &= Q(**{_name: None}) | Q(**{f"{_name}__range": (LEAST_SCORE, MOST_SCORE)})


class SurveyResponse(models.Model):
    """What one person answered. Nothing here says who: no name, address, time of day or running number.

    ``form`` is the random key of the form that was sent, so that a double press counts once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(
        SurveyPeriod, verbose_name=_("period"), on_delete=models.PROTECT, related_name="responses"
    )
    opd = models.ForeignKey(
        "helpdesk_plugin.Opd", verbose_name=_("agency (OPD)"), on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(
        "helpdesk_plugin.Service",
        verbose_name=_("service"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    door = models.CharField(_("came by"), max_length=8, choices=SurveyDoor.choices)
    day = models.DateField(_("day"))
    form = models.UUIDField(unique=True, editable=False)
    u1 = models.PositiveSmallIntegerField("U1", null=True)
    u2 = models.PositiveSmallIntegerField("U2", null=True)
    u3 = models.PositiveSmallIntegerField("U3", null=True)
    u4 = models.PositiveSmallIntegerField("U4", null=True)
    u5 = models.PositiveSmallIntegerField("U5", null=True)
    u6 = models.PositiveSmallIntegerField("U6", null=True)
    u7 = models.PositiveSmallIntegerField("U7", null=True)
    u8 = models.PositiveSmallIntegerField("U8", null=True)
    u9 = models.PositiveSmallIntegerField("U9", null=True)
    suggestion = models.TextField(_("suggestion"), max_length=2000, blank=True)

    objects = SurveyResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        ordering = ["day", "pk"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=_SCORE, name="helpdesk_scores_of_four")]

    def __str__(self):
        return f"answer {self.pk}"

    @property
    def scores(self) -> tuple[int | None, ...]:
        """The nine scores in the order of the elements."""
        return tuple(getattr(self, name) for name in SCORES)
