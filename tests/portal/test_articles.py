"""Articles that may help at once stand on the page on which a report is checked."""

import pytest
from django.urls import reverse

from helpdesk_plugin.models import Service
from tests.services.test_knowledge import publish
from tests.services.test_knowledge import shelf as _shelf

shelf = _shelf


@pytest.fixture
def staff(desk):
    return None


def check(client, typed):
    return client.post(reverse("helpdesk:report"), {**typed, "aksi": "periksa"}).content.decode()


def test_articles_open_beside_what_was_typed(client, typed, shelf, service):
    article = publish(shelf, symptoms="Internet kantor mati, lampu modem merah", services=[service])
    publish(shelf, title="Printer macet", symptoms="Kertas tersangkut", cause="Rol aus")
    html = check(client, typed)
    assert f'href="{article.get_url()}" target="_blank"' in html
    assert "Printer macet" not in html
    assert 'name="description" value="Lampu modem merah.' in html
    assert "Lampu modem" not in article.get_url()


def test_without_articles_the_page_says_nothing_of_them(client, typed, shelf):
    assert "hd-articles" not in check(client, typed)


def test_matters_of_security_suggest_nothing(client, typed, shelf, service):
    publish(shelf, symptoms="Internet kantor mati, lampu modem merah", services=[service])
    Service.objects.filter(pk=service.pk).update(is_security=True)
    assert "hd-articles" not in check(client, typed)
