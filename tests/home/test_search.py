"""Search finds public pages and survives whatever is typed."""

import re
from urllib.parse import quote

import pytest
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage
from home.views import LONGEST_QUERY, clean_query, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_at_once")]


def found(client, query: str) -> list[str]:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return re.findall(r'<h2 class="site-news__title"><a href="([^"]+)">', response.content.decode())


def test_search_finds_pages_by_title_and_text(home, client):
    assert found(client, "struktur organisasi") == ["/profil/struktur-organisasi/"]
    assert found(client, "longgar") == ["/berita/lima-pemeriksaan-sebelum-melaporkan-internet-mati/"]


def test_search_does_not_find_drafts_or_private_pages(home, client):
    home.add_child(instance=ContentPage(title="Zamrud terbuka"))
    home.add_child(instance=ContentPage(title="Zamrud draf", live=False))
    private = home.add_child(instance=ContentPage(title="Zamrud pribadi"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert found(client, "zamrud") == ["/zamrud-terbuka/"]


def test_search_does_not_leave_the_site(home, client):
    Page.get_first_root_node().add_child(instance=ContentPage(title="Zamrud di luar"))
    assert found(client, "zamrud") == []


def test_search_says_how_many_and_keeps_the_words(home, client):
    page = client.get("/search/", {"q": "struktur organisasi"}).content.decode()
    assert "1 halaman ditemukan untuk “struktur organisasi”" in page
    assert 'value="struktur organisasi"' in page


def test_search_without_words_asks_for_them(home, client):
    page = client.get("/search/").content.decode()
    assert "halaman ditemukan" not in page
    assert '<label for="query">Kata yang dicari</label>' in page


def test_search_pages_its_results(home, client):
    for number in range(12):
        home.add_child(instance=ContentPage(title=f"Zamrud {number}"))
    page = client.get("/search/", {"q": "zamrud", "page": "2"}).content.decode()
    assert "12 halaman ditemukan" in page
    assert "Halaman 2 dari 2" in page
    assert 'href="?q=zamrud&amp;page=1"' in page


HOSTILE = (
    "%00",
    "tiket%00kode",
    "%FF%FE",
    "%ED%A0%80",
    quote("tiket " * 5000),
    quote("'; DROP TABLE home_homepage; --"),
    quote('"'),
    quote('" OR * NEAR( AND NOT title:x ^ - + ~ |&!<->:*'),
    quote("<script>alert(1)</script>"),
    quote("٣ 漢字 🙂 \u202e"),
    quote("\\"),
    "%25",
)
SENSELESS = ("abc", "-1", "0", "9" * 5000, "%00", "")


def test_search_answers_hostile_questions(home, client):
    answers = {query: client.get(f"/search/?q={query}") for query in HOSTILE}
    assert {query: answer.status_code for query, answer in answers.items()} == dict.fromkeys(HOSTILE, 200)
    assert [query for query, answer in answers.items() if b"<script>alert" in answer.content] == []


def test_search_with_a_senseless_page_number_shows_a_page_that_exists(home, client):
    shown = {
        number: client.get(f"/search/?q=tiket&page={number}").context["results"].number
        for number in SENSELESS
    }
    assert shown == dict.fromkeys(SENSELESS, 1)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_search_refuses_other_methods(home, client, method):
    assert getattr(client, method)("/search/").status_code == 405


def test_clean_query_makes_words_of_anything():
    assert clean_query("  jam\x00layanan \n kantor\ud800 ") == "jam layanan kantor"
    assert clean_query("x" * 10_000) == "x" * LONGEST_QUERY
    assert clean_query("\x00\x00") == ""


def test_words_of_a_question_carry_no_syntax():
    assert words_of('"SP4N-LAPOR!" AND (title:x)* 漢字 _ %') == "SP4N LAPOR AND title x 漢字"
    assert words_of('"*"') == ""


def test_search_for_punctuation_alone_finds_nothing(home, client):
    assert found(client, '"*" --') == []
