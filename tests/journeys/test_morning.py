"""The officer's morning: from Wagtail's home to work done, with the presses counted; and axe on her lists."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services.own_lists import save_view
from tests.factories import Staff, make_ticket, ticket_at
from tests.journeys.test_accessibility import RULES

#: The most presses from home to the end of each journey; typing is not pressing, but getting there is.
PRESSES = {"triage": 4, "disposition": 3, "reply": 3}

#: Runs axe over what is ours: neither the frame around, nor Wagtail's heading above what was found.
LOOK = """rules => axe.run({include: ["main"], exclude: ["h2[role=alert]"]}, rules)
    .then((result) => result.violations)"""


class Hand:
    """Presses things, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0
        page.goto("/admin/")

    def press(self, thing: Locator) -> None:
        thing.click()
        self.presses += 1

    def press_next_up(self, ticket: Ticket) -> None:
        """The ticket, among those with which home says to go on."""
        self.press(self.page.locator(".hd-queue").get_by_role("link", name=ticket.number))


@pytest.fixture
def staff(site):
    return Staff()


def test_triage_from_home(staff, open_window):
    ticket = make_ticket()
    hand = Hand(open_window(user=staff[Role.TECHNICAL_SUPPORT]))
    hand.press_next_up(ticket)
    hand.press(hand.page.get_by_role("link", name="Terima dan prioritaskan").first)
    hand.press(hand.page.get_by_role("button", name="Terima dan prioritaskan"))
    expect(hand.page.get_by_text("Menunggu disposisi").first).to_be_visible()
    assert Ticket.objects.get().state is TicketStatus.TRIAGED
    assert hand.presses <= PRESSES["triage"]


def test_disposition_from_home(staff, open_window):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
    hand = Hand(open_window(user=staff[Role.HEAD_OF_AGENCY]))
    hand.press_next_up(ticket)
    hand.press(hand.page.get_by_role("link", name="Beri disposisi").first)
    hand.press(hand.page.get_by_role("button", name="Beri disposisi"))
    expect(hand.page.get_by_text("Didisposisikan").first).to_be_visible()
    assert Ticket.objects.get().state is TicketStatus.DISPOSED
    assert hand.presses <= PRESSES["disposition"]


def test_reply_from_home(staff, open_window):
    ticket = make_ticket()
    hand = Hand(open_window(user=staff[Role.TECHNICAL_SUPPORT]))
    hand.press_next_up(ticket)
    hand.press(hand.page.locator("label[for=hd-way-reply]"))
    hand.page.locator("textarea[name=note]").fill("Teknisi datang pukul 10.")
    hand.press(hand.page.locator("#hd-composer button[type=submit]").first)
    expect(hand.page.get_by_text("Teknisi datang pukul 10.").first).to_be_visible()
    assert ticket.events.filter(act=Remark.REPLY, content_public=True).count() == 1
    assert hand.presses <= PRESSES["reply"]


def test_bulk_from_the_list(staff, open_window):
    """Two tickets are ticked, taken by one press of a form, and reported; the count says how many."""
    tickets = [make_ticket(), make_ticket()]
    hand = Hand(open_window(user=staff[Role.TECHNICAL_SUPPORT]))
    hand.press(hand.page.locator(".hd-heaps").get_by_role("link", name="Belum ada petugas"))
    boxes = hand.page.locator(".bulk-action-checkbox")
    for n in range(2):
        hand.press(boxes.nth(n))
    expect(hand.page.get_by_text("Semua 2 di layar ini dipilih")).to_be_visible()
    hand.press(hand.page.locator(".bulk-actions-choices").get_by_role("link", name="Ambil tiket"))
    expect(hand.page.locator("[name=ticket]")).to_have_count(2)
    hand.press(hand.page.get_by_role("button", name="Ambil tiket"))
    expect(hand.page.get_by_text("Selesai: 2. Tidak dilakukan: 0.")).to_be_visible()
    for ticket in tickets:
        assert ticket.events.filter(act=Remark.TAKE).count() == 1


@pytest.mark.parametrize(("viewport", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_lists_and_home_have_no_violations(staff, open_window, viewport, scheme):
    teknisi = staff[Role.TECHNICAL_SUPPORT]
    tickets = [make_ticket(), make_ticket()]
    save_view(teknisi, "Jaringan", "work=role")
    page = open_window(viewport, user=teknisi)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    note = f"/admin/bulk/helpdesk_plugin/ticket/note/?id={tickets[0].pk}&id={tickets[1].pk}"
    hand_over = note.replace("note", "hand_over")
    found = []
    for address in (
        "/admin/",
        "/admin/helpdesk/tickets/?work=role",
        "/admin/helpdesk/tickets/lists/",
        hand_over,
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], address
        page.evaluate(AXE_SCRIPT)
        violations = page.evaluate(LOOK, RULES)
        found += [
            f"{address}: {rule['id']}: {node['target']} {node['html'][:160]}"
            for rule in violations
            for node in rule["nodes"]
        ]
    assert not found, "\n".join(found)
