"""The ticket's page: what each officer reads there, which buttons stand there, and what it costs."""

import io
import re
import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from helpdesk_plugin.domain.parties import STAFF_ROLES, Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.work import Part
from helpdesk_plugin.models import (
    AgencyProfile,
    Attachment,
    CannedReply,
    RequiredDocument,
    Ticket,
    TicketSearchText,
)
from helpdesk_plugin.models.search import text_of
from helpdesk_plugin.permissions import available_acts
from helpdesk_plugin.services import closure, conversation, intake
from helpdesk_plugin.services.work import log_work
from helpdesk_plugin.staff.desk import Desk
from tests.factories import Journey, accepted, accepted_picture, make_service, make_ticket, ticket_at
from tests.staff.conftest import page_url

NIP = "198609262015051001"
READERS = [role for role in STAFF_ROLES if role is not Role.EDITOR]


def html_of(client, ticket) -> str:
    response = client.get(page_url(ticket))
    assert response.status_code == 200
    return response.content.decode()


def buttons_in(html: str, ticket) -> set[str]:
    """The acts that the page offers: forms that it links to or holds, and ways of saying."""
    address = reverse("helpdesk_tickets:act", args=[ticket.pk, "x"]).removesuffix("x/")
    linked = re.findall(rf'(?:href|action)="{address}(\w+)/["#]', html)
    assert linked.count("note") == 0, "no menu repeats what can be said on the page"
    ways = re.findall(r'name="way" id="hd-way-(\w+)"', html)
    return {*linked, *(ACT_OF_WAY[way] for way in ways if way in ACT_OF_WAY)}


#: Ways of saying that stand for one act; "resolve" is two acts, of which one has a form of its own.
ACT_OF_WAY = {"note": "note", "reply": "reply", "wait": "hold_requester", "progress": "progress"}


@pytest.mark.parametrize("status", list(TicketStatus))
def test_buttons_are_exactly_the_acts_that_are_open(staff, sign_in, status):
    ticket = ticket_at(status, staff=staff)
    for role in READERS:
        officer = staff[role]
        # Official documents have a page of their own, and nothing is linked here that could be unlinked.
        elsewhere = {Remark.DOCUMENT.value, Remark.UNFOLLOW_NOTICE.value}
        elsewhere |= {Remark.CORRECT.value, Remark.ANONYMISE.value}
        expected = {act.value for act in available_acts(ticket, officer)} - elsewhere
        html = html_of(sign_in(officer), ticket)
        assert buttons_in(html, ticket) == expected, role
        assert reverse("helpdesk_tickets:documents", args=[ticket.pk]) in html


NEXT_BY_STATUS = {
    TicketStatus.SUBMITTED: (Role.TECHNICAL_SUPPORT, "triage"),
    TicketStatus.RETURNED: (Role.TECHNICAL_SUPPORT, None),
    TicketStatus.TRIAGED: (Role.HEAD_OF_AGENCY, "dispose"),
    TicketStatus.DISPOSED: (Role.DIVISION_HEAD, "examine"),
    TicketStatus.ASSIGNED: (Role.COMPUTER_OFFICER, "verify"),
    TicketStatus.DIAGNOSING: (Role.COMPUTER_OFFICER, "diagnose"),
    TicketStatus.RECOVERING: (Role.COMPUTER_OFFICER, "resolve"),
    TicketStatus.WAITING_REQUESTER: (Role.COMPUTER_OFFICER, None),
    TicketStatus.WAITING_THIRD_PARTY: (Role.COMPUTER_OFFICER, "resume"),
    TicketStatus.RESOLVED: (Role.TECHNICAL_SUPPORT, "inform"),
    TicketStatus.CLOSED: (Role.COMPUTER_OFFICER, None),
    TicketStatus.REOPENED: (Role.COMPUTER_OFFICER, "diagnose"),
    TicketStatus.REJECTED: (Role.TECHNICAL_SUPPORT, None),
    TicketStatus.CANCELLED: (Role.TECHNICAL_SUPPORT, None),
    TicketStatus.MERGED: (Role.TECHNICAL_SUPPORT, None),
}


@pytest.mark.parametrize("status", list(TicketStatus))
def test_the_next_step_of_the_procedure_is_the_primary_button(staff, status):
    role, expected = NEXT_BY_STATUS[status]
    primary = Desk(ticket_at(status, staff=staff), staff[role]).offer.primary
    assert (primary and primary.name) == expected


