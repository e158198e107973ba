"""The service catalogue: what an agency may report or ask for, and what must come with it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.models.choices import Category, TicketKind
from helpdesk_plugin.models.parts import HistoryOfParts


class LetterRule(models.TextChoices):
    """When the covering letter of the agency's head must come with the form (sop.md, S1)."""

    BY_KIND = "by_kind", _("Required for service requests, may follow for incidents")
    ALWAYS = "always", _("Always required")
    NEVER = "never", _("Not required")


class ServiceQuerySet(models.QuerySet):
    def offered(self):
        """Services that the public form shows, in the agency's order."""
        return self.filter(active=True)


class Service(ClusterableModel):
    """A line of the catalogue: defaults for priority, a target of its own, documents required."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=160)
    category = models.CharField(_("group"), max_length=16, choices=Category.choices, default=Category.EITHER)
    usual_kind = models.CharField(
        _("usual kind"), max_length=16, choices=TicketKind.choices, default=TicketKind.INCIDENT
    )
    default_impact = models.PositiveSmallIntegerField(
        _("default impact"), choices=labels.choices(labels.IMPACT), default=Impact.LOW.value
    )
    default_urgency = models.PositiveSmallIntegerField(
        _("default urgency"), choices=labels.choices(labels.URGENCY), default=Urgency.LOW.value
    )
    recovery_minutes = models.PositiveIntegerField(
        _("own recovery target (working minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Overrides the target of the priority. Empty: the matrix decides. 450 = one working day."
        ),
    )
    is_security = models.BooleanField(
        _("information security"),
        default=False,
        help_text=_("Tickets are confidential and never below P2."),
    )
    letter_rule = models.CharField(
        _("covering letter"), max_length=16, choices=LetterRule.choices, default=LetterRule.BY_KIND
    )
    hint = models.TextField(
        _("what to mention"), blank=True, help_text=_("Shown to the requester above the description.")
    )
    self_check = models.TextField(
        _("self-check before reporting"),
        blank=True,
        help_text=_("One question a line, shown before the form."),
    )
    product = models.TextField(
        _("what the agency gets"),
        blank=True,
        help_text=_("Product of the service, for its public standard. Empty: the output of the procedure."),
    )
    search_words = models.CharField(
        _("also found by"),
        max_length=300,
        blank=True,
        help_text=_("Other words that people use for it, such as “wifi lemot, hotspot”."),
    )
    central_operator = models.CharField(
        _("central operator"),
        max_length=120,
        blank=True,
        help_text=_("Who runs the national application; the agency can only help and forward."),
    )
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    confirmed = models.BooleanField(
        _("confirmed"),
        default=False,
        help_text=_("Until confirmed, screens say “proposed, not yet approved”."),
    )

    history = HistoricalRecords()
    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["position", "code"]

    def __str__(self):
        return self.name

    def letter_required(self, kind: str) -> bool:
        """Whether the covering letter must come with a form of this kind."""
        if self.letter_rule == LetterRule.BY_KIND:
            return kind == TicketKind.REQUEST
        return self.letter_rule == LetterRule.ALWAYS

    def self_check_questions(self) -> list[str]:
        """The self-check, a question each."""
        return [line.strip() for line in self.self_check.splitlines() if line.strip()]


class RequiredDocument(models.Model):
    """A document that a service asks for besides the covering letter."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("document"), max_length=120)
    required = models.BooleanField(
        _("required with the form"), default=True, help_text=_("Otherwise it may follow later.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = HistoryOfParts()

    class Meta:
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")
        ordering = ["position", "id"]

    def __str__(self):
        return self.name
