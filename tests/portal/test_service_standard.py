"""The catalogue by words, the public standard of a service, and the privacy notice's own page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.models import (
    HelpDeskSettings,
    LetterRule,
    PriorityTarget,
    RequiredDocument,
    SopVersion,
    StepStandard,
)
from tests.factories import make_service

MARK = "usulan, belum disahkan"


@pytest.fixture
def shelf():
    """A small catalogue in which each service is found by something else."""
    document = make_service(name="Titik jaringan baru", code="INF-PNB", usual_kind="request")
    RequiredDocument.objects.create(service=document, name="Denah lokasi")
    return [
        document,
        make_service(name="Jaringan lokal, Wi-Fi", search_words="wifi lemot, hotspot"),
        make_service(name="SIPD RI", category="application", central_operator="Kemendagri"),
        make_service(name="Tidak ditawarkan", search_words="wifi", active=False),
    ]


def found(client, query: str) -> list[str]:
    answer = client.get(reverse("helpdesk:catalogue"), {"cari": query})
    assert answer.status_code == 200
    return [service.name for group in answer.context["groups"] for service in group.services]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("WIFI lemot", ["Jaringan lokal, Wi-Fi"]),
        ("wi-fi", ["Jaringan lokal, Wi-Fi"]),
        ("jaringan", ["Titik jaringan baru", "Jaringan lokal, Wi-Fi"]),
        ("jaringan denah", ["Titik jaringan baru"]),
        ("inf-pnb", ["Titik jaringan baru"]),
        ("kemendagri", ["SIPD RI"]),
        ("pengajuan", ["Titik jaringan baru"]),
        ("keluhan", ["Jaringan lokal, Wi-Fi", "SIPD RI"]),
        ("hotspot denah", []),
        ("tidak ditawarkan", []),
    ],
)
def test_search_finds_services_that_hold_every_word(client, shelf, query, names):
    assert found(client, query) == names


@pytest.mark.parametrize("query", ["", "   ", "!?", "\x00", "a" * 5000])
def test_search_survives_odd_queries(client, shelf, query):
    assert len(found(client, query)) == (0 if query.startswith("a") else 3)


def test_search_keeps_the_query_escaped_and_says_what_next_when_nothing_matches(client, shelf):
    html = client.get(reverse("helpdesk:catalogue"), {"cari": "<b>xyz"}).content.decode()
    assert 'value="&lt;b&gt;xyz"' in html
    assert "<b>xyz" not in html
    assert "Tidak ada layanan yang cocok" in html
    assert f'href="{reverse("helpdesk:catalogue")}">Tampilkan seluruh katalog' in html


def standard_of(client, service) -> str:
    answer = client.get(reverse("helpdesk:standard", args=[service.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_standard_names_the_six_parts_in_order(client, service):
    html = standard_of(client, service)
    parts = ["1. Syarat", "2. Prosedur", "3. Waktu", "4. Biaya", "5. Produk layanan", "6. Pengaduan"]
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    for told in ("Gratis.", "SP4N-LAPOR!", "(0536) 12345", "helpdesk@example.go.id"):
        assert told in html


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (LetterRule.BY_KIND, "wajib pada formulir permintaan layanan, boleh menyusul untuk gangguan"),
        (LetterRule.ALWAYS, "Surat pengantar pimpinan OPD, disertakan pada formulir."),
        (LetterRule.NEVER, "Tanpa surat pengantar."),
    ],
)
def test_standard_tells_the_rule_of_the_letter(client, rule, sentence):
    assert sentence in standard_of(client, make_service(letter_rule=rule))


def test_standard_lists_documents_and_what_to_mention(client):
    service = make_service(hint="Sebutkan jumlah titik.")
    RequiredDocument.objects.create(service=service, name="Denah lokasi")
    RequiredDocument.objects.create(service=service, name="Foto ruangan", required=False)
    lines = strip_tags(standard_of(client, service)).splitlines()
    for told in ("Denah lokasi", "Foto ruangan (boleh menyusul)"):
        assert told in [line.strip() for line in lines]
    assert any(line.endswith("Sebutkan jumlah titik.") for line in lines)


def test_standard_shows_the_steps_in_force_with_their_time_for_the_usual_priority(client):
    StepStandard.objects.filter(code="S6").update(minutes_p2=60, minutes_p4=450)
    version = SopVersion.objects.get()
    later = SopVersion(
        number=9, title="Judul draf", in_force_from=version.in_force_from + timedelta(days=90000)
    )
    SopVersion.objects.bulk_create([later])
    service = make_service(default_impact=Impact.MEDIUM.value, default_urgency=Urgency.HIGH.value)
    html = standard_of(client, service)
    assert html.count('class="hd-stepcode"') == 11
    assert "Pranata Komputer · 1 jam" in html
    assert "Judul draf" not in html


def test_standard_promises_by_priority_and_marks_the_usual_one(client):
    service = make_service(default_impact=Impact.LOW.value, default_urgency=Urgency.LOW.value)
    html = standard_of(client, service)
    assert "P4 Rendah <span" in html
    for told in ("15 menit", "4 jam", "5 hari kerja"):
        assert told in html


def test_own_target_of_a_service_overrides_every_priority(client):
    html = standard_of(client, make_service(recovery_minutes=900))
    assert "Layanan ini punya target sendiri: 2 hari kerja." in html
    assert html.count('data-label="Pulih atau selesai">2 hari kerja') == 4


def test_security_service_is_never_usual_below_p2_and_has_no_figures(client):
    low = {"default_impact": Impact.LOW.value, "default_urgency": Urgency.LOW.value}
    html = standard_of(client, make_service(is_security=True, **low))
    assert "P2 Tinggi <span" in html
    assert "Angka tentang keamanan informasi tidak diumumkan." in html


def test_product_is_the_services_own_else_the_output_of_recovery(client):
    StepStandard.objects.filter(code="S7").update(output="Layanan pulih")
    assert "Layanan pulih" in standard_of(client, make_service())
    html = standard_of(client, make_service(product="Subdomain aktif"))
    assert "Subdomain aktif" in html
    assert "Layanan pulih" not in html


def test_mark_of_proposals_goes_with_the_last_approval(client):
    service = make_service(confirmed=True)
    PriorityTarget.objects.update(confirmed=True)
    assert MARK in standard_of(client, service)
    StepStandard.objects.update(confirmed=True)
    assert MARK not in standard_of(client, service)


def test_standard_before_any_sop_or_target(client):
    service = make_service()
    StepStandard.objects.all().delete()
    SopVersion.objects.all().delete()
    PriorityTarget.objects.all().delete()
    html = standard_of(client, service)
    assert "Belum ada versi SOP yang berlaku" in html
    assert "Target belum ditetapkan" in html


def test_standard_of_a_code_with_a_stroke(client):
    assert "Aneh" in standard_of(client, make_service(code="A/B C", name="Aneh"))


@pytest.mark.parametrize("code", ["TIDAK-ADA", "\x00", "x" * 300])
def test_unknown_service_says_what_next(client, service, code):
    answer = client.get(reverse("helpdesk:standard", args=[code]))
    assert answer.status_code == 404
    assert "Tampilkan seluruh katalog" in answer.content.decode()


def test_service_that_is_not_offered_has_no_page(client):
    service = make_service(active=False)
    assert client.get(reverse("helpdesk:standard", args=[service.code])).status_code == 404


def test_catalogue_leads_to_the_standards(client, service):
    html = client.get(reverse("helpdesk:catalogue")).content.decode()
    assert f'href="{reverse("helpdesk:standard", args=[service.code])}"' in html


def test_privacy_page_shows_notice_version_and_retention_as_configured(client):
    desk = HelpDeskSettings.load()
    desk.retention_months, desk.privacy_version = 18, 3
    desk.privacy_notice = "Disimpan {retention}; hubungi {contact}. {lain}"
    desk.save()
    html = client.get(reverse("helpdesk:privacy")).content.decode()
    told = "Disimpan 18 bulan; hubungi helpdesk@example.go.id atau (0536) 12345. {lain}"
    assert told in html
    assert "Versi 3, sejak" in html
    assert "<dd>18 bulan</dd>" in html
