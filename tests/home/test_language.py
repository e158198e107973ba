"""The switch between Indonesian and English works without JavaScript and returns to the same page."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

CATALOGUE = "locale/id/LC_MESSAGES/django.po"


def switch(client: Client, address: str, language: str):
    """Press the switch as a browser does: with the hidden fields of the page."""
    page = client.get(address).content.decode()
    form = page[page.index('<form class="site-language"') :]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    fields["next"] = fields["next"].replace("&amp;", "&")
    return client.post(re.search(r'action="([^"]+)"', form).group(1), fields | {"language": language})


@pytest.mark.parametrize("address", ["/", "/kontak/", "/search/?q=tiket&page=1"])
def test_switch_returns_to_the_same_page_in_the_other_language(home, address):
    client = Client(enforce_csrf_checks=True)
    response = switch(client, address, "en")
    assert (response.status_code, response["Location"]) == (302, address)
    assert '<html lang="en">' in client.get(address).content.decode()
    switch(client, address, "id")
    assert '<html lang="id">' in client.get(address).content.decode()


def test_english_page_says_that_its_text_is_indonesian(home, client):
    client.cookies["django_language"] = "en"
    page = client.get("/profil/").content.decode()
    assert '<article class="site-prose" lang="id">' in page
    assert "In this section" in page


def test_indonesian_page_marks_no_language_twice(home, client):
    page = client.get("/profil/").content.decode()
    assert '<article class="site-prose">' in page


def test_browser_language_does_not_decide(home, client):
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="id">' in page


def test_the_site_and_the_plugin_translate_a_text_alike():
    """A site's words win over an app's: another translation here would change the plugin's screens too."""
    site, plugin = (
        {
            (entry.msgctxt, entry.msgid): entry.msgstr
            for entry in polib.pofile(str(Path(settings.BASE_DIR, path)))
        }
        for path in (CATALOGUE, f"helpdesk_plugin/{CATALOGUE}")
    )
    shared = site.keys() & plugin.keys()
    assert {text: site[text] for text in shared if site[text] != plugin[text]} == {}
    assert (None, "Continue") in shared
