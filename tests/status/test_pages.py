"""What anybody reads about the services, and what nobody does."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import Service, StatusNotice
from tests.factories import make_notice, make_opd, make_service

PAGES = ("status", "status_atom", "status_rss", "status_json", "status_subscribe", "report")


def read(client, name="status", *args, **query):
    answer = client.get(reverse(f"helpdesk:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def everything(client, *notices) -> str:
    """All that an anonymous reader can get hold of, one answer after the other."""
    told = [read(client, name) for name in PAGES]
    told.append(read(client, "report", layanan="INF-NET"))
    told += [read(client, name, bahasa="en") for name in PAGES[:4]]
    today = timezone.localdate()
    told.append(read(client, "status_month", today.year, today.month))
    for notice in notices:
        told.append(client.get(reverse("helpdesk:notice", args=[notice.pk])).content.decode())
        told.append(
            client.get(reverse("helpdesk:status_subscribe"), {"pengumuman": notice.pk}).content.decode()
        )
    return "\n".join(told)


def days_of(notice) -> int:
    """How many of the agency's days a notice has touched until now: two in the hour after midnight."""
    return (timezone.localdate() - timezone.localtime(notice.starts_at).date()).days + 1


def test_page_without_any_notice_says_that_all_is_well(client, internet):
    html = read(client)
    assert "Semua layanan berjalan." in html
    assert "Dalam 90 hari terakhir tidak ada gangguan yang diumumkan." in html
    assert html.count("Tidak ada pengumuman pada bulan ini.") == 3


def test_page_tells_what_is_going_on_in_groups_and_in_the_card(client, fibre, mail, told):
    told(fibre, "Penyambungan berjalan.")
    html = read(client)
    assert "Ada layanan yang terganggu." in html
    assert "Kabel serat putus" in html
    assert "Penyambungan berjalan." in html
    infrastructure, application = re.findall(r"<h3>(\w+) <span class=\"hd-state hd-state--(\w+)\"", html)
    assert infrastructure == ("Infrastruktur", "bad")
    assert application == ("Aplikasi", "ok")
    assert f"Dalam 90 hari terakhir ada {days_of(fibre)} hari dengan gangguan:" in html


def test_page_is_in_the_language_that_the_address_asks_for(client, fibre):
    html = read(client, bahasa="en")
    assert '<html lang="en">' in html
    assert "Fibre cut" in html
    assert "Kabel serat putus" not in html
    assert 'lang="id">Internet OPD' in html
    untranslated = make_notice(title="Tanpa terjemahan")
    assert f'{untranslated.pk}/" lang="id">Tanpa terjemahan' in read(client, bahasa="en")


def test_language_of_the_cookie_holds_where_the_address_asks_for_none(client, fibre):
    client.cookies["django_language"] = "en"
    assert "Fibre cut" in read(client)
    assert "Kabel serat putus" in read(client, bahasa="id")
    assert "Fibre cut" in read(client, bahasa="xx")


def test_planned_maintenance_is_announced_and_bears_on_no_state_yet(client, internet):
    # In the morning, so that it begins and ends on one day of the agency's.
    begins = (timezone.localtime() + timedelta(days=2)).replace(hour=9)
    make_notice(
        title="Ganti perangkat inti",
        kind="maintenance",
        services=[(internet, "maintenance")],
        starts_at=begins,
        expected_end=begins + timedelta(hours=2),
    )
    html = read(client)
    assert "Semua layanan berjalan." in html
    assert html.index("Terjadwal</h2>") < html.index("Ganti perangkat inti")
    with acting_at(begins + timedelta(minutes=1)):
        assert "Pemeliharaan sedang berlangsung." in read(client)
    with acting_at(begins + timedelta(hours=3)):
        html = read(client)
        assert "Semua layanan berjalan." in html
        assert "1 hari dengan pemeliharaan." in html
        assert "Ganti perangkat inti" in html


