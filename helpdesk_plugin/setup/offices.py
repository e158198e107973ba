"""The user groups of the procedure with the permissions that they begin with."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.groups import GROUP_NAMES, default_grants, ensure_group
from helpdesk_plugin.models import RoleGroup
from helpdesk_plugin.setup.plan import Addition, Plan, Situation


def key_of(role: Role) -> str:
    return f"role:{role.value}"


def is_filled(role: Role, situation: Situation) -> bool:
    """Whether the office has its group, or this run gives it one."""
    return key_of(role) not in situation.recorded or RoleGroup.objects.filter(role=role.value).exists()


class Groups:
    """A group for each office. `RoleGroup.granted` remembers what each was granted once."""

    title = _("Groups and their permissions")

    def plan(self, situation: Situation) -> Plan:
        plan = Plan()
        links = {link.role: link for link in RoleGroup.objects.select_related("group")}
        for role in STAFF_ROLES:
            link = links.get(role.value)
            if link is None and key_of(role) in situation.recorded:
                continue
            granted = link.granted if link else []
            fresh = [name for name in default_grants(role) if name not in granted]
            if link is None or fresh:
                name = link.group.name if link else GROUP_NAMES[role]
                label = f"{name}: {', '.join(fresh)}"
                plan.additions.append(Addition(key_of(role), label, role))
            else:
                plan.in_place.append(key_of(role))
        return plan

    def add(self, additions: Sequence[Addition]) -> None:
        for addition in additions:
            ensure_group(addition.what)
