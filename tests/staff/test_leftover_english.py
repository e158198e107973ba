"""No screen of the admin leaves English before an officer who reads Indonesian.

Every page that some role can reach is opened, by its links and its menu. What Wagtail says there and has no
Indonesian for must stand in our catalogue, and no word that only English has may stand there at all.
Words of one letter, names and numbers are not looked at.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import polib
import pytest
import wagtail
import wagtail_modeladmin
from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override, pgettext
from wagtail.models import Page
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.staff import wagtail_labels
from tests.factories import make_notice, make_user, ticket_at

#: Said the same in both languages, or by Wagtail in a place where nobody reads it.
SAME = {"Admin", "Administrator", "Email", "Status", "Status: ", "Status %(status)s", "Alias", "Tag"}
SAME |= {"URL", "port", "slug", "status", "tag"}
#: Officers who see most first, so that the others only open what is left.
READERS = (
    *(Role.MANAGER, Role.EDITOR, Role.COMPUTER_OFFICER, Role.TECHNICAL_SUPPORT),
    *(Role.HEAD_OF_AGENCY, Role.DIVISION_HEAD, Role.AUDITOR),
)
MOST_PAGES = 400

#: Words that no Indonesian text has. What Wagtail writes without its catalogue is found by these.
ENGLISH = re.compile(
    r"\b(the|and|of|by|with|your|this|are|not|actions?|add|cancel|change|choose|close|confirm|date|delete|edit|"
    r"exploring|name|new|pages?|password|requested|save|search|select(?:ed)?|settings|sort|submit|tasks?|"
    r"upload|users?|view|workflows?)\b",
    re.IGNORECASE,
)
#: Where English is what the page is about: letters in two languages, ready answers in English, names as data.
ABOUT_ENGLISH = re.compile(r"/helpdesk/(message-texts|canned-replies|changes)/")
#: Said by Wagtail without its catalogue, where only copying a whole template would help: the button of the
#: search on the dashboard and above registers, which is not shown but read out.
HARD_CODED = {"Search"}
#: Windows that scripts open over a page, whose words come as JSON.
WINDOWS = (
    *("/admin/choose-page/", "/admin/choose-external-link/", "/admin/choose-email-link/"),
    *("/admin/choose-phone-link/", "/admin/choose-anchor-link/"),
    *("/admin/images/chooser/", "/admin/documents/chooser/"),
)
SPOKEN = ("title", "aria-label", "placeholder", "alt")


def untranslated() -> dict[str, str]:
    """What Wagtail may say in English where Indonesian is spoken: each piece of text → its whole message."""
    found = {}
    for package in (wagtail, wagtail_modeladmin):
        for catalogue in Path(package.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po"):
            for entry in polib.pofile(str(catalogue)):
                for said in filter(None, (entry.msgid, entry.msgid_plural)):
                    if said not in SAME and translated(entry.msgctxt, said) == said:
                        found.update(dict.fromkeys(pieces(said), said))
    return found


def translated(context: str | None, said: str) -> str:
    return pgettext(context, said) if context else gettext(said)


def pieces(said: str) -> Iterator[str]:
    """The parts of a message that stand on the page as they are, between markup and values.

    Names of models and fields are written small, and shown with a capital at the head of a form or a list.
    """
    for piece in re.split(r"<[^>]*>|%\(\w+\)[sd]|%[sd]", said):
        words = squeezed(piece)
        if len(words.strip(" .,:;()'\"“”?")) > 2:
            yield words
            yield words[0].upper() + words[1:]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def walk(client: Client, visited: set[str]) -> Iterator[tuple[str, BeautifulSoup]]:
    """Every page that links and menus lead to, one of each shape; ``visited`` are the shapes seen before."""
    ahead = ["/admin/", "/admin/account/", *WINDOWS]
    while ahead and len(visited) < MOST_PAGES:
        address = ahead.pop(0)
        shape = re.sub(r"\d+", "#", urlsplit(address).path)
        if shape in visited and address != "/admin/":
            continue
        visited.add(shape)
        answer = client.get(address)
        kind = answer["Content-Type"] if answer.status_code == 200 and not answer.streaming else ""
        if "html" in kind:
            page = answer.content.decode()
        elif address in WINDOWS:
            page = answer.json()["html"]
        else:
            continue
        menu = re.findall(r'"url": "(/admin/[^"]*)"', page)
        soup = BeautifulSoup(page, "html.parser")
        linked = [urljoin(address, link["href"]) for link in soup.select("a[href]")]
        ahead += [one for one in menu + linked if one.startswith("/admin/") and "logout" not in one]
        yield address, soup


def spoken(soup: BeautifulSoup) -> Iterator[str]:
    for silent in soup(["script", "style", "code", "noscript", "kbd"]):
        silent.extract()
    shown = (text for text in soup.find_all(string=True) if not isinstance(text, PreformattedString))
    yield from map(squeezed, shown)
    for tag in soup.find_all(True):
        yield from (squeezed(tag[name]) for name in SPOKEN if isinstance(tag.get(name), str))
    yield from (squeezed(button["value"]) for button in soup.select("input[type=submit][value]"))


def is_english(said: str) -> bool:
    """Whether a text has a word of English; the dotted name of a model is code and no word."""
    return bool(ENGLISH.search(said)) and said not in HARD_CODED and not re.fullmatch(r"\w+\.\w+", said)


@pytest.mark.django_db
def test_every_page_that_a_role_can_reach_speaks_indonesian(staff):
    call_command("setup_helpdesk", verbosity=0)
    for status in (TicketStatus.SUBMITTED, TicketStatus.DIAGNOSING, TicketStatus.CLOSED):
        ticket_at(status, staff=staff)
    make_notice()
    Page.objects.filter(depth=2).update(title="Beranda", draft_title="Beranda")
    with override("id"):
        english = untranslated()
    left, visited = {}, set()

    def read(address: str, soup: BeautifulSoup) -> None:
        for one in spoken(soup):
            if one in english:
                left[english[one]] = address
            elif is_english(one) and not ABOUT_ENGLISH.search(address):
                left[one] = address

    for entrance in (reverse("wagtailadmin_login"), reverse("wagtailadmin_password_reset")):
        read(entrance, BeautifulSoup(Client().get(entrance).content, "html.parser"))
    for reader in READERS:
        user = make_user(reader)
        UserProfile.objects.create(user=user, preferred_language="id")
        client = Client()
        client.force_login(user)
        for address, soup in walk(client, visited):
            read(address, soup)
    assert len(visited) > 100
    assert left == {}


@pytest.mark.django_db
def test_the_scripts_of_wagtail_speak_the_language_of_the_reader(client):
    """In the order of the page: our catalogue, then Wagtail's, whose words win."""
    reader = make_user(Role.TECHNICAL_SUPPORT)
    profile = UserProfile.objects.create(user=reader, preferred_language="id")
    client.force_login(reader)
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    sources = [script["src"] for script in page.select("script[src]")]
    ours, wagtails = reverse("helpdesk_script_words"), reverse("wagtailadmin_javascript_catalog")
    assert sources.index(ours) < sources.index(wagtails) < position_of("sidebar.js", sources)

    said = catalogue_at(client, ours) | catalogue_at(client, wagtails)
    english = polib.pofile(str(Path(wagtail.__file__).parent / "admin/locale/en/LC_MESSAGES/djangojs.po"))
    assert [entry.msgid for entry in english if entry.msgid not in said] == []
    assert said["Collapse all"] == "Lipat semua"
    assert said["%(num)s error"] == ["%(num)s kesalahan"]

    profile.preferred_language = "en"
    profile.save()
    assert catalogue_at(client, ours) == {}
    client.logout()
    assert ours not in client.get(reverse("wagtailadmin_login")).content.decode()


