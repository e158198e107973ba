"""The agencies (OPD) of the regency that may file requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class OpdQuerySet(models.QuerySet):
    def offered(self):
        """Agencies that the public form lists."""
        return self.filter(active=True)


class Opd(models.Model):
    """A regional agency (*organisasi perangkat daerah*) or a section that files on its own."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=32, blank=True)
    verified = models.BooleanField(
        _("name verified"), default=False, help_text=_("Checked against the regency's current list.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    active = models.BooleanField(_("may file requests"), default=True)

    history = HistoricalRecords()
    objects = OpdQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency (OPD)")
        verbose_name_plural = _("agencies (OPD)")
        ordering = ["name"]

    def __str__(self):
        return self.name
