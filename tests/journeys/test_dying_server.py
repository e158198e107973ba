"""A server of its own, run as in production and killed: nothing typed is lost, one ticket is made."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.factories import PDF, picture
from tests.journeys.real_server import RealServer
from tests.journeys.weak_link import (
    BRAKED,
    FORM,
    a_file,
    choose,
    comes_true,
    draft_is_stored,
    expect_facts,
    expect_receipt,
    go_on,
    kept,
    send,
    tick_privacy,
    type_facts,
)


@pytest.fixture(scope="module")
def prepared_server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    server = RealServer(tmp_path_factory.mktemp("server"))
    yield server
    server.kill()


@pytest.fixture
def real_server(prepared_server: RealServer) -> RealServer:
    """Running; its database keeps what other tests have filed."""
    prepared_server.kill()
    prepared_server.start()
    return prepared_server


@pytest.fixture
def on_the_road(real_server: RealServer, new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A telephone that talks to the real server."""
    return new_context(base_url=real_server.url, viewport={"width": 360, "height": 740})


def continue_draft(context: BrowserContext) -> Page:
    """The form in a new tab, as a person takes it up again; only the tick is asked for anew."""
    page = context.new_page()
    page.goto(FORM)
    page.get_by_role("button", name="Lanjutkan draf").click()
    tick_privacy(page)
    return page


def filed(server: RealServer, summary: str) -> int:
    ((count,),) = server.rows(f"SELECT count(*) FROM helpdesk_plugin_ticket WHERE summary = '{summary}'")  # noqa: S608
    return count


def test_server_killed_in_the_middle_of_an_upload_and_of_a_send_loses_nothing(
    real_server: RealServer, on_the_road: BrowserContext
) -> None:
    page = on_the_road.new_page()
    page.goto(FORM)
    choose(page, a_file("kecil.jpg", picture(), "image/jpeg"))
    expect(kept(page)).to_have_text(["kecil.jpg"])
    type_facts(page)
    line = page.context.new_cdp_session(page)
    line.send("Network.emulateNetworkConditions", {**BRAKED, "uploadThroughput": 40_000})
    choose(page, a_file("besar.pdf", PDF + b"0" * 400_000))
    comes_true(page, "document.querySelector('[data-coming] progress')?.value > 15")
    real_server.kill()
    expect(page.get_by_text("Sambungan terputus saat besar.pdf dikirim.")).to_be_visible(timeout=20_000)
    line.send("Network.emulateNetworkConditions", {**BRAKED, "uploadThroughput": -1})
    expect_facts(page)

    real_server.start()
    page.get_by_role("button", name="Coba lagi besar.pdf").click()
    expect(kept(page)).to_have_text(["kecil.jpg", "besar.pdf"])
    tick_privacy(page)

    real_server.kill()
    with page.expect_event("requestfailed"):
        go_on(page)
    page.close()  # the browser's own page says that the site cannot be reached
    real_server.start()
    page = page.context.new_page()
    page.goto(FORM)
    page.get_by_role("button", name="Lanjutkan draf").click()
    expect_facts(page)
    expect(kept(page)).to_have_text(["kecil.jpg", "besar.pdf"])
    tick_privacy(page)
    go_on(page)
    send(page)
    expect_receipt(page)
    assert filed(real_server, "Internet kantor mati") == 1
    names = real_server.rows("SELECT name FROM helpdesk_plugin_attachment ORDER BY id")
    assert names == [("kecil.jpg",), ("besar.pdf",)]


def test_closed_tab_broken_line_and_two_tabs_that_send_at_the_same_moment_make_one_ticket(
    real_server: RealServer, on_the_road: BrowserContext
) -> None:
    page = on_the_road.new_page()
    page.goto(FORM)
    type_facts(page)
    page.get_by_label("Ringkasan").fill("Dua tab sekaligus")
    draft_is_stored(page)
    page.close()

    tabs = [continue_draft(on_the_road) for _tab in range(2)]
    on_the_road.set_offline(True)
    for tab in tabs:
        go_on(tab)
        expect(tab.get_by_label("Ringkasan")).to_have_value("Dua tab sekaligus")
    on_the_road.set_offline(False)
    for tab in tabs:
        expect(tab.get_by_text("Sambungan sudah pulih.")).to_be_visible()
        go_on(tab)
        expect(tab.get_by_role("heading", level=1)).to_have_text("Periksa isian Anda")
    moment = tabs[0].evaluate("Date.now()") + 1500
    for tab in tabs:
        tab.evaluate(
            """(moment) => {
              const send = document.querySelector("main button[value=kirim]:not(.hd-hidden)");
              setTimeout(() => send.click(), moment - Date.now());
            }""",
            moment,
        )
    for tab in tabs:
        expect_receipt(tab)
    codes = {tab.locator("#hd-code").text_content() for tab in tabs}
    assert (len(codes), filed(real_server, "Dua tab sekaligus")) == (1, 1)


def test_server_killed_between_the_ticket_and_its_receipt_gives_the_same_receipt_when_sent_again(
    real_server: RealServer, on_the_road: BrowserContext
) -> None:
    page = on_the_road.new_page()
    page.goto(FORM)
    type_facts(page)
    page.get_by_label("Ringkasan").fill("Jawaban hilang")
    tick_privacy(page)
    draft_is_stored(page)
    go_on(page)

    def answer_is_lost(route: Route) -> None:
        route.fetch(max_redirects=0)
        real_server.kill()
        route.abort()

    page.route("**/lapor/", answer_is_lost)
    with page.expect_event("requestfailed"):
        send(page)
    assert filed(real_server, "Jawaban hilang") == 1
    page.close()

    real_server.start()
    page = continue_draft(on_the_road)
    expect(page.get_by_label("Ringkasan")).to_have_value("Jawaban hilang")
    go_on(page)
    send(page)
    expect_receipt(page)
    assert filed(real_server, "Jawaban hilang") == 1
