"""What a requester does with a ticket: each act once, refusals in words, the typed text kept."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.transitions import acts_from
from helpdesk_plugin.models import StagedFile
from helpdesk_plugin.portal.acts import DEEDS, offers_for
from helpdesk_plugin.services import closure
from tests.factories import MONDAY_9, Journey, make_ticket, ticket_at, upload
from tests.portal.conftest import act, page


@pytest.fixture
def do(client, open_here):
    """Open an act's page, fill it in, press its button."""

    def press(ticket, slug, **typed):
        open_here(ticket)
        form = client.get(act(ticket, slug)).content.decode()
        hidden = dict(re.findall(r'name="(kunci|versi)" value="([^"]*)"', form))
        return client.post(act(ticket, slug), {**hidden, "aksi": "kirim", **typed})

    return press


def last(ticket):
    event = ticket.events.newest_first().first()
    return event.act, event.party, event.note, event.by


def test_every_act_of_the_requester_has_a_page():
    asked = {act for status in TicketStatus for act in acts_from(status, Party.REQUESTER, held_from=status)}
    # Rating asks a question of its own kind, on a page of its own (`portal.survey`).
    assert {deed.act for deed in DEEDS} | {Remark.RATE} == asked


@pytest.mark.parametrize(
    ("status", "slug", "typed", "act_done", "leads_to"),
    [
        (TicketStatus.SUBMITTED, "balas", {"note": "Masih mati."}, "reply", TicketStatus.SUBMITTED),
        (TicketStatus.SUBMITTED, "batalkan", {"note": ""}, "cancel", TicketStatus.CANCELLED),
        (TicketStatus.WAITING_REQUESTER, "jawab", {"note": "Besok pagi."}, "answer", TicketStatus.DIAGNOSING),
        (TicketStatus.RESOLVED, "konfirmasi", {"note": ""}, "confirm", TicketStatus.RESOLVED),
        (TicketStatus.RESOLVED, "belum-teratasi", {"note": "Lambat."}, "not_fixed", TicketStatus.DIAGNOSING),
        (TicketStatus.CLOSED, "buka-kembali", {"note": "Mati lagi."}, "reopen", TicketStatus.REOPENED),
    ],
)
def test_act_is_done_and_said(do, client, status, slug, typed, act_done, leads_to):
    ticket = ticket_at(status)
    answer = do(ticket, slug, **typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page(ticket)}?terkirim={slug}")
    ticket.refresh_from_db()
    assert ticket.state is leads_to
    assert last(ticket) == (act_done, "requester", typed["note"], None)
    assert 'role="status"' in client.get(answer.headers["Location"]).content.decode()


def test_unknown_word_in_the_address_says_nothing(client, open_here):
    ticket = open_here(make_ticket())
    html = client.get(page(ticket), {"terkirim": "<b>menang</b>"}).content.decode()
    assert "menang" not in html
    assert 'role="status"' not in html


def test_returned_request_is_completed_with_new_facts_and_files(do, client, open_here):
    ticket = ticket_at(TicketStatus.RETURNED, kind="request", letter_number="1/A")
    form = client.get(act(open_here(ticket), "lengkapi")).content.decode()
    assert 'value="Internet kantor mati sejak pagi"' in form
    answer = do(
        ticket,
        "lengkapi",
        summary=ticket.summary,
        description="Ruang 204, lantai 2.",
        letter_number="2/B",
        requester_phone="0813 1111 2222",
        note="Nomor ruangan ditambahkan.",
        surat=upload("surat.pdf"),
    )
    assert answer.status_code == 302
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.SUBMITTED
    assert (ticket.description, ticket.letter_number) == ("Ruang 204, lantai 2.", "2/B")
    assert ticket.requester_phone == "+6281311112222"
    assert ticket.requester_email == "sari.melati@example.test"
    assert [a.purpose for a in ticket.attachments.all()] == ["cover_letter"]


def test_request_that_is_sent_back_as_it_was_is_asked_for_more(do, open_here):
    ticket = ticket_at(TicketStatus.RETURNED)
    open_here(ticket)
    answer = do(ticket, "lengkapi", summary=ticket.summary, description=ticket.description)
    assert "Belum ada yang berubah." in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.RETURNED


