"""Everything is read once more before it is sent: nothing is lost on the way, and one ticket comes of it."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from html import unescape
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import (
    HelpDeskSettings,
    LetterRule,
    QuestionKind,
    RequiredDocument,
    ServiceQuestion,
    StagedFile,
    Ticket,
    WorkingRegime,
)
from helpdesk_plugin.portal import throttling
from tests.factories import MONDAY_9, make_service, make_ticket, upload

SUNDAY = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
REPORT = "report"


def post(client, data, where=REPORT, **extra):
    return client.post(reverse(f"helpdesk:{where}"), data, **extra)


@pytest.fixture
def check(client, typed):
    """Press "Continue" with what was typed."""

    def one(where=REPORT, **changed):
        return post(client, {**typed, "aksi": "periksa", **changed}, where)

    return one


def hidden(answer, wish: str) -> dict:
    """What a browser sends from the page when the button for ``wish`` is pressed."""
    html = answer.content.decode()
    form = re.search(r'<form class="hd-checked".*?</form>', html, re.S).group()
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(unescape(value))
    assert f'name="aksi" value="{wish}"' in form
    return {**fields, "aksi": wish}


def shown(answer) -> dict[str, dict[str, object]]:
    """The page's groups: title → label → text or names of files."""
    return {
        group.title: {row.label: row.text or [kept.name for kept in row.files] or "" for row in group.rows}
        for group in answer.context["groups"]
    }


def test_valid_form_is_shown_once_more_and_nothing_is_sent(check):
    answer = check()
    assert answer.status_code == 200
    assert Ticket.objects.count() == 0
    html = answer.content.decode()
    assert "Langkah 3 dari 3" in html
    assert "Belum ada yang terkirim" in html


def test_page_shows_everything_in_the_words_of_the_form(check, client, service):
    ServiceQuestion.objects.create(service=service, label="Ruang?", position=1)
    several = ServiceQuestion.objects.create(
        service=service, label="Lampu?", kind=QuestionKind.SEVERAL, options="PON\nLOS", position=2
    )
    day = timezone.localdate() - timedelta(days=1)
    answer = check(
        occurred_date=f"{day:%d/%m/%Y}",
        occurred_time="07.45",
        requester_nip="198609262015051001",
        letter_number="555/1",
        surat=upload("surat.pdf"),
        lampiran=[upload("a.pdf"), upload("b.pdf")],
        **{f"tanya-{several.pk}": ["PON", "LOS"]},
    )
    found = shown(answer)
    assert list(found) == ["Apa yang terjadi", "Tentang layanan ini", "Surat dan berkas", "Tentang Anda"]
    happened = found["Apa yang terjadi"]
    assert happened["Ringkasan"] == "Internet kantor mati"
    assert happened["Uraian"] == "Lampu modem merah.\nSudah dicoba dinyalakan ulang."
    assert happened["Waktu kejadian"].endswith("07.45 WIB")
    assert happened["Siapa yang terdampak?"] == "Satu kantor"
    assert happened["Apakah masih ada cara lain untuk bekerja?"] == "Tidak ada"
    assert found["Tentang layanan ini"] == {"Ruang?": "", "Lampu?": "PON, LOS"}
    assert found["Surat dan berkas"] == {
        "Nomor surat": "555/1",
        "Surat pengantar": ["surat.pdf"],
        "Lampiran": ["a.pdf", "b.pdf"],
    }
    assert found["Tentang Anda"] == {
        "Nama lengkap": "Sari Melati",
        "OPD / Instansi": "Badan Keuangan Contoh",
        "Unit dan lokasi": "Bidang Anggaran, lantai 2",
        "Nomor HP / WhatsApp": "0812-3456-7890",
        "Email": "sari.melati@example.test",
        "NIP": "19860926 201505 1 001",
    }


def test_what_the_page_carries_makes_the_ticket(check, client, service):
    several = ServiceQuestion.objects.create(
        service=service, label="Lampu?", kind=QuestionKind.SEVERAL, options="PON\nLOS\nLAN"
    )
    answer = check(lampiran=[upload("foto.pdf")], **{f"tanya-{several.pk}": ["PON", "LAN"]})
    assert StagedFile.objects.count() == 1
    sent = post(client, hidden(answer, "kirim"))
    ticket = Ticket.objects.get()
    assert sent["Location"] == reverse("helpdesk:receipt", args=[ticket.number])
    assert ticket.description == "Lampu modem merah.\nSudah dicoba dinyalakan ulang."
    assert [a["answer"] for a in ticket.answers] == [["PON", "LAN"]]
    assert [file.name for file in ticket.attachments.all()] == ["foto.pdf"]
    assert StagedFile.objects.count() == 0


