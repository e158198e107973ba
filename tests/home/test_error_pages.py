"""What a visitor reads when something is wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error

from home.templatetags import site_tags


def test_missing_page_answers_404_with_menu_and_ways_on(home, client):
    response = client.get("/tidak-ada/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Halaman tidak ditemukan</h1>" in page
    assert 'href="/profil/"' in page
    assert 'href="/help-desk/lacak/"' in page


def test_forbidden_page_says_so(home):
    response = permission_denied(RequestFactory().get("/rahasia/"), PermissionDenied())
    assert response.status_code == 403
    assert "Anda tidak berwenang membuka halaman ini." in response.content.decode()


def test_form_without_its_token_says_that_nothing_was_saved(home):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "siapa"})
    assert response.status_code == 403
    assert "<h1>Formulir tidak dapat dikirim</h1>" in response.content.decode()


@pytest.mark.django_db
def test_server_error_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1>Terjadi kesalahan</h1>" in response.content.decode()
    assert "home/css/site" in response.content.decode()


def test_server_error_page_survives_missing_static_files(monkeypatch):
    def no_manifest(path):
        raise ValueError(path)

    monkeypatch.setattr(site_tags, "static", no_manifest)
    page = server_error(RequestFactory().get("/")).content.decode()
    assert "<h1>Terjadi kesalahan</h1>" in page
    assert "<link" not in page
