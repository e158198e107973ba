"""Exports that the worker writes: who asked for which, how far it is, and the file while it is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models.attachments import attachment_storage, random_path


class ExportKind(models.TextChoices):
    REGISTER = "register", _("Register as a spreadsheet (XLSX)")
    RAW = "raw", _("Raw data without persons (ZIP of CSV)")


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Being written")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class ReportExport(models.Model):
    """One export of an officer; written by `services.exports` alone.

    ``query`` are the filters as the address had them. ``holds_security`` says whether matters of information
    security may be in it: then it opens only to who may still see them. The file is deleted after some days.
    """

    kind = models.CharField(_("what"), max_length=12, choices=ExportKind.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    query = models.CharField(_("filters"), max_length=2000, blank=True)
    holds_security = models.BooleanField(_("may hold matters of information security"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ExportState.choices, default=ExportState.WAITING
    )
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows written"), default=0)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    file = models.FileField(
        _("file"), storage=attachment_storage, upload_to=random_path, max_length=120, blank=True
    )
    name = models.CharField(_("file name"), max_length=160, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {ExportState.READY, ExportState.FAILED}

    @property
    def percent(self) -> int:
        """How much of it is written, rounded down."""
        return 100 * min(self.done, self.rows) // self.rows if self.rows else 0