@pytest.mark.parametrize("anchor", ["hd-part-1", "hd-part-2", "hd-part-3"])
def test_change_goes_back_to_its_part_of_the_form_with_everything(check, client, typed, anchor):
    answer = check(lampiran=[upload("foto.pdf")])
    html = answer.content.decode()
    assert f'formaction="{reverse("helpdesk:report")}#{anchor}"' in html
    form = post(client, hidden(answer, "isi"))
    html = form.content.decode()
    assert f'id="{anchor}"' in html
    assert form.context["problems"] == []
    for name in ("summary", "requester_name", "requester_unit", "requester_phone", "kunci"):
        assert f'value="{typed[name]}"' in html
    assert re.search(r'name="privacy_ack" value="1"[^>]*checked', html)
    assert [kept.name for slot in form.context["slots"] for kept in slot.kept] == ["foto.pdf"]


def test_every_part_of_the_page_can_be_changed(check):
    html = check().content.decode()
    parts = re.findall(r'<button class="hd-link"[^>]*>Ubah<span class="hd-hidden"> ([^<]+)</span>', html)
    assert parts == ["Layanan", "Apa yang terjadi", "Surat dan berkas", "Tentang Anda"]


def test_change_of_service_keeps_everything(check, client):
    other = make_service(name="Situs OPD")
    chooser = post(client, hidden(check(), "ganti")).content.decode()
    assert 'name="summary" value="Internet kantor mati"' in chooser
    assert f'name="layanan" value="{other.code}"' in chooser


def test_form_with_an_error_is_not_shown_for_checking(check):
    answer = check(summary="")
    assert answer.status_code == 422
    assert "groups" not in answer.context


def test_form_is_judged_again_when_it_is_sent(check, client, service):
    page = hidden(check(), "kirim")
    ServiceQuestion.objects.create(service=service, label="Ruang?", required=True)
    answer = post(client, page)
    assert answer.status_code == 422
    assert [p.text for p in answer.context["problems"]] == ["Jawab pertanyaan ini: Ruang?"]
    assert 'value="Internet kantor mati"' in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_notice_that_changed_while_checking_must_be_read_again(check, client):
    page = hidden(check(), "kirim")
    HelpDeskSettings.load()
    HelpDeskSettings.objects.update(privacy_version=2)
    answer = post(client, page)
    assert [p.anchor for p in answer.context["problems"]] == ["id_privacy_ack"]


def test_service_withdrawn_while_checking_leads_to_the_list_with_the_words(check, client, service):
    page = hidden(check(), "kirim")
    service.active = False
    service.save()
    answer = post(client, page)
    assert answer.status_code == 404
    assert 'name="summary" value="Internet kantor mati"' in answer.content.decode()


@pytest.mark.parametrize("files", [[], ["a.pdf", "b.pdf"]])
def test_double_send_makes_one_ticket_and_one_receipt(check, client, files):
    page = hidden(check(lampiran=[upload(name) for name in files]), "kirim")
    first, second = post(client, page), post(client, page)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Ticket.objects.get().attachments.count() == len(files)


def test_double_send_of_a_request_with_its_letter_makes_one_ticket(check, client):
    answer = check(where="request", surat=upload("surat.pdf"))
    page = hidden(answer, "kirim")
    first, second = post(client, page, "request"), post(client, page, "request")
    assert first["Location"] == second["Location"]
    assert Ticket.objects.get().attachments.get().name == "surat.pdf"


def test_second_send_that_loses_the_files_to_the_first_gets_its_receipt(check, client):
    page = hidden(check(lampiran=[upload("a.pdf")]), "kirim")
    first = post(client, page)
    # The second one had found the kept file before the first one took it away.
    with mock.patch("helpdesk_plugin.portal.uploads.Uploads.accepted", side_effect=OSError("gone")):
        second = post(client, page)
    assert second["Location"] == first["Location"]


def test_words_changed_after_sending_are_asked_about(check, client):
    page = hidden(check(lampiran=[upload("a.pdf")]), "kirim")
    post(client, page)
    answer = post(client, {**page, "summary": "Lain"})
    assert answer.status_code == 409
    assert Ticket.objects.count() == 1


def test_two_tabs_make_two_tickets(check, client):
    first, second = check(), check(kunci=str(uuid.uuid4()), summary="Printer rusak")
    post(client, hidden(second, "kirim"))
    post(client, hidden(first, "kirim"))
    assert {ticket.summary for ticket in Ticket.objects.all()} == {"Internet kantor mati", "Printer rusak"}


def test_checking_costs_no_slot_and_asks_about_no_twin(check, client):
    limit = throttling.Limit("submit", most=1, seconds=60)
    with mock.patch("helpdesk_plugin.portal.report.SUBMISSIONS", limit):
        assert {check().status_code for _ in range(3)} == {200}
        assert post(client, hidden(check(), "kirim")).status_code == 302
        # The same words from another page: only sending them asks.
        again = check(kunci=str(uuid.uuid4()))
        assert again.status_code == 200
        refused = post(client, hidden(again, "kirim"))
    assert refused.status_code == 429
    assert "Belum ada yang terkirim" in refused.content.decode()
    cache.clear()
    assert post(client, hidden(refused, "kirim")).status_code == 409
    assert Ticket.objects.count() == 1


def test_trap_for_machines_holds_before_checking(check):
    answer = check(website="http://spam.example")
    assert answer.status_code == 422
    assert [p.anchor for p in answer.context["problems"]] == ["id_website"]


