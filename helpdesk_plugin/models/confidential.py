"""What matters of information security need besides the SOP: what to keep safe, and who has looked.

An extension: the SOP knows two branches, infrastructure and application, and says nothing of this.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class EvidenceItem(models.Model):
    """One line of the checklist that keeps the traces of an incident, worded by the agency."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("what to do"), max_length=300, unique=True)
    active = models.BooleanField(_("in use"), default=True)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("line of the evidence checklist")
        verbose_name_plural = _("evidence checklist")
        ordering = ["position", "id"]

    def __str__(self):
        return self.text


class Look(models.Model):
    """Somebody opened a page or a file of a confidential ticket. Nobody changes it."""

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket", verbose_name=_("ticket"), on_delete=models.PROTECT, related_name="looks"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    page = models.CharField(_("what was opened"), max_length=40)

    class Meta:
        verbose_name = _("look at a confidential ticket")
        verbose_name_plural = _("looks at confidential tickets")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-at", "-id"], name="helpdesk_looks_newest")]

    def __str__(self):
        return f"look {self.pk}"
