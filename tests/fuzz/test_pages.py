"""Every form and every address, public and of the admin: hostile input is answered, never with a failure."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import HelpDeskSettings
from tests.factories import PDF, Staff, make_agency_data, make_notice, make_ticket, picture
from tests.fuzz import encoded, fuzzed, mutated, texts
from tests.portal.everywhere import addresses_of
from tests.staff.address_decisions import DECISIONS
from tests.staff.admin_addresses import Rows, address_of
from tests.surveys import open_one

pytestmark = pytest.mark.django_db

#: Names that our pages read from addresses, in whatever combination.
ASKED = (
    "age",
    "all",
    "bahasa",
    "by",
    "cari",
    "cause",
    "figure",
    "internal",
    "kind",
    "layanan",
    "nomor",
    "of",
    "p",
    "page",
    "pengumuman",
    "q",
    "record",
    "terkirim",
    "tick",
    "ticket",
    "value",
    "work",
    "period",
    "first",
    "last",
    "export",
    "ordering",
    "status",
    "opd",
    "service",
    "priority",
    "id",
    "next",
    "tautan",
    "kode",
)
FILES = mutated([PDF, picture("JPEG", (24, 16)), picture("PNG", (24, 16)), b"nama;kode\nDinas;1\n"])
#: Ends the session, which the next example needs.
LEFT_OUT = ("logout", "/keluar/")


@dataclass(frozen=True)
class Form:
    """A form as a page offers it: where to, how, and what stands in its fields."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]


def forms_on(address, html):
    for form in BeautifulSoup(html, "html.parser").find_all("form"):
        fields, files, buttons = [], [], []
        for one in form.find_all(["input", "select", "textarea", "button"]):
            name, kind = one.get("name"), one.get("type", "")
            if not name or name == "csrfmiddlewaretoken":
                continue
            if one.name == "button" or kind == "submit":
                buttons.append((name, one.get("value", "")))
            elif kind == "file":
                files.append(name)
            elif one.name == "select":
                fields += [(name, option.get("value", "")) for option in one.find_all("option")[:2]][-1:]
            else:
                fields.append((name, one.text if one.name == "textarea" else one.get("value", "")))
        action = urlsplit(urljoin(f"http://testserver{address}", form.get("action") or address))
        if action.netloc == "testserver" and not any(part in action.path for part in LEFT_OUT):
            where = action.path + (f"?{action.query}" if action.query else "")
            method = form.get("method", "get").lower()
            yield Form(where, method, tuple(fields), tuple(files), tuple(buttons))


def changed(draw, fields):
    """The fields as they were, but for some that are hostile, missing, doubled or nobody's."""
    sent = []
    for name, value in fields:
        how = draw(st.sampled_from("kkkkhhhdx"))
        if how in "kd":
            sent.append((name, value))
        if how in "hd":
            sent.append((name, draw(texts())))
    if draw(st.booleans()):
        sent.append((draw(st.one_of(st.sampled_from(ASKED), texts())), draw(texts())))
    return sent


def send(client, draw, form):
    fields = changed(draw, form.fields)
    if form.buttons:
        fields.append(draw(st.sampled_from(form.buttons)))
    if form.method == "get":
        return client.get(f"{form.action.partition('?')[0]}?{encoded(fields)}")
    if form.files and draw(st.booleans()):
        data = {name: value.encode("utf-8", "replace").decode() for name, value in fields}
        for name in form.files:
            ending = draw(st.sampled_from([".pdf", ".jpg", ".png", ".csv", ".xlsx", ""]))
            data[name] = SimpleUploadedFile(f"berkas{ending}", draw(FILES))
        return client.post(form.action, data)
    body = encoded(fields)
    return client.post(form.action, body, content_type="application/x-www-form-urlencoded")


def the_same(client):
    """A browser that knows what this one knew before any example; a press may end a visit."""
    other = Client()
    other.cookies.load(client.cookies.output(header="", sep=";"))
    return other


def ask(client, draw, address):
    """One page with strange questions in its address, then one of its forms with strange answers."""
    query = encoded([(draw(st.sampled_from(ASKED)), draw(texts())) for _ in range(draw(st.integers(0, 3)))])
    page = client.get(f"{address}{'&' if '?' in address else '?'}{query}" if query else address)
    answered(page, address)
    if page.streaming or not page.headers.get("Content-Type", "").startswith("text/html"):
        return
    forms = list(forms_on(address, page.content.decode()))
    if forms:
        form = draw(st.sampled_from(forms))
        answered(send(client, draw, form), form.action)


def answered(response, address):
    assert response.status_code < 500, address
    if response.status_code >= 400 and not response.streaming:
        assert response.content.strip() or response.status_code == 405, f"{address}: nothing said"
    for close in response._resource_closers:
        close()


@pytest.fixture
def world(settings):
    """The desk with one of everything; each example leaves it as it was."""
    settings.HELPDESK_BASE_TEMPLATE = "helpdesk_plugin/base.html"
    HelpDeskSettings.load()


@pytest.fixture
def public(world):
    make_agency_data()
    open_one(Staff()[Role.MANAGER], open_link=True)
    ticket = make_ticket()
    make_notice(services=[ticket.service])
    client = Client()
    client.get(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
    return client, [address for _name, address in addresses_of(ticket, token=ticket.access.link_token)]


@fuzzed(few=12)
@given(data=st.data())
def test_public_side_answers_everything(public, data):
    client, addresses = public
    cache.clear()  # so that limits do not answer in the place of what is behind them
    with transaction.atomic():
        ask(the_same(client), data.draw, data.draw(st.sampled_from(addresses)))
        transaction.set_rollback(True)


@pytest.fixture
def admin(world):
    make_agency_data()
    rows = Rows(Staff())
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("akar", "akar@example.test", "x"))
    addresses = {address_of(family, page, rows) for family, pages in DECISIONS.items() for page in pages}
    return client, sorted(addresses)


@fuzzed(few=6)
@given(data=st.data())
def test_admin_answers_everything(admin, data):
    client, addresses = admin
    with transaction.atomic():
        ask(the_same(client), data.draw, data.draw(st.sampled_from(addresses)))
        transaction.set_rollback(True)
