"""Acts that are refused: in words, with everything typed kept; and forged ones."""

import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import RequiredDocument, Ticket
from helpdesk_plugin.services import disposition
from helpdesk_plugin.services.amendment import amend_ticket
from tests.factories import Journey, make_service, make_ticket, ticket_at, upload
from tests.staff.conftest import act_url, filled, messages_of, page_url
from tests.staff.test_acts import KADIS, PC, TAKEN, TS


class TestRefusals:
    def test_stale_form_says_who_did_what_and_keeps_what_was_typed(self, staff, as_role):
        ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
        client, address = as_role(PC), act_url(ticket, Step.DIAGNOSE)
        sent = filled(client, address, symptoms="Lampu merah", cause="Kabel digigit tikus")
        amend_ticket(ticket.pk, by=staff.teknisi, changes={"summary": "Lain"}, note="Diperjelas")
        response = client.post(address, sent)
        assert response.status_code == 200
        assert staff.teknisi.get_full_name() in response.context["refusal"].sentence
        html = response.content.decode()
        assert "Kabel digigit tikus" in html
        assert Ticket.objects.get(pk=ticket.pk).status == "diagnosing"
        # Told what changed, the officer presses again.
        again = {bound.html_name: bound.value() for bound in response.context["form"] if bound.value()}
        assert client.post(address, again).status_code == 302
        assert Ticket.objects.get(pk=ticket.pk).status == "recovering"

    def test_step_taken_by_somebody_else_meanwhile(self, staff, as_role):
        ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
        client, address = as_role(KADIS), act_url(ticket, Step.DISPOSE)
        sent = filled(client, address, note="Tindak lanjuti segera")
        disposition.dispose_ticket(ticket.pk, disposition.Order(), by=staff.kadis)
        response = client.post(address, sent)
        sentence = response.context["refusal"].sentence
        assert staff.kadis.get_full_name() in sentence
        assert "Tindak lanjuti segera" in response.content.decode()
        assert ticket.dispositions.count() == 1

    def test_form_of_a_step_that_is_not_open_leads_back_with_the_reason(self, staff, as_role):
        ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
        response = as_role(KADIS).get(act_url(ticket, Step.DISPOSE), follow=True)
        assert response.redirect_chain[-1][0] == page_url(ticket)
        assert any(staff.kadis.get_full_name() in line for line in messages_of(response))

    def test_missing_facts_are_listed_before_and_after_pressing(self, staff, as_role):
        ticket = ticket_at(TicketStatus.RESOLVED, staff=staff)
        client, address = as_role(PC), act_url(ticket, Step.CLOSE)
        opened = client.get(address)
        assert len(opened.context["lacking"]) == 2
        refused = client.post(address, filled(client, address))
        assert refused.context["refusal"].missing == opened.context["lacking"]
        for line in opened.context["lacking"]:
            assert line in unescape(refused.content.decode())
        assert Ticket.objects.get(pk=ticket.pk).status == "resolved"

    def test_missing_documents_are_named(self, staff, as_role):
        document = RequiredDocument.objects.create(service=make_service(), name="Denah ruangan")
        ticket = make_ticket(kind="request", service=document.service)
        Journey(ticket, staff=staff).triage()
        client, address = as_role(KADIS), act_url(ticket, Step.DISPOSE)
        refused = client.post(address, filled(client, address))
        assert "Denah ruangan" in refused.context["refusal"].missing
        assert len(refused.context["refusal"].missing) == 2

    def test_reopening_too_late_says_until_when(self, staff, as_role):
        journey = Journey(staff=staff, at=timezone.now() - timedelta(days=60))
        journey.to(TicketStatus.CLOSED)
        client, address = as_role(PC), act_url(journey.ticket, Step.REOPEN)
        response = client.post(address, filled(client, address, note="Mati lagi"))
        assert str(timezone.now().year) in response.context["refusal"].sentence
        assert "Mati lagi" in response.content.decode()

    @pytest.mark.parametrize("act", [act for act in TAKEN if TRANSITIONS[act].note_required], ids=str)
    def test_reason_is_asked_for_where_the_procedure_demands_one(self, staff, as_role, act):
        role, status, typed, _happened = TAKEN[act]
        ticket = ticket_at(status, staff=staff)
        client, address = as_role(role), act_url(ticket, act)
        response = client.post(address, filled(client, address, **{**typed, "note": " \u200b "}))
        assert "note" in response.context["form"].errors
        assert ticket.events.count() == Ticket.objects.get(pk=ticket.pk).events.count()

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("surat.pdf", b"MZ\x90\x00 this is a program", "wrong_type"),
            ("surat.exe", b"%PDF-1.4", "wrong_type"),
            ("besar.pdf", b"%PDF-1.4" + b"0" * (5 * 1024 * 1024), "too_large"),
            ("kosong.pdf", b"", "empty"),
        ],
    )
    def test_refused_file_says_why_and_keeps_the_text(self, staff, as_role, name, content, code):
        ticket = make_ticket()
        client, address = as_role(TS), act_url(ticket, Remark.REPLY)
        sent = filled(client, address, note="Ini suratnya", files=SimpleUploadedFile(name, content))
        response = client.post(address, sent)
        assert response.context["form"].errors.as_data()["files"][0].code == code
        assert "Ini suratnya" in response.content.decode()
        assert not ticket.attachments.exists()

    def test_five_files_are_too_many(self, staff, as_role):
        ticket = make_ticket()
        client, address = as_role(TS), act_url(ticket, Remark.REPLY)
        sent = filled(client, address, note="Foto", files=[upload(f"{n}.pdf") for n in range(5)])
        assert client.post(address, sent).context["form"].errors.as_data()["files"][0].code == "too_many"

    @pytest.mark.parametrize("damage", [{"version": ""}, {"version": "x"}, {"key": "x"}, {"key": ""}])
    def test_damaged_form_keeps_what_was_typed(self, staff, as_role, damage):
        ticket = make_ticket()
        client, address = as_role(TS), act_url(ticket, Remark.REPLY)
        response = client.post(address, filled(client, address, note="Panjang lebar", **damage))
        assert response.context["form"].non_field_errors()
        assert "Panjang lebar" in response.content.decode()


