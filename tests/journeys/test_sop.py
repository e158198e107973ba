"""One ticket, S1 to S10, in six windows: the requester's telephone and five desks in the Wagtail admin.

At each step: what each of them sees, and the mails that arrived at a real mail server.
"""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Opd, Service, Ticket
from tests.factories import make_user

REQUESTER = "dewi.lestari@example.test"
OFFICES = {
    "teknisi": Role.TECHNICAL_SUPPORT,
    "kadis": Role.HEAD_OF_AGENCY,
    "kabid": Role.DIVISION_HEAD,
    "prakom": Role.COMPUTER_OFFICER,
    "auditor": Role.AUDITOR,
}
NAMES = {
    "teknisi": ("Rizal", "Maulana"),
    "kadis": ("Hartono", "Widjaja"),
    "kabid": ("Norma", "Yunita"),
    "prakom": ("Andika", "Prasetya"),
    "auditor": ("Siska", "Amelia"),
}


@dataclass
class Office:
    """Everybody's windows on one ticket."""

    phone: Page
    desks: dict[str, Page]
    mail: object
    deliver: object
    number: str = ""
    code: str = ""
    read: int = field(default=0)

    @property
    def ticket(self) -> Ticket:
        return Ticket.objects.get(number=self.number)

    def at_desk(self, name: str) -> Page:
        """The ticket as this officer sees it now."""
        page = self.desks[name]
        page.goto(f"/admin/helpdesk/tickets/{self.ticket.pk}/")
        expect(page.get_by_role("heading", name=re.compile(self.number)).first).to_be_visible()
        return page

    def begin(self, name: str, verb: str) -> Page:
        """Open the form of the one step that is this officer's now."""
        page = self.at_desk(name)
        page.locator(".hd-actions").get_by_role("link", name=verb, exact=True).first.click()
        expect(page.get_by_role("heading", name=verb, exact=True)).to_be_visible()
        return page

    def finish(self, page: Page, verb: str, status: TicketStatus) -> None:
        """Press the form's one button and see the ticket where it should be."""
        page.get_by_role("button", name=verb, exact=True).click()
        page.wait_for_url(re.compile(r"/admin/helpdesk/tickets/\d+/$"))
        assert self.ticket.state is status

    def idle(self, *names: str) -> None:
        """These officers are offered no step of the SOP at this moment."""
        for name in names:
            page = self.at_desk(name)
            assert (
                page.locator(
                    ".hd-actions .button-primary, .hd-actions .button:not(.button-secondary)"
                ).count()
                == 0
            ), name

    def track(self, *sentences: str) -> Page:
        """The requester looks at the ticket and reads these words."""
        self.phone.goto(f"/help-desk/tiket/{self.number}/")
        for sentence in sentences:
            expect(self.phone.get_by_text(sentence).first).to_be_visible()
        return self.phone

    def mails(self, *to: str) -> list:
        """Deliver, and return the new mails; they went to exactly these addresses."""
        self.deliver()
        fresh = self.mail.messages[self.read :]
        self.read = len(self.mail.messages)
        assert sorted(m["X-Envelope-To"] for m in fresh) == sorted(to)
        for message in fresh:
            assert self.number in message["Subject"]
            assert message["Auto-Submitted"] == "auto-generated"
        return fresh


def address(name: str) -> str:
    return f"{name}@example.test"


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


@pytest.fixture
def office(site, open_window, mail_server, deliver_mail):
    users = {
        name: make_user(role, name, first_name=NAMES[name][0], last_name=NAMES[name][1])
        for name, role in OFFICES.items()
    }
    for user in users.values():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "id"})
    desks = {name: open_window(user=user) for name, user in users.items()}
    return Office(open_window("phone"), desks, mail_server, deliver_mail)


def file_a_disruption(office: Office) -> None:
    """S1: from the menu of the site to number and code."""
    page = office.phone
    page.goto("/help-desk/")
    page.get_by_role("main").get_by_role("link", name="Laporkan gangguan").first.click()
    page.get_by_role("link", name=Service.objects.get(code="INF-NET").name).click()
    page.get_by_label("Ringkasan").fill("Internet kantor mati sejak pagi")
    page.get_by_label("Uraian").fill(
        "Lampu modem merah sejak pukul 07.45. Sudah dimatikan dan dinyalakan lagi."
    )
    page.get_by_text("Satu kantor", exact=True).click()
    page.get_by_text("Tidak ada", exact=True).click()
    page.get_by_label("Nama lengkap").fill("Dewi Lestari")
    page.locator("select[name=opd]").select_option(label=Opd.objects.get(code="BKAD").name)
    page.get_by_label("Unit dan lokasi").fill("Bidang Anggaran, lantai 2")
    page.get_by_label("Nomor HP / WhatsApp").fill("0812 3456 7890")
    page.get_by_role("textbox", name="Email").fill(REQUESTER)
    page.get_by_text("Saya sudah membaca pemberitahuan privasi").click()
    page.get_by_role("button", name="Lanjut", exact=True).click()
    page.get_by_role("button", name="Kirim laporan").click()
    page.wait_for_url(re.compile("tanda-terima"))
    office.number = re.search(r"HD-\d{4}-\d{6}", page.locator("main").inner_text())[0]
    office.code = page.locator("#hd-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", office.code)


