"""The SOP as versioned data: its identity block and the standard (*mutu baku*) of each step.

A version that has come into force, or that a ticket names, is in use: tickets are judged by it, so its
values stay as they are and the version is succeeded by another. Only the mark of approval may still be
set, for it changes no value. Before that, a changed value loses the mark that it had.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import clock, labels
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models.tickets import Ticket

IN_USE = _("This version is in use, so its values stay as they are. Make the next version instead.")


class VersionInUse(Exception):
    """Refused, and nothing was changed: ``version`` is in use, so it can only be succeeded."""

    def __init__(self, version: "SopVersion") -> None:
        self.version = version
        super().__init__(f"SOP version {version.number} is in use")


class SopVersionQuerySet(models.QuerySet):
    def in_force(self, on):
        """Return the version in force on this date, or None before the first."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from", "-number").first()

    def drafts(self):
        """Versions that are not in use yet."""
        named = Exists(Ticket.objects.filter(sop_version=OuterRef("pk")))
        return self.filter(~named, in_force_from__gt=_today())


class FrozenInUse(models.Model):
    """Values of an SOP version: saved while it is a draft, refused with `VersionInUse` afterwards."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        stored, changed = self._compared_with_stored(kwargs.get("update_fields"))
        if changed:
            self._refuse_in_use(stored)
            self._lose_approval(stored, kwargs)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_in_use(self)
        return super().delete(*args, **kwargs)

    def versions_touched(self, stored) -> list["SopVersion"]:
        """The versions, as they are stored, that a change from ``stored`` to this row would change."""
        raise NotImplementedError

    def clean(self):
        super().clean()
        stored, changed = self._compared_with_stored()
        if changed:
            if any(version.is_in_use for version in self.versions_touched(stored)):
                raise ValidationError(IN_USE)
            self.check_change()

    def check_change(self) -> None:
        """Raise ValidationError if a draft may not become what it is now."""

    def _refuse_in_use(self, stored) -> None:
        for version in self.versions_touched(stored):
            if version.is_in_use:
                raise VersionInUse(version)

    def _compared_with_stored(self, only=None) -> tuple:
        """The row as it is stored, if it is, and whether a value (of the fields ``only``) differs."""
        self._tidy_lines()
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        if stored is None:
            return None, True
        fields = [f for f in self._meta.concrete_fields if f.name != "confirmed"]
        asked = [f for f in fields if only is None or {f.name, f.attname} & set(only)]
        return stored, any(f.to_python(getattr(self, f.attname)) != getattr(stored, f.attname) for f in asked)

    def _tidy_lines(self) -> None:
        """Browsers send other ends of lines than the seed data have; they are no change of a value."""
        for f in self._meta.concrete_fields:
            if isinstance(f, models.TextField):
                setattr(self, f.attname, (getattr(self, f.attname) or "").replace("\r\n", "\n"))

    def _lose_approval(self, stored, kwargs) -> None:
        """What was approved is no longer what stands here."""
        if stored is None or not stored.confirmed:
            return
        self.confirmed = False
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "confirmed"}


class SopVersion(FrozenInUse):
    """One edition of the SOP. A ticket keeps the edition that it began with.

    Versions come into force in the order of their numbers, at the beginning of ``in_force_from`` (a date
    in the agency's time zone), and each stays in force until the next.
    """

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
    objects = SopVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("SOP version")
        verbose_name_plural = _("SOP versions")
        ordering = ["-number"]

    def __str__(self):
        return f"{self.title} (v{self.number})"

    @property
    def is_in_use(self) -> bool:
        """Whether it has come into force, ever, or a ticket names it. At most one query."""
        if self.in_force_from <= _today():
            return True
        return bool(self.pk) and Ticket.objects.filter(sop_version=self.pk).exists()

    def versions_touched(self, stored):
        return list(SopVersion.objects.filter(pk=stored.pk)) if stored else []

    def check_change(self):
        if not (self.in_force_from and self.number):
            return
        if self.in_force_from <= _today():
            raise ValidationError(
                {
                    "in_force_from": _(
                        "A version begins on a day to come. Requests that were filed until today keep "
                        "the version that was in force."
                    )
                }
            )
        others = SopVersion.objects.exclude(pk=self.pk)
        before, begun = Q(number__lt=self.number), Q(in_force_from__gte=self.in_force_from)
        after, not_begun = Q(number__gt=self.number), Q(in_force_from__lte=self.in_force_from)
        if other := others.filter(before & begun).order_by("-in_force_from").first():
            raise _clash(_("Version %(number)d begins on %(day)s. A later version begins after it."), other)
        if other := others.filter(after & not_begun).order_by("in_force_from").first():
            raise _clash(
                _("Version %(number)d begins on %(day)s. An earlier version begins before it."), other
            )


class StepStandard(FrozenInUse):
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

    def versions_touched(self, stored):
        keys = {self.version_id, stored.version_id if stored else None}
        return list(SopVersion.objects.filter(pk__in=keys))

    def minutes_for(self, priority: int | None) -> int | None:
        """Standard working minutes for a priority; before triage the slowest one's applies."""
        return getattr(self, f"minutes_p{priority or Priority.P4.value}")


def _today():
    """The date in the agency's time zone."""
    return timezone.localdate(clock.now(), timezone.get_default_timezone())


def _clash(sentence, other: SopVersion) -> ValidationError:
    told = {"number": other.number, "day": date_format(other.in_force_from, "l, j F Y")}
    return ValidationError({"in_force_from": sentence % told})
