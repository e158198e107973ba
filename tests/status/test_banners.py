"""The banner: where it concerns, and nowhere else. What is known is told before somebody files again."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import StatusNotice
from tests.factories import make_notice, make_opd, make_service

BANNER = 'class="hd-banner '


def html(client, name, *args, **query):
    return client.get(reverse(f"helpdesk:{name}", args=args), query).content.decode()


def test_quiet_site_has_no_banner_and_no_style_for_one(client, internet):
    page = html(client, "track")
    assert BANNER not in page
    assert "banner.css" not in page


def test_desk_pages_show_what_is_going_on(client, fibre):
    page = html(client, "track")
    assert page.count(BANNER) == 1
    assert "hd-banner--bad" in page
    assert reverse("helpdesk:notice", args=[fibre.pk]) in page
    assert page.index("</header>") < page.index(BANNER) < page.index("<main")


@pytest.mark.parametrize("name", ["status", "status_subscribe"])
def test_status_pages_repeat_nothing_in_a_banner(client, fibre, name):
    assert BANNER not in html(client, name)


def test_service_pages_show_what_touches_the_service(client, fibre, internet, mail):
    assert BANNER in html(client, "standard", internet.code)
    assert BANNER not in html(client, "standard", mail.code)
    assert BANNER in html(client, "report", layanan=internet.code, lanjut=1)
    assert BANNER not in html(client, "report", layanan=mail.code)


def test_site_pages_show_what_touches_every_agency(client, internet, settings):
    settings.HELPDESK_BASE_TEMPLATE = "base.html"
    notice = make_notice(title="Satu dinas saja", services=[internet], opds=[make_opd()])
    search = reverse("search")
    assert BANNER not in client.get(search).content.decode()
    assert BANNER in html(client, "track")
    StatusNotice.objects.filter(pk=notice.pk).update(emergency=True)
    assert BANNER in client.get(search).content.decode()
    make_notice(title="Semua dinas", services=[internet])
    assert "Semua dinas" in client.get(search).content.decode()


def test_disruptions_come_before_announcements_and_the_worst_first(client, internet, mail):
    make_notice(title="Melambat", services=[(internet, "degraded")])
    make_notice(title="Putus total", services=[(mail, "major")])
    make_notice(title="Loket pindah", kind="announcement", phase="")
    html = client.get(reverse("helpdesk:track")).content.decode()
    assert html.index("Putus total") < html.index("Melambat")
    assert "Loket pindah" not in html  # two banners; the rest is a link


def test_many_notices_are_two_banners_and_a_link(client, internet):
    for _ in range(5):
        make_notice(services=[internet])
    page = html(client, "track")
    assert page.count(BANNER) == 2
    assert "3 pengumuman lain" in page


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": timezone.now, "phase": "resolved"},
        {"live": False, "expired": True},
        {"expire_at": lambda: timezone.now() - timedelta(seconds=1)},
        {"starts_at": lambda: timezone.now() + timedelta(hours=1)},
        {"live": False},
    ],
    ids=["resolved", "expired", "expires", "to come", "withdrawn"],
)
def test_what_is_not_going_on_is_in_no_banner(client, fibre, change):
    facts = {name: value() if callable(value) else value for name, value in change.items()}
    StatusNotice.objects.filter(pk=fibre.pk).update(**facts)
    assert BANNER not in html(client, "track")


def test_page_is_not_lost_because_its_banner_could_not_be_read(client, fibre):
    with mock.patch.object(StatusNotice.objects, "current", side_effect=DatabaseError):
        answer = client.get(reverse("helpdesk:track"))
    assert answer.status_code == 200
    assert BANNER not in answer.content.decode()


# --- Before filing ------------------------------------------------------------------------------------


def test_known_disruption_is_told_before_the_form(client, fibre, internet):
    page = html(client, "report", layanan=internet.code)
    assert "Gangguan ini sudah kami ketahui" in page
    assert "Kabel serat putus" in page
    assert f"{reverse('helpdesk:status_subscribe')}?pengumuman={fibre.pk}" in page
    assert 'name="summary"' not in page
    assert f"?layanan={internet.code}&amp;lanjut=1" in page


def test_report_all_the_same_leads_to_the_form(client, fibre, internet):
    page = html(client, "report", layanan=internet.code, lanjut=1)
    assert 'name="summary"' in page
    assert BANNER in page


@pytest.mark.parametrize("kind", ["maintenance", "announcement"])
def test_maintenance_is_told_and_an_announcement_is_not(client, internet, kind):
    make_notice(
        kind=kind, services=[(internet, "maintenance")], expected_end=timezone.now() + timedelta(hours=1)
    )
    page = html(client, "report", layanan=internet.code)
    assert ("Gangguan ini sudah kami ketahui" in page) is (kind == "maintenance")


def test_other_services_and_requests_go_straight_to_the_form(client, fibre, internet, mail):
    assert 'name="summary"' in html(client, "report", layanan=mail.code)
    assert 'name="summary"' in html(client, "request", layanan=internet.code)


def test_what_was_typed_is_never_put_aside_for_a_notice(client, fibre, internet):
    typed = {"layanan": internet.code, "aksi": "isi", "summary": "Internet kami mati juga"}
    page = client.post(reverse("helpdesk:report"), typed).content.decode()
    assert 'value="Internet kami mati juga"' in page
    assert BANNER in page


def test_matter_of_security_is_never_delayed(client, internet):
    make_notice(title="Listrik padam")
    secret = make_service(code="KAM-INS", is_security=True)
    assert 'name="summary"' in html(client, "report", layanan=secret.code)
