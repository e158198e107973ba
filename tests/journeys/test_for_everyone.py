"""WCAG 2.2 AA where no tool sees it: the keyboard, zoom, targets, rest, forced colours, paper."""

import pytest
from playwright.sync_api import Page, expect

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    Opd,
    Ticket,
)
from tests.factories import make_ticket, ticket_at
from tests.journeys.reporting import link_to
from tests.journeys.test_accessibility import LONG, LONG_WORD

#: Where the focus is, how it shows, and whether the element can be seen at all.
FOCUS = """
() => {
  const one = document.activeElement;
  const shown = one.closest(".hd-choice") || one;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(one), around = getComputedStyle(shown);
  const visible = [style, around].some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  return {
    what: (one.type === "submit" && one.value) || one.name || one.id || one.getAttribute("href"),
    at: [...document.querySelectorAll("*")].indexOf(one),
    visible: visible && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}
"""
#: Targets of 24 px or more, unless they stand in a sentence or a list of facts (WCAG 2.5.8, inline).
TOO_SMALL = """
() => [...document.querySelectorAll("main :is(a, button, summary, input, select, textarea)")]
  .filter((target) => target.checkVisibility())
  .filter((target) => !target.closest(".hd-trap, .hd-hidden, p, dd, li:not(:has(> a:only-child))"))
  .map((target) => [(target.closest(".hd-choice") || target).getBoundingClientRect(), target.outerHTML])
  .filter(([box, _]) => box.height < 24 || box.width < 24)
"""
EVERYWHERE = [
    "/help-desk/status/",
    "/help-desk/status/langganan/",
    "/help-desk/lapor/",
    "/help-desk/lapor/?layanan=INF-NET",
    "/help-desk/ajukan/?layanan=INF-HST",
    "/help-desk/lacak/",
    "/help-desk/katalog/?cari=wifi",
    "/help-desk/katalog/INF-PNB/",
    "/help-desk/privasi/",
    "/help-desk/sop/",
]