class TestForgery:
    @pytest.mark.parametrize("word", ["nonsense", "submit", "answer", "cancel", "delete", "STATUS"])
    def test_unknown_acts_are_not_found(self, staff, as_role, word):
        ticket = make_ticket()
        assert as_role(TS).get(act_url(ticket, word)).status_code == 404
        assert as_role(TS).post(act_url(ticket, word), {}).status_code == 404

    @pytest.mark.parametrize("act", [Step.DISPOSE, Step.CLOSE, Step.EXAMINE], ids=str)
    def test_acts_without_permission_are_refused(self, staff, as_role, act):
        ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
        forged = {"version": ticket.version, "key": str(uuid.uuid4()), "note": "x", "nature": "secret"}
        for response in (
            as_role(TS).get(act_url(ticket, act)),
            as_role(TS).post(act_url(ticket, act), forged),
        ):
            assert (response.status_code, response.url) == (302, "/admin/")
        assert Ticket.objects.get(pk=ticket.pk).status == "triaged"

    def test_fields_that_the_form_does_not_have_change_nothing(self, staff, as_role):
        ticket = make_ticket()
        client, address = as_role(TS), act_url(ticket, Step.TRIAGE)
        sent = filled(client, address, status="closed", number="X", by=staff.kadis.pk, requester_name="Lain")
        client.post(address, sent)
        changed = Ticket.objects.get(pk=ticket.pk)
        assert (changed.status, changed.number, changed.requester_name) == (
            "triaged",
            ticket.number,
            ticket.requester_name,
        )

    @pytest.mark.usefixtures("narrow_circle")
    def test_confidential_ticket_has_no_forms_for_others(self, staff, as_role):
        secret = make_ticket(service=make_service(is_security=True))
        assert as_role(TS).get(act_url(secret, Remark.NOTE)).status_code == 404
        assert as_role(TS).post(act_url(secret, Remark.NOTE), {}).status_code == 404

    def test_csrf_is_enforced(self, staff):
        ticket = make_ticket()
        client = Client(enforce_csrf_checks=True)
        client.force_login(staff.teknisi)
        assert client.post(act_url(ticket, Remark.NOTE), {"note": "x"}).status_code == 403
