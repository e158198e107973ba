"""Teams: the officers who look after a group of services, suggested first where a ticket is given away."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin.models.choices import Category


class Team(models.Model):
    """Officers who work together. A team suggests; it gives no right and takes none."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    category = models.CharField(
        _("group"),
        max_length=16,
        blank=True,
        choices=[(one.value, one.label) for one in (Category.INFRASTRUCTURE, Category.APPLICATION)],
        help_text=_("Looks after every service of this group. Empty: only after the services named below."),
    )
    services = models.ManyToManyField(
        "helpdesk_plugin.Service", verbose_name=_("services"), blank=True, related_name="teams"
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("members"),
        blank=True,
        related_name="helpdesk_teams",
        help_text=_("They are suggested first where a ticket of these services is assigned."),
    )
    active = models.BooleanField(_("in use"), default=True)

    history = HistoricalRecords(m2m_fields=[services, members])

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def looks_after(self, ticket) -> bool:
        """Whether a ticket is this team's, by its service or by its group. No query with services read.

        The group is what it was verified as (S5); before that, the one of its service.
        """
        if self.category and self.category == (ticket.verdict or ticket.service.category):
            return True
        return any(service.pk == ticket.service_id for service in self.services.all())