def test_closing_is_next_once_the_requester_confirmed(staff):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.RESOLVED)
    journey.inform()
    assert Desk(journey.ticket, staff.prakom).offer.primary is None
    journey.confirm()
    assert Desk(journey.ticket, staff.prakom).offer.primary.name == "close"


def test_closing_is_next_once_the_agreed_days_have_passed(staff):
    journey = Journey(staff=staff, at=timezone.now() - timedelta(days=30))
    journey.to(TicketStatus.RESOLVED)
    closure.inform_ticket(journey.id, by=staff.teknisi, note="Sudah pulih.")
    assert Desk(journey.ticket, staff.prakom).offer.primary is None
    desk = Desk(journey.ticket, staff.prakom)
    desk.ticket.informed_at -= timedelta(days=20)
    assert desk.offer.primary.name == "close"


def test_page_says_what_where_and_until_when(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff, summary="Server <i>mati</i>")
    html = html_of(as_role(Role.HEAD_OF_AGENCY), ticket)
    for said in (
        "Server &lt;i&gt;mati&lt;/i&gt;",
        ticket.get_priority_display(),
        ticket.service.name,
        ticket.opd.name,
        ticket.holder_names,
        "S3",
        ticket.description,
    ):
        assert str(said) in html
    assert 'aria-current="step"' in html


def test_contact_links_are_whatsapp_telephone_and_mail(staff, as_role):
    profile = AgencyProfile.load()
    profile.short_name = "Diskominfo"
    profile.save()
    ticket = make_ticket(requester_phone="+6281234567890", requester_name="Sari & Budi", language="id")
    html = html_of(as_role(Role.TECHNICAL_SUPPORT), ticket)
    assert 'href="https://wa.me/6281234567890?text=' in html
    assert "Sari%20%26%20Budi" in html
    assert 'href="tel:+6281234567890"' in html
    assert "0812-3456-7890" in html
    assert 'href="mailto:sari.melati@example.test"' in html


@pytest.mark.parametrize("role", READERS)
def test_civil_servant_number_is_masked_unless_permitted(staff, as_role, role):
    html = html_of(as_role(role), make_ticket(requester_nip=NIP))
    permitted = role is Role.MANAGER
    assert ("19860926 201505 1 001" in html) is permitted
    assert ("•••••••••••••••001" in html) is not permitted
    assert NIP not in html


def test_public_and_internal_are_told_apart(staff, as_role):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    conversation.note_ticket(ticket.pk, by=staff.prakom, note="Jangan sebut nama vendor.")
    conversation.reply_to_ticket(ticket.pk, by=staff.teknisi, note="Kami sedang ke lokasi.")
    html = html_of(as_role(Role.COMPUTER_OFFICER), ticket)
    entries = dict(
        re.findall(r'<li class="hd-entry([^"]*)">(?:(?!</li>).)*?(Jangan sebut|Kami sedang)', html, re.S)
    )
    assert set(entries) == {" hd-entry--internal", ""}
    internal = next(entry for entry in html.split("<li ") if "Jangan sebut" in entry)
    public = next(entry for entry in html.split("<li ") if "Kami sedang" in entry).split("</li>")[0]
    assert "hd-internal-mark" in internal
    assert "icon-lock" in internal
    assert "hd-internal-mark" not in public
    assert "hd-public-mark" in public


def test_timeline_is_newest_first_and_tells_what_was_recorded(staff):
    desk = Desk(ticket_at(TicketStatus.RESOLVED, staff=staff), staff.prakom)
    acts = [entry.event.act for entry in desk.timeline]
    assert acts == ["resolve", "diagnose", "verify", "examine", "dispose", "triage", "submit"]
    facts = {entry.event.act: dict(entry.facts) for entry in desk.timeline}
    assert "Kabel serat putus" in facts["diagnose"].values()
    assert "Kabel disambung ulang" in facts["resolve"].values()
    assert any(staff.prakom.get_full_name() in text for text in facts["examine"].values())
    assert len(facts["triage"]) == 1


def test_hostile_text_is_shown_as_text(staff, as_role):
    hostile = '<script>alert(1)</script> {{ ticket }} "><img src=x onerror=alert(1)>'
    ticket = make_ticket(summary=hostile[:150], description=hostile, requester_name=hostile[:100])
    conversation.reply_to_ticket(ticket.pk, by=Party.REQUESTER, note=hostile)
    html = html_of(as_role(Role.TECHNICAL_SUPPORT), ticket)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "{{ ticket }}" in html


