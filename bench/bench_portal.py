"""How the portal feels on a 2G link: first paint, load and bytes of every page, cold and warm.

Chromium with the link emulated (latency 800 ms, 50 kbit/s both ways) against a running site. Start one as it
is deployed, then measure it:

    PORT=8470 make run MODE=production
    python bench/bench_portal.py http://127.0.0.1:8470 [number code]

With number and code of a ticket its pages are measured as well. Bytes are what crosses the link, headers
included; "cold" is a browser that has never been here, "warm" one that comes back to the same page.
"""

import os
import shutil
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

LATENCY_MS, KBIT_PER_SECOND = 800, 50
PHONE = {"width": 360, "height": 740}
PAGES = {
    "Home": "/",
    "Help desk": "/help-desk/",
    "Report: choose a service": "/help-desk/lapor/",
    "Report: the form": "/help-desk/lapor/?layanan=INF-NET",
    "Request: the form": "/help-desk/ajukan/?layanan=INF-HST",
    "Tracker": "/help-desk/lacak/",
    "Catalogue": "/help-desk/katalog/",
    "A service standard": "/help-desk/katalog/INF-NET/",
    "SOP": "/help-desk/sop/",
    "Privacy": "/help-desk/privasi/",
}
TIMES = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint ? paint.startTime : NaN, navigation.loadEventEnd];
}"""


@dataclass
class Visit:
    """One page as one browser saw it; times in seconds."""

    paint: float
    load: float
    bytes: int
    requests: int


def visit(page: Page, address: str) -> Visit:
    """Open a page over the emulated link and wait until it is painted and loaded."""
    link = page.context.new_cdp_session(page)
    sizes: list[int] = []
    link.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    link.send("Network.enable")
    bytes_per_second = KBIT_PER_SECOND * 1000 / 8
    link.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        },
    )
    page.goto(address, wait_until="load", timeout=180_000)
    page.wait_for_timeout(300)
    paint, load = (milliseconds / 1000 for milliseconds in page.evaluate(TIMES))
    link.detach()
    crossed = [size for size in sizes if size]
    return Visit(paint, load, sum(crossed), len(crossed))


def new_context(browser: Browser, base: str) -> BrowserContext:
    return browser.new_context(base_url=base, viewport=PHONE, timezone_id="Asia/Pontianak")


def measure(browser: Browser, base: str, address: str, prepare=None) -> tuple[Visit, Visit]:
    """A first visit with an empty browser, and a second one with what the first has left."""
    visits = []
    context = new_context(browser, base)
    if prepare:
        cookies = prepare(browser, base)
        context.add_cookies(cookies)
    for _time in range(2):
        page = context.new_page()
        visits.append(visit(page, address))
        page.close()
    context.close()
    return visits[0], visits[1]


def opened(number: str, code: str):
    """Return how to open a ticket in a browser of its own, for the cookie alone."""

    def prepare(browser: Browser, base: str) -> list:
        context = new_context(browser, base)
        page = context.new_page()
        page.goto("/help-desk/lacak/")
        page.locator("[name=nomor]").fill(number)
        page.locator("[name=kode]").fill(code)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url("**/tiket/**")
        cookies = context.cookies()
        context.close()
        return cookies

    return prepare


def main(base: str, *ticket: str) -> None:
    """Measure every page and print a table in Markdown."""
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=as_root)
        print(f"{LATENCY_MS} ms, {KBIT_PER_SECOND} kbit/s, {browser.browser_type.name} {browser.version}\n")
        print("| page | first paint, cold | load, cold | bytes, cold | first paint, warm | bytes, warm |")
        print("|---|---:|---:|---:|---:|---:|")
        rows = [(name, address, None) for name, address in PAGES.items()]
        if len(ticket) == 2:
            where, how = f"/help-desk/tiket/{ticket[0]}/", opened(*ticket)
            rows += [("A ticket", where, how), ("Receipt", f"{where}tanda-terima/", how)]
            rows += [("A reply", f"{where}balas/", how)]
        for name, address, prepare in rows:
            cold, warm = measure(browser, base, address, prepare)
            print(
                f"| {name} | {cold.paint:.1f} s | {cold.load:.1f} s | {cold.bytes:,} in {cold.requests} "
                f"| {warm.paint:.1f} s | {warm.bytes:,} in {warm.requests} |",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["http://127.0.0.1:8000"]))
