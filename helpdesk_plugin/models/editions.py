"""Editions of the working calendar: what a ticket is judged by stays what it was judged by."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarEdition(models.Model):
    """The agency's hours, holidays and special days as they stood at one time; never changed.

    A ticket names the edition that its deadlines were counted with, so that a later change of the
    calendar moves no deadline until somebody decides that it shall.
    """

    digest = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    content = models.JSONField(_("content"), editable=False)
    made_at = models.DateTimeField(_("made at"), editable=False)

    class Meta:
        verbose_name = _("calendar edition")
        verbose_name_plural = _("calendar editions")
        ordering = ["-made_at", "-id"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.pk} · {self.made_at:%Y-%m-%d}"


class KeptDeadlines(models.Model):
    """Somebody was asked after a change of the calendar and left the open tickets counted as they were.

    It answers for the tickets that had been filed by then, for as long as the calendar is the one of
    ``edition``: later tickets, and another change, ask again.
    """

    edition = models.ForeignKey(
        CalendarEdition, verbose_name=_("calendar edition"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("deadlines left as they were")
        verbose_name_plural = _("deadlines left as they were")
        ordering = ["-at", "-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.edition_id} · {self.at:%Y-%m-%d}"
