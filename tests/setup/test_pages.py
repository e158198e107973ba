"""The help desk's page and who may word it."""

import pytest
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import RoleGroup
from helpdesk_plugin.pages.models import HelpDeskPage
from helpdesk_plugin.setup.runner import run


def rights_on_pages(role):
    found = GroupPagePermission.objects.filter(group__helpdesk_role__role=role.value)
    return set(found.values_list("permission__codename", "page_id"))


def test_page_is_made_below_the_front_page_and_in_menus(set_up):
    page = HelpDeskPage.objects.get()
    assert page.get_parent().pk == Site.objects.get(is_default_site=True).root_page_id
    assert (page.slug, page.live, page.show_in_menus) == ("help-desk", True, True)
    assert page.intro != ""


def test_page_deleted_by_an_editor_does_not_come_back(set_up):
    HelpDeskPage.objects.get().delete()
    assert set_up() == []
    assert HelpDeskPage.objects.count() == 0


def test_page_that_exists_elsewhere_is_enough(db, in_2026):
    root = Site.objects.get(is_default_site=True).root_page
    below = root.add_child(instance=Page(title="Layanan", slug="layanan"))
    below.add_child(instance=HelpDeskPage(title="Bantuan", slug="bantuan"))
    run()
    assert HelpDeskPage.objects.get().slug == "bantuan"


def test_address_that_is_taken_is_left_to_whoever_took_it(db, in_2026):
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=Page(title="Pusat bantuan", slug="help-desk"))
    run()
    assert HelpDeskPage.objects.count() == 0


def test_site_without_the_opt_in_pages_gets_none(db, in_2026, monkeypatch):
    monkeypatch.setattr("helpdesk_plugin.setup.pages.apps.is_installed", lambda name: False)
    run()
    assert HelpDeskPage.objects.count() == 0
    assert rights_on_pages(Role.MANAGER) == set()


def test_site_without_a_default_site_is_set_up_but_for_pages(db, in_2026):
    Site.objects.all().delete()
    run()
    assert HelpDeskPage.objects.count() == 0
    assert RoleGroup.objects.count() == 7


def test_editors_may_write_and_publish_on_the_whole_site(set_up):
    root = Site.objects.get(is_default_site=True).root_page_id
    assert rights_on_pages(Role.EDITOR) == {
        ("add_page", root),
        ("change_page", root),
        ("publish_page", root),
    }
    on_files = GroupCollectionPermission.objects.filter(group__helpdesk_role__role=Role.EDITOR.value)
    assert set(on_files.values_list("permission__codename", flat=True)) == {
        "add_image",
        "choose_image",
        "add_document",
        "choose_document",
    }


def test_managers_may_word_the_help_desk_page_only(set_up):
    page = HelpDeskPage.objects.get().pk
    assert rights_on_pages(Role.MANAGER) == {
        ("add_page", page),
        ("change_page", page),
        ("publish_page", page),
    }


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER])
def test_right_taken_away_is_not_granted_again(set_up, role):
    GroupPagePermission.objects.filter(group__helpdesk_role__role=role.value).delete()
    assert set_up() == []
    assert rights_on_pages(role) == set()


def test_new_front_page_gives_editors_their_rights_there(set_up):
    site = Site.objects.get(is_default_site=True)
    other = Page.get_first_root_node().add_child(instance=Page(title="Depan", slug="depan"))
    site.root_page = other
    site.save()
    set_up()
    assert {page for _name, page in rights_on_pages(Role.EDITOR)} >= {other.pk}


def test_editor_can_open_the_page_editor(set_up, django_user_model):
    user = django_user_model.objects.create_user("penyunting", password="sandi-uji")
    user.groups.add(RoleGroup.objects.get(role=Role.EDITOR.value).group)
    client = Client()
    client.force_login(user)
    page = HelpDeskPage.objects.get()
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