def test_maintenance_that_was_called_off_is_told_until_its_time(client, internet):
    start = timezone.now() + timedelta(days=1)
    dates = {"starts_at": start, "expected_end": start + timedelta(hours=2)}
    make_notice(title="Ganti perangkat", kind="maintenance", services=[(internet, "maintenance")], **dates)
    StatusNotice.objects.update(phase="cancelled", ended_at=timezone.now())
    html = read(client)
    assert "Ganti perangkat" in html
    assert "Dibatalkan" in html
    assert "Semula direncanakan" in html
    for name in ("status_atom", "status_json"):
        assert "Ganti perangkat" in read(client, name)
    with acting_at(start + timedelta(hours=3)):
        assert "Dalam pemeliharaan" not in re.sub(r"hd-legend.*?</p>", "", read(client), flags=re.DOTALL)


def test_announcement_gives_no_service_a_state(client, internet):
    make_notice(title="Loket pindah", kind="announcement")
    html = read(client)
    assert "Semua layanan berjalan." in html
    assert "Loket pindah" in html


def test_disruption_of_no_named_service_degrades_all(client, internet, mail):
    make_notice(title="Listrik padam")
    assert read(client).count("hd-state--warn") >= 4


def test_ended_notice_moves_to_the_history_and_keeps_its_days(client, fibre, internet):
    StatusNotice.objects.filter(pk=fibre.pk).update(phase="resolved", ended_at=timezone.now())
    html = read(client)
    assert "Semua layanan berjalan." in html
    assert "Sedang berlangsung</h2>" not in html
    assert html.index("Riwayat</h2>") < html.index("Kabel serat putus")
    assert f"ada {days_of(fibre)} hari dengan gangguan" in html


def day_of(notice, internet):
    """What the JSON says of the day on which a notice began, for the group of a service."""
    told = json.loads(read(Client(), "status_json"))
    began = timezone.localtime(notice.starts_at).date().isoformat()
    (group,) = [one for one in told["groups"] if internet.code in {s["code"] for s in one["services"]}]
    return {one["date"]: one["state"] for one in group["days_not_operational"]}.get(began)


def test_day_stays_as_bad_as_it_was_when_the_notice_gets_better(fibre, internet):
    for state in ("partial", "degraded", "operational"):
        row = fibre.affected_services.get()
        row.state = state
        fibre.affected_services.set([row])
        fibre.save_revision().publish()
        fibre.refresh_from_db()
        assert fibre.affected_services.get().state == state
        assert day_of(fibre, internet) == "major"
    fibre.affected_services.set([])
    assert day_of(fibre, internet) == "major"


def test_days_between_an_end_and_its_taking_back_were_quiet(fibre, internet, told):
    now = timezone.now()
    began = now - timedelta(days=9)
    StatusNotice.objects.update(starts_at=began)
    fibre.announced_states.update(since=began)
    told(fibre, "Pulih.", at=now - timedelta(days=7), phase="resolved")
    told(fibre, "Putus lagi.", at=now - timedelta(days=2), phase="investigating")
    told_now = json.loads(read(Client(), "status_json"))
    (group,) = [one for one in told_now["groups"] if one["days_not_operational"]]
    days = {one["date"] for one in group["days_not_operational"]}
    wanted = [9, 8, 7, 2, 1, 0]
    assert days == {timezone.localtime(now - timedelta(days=back)).date().isoformat() for back in wanted}


def test_expired_notice_leaves_the_page_and_stays_in_the_archive(client, fibre):
    StatusNotice.objects.filter(pk=fibre.pk).update(
        live=False, expired=True, expire_at=timezone.now() - timedelta(minutes=1)
    )
    html = read(client)
    assert "Sedang berlangsung</h2>" not in html
    assert "Kabel serat putus" in html
    assert "Pengumuman ini dari arsip" in read(client, "notice", fibre.pk)
    assert "Ikuti pengumuman ini" not in read(client, "notice", fibre.pk)


def test_permalink_has_words_timeline_and_what_came_after(client, fibre, told):
    told(fibre, "Kabel disambung <b>malam</b> ini.")
    StatusNotice.objects.filter(pk=fibre.pk).update(
        summary="<p>Serat <b>utama</b> putus.</p>", cause="Alat berat", prevention="Rambu dipasang"
    )
    html = read(client, "notice", fibre.pk)
    assert "<h1>Kabel serat putus</h1>" in html
    assert "Serat <b>utama</b> putus." in html
    assert "Kabel disambung &lt;b&gt;malam&lt;/b&gt; ini." in html
    assert "Alat berat" in html
    assert "Rambu dipasang" in html
    assert f"{reverse('helpdesk:status_subscribe')}?pengumuman={fibre.pk}" in html


