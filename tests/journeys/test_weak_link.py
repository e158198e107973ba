"""Weak links: tabs are closed and lines break. Nothing typed is lost, and one ticket is made."""

import json
import re

from PIL import Image
from playwright.sync_api import Page, expect

from helpdesk_plugin.models import Opd, StagedFile, Ticket
from tests.factories import PDF
from tests.journeys.weak_link import (
    BRAKED,
    CONFIDENTIAL,
    FORM,
    STORED,
    a_file,
    choose,
    comes_true,
    draft_is_stored,
    expect_facts,
    expect_receipt,
    go_on,
    kept,
    photo,
    send,
    tick_privacy,
    type_facts,
)

# --- Files -----------------------------------------------------------------------------------------------


def test_each_file_is_kept_when_it_is_chosen_and_the_form_sends_none(phone: Page) -> None:
    phone.goto(FORM)
    choose(phone, a_file("denah.pdf"), a_file("virus.pdf", b"MZ" + b"0" * 99), a_file("foto.pdf", PDF + b"%"))
    expect(kept(phone)).to_have_text(["denah.pdf", "foto.pdf"])
    expect(phone.get_by_text("Berkas virus.pdf ditolak.")).to_be_visible()
    assert sorted(StagedFile.objects.values_list("name", flat=True)) == ["denah.pdf", "foto.pdf"]
    assert phone.get_by_label("Lampiran").evaluate("(field) => field.files.length") == 0
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.get_by_role("button", name="Hapus denah.pdf").click()
    expect(kept(phone)).to_have_text(["foto.pdf"])
    type_facts(phone)
    tick_privacy(phone)
    go_on(phone)
    send(phone)
    expect_receipt(phone)
    assert [file.name for file in Ticket.objects.get().attachments.all()] == ["foto.pdf"]


def test_large_photo_is_made_smaller_before_it_leaves_the_telephone(phone: Page) -> None:
    content = photo(2600, 1800)
    assert 1_500_000 < len(content) < 5 * 1024 * 1024
    phone.goto(FORM)
    with phone.expect_request("**/simpan/") as sent:
        choose(phone, a_file("foto.jpg", content, "image/jpeg"))
    expect(kept(phone)).to_have_text(["foto.jpg"])
    assert int(sent.value.all_headers()["content-length"]) < len(content) / 2
    with StagedFile.objects.get().file.open() as stored:
        assert Image.open(stored).size == (1600, 1108)


