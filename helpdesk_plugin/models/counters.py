"""Running numbers: one locked row a series, because counting rows fails under parallel submits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number given out in a series, e.g. ("ticket", 2026)."""

    name = models.CharField(_("series"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveBigIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="helpdesk_one_series_a_year")]

    def __str__(self):
        return f"{self.name} {self.year}: {self.last}"
