"""What a page of the portal weighs on a weak link, compressed as production sends it: pages, style, scripts,
pictures. Cold is the first visit of a day; warm is every page after it, when the hashed files are at hand.
"""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    NoticeSubscription,
    Opd,
    OpdContact,
    Service,
    StatusNotice,
    SurveyInvitation,
)
from helpdesk_plugin.portal.my_tickets import PER_PAGE
from helpdesk_plugin.services import subscriptions
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import make_notice, make_ticket, make_user, ticket_at
from tests.portal.by_mail import link_for
from tests.portal.everywhere import WITHOUT_A_PAGE, addresses_of, names
from tests.surveys import open_one

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
    wanted = [
        re.search(r'(?:src|href)="([^"#?]+)', tag)
        for tag in tags
        if not re.search('rel="(?:canonical|alternate)"', tag)
    ]
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
    for name, code in (("report", "INF-NET"), ("request", "INF-HST"), ("report", "KAM-INS")):
        yield f"{name} {code}", client.get(reverse(f"helpdesk:{name}"), {"layanan": code})
    yield "form with every error", client.post(reverse("helpdesk:report"), {"layanan": "INF-NET"})
    yield from pages_of_tickets(client)


def pages_of_tickets(client):
    """Every address there is, for somebody who may open all of it and has filed a whole page of tickets."""
    mine = "sari.melati@example.test"
    service, opd = Service.objects.get(code="INF-NET"), Opd.objects.offered()[0]
    for _ in range(PER_PAGE):
        make_ticket(service=service, opd=opd, requester_email=mine)
        make_ticket(service=service, opd=opd, requester_email="orang.lain@example.test")
    OpdContact.objects.create(opd=opd, name="Sari Melati", email=mine, first_day=date(2026, 1, 1))
    client.post(link_for(mine))
    busy_quarter(service)
    period = open_one(make_user(Role.MANAGER), **this_quarter())
    SurveyInvitation.objects.create(period=period, opd=opd, email=mine)
    for status, address in (
        (TicketStatus.RETURNED, mine),
        (TicketStatus.RESOLVED, mine),
        (TicketStatus.CLOSED, "orang.lain@example.test"),
    ):
        ticket = ticket_at(
            status,
            service=service,
            opd=opd,
            requester_email=address,
            description="Lampu modem merah sejak pagi. " * 60,
        )
        key = ticket.access.link_token
        client.get(reverse("helpdesk:link", args=[ticket.number, key]))
        for name, where in addresses_of(ticket, token=key, sign_in=key_of(link_for(mine))):
            if name not in WITHOUT_A_PAGE:
                yield f"{name} {where} {status}", client.get(where)


def this_quarter() -> dict:
    today = timezone.localdate()
    return {"first_day": today, "last_day": today, "answers_until": today + timedelta(days=9)}


def busy_quarter(service):
    """Three disruptions, a maintenance to come, a quarter full of trouble, and somebody who is told."""
    now = timezone.now()
    services = [one for one in Service.objects.offered() if not one.is_security]
    summary = f"<p>{'Kabel serat putus karena pekerjaan jalan. ' * 12}</p>"
    for n in range(24):
        began = now - timedelta(days=max(0, n - 3) * 4, hours=1)
        notice = make_notice(services=services[n : n + 2], summary=summary, starts_at=began)
        over = {"phase": "resolved", "ended_at": began + timedelta(hours=5)} if n > 2 else {}
        StatusNotice.objects.filter(pk=notice.pk).update(first_published_at=began, **over)
    make_notice(
        kind="maintenance",
        services=[(service, "maintenance")],
        starts_at=now + timedelta(days=1),
        expected_end=now + timedelta(days=2),
    )
    for address in ("sari@example.test", "budi@example.test"):
        subscriptions.ask(address, Wish((service,)), language="id")
    subscriptions.confirm(NoticeSubscription.objects.latest("pk").confirm_token)


def key_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[-1]


def test_every_page_is_light_on_a_first_visit_and_lighter_after_it(site, client):
    assert Opd.objects.offered().count() > 40
    heavy, seen = {}, set()
    for name, answer in addresses(client):
        if answer.status_code == 302:
            continue  # A page that this ticket has not; another has it.
        assert answer.status_code in {200, 409, 422}, name
        seen.add(name.split()[0])
        cold, warm = weigh(answer.content.decode())
        if cold > COLD or warm > WARM:
            heavy[name] = (cold, warm)
    assert heavy == {}
    assert set(names()) - WITHOUT_A_PAGE <= seen


def test_nothing_that_is_read_waits_for_a_font_or_a_script(site, client):
    for name, answer in addresses(client):
        html = answer.content.decode()
        assert re.findall(r"<script(?![^>]*\bdefer\b)", html) == [], name
        assert re.findall(r"preload|\.woff|@font-face", html) == [], name
        for address in assets_of(html):
            if address.endswith(".css"):
                style = Path(finders.find(address.removeprefix("/static/"))).read_text()
                assert re.findall(r"@font-face|@import|url\(", style) == [], address
