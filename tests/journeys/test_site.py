"""The agency's site in a browser: on a telephone, by keyboard, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from home.setup import ensure_site_pages

ADDRESSES = ["/", "/profil/", "/berita/", "/kontak/", "/search/?q=tiket", "/tidak-ada/"]
ENTRIES = [
    "Tentang Help Desk",
    "Laporkan gangguan",
    "Ajukan permintaan",
    "Lacak tiket",
    "Tiket saya",
    "Status layanan",
    "Katalog layanan",
    "SOP dan target layanan",
]
# Links inside a sentence or a line of facts may be lower; everything that is pressed may not.
TOO_SMALL = """
() => [...document.querySelectorAll("header :is(a, summary, button, input:not([type=hidden]))")]
  .filter((target) => target.checkVisibility())
  .filter((target) => target.getBoundingClientRect().height < 44)
  .map((target) => target.textContent.trim())
"""


@pytest.fixture
def pages(site: str) -> None:
    ensure_site_pages()


@pytest.fixture
def without_javascript(site: str, new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 740}
    ).new_page()


def test_page_fits_a_telephone_and_its_targets_a_thumb(pages: Any, phone: Page) -> None:
    for address in ADDRESSES:
        phone.goto(address)
        phone.get_by_text("Menu", exact=True).click()
        phone.locator("nav summary", has_text="Help Desk").click()
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, address
        assert phone.evaluate(TOO_SMALL) == [], address


def test_help_desk_menu_opens_without_javascript(pages: Any, without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/profil/")
    report = page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Laporkan gangguan")
    expect(report).not_to_be_visible()
    page.get_by_text("Menu", exact=True).click()
    page.locator("nav summary", has_text="Help Desk").click()
    expect(page.locator("nav .site-sub a")).to_have_text(ENTRIES)
    report.click()
    expect(page).to_have_url(f"{page.url.split('/help-desk/')[0]}/help-desk/lapor/")


def test_language_changes_without_javascript_on_the_same_page(pages: Any, without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/search/?q=tiket")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("Words to look for")).to_have_value("tiket")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_help_desk_menu_opens_and_closes_by_keyboard(pages: Any, desktop: Page) -> None:
    desktop.goto("/")
    menu = desktop.locator("details.site-sub")
    desktop.get_by_role("link", name="Berita/Pengumuman").first.focus()
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Tentang Help Desk")).to_be_focused()
    desktop.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_open_menu_closes_on_a_click_elsewhere(pages: Any, desktop: Page) -> None:
    desktop.goto("/")
    desktop.locator("details.site-sub summary").click()
    desktop.get_by_role("heading", level=1).click(position={"x": 5, "y": 5})
    expect(desktop.locator("details.site-sub")).not_to_have_attribute("open", "")


def test_skip_link_leads_to_the_content(pages: Any, desktop: Page) -> None:
    desktop.goto("/profil/")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Struktur organisasi")).to_be_focused()
