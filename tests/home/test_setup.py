"""`ensure_site_pages` adds what is missing and never undoes what an editor did."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Site

from home.models import ContactPage, ContentPage, HomePage, NewsPage, SetupRecord
from home.setup import ensure_site_pages

pytestmark = pytest.mark.django_db

WELCOME = "Welcome to your new Wagtail site!"
TITLES = ["Profil", "Berita/Pengumuman", "Kontak"]


def front() -> Page:
    return Site.objects.get(is_default_site=True).root_page.specific


def menu_titles() -> list[str]:
    return list(Page.objects.child_of(front()).in_menu().order_by("path").values_list("title", flat=True))


def add_to_front(title: str, **fields) -> ContentPage:
    page = ContentPage(title=title, show_in_menus=True, **fields)
    front().add_child(instance=page)
    return page


def test_setup_on_a_fresh_database_replaces_the_welcome_page():
    ensure_site_pages()
    assert isinstance(front(), HomePage)
    assert not Page.objects.filter(title=WELCOME).exists()
    assert menu_titles() == TITLES
    assert Page.find_problems() == ([], [], [], [], [])
    # Editors are greeted with a name, not with "localhost".
    assert Site.objects.get(is_default_site=True).site_name
    # ... and send their pages to an approval with a name that they can read.
    assert front().get_workflow().name == "Persetujuan moderator"


def test_setup_publishes_every_page_with_a_description():
    ensure_site_pages()
    pages = Page.objects.descendant_of(front(), inclusive=True)
    assert pages.filter(live=True).count() == pages.count() == 9
    assert [page.title for page in pages.exclude(latest_revision=None).filter(first_published_at=None)] == []
    undescribed = pages.filter(search_description="").exclude(pk__in=NewsPage.objects.all())
    assert list(undescribed) == []


def test_setup_dates_the_news_from_today():
    ensure_site_pages()
    today = timezone.localdate()
    dates = list(NewsPage.objects.order_by("-date").values_list("date", flat=True))
    assert dates == [today, today - timedelta(days=6), today - timedelta(days=13)]


def test_setup_a_second_time_makes_nothing():
    ensure_site_pages()
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "latest_revision_id"))
    assert ensure_site_pages().made == []
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "latest_revision_id")) == before


def test_setup_keeps_what_an_editor_wrote():
    ensure_site_pages()
    profile = ContentPage.objects.get(slug="profil")
    profile.title = "Tentang kami"
    profile.slug = "tentang-kami"
    profile.save_revision().publish()
    ensure_site_pages()
    assert menu_titles() == ["Tentang kami", *TITLES[1:]]


def test_setup_does_not_bring_back_a_page_that_an_editor_deleted():
    ensure_site_pages()
    Page.objects.get(slug="berita").delete()
    assert ensure_site_pages().made == []
    assert menu_titles() == ["Profil", "Kontak"]


def test_setup_leaves_a_slug_to_the_page_that_has_it():
    welcome = front()
    welcome.add_child(instance=ContentPage(title="Profil lama", slug="profil"))
    outcome = ensure_site_pages()
    assert ContentPage.objects.filter(slug="profil").count() == 1
    assert ContentPage.objects.get(slug="profil").title == "Profil lama"
    assert "profil: a page with the address “profil” exists." in outcome.left


def test_setup_leaves_a_front_page_of_someone_else_alone():
    welcome = front()
    welcome.title = "Situs lama"
    welcome.save()
    outcome = ensure_site_pages()
    assert outcome.made == []
    assert front().title == "Situs lama"
    assert not HomePage.objects.exists()


def test_setup_leaves_a_welcome_page_that_was_edited_alone():
    front().save_revision()
    assert ensure_site_pages().made == []
    assert front().title == WELCOME


def test_setup_without_a_default_site_makes_nothing():
    Site.objects.all().delete()
    outcome = ensure_site_pages()
    assert outcome.made == []
    assert outcome.left == ["There is no default site, so nothing was made."]


def test_setup_takes_along_pages_that_were_made_before_it():
    page = add_to_front("Help Desk", slug="help-desk")
    ensure_site_pages()
    page.refresh_from_db()
    assert page.get_parent().specific == front()
    assert menu_titles() == ["Profil", "Berita/Pengumuman", "Help Desk", "Kontak"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_setup_keeps_the_rights_that_a_group_has_on_the_front_page():
    editors = Group.objects.create(name="Editor situs")
    right = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=editors, page=front(), permission=right)
    ensure_site_pages()
    assert list(editors.page_permissions.values_list("page_id", "permission__codename")) == [
        (front().pk, "change_page")
    ]


def test_setup_moves_a_page_with_a_submenu_before_the_contact_page_once(monkeypatch):
    ensure_site_pages()
    monkeypatch.setattr(ContentPage, "get_menu_links", lambda self: [("Lapor", "/lapor/")], raising=False)
    page = add_to_front("Help Desk", slug="help-desk")
    assert ensure_site_pages().made == ["Menu: Help Desk moved before Kontak"]
    assert menu_titles() == ["Profil", "Berita/Pengumuman", "Help Desk", "Kontak"]
    Page.objects.get(pk=page.pk).move(front(), pos="last-child")
    assert ensure_site_pages().made == []
    assert menu_titles() == ["Profil", "Berita/Pengumuman", "Kontak", "Help Desk"]


def test_setup_leaves_an_ordinary_page_behind_the_contact_page():
    ensure_site_pages()
    add_to_front("Publikasi", slug="publikasi")
    assert ensure_site_pages().made == []
    assert menu_titles() == [*TITLES, "Publikasi"]


def test_setup_without_the_contact_page_moves_nothing():
    ensure_site_pages()
    ContactPage.objects.get().delete()
    assert ensure_site_pages().made == []


def test_setup_skips_children_of_a_page_that_is_gone():
    ensure_site_pages()
    SetupRecord.objects.filter(key="standar-pelayanan").delete()
    ContentPage.objects.get(slug="profil").delete()
    outcome = ensure_site_pages()
    assert outcome.made == []
    assert "standar-pelayanan: the page it belongs to is gone." in outcome.left


def test_setup_that_fails_halfway_leaves_nothing(monkeypatch):
    monkeypatch.setattr("home.setup._put_submenus_before_contact", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ensure_site_pages()
    assert front().title == WELCOME
    assert SetupRecord.objects.count() == 0


def test_setup_command_dry_run_says_what_it_would_make_and_makes_nothing(client):
    out = StringIO()
    call_command("setup_site", dry_run=True, stdout=out)
    assert "Would make: Page: Kontak" in out.getvalue()
    assert front().title == WELCOME
    assert client.get("/kontak/").status_code == 404


def test_setup_command_says_what_it_made_and_then_that_nothing_is_left():
    first, second = StringIO(), StringIO()
    call_command("setup_site", stdout=first)
    call_command("setup_site", stdout=second)
    assert "Made: Page: Kontak" in first.getvalue()
    assert second.getvalue() == "Nothing to make: the site's pages are in place.\n"
