"""The written order of the head of agency (S3) and the assignments that follow from it (S4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.models.choices import Instruction, LetterNature


class Disposition(models.Model):
    """What the disposition sheet says. Given once per pass through S3, never edited."""

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="dispositions",
    )
    event = models.OneToOneField(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        on_delete=models.PROTECT,
        related_name="disposition",
    )
    nature = models.CharField(
        _("nature"), max_length=16, choices=LetterNature.choices, default=LetterNature.ORDINARY
    )
    agenda_number = models.CharField(_("agenda number"), max_length=60, blank=True)
    addressee = models.CharField(_("forwarded to"), max_length=24, choices=labels.choices(labels.ROLE))
    instructions = models.JSONField(_("with respect, please"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        ordering = ["at", "id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_nature_display()} · {self.at:%Y-%m-%d}"

    def instruction_labels(self) -> list[str]:
        """The ticked instructions in words."""
        return [str(Instruction(value).label) for value in self.instructions]


class AssignmentQuerySet(models.QuerySet):
    def in_force(self):
        """Assignments that no later one on the same ticket has replaced."""
        later = Assignment.objects.filter(
            ticket=models.OuterRef("ticket"), event__gt=models.OuterRef("event")
        )
        return self.filter(~models.Exists(later.order_by()))

    def on_ticket(self, ticket) -> list["Assignment"]:
        """Who works on a ticket now, with the officers, the leading one first. One query."""
        return list(self.filter(ticket=ticket).in_force().select_related("officer"))


class Assignment(models.Model):
    """An officer put on a ticket; several may share one, of whom one leads.

    ``wished_by`` is when the head of division would like it done (a date of the agency); it is a wish
    beside the promise and moves no deadline.
    """

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    event = models.ForeignKey(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="+"
    )
    leads = models.BooleanField(_("leads"), default=False)
    wished_by = models.DateField(_("wished by"), null=True, blank=True)
    at = models.DateTimeField(_("at"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-leads", "id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.officer_id} → {self.ticket_id}"
