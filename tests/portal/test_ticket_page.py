"""The tracker: one neutral sentence for a wrong pair, and a page that says where the ticket stands."""

from datetime import timedelta

import pytest
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import StepStandard, Ticket
from helpdesk_plugin.services import conversation, intake
from helpdesk_plugin.services.notice_links import follow_notice
from tests.factories import (
    MONDAY_9,
    Journey,
    Staff,
    accepted,
    make_notice,
    make_service,
    make_ticket,
    make_user,
    ticket_at,
    upload,
)
from tests.portal.conftest import page


@pytest.fixture
def show(client, open_here):
    """The page of a ticket as its requester sees it at this moment."""

    def get(ticket, at=None, **query):
        open_here(ticket)
        with acting_at(at or MONDAY_9 + timedelta(hours=2)):
            return client.get(page(ticket), query)

    return get


def test_wrong_pairs_answer_alike(client):
    ticket, other = make_ticket(), make_ticket()
    pairs = [(ticket.number, other.access.code), ("HD-2026-999999", ticket.access.code), ("asal", "asal")]
    answers = [client.post(reverse("helpdesk:track"), {"nomor": n, "kode": k}) for n, k in pairs]
    assert {a.status_code for a in answers} == {422}
    assert [[p.text for p in a.context["problems"]] for a in answers] == [
        ["Tiket tidak ditemukan. Periksa nomor dan kode lacak pada tanda terima Anda."]
    ] * 3


def test_empty_tracker_form_names_both_fields(client):
    answer = client.post(reverse("helpdesk:track"), {"nomor": " ", "kode": "\x00"})
    assert [p.anchor for p in answer.context["problems"]] == ["id_nomor", "id_kode"]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (
            TicketStatus.SUBMITTED,
            "Menunggu diperiksa oleh Technical Support sejak Senin, 23 November",
        ),
        (
            TicketStatus.RETURNED,
            "Permohonan perlu dilengkapi; menunggu Anda sejak Senin, 23 November",
        ),
        (TicketStatus.TRIAGED, "Menunggu disposisi Kepala Dinas sejak Senin, 23 November 2026, 09.10 WIB."),
        (TicketStatus.DISPOSED, "Menunggu pemeriksaan dan penugasan oleh Kepala Bidang TI sejak"),
        (TicketStatus.ASSIGNED, "Menunggu verifikasi oleh Pranata Komputer sejak"),
        (TicketStatus.DIAGNOSING, "Penyebabnya sedang dicari oleh Pranata Komputer, Technical Support sejak"),
        (TicketStatus.RECOVERING, "Sedang dipulihkan oleh Pranata Komputer, Technical Support sejak"),
        (TicketStatus.WAITING_REQUESTER, "Kami menunggu jawaban Anda sejak"),
        (TicketStatus.WAITING_THIRD_PARTY, "Menunggu pihak ketiga (penyedia atau pengelola pusat) sejak"),
        (TicketStatus.RESOLVED, "Selesai ditangani pada Senin, 23 November 2026, 10.00 WIB; hasilnya"),
        (TicketStatus.CLOSED, "Ditutup pada Senin, 23 November 2026, 10.30 WIB."),
        (TicketStatus.REOPENED, "Dibuka kembali; ditangani lagi oleh Pranata Komputer sejak"),
        (TicketStatus.REJECTED, "Ditolak pada Senin, 23 November 2026, 09.10 WIB."),
        (TicketStatus.CANCELLED, "Dibatalkan pada Senin, 23 November 2026, 09.10 WIB."),
        (TicketStatus.MERGED, "Digabung pada Senin, 23 November 2026, 09.10 WIB dengan tiket lain"),
    ],
)
def test_every_status_is_a_sentence(show, status, sentence):
    answer = show(ticket_at(status, at=MONDAY_9))
    assert answer.status_code == 200
    assert answer.context["page"].position.sentence.startswith(sentence)
    assert sentence in answer.content.decode()


def test_ticket_page_is_kept_and_found_by_nobody(show):
    answer = show(make_ticket(at=MONDAY_9))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_title_carries_the_number_and_nothing_else(show):
    ticket = make_ticket(at=MONDAY_9)
    assert f"<title>Tiket {ticket.number}</title>" in show(ticket).content.decode()


def test_stepper_shows_done_now_and_next_with_office_and_time(show):
    html = show(Journey(at=MONDAY_9).to(TicketStatus.TRIAGED)).content.decode()
    assert html.count("hd-steps__item--done") == 2
    assert html.count("hd-steps__item--now") == 1
    assert html.count("hd-steps__item--next") == 7
    assert html.count('aria-current="step"') == 1
    assert "sejak 23 Nov 2026, 09.10 WIB" in html
    assert "waktu baku 30 menit*" in html


def test_confirmed_standards_lose_their_mark(show):
    StepStandard.objects.update(confirmed=True)
    html = show(make_ticket(at=MONDAY_9)).content.decode()
    assert "usulan, belum disahkan" not in html


