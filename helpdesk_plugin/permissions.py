"""Who may do what with tickets: step names are permissions, and one policy answers for all screens."""

from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import ALL_ACTS, Act, Remark
from helpdesk_plugin.domain.transitions import TRANSITIONS, acts_from
from helpdesk_plugin.models import Delegation, RoleGroup, Ticket
from helpdesk_plugin.models.rights import holds

APP = "helpdesk_plugin"

#: The acts that officers take, and that are therefore permissions.
STAFF_ACTS: tuple[Act, ...] = tuple(act for act in ALL_ACTS if Party.STAFF in TRANSITIONS[act].parties)


def codename(act: Act) -> str:
    """Codename of the permission that guards an act."""
    return f"{act.value}_ticket"


def permission(act: Act) -> str:
    """Full name of the permission that guards an act, as ``has_perm`` takes it."""
    return f"{APP}.{codename(act)}"


def may_see(user, ticket: Ticket) -> bool:
    """Whether an officer may know of this ticket at all (no query beyond the user's permissions)."""
    if not holds(user, f"{APP}.view_ticket"):
        return False
    return not ticket.security_flag or holds(user, f"{APP}.view_security_ticket")


def may_take(user, act: Act, ticket: Ticket | None) -> bool:
    """Whether an officer may take an act, in person or as a substitute; a new request has no ticket yet."""
    return holds(user, permission(act)) and (ticket is None or may_see(user, ticket))


def available_acts(ticket: Ticket, user) -> Iterator[Act]:
    """Yield the acts that this officer may take on this ticket now: the status says which, the policy who.

    Nobody takes what is theirs already, and nobody does anything on a ticket without a person.
    """
    if ticket.anonymised_at:
        return
    held, opened = ticket.held_from_state, ticket.opened_acts
    for act in acts_from(ticket.state, Party.STAFF, held_from=held, opened=opened):
        if may_take(user, act, ticket) and not (act is Remark.TAKE and ticket.assignee_id == user.pk):
            yield act


def officers_who_may(act: Act, *, security: bool = False):
    """Active users who hold an act's permission through their groups, in person, or as today's substitute.

    Superusers hold every permission without being anybody's desk, so they are left out.
    """
    users = _with_permission(codename(act))
    return users & _with_permission("view_security_ticket") if security else users


def _with_permission(name: str):
    in_person = Q(user_permissions__codename=name, user_permissions__content_type__app_label=APP)
    by_group = Q(groups__permissions__codename=name, groups__permissions__content_type__app_label=APP)
    users = get_user_model().objects
    ids = users.filter(in_person | by_group).values("pk")
    offices = RoleGroup.objects.filter(
        group__permissions__codename=name, group__permissions__content_type__app_label=APP
    ).values("role")
    substitutes = (
        Delegation.objects.on(agency_date(clock.now())).filter(role__in=offices).values("substitute")
    )
    return users.filter(Q(pk__in=ids) | Q(pk__in=substitutes), is_active=True)


def holders_of(codenames: Iterable[str]) -> dict[str, set[int]]:
    """Ids of the users who hold each permission of the app, as `officers_who_may` finds them for one act.

    Three small queries at most, however many permissions and people. Accounts may be inactive.
    """
    holders: dict[str, set[int]] = {name: set() for name in codenames}
    if not holders:
        return holders
    wanted = Permission.objects.filter(content_type__app_label=APP, codename__in=holders).order_by()
    by_group = wanted.values_list("codename", "group__user")
    for name, user_id in (*wanted.values_list("codename", "user").union(by_group), *_by_substitution(wanted)):
        if user_id is not None:
            holders[name].add(user_id)
    return holders


def _by_substitution(wanted) -> Iterator[tuple[str, int]]:
    """Permissions and the users who hold them today in somebody's place."""
    today = list(Delegation.objects.on(agency_date(clock.now())).order_by().values_list("role", "substitute"))
    if not today:
        return
    offices = wanted.filter(group__helpdesk_role__role__in={role for role, _user in today})
    for name, office in offices.values_list("codename", "group__helpdesk_role__role"):
        yield from ((name, user_id) for role, user_id in today if role == office)


class TicketPolicy(ModelPermissionPolicy):
    """Wagtail's question "may this user …?" for tickets.

    Nobody adds, changes or deletes a ticket outside the procedure, whatever the group editor says.
    """

    _CLOSED = frozenset({"add", "change", "delete"})

    def user_has_permission(self, user, action):
        return action not in self._CLOSED and holds(user, f"{APP}.{action}_ticket")

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission([a for a in actions if a not in self._CLOSED])

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and may_see(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(self.user_has_permission_for_instance(user, a, instance) for a in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return Ticket.objects.none()
        return Ticket.objects.visible_to(user)

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, [action])


#: The one instance; viewsets, bulk actions and panels share it.
ticket_policy = TicketPolicy(Ticket)
