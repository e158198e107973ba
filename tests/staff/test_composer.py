"""Writing on the ticket page: who will read it, what it does, and that nothing typed is lost."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.work import Part
from helpdesk_plugin.models import Attachment, CannedReply, OpdContact, OutboxMessage
from helpdesk_plugin.services import conversation, handling
from helpdesk_plugin.services.amendment import amend_ticket
from helpdesk_plugin.services.work import log_work
from tests.factories import make_service, make_ticket, put_back, ticket_at, upload
from tests.staff.conftest import act_url, filled, messages_of, page_url

TS, PC = Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER


@pytest.fixture
def diagnosing(staff):
    return ticket_at(TicketStatus.DIAGNOSING, staff=staff, requester_name="Dewi Lestari")


def sent_from(client, ticket, **typed) -> dict:
    """What the composer would send, with ``typed`` in it."""
    composer = client.get(page_url(ticket)).context["composer"]
    hidden = {name: str(composer[name].value()) for name in ("version", "key", "seen", "way")}
    return {**hidden, "note": "", **typed}


def last(ticket):
    return ticket.events.newest_first().first()


def test_what_is_written_is_internal_unless_somebody_says_otherwise(as_role, diagnosing):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, note="Vendor belum menjawab.")
    assert sent["way"] == "note"
    assert client.post(page_url(diagnosing), sent).url == page_url(diagnosing)
    event = last(diagnosing)
    assert (event.act, event.public, event.note) == ("note", False, "Vendor belum menjawab.")


@pytest.mark.parametrize(
    ("way", "act", "status"),
    [
        ("reply", "reply", "diagnosing"),
        ("wait", "hold_requester", "waiting_requester"),
        ("progress",) * 2 + ("diagnosing",),
    ],
)
def test_public_ways_reach_the_requester_once(as_role, diagnosing, way, act, status):
    before = OutboxMessage.objects.filter(kind__startswith="requester.").count()
    client = as_role(TS)
    sent = sent_from(
        client, diagnosing, way=way, note="Kapan kami boleh datang?", files=[upload("denah.pdf")]
    )
    assert client.post(page_url(diagnosing), sent).status_code == 302
    event = last(diagnosing)
    diagnosing.refresh_from_db()
    assert (event.act, event.public_note, diagnosing.status) == (act, "Kapan kami boleh datang?", status)
    assert Attachment.objects.get(event=event).name == "denah.pdf"
    assert OutboxMessage.objects.filter(kind__startswith="requester.").count() == before + 1


def test_reply_and_resolve_is_one_press(staff, as_role):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    client = as_role(TS)
    sent = sent_from(
        client, ticket, way="resolve", note="Sudah pulih.", action="Kabel disambung", outcome="normal"
    )
    assert client.post(page_url(ticket), sent).status_code == 302
    ticket.refresh_from_db()
    assert ticket.state is TicketStatus.RESOLVED
    assert ticket.informed_at is not None
    assert ticket.solution_set.get().action == "Kabel disambung"


def test_parts_that_were_logged_go_into_the_record_of_the_solution(staff, as_role):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    log_work(ticket.pk, by=staff.prakom, minutes=75, parts=[Part("Konektor", serial="SN-7")], note="Ganti.")
    client = as_role(PC)
    html = client.get(page_url(ticket)).content.decode()
    assert "SN-7" in html
    assert "SN-7" in client.get(act_url(ticket, "resolve")).context["form"]["parts"].value()
    sent = sent_from(client, ticket, way="resolve", note="Sudah pulih.", action="Diganti")
    assert client.post(page_url(ticket), sent).status_code == 302
    assert "SN-7" in ticket.solution_set.get().parts


def test_resolving_asks_for_the_action_and_keeps_text_and_files(staff, as_role):
    ticket = ticket_at(TicketStatus.RECOVERING, staff=staff)
    client = as_role(TS)
    sent = sent_from(client, ticket, way="resolve", note="Sudah pulih.", files=[upload("foto.pdf")])
    response = client.post(page_url(ticket), sent)
    html = response.content.decode()
    assert response.context["composer"].errors.keys() == {"action"}
    assert "Sudah pulih." in html
    assert "foto.pdf" in html
    sent.pop("files")
    assert client.post(page_url(ticket), sent | {"action": "Kabel disambung"}).status_code == 302
    assert Attachment.objects.get(ticket=ticket).name == "foto.pdf"


def test_page_says_in_words_who_reads(staff, as_role, diagnosing):
    today = timezone.localdate()
    OpdContact.objects.create(
        opd=diagnosing.opd, name="Bambang (PIC)", email="pic@example.test", first_day=today
    )
    html = unescape(as_role(TS).get(page_url(diagnosing)).content.decode())
    readers = html.split('id="hd-composer-readers"')[1].split("</div>")[0]
    for said in ("Dewi Lestari", diagnosing.requester_email, "Bambang (PIC)", "icon-lock"):
        assert said in readers


def test_contacts_do_not_follow_what_is_confidential(staff, as_role):
    ticket = make_ticket(service=make_service(is_security=True))
    today = timezone.localdate()
    OpdContact.objects.create(opd=ticket.opd, name="Bambang", email="pic@example.test", first_day=today)
    html = as_role(TS).get(page_url(ticket)).content.decode()
    assert "Bambang" not in html
    assert 'data-hd-store="tab"' in html


def test_double_click_is_one_entry(as_role, diagnosing):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, way="reply", note="Baik.")
    for _ in range(2):
        assert client.post(page_url(diagnosing), sent).status_code == 302
    assert diagnosing.events.filter(act="reply").count() == 1


# --- Canned replies ---------------------------------------------------------------------------------


def test_canned_reply_is_inserted_without_a_script_and_nothing_is_sent(as_role, diagnosing):
    reply = CannedReply.objects.create(title="Salam", text="Yth. {name}")
    client = as_role(TS)
    sent = sent_from(
        client, diagnosing, note="Catatan saya", canned=str(reply.pk), insert="1", files=[upload("a.pdf")]
    )
    response = client.post(page_url(diagnosing), sent)
    composer = response.context["composer"]
    assert composer["note"].value() == "Catatan saya\n\nYth. Dewi Lestari"
    assert composer["way"].value() == "reply"
    assert [one.name for one in composer.fields["files"].widget.kept] == ["a.pdf"]
    assert last(diagnosing).note != "Catatan saya"


@pytest.mark.parametrize("pk", ["", "999999", "x", "\x00"])
def test_unknown_reply_inserts_nothing(as_role, diagnosing, pk):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, note="Tetap", canned=pk, insert="1")
    assert client.post(page_url(diagnosing), sent).context["composer"]["note"].value() == "Tetap"


# --- Conflicts --------------------------------------------------------------------------------------


def test_second_answer_is_held_back_until_the_first_was_read(staff, as_role, diagnosing):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, way="reply", note="Kami datang besok.")
    conversation.reply_to_ticket(diagnosing.pk, by=staff.prakom, note="Kami datang hari ini.")
    response = client.post(page_url(diagnosing), sent)
    html = unescape(response.content.decode())
    assert response.status_code == 200
    assert "Kami datang hari ini." in html.split('id="hd-conflict"')[1].split("</section>")[0]
    assert "Kami datang besok." in html
    assert diagnosing.events.filter(act="reply").count() == 1
    composer = response.context["composer"]
    again = sent | {"seen": composer["seen"].value(), "version": composer["version"].value()}
    assert client.post(page_url(diagnosing), again).status_code == 302
    assert last(diagnosing).note == "Kami datang besok."


def test_internal_notes_never_wait(staff, as_role, diagnosing):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, note="Sudah saya catat.")
    conversation.reply_to_ticket(diagnosing.pk, by=Party.REQUESTER, note="Masih mati.")
    assert client.post(page_url(diagnosing), sent).status_code == 302


def test_stale_step_shows_who_changed_what_and_goes_on_with_one_press(staff, as_role, diagnosing):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, way="wait", note="Ruang berapa?")
    amend_ticket(diagnosing.pk, by=staff.prakom, note="Salah ketik", changes={"summary": "Ringkasan baru"})
    response = client.post(page_url(diagnosing), sent)
    told = unescape(response.content.decode()).split('id="hd-conflict"')[1].split("</section>")[0]
    assert staff.prakom.get_full_name() in told
    assert f'<del dir="auto">{diagnosing.summary}</del>' in told
    assert '<ins dir="auto">Ringkasan baru</ins>' in told
    composer = response.context["composer"]
    assert composer["note"].value() == "Ruang berapa?"
    again = sent | {"version": composer["version"].value(), "seen": composer["seen"].value()}
    assert client.post(page_url(diagnosing), again).status_code == 302
    diagnosing.refresh_from_db()
    assert diagnosing.state is TicketStatus.WAITING_REQUESTER


def test_words_for_a_step_that_is_over_stay_on_the_page_as_a_note(staff, as_role, diagnosing):
    client = as_role(TS)
    sent = sent_from(client, diagnosing, way="wait", note="Ruang berapa?")
    handling.hold_for_requester(diagnosing.pk, by=staff.prakom, note="Lantai berapa?")
    response = client.post(page_url(diagnosing), sent)
    assert response.status_code == 200
    composer = response.context["composer"]
    assert (composer["note"].value(), composer["way"].value()) == ("Ruang berapa?", "note")


def test_act_form_shows_the_difference_and_saves_late_words_as_a_note(staff, as_role, diagnosing):
    client, address = as_role(PC), act_url(diagnosing, "diagnose")
    sent = filled(client, address, symptoms="Lampu merah", cause="Kabel putus")
    handling.diagnose_ticket(diagnosing.pk, handling.Finding("a", "b"), by=staff.prakom)
    response = client.post(address, sent)
    html = unescape(response.content.decode())
    assert 'id="hd-conflict"' in html
    assert "Lampu merah" in html
    assert 'name="keep_as_note"' in html
    assert client.post(address, sent | {"keep_as_note": "1"}).url == page_url(diagnosing)
    note = last(diagnosing)
    assert (note.act, note.public) == ("note", False)
    assert "Lampu merah" in note.note
    assert "Kabel putus" in note.note


# --- Doors ------------------------------------------------------------------------------------------


def test_ways_that_are_not_open_are_refused(staff, as_role, diagnosing):
    client = as_role(Role.HEAD_OF_AGENCY)
    sent = sent_from(client, diagnosing, way="reply", note="Baik.")
    response = client.post(page_url(diagnosing), sent)
    assert "way" in response.context["composer"].errors
    assert not diagnosing.events.filter(act="reply").exists()


def test_who_may_write_nothing_has_no_form_and_cannot_send(as_role, diagnosing):
    client = as_role(Role.AUDITOR)
    assert client.get(page_url(diagnosing)).context["composer"] is None
    assert client.post(page_url(diagnosing), {"note": "x", "way": "note"}).status_code == 302
    assert not diagnosing.events.filter(act="note").exists()


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_ticket_takes_no_words_from_others(as_role):
    secret = make_ticket(service=make_service(is_security=True))
    assert as_role(TS).post(page_url(secret), {"note": "x", "way": "note"}).status_code == 404


@pytest.mark.parametrize("name", ["version", "key", "seen", "way", "note", "outcome"])
def test_damaged_form_is_answered_and_keeps_the_words(as_role, diagnosing, name):
    client = as_role(TS)
    whole = sent_from(client, diagnosing, note="Jangan hilang")
    for value in ("", "x", "\x00", "\ud800", "-1", "9" * 5000):
        with put_back():
            response = client.post(page_url(diagnosing), whole | {name: value.encode("utf-8", "replace")})
        assert response.status_code in {200, 302}, value
        if response.status_code == 200 and name != "note":
            html = response.content.decode()
            assert "Jangan hilang" in html, value
            assert len(re.findall(r'name="way"[^>]* checked', html)) == 1, value


# --- Calls ------------------------------------------------------------------------------------------


def test_call_is_recorded_from_the_page_in_two_taps(as_role, diagnosing):
    client = as_role(TS)
    page = client.get(page_url(diagnosing))
    html = page.content.decode()
    form = html.split('class="hd-call"')[1].split("</form>")[0]
    assert form.count('type="submit"') == 2
    sent = {
        "version": diagnosing.version,
        "key": str(page.context["desk"].call_key),
        "via": "phone",
        "reached": "no",
    }
    assert client.post(act_url(diagnosing, "contact"), sent).url == page_url(diagnosing)
    assert last(diagnosing).data == {"via": "phone", "reached": False}


def test_chat_link_names_ticket_and_tracker_but_no_code(as_role, diagnosing, settings):
    settings.HELPDESK_BASE_URL = "https://desk.example"
    html = as_role(TS).get(page_url(diagnosing)).content.decode()
    link = html.split('href="https://wa.me/')[1].split('"')[0]
    assert diagnosing.number in link
    assert "https%3A//desk.example/help-desk/lacak/" in link
    assert diagnosing.access.code not in link
    assert diagnosing.access.link_token not in html


# --- On paper ---------------------------------------------------------------------------------------


def test_sheet_holds_internal_parts_only_when_asked(staff, as_role, diagnosing):
    conversation.note_ticket(diagnosing.pk, by=staff.prakom, note="Jangan sebut vendor.")
    conversation.reply_to_ticket(diagnosing.pk, by=staff.prakom, note="Kami sedang ke lokasi.")
    client, address = as_role(TS), reverse("helpdesk_tickets:print", args=[diagnosing.pk])
    outside, inside = (client.get(address, query).content.decode() for query in ({}, {"internal": "1"}))
    assert "Kami sedang ke lokasi." in outside
    # The script is what shows the button that prints.
    assert "helpdesk_plugin/js/desk.js" in outside
    for secret in ("Jangan sebut vendor.", staff.prakom.get_full_name(), "Tindak lanjuti."):
        assert secret not in outside
        assert secret in inside


@pytest.mark.usefixtures("narrow_circle")
def test_sheet_asks_the_same_question_as_the_page(staff, as_role):
    secret = make_ticket(service=make_service(is_security=True))
    address = reverse("helpdesk_tickets:print", args=[secret.pk])
    assert as_role(TS).get(address).status_code == 404
    assert as_role(PC).get(address).status_code == 200


def test_shortcuts_are_listed_among_wagtails_own(as_role, diagnosing):
    html = as_role(TS).get(page_url(diagnosing)).content.decode()
    dialog = html.split('id="keyboard-shortcuts-dialog"')[1]
    assert "<kbd>R</kbd>" in dialog
    for key in ("r", "n", "s"):
        assert f'data-w-kbd-key-value="{key}"' in html


def test_messages_say_what_was_done(as_role, diagnosing):
    client = as_role(TS)
    for way, done in (("note", "Catatan internal disimpan"), ("reply", "Pesan dikirim ke pemohon")):
        sent = sent_from(client, diagnosing, way=way, note="x")
        said = messages_of(client.post(page_url(diagnosing), sent, follow=True))
        assert f"{diagnosing.number}: {done}." in said
