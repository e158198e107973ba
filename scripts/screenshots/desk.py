"""What officers see in the admin, each in their own window, while tickets go on from one to the next."""

from collections.abc import Callable

from playwright.sync_api import Page

from scripts.screenshots.camera import Camera, Picture, Story
from scripts.screenshots.stage import ticket_of

#: Whose home is shown before anybody has done anything.
FIRST = ("teknisi", "kadis", "prakom", "editor", "auditor")
HELP_DESK = "/admin/helpdesk/"
TICKETS = f"{HELP_DESK}tickets/"
#: The form of a step on the ticket's page.
FORM = "#hd-act"


def ticket(summary: str, below: str = "") -> Callable[[], str]:
    """A page of the demonstration's ticket with these words."""
    return lambda: f"{TICKETS}{ticket_of(summary).pk}/{below}"


def press(page: Page, verb: str) -> None:
    """Press the button of the form, which leads back to the ticket."""
    page.locator(FORM).get_by_role("button", name=verb, exact=True).click()
    page.wait_for_url("**/tickets/*/")


def receive(camera: Camera) -> None:
    """S2: the form with its matrix, and the ticket that has moved on."""
    page = camera.window("teknisi")
    page.goto(ticket("Internet kantor lambat", "do/triage/")())
    camera.shoot(page, "teknisi-terima", FORM)


def dispose(camera: Camera) -> None:
    """S3: the head of agency gives the disposition that the inbox waits for."""
    page = camera.window("kadis")
    page.goto(ticket("SIPD RI", "do/dispose/")())
    page.set_viewport_size({"width": 1366, "height": 900})
    page.get_by_label("Segera", exact=True).check()
    camera.shoot(page, "kadis-disposisi", FORM)
    late = page.get_by_label("Alasan terlambat")
    if late.count():
        late.fill("Rapat di luar kantor sampai sore.")
    press(page, "Beri disposisi")


def assign(camera: Camera) -> None:
    """S4: the head of division examines and assigns."""
    page = camera.window("kabid")
    page.goto("/admin/")
    camera.shoot(page, "kabid-beranda")
    page.goto(ticket("SIPD RI")())
    camera.shoot(page, "kabid-tiket")
    page.goto(ticket("SIPD RI", "do/examine/")())
    camera.shoot(page, "kabid-tugaskan", FORM)


def verify(camera: Camera) -> None:
    """S5 and S6: the kind of the disruption, then what was found."""
    page = camera.window("prakom")
    page.goto(ticket("CCTV", "do/verify/")())
    page.get_by_label("Infrastruktur", exact=True).check()
    camera.shoot(page, "prakom-verifikasi", FORM)
    late = page.get_by_label("Alasan terlambat")
    if late.count():
        late.fill("Menunggu hujan reda.")
    press(page, "Verifikasi")
    page.goto(ticket("CCTV", "do/diagnose/")())
    camera.shoot(page, "prakom-diagnosis", FORM)


def write_a_notice(camera: Camera) -> None:
    """The words of a notice, and the ways to keep, submit or publish it."""
    page = camera.window("editor")
    page.goto(f"{HELP_DESK}notices/add/")
    page.locator("[name=title]").fill("Internet di Kecamatan Pulau Malan terganggu")
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Internet kantor melambat sejak pukul 08.45. Petugas sedang memeriksa jalurnya.")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_text("Publikasi", exact=True).last.wait_for()
    page.wait_for_timeout(500)  # until the menu has unfolded
    camera.shoot(page, "editor-tulis")


MORNINGS = tuple(Picture(f"{who}-beranda", who, "/admin/") for who in FIRST)

SCENES: tuple[Picture | Story, ...] = (
    Picture("masuk", "", "/admin/login/"),
    *MORNINGS,
    Picture("teknisi-daftar", "teknisi", TICKETS),
    Picture("teknisi-tiket", "teknisi", ticket("Internet kantor lambat")),
    Picture("teknisi-kembalikan", "teknisi", ticket("Internet kantor lambat", "do/return/"), of=FORM),
    Story(("teknisi-terima",), receive),
    Picture("teknisi-beri-tahu", "teknisi", ticket("WiFi loket", "do/inform/"), of=FORM),
    Picture("teknisi-catat", "teknisi", f"{TICKETS}register/", height=1000),
    Picture("teknisi-fakta", "teknisi", f"{HELP_DESK}notices/facts/"),
    Picture("kadis-kotak", "kadis", f"{TICKETS}inbox/"),
    Picture("kadis-kotak-hp", "kadis", f"{TICKETS}inbox/", phone=True),
    Story(("kadis-disposisi",), dispose),
    Story(("kabid-beranda", "kabid-tiket", "kabid-tugaskan"), assign),
    Picture("kabid-laporan", "kabid", f"{HELP_DESK}reports/"),
    Picture("kabid-kesesuaian", "kabid", f"{HELP_DESK}reports/steps/"),
    Picture("prakom-tiket", "prakom", ticket("CCTV")),
    Story(("prakom-verifikasi", "prakom-diagnosis"), verify),
    Picture("prakom-pulihkan", "prakom", ticket("Minta subdomain", "do/resolve/"), of=FORM),
    Picture("prakom-tutup", "prakom", ticket("WiFi loket", "do/close/"), of=FORM),
    Picture("prakom-dokumen", "prakom", ticket("WiFi loket", "documents/")),
    Picture("prakom-tenggat", "prakom", ticket("CCTV", "deadlines/")),
    Story(("editor-tulis",), write_a_notice),
    Picture("editor-halaman", "editor", "/admin/pages/"),
    Picture("auditor-register", "auditor", f"{HELP_DESK}reports/register/"),
    Picture("auditor-ledger", "auditor", f"{HELP_DESK}ledger/"),
    Picture("auditor-ekspor", "auditor", f"{HELP_DESK}reports/exports/"),
    Picture("auditor-bukti", "auditor", f"{HELP_DESK}evidence/"),
    Picture("admin-beranda", "admin", "/admin/"),
    Picture("admin-kondisi", "admin", f"{HELP_DESK}health/"),
    Picture("admin-layanan", "admin", f"{HELP_DESK}services/"),
    Picture("admin-libur", "admin", f"{HELP_DESK}holidays/"),
    Picture("admin-sop", "admin", f"{HELP_DESK}sop-versions/"),
    Picture("admin-perubahan", "admin", f"{HELP_DESK}changes/"),
    Picture("admin-pengganti", "admin", f"{HELP_DESK}substitutes/create/"),
)
