"""What agencies see: filing, receipt, tracking, answering, “my tickets” and the status page."""

from collections.abc import Callable

from playwright.sync_api import Page

from scripts.screenshots.camera import Camera, Picture, Story
from scripts.screenshots.stage import CONTACT, ticket_of


def tracked(summary: str) -> Callable[[], str]:
    """The mailed link of the demonstration's ticket with these words."""

    def link() -> str:
        ticket = ticket_of(summary)
        return f"/help-desk/t/{ticket.number}/{ticket.access.link_token}/"

    return link


def to_label(page: Page, label: str) -> None:
    """Scroll until the field with this label stands near the top."""
    page.get_by_label(label).first.evaluate(
        "field => scrollTo(0, field.getBoundingClientRect().top + scrollY - 120)"
    )


def file_a_disruption(camera: Camera) -> None:
    """From the choice of the service to the receipt, on a telephone."""
    page = camera.another_visitor(phone=True)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/help-desk/lapor/")
    camera.shoot(page, "pemohon-pilih-layanan")
    page.get_by_role("link", name="Internet OPD").first.click()
    page.get_by_label("Ringkasan").fill("Internet kantor mati sejak pagi")
    page.get_by_label("Uraian").fill("Lampu modem merah sejak pukul 07.45. Sudah dimatikan dan dihidupkan.")
    page.get_by_text("Satu kantor", exact=True).click()
    page.get_by_text("Tidak ada", exact=True).click()
    page.set_viewport_size({"width": 360, "height": 1000})
    to_label(page, "Ringkasan")
    camera.shoot(page, "pemohon-formulir")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Nama lengkap").fill("Dewi Lestari")
    page.locator("select[name=opd]").select_option(label="Badan Keuangan dan Aset Daerah Kabupaten Katingan")
    page.get_by_label("Unit dan lokasi").fill("Bidang Anggaran, lantai 2")
    page.get_by_label("Nomor HP / WhatsApp").fill("0812 3456 7890")
    page.get_by_role("textbox", name="Email").fill("dewi.lestari@example.go.id")
    page.get_by_text("Saya sudah membaca pemberitahuan privasi").click()
    page.locator(".hd-button[value=periksa]").click()
    page.get_by_role("button", name="Kirim laporan").wait_for()
    camera.shoot(page, "pemohon-periksa")
    page.get_by_role("button", name="Kirim laporan").click()
    page.wait_for_url("**/tanda-terima/")
    camera.shoot(page, "pemohon-tanda-terima")


def sign_in_as_contact(camera: Camera) -> None:
    """A link by mail, the list of the agency, and one ticket in it."""
    _code, _name, address = CONTACT
    page = camera.another_visitor()
    page.set_viewport_size({"width": 1366, "height": 620})
    page.goto("/help-desk/tiket-saya/")
    page.get_by_role("textbox", name="Email").fill(address)
    camera.shoot(page, "pic-masuk")
    page.locator("main form button[type=submit]").first.click()
    page.goto(camera.stage.mailed_link(address))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/tiket-saya/")
    page.set_viewport_size({"width": 1366, "height": 768})
    camera.shoot(page, "pic-tiket-saya")
    page.locator("main a[href*='/tiket-saya/opd/']").first.click()
    camera.shoot(page, "pic-tiket-opd")


SCENES: tuple[Picture | Story, ...] = (
    Picture("pemohon-beranda", "", "/help-desk/"),
    Story(
        ("pemohon-pilih-layanan", "pemohon-formulir", "pemohon-periksa", "pemohon-tanda-terima"),
        file_a_disruption,
    ),
    Picture("pemohon-lacak", "", "/help-desk/lacak/", phone=True),
    Picture("pemohon-status", "", tracked("Internet kantor lambat"), height=900),
    Picture("pemohon-dilengkapi", "", tracked("titik WiFi"), phone=True, of="#hd-needs"),
    Picture("pemohon-ditanya", "", tracked("Komputer pelayanan"), phone=True, of="#hd-needs"),
    Picture("pemohon-konfirmasi", "", tracked("WiFi loket"), phone=True, of="#hd-needs"),
    Picture("pemohon-status-layanan", "", "/help-desk/status/"),
    Picture("pemohon-katalog", "", "/help-desk/katalog/"),
    Story(("pic-masuk", "pic-tiket-saya", "pic-tiket-opd"), sign_in_as_contact),
)