def test_a_report_is_filed_by_keyboard_alone(desktop: Page) -> None:
    """From the choice of a service to the receipt: in the order of the page, always seen, never trapped."""
    keys = desktop.keyboard
    desktop.goto("/help-desk/lapor/")
    keys.press("Tab")
    expect(desktop.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    keys.press("Enter")
    tab_to(desktop, "?layanan=INF-NET")
    keys.press("Enter")
    expect(desktop.locator("main [name=summary]")).to_be_visible()
    desktop.locator("main").focus()
    tab_to(desktop, "summary")
    keys.type("Internet kantor mati")
    tab_to(desktop, "description")
    keys.type("Lampu modem merah.")
    tab_to(desktop, "who_affected")
    keys.press("Space")
    tab_to(desktop, "alternative")
    keys.press("Space")
    tab_to(desktop, "requester_name")
    keys.type("Sari Melati")
    keys.press("Tab")
    office = Opd.objects.offered()[0].name
    keys.type(office)
    keys.press("ArrowDown")
    keys.press("Enter")
    tab_to(desktop, "requester_unit")
    keys.type("Lantai 2")
    tab_to(desktop, "requester_phone")
    keys.type("0812 3456 7890")
    tab_to(desktop, "requester_email")
    keys.type("sari@example.test")
    tab_to(desktop, "privacy_ack")
    keys.press("Space")
    tab_to(desktop, "periksa")
    keys.press("Enter")
    expect(desktop.locator(".hd-checked").first).to_be_visible()
    desktop.locator("main").focus()
    tab_to(desktop, "kirim")
    keys.press("Enter")
    expect(desktop.locator(".hd-code")).to_be_visible()
    ticket = Ticket.objects.get()
    assert (ticket.summary, ticket.opd.name) == ("Internet kantor mati", office)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the wanted name, id or address has the focus; every stop is seen and further on."""
    last = -1
    for _ in range(120):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["visible"], focus
        # A field for a date has several stops of its own.
        assert focus["at"] >= last, f"the focus went back to {focus}"
        last = focus["at"]
        if focus["what"] == wanted:
            return
    raise AssertionError(f"{wanted} was not reached")


def test_focus_walks_through_every_page_and_out_again(desktop: Page) -> None:
    for address in EVERYWHERE:
        desktop.goto(address)
        desktop.keyboard.press("Tab")
        expect(desktop.get_by_role("link", name="Langsung ke isi")).to_be_focused()
        desktop.keyboard.press("Enter")
        stops = desktop.locator("main :is(a[href], button, input, select, textarea, summary)").count()
        last = -1
        for _ in range(2 * stops + 20):
            desktop.keyboard.press("Tab")
            focus = desktop.evaluate(FOCUS)
            if not desktop.evaluate("document.querySelector('main').contains(document.activeElement)"):
                break
            assert focus["visible"], (address, focus)
            assert focus["at"] >= last, (address, focus)
            last = focus["at"]
        else:
            raise AssertionError(f"{address} does not let the keyboard out")


@pytest.mark.parametrize(("zoom", "width"), [("200 %", 640), ("400 %", 320)])
def test_zoomed_pages_need_no_sideways_scrolling(desktop: Page, zoom: str, width: int) -> None:
    """A desk of 1280 px, zoomed: the layout has that many CSS pixels, down to 320 × 256."""
    desktop.set_viewport_size({"width": width, "height": 256})
    ticket = ticket_at(TicketStatus.RESOLVED, summary=LONG_WORD[:150], description=LONG)
    desktop.goto(link_to(ticket))
    of_ticket = [desktop.url, f"{desktop.url}tanda-terima/", f"{desktop.url}balas/"]
    for address in ["/", "/help-desk/", *EVERYWHERE, *of_ticket]:
        desktop.goto(address)
        assert desktop.evaluate("document.documentElement.scrollWidth") <= width, (zoom, address)


def test_targets_are_large_enough(phone: Page) -> None:
    phone.goto(link_to(make_ticket()))
    for address in [*EVERYWHERE, phone.url, f"{phone.url}tanda-terima/"]:
        phone.goto(address)
        assert phone.evaluate(TOO_SMALL) == [], address


def test_nothing_moves_for_people_who_asked_for_rest(desktop: Page) -> None:
    desktop.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
      return lasts(style.transitionDuration) || lasts(style.animationDuration);
    }).map((one) => one.outerHTML.slice(0, 200))"""
    for address in ["/", *EVERYWHERE]:
        desktop.goto(address)
        assert desktop.evaluate(moving) == [], address


def test_forced_colours_leave_state_and_focus_visible(desktop: Page) -> None:
    """High contrast takes our colours away: what is chosen, focused or wrong must show by its shape."""
    desktop.emulate_media(forced_colors="active")
    desktop.goto("/help-desk/lapor/?layanan=INF-NET")
    chosen = desktop.locator(".hd-choice").first
    chosen.click()
    widths = desktop.locator(".hd-choice").evaluate_all(
        "all => all.slice(0, 2).map((one) => getComputedStyle(one).borderTopWidth)"
    )
    assert widths == ["3px", "1px"]
    desktop.locator("main [name=summary]").focus()
    assert desktop.evaluate(FOCUS)["visible"]
    desktop.goto(link_to(make_ticket()))
    desktop.goto(f"{desktop.url}tanda-terima/")
    # A scanner needs dark on light, whatever the person chose.
    assert (
        desktop.locator(".hd-qr__code").evaluate("one => getComputedStyle(one).forcedColorAdjust") == "none"
    )


def test_paper_has_no_navigation_and_all_the_text(desktop: Page) -> None:
    desktop.emulate_media(media="print")
    for address in [*EVERYWHERE[:2], *EVERYWHERE[5:]]:
        desktop.goto(address)
        for gone in ("header nav", ".hd-crumbs", "footer", ".hd-search", ".hd-jump"):
            shown = desktop.locator(gone).evaluate_all("all => all.some((one) => one.checkVisibility())")
            assert not shown, (address, gone)
        assert desktop.locator("h1").is_visible()
        assert desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")
