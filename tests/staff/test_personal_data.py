"""The screens of personal data: look up, give out, correct, make anonymous, announce a breach."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.documents.breach_notice import context_of, without_nips
from helpdesk_plugin.documents.letterhead import letterhead
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.redaction import LEFT_OUT
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Deed, OpdContact, ProcessingRecord, RetentionRule, Ticket
from helpdesk_plugin.services.breaches import Breach
from helpdesk_plugin.services.conversation import note_ticket, reply_to_ticket
from helpdesk_plugin.staff.personal.views import BREACH_URL_NAME, URL_NAME
from tests.factories import accepted, make_service, make_ticket, ticket_at, without_security_rights

NIP = "198609262015052001"
ADDRESS = "sari.melati@example.test"
WHY = {"ground": "request", "reason": "Surat 12 November", "sure": "1"}


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def ask(client, typed=ADDRESS, **data):
    return client.post(reverse(URL_NAME), {"typed": typed, **data})


def test_look_up_shows_what_is_surely_theirs(staff, manager):
    ticket = make_ticket()
    other = make_ticket(requester_name="Sari Lain", requester_email="lain@example.test")
    html = ask(manager).content.decode()
    assert (ticket.number in html, other.number in html) == (True, False)
    assert f'value="{ticket.pk}" id="ticket-{ticket.pk}" checked' in html
    html = ask(manager, "sari").content.decode()
    assert (ticket.number in html, other.number in html) == (True, True)
    assert "checked" not in html.partition("<main")[2]
    assert "Ketik alamat" in ask(manager, "7").content.decode()


def test_confidential_tickets_are_found_by_those_who_may_know(staff, sign_in):
    ticket = make_ticket(summary="Rahasia", service=make_service(is_security=True))
    officer = staff[Role.MANAGER]
    assert ticket.number in ask(sign_in(officer)).content.decode()
    without_security_rights(officer)
    assert ticket.number not in ask(sign_in(officer)).content.decode()


def test_person_gets_what_they_may_read(staff, manager):
    ticket = make_ticket(requester_nip=NIP, files=[accepted("surat.pdf")])
    reply_to_ticket(ticket.pk, by=staff.teknisi, note="Kami cek.")
    note_ticket(ticket.pk, by=staff.teknisi, note="Catatan dalam")
    OpdContact.objects.create(opd=ticket.opd, name="Sari", email=ADDRESS, first_day="2026-01-01")
    response = ask(manager, tickets=ticket.pk, deed="export", **WHY)
    assert response["Content-Disposition"].startswith("attachment")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert set(packed.namelist()) == {f"{ticket.number}/1-surat.pdf", "data.json", "data.html"}
    everything = packed.read("data.json") + packed.read("data.html")
    data = json.loads(packed.read("data.json"))
    assert data["tickets"][0]["email"] == ADDRESS
    assert len(data["contacts"]) == 1
    assert b"Kami cek." in everything
    assert b"Catatan dalam" not in everything
    assert NIP.encode() not in everything
    assert b"19860926" not in everything
    record = ProcessingRecord.objects.get()
    assert (record.deed, record.reason, record.tickets) == (Deed.EXPORT, WHY["reason"], [ticket.number])
    response = ask(manager, tickets=ticket.pk, deed="export", with_nip="on", **WHY)
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert b"19860926 201505 2 001" in packed.read("data.json")


def test_correction_reaches_open_and_ended_tickets(staff, manager):
    open_one, ended = make_ticket(), ticket_at(TicketStatus.CLOSED, staff=staff)
    before = Ticket.objects.values("status", "recovery_outcome", "clock_used", "closed_at").get(pk=ended.pk)
    response = ask(
        manager,
        tickets=[open_one.pk, ended.pk],
        deed="correct",
        requester_name="Sari Melati, S.E.",
        **WHY,
    )
    assert "2 tiket diperbaiki" in response.content.decode()
    for ticket in (open_one, ended):
        assert Ticket.objects.get(pk=ticket.pk).requester_name == "Sari Melati, S.E."
        assert ticket.history.filter(requester_name="Sari Melati").exists()
    assert Ticket.objects.values(*before).get(pk=ended.pk) == before
    assert ended.events.last().act == "correct"
    assert "Isi setidaknya satu" in ask(manager, tickets=ended.pk, deed="correct", **WHY).content.decode()


def test_anonymising_asks_shows_and_does(staff, manager):
    ended, open_one = ticket_at(TicketStatus.REJECTED, staff=staff), make_ticket()
    html = ask(manager, tickets=[ended.pk, open_one.pk], deed="anonymise").content.decode()
    assert open_one.number in html.partition("Masih terbuka")[2]
    unsure = ask(manager, tickets=ended.pk, deed="anonymise", **WHY)
    assert Ticket.objects.get(pk=ended.pk).requester_name == "Sari Melati"
    assert "Surat 12 November" in unsure.content.decode(), "nothing typed is lost"
    ask(manager, tickets=ended.pk, deed="anonymise", understood="on", **WHY)
    assert Ticket.objects.get(pk=ended.pk).requester_name == LEFT_OUT
    assert Ticket.objects.get(pk=open_one.pk).requester_name == "Sari Melati"
    html = manager.get(reverse("helpdesk_tickets:inspect", args=[ended.pk])).content.decode()
    assert LEFT_OUT in html


def test_only_found_tickets_are_touched(staff, manager):
    other = ticket_at(
        TicketStatus.REJECTED, staff=staff, requester_email="x@example.test", requester_phone="+6281100000000"
    )
    ask(manager, tickets=other.pk, deed="anonymise", understood="on", **WHY)
    assert Ticket.objects.get(pk=other.pk).anonymised_at is None


def test_log_of_processing_is_read_by_supervisors(staff, as_role, manager):
    ProcessingRecord.objects.create(deed="export", ground="request", reason="Surat 7", at=timezone.now())
    address = reverse("helpdesk_processing_modeladmin_index")
    for role in (Role.MANAGER, Role.AUDITOR):
        assert "Surat 7" in as_role(role).get(address).content.decode()


def test_letter_of_a_breach_masks_numbers_and_counts_hours(manager):
    known = timezone.now() - timedelta(hours=1)
    breach = Breach(known, "Kemarin", f"NIP {NIP} dan 19860926 201505 2 001", "Surel salah kirim", "Ditarik")
    context = context_of(breach, letterhead(), late=False)
    assert "19860926" not in str(context["texts"])
    assert context["texts"]["data"].count("001") == 2
    assert breach.due_at - known == timedelta(hours=72)
    assert without_nips("nomor 081234567890") == "nomor 081234567890"


def test_breach_is_drawn_as_a_letter_and_logged(manager):
    pytest.importorskip("weasyprint")
    told = {name: f"Isi {name}" for name in ("happened", "data", "how", "measures", "addressee")}
    local = timezone.localtime() - timedelta(hours=2)
    response = manager.post(reverse(BREACH_URL_NAME), {**told, "known_at": f"{local:%Y-%m-%d %H:%M}"})
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert ProcessingRecord.objects.get().deed == Deed.BREACH
    html = manager.post(reverse(BREACH_URL_NAME), {**told, "known_at": ""}).content.decode()
    assert "Isi measures" in html, "nothing typed is lost"


def test_privacy_page_tells_the_rules(client, db):
    RetentionRule.objects.create(ending="rejected", months=12)
    html = client.get(reverse("helpdesk:privacy")).content.decode()
    assert "Ditolak: 1 tahun" in html
    assert "usulan, belum disahkan" in html


def test_rules_keep_the_promise_of_the_notice(manager):
    data = {"ending": "closed", "months": 36, "active": "on"}
    html = manager.post("/admin/helpdesk/retention-rules/create/", data).content.decode()
    assert "paling lama 24 bulan" in html
    assert not RetentionRule.objects.exists()
