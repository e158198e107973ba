"""The knowledge base as readers see it, and what editors learn of its use."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from helpdesk_plugin.pages.models import Helped, KnowledgeArticlePage, KnowledgeIndexPage
from helpdesk_plugin.portal.helped import COOKIE
from tests.factories import make_service
from tests.services.test_knowledge import publish


@pytest.fixture
def shelf(db):
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(
        instance=KnowledgeIndexPage(title="Basis pengetahuan", slug="pengetahuan", intro="Sudah dikenal")
    )


@pytest.fixture
def article(shelf):
    return publish(
        shelf, symptoms="<script>alert(1)</script>\nLampu merah", services=[make_service(name="WiFi")]
    )


def vote(client, article, said="ya", **more):
    return client.post(reverse("helpdesk:helped", args=[article.pk]), {"jawab": said, **more})


def test_article_is_read_by_everybody_as_plain_text(article, client):
    html = client.get(article.get_url()).content.decode()
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html
    assert all(part in html for part in ("Gejala", "Penyebab", "Solusi", "WiFi", "Apakah ini membantu?"))


def test_shelf_lists_what_is_published(article, shelf, client):
    shelf.add_child(
        instance=KnowledgeArticlePage(title="Draf rahasia", symptoms="x", solution="y", live=False)
    )
    html = client.get(shelf.get_url()).content.decode()
    assert article.title in html
    assert "Draf rahasia" not in html


def test_answer_is_counted_once_a_browser(article, client):
    assert "terima-kasih" in vote(client, article).url
    assert "terima-kasih" in vote(client, article, "tidak").url
    vote(Client(), article, "tidak")
    counted = Helped.objects.get(article=article)
    assert (counted.yes, counted.no) == (1, 1)


def test_cookie_names_the_article_and_nothing_else(article, client):
    cookie = vote(client, article).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/help-desk/")
    assert {*client.cookies} == {COOKIE}


@pytest.mark.parametrize("cookie", ["x", "[]:a:b", "\x00", "é" * 3000])
def test_mangled_cookie_counts_as_none(article, client, cookie):
    client.cookies[COOKIE] = cookie
    assert vote(client, article).status_code == 302
    assert Helped.objects.get(article=article).yes == 1


@pytest.mark.parametrize("said", ["", "mungkin", "\x00", "ya" * 9000])
def test_odd_answers_count_nothing(article, client, said):
    assert vote(client, article, said).url == article.get_url()
    assert not Helped.objects.exists()


def test_form_from_another_site_counts_nothing(article):
    assert vote(Client(enforce_csrf_checks=True), article).status_code == 403
    assert not Helped.objects.exists()


@pytest.mark.parametrize("pk", [0, 2**31, 10**30])
def test_unknown_articles_are_not_found(db, client, pk):
    assert client.post(reverse("helpdesk:helped", args=[pk]), {"jawab": "ya"}).status_code == 404


def test_drafts_are_not_found(shelf, client):
    draft = KnowledgeArticlePage(title="Draf", symptoms="x", solution="y", live=False)
    shelf.add_child(instance=draft)
    assert vote(client, draft).status_code == 404


def test_editors_see_how_often_it_helped(article, client, admin_user):
    vote(client, article)
    staff = Client()
    staff.force_login(admin_user)
    html = staff.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "1 dari 1 pembaca" in html


def test_publishing_again_keeps_the_answers(article, client):
    vote(client, article)
    article.save_revision().publish()
    assert article.helped.yes == 1