def test_button_that_nobody_pressed_sends_nothing(client, typed):
    for wish in ({}, {"aksi": ""}, {"aksi": "\x00"}, {"aksi": "kirim\x00"}, {"aksi": "KIRIM"}):
        data = {name: value for name, value in typed.items() if name != "aksi"} | wish
        assert post(client, data).status_code == 200
    assert Ticket.objects.count() == 0


def test_expired_token_shows_the_page_again_and_stores_nothing(typed, check):
    strict = Client(enforce_csrf_checks=True)
    answer = post(strict, {**typed, "aksi": "kirim"})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "tekan tombolnya sekali lagi" in html
    assert shown(answer)["Tentang Anda"]["Nama lengkap"] == "Sari Melati"
    assert Ticket.objects.count() == 0
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html).group(1)
    assert post(strict, {**hidden(answer, "kirim"), "csrfmiddlewaretoken": token}).status_code == 302


def test_expired_token_before_checking_keeps_the_form(typed):
    answer = post(Client(enforce_csrf_checks=True), {**typed, "aksi": "periksa"})
    assert answer.status_code == 403
    assert 'value="Internet kantor mati"' in answer.content.decode()
    assert "form" in answer.context


def test_file_that_cannot_be_kept_leads_back_to_its_question(check):
    store = storages["helpdesk"]
    with mock.patch.object(type(store), "_save", side_effect=OSError("full")):
        answer = check(lampiran=[upload("a.pdf")])
    assert answer.status_code == 422
    assert [p.anchor for p in answer.context["problems"]] == ["id_lampiran"]
    assert 'value="Internet kantor mati"' in answer.content.decode()


def test_required_document_is_demanded_before_checking(check, service):
    document = RequiredDocument.objects.create(service=service, name="Denah")
    assert [p.text for p in check().context["problems"]] == ["Denah wajib dilampirkan."]
    answer = check(**{f"dokumen-{document.pk}": upload("denah.pdf")})
    assert shown(answer)["Surat dan berkas"]["Denah"] == ["denah.pdf"]


def test_request_is_checked_in_its_own_words(check, client):
    service = make_service(letter_rule=LetterRule.NEVER)
    wish = timezone.localdate() + timedelta(days=7)
    answer = check(where="request", layanan=service.code, wished_date=wish.isoformat())
    needed = shown(answer)["Apa yang Anda perlukan"]
    assert needed["Siapa yang membutuhkan?"] == "Satu kantor"
    assert str(wish.year) in needed["Tanggal yang diharapkan"]
    assert "Kirim permintaan" in answer.content.decode()


class TestOutsideServiceHours:
    WAIT = "mulai diproses Senin, 23 November 2026 pukul 07.30 WIB"
    CRITICAL = {"who_affected": "several_offices", "alternative": "no"}

    @pytest.fixture(autouse=True)
    def on_call(self, desk):
        desk.on_call_office, desk.on_call_phone = "Petugas piket", "0811-2222-3333"
        desk.save()

    def named(self, answer) -> bool:
        return "0811-2222-3333" in answer.content.decode()

    def test_page_says_when_work_starts(self, check):
        with acting_at(SUNDAY):
            assert self.WAIT in check().content.decode()
        with acting_at(MONDAY_9):
            assert self.WAIT not in check().content.decode()

    def test_critical_report_is_told_whom_to_call(self, check):
        with acting_at(SUNDAY):
            answer = check(**self.CRITICAL)
        assert self.named(answer)
        assert 'href="tel:081122223333"' in answer.content.decode()
        assert "Petugas piket" in answer.content.decode()

    @pytest.mark.parametrize(
        "answers",
        [
            {"who_affected": "office", "alternative": "no"},
            {"who_affected": "several_offices", "alternative": "limited"},
            {"who_affected": "me", "alternative": "yes"},
        ],
    )
    def test_other_reports_are_not(self, check, answers):
        with acting_at(SUNDAY):
            assert not self.named(check(**answers))

    def test_nobody_is_named_while_the_desk_is_open(self, check):
        with acting_at(MONDAY_9):
            assert not self.named(check(**self.CRITICAL))

    def test_nobody_is_named_if_the_agency_named_nobody(self, check, desk):
        desk.on_call_phone = ""
        desk.save()
        with acting_at(SUNDAY):
            html = check(**self.CRITICAL).content.decode()
        assert "Petugas piket" not in html

    def test_matter_of_security_is_told_whatever_was_answered(self, check):
        service = make_service(is_security=True)
        with acting_at(SUNDAY):
            assert self.named(check(layanan=service.code, who_affected="me", alternative="yes"))

    def test_agency_without_hours_is_told_nothing(self, check):
        WorkingRegime.objects.all().delete()
        assert not self.named(check(**self.CRITICAL))

    def test_receipt_names_the_office_on_call(self, client, open_here):
        with acting_at(SUNDAY):
            ticket = open_here(make_ticket(at=SUNDAY, **self.CRITICAL))
            assert self.named(client.get(reverse("helpdesk:receipt", args=[ticket.number])))
        with acting_at(MONDAY_9):
            assert not self.named(client.get(reverse("helpdesk:receipt", args=[ticket.number])))
