"""WCAG 2.2 AA: axe on every page in every state, and what no tool sees: the keyboard, zoom, forced colours.

Each state is looked at twice: with a telephone in Indonesian, and at a desk in English.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import Page, expect

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    NoticeSubscription,
    Opd,
    OpdContact,
    PriorityTarget,
    Service,
    SignIn,
    SopVersion,
    StatusNotice,
    StepStandard,
    SurveyElement,
    SurveyInvitation,
    Ticket,
)
from helpdesk_plugin.pages.models import KnowledgeIndexPage
from helpdesk_plugin.portal.acts import DEEDS
from helpdesk_plugin.portal.acts import offers_for as offers_of
from helpdesk_plugin.services import sign_in
from tests.factories import make_notice, make_opd, make_service, make_ticket, make_user, ticket_at
from tests.portal.everywhere import HELP_DESK, WITHOUT_A_PAGE, names
from tests.services.test_knowledge import publish
from tests.surveys import open_one

LOOKS = [("phone", "id"), ("desktop", "en")]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
#: What sticks out of the window and makes people scroll sideways; empty when all is well.
TOO_WIDE = """() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    return scrollWidth <= clientWidth ? "" : [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > clientWidth)
        .map((one) => one.outerHTML.slice(0, 120)).at(-1);
}"""
LONG_WORD = "Satukatayangsangatpanjangsekalitanpajedasamasekali" * 3
LONG = f"{LONG_WORD}\n" + "Kalimat yang panjang sekali dari seorang pegawai yang teliti. " * 40


class Auditor:
    """Looks at the page that a window shows and notes what axe objects to; the test ends with `verdict`."""

    def __init__(self, page: Page) -> None:
        self.page, self.noted, self.looked = page, [], 0
        self.names: set[str] = set()

    def look(self, state: str) -> None:
        """Note what axe objects to, and text that makes the page wider than its window."""
        self.page.wait_for_load_state()  # Without its stylesheet every page is too wide.
        if wide := self.page.evaluate(TOO_WIDE):
            self.noted.append(f"{state}: wider than the window: {wide}")
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("rules => axe.run(rules).then((result) => result.violations)", RULES)
        self.noted += [
            f"{state}: {rule['id']}: {node['target']} {node['html'][:200]}"
            for rule in found
            for node in rule["nodes"]
        ]
        self.looked += 1
        shown = resolve(urlsplit(self.page.url).path)
        if shown.namespaces[:1] == [HELP_DESK]:
            self.names.add(shown.view_name.removeprefix(f"{HELP_DESK}:"))

    def visit(self, address: str, state: str = "") -> None:
        self.page.goto(address)
        self.look(state or address)

    def verdict(self, promised: set[str] = frozenset()) -> None:
        """Nothing was objected to; the pages with the ``promised`` names were among those seen."""
        assert self.looked
        assert self.noted == []
        assert promised <= self.names


@pytest.fixture(params=LOOKS, ids=["phone-id", "desktop-en"])
def auditor(request: pytest.FixtureRequest, open_window: Callable[..., Page], site: str) -> Iterator[Auditor]:
    viewport, language = request.param
    window = open_window(viewport)
    window.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    yield Auditor(window)
    assert window.locator("html").get_attribute("lang") == language


def link_to(ticket: Ticket) -> str:
    return f"/help-desk/t/{ticket.number}/{ticket.access.link_token}/"


def press_last_button(page: Page) -> None:
    page.locator("main form .hd-button[type=submit]").last.click()


# --- Axe ----------------------------------------------------------------------------------------------

#: Which pages the tests below promise to look at, by the names of their addresses.
OPEN = {
    *("report", "request", "track", "catalogue", "standard", "sop", "privacy"),
    *("my_tickets", "sign_in"),
}
OF_A_TICKET = {"ticket", "receipt", "forget", "act", "survey"}
OF_THE_STATUS = {
    *("status", "notice", "status_month", "status_subscribe"),
    *("status_confirm", "status_subscription", "status_unsubscribe"),
}
OF_THE_SURVEY = {"ikm_invited", "ikm_open", "ikm_thanks"}
OF_THE_LIST = {"my_tickets", "sign_in", "sign_out", "agency_ticket", "agency_reply"}


def test_every_page_is_promised_to_be_looked_at() -> None:
    assert set(names()) == OPEN | OF_A_TICKET | OF_THE_LIST | OF_THE_STATUS | OF_THE_SURVEY | WITHOUT_A_PAGE


def test_pages_without_a_ticket_have_no_violations(auditor: Auditor) -> None:
    make_service(code="KODE-UJI", name=LONG_WORD[:150], hint=LONG, product=LONG)
    for address in (
        "/",
        "/help-desk/",
        "/help-desk/lapor/",
        "/help-desk/ajukan/",
        "/help-desk/lapor/?layanan=TIDAK-ADA",
        "/help-desk/lacak/",
        "/help-desk/lacak/?tautan=1",
        "/help-desk/tiket-saya/",
        "/help-desk/tiket-saya/masuk/bukan-tautan/",
        "/help-desk/katalog/",
        "/help-desk/katalog/?cari=internet",
        "/help-desk/katalog/?cari=tidak-mungkin-ada",
        "/help-desk/katalog/INF-NET/",
        "/help-desk/katalog/KAM-INS/",
        "/help-desk/katalog/KODE-UJI/",
        "/help-desk/katalog/TIDAK-ADA/",
        "/help-desk/privasi/",
        "/help-desk/sop/",
        "/tidak-ada/",
    ):
        auditor.visit(address)
    auditor.verdict(OPEN)


def test_knowledge_has_no_violations(auditor: Auditor) -> None:
    shelf = KnowledgeIndexPage.objects.get()
    auditor.visit(shelf.url, "empty shelf")
    article = publish(shelf, title=LONG_WORD[:150], symptoms=LONG, solution=LONG)
    auditor.visit(shelf.url, "shelf")
    auditor.visit(article.url)
    auditor.page.get_by_role("button").filter(visible=True).get_by_text(re.compile("membantu|helped")).click()
    auditor.look("answered")
    auditor.verdict()


def test_empty_pages_have_no_violations(auditor: Auditor) -> None:
    Service.objects.update(active=False)
    StepStandard.objects.all().delete()
    SopVersion.objects.all().delete()
    PriorityTarget.objects.all().delete()
    for address in ("lapor/", "ajukan/", "katalog/", "sop/"):
        auditor.visit(f"/help-desk/{address}")
    make_service(code="KODE-UJI")
    auditor.visit("/help-desk/katalog/KODE-UJI/")
    auditor.verdict()


@pytest.mark.parametrize(
    "address", ["/help-desk/lapor/?layanan=INF-NET", "/help-desk/ajukan/?layanan=INF-HST"]
)
def test_filing_has_no_violations(auditor: Auditor, address: str) -> None:
    page = auditor.page
    auditor.visit(address)
    press_last_button(page)
    expect(page.get_by_role("alert")).to_be_visible()
    auditor.look(f"{address} with every error")
    if "lapor" in address:
        page.goto(address)
        fill_in(page, summary=LONG_WORD[:150], description=LONG)
        press_last_button(page)
        expect(page.get_by_role("alert")).to_have_count(0)
        auditor.look(f"{address} to be checked")
        press_last_button(page)
        expect(page.locator(".hd-code")).to_be_visible()
        auditor.look("receipt")
    auditor.verdict()


def test_tracker_with_errors_has_no_violations(auditor: Auditor) -> None:
    page = auditor.page
    page.goto("/help-desk/lacak/")
    press_last_button(page)
    auditor.look("nothing typed")
    page.locator("[name=nomor]").fill(make_ticket().number)
    page.locator("[name=kode]").fill("AAAA-AAAA-AAAA")
    press_last_button(page)
    expect(page.get_by_role("alert")).to_be_visible()
    auditor.look("wrong pair")
    auditor.verdict()


def test_pages_of_tickets_have_no_violations(auditor: Auditor) -> None:
    seen: set[str] = set()
    for status, words in {
        TicketStatus.SUBMITTED: {},
        TicketStatus.RETURNED: {"summary": LONG_WORD[:150], "description": LONG},
        TicketStatus.WAITING_REQUESTER: {},
        TicketStatus.RECOVERING: {},
        TicketStatus.RESOLVED: {},
        TicketStatus.CLOSED: {},
        TicketStatus.REJECTED: {},
    }.items():
        ticket = ticket_at(status, **words)
        auditor.visit(link_to(ticket), f"ticket {status.value}")
        address = auditor.page.url
        # Every act once where it is offered; one that is not offered says so.
        offered = {offer.deed.slug for offer in offers_of(ticket)} | {"tanda-terima", "selesai"}
        for slug in sorted(offered - seen):
            auditor.visit(f"{address}{slug}/", f"{slug} {status.value}")
        seen |= offered
        if status is TicketStatus.RETURNED:
            auditor.page.goto(f"{address}lengkapi/")
            auditor.page.locator("main textarea").first.fill("")
            press_last_button(auditor.page)
            auditor.look("lengkapi with an error")
        if status is TicketStatus.CLOSED:
            auditor.visit(f"{address}survei/", "survey")
        if status is TicketStatus.REJECTED:
            auditor.visit(f"{address}{DEEDS[0].slug}/", "an act that is not offered")
    assert {deed.slug for deed in DEEDS} <= seen
    auditor.verdict(OF_A_TICKET)


def test_confidential_ticket_has_no_violations(auditor: Auditor) -> None:
    ticket = make_ticket(service=Service.objects.get(code="KAM-INS"))
    auditor.visit(link_to(ticket), "confidential ticket")
    auditor.visit(f"{auditor.page.url}tanda-terima/", "confidential receipt")
    auditor.verdict()


def test_my_tickets_have_no_violations(auditor: Auditor) -> None:
    page, address = auditor.page, "sari.melati@example.test"
    for status in (TicketStatus.SUBMITTED, TicketStatus.CLOSED):
        ticket_at(status, summary=LONG_WORD[:150])
    make_ticket(service=Service.objects.get(code="KAM-INS"))
    opd = make_opd(name=LONG_WORD[:120])
    seen = make_ticket(opd=opd, requester_email="orang.lain@example.test")
    OpdContact.objects.create(opd=opd, name="Sari Melati", email=address, first_day=date(2026, 1, 1))
    page.goto("/help-desk/tiket-saya/")
    press_last_button(page)
    auditor.look("no address typed")
    sign_in.ask_for_link(address, language="id")
    auditor.visit(f"/help-desk/tiket-saya/masuk/{SignIn.objects.latest('pk').token}/", "link not yet used")
    press_last_button(page)
    expect(page.get_by_text(seen.number).first).to_be_visible()
    auditor.look("the list")
    auditor.visit(f"/help-desk/tiket-saya/opd/{seen.number}/", "ticket of the agency")
    auditor.visit(f"/help-desk/tiket-saya/opd/{seen.number}/balas/", "reply of the contact")
    auditor.visit("/help-desk/tiket-saya/keluar/", "signing out")
    auditor.verdict(OF_THE_LIST)


def test_pages_of_the_status_have_no_violations(auditor: Auditor) -> None:
    """Quiet and busy, with banners everywhere; from asking for mails to leaving."""
    page, address = auditor.page, "/help-desk/status/"
    auditor.visit(address, "quiet")
    internet = Service.objects.get(code="INF-NET")
    # In the past, so that it is a day of the bars whenever the test runs.
    begins = timezone.now() - timedelta(days=3)
    long_one = make_notice(
        title=LONG_WORD[:150], services=[(internet, "major")], summary=f"<p>{LONG}</p>", starts_at=begins
    )
    make_notice(title="Email lambat", services=[(Service.objects.get(code="APL-EML"), "degraded")])
    over = make_notice(
        title="Sudah lewat", services=[internet], cause=LONG, prevention=LONG, starts_at=begins
    )
    StatusNotice.objects.filter(pk=over.pk).update(phase="resolved", ended_at=timezone.now())
    make_notice(
        kind="maintenance",
        services=[(internet, "maintenance")],
        starts_at=timezone.now() + timedelta(days=1),
        expected_end=timezone.now() + timedelta(days=2),
    )
    page.goto(address)
    page.reload()  # The browser may show the quiet page for half a minute without asking.
    expect(page.locator("main").get_by_text("Email lambat").first).to_be_visible()
    auditor.look("busy")
    for summary in page.locator("main details > summary").all():
        summary.click()
    auditor.look("every group opened")
    for notice in (long_one, over):
        auditor.visit(f"{address}{notice.pk}/")
    auditor.visit(f"{address}riwayat/{begins.year}/{begins.month}/")
    for elsewhere in ("/", "/help-desk/", "/help-desk/lacak/", "/help-desk/lapor/?layanan=INF-NET"):
        auditor.visit(elsewhere, f"banner on {elsewhere}")
    auditor.visit(f"{address}langganan/?pengumuman={long_one.pk}", "following one")
    auditor.visit(f"{address}langganan/")
    press_last_button(page)
    expect(page.get_by_role("alert")).to_be_visible()
    auditor.look("no address typed")
    page.locator("main summary").click()
    page.locator("main [name=layanan]").first.check()
    page.locator("main [name=email]").fill("sari@example.test")
    auditor.look("services chosen")
    press_last_button(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    auditor.look("look into your mailbox")
    asked = NoticeSubscription.objects.get()
    auditor.visit(f"{address}langganan/konfirmasi/{asked.confirm_token}/", "to be confirmed")
    press_last_button(page)
    expect(page.locator(".hd-note--ok")).to_be_visible()
    auditor.look("subscribed")
    page.goto(f"{address}langganan/{asked.manage_token}/berhenti/")
    auditor.look("to be ended")
    press_last_button(page)
    expect(page.locator("main [value=kembali]")).to_be_visible()
    auditor.look("ended")
    auditor.visit(f"{address}langganan/bukan-tautan/", "no such link")
    auditor.verdict(OF_THE_STATUS)


def test_pages_of_the_survey_have_no_violations(auditor: Auditor) -> None:
    SurveyElement.objects.filter(code="U1").update(question=LONG_WORD + "?", answer_4=LONG_WORD[:60])
    period = open_one(
        make_user(Role.MANAGER),
        title="Semester ini",
        first_day=timezone.localdate() - timedelta(days=90),
        last_day=timezone.localdate(),
        answers_until=timezone.localdate() + timedelta(days=9),
    )
    invitation = SurveyInvitation.objects.create(period=period, opd=make_opd(), email="sari@example.test")
    auditor.visit(f"/help-desk/survei/{period.open_code}/", "open survey")
    press_last_button(auditor.page)
    auditor.look("open survey with errors")
    auditor.visit(f"/help-desk/survei/u/{invitation.token}/", "invited")
    press_last_button(auditor.page)
    auditor.look("no reminder wanted")
    auditor.visit(f"/help-desk/survei/u/{invitation.token}/", "invited all the same")
    for n in range(1, 10):
        auditor.page.locator(f"#id_u{n}_1").check()
    auditor.page.locator("form.hd-form .hd-button[type=submit]").click()
    auditor.look("thanks")
    auditor.visit(f"/help-desk/survei/u/{invitation.token}/", "used")
    auditor.verdict(OF_THE_SURVEY)


def test_auditor_notices_a_violation(open_window: Callable[..., Page]) -> None:
    window = open_window()
    window.goto("/help-desk/lacak/")
    window.evaluate("document.querySelector('label[for=id_kode]').remove()")
    auditor = Auditor(window)
    auditor.look("label taken away")
    assert any("label" in note for note in auditor.noted)


def fill_in(page: Page, **words: str) -> None:
    """Everything that the form for a disruption requires, in whatever language the page speaks."""
    said = {
        "summary": "Internet kantor mati",
        "description": "Lampu modem merah.",
        "requester_name": "Sari Melati",
        "requester_unit": "Lantai 2",
        "requester_phone": "0812 3456 7890",
        "requester_email": "sari@example.test",
        **words,
    }
    for name, text in said.items():
        page.locator(f"main [name={name}]").fill(text)
    for name, value in (("who_affected", "office"), ("alternative", "no")):
        page.locator(f"[name={name}][value={value}]").check()
    choose_office(page)
    page.locator("[name=privacy_ack]").check()


def choose_office(page: Page) -> None:
    """By the list itself, with or without the search that a script lays over it."""
    page.evaluate(
        """(value) => {
          const list = document.querySelector("select[name=opd]");
          list.value = value;
          list.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        str(Opd.objects.offered()[0].pk),
    )


# --- What no tool sees --------------------------------------------------------------------------------

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