def test_status_does_not_ask_for_the_confirmation_that_was_given(do, client, open_here):
    ticket = ticket_at(TicketStatus.RESOLVED)
    open_here(ticket)
    assert "mohon konfirmasi" in client.get(page(ticket)).content.decode()
    do(ticket, "konfirmasi")
    told = client.get(page(ticket)).content.decode()
    assert "mohon konfirmasi" not in told
    assert "sudah Anda konfirmasi" in told


def test_completion_form_shows_no_contact_data(client, open_here):
    ticket = ticket_at(TicketStatus.RETURNED, requester_nip="198609262015051001")
    html = client.get(act(open_here(ticket), "lengkapi")).content.decode()
    for secret in ("Sari Melati", "6281234567890", "0812-3456-7890", "sari.melati", "198609262015051001"):
        assert secret not in html


def test_confidential_request_is_completed_without_showing_it(do, client, open_here):
    ticket = ticket_at(TicketStatus.RETURNED)
    type(ticket).objects.filter(pk=ticket.pk).update(security_flag=True)
    html = client.get(act(open_here(ticket), "lengkapi")).content.decode()
    for told in (ticket.summary, "Lampu modem merah", "Mohon sebutkan nomor ruangan."):
        assert told not in html
    do(ticket, "lengkapi", note="Ruang 204.")
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.SUBMITTED
    assert ticket.summary == "Internet kantor mati sejak pagi"


def test_files_and_letter_are_added(do):
    ticket = make_ticket(kind="request")
    do(ticket, "tambah-berkas", surat=upload("surat.pdf"), lampiran=[upload("foto.pdf")])
    assert [(a.purpose, a.name) for a in ticket.attachments.all()] == [
        ("cover_letter", "surat.pdf"),
        ("evidence", "foto.pdf"),
    ]


def test_adding_no_file_is_a_sentence(do):
    answer = do(make_ticket(), "tambah-berkas", note="Lihat lampiran.")
    assert answer.status_code == 422
    assert [p.text for p in answer.context["problems"]] == ["Pilih sedikitnya satu berkas."]
    assert "Lihat lampiran." in answer.content.decode()


def test_reason_is_required_and_the_photo_is_kept(do):
    ticket = ticket_at(TicketStatus.RESOLVED)
    answer = do(ticket, "belum-teratasi", note="  ", lampiran=[upload("foto.pdf")])
    assert answer.status_code == 422
    assert [p.text for p in answer.context["problems"]] == ["Apa yang belum beres? wajib diisi."]
    assert StagedFile.objects.get().name == "foto.pdf"
    assert "foto.pdf" in answer.content.decode()


def test_pressing_twice_does_it_once(do, client):
    ticket = make_ticket()
    do(ticket, "balas", note="Halo", kunci="6f2b8a0e-0000-4000-8000-000000000001")
    do(ticket, "balas", note="Halo", kunci="6f2b8a0e-0000-4000-8000-000000000001")
    assert ticket.events.filter(act="reply").count() == 1


