"""What the plugin may not take for granted of the site around it: names, languages, addresses, the frame."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import set_script_prefix
from django.utils.translation import override
from wagtail.models import Page, Site

from helpdesk_plugin import conf, languages, people
from helpdesk_plugin.notifications.texts import wording
from helpdesk_plugin.pages.models import HelpDeskPage
from helpdesk_plugin.portal.access import site_path


@pytest.fixture
def below_a_path():
    set_script_prefix("/portal/")
    yield
    set_script_prefix("/")


@pytest.fixture
def page(db):
    """The page of the help desk; what Wagtail remembers of the sites of a test is forgotten after it."""
    root = Site.objects.get(is_default_site=True).root_page
    yield root.add_child(instance=HelpDeskPage(title="Bantuan", slug="bantuan"))
    Site.clear_site_root_paths_cache()


class Account(AbstractBaseUser):
    """Known by its mail address alone."""

    USERNAME_FIELD = EMAIL_FIELD = "mail"
    mail = ""

    class Meta:
        app_label = "tests"
        managed = False


def test_accounts_without_names(monkeypatch):
    fields = [SimpleNamespace(name="mail"), SimpleNamespace(name="last_name")]
    monkeypatch.setattr(Account._meta, "get_fields", lambda: fields)
    monkeypatch.setattr(people, "get_user_model", lambda: Account)
    account = Account()
    account.mail = "sari@example.test"
    assert people.name_of(account) == people.mail_address(account) == "sari@example.test"
    assert people.name_fields() == ("last_name", "mail")
    assert people.joined_name(["", "sari@example.test"]) == "sari@example.test"
    assert people.joined_name([None, None]) == ""


def test_languages_without_a_catalogue(settings, db):
    settings.LANGUAGE_CODE = "de"
    english, indonesian = wording("requester.submit", "en"), wording("requester.submit", "id")
    assert wording("requester.submit", "de") == wording("requester.submit", "en-us") == english
    assert wording("requester.submit", "id-id") == indonesian
    assert languages.supported_language("en-us") == "en"
    with override("de"):
        assert languages.foreign_to_reader() == "id"
    with override("id"):
        assert languages.foreign_to_reader() == ""
    settings.HELPDESK_CONTENT_LANGUAGE = "de"
    with override("id"):
        assert languages.foreign_to_reader() == "de"


@pytest.mark.parametrize("base", ["https://a.example.test", "https://a.example.test/portal/"])
def test_addresses_below_a_path(settings, below_a_path, base):
    settings.HELPDESK_BASE_URL, settings.WAGTAILADMIN_BASE_URL = base, "https://cms.example.test"
    assert conf.public_address("/portal/lacak/") == "https://a.example.test/portal/lacak/"
    assert conf.admin_address("/portal/cms/") == "https://cms.example.test/portal/cms/"
    settings.WAGTAILADMIN_BASE_URL = ""
    assert conf.admin_address("/portal/cms/") == "https://a.example.test/portal/cms/"
    assert site_path() == "/portal/"


def test_entrance_leads_to_the_page_wherever_it_is(client, page):
    assert client.get("/help-desk/")["Location"] == "/bantuan/"
    page.slug = "help-desk"
    page.save_revision().publish()
    assert "Bantuan" in client.get("/help-desk/").content.decode()
    front = Page.objects.get(depth=1).add_child(instance=Page(title="Layanan", slug="layanan"))
    Site.objects.create(hostname="layanan.example.test", root_page=front)
    page.move(front, pos="last-child")
    assert client.get("/help-desk/")["Location"] == "http://layanan.example.test/help-desk/"


def test_entrance_without_a_page_leads_to_the_services(client, db):
    assert client.get("/help-desk/")["Location"] == "/help-desk/lapor/"
