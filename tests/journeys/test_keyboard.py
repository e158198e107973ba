"""Every office at its work without a mouse, at a desk of 1366 px: Tab, arrows, Space, Enter and one shortcut.

Triage and a report are done by keyboard elsewhere; an editor's update of a notice, too.
"""

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import HelpDeskSettings, Ticket
from tests.factories import Staff, ticket_at

#: Stops of the Tab key that no journey may need more of.
MOST = 60
#: What stands around the place that the next key goes to; empty if it is nowhere to be seen.
RING = "() => getComputedStyle(document.activeElement).outlineStyle.replace('none', '')"


class Keys:
    """A window of one officer in which nothing is ever clicked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, key: str = "Enter") -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def skip_to_content(self) -> None:
        self.press("Tab")
        expect(self.page.get_by_role("link", name="Lompat ke isi utama")).to_be_focused()
        self.press("Enter")

    def to(self, thing: Locator) -> None:
        """Tab until the thing has the focus, in sight and with a ring around it."""
        for _ in range(MOST):
            self.press("Tab")
            if thing.evaluate("one => one === document.activeElement"):
                break
        expect(thing).to_be_focused()
        expect(thing).to_be_in_viewport()
        assert self.page.evaluate(RING), thing

    def write(self, name: str, words: str) -> None:
        self.to(self.page.locator(f"#hd-act [name={name}]"))
        self.page.keyboard.type(words)

    def finish(self, verb: str) -> None:
        """The button of the form."""
        self.to(self.page.locator("#hd-act").get_by_role("button", name=verb, exact=True))
        self.go()


@pytest.fixture
def staff(site):
    return Staff()


@pytest.fixture
def keys_of(staff, open_window):
    def opened(role: Role, address: str) -> Keys:
        UserProfile.objects.update_or_create(user=staff[role], defaults={"preferred_language": "id"})
        return Keys(open_window(user=staff[role]), address)

    return opened


def page_of(ticket: Ticket) -> str:
    return f"/admin/helpdesk/tickets/{ticket.pk}/"


def test_every_office_works_by_keyboard_alone(staff, keys_of):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)

    def stands_at(status: TicketStatus) -> None:
        ticket.refresh_from_db()
        assert ticket.state is status

    # The head of agency: from home to the disposition. A form that was asked for takes the next Tab.
    desk = keys_of(Role.HEAD_OF_AGENCY, "/admin/")
    desk.skip_to_content()
    desk.to(desk.page.locator(".hd-queue").get_by_role("link", name=ticket.number))
    desk.go()
    desk.skip_to_content()
    desk.to(desk.page.locator(".hd-actions").get_by_role("link", name="Beri disposisi"))
    desk.go()
    desk.press("Tab", "ArrowDown")
    expect(desk.page.locator("#hd-act [name=nature]").nth(1)).to_be_checked()
    desk.write("note", "Tangani hari ini.")
    desk.finish("Beri disposisi")
    stands_at(TicketStatus.DISPOSED)
    assert ticket.dispositions.get().nature == "urgent"

    # The division head: examines and names who leads.
    assert staff.prakom
    desk = keys_of(Role.DIVISION_HEAD, page_of(ticket))
    desk.go("s")
    desk.press("Tab")
    expect(desk.page.locator("[name=lead]")).to_be_focused()
    desk.press("ArrowDown")
    desk.finish("Periksa dan tugaskan")
    stands_at(TicketStatus.ASSIGNED)

    # The computer officer: verifies, writes the diagnosis, resolves.
    desk = keys_of(Role.COMPUTER_OFFICER, page_of(ticket))
    desk.go("s")
    desk.to(desk.page.locator("[name=verdict]").first)
    desk.press("Space")
    desk.finish("Verifikasi")
    desk.go("s")
    desk.write("symptoms", "Lampu LOS merah.")
    desk.write("cause", "Kabel serat putus.")
    desk.finish("Simpan diagnosis")
    desk.go("s")
    desk.write("action", "Kabel disambung ulang.")
    desk.finish("Tandai selesai ditangani")
    stands_at(TicketStatus.RESOLVED)

    # Technical support: tells the agency.
    desk = keys_of(Role.TECHNICAL_SUPPORT, page_of(ticket))
    desk.go("s")
    desk.finish("Beri tahu OPD")
    stands_at(TicketStatus.RESOLVED)
    assert ticket.informed_at is not None


def test_the_auditor_reads_and_exports_and_the_manager_sets_by_keyboard_alone(staff, keys_of):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    desk = keys_of(Role.AUDITOR, "/admin/")
    desk.skip_to_content()
    desk.to(desk.page.locator(".hd-ways-in").get_by_role("link", name="Buku register", exact=True))
    desk.go()
    desk.skip_to_content()
    desk.to(desk.page.locator("main").get_by_role("link", name=ticket.number).first)
    desk.go()
    expect(desk.page.locator(".hd-timeline")).to_be_attached()
    desk = Keys(desk.page, "/admin/helpdesk/tickets/")
    desk.skip_to_content()
    desk.to(desk.page.get_by_role("button", name="Tindakan").first)
    desk.press("Enter")
    desk.to(desk.page.get_by_role("link", name="Unduh CSV"))
    with desk.page.expect_download() as given:
        desk.press("Enter")
    assert given.value.suggested_filename.endswith(".csv")

    settings = HelpDeskSettings.load()
    desk = keys_of(Role.MANAGER, f"/admin/settings/helpdesk_plugin/helpdesksettings/{settings.pk}/")
    desk.skip_to_content()
    days = desk.page.locator("[name=reminder_days]")
    desk.to(days)
    desk.press("ArrowUp")
    desk.to(desk.page.get_by_role("button", name="Simpan", exact=True))
    desk.go()
    assert HelpDeskSettings.load().reminder_days == settings.reminder_days + 1
