"""WCAG 2.2 AA: axe on every page in every state.

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
    OpdContact,
    PriorityTarget,
    Service,
    SignIn,
    SopVersion,
    StatusNotice,
    StepStandard,
    SurveyElement,
    SurveyInvitation,
)
from helpdesk_plugin.pages.models import KnowledgeIndexPage
from helpdesk_plugin.portal.acts import DEEDS
from helpdesk_plugin.portal.acts import offers_for as offers_of
from helpdesk_plugin.services import sign_in
from tests.factories import make_notice, make_opd, make_service, make_ticket, make_user, ticket_at
from tests.journeys.reporting import fill_in, link_to
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
