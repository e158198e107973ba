"""The browser: Chromium without a network, people with a window each, and a site that answers them.

A journey fails not only where it asserts: also when a page asks another host for anything, when a script
throws, when the browser refuses something by the content policy, or when the server fails.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Playwright

from tests import snapshots
from tests.browser import launch_arguments, watch

HERE = Path(__file__).parent
VIEWPORTS = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1366, "height": 768}}
Viewport = Literal["phone", "desktop"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys, and begin with the longest, so that no worker is left with one of them at the end.

    A server of their own takes long to start, so those who use it stand together: one worker takes them all.
    """
    places = [place for place, item in enumerate(items) if HERE in item.path.parents]
    for place, journey in zip(places, sorted((items[place] for place in places), key=_is_short), strict=True):
        journey.add_marker("journey")
        items[place] = journey


def _is_short(journey: pytest.Item) -> tuple[bool, bool]:
    fixtures = getattr(journey, "fixturenames", ())
    return "real_server" not in fixtures, "office" not in fixtures


@pytest.fixture(scope="session", autouse=True)
def database_beside_browser() -> Iterator[None]:
    """Playwright's synchronous calls keep an event loop running, where Django would refuse the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments(playwright)}


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of a running site with everything that setup seeds: pages, roles, catalogue, targets."""
    settings.HELPDESK_BASE_URL = live_server.url
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    if not snapshots.bring_back("set up"):
        call_command("setup_helpdesk", verbosity=0)
        call_command("setup_site", verbosity=0)
        snapshots.keep("set up")
    return str(live_server.url)


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What went wrong in any window of this test; the test fails if anything did."""
    noted: list[str] = []
    yield noted
    assert noted == []


@pytest.fixture
def open_window(
    site: str, new_context: Callable[..., BrowserContext], troubles: list[str]
) -> Callable[..., Page]:
    """Open a window for one more person; each has their own cookies.

    `open_window()` is a visitor at a desk, `open_window("phone")` one with a telephone of 360 × 740, and
    `open_window(user=officer)` somebody who has already signed in to the admin.
    """

    def open_one(viewport: Viewport = "desktop", user: Any = None) -> Page:
        # The browsers of the offices speak English; the site must answer in Indonesian all the same.
        context = new_context(
            base_url=site, viewport=VIEWPORTS[viewport], locale="en-US", timezone_id="Asia/Pontianak"
        )
        watch(context, site, troubles)
        if user is not None:
            sign_in(context, user, site)
        return context.new_page()

    return open_one


def sign_in(context: BrowserContext, user: Any, site: str) -> None:
    """Sign a user in without the form: journeys that are about the form use the form."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": session.value, "url": site}])


@pytest.fixture
def desktop(open_window: Callable[..., Page]) -> Page:
    """A visitor at a desk, 1366 × 768."""
    return open_window("desktop")


@pytest.fixture
def phone(open_window: Callable[..., Page]) -> Page:
    """A visitor with a telephone, 360 × 740."""
    return open_window("phone")
