"""Recap and register on paper: the figures of the reports, without matters of information security."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_zone
from helpdesk_plugin.documents import issuing
from helpdesk_plugin.documents.library import is_there
from helpdesk_plugin.documents.sketch import Slip
from helpdesk_plugin.domain.papers import PAPERS as PAPERS_FACTS
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.periods import Period
from helpdesk_plugin.models import IssuedDocument, Ticket
from helpdesk_plugin.reports import papers
from helpdesk_plugin.reports.measures import Measure
from helpdesk_plugin.reports.overview import overview_of
from helpdesk_plugin.reports.scope import Scope
from helpdesk_plugin.reports.views.base import PAPERS
from tests.factories import make_user
from tests.reports.conftest import AS_OF

MONTH = "2026-10"
#: A month with a few tickets.
SHORT = "2026-06"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not is_there(), reason="Pango is not installed"),
]


@pytest.fixture(autouse=True)
def at_the_time_of_the_desk():
    with clock.acting_at(AS_OF):
        yield


@pytest.fixture
def screen(busy_desk, manager):
    client = Client()
    client.force_login(manager)
    return client


def url(name: str, kind: str, period: str = MONTH) -> str:
    return reverse(f"helpdesk_reports_paper_{name}", args=[kind], query={"period": period})


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_recap_tells_the_figures_of_the_reports(screen):
    told = words_of(screen.get(url("preview", "monthly_recap")).content)
    found = overview_of(Scope(Period.parse(MONTH), None, AS_OF))
    counts = found.counts
    assert f"masuk {counts[Measure.FILED]} tiket" in told
    assert f"tepat waktu (%) {str(counts.recovery_share).replace('.', ',')}" in told
    assert "PRATINJAU" in told
    assert "Tiket keamanan informasi tidak dimuat." in told
    assert "S5" in told
    assert "usulan" in told
    # It stays as it was issued when somebody becomes anonymous, and may: nobody who filed is in it.
    people = ("Sari", "Melati", "Anggaran", "81234567890", "example.test", "laporan ke-", "modem merah")
    assert Ticket.objects.filter(requester_name="Sari Melati", resolved_at__isnull=False).exists()
    assert [word for word in people if word in told] == []


def test_the_register_names_every_open_ticket_of_the_month(screen):
    told = words_of(screen.get(url("preview", "register", "2026-10-01..2026-10-10")).content).replace(" ", "")
    span = Period.parse("2026-10-01..2026-10-10").span(agency_zone())
    of_days = Ticket.objects.filter(submitted_at__gte=span.begin, submitted_at__lt=span.end)
    for number, secret in of_days.values_list("number", "security_flag"):
        assert (number in told) is (not secret)
    assert "81234567890" not in told


def test_it_is_issued_once_and_printed_again_byte_for_byte(screen, manager):
    page = screen.get(reverse(PAPERS), {"period": MONTH})
    assert [paper.can_issue for paper in page.context["papers"]] == [True, True]
    for _time in range(2):
        screen.post(url("issue", "monthly_recap"))
    document = IssuedDocument.objects.get(kind="monthly_recap")
    assert (document.basis, bool(document.number)) == (MONTH, True)
    address = reverse("helpdesk_reports_paper", args=[document.pk])
    assert screen.get(address).content == screen.get(address).content
    assert screen.get("/admin/helpdesk/documents/").status_code == 200
    refused = screen.post(reverse("helpdesk_reports_paper_withdraw", args=[document.pk]), {"reason": " "})
    assert refused.status_code == 302
    document.refresh_from_db()
    assert not document.is_withdrawn
    screen.post(reverse("helpdesk_reports_paper_withdraw", args=[document.pk]), {"reason": "Angka keliru"})
    document.refresh_from_db()
    assert document.withdrawn_reason == "Angka keliru"
    page = screen.get(reverse(PAPERS), {"period": MONTH})
    assert "Angka keliru" in page.content.decode()


@pytest.mark.parametrize("kind", [kind for kind, facts in PAPERS_FACTS.items() if not facts.of_ticket])
def test_drawn_again_from_the_database_it_is_the_same_to_the_last_byte(screen, kind):
    """Another day, and whoever looks: what is over is told in the same order with the same figures."""
    screen.post(url("issue", kind.value, SHORT))
    document = IssuedDocument.objects.get(kind=kind.value)
    with document.file.open("rb") as stored:
        issued = stored.read()
    with clock.acting_at(AS_OF + timedelta(days=2)):
        again = issuing.draw(Slip.of(document), papers.facts_of(kind, Scope(Period.parse(SHORT), None)))
    assert (again.content, document.sha256) == (issued, hashlib.sha256(issued).hexdigest())


def test_what_is_not_over_is_not_issued(screen):
    screen.post(url("issue", "register", "2026-11"))
    screen.post(url("issue", "register", "2026-13"))
    assert screen.post(url("issue", "monthly_recap", "2026-Q3")).status_code == 404
    assert screen.get(url("preview", "receipt")).status_code == 404
    assert not IssuedDocument.objects.exists()


def test_too_long_a_register_is_refused_in_words(screen, monkeypatch):
    monkeypatch.setattr(papers, "MOST_LINES", 3)
    page = screen.get(url("preview", "register"), follow=True)
    assert "3" in str([str(message) for message in page.context["messages"]])
    assert page.redirect_chain


def test_readers_open_what_was_issued_and_issue_nothing(screen, busy_desk):
    screen.post(url("issue", "register", "2026-08"))
    document = IssuedDocument.objects.get()
    address = reverse("helpdesk_reports_paper", args=[document.pk])
    for role, opens in ((Role.AUDITOR, True), (Role.HEAD_OF_AGENCY, False), (Role.TECHNICAL_SUPPORT, False)):
        client = Client()
        client.force_login(make_user(role))
        assert (client.get(address).status_code == 200) is opens
        assert client.get(url("preview", "register")).status_code == 302
        assert client.post(url("issue", "register")).status_code == 302
        withdraw = reverse("helpdesk_reports_paper_withdraw", args=[document.pk])
        assert client.post(withdraw, {"reason": "x"}).status_code == 302
    document.refresh_from_db()
    assert not document.is_withdrawn