def test_file_that_cannot_be_kept_ahead_goes_along_with_the_form(phone: Page) -> None:
    phone.goto(FORM)
    phone.route("**/simpan/", lambda route: route.abort())
    choose(phone, a_file("foto.pdf"))
    expect(phone.get_by_text("Sambungan terputus saat foto.pdf dikirim.")).to_be_visible()
    type_facts(phone)
    tick_privacy(phone)
    go_on(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa isian Anda")
    expect(phone.get_by_text("foto.pdf")).to_be_visible()
    send(phone)
    expect_receipt(phone)
    assert [file.name for file in Ticket.objects.get().attachments.all()] == ["foto.pdf"]


def test_file_is_tried_again_when_the_line_is_back(phone: Page) -> None:
    phone.goto(FORM)
    phone.context.set_offline(True)
    choose(phone, a_file("foto.pdf"))
    again = phone.get_by_role("button", name="Coba lagi foto.pdf")
    expect(again).to_be_visible()
    phone.context.set_offline(False)
    again.click()
    expect(kept(phone)).to_have_text(["foto.pdf"])
    expect(phone.get_by_text("Sambungan terputus")).to_be_hidden()


def test_form_waits_for_a_file_on_its_way_and_then_goes_by_itself(phone: Page) -> None:
    phone.goto(FORM)
    type_facts(phone)
    tick_privacy(phone)
    phone.context.new_cdp_session(phone).send(
        "Network.emulateNetworkConditions", {**BRAKED, "uploadThroughput": 60_000}
    )
    choose(phone, a_file("besar.pdf", PDF + b"0" * 200_000))
    go_on(phone)
    expect(phone.get_by_text("Berkas Anda masih dikirim")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa isian Anda", timeout=20_000)
    expect(phone.get_by_text("besar.pdf")).to_have_count(1)


# --- Drafts ----------------------------------------------------------------------------------------------


def test_tab_closed_in_the_middle_of_the_form_costs_one_press(phone: Page) -> None:
    phone.goto(FORM)
    choose(phone, a_file("foto.pdf"))
    expect(kept(phone)).to_have_text(["foto.pdf"])
    type_facts(phone)
    phone.close()

    second = phone.context.new_page()
    second.goto(FORM)
    expect(second.get_by_label("Ringkasan")).to_have_value("")
    expect(second.get_by_role("region", name="Lanjutkan draf Anda?")).to_contain_text(
        "“Internet kantor mati”"
    )
    second.get_by_role("button", name="Lanjutkan draf").click()
    expect_facts(second)
    expect(kept(second)).to_have_text(["foto.pdf"])
    expect(second.get_by_label("Saya sudah membaca pemberitahuan privasi")).not_to_be_checked()
    tick_privacy(second)
    go_on(second)
    send(second)
    expect_receipt(second)
    assert [file.name for file in Ticket.objects.get().attachments.all()] == ["foto.pdf"]
    assert second.evaluate(STORED) == 0
    second.goto(FORM)
    expect(second.get_by_role("region", name="Lanjutkan draf Anda?")).to_be_hidden()


def test_draft_holds_neither_trap_nor_tick_nor_token_and_can_be_deleted(desktop: Page) -> None:
    desktop.goto(FORM)
    type_facts(desktop)
    tick_privacy(desktop)
    comes_true(desktop, "Object.values(localStorage).join().includes('1986')")
    (draft,) = json.loads(desktop.evaluate("JSON.stringify(Object.values(localStorage))"))
    assert set(json.loads(draft)["values"]) == {
        *("summary", "description", "who_affected", "alternative", "requester_name", "opd"),
        *("requester_unit", "requester_phone", "requester_email", "requester_nip"),
    }
    desktop.get_by_role("button", name="Hapus draf").click()
    assert desktop.evaluate(STORED) == 0
    desktop.reload()
    expect(desktop.get_by_role("region", name="Lanjutkan draf Anda?")).to_be_hidden()


def test_draft_older_than_a_week_is_not_offered(desktop: Page) -> None:
    desktop.goto(FORM)
    desktop.get_by_label("Ringkasan").fill("Lama")
    draft_is_stored(desktop)
    old = desktop.context.new_page()
    desktop.close()
    old.goto("/help-desk/lacak/")
    old.evaluate(
        """() => Object.keys(localStorage).forEach((name) => {
          const draft = JSON.parse(localStorage[name]);
          localStorage[name] = JSON.stringify({ ...draft, at: Date.now() - 7 * 24 * 3600 * 1000 - 1 });
        })"""
    )
    old.goto(FORM)
    expect(old.get_by_role("region", name="Lanjutkan draf Anda?")).to_be_hidden()
    assert old.evaluate(STORED) == 0


def test_draft_of_another_service_is_continued_on_its_own_page(desktop: Page) -> None:
    desktop.goto(FORM)
    type_facts(desktop)
    draft_is_stored(desktop)
    desktop.goto("/help-desk/lapor/?layanan=INF-LAN")
    desktop.get_by_role("button", name="Lanjutkan draf").click()
    desktop.wait_for_url("**/?layanan=INF-NET")
    expect_facts(desktop)


def test_confidential_report_leaves_no_draft_on_the_device(desktop: Page) -> None:
    desktop.goto(CONFIDENTIAL)
    desktop.get_by_label("Ringkasan").fill("Akun surel disusupi")
    comes_true(desktop, "Object.keys(sessionStorage).some((name) => name.startsWith('hd-draft:'))")
    assert desktop.evaluate(STORED) == 0


def test_same_draft_sent_from_two_tabs_makes_one_ticket(desktop: Page) -> None:
    desktop.goto(FORM)
    type_facts(desktop)
    tick_privacy(desktop)
    draft_is_stored(desktop)
    second = desktop.context.new_page()
    second.goto(FORM)
    second.get_by_role("button", name="Lanjutkan draf").click()
    expect_facts(second)
    tick_privacy(second)
    for tab in (desktop, second):
        go_on(tab)
    for tab in (desktop, second):
        send(tab)
        expect_receipt(tab)
    assert Ticket.objects.count() == 1
    assert desktop.locator("#hd-code").text_content() == second.locator("#hd-code").text_content()


def test_failed_form_keeps_its_draft_until_the_receipt(desktop: Page) -> None:
    desktop.goto(FORM)
    type_facts(desktop)
    draft_is_stored(desktop)
    go_on(desktop)
    expect(desktop.get_by_role("alert").first).to_contain_text("Ada yang perlu diperbaiki")
    expect_facts(desktop)
    assert desktop.evaluate(STORED) == 1
    tick_privacy(desktop)
    go_on(desktop)
    assert desktop.evaluate(STORED) == 1
    send(desktop)
    expect_receipt(desktop)
    assert desktop.evaluate(STORED) == 0


# --- Offline ---------------------------------------------------------------------------------------------


def test_offline_holds_what_is_sent_until_it_is_pressed_again(phone: Page) -> None:
    phone.goto(FORM)
    type_facts(phone)
    tick_privacy(phone)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Anda sedang luring.")).to_be_visible()
    go_on(phone)
    expect_facts(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_text("Sambungan sudah pulih.")).to_be_visible()
    go_on(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa isian Anda")
    phone.context.set_offline(True)
    send(phone)
    expect(phone.get_by_text("Anda sedang luring.")).to_be_focused()
    assert Ticket.objects.count() == 0
    phone.context.set_offline(False)
    expect(phone.get_by_text("Sambungan sudah pulih.")).to_be_visible()
    assert Ticket.objects.count() == 0
    send(phone)
    expect_receipt(phone)
    assert Ticket.objects.count() == 1


# --- Remembered, searched --------------------------------------------------------------------------------


def test_contact_is_remembered_only_when_wished_without_the_nip_and_forgotten(desktop: Page) -> None:
    desktop.goto(FORM)
    type_facts(desktop)
    desktop.get_by_label("Ingat saya di perangkat ini").check()
    go_on(desktop)
    desktop.goto("/help-desk/lapor/?layanan=INF-LAN")
    expect(desktop.get_by_label("Nama lengkap")).to_have_value("Sari Melati")
    expect(desktop.get_by_role("combobox", name="OPD / Instansi")).to_have_value(re.compile("Pendidikan"))
    expect(desktop.get_by_label("Email")).to_have_value("sari@example.test")
    expect(desktop.get_by_label("NIP")).to_have_value("")
    assert "1986" not in desktop.evaluate("localStorage['hd-me']")
    desktop.get_by_role("button", name="Lupakan data saya").click()
    expect(desktop.get_by_label("Nama lengkap")).to_have_value("")
    assert desktop.evaluate("localStorage['hd-me']") is None


def test_agency_is_found_by_any_word_with_the_keyboard_alone(desktop: Page) -> None:
    desktop.goto(FORM)
    field = desktop.get_by_role("combobox", name="OPD / Instansi")
    field.focus()
    field.press_sequentially("bkpsdm")
    expect(desktop.get_by_role("option")).to_have_count(1)
    field.fill("mber daya manus")  # from the middle of a word, when nothing begins like it
    expect(desktop.get_by_role("option")).to_have_count(1)
    field.fill("manusia kepeg")
    expect(desktop.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    expect(desktop.get_by_role("option")).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    name = field.input_value()
    assert "Kepegawaian" in name
    expect(field).to_have_attribute("aria-expanded", "false")
    assert desktop.locator("select[name=opd]").input_value() == str(Opd.objects.get(name=name).pk)
    field.fill("tidak ada yang begini")
    expect(desktop.get_by_role("option")).to_have_text(
        "Tidak ada OPD yang cocok. Ketik kata lain dari namanya."
    )
    field.press("Escape")
    expect(field).to_have_value(name)
    field.fill("")
    field.press("Tab")
    assert desktop.locator("select[name=opd]").input_value() == ""


def test_error_of_the_agency_leads_to_the_field_that_is_used(desktop: Page) -> None:
    desktop.goto(FORM)
    go_on(desktop)
    desktop.get_by_role("alert").get_by_role("link", name="OPD / Instansi wajib diisi.").click()
    expect(desktop.get_by_role("combobox", name="OPD / Instansi")).to_be_focused()