def test_page_has_no_inline_script_or_style(staff, as_role):
    ticket = ticket_at(TicketStatus.RESOLVED, staff=staff, files=[accepted()])
    main = html_of(as_role(Role.TECHNICAL_SUPPORT), ticket).split("hd-desk", 1)[1].split("</main>")[0]
    assert "<script" not in main
    assert "style=" not in main
    assert not re.search(r"\son\w+=", main)


def test_files_are_listed_with_their_download(staff, as_role):
    ticket = make_ticket(files=[accepted("foto modem.pdf")])
    file = ticket.attachments.get()
    html = html_of(as_role(Role.TECHNICAL_SUPPORT), ticket)
    assert "foto modem.pdf" in html
    assert reverse("helpdesk_tickets:download", args=[ticket.pk, file.pk]) in html


def test_page_warns_of_missing_documents_before_disposition(staff, as_role):
    document = RequiredDocument.objects.create(service=make_service(), name="Denah ruangan")
    ticket = make_ticket(kind="request", service=document.service)
    html = html_of(as_role(Role.TECHNICAL_SUPPORT), ticket)
    assert "Denah ruangan" in html
    assert "help-warning" in html


def test_merged_ticket_names_the_one_that_goes_on(staff, as_role):
    ticket = ticket_at(TicketStatus.MERGED, staff=staff)
    other = ticket.merged_into
    assert other.number in html_of(as_role(Role.COMPUTER_OFFICER), ticket)
    assert ticket.number in html_of(as_role(Role.COMPUTER_OFFICER), other)


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_ticket_is_unknown_to_those_who_may_not_see_it(staff, as_role):
    secret = make_ticket(service=make_service(is_security=True))
    unknown = make_ticket()
    unknown.pk = 10**9
    unseen = as_role(Role.TECHNICAL_SUPPORT)
    assert [unseen.get(page_url(one)).status_code for one in (secret, unknown)] == [404, 404]
    assert as_role(Role.COMPUTER_OFFICER).get(page_url(secret)).status_code == 200


@pytest.mark.parametrize("pk", ["99999999999999999999999", "0", "-1", "1e3", "abc"])
def test_impossible_keys_are_not_found(staff, as_role, pk):
    assert as_role(Role.MANAGER).get(f"/admin/helpdesk/tickets/{pk}/").status_code == 404


PAGE_QUERIES = 38


def crowd(ticket, count: int) -> None:
    """Other tickets of the same agency and service, in the same words, as many as are wanted."""
    copies = []
    for n in range(count):
        copy = Ticket.objects.get(pk=ticket.pk) if n == 0 else copies[0].__class__(**_facts(copies[0]))
        copy.pk, copy.number, copy.submission_key = None, f"LAIN-{n}", uuid.uuid4()
        copies.append(copy)
    made = Ticket.objects.bulk_create(copies)
    TicketSearchText.objects.bulk_create(TicketSearchText(ticket=one, text=text_of(one)) for one in made)


def _facts(ticket) -> dict:
    return {field.attname: getattr(ticket, field.attname) for field in Ticket._meta.concrete_fields}


@pytest.mark.parametrize(("replies", "others"), [(1, 3), (50, 300)])
def test_page_costs_the_same_however_long_the_story_and_full_the_desk(
    staff, as_role, django_assert_num_queries, replies, others
):
    journey = Journey(staff=staff, requester_nip=NIP, files=[accepted()])
    journey.to(TicketStatus.RECOVERING)
    crowd(journey.ticket, others)
    for n in range(replies):
        conversation.reply_to_ticket(journey.id, by=staff.teknisi, note=f"Balasan {n}", files=[accepted()])
        log_work(journey.id, by=staff.teknisi, minutes=5, note="Periksa.", parts=[Part("Kabel")])
    CannedReply.objects.create(title="Salam", text="Halo {name}")
    client, address = as_role(Role.COMPUTER_OFFICER), page_url(journey.ticket)
    client.get(address)
    with django_assert_num_queries(PAGE_QUERIES):
        html = client.get(address).content.decode()
    assert "LAIN-" in html


