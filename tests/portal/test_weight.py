"""What a page of the portal weighs on a weak link, compressed as production sends it: pages, style, scripts,
pictures. Cold is the first visit of a day; warm is every page after it, when the hashed files are at hand.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Opd, Service
from tests.factories import ticket_at

COLD, WARM = 60_000, 15_000
#: Status line and headers of one answer, generously.
HEADERS = 700


@pytest.fixture
def site(settings, db):
    """The whole site as it is set up: its frame, menus, catalogue, agencies."""
    settings.HELPDESK_BASE_TEMPLATE = "base.html"
    call_command("setup_helpdesk", verbosity=0)
    call_command("setup_site", verbosity=0)


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6)) + HEADERS


def assets_of(html: str) -> set[str]:
    """Every file that a browser fetches to draw the page, as paths below the static root."""
    tags = re.findall(r"<(?:link|script|img|use)\b[^>]*>", html)
    wanted = [re.search(r'(?:src|href)="([^"#?]+)', tag) for tag in tags if 'rel="canonical"' not in tag]
    return {found.group(1) for found in wanted if found}


def weigh(html: str) -> tuple[int, int]:
    """Bytes of a first and of a later visit."""
    addresses = assets_of(html)
    assert all(address.startswith("/static/") for address in addresses), addresses
    files = [Path(finders.find(address.removeprefix("/static/"))).read_bytes() for address in addresses]
    page = packed(html.encode())
    return page + sum(packed(content) for content in files), page


def addresses(client):
    """Every page of the portal in its fullest state."""
    service = Service.objects.get(code="INF-NET")
    for name in ("report", "request", "track", "catalogue", "sop", "privacy"):
        yield name, client.get(reverse(f"helpdesk:{name}"))
    yield "standard", client.get(reverse("helpdesk:standard", args=[service.code]))
    for name, code in (("report", "INF-NET"), ("request", "INF-HST"), ("report", "KAM-INS")):
        yield f"{name} {code}", client.get(reverse(f"helpdesk:{name}"), {"layanan": code})
    yield "form with every error", client.post(reverse("helpdesk:report"), {"layanan": service.code})
    for status in (TicketStatus.RETURNED, TicketStatus.RESOLVED):
        ticket = ticket_at(status, description="Lampu modem merah sejak pagi. " * 60)
        client.get(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
        for name in ("ticket", "receipt", "forget"):
            yield f"{name} {status}", client.get(reverse(f"helpdesk:{name}", args=[ticket.number]))
        for slug in ("balas", "lengkapi", "belum-teratasi", "tambah-berkas", "batalkan"):
            yield f"{slug} {status}", client.get(reverse("helpdesk:act", args=[ticket.number, slug]))


def test_every_page_is_light_on_a_first_visit_and_lighter_after_it(site, client):
    assert Opd.objects.offered().count() > 40
    heavy = {}
    for name, answer in addresses(client):
        assert answer.status_code in {200, 409, 422}, name
        cold, warm = weigh(answer.content.decode())
        if cold > COLD or warm > WARM:
            heavy[name] = (cold, warm)
    assert heavy == {}


def test_nothing_that_is_read_waits_for_a_font_or_a_script(site, client):
    for name, answer in addresses(client):
        html = answer.content.decode()
        assert re.findall(r"<script(?![^>]*\bdefer\b)", html) == [], name
        assert re.findall(r"preload|\.woff|@font-face", html) == [], name
        for address in assets_of(html):
            if address.endswith(".css"):
                style = Path(finders.find(address.removeprefix("/static/"))).read_text()
                assert re.findall(r"@font-face|@import|url\(", style) == [], address
