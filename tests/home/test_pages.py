"""Every page type, as a visitor gets it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage, NewsPage

pytestmark = pytest.mark.django_db

NEWS = "/berita/lima-pemeriksaan-sebelum-melaporkan-internet-mati/"
ADDRESSES = [
    "/",
    "/profil/",
    "/profil/struktur-organisasi/",
    "/berita/",
    NEWS,
    "/kontak/",
    "/search/?q=tiket",
]


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_in_indonesian_with_the_agency_in_title_and_footer(home, client, address):
    page = read(client, address)
    assert '<html lang="id">' in page
    assert re.search(r"<title>[^<]+ – Diskominfo</title>", page)
    footer = page[page.index("<footer") :]
    assert "Dinas Komunikasi dan Informatika" in footer
    assert "Jalan Contoh 1<br>Kasongan" in footer
    assert 'href="tel:05365550100"' in footer
    assert 'href="https://wa.me/6281200000000"' in footer
    assert 'href="mailto:dinas@example.go.id"' in footer


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_one_heading_a_skip_link_and_nothing_inline_or_foreign(home, client, address):
    page = read(client, address)
    assert page.count("<h1") == 1
    assert '<a class="site-skip" href="#main">' in page
    assert 'id="main"' in page
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) == []
    assert re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', page) == []
    assert len(page.encode()) < 20_000


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 11),
        ("/profil/", 12),
        ("/profil/struktur-organisasi/", 14),
        ("/berita/", 13),
        (NEWS, 12),
        ("/kontak/", 10),
        ("/search/?q=tiket", 10),
    ],
)
def test_page_costs_a_fixed_number_of_queries(index_at_once, home, count_queries, address, queries):
    assert count_queries(address) == queries


@pytest.mark.parametrize("address", ["/", "/berita/", "/search/?q=ringkasan"])
def test_page_costs_the_same_with_three_and_with_thirty_news(
    index_at_once, home, count_queries, add_news, address
):
    add_news(3, NewsPage.Kind.NEWS)
    few = count_queries(address)
    add_news(30, NewsPage.Kind.ANNOUNCEMENT)
    assert count_queries(address) == few


def test_home_page_shows_the_three_newest_news(home, client, add_news):
    add_news(4)
    page = read(client, "/")
    assert re.findall(r'<h3 class="site-news__title"><a href="[^"]+">([^<]+)</a>', page) == [
        "Kabar news 3",
        "Kabar news 2",
        "Kabar news 1",
    ]


def test_home_page_without_news_says_what_will_be_there(home, client):
    Page.objects.get(slug="berita").delete()
    assert "Belum ada berita. Berita dan pengumuman akan tampil di sini." in read(client, "/")


def test_home_page_leads_to_the_help_desk(home, client):
    page = read(client, "/")
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r'href="(/help-desk/[^"]+)"', main) == [
        "/help-desk/lapor/",
        "/help-desk/ajukan/",
        "/help-desk/lacak/",
        "/help-desk/katalog/",
        "/help-desk/sop/",
    ]


def test_highlight_links_to_its_page_only_while_that_is_published(home, client):
    target = ContentPage.objects.get(slug="standar-pelayanan")
    home.highlights = [
        ("highlight", {"icon": "network", "title": "Jaringan", "text": "Internet", "page": target}),
    ]
    home.save()
    linked = '<h3><a href="/profil/standar-pelayanan/">Jaringan</a></h3>'
    assert linked in read(client, "/")
    target.unpublish()
    assert "<h3>Jaringan</h3>" in read(client, "/")


def test_content_page_lists_its_section(home, client):
    page = read(client, "/profil/")
    section = page[page.index('<nav class="site-below"') :]
    assert re.findall(r'<a href="(/profil/[^"]+)"', section) == [
        "/profil/struktur-organisasi/",
        "/profil/standar-pelayanan/",
    ]


def test_breadcrumbs_lead_back_to_the_front_page(home, client):
    page = read(client, NEWS)
    crumbs = page[page.index('<nav class="site-breadcrumbs') : page.index("<main")]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', crumbs) == [
        ("/", "Beranda"),
        ("/berita/", "Berita/Pengumuman"),
    ]
    assert '<span aria-current="page">Lima pemeriksaan sebelum melaporkan internet mati</span>' in crumbs
    assert "site-breadcrumbs" not in read(client, "/")


def titles_of_news(page: str) -> list[str]:
    return re.findall(r'<h2 class="site-news__title"><a href="[^"]+">([^<]+)</a>', page)


def test_news_are_paged_newest_first(home, client, add_news):
    add_news(12)
    first, second = read(client, "/berita/"), read(client, "/berita/?page=2")
    assert len(titles_of_news(first)) == 10
    assert titles_of_news(first)[0] == "Kabar news 11"
    assert len(titles_of_news(second)) == 5
    assert "Halaman 2 dari 2" in second
    assert 'rel="prev" href="?page=1"' in second


def test_news_of_one_kind_keep_the_kind_while_paging(home, client, add_news):
    add_news(12, NewsPage.Kind.ANNOUNCEMENT)
    page = read(client, "/berita/?kind=announcement")
    assert set(re.findall(r'<span class="site-tag">([^<]+)</span>', page)) == {"Pengumuman"}
    assert 'rel="next" href="?kind=announcement&amp;page=2"' in page


SENSELESS = ("page=abc", "page=-1", "page=0", "page=" + "9" * 5000, "page=%00", "page=1&page=2", "kind=%00")


def test_news_with_a_senseless_question_shows_all_news(home, client):
    shown = {question: len(titles_of_news(read(client, f"/berita/?{question}"))) for question in SENSELESS}
    assert shown == dict.fromkeys(SENSELESS, 3)
    assert "<script>" not in read(client, "/berita/?kind='\"<script>")


def test_private_news_are_not_listed(home, client):
    PageViewRestriction.objects.create(page=Page.objects.get(slug="berita"), restriction_type="login")
    page = read(client, "/")
    main = page[page.index("<main") : page.index("</main>")]
    assert "Kode lacak membuka" not in main
    assert 'href="/berita/"' not in main


def test_every_body_block_is_drawn(home, client, pictures):
    image = Image.objects.create(
        title="Gedung", description="Gedung dinas", file=get_test_image_file(size=(900, 600))
    )
    document = Document.objects.create(title="Formulir", file=SimpleUploadedFile("formulir.pdf", b"x" * 2048))
    page = ContentPage(title="Semua", slug="semua")
    page.body = [
        ("text", "<h2>Judul</h2><p>Isi <b>tebal</b></p>"),
        ("facts", {"heading": "Fakta", "facts": [{"term": "Istilah", "text": "<p>Arti</p>"}]}),
        ("callout", {"tone": "warning", "text": "<p>Awas</p>"}),
        ("questions", {"heading": "", "questions": [{"question": "Kapan?", "answer": "<p>Kini</p>"}]}),
        ("downloads", {"heading": "Unduhan", "documents": [document]}),
    ]
    figure = page.body.stream_block.child_blocks["figure"]
    page.body.append(
        (
            "figure",
            figure.to_python({"image": {"image": image.pk, "alt_text": "Gedung dinas"}, "caption": "Depan"}),
        )
    )
    home.add_child(instance=page)
    drawn = read(client, "/semua/")
    assert "<h2>Judul</h2>" in drawn
    assert "<dt>Istilah</dt><dd><p>Arti</p></dd>" in drawn
    assert '<p class="site-callout__kind" lang="id">Perhatian</p>' in drawn
    assert "<summary>Kapan?</summary>" in drawn
    assert re.search(r'<a href="/documents/\d+/formulir[^"]*\.pdf">Formulir</a> <span>\(PDF', drawn)
    assert 'alt="Gedung dinas"' in drawn
    assert "srcset=" in drawn
    assert "<figcaption>Depan</figcaption>" in drawn


def test_news_image_is_drawn_with_its_description(home, client, pictures):
    item = NewsPage.objects.get(url_path__endswith=NEWS)
    item.image = Image.objects.create(
        title="Kabel", description="Kabel longgar", file=get_test_image_file(size=(900, 600))
    )
    item.save()
    assert 'alt="Kabel longgar"' in read(client, NEWS)


def test_agency_logo_replaces_the_placeholder(home, agency, client, pictures):
    assert "home/img/logo" in read(client, "/")
    agency.logo = Image.objects.create(title="Logo", file=get_test_image_file(size=(200, 200)))
    agency.save()
    page = read(client, "/")
    assert "home/img/logo" not in page
    assert page.count('class="site-brand__logo"') == 2


def test_page_of_an_agency_that_said_nothing_is_still_whole(home, agency, client):
    for name in (
        "government",
        "name",
        "short_name",
        "address",
        "phone",
        "whatsapp",
        "email",
        "opening_hours",
    ):
        setattr(agency, name, "")
    agency.save()
    page = read(client, "/kontak/")
    assert "<title>Kontak</title>" in page
    assert 'href=""' not in page


@pytest.mark.parametrize("slug", ["beranda", "profil", "berita", "kontak"])
def test_editor_can_open_every_page_type(home, admin_client, slug):
    page = Page.objects.get(slug=slug)
    assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
