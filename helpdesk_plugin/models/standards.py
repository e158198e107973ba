"""The SOP as versioned data: its identity block and the standard (*mutu baku*) of each step."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.domain.priorities import Priority


class SopVersionManager(models.Manager):
    def in_force(self, on):
        """Return the version in force on this date, or None before the first."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from", "-number").first()


class SopVersion(models.Model):
    """One edition of the SOP. A ticket keeps the edition that it began with."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    title = models.CharField(_("name of the SOP"), max_length=200)
    document_number = models.CharField(_("SOP number"), max_length=120, blank=True)
    made_on = models.CharField(_("date made"), max_length=60, blank=True)
    revised_on = models.CharField(_("date revised"), max_length=60, blank=True)
    effective_on = models.CharField(_("date effective"), max_length=60, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    qualifications = models.TextField(_("qualifications of performers"), blank=True)
    related = models.TextField(_("related procedures"), blank=True)
    equipment = models.TextField(_("equipment"), blank=True)
    warning = models.TextField(_("warning"), blank=True)
    records = models.TextField(_("records kept"), blank=True)
    in_force_from = models.DateField(_("in force from"))
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()
    objects = SopVersionManager()

    class Meta:
        verbose_name = _("SOP version")
        verbose_name_plural = _("SOP versions")
        ordering = ["-number"]

    def __str__(self):
        return f"{self.title} (v{self.number})"


class StepStandard(models.Model):
    """The standard of one SOP step: requirements, time in working minutes, output, performer.

    Minutes stand per priority because several steps allow a critical ticket less time. Empty means
    that the step has no standard time of its own (or follows the recovery target).
    """

    version = models.ForeignKey(
        SopVersion, verbose_name=_("SOP version"), on_delete=models.PROTECT, related_name="steps"
    )
    code = models.CharField(_("step"), max_length=4)
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("short name"), max_length=80)
    activity = models.TextField(_("activity"))
    role = models.CharField(_("performer"), max_length=24, choices=labels.choices(labels.ROLE))
    role_note = models.CharField(_("note on the performer"), max_length=160, blank=True)
    requirements = models.TextField(_("requirements"), blank=True)
    output = models.TextField(_("output"), blank=True)
    minutes_p1 = models.PositiveIntegerField(_("working minutes, P1"), null=True, blank=True)
    minutes_p2 = models.PositiveIntegerField(_("working minutes, P2"), null=True, blank=True)
    minutes_p3 = models.PositiveIntegerField(_("working minutes, P3"), null=True, blank=True)
    minutes_p4 = models.PositiveIntegerField(_("working minutes, P4"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("step standard")
        verbose_name_plural = _("step standards")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="helpdesk_one_standard_a_step")
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def minutes_for(self, priority: int | None) -> int | None:
        """Standard working minutes for a priority; before triage the slowest one's applies."""
        return getattr(self, f"minutes_p{priority or Priority.P4.value}")
