"""Which user group stands for which office of the SOP."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role


class RoleGroup(models.Model):
    """The group whose members hold an office; a row, so that groups may be renamed freely."""

    role = models.CharField(
        _("role"), max_length=24, unique=True, choices=[(r.value, labels.ROLE[r]) for r in STAFF_ROLES]
    )
    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="helpdesk_role"
    )
    granted = models.JSONField(
        default=list,
        editable=False,
        help_text="Permissions that setup has granted once; it never grants them again, so that what the "
        "agency took away stays away.",
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self):
        return str(self.get_role_display())


def roles_of(user) -> frozenset[Role]:
    """The offices that a user holds."""
    if user is None or not user.pk:
        return frozenset()
    held = RoleGroup.objects.filter(group__user=user).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)