def test_months_of_the_past_have_pages(client, internet):
    past = timezone.now() - timedelta(days=200)
    make_notice(title="Lama sekali", services=[internet], starts_at=past, phase="resolved")
    StatusNotice.objects.update(ended_at=past + timedelta(hours=1), first_published_at=past)
    local = timezone.localtime(past)
    assert "Lama sekali" not in read(client)
    assert "Lama sekali" in read(client, "status_month", local.year, local.month)


@pytest.mark.parametrize("month", [(2026, 13), (2026, 0), (0, 1), (99999, 1), (1990, 1), (2999, 1)])
def test_months_that_have_no_page_are_not_found(client, month):
    assert client.get(reverse("helpdesk:status_month", args=month)).status_code == 404


@pytest.mark.parametrize("pk", [0, 987654, 10**30])
def test_unknown_notice_is_not_found(client, pk):
    assert client.get(reverse("helpdesk:notice", args=[pk])).status_code == 404


# --- What never appears -------------------------------------------------------------------------------

SECRET = "RAHASIA-BELUM-TERBIT"


def as_draft(internet):
    return make_notice(title=SECRET, services=[internet], published=False)


def to_come(internet):
    notice = make_notice(title=SECRET, services=[internet])
    StatusNotice.objects.filter(pk=notice.pk).update(go_live_at=timezone.now() + timedelta(hours=1))
    return notice


def withdrawn(internet):
    notice = make_notice(title=SECRET, services=[internet])
    notice.unpublish()
    return notice


def about_security(_internet):
    return make_notice(title=SECRET, services=[make_service(code="KAM-INS", is_security=True)])


def about_security_too(internet):
    return make_notice(title=SECRET, services=[internet, make_service(code="KAM-INS", is_security=True)])


@pytest.mark.parametrize("hidden", [as_draft, to_come, withdrawn, about_security, about_security_too])
def test_what_is_not_public_is_in_no_answer(client, internet, hidden):
    notice = hidden(internet)
    assert SECRET not in everything(client, notice)
    assert client.get(reverse("helpdesk:notice", args=[notice.pk])).status_code == 404


def test_draft_of_a_published_notice_shows_what_was_published(client, fibre):
    fibre.title = SECRET
    fibre.summary = f"<p>{SECRET}</p>"
    fibre.save_revision()
    told = everything(client, fibre)
    assert SECRET not in told
    assert "Kabel serat putus" in told


def test_updates_that_are_not_published_are_in_no_answer(client, fibre, told):
    told(fibre, SECRET, at=timezone.now() + timedelta(hours=1))
    draft = told(fibre, f"{SECRET} dua")
    draft.published_at = None
    draft.save()
    assert SECRET not in everything(client, fibre)


def test_services_of_information_security_have_no_public_state(client, internet):
    make_service(code="KAM-INS", name="Insiden keamanan", is_security=True)
    for name in ("status", "status_json", "status_subscribe"):
        assert "Insiden keamanan" not in read(client, name)


# --- Bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["bahasa=%00", "bahasa=%FF", "x=" + "y" * 5000, "bahasa=en&bahasa=id", "%%%"]
)
def test_odd_questions_are_answered(client, fibre, query):
    for name in ("status", "status_json", "status_atom"):
        assert client.get(reverse(f"helpdesk:{name}") + "?" + query).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_pages_for_reading_take_nothing_else(client, method):
    assert getattr(client, method)(reverse("helpdesk:status")).status_code == 405


def test_markup_in_words_stays_words(client, internet, told):
    evil = make_notice(title="<script>alert(1)</script>", services=[internet], cause="<img src=x onerror=1>")
    told(evil, "<iframe></iframe>")
    Service.objects.filter(pk=internet.pk).update(name="<svg onload=1>")
    opd = make_opd(name="<b>Dinas</b>")
    make_notice(title="Lain", opds=[opd])
    for html in (read(client), read(client, "notice", evil.pk)):
        for tag in ("<script>alert", "<img src=x", "<iframe>", "<svg onload", "<b>Dinas"):
            assert tag not in html


def test_site_leads_to_the_page(client, settings, internet):
    assert reverse("helpdesk:status") in Client().get(reverse("helpdesk:track")).content.decode()
