"""What requesters thought of it: one question after each closing (the short mode of the survey)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Satisfaction(models.IntegerChoices):
    """The four answers, worst first, as public service surveys in Indonesia count them."""

    NOT_SATISFIED = 1, pgettext_lazy("satisfaction", "Not satisfied")
    LESS_SATISFIED = 2, pgettext_lazy("satisfaction", "Less satisfied")
    SATISFIED = 3, pgettext_lazy("satisfaction", "Satisfied")
    VERY_SATISFIED = 4, pgettext_lazy("satisfaction", "Very satisfied")


class SurveyAnswer(models.Model):
    """How satisfied the requester was with one closing of a ticket; written by `services.survey` alone.

    The ledger keeps that a rating was given and its score. The comment stands only here, where it can be
    changed while the agreed days run, and goes with the ticket's personal data. Officers who may see the
    ticket read both; no public page does.
    """

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="survey_answers",
    )
    closing = models.OneToOneField(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("closing"),
        on_delete=models.PROTECT,
        related_name="survey_answer",
    )
    score = models.PositiveSmallIntegerField(_("satisfaction"), choices=Satisfaction.choices)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"))
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__in=Satisfaction.values), name="helpdesk_score_of_four"
            )
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="helpdesk_survey_newest")]

    def __str__(self):
        return f"{self.score} · {self.pk}"
