"""The daily digest: the days on which it was queued, and the officers who would rather do without."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestDay(models.Model):
    """A working day, in the agency's time zone, whose digests have been queued.

    One row a day, written in the transaction that queues them: whoever comes later, or at the same time,
    finds it and queues nothing.
    """

    day = models.DateField(_("date"), unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("day of digests")
        verbose_name_plural = _("days of digests")
        ordering = ["-day"]
        default_permissions = ()

    def __str__(self):
        return f"{self.day:%Y-%m-%d}"


class OfficerPreferences(models.Model):
    """What an officer has chosen for themselves. Without a row the defaults hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        on_delete=models.CASCADE,
        related_name="helpdesk_preferences",
        primary_key=True,
    )
    daily_digest = models.BooleanField(
        _("Daily digest by email"),
        default=True,
        help_text=_("At the start of a working day: what waits for you, what is due today, what is late."),
    )

    class Meta:
        verbose_name = _("preferences of an officer")
        verbose_name_plural = _("preferences of officers")
        default_permissions = ()

    def __str__(self):
        return f"preferences {self.pk}"