class TestDownload:
    def url(self, ticket, file) -> str:
        return reverse("helpdesk_tickets:download", args=[ticket.pk, file.pk])

    def test_is_an_attachment_that_nobody_sniffs_or_keeps(self, staff, as_role):
        ticket = make_ticket(files=[accepted("surat.pdf")])
        response = as_role(Role.TECHNICAL_SUPPORT).get(self.url(ticket, ticket.attachments.get()))
        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert response["Content-Disposition"] == 'attachment; filename="surat.pdf"'
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        response.close()

    @pytest.mark.usefixtures("narrow_circle")
    def test_asks_the_same_question_as_the_page(self, staff, as_role):
        secret = make_ticket(service=make_service(is_security=True), files=[accepted()])
        other = make_ticket()
        file = secret.attachments.get()
        assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(secret, file)).status_code == 404
        assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(other, file)).status_code == 404
        seen = as_role(Role.COMPUTER_OFFICER).get(self.url(secret, file))
        assert seen.status_code == 200
        seen.close()

    def test_lost_file_is_not_found(self, staff, as_role):
        ticket = make_ticket(files=[accepted()])
        file = ticket.attachments.get()
        Attachment.objects.filter(pk=file.pk).update(file="helpdesk/xx/gone")
        assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(ticket, file)).status_code == 404


class TestThumbnail:
    def url(self, ticket, file) -> str:
        return reverse("helpdesk_tickets:thumbnail", args=[ticket.pk, file.pk])

    def test_is_a_small_picture_drawn_once(self, staff, as_role):
        ticket = make_ticket(files=[accepted_picture("foto.jpg", size=(1200, 900))])
        file = ticket.attachments.get()
        client = as_role(Role.TECHNICAL_SUPPORT)
        response = client.get(self.url(ticket, file))
        assert Image.open(io.BytesIO(response.content)).size == (224, 168)
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        with mock.patch("helpdesk_plugin.services.images.thumbnail", side_effect=AssertionError):
            assert client.get(self.url(ticket, file)).content == response.content

    def test_of_a_paper_or_a_broken_picture_there_is_none(self, staff, as_role):
        ticket = make_ticket(files=[accepted("surat.pdf"), accepted_picture("foto.png", "PNG")])
        paper, photo = ticket.attachments.all()
        photo.file.storage.delete(photo.file.name)
        photo.file.storage.save(photo.file.name, ContentFile(b"\x89PNG broken"))
        for file in (paper, photo):
            assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(ticket, file)).status_code == 404

    def test_lost_file_is_not_found(self, staff, as_role):
        ticket = make_ticket(files=[accepted_picture()])
        file = ticket.attachments.get()
        Attachment.objects.filter(pk=file.pk).update(file="helpdesk/xx/gone")
        assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(ticket, file)).status_code == 404

    @pytest.mark.usefixtures("narrow_circle")
    def test_asks_the_same_question_as_the_page(self, staff, as_role):
        secret = make_ticket(service=make_service(is_security=True), files=[accepted_picture()])
        file = secret.attachments.get()
        assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(secret, file)).status_code == 404
        assert as_role(Role.TECHNICAL_SUPPORT).get(self.url(make_ticket(), file)).status_code == 404
        assert as_role(Role.COMPUTER_OFFICER).get(self.url(secret, file)).status_code == 200

    def test_stands_on_the_page_with_its_size_and_waits_until_it_is_seen(self, staff, as_role):
        ticket = make_ticket(files=[accepted("surat.pdf"), accepted_picture()])
        pictures = re.findall(
            r'<img class="hd-thumb"[^>]*>', html_of(as_role(Role.TECHNICAL_SUPPORT), ticket)
        )
        wanted = self.url(ticket, ticket.attachments.last())
        size = 'width="112" height="84"'
        assert set(pictures) == {
            f'<img class="hd-thumb" src="{wanted}" alt="" {size} loading="lazy" decoding="async">'
        }


def test_person_without_access_to_tickets_sees_nothing(staff, sign_in):
    ticket = make_ticket()
    editor = staff[Role.EDITOR]
    assert sign_in(editor).get(page_url(ticket)).status_code in {302, 404}
    editor.user_permissions.add(Permission.objects.get(codename="view_ticket"))
    assert sign_in(editor).get(page_url(ticket)).status_code == 200


def test_duplicate_shows_the_deadline_of_the_ticket_that_goes_on(staff, as_role):
    main, duplicate = ticket_at(TicketStatus.RECOVERING, staff=staff), make_ticket()
    intake.merge_ticket(duplicate.pk, main, by=staff.teknisi)
    duplicate.refresh_from_db()
    assert Desk(duplicate, staff.teknisi).due.at == main.recovery_due_at
