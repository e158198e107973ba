"""When people are warned, as the agency wants it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.domain.escalation import Level, Subject


class EscalationLevel(models.Model):
    """At this share of a promise or a standard these people are told, once, within working hours."""

    subject = models.CharField(_("watched"), max_length=12, choices=labels.choices(labels.WATCHED))
    percent = models.PositiveSmallIntegerField(
        _("percent used"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    to_holder = models.BooleanField(_("tell whoever holds the ticket"), default=True)
    to_role_up = models.BooleanField(_("tell the next office up"), default=False)
    to_requester = models.BooleanField(_("tell the requester"), default=False)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("warning level")
        verbose_name_plural = _("warning levels")
        ordering = ["subject", "percent"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "percent"], name="helpdesk_one_level_a_percentage")
        ]

    def __str__(self):
        return f"{self.get_subject_display()} {self.percent} %"

    def as_level(self) -> Level:
        """This row as the rules of the core see it."""
        return Level(Subject(self.subject), self.percent, self.to_holder, self.to_role_up, self.to_requester)
