"""Groups: seeded once, then the agency's own."""

import pytest
from django.contrib.auth.models import Group

from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.groups import GROUP_NAMES, default_grants, ensure_group
from helpdesk_plugin.models import RoleGroup


def names(group):
    return sorted(f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all())


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_new_group_gets_exactly_its_grants(db, role):
    assert ensure_group(role) is True
    assert names(RoleGroup.objects.get(role=role).group) == default_grants(role)


def test_second_time_adds_nothing(db):
    ensure_group(Role.AUDITOR)
    assert ensure_group(Role.AUDITOR) is False


def test_permission_taken_away_stays_away(db):
    ensure_group(Role.AUDITOR)
    group = RoleGroup.objects.get(role=Role.AUDITOR).group
    group.permissions.remove(group.permissions.get(codename="export_ticket"))
    ensure_group(Role.AUDITOR)
    assert "helpdesk_plugin.export_ticket" not in names(group)


def test_renamed_group_is_still_the_office(db):
    ensure_group(Role.AUDITOR)
    Group.objects.filter(name=GROUP_NAMES[Role.AUDITOR]).update(name="Inspektorat")
    assert ensure_group(Role.AUDITOR) is False
    assert Group.objects.filter(name=GROUP_NAMES[Role.AUDITOR]).count() == 0


def test_a_grant_that_is_new_in_this_version_is_added_once(db):
    ensure_group(Role.AUDITOR)
    link = RoleGroup.objects.get(role=Role.AUDITOR)
    link.granted.remove("helpdesk_plugin.export_ticket")
    link.save()
    link.group.permissions.remove(link.group.permissions.get(codename="export_ticket"))
    assert ensure_group(Role.AUDITOR) is True
    assert "helpdesk_plugin.export_ticket" in names(link.group)


def test_editor_has_no_ticket_right_at_all(db):
    granted = set(default_grants(Role.EDITOR)) - {"wagtailadmin.access_admin"}
    assert {name.rpartition("_")[2] for name in granted} == {"statusnotice", "noticetemplate"}
    assert "helpdesk_plugin.publish_statusnotice" in granted
