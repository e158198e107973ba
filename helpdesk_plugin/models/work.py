"""Work that officers did on a ticket: minutes and parts, one row for each entry of the ledger."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk_plugin.domain import work


class PartUnit(models.TextChoices):
    PIECE = work.Unit.PIECE.value, pgettext_lazy("unit of a part", "piece")
    SET = work.Unit.SET.value, pgettext_lazy("unit of a part", "set")
    METRE = work.Unit.METRE.value, pgettext_lazy("unit of a part", "metre")
    ROLL = work.Unit.ROLL.value, pgettext_lazy("unit of a part", "roll")
    PACK = work.Unit.PACK.value, pgettext_lazy("unit of a part", "pack")


class PartCondition(models.TextChoices):
    NEW = work.Condition.NEW.value, pgettext_lazy("condition of a part", "new")
    USED = work.Condition.USED.value, pgettext_lazy("condition of a part", "used, in order")
    REPAIRED = work.Condition.REPAIRED.value, pgettext_lazy("condition of a part", "repaired")
    LOAN = work.Condition.LOAN.value, pgettext_lazy("condition of a part", "on loan")


class WorkLog(models.Model):
    """One piece of work: how many minutes of whose time. What was done stands in the ledger entry."""

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="work_logs",
    )
    event = models.OneToOneField(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        on_delete=models.PROTECT,
        related_name="work",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MaxValueValidator(work.MOST_MINUTES)], default=0
    )

    class Meta:
        verbose_name = _("work log entry")
        verbose_name_plural = _("work log")
        ordering = ["at", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="helpdesk_work_of_period")]

    def __str__(self):
        return f"{self.minutes} min"


class PartUsed(models.Model):
    """A part that went in, as the handling report (berita acara) names it."""

    work = models.ForeignKey(
        WorkLog, verbose_name=_("work log entry"), on_delete=models.PROTECT, related_name="parts"
    )
    name = models.CharField(_("part"), max_length=120)
    brand = models.CharField(_("brand and type"), max_length=120, blank=True)
    serial = models.CharField(_("serial number"), max_length=80, blank=True)
    condition = models.CharField(
        _("condition"), max_length=12, choices=PartCondition.choices, default=PartCondition.NEW
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    unit = models.CharField(_("unit"), max_length=8, choices=PartUnit.choices, default=PartUnit.PIECE)

    class Meta:
        verbose_name = _("part used")
        verbose_name_plural = _("parts used")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self):
        return self.name

    @property
    def in_words(self) -> str:
        """The part in one line: ``15 m kabel UTP, Belden 7965E, no. seri 8812, baru``."""
        amount = number_format(self.amount.normalize() if self.amount else self.amount, use_l10n=True)
        told = [f"{amount} {self.get_unit_display()} {self.name}", self.brand]
        if self.serial:
            told.append(str(_("serial no. %(serial)s")) % {"serial": self.serial})
        return ", ".join([one for one in (*told, str(self.get_condition_display())) if one])