def test_mark_stays_while_a_time_that_is_told_is_proposed(show):
    assert "* usulan, belum disahkan" in show(make_ticket(at=MONDAY_9)).content.decode()


def test_ended_ticket_tells_no_standard_times_and_so_needs_no_mark(show):
    html = show(Journey(at=MONDAY_9).to(TicketStatus.CLOSED)).content.decode()
    assert "waktu baku" not in html
    assert "usulan, belum disahkan" not in html


def test_promise_and_a_limit_that_has_passed(show):
    journey = Journey(at=MONDAY_9)
    ticket = journey.to(TicketStatus.TRIAGED)
    assert (
        "Batas langkah ini 30 menit, sampai Senin, 23 November 2026, 09.40 WIB."
        in show(ticket, at=MONDAY_9 + timedelta(minutes=15)).content.decode()
    )
    assert "Batas ini sudah lewat" in show(ticket, at=MONDAY_9 + timedelta(hours=1)).content.decode()


def test_timeline_is_newest_first_and_names_offices(show):
    events = [
        (event.act, event.public_actor)
        for event, _files in show(Journey(at=MONDAY_9).to(TicketStatus.DISPOSED)).context["page"].entries
    ]
    assert events == [
        ("dispose", "Kepala Dinas"),
        ("triage", "Technical Support"),
        ("submit", "OPD Pemohon"),
    ]


def test_question_and_reason_of_the_officers_are_quoted_with_what_to_press(show):
    html = show(ticket_at(TicketStatus.WAITING_REQUESTER, at=MONDAY_9)).content.decode()
    assert "Kapan petugas boleh datang?" in html
    assert "/jawab/" in html
    html = show(ticket_at(TicketStatus.RETURNED, at=MONDAY_9)).content.decode()
    assert "Mohon sebutkan nomor ruangan." in html
    assert "Lengkapi sebelum Senin, 30 November 2026, 16.00 WIB." in html
    assert "/lengkapi/" in html


def test_handled_ticket_asks_whether_it_is_fixed_and_until_when(show):
    journey = Journey(at=MONDAY_9)
    journey.to(TicketStatus.RESOLVED)
    with acting_at(MONDAY_9 + timedelta(hours=2)):
        journey.inform()
    html = show(journey.ticket).content.decode()
    assert "Tanpa jawaban sampai Kamis, 26 November 2026, 16.00 WIB, tiket ditutup." in html
    assert "/konfirmasi/" in html
    assert "/belum-teratasi/" in html


def test_missing_letter_of_a_request_is_asked_for(show):
    ticket = make_ticket(kind="request", at=MONDAY_9)
    assert "Surat pengantar belum ada" in show(ticket).content.decode()
    conversation.attach_cover_letter(ticket.pk, accepted(), by=Party.REQUESTER)
    assert "Surat pengantar belum ada" not in show(ticket).content.decode()


def test_security_ticket_shows_status_and_dates_alone(show):
    journey = Journey(at=MONDAY_9)
    ticket = journey.to(TicketStatus.WAITING_REQUESTER)
    type(ticket).objects.filter(pk=ticket.pk).update(security_flag=True)
    html = show(ticket).content.decode()
    assert "Menunggu tanggapan Anda" in html
    assert "Senin, 23 November 2026, 09.00 WIB" in html
    for told in (
        ticket.summary,
        ticket.service.name,
        ticket.opd.name,
        "Kapan petugas boleh datang?",
        "Kabel",
    ):
        assert told not in html


def test_security_ticket_tells_no_more_on_its_other_pages(client, open_here):
    ticket = make_ticket(at=MONDAY_9, files=[accepted("bukti.pdf")])
    type(ticket).objects.filter(pk=ticket.pk).update(security_flag=True)
    open_here(ticket)
    receipt = client.get(reverse("helpdesk:receipt", args=[ticket.number])).content.decode()
    for told in (ticket.summary, ticket.service.name, ticket.opd.name):
        assert told not in receipt
    file = reverse("helpdesk:attachment", args=[ticket.number, ticket.attachments.get().pk])
    assert client.get(file).status_code == 302


def test_long_timeline_is_cut_and_can_be_shown_whole(show):
    ticket = make_ticket(at=MONDAY_9)
    for n in range(51):
        conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note=f"pesan ke-{n};")
    assert "pesan ke-0;" not in show(ticket).content.decode()
    assert "pesan ke-0;" in show(ticket, semua="1").content.decode()


def test_words_of_people_are_plain_text(show):
    words = "<script>alert(1)</script>\u202egnol & {{ x }}"
    ticket = make_ticket(at=MONDAY_9, summary=words, description=f"{words}\nbaris dua")
    conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note=words, files=[accepted("a'\"<b>.pdf")])
    html = show(ticket).content.decode()
    assert "<script>alert" not in html
    assert html.count("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;") == 3
    assert "a&#x27;&quot;&lt;b&gt;.pdf" in html


