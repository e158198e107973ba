"""The ticket page in a browser: from intake to solution on one screen, in few presses."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import CannedReply, Ticket
from helpdesk_plugin.services import conversation
from tests.factories import Staff, accepted_picture, make_ticket, ticket_at

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}


@pytest.fixture
def staff(site) -> Staff:
    return Staff()


@pytest.fixture
def desk_of(staff, open_window):
    """A window of one officer, in Indonesian; ``theme`` as chosen in the account."""

    def opened(role: Role, viewport="desktop", theme="light") -> Page:
        officer = staff[role]
        UserProfile.objects.update_or_create(
            user=officer, defaults={"preferred_language": "id", "theme": theme}
        )
        return open_window(viewport, user=officer)

    return opened


def address(ticket: Ticket) -> str:
    return f"/admin/helpdesk/tickets/{ticket.pk}/"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    # Wagtail's own frame is Wagtail's: we answer for what stands inside it.
    found = page.evaluate("rules => axe.run('.hd-desk', rules).then((result) => result.violations)", RULES)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_reply_takes_three_presses_from_the_list(staff, desk_of):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    page, presses = desk_of(Role.TECHNICAL_SUPPORT), 0
    page.goto("/admin/helpdesk/tickets/")
    page.get_by_role("link", name=re.compile(ticket.number)).first.click()
    presses += 1
    page.locator("label[for=hd-way-reply]").click()
    presses += 1
    expect(page.locator("textarea[name=note]")).to_be_focused()
    expect(page.get_by_text("Sari Melati").first).to_be_visible()
    page.keyboard.type("Kami sedang ke lokasi.")
    page.get_by_role("button", name="Kirim balasan").click()
    presses += 1
    page.wait_for_url(re.compile(rf"{address(ticket)}$"))
    assert ticket.events.get(act="reply").public_note == "Kami sedang ke lokasi."
    assert presses <= 3
    # What was sent is no draft any more.
    page.reload()
    expect(page.locator("textarea[name=note]")).to_have_value("")


def test_intake_to_solution_without_leaving_the_screen(staff, desk_of):
    """A small desk: one person holds every office. The summary stays in sight all the way."""
    ticket = make_ticket(summary="Internet loket mati")
    officer = staff[Role.TECHNICAL_SUPPORT]
    for role in (Role.HEAD_OF_AGENCY, Role.DIVISION_HEAD, Role.COMPUTER_OFFICER):
        officer.groups.add(*staff[role].groups.all())
    page = desk_of(Role.TECHNICAL_SUPPORT)
    page.goto(address(ticket))
    steps = {
        "Terima dan prioritaskan": {},
        "Beri disposisi": {},
        "Periksa dan tugaskan": {"lead": str(officer.pk)},
        "Verifikasi": {"verdict": "infrastructure"},
        "Simpan diagnosis": {"symptoms": "Lampu merah", "cause": "Kabel putus"},
    }
    for verb, typed in steps.items():
        page.locator(".hd-actions").get_by_role("link", name=verb, exact=True).click()
        expect(page.locator(".hd-desk__summary")).to_have_text("Internet loket mati")
        expect(page.locator(".hd-timeline")).to_be_attached()
        for name, value in typed.items():
            field = page.locator(f"#hd-act [name={name}]")
            if name == "verdict":
                page.locator(f"#hd-act [name={name}][value={value}]").check()
            elif name == "lead":
                field.select_option(value)
            else:
                field.fill(value)
        page.locator("#hd-act").get_by_role("button", name=verb, exact=True).click()
        page.wait_for_url(re.compile(rf"{address(ticket)}$"))
    page.locator("label[for=hd-way-resolve]").click()
    page.locator("#hd-composer [name=note]").fill("Sudah pulih, mohon dicoba.")
    page.locator("#hd-composer [name=action]").fill("Kabel disambung ulang.")
    page.get_by_role("button", name="Kirim dan tandai selesai ditangani").click()
    page.wait_for_url(re.compile(rf"{address(ticket)}$"))
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.RESOLVED
    assert ticket.informed_at is not None


def test_keyboard_draft_and_canned_reply(staff, desk_of):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    CannedReply.objects.create(title="Salam uji", text="Yth. {name}", position=1)
    page = desk_of(Role.TECHNICAL_SUPPORT)
    page.goto(address(ticket))
    text = page.locator("textarea[name=note]")
    expect(page.locator("#hd-way-note")).to_be_checked()
    page.keyboard.press("r")
    expect(page.locator("#hd-way-reply")).to_be_checked()
    text.fill("Sebentar.")
    expect(page.locator("[data-hd-kept]")).to_be_visible()
    page.reload()
    expect(text).to_have_value("Sebentar.")
    expect(page.locator("#hd-way-reply")).to_be_checked()
    page.locator("#id_canned").select_option(label="Salam uji")
    page.get_by_role("button", name="Sisipkan").click()
    expect(text).to_have_value("Sebentar.\n\nYth. Sari Melati")
    text.press("Control+Enter")
    page.wait_for_url(re.compile(rf"{address(ticket)}$"))
    expect(page.locator(".hd-timeline").get_by_text("Yth. Sari Melati")).to_be_visible()
    expect(page.locator("textarea[name=note]")).to_have_value("")


def test_the_three_answers_stand_above_the_fold(staff, desk_of):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    page = desk_of(Role.COMPUTER_OFFICER)
    page.goto(address(ticket))
    for shown in (
        ".hd-desk__summary",
        ".hd-priority",
        ".hd-state",
        ".hd-due",
        ".hd-next",
        "textarea[name=note]",
    ):
        box = page.locator(shown).first.bounding_box()
        assert box["y"] + box["height"] <= 768, shown


@pytest.mark.parametrize(("viewport", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_page_and_forms_have_no_violations(staff, desk_of, viewport, theme):
    ticket = ticket_at(
        TicketStatus.RECOVERING, staff=staff, files=[accepted_picture()], description="Kata " * 300
    )
    make_ticket(opd=ticket.opd)
    conversation.note_ticket(ticket.pk, by=staff.prakom, note="Jangan sebut vendor.")
    conversation.reply_to_ticket(ticket.pk, by=staff.teknisi, note="Kami sedang ke lokasi.")
    page = desk_of(Role.COMPUTER_OFFICER, viewport, theme)
    noted = []
    for place in ("", "do/resolve/", "do/work/", "do/contact/", "do/attach/", "print/"):
        page.goto(address(ticket) + place)
        if place == "print/":
            continue
        noted += [f"{place or 'page'}: {one}" for one in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    page.goto(address(ticket))
    for way in ("reply", "wait", "resolve", "progress"):
        page.locator(f"label[for=hd-way-{way}]").click()
        noted += [f"{way}: {one}" for one in violations(page)]
    assert noted == []
