"""What setup has made once, so that what people delete stays deleted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetupRecord(models.Model):
    """A lasting key of something that setup has added, or found in place.

    Setup adds nothing whose key stands here, even if the row has been deleted or renamed since.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    note = models.CharField(_("note"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("setup record")
        verbose_name_plural = _("setup records")
        default_permissions = ()

    def __str__(self):
        return self.key
