"""What offices may do with Wagtail's own content, so that pages can be worded without an administrator.

Editors look after the whole site and its files. Managers word the help desk's page and what stands below
it. The key of a right on the front page names that page: a new front page means new rights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.groups import GROUP_NAMES
from helpdesk_plugin.models import RoleGroup
from helpdesk_plugin.setup import pages
from helpdesk_plugin.setup.offices import is_filled
from helpdesk_plugin.setup.plan import Addition, Plan, Situation

_HELP_DESK = "help-desk"
_PAGE_RIGHTS = tuple(f"{verb}_{Page._meta.model_name}" for verb in ("add", "change", "publish"))
#: By app, because a site may do without one of them.
_FILE_RIGHTS = {
    "wagtailimages": ("add_image", "choose_image"),
    "wagtaildocs": ("add_document", "choose_document"),
}


@dataclass(frozen=True)
class Right:
    """A permission of an office on a page (``place``: its id, or the help desk's page) or on all files."""

    role: Role
    app_label: str
    codename: str
    place: int | str = ""

    @property
    def key(self) -> str:
        return f"right:{self.role.value}:{self.codename}:{self.place}".rstrip(":")

    def __str__(self) -> str:
        return f"{GROUP_NAMES[self.role]}: {self.codename}"


class WagtailRights:
    """Rights on pages and files for editors and managers, each granted once."""

    title = _("Rights on pages and files")

    def plan(self, situation: Situation) -> Plan:
        plan, held = Plan(), _held()
        for right in _wanted(situation):
            if right.key in situation.recorded:
                continue
            if right.key in held:
                plan.in_place.append(right.key)
            else:
                plan.additions.append(Addition(right.key, str(right), right))
        return plan

    def add(self, additions: Sequence[Addition]) -> None:
        rights: list[Right] = [addition.what for addition in additions]
        groups = {link.role: link.group for link in RoleGroup.objects.select_related("group")}
        found = {
            (permission.content_type.app_label, permission.codename): permission
            for permission in Permission.objects.filter(
                content_type__app_label__in={right.app_label for right in rights},
                codename__in={right.codename for right in rights},
            ).select_related("content_type")
        }
        for right in rights:
            _grant(right, groups[right.role.value], found[right.app_label, right.codename])


def _wanted(situation: Situation) -> Iterator[Right]:
    page_app = Page._meta.app_label
    if is_filled(Role.EDITOR, situation):
        root = pages.site_root()
        if root is not None:
            yield from (Right(Role.EDITOR, page_app, name, root.pk) for name in _PAGE_RIGHTS)
        for app_label, names in _FILE_RIGHTS.items():
            if app_label in apps.app_configs:
                yield from (Right(Role.EDITOR, app_label, name) for name in names)
    has_page = pages.help_desk_page() is not None or pages.is_missing(situation)
    if has_page and is_filled(Role.MANAGER, situation):
        yield from (Right(Role.MANAGER, page_app, name, _HELP_DESK) for name in _PAGE_RIGHTS)


def _held() -> set[str]:
    """Keys of the rights that offices have already, whoever granted them."""
    help_desk = pages.help_desk_page()
    on_pages = GroupPagePermission.objects.filter(group__helpdesk_role__isnull=False).values_list(
        "group__helpdesk_role__role", "permission__codename", "page_id"
    )
    keys = {f"right:{role}:{name}:{page}" for role, name, page in on_pages}
    if help_desk is not None:
        keys |= {f"right:{role}:{name}:{_HELP_DESK}" for role, name, page in on_pages if page == help_desk.pk}
    root = Collection.get_first_root_node()
    on_files = GroupCollectionPermission.objects.filter(
        collection=root, group__helpdesk_role__isnull=False
    ).values_list("group__helpdesk_role__role", "permission__codename")
    return keys | {f"right:{role}:{name}" for role, name in on_files}


def _grant(right: Right, group, permission: Permission) -> None:
    if not right.place:
        collection = Collection.get_first_root_node()
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
        return
    page_id = pages.help_desk_page().pk if right.place == _HELP_DESK else right.place
    GroupPagePermission.objects.get_or_create(group=group, page_id=page_id, permission=permission)