def test_english_page_speaks_english(client, open_here):
    ticket = make_ticket(at=MONDAY_9)
    open_here(ticket)
    client.cookies["django_language"] = "en"
    html = client.get(page(ticket)).content.decode()
    assert "waits to be examined by Technical support since Monday, 23 November 2026, 09:00 WIB" in html


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
@pytest.mark.parametrize("name", ["report", "request", "track", "catalogue", "sop"])
def test_other_methods_are_refused(client, method, name):
    assert getattr(client, method)(reverse(f"helpdesk:{name}")).status_code == 405


@pytest.mark.parametrize("name", ["catalogue", "sop"])
def test_reading_pages_take_no_post(client, name):
    assert client.post(reverse(f"helpdesk:{name}")).status_code == 405


def test_head_of_every_page_changes_nothing(client, open_here):
    ticket = make_ticket(files=[accepted()])
    open_here(ticket)
    before = ticket.events.count()
    addresses = [reverse(f"helpdesk:{n}") for n in ("report", "request", "track", "catalogue", "sop")]
    addresses += [reverse(f"helpdesk:{n}", args=[ticket.number]) for n in ("ticket", "receipt", "forget")]
    for address in addresses:
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b"")
    file = client.head(reverse("helpdesk:attachment", args=[ticket.number, ticket.attachments.get().pk]))
    for close in file._resource_closers:  # as the server does; the test client leaves it to us
        close()
    assert file.status_code == 200
    assert ticket.events.count() == before


def test_download_is_a_sandboxed_attachment(client, open_here):
    ticket = make_ticket(files=[accepted("surat pengantar é.pdf")])
    open_here(ticket)
    answer = client.get(reverse("helpdesk:attachment", args=[ticket.number, ticket.attachments.get().pk]))
    assert b"".join(answer.streaming_content) == upload().read()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer.headers["Cache-Control"]


def test_files_of_others_and_of_officers_stay_shut(client, open_here):
    mine, theirs = make_ticket(), make_ticket(files=[accepted()])
    officer = Journey(mine).staff.prakom
    conversation.note_ticket(mine.pk, by=officer, note="intern", files=[accepted("intern.pdf")])
    open_here(mine)
    foreign, internal = theirs.attachments.get(), mine.attachments.get()
    for ticket, file in ((mine, foreign), (theirs, foreign), (mine, internal)):
        assert client.get(reverse("helpdesk:attachment", args=[ticket.number, file.pk])).status_code == 302


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999", "9" * 5000])
def test_impossible_file_numbers_are_answered(client, open_here, pk):
    ticket = make_ticket()
    open_here(ticket)
    assert client.get(f"{page(ticket)}berkas/{pk}/").status_code in {302, 404}


def test_lost_file_leads_to_the_tracker(client, open_here):
    ticket = make_ticket(files=[accepted()])
    open_here(ticket)
    kept = ticket.attachments.get()
    kept.file.storage.delete(kept.file.name)
    assert client.get(reverse("helpdesk:attachment", args=[ticket.number, kept.pk])).status_code == 302


# --- A duplicate follows the ticket in which its work goes on -------------------------------------------


def merged_into(main):
    duplicate = make_ticket(summary="Sama saja")
    intake.merge_ticket(duplicate.pk, main, by=make_user(Role.TECHNICAL_SUPPORT))
    return Ticket.objects.get(pk=duplicate.pk)


def test_duplicate_tells_how_far_the_main_ticket_is_and_nothing_of_it(client, open_here):
    main = ticket_at(TicketStatus.RECOVERING, summary="Kabel putus di jalan", requester_name="Orang Lain")
    html = client.get(page(open_here(merged_into(main)))).content.decode()
    assert "Di sana statusnya: Diproses – pemulihan. Targetnya " in html
    for secret in (main.number, main.summary, main.requester_name):
        assert secret not in html


def test_duplicate_tells_that_the_main_ticket_was_handled(client, open_here):
    main = Journey()
    main.to(TicketStatus.RECOVERING)
    duplicate = merged_into(main.ticket)
    main.resolve()
    assert "Di sana sudah ditangani pada " in client.get(page(open_here(duplicate))).content.decode()


def test_duplicate_of_something_confidential_tells_nothing(client, open_here):
    main = make_ticket(service=make_service(is_security=True))
    assert "Di sana" not in client.get(page(open_here(merged_into(main)))).content.decode()


def test_page_leads_to_what_was_announced_about_its_matter_and_to_no_draft(show):
    staff = Staff()
    public, draft = make_notice(title="Kabel serat putus"), make_notice(title="Rancangan", published=False)
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    for notice in (public, draft):
        follow_notice(ticket.pk, notice, by=staff.teknisi)
    told = show(ticket, at=public.starts_at + timedelta(hours=2)).content.decode()
    assert f'<a href="{reverse("helpdesk:notice", args=[public.pk])}">Kabel serat putus</a>' in told
    assert "Rancangan" not in told
