"""Dated substitutes for an office: who acts for whom (*pelaksana harian*, *pelaksana tugas*)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, Role
from helpdesk_plugin.domain.substitutions import (
    SubstituteKind,
    Substitution,
    SubstitutionProblem,
    problem_with,
)

_NOBODY = 0

PROBLEMS = {
    SubstitutionProblem.ENDS_BEFORE_IT_BEGINS: _("The last day lies before the first."),
    SubstitutionProblem.OF_ONESELF: _("Nobody can substitute for themselves."),
    SubstitutionProblem.OVERLAPS: _(
        "Somebody else already substitutes in this office on some of these days."
    ),
    SubstitutionProblem.GOES_ROUND: _(
        "The substitutions would go round in a circle: on some of these days nobody would be there."
    ),
}


class DelegationQuerySet(models.QuerySet):
    def on(self, day):
        """Substitutions that cover this day (a date in the agency's time zone)."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class Delegation(models.Model):
    """``substitute`` holds ``role`` for ``principal`` from the first to the last day, both included.

    Without a principal the office is vacant (Plt). The person replaced keeps all rights.
    """

    role = models.CharField(
        _("office"), max_length=24, choices=[(r.value, labels.ROLE[r]) for r in SOP_STAFF_ROLES]
    )
    kind = models.CharField(
        _("kind"),
        max_length=4,
        choices=labels.choices(labels.SUBSTITUTE),
        default=SubstituteKind.PLH.value,
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person replaced"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty when the office is vacant."),
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("substitute"), on_delete=models.PROTECT, related_name="+"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    letter_number = models.CharField(_("number of the order"), max_length=120, blank=True)

    history = HistoricalRecords()
    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitute (Plh/Plt)")
        verbose_name_plural = _("substitutes (Plh/Plt)")
        ordering = ["-first_day", "-id"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.get_role_display()} · {self.first_day:%Y-%m-%d}"

    def clean(self):
        super().clean()
        if not (self.substitute_id and self.first_day and self.last_day and self.role):
            return
        others = type(self).objects.exclude(pk=self.pk)
        problem = problem_with(self.as_substitution(), [other.as_substitution() for other in others])
        if problem is not None:
            raise ValidationError(PROBLEMS[problem])

    def as_substitution(self) -> Substitution:
        """This row as the rules of the core see it."""
        return Substitution(
            Role(self.role), self.principal_id or _NOBODY, self.substitute_id, self.first_day, self.last_day
        )
