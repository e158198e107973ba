"""The receipt on paper: one sheet of A4, whatever people and the agency wrote."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from helpdesk_plugin.models import AgencyProfile, HelpDeskSettings, Ticket
from tests.factories import make_opd, make_service, make_ticket

LONG = "Satu kalimat yang panjang sekali dari seorang pegawai yang teliti. "


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def print_receipt(page: Page, ticket: Ticket) -> bytes:
    page.goto(f"/help-desk/t/{ticket.number}/{ticket.access.link_token}/")
    page.goto(f"/help-desk/tiket/{ticket.number}/tanda-terima/")
    return page.pdf(format="A4", prefer_css_page_size=True)


@pytest.mark.parametrize("language", ["id", "en"])
def test_receipt_fits_one_sheet(open_window: Callable[..., Page], site: str, language: str) -> None:
    window = open_window("phone")
    window.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    assert pages_of(print_receipt(window, make_ticket())) == 1
    assert window.locator("html").get_attribute("lang") == language


def test_receipt_fits_one_sheet_with_everything_at_its_longest(desktop: Page) -> None:
    agency = AgencyProfile.load()
    agency.government, agency.name = (LONG * 3)[:160], (LONG * 4)[:200]
    agency.address = (
        "Jalan yang panjang nomor 1\nKelurahan Contoh\nKecamatan Contoh\nKabupaten Contoh\nProvinsi"
    )
    agency.opening_hours = "Senin–Kamis 07.30–16.00 WIB\nJumat 07.30–16.30 WIB\nIstirahat 12.00–13.00"
    agency.phone, agency.whatsapp, agency.email = "(0536) 12345", "0812 3456 7890", "helpdesk@example.go.id"
    agency.save()
    desk = HelpDeskSettings.load()
    desk.privacy_notice = LONG * 40
    desk.save()
    ticket = make_ticket(
        opd=make_opd(name=(LONG * 4)[:160]),
        service=make_service(name=(LONG * 3)[:160]),
        summary=(LONG * 3)[:160],
    )
    assert pages_of(print_receipt(desktop, ticket)) == 1


def test_print_shows_number_code_and_qr_code_and_nothing_to_press(desktop: Page) -> None:
    ticket = make_ticket()
    print_receipt(desktop, ticket)
    desktop.emulate_media(media="print")
    for shown in (desktop.locator(".hd-keys").get_by_text(ticket.number), desktop.locator(".hd-qr__code")):
        assert shown.is_visible()
    assert ticket.access.code in desktop.locator(".hd-code").inner_text().replace("-", "")
    pressed = "main :is(button, .hd-button), header :is(a, button), footer"
    assert (
        desktop.locator(pressed).evaluate_all("all => all.filter((one) => one.checkVisibility()).length") == 0
    )
