"""Each office at its desk: by keyboard alone, on both screens, and with nothing for axe to say."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import EvidenceItem, Ticket
from helpdesk_plugin.services import evidence
from tests.factories import Staff, make_service, make_ticket, ticket_at
from tests.journeys.conftest import VIEWPORTS
from tests.journeys.test_accessibility import RULES
from tests.journeys.test_morning import LOOK, PRESSES

#: Where the focus is drawn: on the element, or on the label of a choice that is drawn as a pill.
SHOWN = """() => {
  const one = document.activeElement, label = one.labels && one.labels[0];
  const drawn = [one, label].filter(Boolean).map((part) => getComputedStyle(part));
  const box = one.getBoundingClientRect();
  return drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    || style.boxShadow !== "none") && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.fixture
def staff(site) -> Staff:
    return Staff()


class Keyboard:
    """Somebody without a mouse. Going to a thing is not a press; doing something with it is."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0
        page.goto("/admin/")

    def skip_the_menu(self) -> None:
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_role("link", name="Lompat ke isi utama")).to_be_focused()
        self.page.keyboard.press("Enter")

    def go_to(self, thing: Locator) -> None:
        expect(thing).to_be_attached()
        for _stop in range(80):
            self.page.keyboard.press("Tab")
            if thing.evaluate("one => one === document.activeElement"):
                # The browser scrolls to it first.
                self.page.wait_for_function(SHOWN, timeout=3000)
                return
        raise AssertionError(f"{thing} was not reached")

    def press(self, key: str, thing: Locator | None = None) -> None:
        if thing is not None:
            self.go_to(thing)
        self.page.keyboard.press(key)
        self.presses += 1

    def open_next_up(self, ticket: Ticket) -> None:
        self.skip_the_menu()
        self.press("Enter", self.page.locator(".hd-queue").get_by_role("link", name=ticket.number))
        expect(self.page.locator(".hd-desk__summary")).to_be_visible()
        self.page.wait_for_load_state("networkidle")


def test_triage_disposition_and_reply_without_a_mouse(staff, open_window):
    ticket = make_ticket()
    operator = Keyboard(open_window(user=staff[Role.TECHNICAL_SUPPORT]))
    operator.open_next_up(ticket)
    operator.press("s")
    operator.press("Enter", operator.page.locator("#hd-act button.button[type=submit]"))
    expect(operator.page.get_by_text("Menunggu disposisi").first).to_be_visible()
    head = Keyboard(open_window(user=staff[Role.HEAD_OF_AGENCY]))
    head.open_next_up(ticket)
    head.press("Enter", head.page.locator(".hd-next"))
    head.press("Enter", head.page.locator("#hd-act button.button[type=submit]"))
    expect(head.page.get_by_text("Didisposisikan").first).to_be_visible()
    # A ticket that waits for her answer, and the shortcuts that the page tells of.
    asked = make_ticket()
    answering = Keyboard(operator.page)
    answering.open_next_up(asked)
    answering.press("r")
    expect(answering.page.locator("#hd-way-reply")).to_be_checked()
    answering.go_to(answering.page.locator("textarea[name=note]"))
    answering.page.keyboard.type("Teknisi datang pukul 10.")
    answering.press("Control+Enter")
    expect(answering.page.locator(".hd-timeline").get_by_text("Teknisi datang pukul 10.")).to_be_visible()
    assert Ticket.objects.get(pk=ticket.pk).state is TicketStatus.DISPOSED
    assert asked.events.get(act="reply").content_public
    assert operator.presses <= PRESSES["triage"]
    assert head.presses <= PRESSES["disposition"]
    assert answering.presses <= PRESSES["reply"]


def test_cause_is_looked_for_beside_what_was_found_before(staff, open_window):
    """While she types; a line of the checklist is ticked in one press."""
    solved = ticket_at(TicketStatus.CLOSED, staff=staff, summary="Pencetak karcis berhenti")
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff, service=make_service(is_security=True))
    page = open_window(user=staff[Role.COMPUTER_OFFICER])
    page.goto(f"/admin/helpdesk/tickets/{ticket.pk}/do/diagnose/")
    page.locator("[name=symptoms]").fill("Karcis tidak tercetak, pencetak berhenti")
    expect(page.locator("[data-hd-suggest-list]").get_by_text(solved.number)).to_be_visible()
    expect(page.locator("[data-hd-suggest-told]")).to_contain_text("saran")
    expect(page.locator("[name=symptoms]")).to_be_focused()
    page.goto(f"/admin/helpdesk/tickets/{ticket.pk}/")
    page.locator("#hd-evidence").get_by_role("button", name="Tandai selesai").first.click()
    lines = EvidenceItem.objects.count()
    expect(page.locator("#hd-evidence").get_by_text(f"1 dari {lines} selesai")).to_be_visible()
    assert evidence.latest_ticks(ticket.events.order_by("id"))


def look(page: Page, address: str) -> list[str]:
    """What axe says of a page on both screens; and whether it fits them."""
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto(address)
    page.evaluate(AXE_SCRIPT)
    found = []
    for viewport, size in VIEWPORTS.items():
        page.set_viewport_size(size)
        found += [f"{viewport}: too wide"] * (page.evaluate("document.body.scrollWidth") > size["width"])
        for rule in page.evaluate(LOOK, RULES):
            found += [f"{viewport}: {rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]
    return [f"{address}: {one}" for one in found]


def test_each_office_finds_its_work_on_both_screens(staff, open_window):
    """Home says what waits; the page says what comes next; who only reads is offered nothing to do."""
    at = {status: ticket_at(status, staff=staff) for status in (TicketStatus.TRIAGED, TicketStatus.DISPOSED)}
    at |= {status: ticket_at(status, staff=staff) for status in (TicketStatus.ASSIGNED,)}
    at[TicketStatus.SUBMITTED] = make_ticket()
    waits = {
        Role.TECHNICAL_SUPPORT: (TicketStatus.SUBMITTED, "Terima dan prioritaskan"),
        Role.HEAD_OF_AGENCY: (TicketStatus.TRIAGED, "Beri disposisi"),
        Role.DIVISION_HEAD: (TicketStatus.DISPOSED, "Periksa dan tugaskan"),
        Role.COMPUTER_OFFICER: (TicketStatus.ASSIGNED, "Verifikasi"),
    }
    found = []
    for role, (status, verb) in waits.items():
        page = open_window(user=staff[role])
        found += look(page, "/admin/")
        expect(page.locator(".hd-queue").get_by_text(at[status].number)).to_be_visible()
        found += look(page, f"/admin/helpdesk/tickets/{at[status].pk}/")
        expect(page.locator(".hd-next")).to_have_text(verb)
    reads = {
        Role.AUDITOR: (f"/admin/helpdesk/tickets/{at[TicketStatus.SUBMITTED].pk}/", ".hd-timeline"),
        Role.MANAGER: ("/admin/helpdesk/health/", ".hd-health"),
        Role.EDITOR: ("/admin/helpdesk/notices/", "main"),
    }
    for role, (address, shown) in reads.items():
        page = open_window(user=staff[role])
        found += look(page, address)
        expect(page.locator(shown).first).to_be_visible()
        expect(page.locator(".hd-next")).to_have_count(0)
    page.goto("/admin/helpdesk/tickets/")
    expect(page).to_have_url("/admin/")
    assert found == []
