"""The browser of the tests: Chromium without a network, watched for everything that no page may do."""

import os
import shutil
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium calls home when it starts; tests must work, and be quick, where nothing can be reached.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def launch_arguments(playwright: Playwright) -> dict[str, Any]:
    # Chromium's sandbox refuses to be started by root.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": installed_browser(playwright), "args": QUIET + as_root}


def installed_browser(playwright: Playwright) -> str:
    wanted = os.environ.get("CHROMIUM_PATH")
    names = (wanted,) if wanted else (*BROWSERS, playwright.chromium.executable_path)
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.exit(
            "No Chromium was found. Install it (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH; "
            "make test does it by itself where it can.",
            returncode=1,
        )
    return found


def watch(context: BrowserContext, site: str, troubles: list[str]) -> None:
    """Note everything that no page of the site may do."""
    host = urlsplit(site).netloc
    context.on(
        "request",
        lambda request: (
            troubles.append(f"asked another host: {request.url}")
            if urlsplit(request.url).scheme in {"http", "https", "ws", "wss"}
            and urlsplit(request.url).netloc != host
            else None
        ),
    )
    context.on(
        "response",
        lambda response: (
            troubles.append(f"server error {response.status}: {response.url}")
            if response.status >= 500
            else None
        ),
    )
    context.on("weberror", lambda error: troubles.append(f"script error: {error.error}"))
    context.on(
        "console",
        lambda message: (
            troubles.append(f"refused by the content policy: {message.text}")
            if "Content Security Policy" in message.text
            else None
        ),
    )
