"""The menu is the page tree, in one query."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from home.menus import main_menu, trail
from home.models import ContentPage, NewsPage

pytestmark = pytest.mark.django_db


def request_for(path: str):
    return RequestFactory().get(path)


def add_child(parent: Page, title: str, **fields) -> ContentPage:
    page = ContentPage(title=title, **{"show_in_menus": True} | fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def labels(path: str = "/") -> list[str]:
    return [entry.label for entry in main_menu(request_for(path))]


def test_menu_follows_the_order_of_the_tree(home):
    assert labels() == ["Beranda", "Profil", "Berita/Pengumuman", "Kontak"]
    Page.objects.get(slug="kontak").move(Page.objects.get(slug="profil"), pos="left")
    assert labels() == ["Beranda", "Kontak", "Profil", "Berita/Pengumuman"]


def test_menu_leaves_out_unpublished_and_unticked_pages(home):
    add_child(home, "Draf", live=False)
    add_child(home, "Tersembunyi", show_in_menus=False)
    assert labels() == ["Beranda", "Profil", "Berita/Pengumuman", "Kontak"]


@pytest.mark.parametrize("how_many", [0, 30])
def test_menu_costs_one_query_however_long_it_is(home, how_many, django_assert_num_queries):
    for number in range(how_many):
        add_child(home, f"Halaman {number}")
    main_menu(request_for("/"))
    request = request_for("/")
    Site.find_for_request(request)
    with django_assert_num_queries(1):
        assert len(main_menu(request)) == 4 + how_many
    with django_assert_num_queries(0):
        main_menu(request)


def test_menu_without_a_site_is_empty(db):
    Site.objects.all().delete()
    assert main_menu(request_for("/")) == []


@pytest.mark.parametrize(
    ("path", "current", "section"),
    [
        ("/", ["Beranda"], []),
        ("/profil/", ["Profil"], ["Profil"]),
        ("/profil/struktur-organisasi/", [], ["Profil"]),
        ("/search/", [], []),
    ],
)
def test_menu_marks_the_page_and_the_section_from_the_path(home, path, current, section):
    menu = main_menu(request_for(path))
    assert [entry.label for entry in menu if entry.is_current] == current
    assert [entry.label for entry in menu if entry.is_section] == section


def test_menu_links_of_a_page_type_become_its_submenu(home, monkeypatch, django_assert_num_queries):
    links = [("Laporkan gangguan", "/layanan/lapor/"), ("Lacak tiket", "/layanan/lacak/")]
    monkeypatch.setattr(ContentPage, "get_menu_links", lambda self: links, raising=False)
    main_menu(request_for("/"))
    request = request_for("/layanan/lacak/")
    Site.find_for_request(request)
    with django_assert_num_queries(1):
        profile = main_menu(request)[1]
    assert [(link.label, link.url, link.is_current) for link in profile.links] == [
        ("Laporkan gangguan", "/layanan/lapor/", False),
        ("Lacak tiket", "/layanan/lacak/", True),
    ]
    assert profile.is_section
    assert not profile.is_current


def test_submenu_is_reachable_without_javascript(home, client, monkeypatch):
    links = [("Laporkan gangguan", "/layanan/lapor/")]
    monkeypatch.setattr(ContentPage, "get_menu_links", lambda self: links, raising=False)
    page = client.get("/").content.decode()
    submenu = page[page.index('<details class="site-sub"') : page.index("</nav>")]
    assert '<a href="/profil/">Tentang Profil</a>' in submenu
    assert '<a href="/layanan/lapor/">Laporkan gangguan</a>' in submenu


def test_trail_leads_from_the_front_page_to_the_page(home):
    item = NewsPage.objects.order_by("-date").first()
    links = trail(request_for(item.url), item)
    assert [(link.label, link.url) for link in links] == [
        ("Beranda", "/"),
        ("Berita/Pengumuman", "/berita/"),
        (item.title, item.url),
    ]
    assert [link.is_current for link in links] == [False, False, True]


def test_trail_of_the_front_page_is_empty(home):
    assert trail(request_for("/"), home) == []