def test_a_disruption_travels_from_s1_to_s10(office):
    file_a_disruption(office)
    receipt, _news = sorted(
        office.mails(REQUESTER, address("teknisi")), key=lambda m: m["X-Envelope-To"] != REQUESTER
    )
    assert office.code in text_of(receipt)
    assert "Lampu modem" not in text_of(receipt)  # nothing that was typed into the form
    office.track("Terkirim")
    office.idle("kadis", "kabid", "prakom", "auditor")

    # S2 – Technical Support receives and prioritises
    page = office.begin("teknisi", "Terima dan prioritaskan")
    office.finish(page, "Terima dan prioritaskan", TicketStatus.TRIAGED)
    office.mails(REQUESTER, address("kadis"))
    office.track("Diterima", "Kepala Dinas")
    office.idle("teknisi", "kabid", "prakom", "auditor")

    # S3 – the head of agency gives the disposition
    page = office.begin("kadis", "Beri disposisi")
    page.get_by_label("Segera", exact=True).check()
    page.locator("textarea[name=note]").fill("Tangani hari ini.")
    office.finish(page, "Beri disposisi", TicketStatus.DISPOSED)
    office.mails(REQUESTER, address("kabid"))
    shown = office.track("Diproses")
    assert "Tangani hari ini" not in shown.content()

    # S4 – the division head examines and assigns
    expect(office.at_desk("kabid").get_by_text("Tangani hari ini.").first).to_be_visible()
    page = office.begin("kabid", "Periksa dan tugaskan")
    lead = page.locator("select[name=lead]")
    lead.select_option(label=lead.locator("option", has_text="Andika").inner_text())
    office.finish(page, "Periksa dan tugaskan", TicketStatus.ASSIGNED)
    office.mails(REQUESTER, address("prakom"))

    # S5 – the computer officer verifies: infrastructure
    page = office.begin("prakom", "Verifikasi")
    page.get_by_label("Infrastruktur", exact=True).check()
    office.finish(page, "Verifikasi", TicketStatus.DIAGNOSING)
    office.mails(REQUESTER)

    # S6 – symptoms and cause
    page = office.begin("prakom", "Simpan diagnosis")
    page.locator("[name=symptoms]").fill("Lampu LOS merah, tidak ada sinyal optik.")
    page.locator("[name=cause]").fill("Kabel serat putus tertimpa dahan.")
    office.finish(page, "Simpan diagnosis", TicketStatus.RECOVERING)
    office.mails(REQUESTER)
    shown = office.track("Diproses – pemulihan")
    assert "dahan" not in shown.content()

    # S2b – progress, seen by the requester
    page = office.at_desk("teknisi")
    page.get_by_text("Perkembangan", exact=True).first.click()
    page.locator("textarea[name=note]").fill("Teknisi sedang menyambung kabel.")
    office.finish(page, "Terbitkan perkembangan", TicketStatus.RECOVERING)
    (progress,) = office.mails(REQUESTER)
    assert "Teknisi sedang menyambung kabel." in text_of(progress)
    office.track("Teknisi sedang menyambung kabel.")

    # S7 – recovered, with the solution on record
    page = office.begin("prakom", "Tandai selesai ditangani")
    page.locator("[name=action]").fill("Kabel disambung ulang dan diuji.")
    office.finish(page, "Tandai selesai ditangani", TicketStatus.RESOLVED)
    office.mails(address("teknisi"), address("kabid"))

    # S8 – Technical Support informs the agency
    page = office.begin("teknisi", "Beri tahu OPD")
    page.locator("textarea[name=note]").fill("Internet kantor Anda sudah pulih. Mohon dicoba.")
    office.finish(page, "Beri tahu OPD", TicketStatus.RESOLVED)
    informed = [m for m in office.mails(REQUESTER, address("prakom")) if m["X-Envelope-To"] == REQUESTER]
    assert "Internet kantor Anda sudah pulih." in text_of(informed[0])

    # The requester follows the link of the mail, on a telephone that has forgotten everything
    link = re.search(r"http://\S+/help-desk/t/\S+", text_of(informed[0]))[0]
    office.phone.context.clear_cookies()
    office.phone.goto(link)
    expect(office.phone.get_by_text("Internet kantor Anda sudah pulih.").first).to_be_visible()
    office.phone.locator(".hd-needs a[href*='/konfirmasi/']").click()
    office.phone.get_by_role("button", name="Ya, sudah teratasi").click()
    assert office.ticket.confirmed_at is not None
    office.mails(address("prakom"))

    # S9 – closed, S10 – finished
    page = office.begin("prakom", "Tutup tiket")
    office.finish(page, "Tutup tiket", TicketStatus.CLOSED)
    office.mails(REQUESTER)
    office.track("Ditutup")
    office.idle("teknisi", "kadis", "kabid", "auditor")

    assert [e.sop_code for e in office.ticket.events.exclude(sop_code="S2b")] == [
        *("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S9"),
    ]
    assert [r.code for r in office.ticket.step_records.filter(completed=True).exclude(code="S2b")] == [
        *("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"),
    ]
    shown = office.phone.content()
    for first, last in NAMES.values():
        assert first not in shown
        assert last not in shown
