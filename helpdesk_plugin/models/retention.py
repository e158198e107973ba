"""How long personal data is kept (UU 27/2022 on personal data, articles 43 and 44)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.domain.statuses import FINAL, TicketStatus
from helpdesk_plugin.models.site_settings import HelpDeskSettings


class RetentionRule(models.Model):
    """How long the personal data of tickets that ended in one way is kept, in months after the end.

    Without a rule in use tickets of that ending are kept until somebody asks.
    """

    ending = models.CharField(
        _("ended as"),
        max_length=20,
        unique=True,
        choices=[(status.value, labels.STATUS_FOR_STAFF[status]) for status in sorted(FINAL)],
    )
    months = models.PositiveSmallIntegerField(
        _("months kept"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    active = models.BooleanField(_("in use"), default=True)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rule of retention")
        verbose_name_plural = _("rules of retention")
        ordering = ["-months", "ending"]

    def __str__(self):
        return str(labels.STATUS_FOR_STAFF[TicketStatus(self.ending)])

    def clean(self):
        super().clean()
        promised = HelpDeskSettings.load().retention_months
        if self.active and self.months and self.months > promised:
            told = _("The privacy notice promises %(n)d months at most. Raise that in the settings first.")
            raise ValidationError({"months": told % {"n": promised}})

    @classmethod
    def longest(cls) -> int | None:
        """The most months that any rule in use keeps data, None without one. One query."""
        return cls.objects.filter(active=True).aggregate(most=models.Max("months"))["most"]

    @classmethod
    def in_use(cls) -> Iterable["RetentionRule"]:
        return cls.objects.filter(active=True)