def test_other_words_under_the_same_key_are_not_lost(do):
    ticket = make_ticket()
    do(ticket, "balas", note="Halo", kunci="6f2b8a0e-0000-4000-8000-000000000001")
    answer = do(
        ticket,
        "balas",
        note="Halo lagi",
        kunci="6f2b8a0e-0000-4000-8000-000000000001",
        lampiran=[upload("foto.pdf")],
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Halo lagi" in html
    key = re.search(r'name="kunci" value="([^"]+)"', html).group(1)
    do(ticket, "balas", note="Halo lagi", kunci=key)
    assert [e.note for e in ticket.events.filter(act="reply")] == ["Halo", "Halo lagi"]
    assert [a.name for a in ticket.attachments.all()] == ["foto.pdf"]


def test_act_that_is_not_open_is_a_sentence_with_the_text_kept(do, client, open_here):
    ticket = ticket_at(TicketStatus.RECOVERING)
    assert client.get(act(open_here(ticket), "batalkan")).status_code == 409
    answer = client.post(act(ticket, "batalkan"), {"note": "Sudah tidak perlu"})
    assert answer.status_code == 409
    assert "status tiket sekarang “Diproses – pemulihan”" in answer.content.decode()
    assert "Sudah tidak perlu" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.RECOVERING


def test_ticket_that_changed_meanwhile_says_what_happened(do, client, open_here):
    journey = Journey()
    ticket = open_here(journey.ticket)
    form = client.get(act(ticket, "batalkan")).content.decode()
    hidden = dict(re.findall(r'name="(kunci|versi)" value="([^"]*)"', form))
    journey.triage()
    answer = client.post(act(ticket, "batalkan"), {**hidden, "note": "Batal saja"})
    assert answer.status_code == 409
    assert "ada perubahan pada tiket: Diterima dan diberi prioritas" in answer.content.decode()
    assert "Batal saja" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.TRIAGED
    hidden["versi"] = re.search(r'name="versi" value="(\d+)"', answer.content.decode()).group(1)
    assert client.post(act(ticket, "batalkan"), {**hidden, "note": "Batal saja"}).status_code == 302


def test_reopening_too_late_is_a_sentence_with_the_date(client, open_here):
    ticket = ticket_at(TicketStatus.CLOSED, at=MONDAY_9)
    open_here(ticket)
    with acting_at(MONDAY_9 + timedelta(days=20)):
        assert "buka-kembali" not in {offer.deed.slug for offer in offers_for(ticket)}
        answer = client.post(act(ticket, "buka-kembali"), {"note": "Mati lagi", "versi": ticket.version})
    assert answer.status_code == 409
    assert "hanya dapat dilakukan sampai Senin, 30 November 2026, 16.00 WIB" in answer.content.decode()
    assert "Mati lagi" in answer.content.decode()


def test_page_of_reopening_too_late_says_the_date_before_anything_is_typed(client, open_here):
    ticket = open_here(ticket_at(TicketStatus.CLOSED, at=MONDAY_9))
    with acting_at(MONDAY_9 + timedelta(days=20)):
        answer = client.get(act(ticket, "buka-kembali"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "hanya dapat dilakukan sampai Senin, 30 November 2026, 16.00 WIB" in html
    assert "<textarea" not in html


def test_confirmed_ticket_is_not_asked_again():
    ticket = ticket_at(TicketStatus.RESOLVED)
    closure.confirm_ticket(ticket.pk, by=Party.REQUESTER)
    ticket.refresh_from_db()
    assert [offer.deed.slug for offer in offers_for(ticket)] == ["belum-teratasi", "balas", "tambah-berkas"]


def test_unknown_act_is_not_found(client, open_here):
    assert client.get(act(open_here(make_ticket()), "hapus")).status_code == 404


def test_acts_on_a_ticket_that_is_shut_here_lead_to_the_tracker(client):
    ticket = make_ticket()
    for slug in (deed.slug for deed in DEEDS):
        for answer in (client.get(act(ticket, slug)), client.post(act(ticket, slug), {"note": "x"})):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/help-desk/lacak/")
    assert ticket.events.count() == 1


@pytest.mark.parametrize("status", list(TicketStatus))
def test_no_page_of_an_act_ever_fails(client, open_here, status):
    ticket = open_here(ticket_at(status, at=timezone.now()))
    for slug in (deed.slug for deed in DEEDS):
        assert client.get(act(ticket, slug)).status_code in {200, 409}
        typed = {"note": "Ini teksnya", "versi": "x", "summary": "", "occurred_date": "32/13/2026"}
        answer = client.post(act(ticket, slug), typed)
        assert answer.status_code in {302, 409, 422}
        assert answer.status_code == 302 or "Ini teksnya" in answer.content.decode()


def test_files_of_an_act_are_kept_and_removed_without_losing_the_text(do, client):
    ticket = make_ticket()
    key = "6f2b8a0e-0000-4000-8000-000000000002"
    do(ticket, "balas", note="", kunci=key, lampiran=[upload("a.pdf")])
    pk = StagedFile.objects.get().pk
    answer = do(ticket, "balas", note="Tanpa berkas", kunci=key, aksi=f"buang:{pk}")
    assert "Tanpa berkas" in answer.content.decode()
    do(ticket, "balas", note="Tanpa berkas", kunci=key)
    assert ticket.attachments.count() == 0
