"""No page of the site asks another host for anything: no font, no picture of an officer, no call home.

The window itself watches (see `conftest.watch`); here every kind of page is opened once.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from helpdesk_plugin.models import Service
from tests.factories import make_ticket

HELP_DESK = ["report", "request", "track", "catalogue", "sop", "privacy"]
ADMIN = ["", "pages/", "images/", "documents/", "users/", "groups/", "reports/site-history/", "account/"]


def test_public_pages_load_from_this_site_only(desktop: Page) -> None:
    desktop.goto("/")
    menu = desktop.locator("header a[href^='/']").evaluate_all("links => links.map(link => link.pathname)")
    assert len(menu) >= 5
    for path in dict.fromkeys(
        [*menu, *(reverse(f"helpdesk:{name}") for name in HELP_DESK), "/search/?query=surat"]
    ):
        response = desktop.goto(path)
        assert (path, response.status) == (path, 200)
        desktop.wait_for_load_state("networkidle")


def test_standard_and_receipt_load_from_this_site_only(desktop: Page) -> None:
    ticket = make_ticket(service=Service.objects.get(code="INF-NET"))
    link = reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token])
    receipt = reverse("helpdesk:receipt", args=[ticket.number])
    for path in (reverse("helpdesk:standard", args=["INF-NET"]), link, receipt):
        assert desktop.goto(path).status == 200
        desktop.wait_for_load_state("networkidle")
    assert desktop.locator(".hd-qr__code path").count() == 1


def test_page_not_found_loads_from_this_site_only(desktop: Page) -> None:
    assert desktop.goto("/tidak-ada/").status == 404


def test_admin_pages_load_from_this_site_only(open_window: Callable[..., Page], admin_user: Any) -> None:
    window = open_window(user=admin_user)
    for name in ADMIN:
        path = reverse("wagtailadmin_home") + name
        response = window.goto(path)
        assert (path, response.status) == (path, 200)
        window.wait_for_load_state("networkidle")


def test_window_notices_a_request_to_another_host(desktop: Page, troubles: list[str]) -> None:
    with pytest.raises(Error):
        desktop.goto("http://fonts.example.test/")
    assert troubles == ["asked another host: http://fonts.example.test/"]
    troubles.clear()


def test_page_is_not_allowed_to_ask_another_host(desktop: Page, troubles: list[str]) -> None:
    desktop.goto("/")
    with pytest.raises(Error, match="Failed to fetch"):
        desktop.evaluate("fetch('http://fonts.example.test/font.woff2')")
    assert troubles
    assert all(trouble.startswith("refused by the content policy") for trouble in troubles)
    troubles.clear()
