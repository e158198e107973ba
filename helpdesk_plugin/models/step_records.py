"""What each step of the SOP took on each ticket, measured against its standard (*mutu baku*)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.sla import Pause


class StepRecordQuerySet(models.QuerySet):
    def running(self):
        """Steps that are being worked on."""
        return self.filter(left_at=None)

    def measured(self):
        """Steps that have ended and had a standard to be measured against."""
        return self.filter(left_at__isnull=False, standard_minutes__isnull=False)


class StepRecord(models.Model):
    """One pass of a ticket through one step. Written by the door; nobody fills it in.

    Times are UTC; ``worked`` is working time without ``pauses``, the stretches (pairs of moments) in which
    the step waited for somebody outside the desk. ``due_at`` is empty during a pause and for steps without
    a standard.
    """

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="step_records",
    )
    code = models.CharField(_("step"), max_length=4)
    role = models.CharField(_("performer"), max_length=24, blank=True, choices=labels.choices(labels.ROLE))
    entered_at = models.DateTimeField(_("entered"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    pauses = models.JSONField(_("pauses"), default=list, blank=True)
    standard_minutes = models.PositiveIntegerField(_("standard (working minutes)"), null=True, blank=True)
    worked = models.DurationField(_("working time"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    acting_role = models.CharField(
        _("acted as"), max_length=24, blank=True, choices=labels.choices(labels.ROLE)
    )
    capacity = models.CharField(_("acting capacity"), max_length=80, blank=True)
    completed = models.BooleanField(
        _("completed"), default=False, help_text=_("Left by its own act, not sent back, rejected or merged.")
    )
    documents = models.JSONField(_("documents"), default=dict, blank=True)
    output = models.TextField(_("output"), blank=True)
    late = models.BooleanField(_("late"), default=False)
    late_reason = models.CharField(_("reason for lateness"), max_length=300, blank=True)

    objects = StepRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("step record")
        verbose_name_plural = _("step records")
        ordering = ["entered_at", "id"]
        default_permissions = ("view",)
        permissions = [("evidence_steprecord", "Make performance evidence of every officer")]
        indexes = [
            models.Index(fields=["ticket", "code", "left_at"], name="helpdesk_steps_of_ticket"),
            models.Index(fields=["left_at", "due_at"], name="helpdesk_steps_due"),
        ]

    def __str__(self):
        return f"{self.code} · {self.ticket_id}"

    @property
    def stood(self) -> list[Pause]:
        """The pauses of the step as moments."""
        return [
            Pause(datetime.fromisoformat(began), datetime.fromisoformat(ended) if ended else None)
            for began, ended in self.pauses
        ]
