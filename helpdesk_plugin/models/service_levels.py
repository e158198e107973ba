"""What the agency promises and when it works: matrix, targets, working hours, holidays."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels


class PriorityRule(models.Model):
    """One cell of the impact × urgency matrix."""

    impact = models.PositiveSmallIntegerField(_("impact"), choices=labels.choices(labels.IMPACT))
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=labels.choices(labels.URGENCY))
    priority = models.PositiveSmallIntegerField(_("priority"), choices=labels.choices(labels.PRIORITY))
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("priority rule")
        verbose_name_plural = _("priority matrix")
        ordering = ["impact", "urgency"]
        constraints = [models.UniqueConstraint(fields=["impact", "urgency"], name="helpdesk_one_rule_a_cell")]

    def __str__(self):
        return f"{self.get_impact_display()} × {self.get_urgency_display()}"


class PriorityTarget(models.Model):
    """Service-level target of a priority, all in working minutes (one working day = 450)."""

    priority = models.PositiveSmallIntegerField(
        _("priority"), unique=True, choices=labels.choices(labels.PRIORITY)
    )
    response_minutes = models.PositiveIntegerField(
        _("first response (working minutes)"), validators=[MinValueValidator(1)]
    )
    assignment_minutes = models.PositiveIntegerField(
        _("disposition and assignment (working minutes)"), validators=[MinValueValidator(1)]
    )
    recovery_minutes = models.PositiveIntegerField(
        _("recovery (working minutes)"), validators=[MinValueValidator(1)]
    )
    update_minutes = models.PositiveIntegerField(
        _("update to the requester every (working minutes)"),
        null=True,
        blank=True,
        help_text=_("Empty: only when something changes."),
    )
    around_the_clock = models.BooleanField(
        _("counted around the clock"),
        default=False,
        help_text=_("For priorities with people on call: every minute counts, holidays included."),
    )
    disposition_may_follow = models.BooleanField(
        _("disposition may follow"),
        default=False,
        help_text=_("Work may begin after triage; disposition and examination are still demanded later."),
    )
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("service-level target")
        verbose_name_plural = _("service-level targets")
        ordering = ["priority"]

    def __str__(self):
        return str(self.get_priority_display())


class WorkingRegime(ClusterableModel):
    """A set of working hours, permanent (no dates) or for a season such as Ramadan."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"),
        default=0,
        help_text=_("Hours with dates come before those without; among equals the highest rank applies."),
    )
    closed_on_holidays = models.BooleanField(_("closed on holidays"), default=True)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["first_day", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if (self.first_day is None) != (self.last_day is None):
            raise ValidationError(_("Give both the first and the last day, or neither for permanent hours."))
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})


class Weekday(models.IntegerChoices):
    """Python's weekday numbers."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


#: A window that closes at 00.00 lasts until midnight.
MIDNIGHT = time(0)


def _closes_later() -> models.Q:
    return models.Q(closes__gt=models.F("opens")) | models.Q(closes=MIDNIGHT)


def demand_order(window) -> None:
    """Raise ValidationError when a window closes before it opens."""
    if window.opens and window.closes is not None and MIDNIGHT < window.closes <= window.opens:
        raise ValidationError({"closes": _("Closing time must be later than opening time.")})


class WorkingWindow(models.Model):
    """A stretch of working time on one weekday, in the agency's time zone."""

    regime = ParentalKey(WorkingRegime, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("working window")
        verbose_name_plural = _("working windows")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=_closes_later(), name="helpdesk_window_closes_after_it_opens")
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"

    def clean(self):
        super().clean()
        demand_order(self)


class SpecialDay(ClusterableModel):
    """One date with hours of its own: a half day, a local closure (no hours), or work on a holiday."""

    day = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=160)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"


class SpecialDayWindow(models.Model):
    """A stretch of working time on a special day; a day without any is closed."""

    special_day = ParentalKey(SpecialDay, on_delete=models.CASCADE, related_name="windows")
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("working window")
        verbose_name_plural = _("working windows")
        ordering = ["opens"]
        constraints = [
            models.CheckConstraint(
                condition=_closes_later(), name="helpdesk_special_window_closes_after_it_opens"
            )
        ]

    def __str__(self):
        return f"{self.opens:%H.%M}–{self.closes:%H.%M}"

    def clean(self):
        super().clean()
        demand_order(self)


class HolidayKind(models.TextChoices):
    PUBLIC = "public", _("National holiday")
    JOINT_LEAVE = "joint_leave", _("Joint leave")
    LOCAL = "local", _("Local holiday")


class Holiday(models.Model):
    """A day without working hours. Copied from the national list, then the agency's own to edit."""

    day = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=HolidayKind.choices, default=HolidayKind.LOCAL)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"
