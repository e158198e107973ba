"""What was found (S6) and what was done about it (S7). A reopened ticket gathers several of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models.choices import Outcome


class _Finding(models.Model):
    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    event = models.OneToOneField(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        on_delete=models.PROTECT,
        related_name="%(class)s",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        abstract = True
        ordering = ["at", "id"]
        default_permissions = ()


class Diagnosis(_Finding):
    """Symptoms, checks made, cause."""

    symptoms = models.TextField(_("symptoms"))
    checks = models.TextField(_("checks made"), blank=True)
    cause = models.TextField(_("cause"))

    class Meta(_Finding.Meta):
        verbose_name = _("diagnosis")
        verbose_name_plural = _("diagnoses")

    def __str__(self):
        return self.cause[:80]


class Solution(_Finding):
    """The recovery: what was done, with what result, which parts were replaced."""

    action = models.TextField(_("action taken"))
    outcome = models.CharField(_("result"), max_length=16, choices=Outcome.choices, default=Outcome.NORMAL)
    parts = models.TextField(_("devices replaced"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    started_at = models.DateTimeField(_("work started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("work finished"), null=True, blank=True)

    class Meta(_Finding.Meta):
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")

    def __str__(self):
        return self.action[:80]
