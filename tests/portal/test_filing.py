"""Filing: the steps, what a send makes, and that nothing typed is ever lost."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import (
    AttachmentPurpose,
    HelpDeskSettings,
    LetterRule,
    Opd,
    RequiredDocument,
    Ticket,
    WorkingRegime,
)
from tests.factories import MONDAY_9, make_service, upload

SUNDAY = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)


def test_first_step_lists_offered_services_in_groups(client, service):
    make_service(name="Situs OPD", category="application")
    make_service(name="Insiden siber", is_security=True)
    make_service(name="Hal lain", category="either")
    make_service(name="Tidak ditawarkan", active=False)
    groups = client.get(reverse("helpdesk:report")).context["groups"]
    assert [(g.name, [s.name for s in g.services]) for g in groups] == [
        ("Infrastruktur", ["Internet OPD"]),
        ("Aplikasi", ["Situs OPD"]),
        ("Keamanan informasi", ["Insiden siber"]),
        ("Lainnya", ["Hal lain"]),
    ]


def test_first_step_puts_services_of_the_wanted_kind_first(client, service):
    make_service(name="Domain baru", usual_kind="request", position=0)
    (group,) = client.get(reverse("helpdesk:request")).context["groups"]
    assert [(p.others, [s.name for s in p.services]) for p in group.parts] == [
        (False, ["Domain baru"]),
        (True, ["Internet OPD"]),
    ]


def test_second_step_shows_hint_self_check_and_privacy_notice(client, service):
    html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    for words in ("Sebutkan ruangannya.", "Lampu menyala?", "disimpan 2 tahun", "helpdesk@example.go.id"):
        assert words in html


def test_self_check_is_not_shown_to_requests(client, service):
    html = client.get(reverse("helpdesk:request"), {"layanan": service.code}).content.decode()
    assert "Lampu menyala?" not in html


def test_unknown_service_is_a_sentence_and_the_list(client, service):
    answer = client.get(reverse("helpdesk:report"), {"layanan": "TIDAK-ADA"})
    assert answer.status_code == 404
    assert "Layanan ini tidak (lagi) tersedia" in answer.content.decode()
    assert service.name in answer.content.decode()


def test_send_makes_a_ticket_of_what_was_typed(file_it, typed, service, opd):
    day = timezone.localdate() - timedelta(days=1)
    answer = file_it({**typed, "occurred_date": f"{day:%d/%m/%Y}", "occurred_time": "07.45"})
    ticket = Ticket.objects.get()
    assert answer.redirect_chain == [(reverse("helpdesk:receipt", args=[ticket.number]), 302)]
    assert ticket.service == service
    assert ticket.opd == opd
    assert ticket.kind == "incident"
    assert ticket.channel == "web"
    assert ticket.requester_phone == "+6281234567890"
    assert ticket.description == "Lampu modem merah.\nSudah dicoba dinyalakan ulang."
    assert ticket.privacy_version == 1
    assert ticket.language == "id"
    local = timezone.localtime(ticket.occurred_at)
    assert (local.date(), local.hour, local.minute) == (day, 7, 45)


def test_send_in_english_asks_for_mails_in_english(client, typed):
    client.cookies["django_language"] = "en"
    client.post(reverse("helpdesk:report"), typed)
    assert Ticket.objects.get().language == "en"


def test_receipt_shows_number_code_and_deadline(file_it, typed):
    with acting_at(MONDAY_9):
        html = file_it(typed).content.decode()
    ticket = Ticket.objects.get()
    code = ticket.access.code
    assert ticket.number in html
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in html
    assert "Senin, 23 November 2026, 09.30 WIB" in html  # P2: half a working hour


def test_double_send_makes_one_ticket_and_the_same_receipt(file_it, typed):
    first, second = file_it(typed), file_it(typed)
    assert Ticket.objects.count() == 1
    assert first.redirect_chain == second.redirect_chain
    assert second.status_code == 200


def test_double_send_a_day_later_does_not_hand_out_the_code(file_it, typed):
    with acting_at(timezone.now() - timedelta(hours=25)):
        file_it(typed)
    number = Ticket.objects.get().number
    answer = file_it(typed)
    assert answer.redirect_chain == [(f"{reverse('helpdesk:track')}?nomor={number}", 302)]
    assert Ticket.objects.get().access.code not in answer.content.decode().replace("-", "")


def test_same_form_with_other_words_asks_and_keeps_both(client, file_it, typed):
    file_it(typed)
    answer = file_it({**typed, "summary": "Ternyata listrik yang mati"})
    first = Ticket.objects.get()
    html = answer.content.decode()
    assert answer.status_code == 409
    assert f"Laporan ini sudah terkirim dengan nomor {first.number}" in html
    assert "Ternyata listrik yang mati" in html
    new_key = re.search(r'name="kunci" value="([^"]+)"', html).group(1)
    assert new_key != typed["kunci"]
    file_it({**typed, "summary": "Ternyata listrik yang mati", "kunci": new_key})
    assert {t.summary for t in Ticket.objects.all()} == {"Internet kantor mati", "Ternyata listrik yang mati"}


def test_same_words_from_another_page_ask_first(client, file_it, typed):
    file_it(typed)
    other = {**typed, "kunci": str(uuid.uuid4())}
    answer = file_it(other)
    assert answer.status_code == 409
    assert "dengan isian yang sama" in answer.content.decode()
    assert Ticket.objects.count() == 1
    file_it({**other, "ulang": "1"})
    assert Ticket.objects.count() == 2


def test_same_words_of_a_stranger_are_a_report_of_their_own(client, file_it, typed):
    file_it(typed)
    client.cookies.clear()
    file_it({**typed, "kunci": str(uuid.uuid4())})
    assert Ticket.objects.count() == 2


def test_errors_stand_beside_fields_and_in_a_summary_that_links_to_them(client, typed):
    answer = client.post(
        reverse("helpdesk:report"),
        {**typed, "summary": "", "requester_nip": "123", "who_affected": "", "privacy_ack": ""},
    )
    assert answer.status_code == 422
    assert [(p.anchor, p.text) for p in answer.context["problems"]] == [
        ("id_summary", "Ringkasan wajib diisi."),
        ("id_who_affected_0", "Pilih siapa yang terdampak."),
        (
            "id_requester_nip",
            "NIP harus 18 digit angka. Periksa kembali, atau kosongkan bila Anda bukan ASN.",
        ),
        ("id_privacy_ack", "Centang kotak ini setelah membaca pemberitahuan privasi."),
    ]
    html = answer.content.decode()
    for anchor in ("id_summary", "id_who_affected_0", "id_requester_nip", "id_privacy_ack"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert 'role="alert"' in html
    assert "<title>Galat: Laporkan gangguan" in html
    assert Ticket.objects.count() == 0


def test_an_error_keeps_everything_that_was_typed(client, typed):
    html = client.post(reverse("helpdesk:report"), {**typed, "requester_phone": "abc"}).content.decode()
    for name in ("summary", "requester_name", "requester_unit", "requester_email", "kunci"):
        assert f'value="{typed[name]}"' in html
    assert 'value="abc"' in html
    assert "Sudah dicoba dinyalakan ulang." in html
    assert re.search(rf'<option value="{typed["opd"]}"[^>]* selected', html)
    assert re.search(r'value="office"[^>]*checked', html)
    assert re.search(r'name="privacy_ack" value="1"[^>]*checked', html)


def test_change_of_service_carries_what_was_typed_along(client, typed):
    other = make_service(name="Situs OPD")
    chooser = client.post(reverse("helpdesk:report"), {**typed, "aksi": "ganti"}).content.decode()
    assert 'name="summary" value="Internet kantor mati"' in chooser
    assert f'<button class="hd-service" type="submit" name="layanan" value="{other.code}">' in chooser
    form = client.post(
        reverse("helpdesk:report"), {**typed, "aksi": "isi", "layanan": other.code}
    ).content.decode()
    assert 'value="Internet kantor mati"' in form
    assert f'name="kunci" value="{typed["kunci"]}"' in form
    assert 'class="hd-problems"' not in form
    assert Ticket.objects.count() == 0


def test_letter_is_required_of_a_request_and_may_follow_an_incident(file_it, typed):
    refused = file_it({**typed, "alternative": ""}, where="request")
    assert [p.text for p in refused.context["problems"]] == [
        "Surat pengantar wajib dilampirkan untuk permintaan layanan."
    ]
    assert file_it(typed).status_code == 200


def test_letter_is_not_asked_of_a_service_without_one(client, typed):
    service = make_service(letter_rule=LetterRule.NEVER)
    answer = client.get(reverse("helpdesk:request"), {"layanan": service.code})
    assert [slot.name for slot in answer.context["slots"]] == ["lampiran"]
    assert "letter_number" not in answer.context["form"].fields


def test_request_with_letter_document_and_attachments(client, typed, service):
    must = RequiredDocument.objects.create(service=service, name="Denah")
    RequiredDocument.objects.create(service=service, name="Spesifikasi", required=False)
    data = {
        **typed,
        "letter_number": "555/12/BKAD",
        "letter_date": "2026-11-20",
        "letter_subject": "Titik WiFi",
        "surat": upload("surat.pdf"),
        f"dokumen-{must.pk}": upload("denah.pdf"),
        "lampiran": [upload("a.pdf"), upload("b.pdf")],
    }
    with acting_at(MONDAY_9):
        client.post(reverse("helpdesk:request"), data)
    ticket = Ticket.objects.get()
    assert (ticket.kind, ticket.letter_number) == ("request", "555/12/BKAD")
    assert (ticket.letter_date, ticket.letter_subject) == (date(2026, 11, 20), "Titik WiFi")
    assert [(a.purpose, a.label, a.name) for a in ticket.attachments.all()] == [
        (AttachmentPurpose.COVER_LETTER, "", "surat.pdf"),
        (AttachmentPurpose.DOCUMENT, "Denah", "denah.pdf"),
        (AttachmentPurpose.EVIDENCE, "", "a.pdf"),
        (AttachmentPurpose.EVIDENCE, "", "b.pdf"),
    ]


def test_outside_service_hours_the_form_says_when_work_starts(client, service):
    with acting_at(SUNDAY):
        html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    assert "mulai diproses Senin, 23 November 2026 pukul 07.30 WIB" in html


def test_within_service_hours_it_does_not(client, service):
    with acting_at(MONDAY_9):
        html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    assert "di luar jam layanan" not in html


def test_agency_without_hours_loses_no_text(client, typed):
    WorkingRegime.objects.all().delete()
    answer = client.post(reverse("helpdesk:report"), typed)
    assert answer.status_code == 503
    assert "Internet kantor mati" in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_privacy_notice_that_changed_must_be_read_again(client, typed):
    own = HelpDeskSettings.load()
    own.privacy_version, own.privacy_notice = 2, "Baru: {retention}, {contact}, {aneh} {"
    own.save()
    answer = client.post(reverse("helpdesk:report"), typed)
    html = answer.content.decode()
    assert [p.anchor for p in answer.context["problems"]] == ["id_privacy_ack"]
    assert "Baru: 2 tahun, helpdesk@example.go.id atau (0536) 12345, {aneh} {" in html
    assert not re.search(r'name="privacy_ack" value="2"[^>]*checked', html)


def test_trap_for_machines_is_shown_to_the_human_who_fell_into_it(client, typed):
    answer = client.post(reverse("helpdesk:report"), {**typed, "website": "http://spam.example"})
    assert [p.anchor for p in answer.context["problems"]] == ["id_website"]
    assert 'class="hd-trap"' not in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_inactive_agency_is_refused_with_a_sentence(client, typed, opd):
    Opd.objects.filter(pk=opd.pk).update(active=False)
    answer = client.post(reverse("helpdesk:report"), typed)
    assert [p.text for p in answer.context["problems"]] == ["Pilih OPD dari daftar."]


@pytest.mark.parametrize("key", ["", "bukan-uuid", "\x00", "0" * 5000])
def test_mangled_form_key_is_replaced(file_it, typed, key):
    file_it({**typed, "kunci": key})
    assert Ticket.objects.count() == 1


def test_what_was_typed_stays_within_reach_of_the_back_button(client, typed):
    for wish, changed in (("periksa", {}), ("periksa", {"summary": ""}), ("isi", {}), ("ganti", {})):
        answer = client.post(reverse("helpdesk:report"), {**typed, **changed, "aksi": wish})
        assert answer.headers["Cache-Control"] == "no-cache, private"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_what_is_confidential_is_kept_by_no_browser(client, typed):
    service = make_service(is_security=True)
    answer = client.post(reverse("helpdesk:report"), {**typed, "layanan": service.code, "aksi": "periksa"})
    assert "no-store" in answer.headers["Cache-Control"]


def test_security_service_announces_that_it_is_confidential(client, typed):
    service = make_service(is_security=True)
    html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    assert "Laporan ini rahasia." in html


def test_two_forms_of_two_tabs_make_two_tickets(file_it, typed):
    file_it(typed)
    file_it({**typed, "kunci": str(uuid.uuid4()), "summary": "Printer rusak"})
    assert Ticket.objects.count() == 2
