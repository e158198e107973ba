"""The log of what was done with personal data (UU 27/2022 on personal data)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Deed(models.TextChoices):
    """What was done with a person's data."""

    EXPORT = "export", pgettext_lazy("personal data", "Given out to the person")
    CORRECT = "correct", pgettext_lazy("personal data", "Corrected")
    ANONYMISE = "anonymise", pgettext_lazy("personal data", "Made anonymous on request")
    RETAIN = "retain", pgettext_lazy("personal data", "Made anonymous by the rules of retention")
    BREACH = "breach", pgettext_lazy("personal data", "Notice of a breach drawn up")


class Ground(models.TextChoices):
    """On what ground of UU 27/2022: the rights of the person, or one of the bases of article 20."""

    REQUEST = "request", _("Request of the person concerned (articles 5 to 8)")
    OBLIGATION = "obligation", _("Legal obligation of the agency (article 20, 2 c)")
    PUBLIC_TASK = "public_task", _("Public service and public interest (article 20, 2 e)")
    CONSENT = "consent", _("Consent, or its withdrawal (articles 9 and 20, 2 a)")
    RETENTION = "retention", _("Time of keeping has run out (articles 43 and 44)")
    BREACH = "breach", _("Failure to protect personal data (article 46)")


#: What a person may choose; the others follow from what is done.
CHOSEN_GROUNDS = (Ground.REQUEST, Ground.OBLIGATION, Ground.PUBLIC_TASK, Ground.CONSENT)


class ProcessingIsKept(Exception):
    """Somebody tried to change or delete a line of the log of processing."""


class ProcessingRecord(models.Model):
    """One thing done with somebody's data: by whom, when, why, on what ground, on how many tickets.

    It names no person but the one who did it: ``tickets`` are numbers, ``report`` counts, and ``reason`` has
    the person left out where the data was made anonymous. Nobody changes it.
    """

    deed = models.CharField(_("what was done"), max_length=16, choices=Deed.choices)
    ground = models.CharField(_("legal ground"), max_length=16, choices=Ground.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the scheduler."),
    )
    at = models.DateTimeField(_("at"))
    tickets = models.JSONField(_("tickets"), default=list, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)

    class Meta:
        verbose_name = _("processing of personal data")
        verbose_name_plural = _("log of processing")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        permissions = [
            ("export_person", "Look a person up and give out their data"),
            ("breach_notice", "Draw up notices of a breach of personal data"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="helpdesk_processing_newest")]

    def __str__(self):
        return f"{self.deed} {self.pk}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise ProcessingIsKept("Lines of the log of processing are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ProcessingIsKept("Lines of the log of processing are never deleted.")
