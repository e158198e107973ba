"""The catalogue and the SOP: what the agency stores, with a mark on what it has not approved."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from helpdesk_plugin.models import (
    PriorityTarget,
    RequiredDocument,
    Service,
    SopVersion,
    StepStandard,
    WorkingRegime,
)
from helpdesk_plugin.services.standards import succeed_version
from tests.factories import make_service

MARK = "usulan, belum disahkan"


def text_of(client, name):
    return client.get(reverse(f"helpdesk:{name}")).content.decode()


def test_catalogue_lists_offered_services_with_what_they_ask_for(client):
    service = make_service(name="Domain baru", usual_kind="request", recovery_minutes=900)
    RequiredDocument.objects.create(service=service, name="Spesifikasi", required=False)
    make_service(name="Tidak ditawarkan", active=False)
    html = strip_tags(text_of(client, "catalogue"))
    for told in ("Domain baru", "Permintaan layanan", "2 hari kerja", "Spesifikasi (boleh menyusul)"):
        assert told in html
    assert "Tidak ditawarkan" not in html


def test_empty_catalogue_says_what_will_appear(client):
    assert "Katalog masih kosong" in text_of(client, "catalogue")


def test_sop_shows_all_eleven_steps_in_order_with_both_twos(client):
    html = text_of(client, "sop")
    codes = ["S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"]
    places = [html.index(f'<span class="hd-stepcode">{code}</span>') for code in codes]
    assert places == sorted(places)


def test_sop_shows_identity_targets_and_hours(client):
    html = text_of(client, "sop")
    for told in ("Pengajuan Penanganan Gangguan TIK", "Dasar hukum", "P1 Kritis", "4 jam", "Senin–Kamis"):
        assert told in html
    assert "07.30–12.00, 13.00–16.00 WIB" in html
    assert "07.30–11.30, 13.00–16.30 WIB" in html


def test_times_that_differ_by_priority_are_told_apart(client):
    StepStandard.objects.filter(code="S2").update(minutes_p1=15)
    html = text_of(client, "sop")
    assert "P1: 15 menit" in html
    assert "P4: 30 menit" in html


@pytest.mark.parametrize("model", [Service, PriorityTarget, SopVersion, StepStandard, WorkingRegime])
def test_mark_goes_with_approval(client, service, model):
    def marks():
        return text_of(client, "sop").count(MARK) + text_of(client, "catalogue").count(MARK)

    before, rows = marks(), model.objects.count()
    model.objects.update(confirmed=True)
    assert before - marks() == rows


def test_page_of_confirmed_values_does_not_speak_of_proposals(client):
    assert "menandai isi yang tidak tercantum" in text_of(client, "sop")
    for model in (PriorityTarget, SopVersion, StepStandard, WorkingRegime):
        model.objects.update(confirmed=True)
    html = text_of(client, "sop")
    assert MARK not in html
    assert "menandai isi yang tidak tercantum" not in html


def test_draft_is_not_shown_before_its_day(client):
    draft = succeed_version(SopVersion.objects.get(), in_force_from=date(2199, 1, 1), by=None)
    SopVersion.objects.filter(pk=draft.pk).update(title="Judul draf")
    assert "Judul draf" not in text_of(client, "sop")


def test_sop_before_any_is_in_force(client):
    StepStandard.objects.all().delete()
    SopVersion.objects.all().delete()
    assert "Belum ada versi SOP yang berlaku" in text_of(client, "sop")