def position_of(name: str, sources: list[str]) -> int:
    return next(index for index, source in enumerate(sources) if name in source)


def catalogue_at(client: Client, address: str) -> dict[str, str | list[str]]:
    """The words that a catalogue for scripts gives to them."""
    found = re.search(r"const newcatalog = (\{.*?\});?\n", client.get(address).content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else {}


@pytest.mark.skipif(wagtail.VERSION < (8,), reason="the words are those of the newest Wagtail")
def test_what_wagtail_answers_to_forms_is_indonesian():
    """Whole sentences that its forms and views say, without sending every form: see `answering_words`."""
    answers = [
        entry
        for part in ("admin", "documents", "images", "snippets", "users")
        for entry in polib.pofile(
            str(Path(wagtail.__file__).parent / part / "locale/en/LC_MESSAGES/django.po")
        )
        if entry.msgid.endswith(".") and not entry.msgid_plural
        if any(re.match(r"(forms|views|fields)\b", source) for source, _line in entry.occurrences)
    ]
    assert len(answers) > 50
    with override("id"):
        left = [one.msgid for one in answers if translated(one.msgctxt, one.msgid) == one.msgid]
    assert left == []


def test_fields_that_wagtail_gives_no_label_have_an_indonesian_one():
    for form, labels in wagtail_labels.LABELS.items():
        fields = form.base_fields
        assert [name for name in labels if fields[name].label is not labels[name]] == []
        with override("en"):
            said = [str(label) for label in labels.values()]
        with override("id"):
            assert [one for one in said if gettext(one) == one] == []


@pytest.mark.django_db
def test_who_signs_in_reads_the_name_of_the_site(client, settings):
    settings.WAGTAIL_SITE_NAME = "Bantuan TIK"
    page = BeautifulSoup(client.get(reverse("wagtailadmin_login")).content, "html.parser")
    assert squeezed(page.h1.text) == "Masuk ke Bantuan TIK"


def test_the_names_of_our_permissions_are_indonesian_in_the_editor_of_groups():
    models = apps.get_app_config("helpdesk_plugin").get_models()
    names = [name for model in models for _codename, name in model._meta.permissions]
    with override("id"):
        assert [name for name in names if gettext(name) == name] == []
