"""What is done and expected on a weak link: filling in, choosing files, drafts, the receipt."""

import io
import re
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.factories import PDF

FORM = "/help-desk/lapor/?layanan=INF-NET"
CONFIDENTIAL = "/help-desk/lapor/?layanan=KAM-INS"
STORED = "Object.keys(localStorage).filter((name) => name.startsWith('hd-draft:')).length"
BRAKED = {"offline": False, "latency": 50, "downloadThroughput": -1}


def a_file(name: str, content: bytes = PDF, kind: str = "application/pdf") -> dict[str, Any]:
    return {"name": name, "mimeType": kind, "buffer": content}


def photo(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(stream, "JPEG", quality=90)
    return stream.getvalue()


def type_facts(page: Page) -> None:
    """Everything but the tick under the privacy notice."""
    page.get_by_label("Ringkasan").fill("Internet kantor mati")
    page.get_by_label("Uraian").fill("Lampu modem merah.\nSudah dinyalakan ulang.")
    page.get_by_text("Satu kantor", exact=True).click()
    page.get_by_text("Tidak ada", exact=True).click()
    page.get_by_label("Nama lengkap").fill("Sari Melati")
    choose_agency(page, "pendidikan")
    page.get_by_label("Unit dan lokasi").fill("Lantai 2")
    page.get_by_label("Nomor HP / WhatsApp").fill("0812 3456 7890")
    page.get_by_label("Email").fill("sari@example.test")
    page.get_by_label("NIP").fill("198609262015051001")


def choose_agency(page: Page, words: str) -> None:
    field = page.get_by_role("combobox", name="OPD / Instansi")
    field.fill(words)
    page.get_by_role("option").first.click()


def expect_facts(page: Page) -> None:
    expect(page.get_by_label("Ringkasan")).to_have_value("Internet kantor mati")
    expect(page.get_by_label("Uraian")).to_have_value("Lampu modem merah.\nSudah dinyalakan ulang.")
    expect(page.get_by_label("Satu kantor", exact=True)).to_be_checked()
    expect(page.get_by_label("Tidak ada", exact=True)).to_be_checked()
    expect(page.get_by_label("Nama lengkap")).to_have_value("Sari Melati")
    expect(page.get_by_role("combobox", name="OPD / Instansi")).to_have_value(re.compile("Pendidikan"))
    expect(page.get_by_label("Unit dan lokasi")).to_have_value("Lantai 2")
    expect(page.get_by_label("Nomor HP / WhatsApp")).to_have_value("0812 3456 7890")
    expect(page.get_by_label("Email")).to_have_value("sari@example.test")
    expect(page.get_by_label("NIP")).to_have_value("198609262015051001")


def tick_privacy(page: Page) -> None:
    page.get_by_text("Saya sudah membaca pemberitahuan privasi").click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lanjut", exact=True).click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim laporan").click()


def expect_receipt(page: Page) -> None:
    expect(page.get_by_text("Kode lacak", exact=True)).to_be_visible()


def comes_true(page: Page, expression: str) -> None:
    """Wait for something in the page; Playwright's own way to wait would break the content policy."""
    for _attempt in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def draft_is_stored(page: Page) -> None:
    comes_true(page, f"{STORED} === 1")


def choose(page: Page, *files: dict[str, Any]) -> None:
    page.get_by_label("Lampiran").set_input_files(list(files))


def kept(page: Page) -> Any:
    return page.locator(".hd-kept li:not([data-coming]) bdi")
