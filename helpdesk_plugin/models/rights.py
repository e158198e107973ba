"""What a user may do, in person or as somebody's substitute today."""

from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.utils import timezone

from helpdesk_plugin import clock
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models.delegations import Delegation
from helpdesk_plugin.models.roles import RoleGroup


@dataclass(frozen=True)
class Standing:
    """An office that a user holds for another today, and what it grants."""

    role: Role
    kind: str
    grants: frozenset[str]


def holds(user, permission: str) -> bool:
    """Whether an active user holds a permission (``app_label.codename``), in person or as a substitute."""
    if user is None or not user.is_active:
        return False
    return user.has_perm(permission) or any(
        permission in office.grants for office in substitute_offices(user)
    )


def substitute_offices(user) -> list[Standing]:
    """The offices that a user holds for others today: at most three queries, once per user object."""
    today = timezone.localdate(clock.now(), timezone.get_default_timezone())
    kept_for, offices = getattr(user, "_helpdesk_substitute", (None, []))
    if kept_for != today:
        offices = _offices_on(user, today)
        user._helpdesk_substitute = (today, offices)
    return offices


def _offices_on(user, day) -> list[Standing]:
    found = Delegation.objects.on(day).filter(substitute=user.pk).values_list("role", "kind")
    return [Standing(Role(role), kind, _grants_of(role)) for role, kind in found]


def _grants_of(role: str) -> frozenset[str]:
    group = RoleGroup.objects.filter(role=role).values("group")
    rows = Permission.objects.filter(group__in=group).values_list("content_type__app_label", "codename")
    return frozenset(f"{app_label}.{name}" for app_label, name in rows)
