"""The portal in a browser: on a telephone, without JavaScript, by keyboard, on an impatient afternoon."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Opd, Ticket
from tests.factories import PDF, make_ticket, ticket_at

FORM = "/help-desk/lapor/?layanan=INF-NET"
ADDRESSES = [
    "/help-desk/lapor/",
    "/help-desk/ajukan/",
    FORM,
    "/help-desk/ajukan/?layanan=INF-HST",
    "/help-desk/lacak/",
    "/help-desk/katalog/",
    "/help-desk/sop/",
]
# What is pressed and does not stand inside a sentence or a line of facts.
TOO_SMALL = """
() => [...document.querySelectorAll("main :is(.hd-button, .hd-service, .hd-link, .hd-choice, input, select)")]
  .filter((target) => target.checkVisibility() && !target.closest(".hd-trap, .hd-choice input, .hd-hidden"))
  .filter((target) => !target.matches(".hd-hidden, [type=hidden], [type=radio], [type=checkbox]"))
  .filter((target) => target.getBoundingClientRect().height < 44)
  .map((target) => target.outerHTML)
"""


@pytest.fixture
def without_javascript(site: str, new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 740}
    ).new_page()


def fill_in(page: Page) -> None:
    """Everything that the form requires."""
    page.get_by_label("Ringkasan").fill("Internet kantor mati")
    page.get_by_label("Uraian").fill("Lampu modem merah.")
    page.get_by_text("Satu kantor", exact=True).click()
    page.get_by_text("Tidak ada", exact=True).click()
    page.get_by_label("Nama lengkap").fill("Sari Melati")
    page.locator("select[name=opd]").select_option(label=Opd.objects.offered()[0].name)
    page.get_by_label("Unit dan lokasi").fill("Lantai 2")
    page.get_by_label("Nomor HP / WhatsApp").fill("0812 3456 7890")
    page.get_by_role("textbox", name="Email").fill("sari@example.test")
    page.get_by_text("Saya sudah membaca pemberitahuan privasi").click()


def go_on(page: Page) -> None:
    """From the form to the page on which everything is checked."""
    page.get_by_role("button", name="Lanjut", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa isian Anda")


def a_file(name: str, content: bytes = PDF) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def link_to(ticket: Ticket) -> str:
    return f"/help-desk/t/{ticket.number}/{ticket.access.link_token}/"


def test_every_page_fits_a_telephone_and_its_targets_a_thumb(phone: Page) -> None:
    for address in ADDRESSES:
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, address
        assert phone.evaluate(TOO_SMALL) == [], address


def test_ticket_pages_fit_a_telephone(phone: Page) -> None:
    long = "Satukatayangsangatpanjangsekalitanpajedasamasekali" * 3
    for status in (TicketStatus.RETURNED, TicketStatus.RESOLVED, TicketStatus.CLOSED):
        phone.goto(link_to(ticket_at(status, summary=long, description=long)))
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, status
        address = phone.url
        for part in ("", "tanda-terima/", "balas/", "lengkapi/", "selesai/"):
            phone.goto(address + part)
            assert phone.evaluate("document.documentElement.scrollWidth") == 360, part


def test_filing_without_javascript_keeps_text_and_files_through_errors(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/help-desk/lapor/")
    page.get_by_role("link", name="Internet OPD (putus/lambat)").click()
    fill_in(page)
    page.get_by_label("NIP").fill("123")
    page.get_by_label("Lampiran").set_input_files(
        [a_file("foto.pdf"), a_file("virus.pdf", b"MZ" + b"0" * 99)]
    )
    page.get_by_role("button", name="Lanjut", exact=True).click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    page.get_by_role("button", name="Ganti layanan").click()
    page.get_by_role("button", name="Jaringan lokal, WiFi, akses poin").click()
    expect(page.get_by_label("Ringkasan")).to_have_value("Internet kantor mati")
    expect(page.get_by_text("foto.pdf").first).to_be_visible()
    page.get_by_label("NIP").fill("")
    page.get_by_label("Di ruang mana?").fill("Aula")
    go_on(page)
    page.get_by_role("button", name="Ubah Apa yang terjadi").click()
    assert page.url.endswith("#hd-part-1")
    page.get_by_label("Ringkasan").fill("WiFi aula mati")
    go_on(page)
    page.go_back()
    expect(page.get_by_label("Di ruang mana?")).to_have_value("Aula")
    page.go_forward()
    expect(page.get_by_text("WiFi aula mati")).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan Anda terkirim")
    ticket = Ticket.objects.get()
    assert (ticket.service.code, ticket.summary) == ("INF-LAN", "WiFi aula mati")
    assert [answer["answer"] for answer in ticket.answers] == ["Aula"]
    assert [file.name for file in ticket.attachments.all()] == ["foto.pdf"]
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()


def test_enter_in_a_field_sends_the_form_and_the_summary_of_errors_takes_the_focus(desktop: Page) -> None:
    desktop.goto(FORM)
    desktop.get_by_label("Ringkasan").press("Enter")
    expect(desktop.get_by_role("alert")).to_be_focused()
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Ringkasan wajib diisi.")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_label("Ringkasan")).to_be_focused()


def test_checking_fits_a_telephone_and_its_targets_a_thumb(phone: Page) -> None:
    long = "Satukatayangsangatpanjangsekalitanpajedasamasekali" * 3
    phone.goto(FORM)
    fill_in(phone)
    phone.get_by_label("Uraian").fill(long)
    phone.get_by_label("Lampiran").set_input_files([a_file(f"{long[:80]}.pdf")])
    go_on(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert phone.evaluate(TOO_SMALL) == []


def test_answer_that_leads_elsewhere_says_so_at_once_and_ends_the_filing(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/help-desk/lapor/?layanan=LAIN")
    way = page.get_by_role("link", name="https://www.lapor.go.id")
    expect(way).to_be_hidden()
    page.get_by_text("Warga", exact=True).click()
    expect(way).to_be_visible()
    page.get_by_label("Ringkasan").fill("Lampu jalan mati")
    page.get_by_role("button", name="Lanjut", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sampaikan ke tempat lain")
    expect(way).to_be_visible()
    page.get_by_role("button", name="Kembali ke formulir").click()
    expect(page.get_by_label("Ringkasan")).to_have_value("Lampu jalan mati")
    expect(page.get_by_label("Warga", exact=True)).to_be_checked()
    assert Ticket.objects.count() == 0


def test_impatient_clicks_make_one_ticket(desktop: Page) -> None:
    desktop.goto(FORM)
    fill_in(desktop)
    desktop.get_by_role("button", name="Lanjut", exact=True).dblclick()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Periksa isian Anda")
    desktop.get_by_role("button", name="Kirim laporan").dblclick()
    expect(desktop.get_by_text("Kode lacak", exact=True)).to_be_visible()
    assert Ticket.objects.count() == 1


def test_going_back_and_sending_again_asks_first(desktop: Page) -> None:
    desktop.goto(FORM)
    fill_in(desktop)
    go_on(desktop)
    desktop.get_by_role("button", name="Kirim laporan").click()
    expect(desktop.get_by_text("Kode lacak", exact=True)).to_be_visible()
    desktop.evaluate("history.go(-2)")
    expect(desktop.get_by_label("Ringkasan")).to_have_value("Internet kantor mati")
    go_on(desktop)
    desktop.get_by_role("button", name="Kirim laporan").click()
    number = Ticket.objects.get().number
    expect(desktop.get_by_role("heading", level=1)).to_have_text(
        f"Laporan ini sudah terkirim dengan nomor {number}"
    )
    desktop.get_by_role("link", name="Buka laporan pertama").click()
    expect(desktop.get_by_text("Kode lacak", exact=True)).to_be_visible()


def test_cookies_lost_while_the_form_was_open_cost_one_more_click(desktop: Page) -> None:
    desktop.goto(FORM)
    fill_in(desktop)
    desktop.context.clear_cookies()
    desktop.get_by_role("button", name="Lanjut", exact=True).click()
    expect(desktop.get_by_role("alert")).to_contain_text("tekan tombolnya sekali lagi")
    go_on(desktop)
    desktop.context.clear_cookies()
    desktop.get_by_role("button", name="Kirim laporan").click()
    expect(desktop.get_by_role("alert")).to_contain_text("tekan tombolnya sekali lagi")
    desktop.get_by_role("button", name="Kirim laporan").click()
    expect(desktop.get_by_text("Kode lacak", exact=True)).to_be_visible()
    assert Ticket.objects.get().requester_name == "Sari Melati"


def test_language_switch_and_acts_work_from_the_page_of_a_ticket(desktop: Page) -> None:
    ticket = make_ticket()
    desktop.goto(link_to(ticket))
    desktop.get_by_role("button", name=re.compile("EN")).click()
    expect(desktop.get_by_role("heading", name="What you can do")).to_be_visible()
    desktop.get_by_role("link", name="Write to the officers").click()
    desktop.get_by_label("Message").fill("Still down.")
    desktop.get_by_role("button", name="Send message").click()
    expect(desktop.get_by_text("Your message has been sent.")).to_be_visible()
    expect(desktop.get_by_text("Still down.")).to_be_visible()


def test_file_of_a_ticket_is_downloaded_under_its_name(desktop: Page) -> None:
    desktop.goto(FORM)
    fill_in(desktop)
    desktop.get_by_label("Lampiran").set_input_files([a_file("foto modem.pdf")])
    go_on(desktop)
    desktop.get_by_role("button", name="Kirim laporan").click()
    desktop.get_by_role("link", name="Buka tiket").click()
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="foto modem.pdf").first.click()
    assert download.value.suggested_filename == "foto modem.pdf"
    with open(download.value.path(), "rb") as received:
        assert received.read() == PDF
