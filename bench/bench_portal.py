"""How the portal feels on a 2G link: first paint, load and bytes of every page, and a whole report filed.

Chromium with the link emulated (latency 800 ms, 50 kbit/s both ways) against a running site, with a telephone
and at a desk, with scripts and without. Start a site as it is deployed, then measure it:

    PORT=8470 make run MODE=production
    python bench/bench_portal.py http://127.0.0.1:8470 [--ticket NUMBER CODE] [--screenshots DIRECTORY]

With number and code of a ticket its pages are measured as well. Bytes are what crosses the link, headers
included; "cold" is a browser that has never been here, "warm" one that comes back to the same page. The
measured journey files a report, so four tickets are left behind.
"""

import argparse
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

LATENCY_MS, KBIT_PER_SECOND = 800, 50
#: The aims for every page, in bytes.
COLD, WARM = 60_000, 15_000
PAGES = {
    "Home": "/",
    "Help desk": "/help-desk/",
    "Report: choose a service": "/help-desk/lapor/",
    "Report: the form": "/help-desk/lapor/?layanan=INF-NET",
    "Request: the form": "/help-desk/ajukan/?layanan=INF-HST",
    "Tracker": "/help-desk/lacak/",
    "My tickets": "/help-desk/tiket-saya/",
    "Catalogue": "/help-desk/katalog/",
    "Catalogue: a search": "/help-desk/katalog/?cari=wifi",
    "A service standard": "/help-desk/katalog/INF-NET/",
    "SOP": "/help-desk/sop/",
    "Privacy": "/help-desk/privasi/",
}
OF_TICKET = {"A ticket": "", "Receipt": "tanda-terima/", "A reply": "balas/"}
TIMES = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint ? paint.startTime : NaN, navigation.loadEventEnd];
}"""
ANSWERS = {
    "summary": "Percobaan dari sambungan lambat",
    "description": "Diukur dengan bench_portal.py.",
    "requester_name": "Sari Melati",
    "requester_unit": "Lantai 2",
    "requester_phone": "0812 3456 7890",
    "requester_email": "sari.melati@example.go.id",
}


@dataclass(frozen=True)
class Look:
    """One way of coming to the site."""

    name: str
    width: int
    height: int
    scripts: bool

    @property
    def slug(self) -> str:
        return re.sub(r"\W+", "-", self.name)


LOOKS = [
    Look("telephone", 360, 740, scripts=True),
    Look("telephone, no scripts", 360, 740, scripts=False),
    Look("desk", 1366, 768, scripts=True),
    Look("desk, no scripts", 1366, 768, scripts=False),
]


@dataclass
class Visit:
    """One page as one browser saw it; times in seconds."""

    paint: float
    load: float
    bytes: int
    requests: int


@dataclass
class Link:
    """The emulated link of one page, and what crossed it since `forget`."""

    session: CDPSession
    sizes: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> "Link":
        link = cls(page.context.new_cdp_session(page))
        link.session.on("Network.loadingFinished", link._crossed)
        link.session.send("Network.enable")
        bytes_per_second = KBIT_PER_SECOND * 1000 / 8
        link.session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY_MS,
                "downloadThroughput": bytes_per_second,
                "uploadThroughput": bytes_per_second,
            },
        )
        return link

    def forget(self) -> None:
        self.sizes.clear()

    def visit(self, page: Page) -> Visit:
        """What the page that has just been loaded took."""
        page.wait_for_timeout(300)
        paint, load = (milliseconds / 1000 for milliseconds in page.evaluate(TIMES))
        return Visit(paint, load, sum(self.sizes), len(self.sizes))

    def _crossed(self, event: dict) -> None:
        # What comes out of the browser's cache has no length.
        if event["encodedDataLength"]:
            self.sizes.append(int(event["encodedDataLength"]))


class Bench:
    """A browser, the site it looks at, and where pictures of its pages go."""

    def __init__(self, browser: Browser, base: str, pictures: Path | None) -> None:
        self.browser, self.base, self.pictures = browser, base, pictures

    def open(self, look: Look, cookies: list | None = None) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.base,
            viewport={"width": look.width, "height": look.height},
            java_script_enabled=look.scripts,
            timezone_id="Asia/Pontianak",
        )
        context.set_default_timeout(180_000)
        context.add_cookies(cookies or [])
        return context

    def measure(self, look: Look, name: str, address: str, cookies: list) -> tuple[Visit, Visit]:
        """A first visit with an empty browser, and a second one with what the first has left."""
        visits = []
        context = self.open(look, cookies)
        for _time in range(2):
            page = context.new_page()
            link = Link.of(page)
            page.goto(address, wait_until="load")
            visits.append(link.visit(page))
            self.picture(look, name, page)
            page.close()
        context.close()
        return visits[0], visits[1]

    def file_a_report(self, look: Look) -> Iterator[tuple[str, Visit]]:
        """From the home page to the ticket; each page with what it took."""
        context = self.open(look)
        page = context.new_page()
        link = Link.of(page)
        for name, go in steps():
            link.forget()
            before = time.monotonic()
            go(page)
            page.wait_for_load_state("load")
            waited = time.monotonic() - before
            visit = link.visit(page)
            visit.load = waited
            self.picture(look, f"journey {name}", page)
            yield name, visit
        context.close()

    def cookies_for(self, number: str, code: str) -> list:
        """Open a ticket in a browser of its own, for the cookie alone."""
        context = self.open(LOOKS[0])
        page = context.new_page()
        page.goto("/help-desk/lacak/")
        page.locator("[name=nomor]").fill(number)
        page.locator("[name=kode]").fill(code)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url("**/tiket/**")
        cookies = context.cookies()
        context.close()
        return cookies

    def picture(self, look: Look, name: str, page: Page) -> None:
        if self.pictures:
            file = re.sub(r"\W+", "-", name.lower())
            page.screenshot(path=self.pictures / f"{file}.{look.slug}.png", full_page=True)


def steps() -> list[tuple[str, Callable[[Page], None]]]:
    """The pages of a report and how one comes to each of them."""
    return [
        ("home", lambda page: page.goto("/")),
        (
            "choose a service",
            lambda page: page.locator("main a[href$='/help-desk/lapor/']").first.click(),
        ),
        ("the form", lambda page: page.locator("main a[href='?layanan=INF-NET']").first.click()),
        ("check the answers", fill_in_and_go_on),
        ("receipt", lambda page: page.locator("main button[value=kirim]").last.click()),
        ("the ticket", lambda page: page.locator("main .hd-receipt a.hd-button").click()),
    ]


def fill_in_and_go_on(page: Page) -> None:
    for name, text in ANSWERS.items():
        page.locator(f"main [name={name}]").fill(text)
    for name, value in (("who_affected", "office"), ("alternative", "no")):
        page.locator(f"[name={name}][value={value}]").check()
    if page.locator("select[name=opd]").is_visible():
        page.locator("select[name=opd]").select_option(index=1)
    else:
        page.get_by_role("combobox").first.fill("dinas")
        page.get_by_role("option").first.click()
    page.locator("[name=privacy_ack]").check()
    page.locator("main button[value=periksa]").last.click()


def tell_pages(bench: Bench, ticket: list[str]) -> None:
    """A table for each look: every page cold and warm."""
    cookies = bench.cookies_for(*ticket) if ticket else []
    rows = list(PAGES.items())
    rows += [(name, f"/help-desk/tiket/{ticket[0]}/{end}") for name, end in OF_TICKET.items() if ticket]
    for look in LOOKS:
        print(f"\n### {look.name}, {look.width} × {look.height}\n")
        print("| page | first paint, cold | load, cold | bytes, cold | first paint, warm | bytes, warm |")
        print("|---|---:|---:|---:|---:|---:|")
        for name, address in rows:
            cold, warm = bench.measure(look, name, address, cookies)
            heavy = " **too heavy**" if cold.bytes > COLD or warm.bytes > WARM else ""
            print(
                f"| {name}{heavy} | {cold.paint:.1f} s | {cold.load:.1f} s "
                f"| {cold.bytes:,} in {cold.requests} "
                f"| {warm.paint:.1f} s | {warm.bytes:,} in {warm.requests} |",
                flush=True,
            )


def tell_journeys(bench: Bench) -> None:
    """How long one waits for each page of a report, from the press until everything is there."""
    print("\n### A report, from the home page to the ticket\n")
    print("| look | " + " | ".join(name for name, _go in steps()) + " | waited in all | bytes in all |")
    print("|---|" + "---:|" * (len(steps()) + 2))
    for look in LOOKS:
        visits = [visit for _name, visit in bench.file_a_report(look)]
        each = " | ".join(f"{visit.load:.1f} s, {visit.bytes:,}" for visit in visits)
        waited, crossed = sum(visit.load for visit in visits), sum(visit.bytes for visit in visits)
        print(f"| {look.name} | {each} | {waited:.1f} s | {crossed:,} |", flush=True)


def main() -> None:
    """Measure every page and a whole report, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("base", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--ticket", nargs=2, metavar=("NUMBER", "CODE"), default=[])
    parser.add_argument("--screenshots", type=Path)
    asked = parser.parse_args()
    if asked.screenshots:
        asked.screenshots.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=as_root)
        print(f"{LATENCY_MS} ms, {KBIT_PER_SECOND} kbit/s, {browser.browser_type.name} {browser.version}")
        bench = Bench(browser, asked.base, asked.screenshots)
        tell_journeys(bench)
        tell_pages(bench, asked.ticket)
        browser.close()


if __name__ == "__main__":
    main()
