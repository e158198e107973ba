"""The camera: windows for visitors and officers, and pictures that are small enough to keep."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from scripts.screenshots.stage import HOST, MORNING, PASSWORD, Stage

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
DESK, PHONE = (1366, 768), (360, 740)
TALL = 2600
#: So few colours are enough for screens, and a third of the bytes.
COLOURS = 128


@dataclass(frozen=True)
class Picture:
    """One picture: its name, whose window shows it, and where.

    ``who`` is an account of the demonstration, empty for a visitor. ``before`` acts on the page first; ``of``
    is the one element that is shown instead of the window; ``height`` is that of the window in pixels.
    """

    name: str
    who: str
    where: str | Callable[[], str]
    phone: bool = False
    before: Callable[[Page], object] | None = None
    of: str = ""
    height: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def play(self, camera: "Camera") -> None:
        camera.take(self)


@dataclass(frozen=True)
class Story:
    """Several pictures of one way through the site, which ``play`` walks and photographs."""

    names: tuple[str, ...]
    play: Callable[["Camera"], None]


@dataclass
class Camera:
    """Takes pictures of one stage; everybody keeps their window, and so their cookies."""

    stage: Stage
    browser: Browser
    taken: dict[str, int] = field(default_factory=dict)
    _windows: dict[tuple[str, bool], Page] = field(default_factory=dict)

    @classmethod
    def of(cls, stage: Stage, playwright: Playwright) -> "Camera":
        rules = f"MAP {HOST} 127.0.0.1:{stage.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        arguments = ["--disable-gpu", "--no-first-run", f"--host-resolver-rules={rules}"]
        # What a browser gives only over https (copying, drafts, work without a connection) is shown too.
        arguments.append(f"--unsafely-treat-insecure-origin-as-secure=http://{HOST}")
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium's sandbox refuses to be started by root
        path = os.environ.get("CHROMIUM_PATH") or None
        return cls(stage, playwright.chromium.launch(executable_path=path, args=arguments))

    def window(self, who: str = "", *, phone: bool = False) -> Page:
        """The window of this account or, without one, of a visitor."""
        key = (who, phone)
        if key not in self._windows:
            self._windows[key] = self._context(phone).new_page()
            if who:
                sign_in(self._windows[key], who)
        return self._windows[key]

    def another_visitor(self, *, phone: bool = False) -> Page:
        """A window that has been nowhere yet."""
        return self._context(phone).new_page()

    def take(self, picture: Picture) -> None:
        page = self.window(picture.who, phone=picture.phone)
        width, height = PHONE if picture.phone else DESK
        page.set_viewport_size({"width": width, "height": picture.height or height})
        where = picture.where() if callable(picture.where) else picture.where
        if where:
            page.goto(where)
        if picture.before:
            picture.before(page)
        self.shoot(page, picture.name, picture.of)

    def shoot(self, page: Page, name: str, of: str = "") -> None:
        """Keep what the window, or one element in it, shows now."""
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        raw = whole(page, of) if of else page.screenshot()
        self.taken[name] = save(raw, FOLDER / f"{name}.png")

    def _context(self, phone: bool) -> BrowserContext:
        width, height = PHONE if phone else DESK
        context = self.browser.new_context(
            base_url=f"http://{HOST}",
            viewport={"width": width, "height": height},
            device_scale_factor=1.5 if phone else 1,
            locale="id-ID",
            timezone_id="Asia/Pontianak",
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)  # also on a machine that has other work
        context.clock.set_fixed_time(MORNING)
        return context


def whole(page: Page, of: str) -> bytes:
    """One element in full: Wagtail scrolls within the window, so the window must be taller than it."""
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": TALL})
    raw = page.locator(of).first.screenshot()
    page.set_viewport_size(size)
    return raw


def sign_in(page: Page, account: str) -> None:
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(account)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


def save(raw: bytes, path: Path) -> int:
    """Write a screenshot with few colours; return its size in bytes."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path.stat().st_size
