"""Canned replies: which are offered, how they are filled, how managers word and preview them."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import AgencyProfile, CannedReply
from helpdesk_plugin.models.canned_replies import VARIABLES
from helpdesk_plugin.staff.replies import Filler, replies_for
from tests.factories import make_service, make_ticket, ticket_at, without_security_rights

SEED = Path(__file__).parents[2] / "helpdesk_plugin" / "data" / "canned_replies.json"


def make_reply(title="Salam", text="Halo {name}", **fields) -> CannedReply:
    return CannedReply.objects.create(title=title, text=text, **fields)


# --- What is stored ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kode Anda {code}", "code"),
        ("{link}", "link"),
        ("{ name }", " name "),
        ("{name.x}", "name.x"),
    ],
)
def test_unknown_variables_are_refused_with_a_sentence(text, told):
    with pytest.raises(ValidationError) as refused:
        CannedReply(title="x", text=text).clean()
    assert told in str(refused.value.message_dict["text"])


def test_open_brace_is_refused():
    with pytest.raises(ValidationError):
        CannedReply(title="x", text="Halo {name").clean()


@pytest.mark.parametrize("facts", json.loads(SEED.read_text()), ids=lambda facts: facts["title"])
def test_every_seeded_reply_is_valid(facts):
    CannedReply(**facts).clean()
    CannedReply(**facts).clean_fields()


# --- Which are offered ------------------------------------------------------------------------------


def test_offered_are_those_of_state_service_and_language_the_particular_ones_first(staff):
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff)
    any_of, of_state = make_reply("semua"), make_reply("status", state="diagnosing")
    of_service = make_reply("layanan", service=ticket.service)
    both = make_reply("keduanya", service=ticket.service, state="diagnosing")
    make_reply("status lain", state="closed")
    make_reply("layanan lain", service=make_service())
    make_reply("bahasa lain", language="en")
    make_reply("tidak dipakai", active=False)
    assert replies_for(ticket) == [both, of_service, of_state, any_of]


# --- How they are filled ----------------------------------------------------------------------------


def test_every_variable_is_filled_from_the_ticket(staff, settings):
    settings.HELPDESK_BASE_URL = "https://desk.example"
    profile = AgencyProfile.load()
    profile.name, profile.phone = "Dinas Contoh", "0536 1234"
    profile.save()
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff, requester_name="Sari", summary="Internet mati")
    text = "\n".join(f"{name}: {{{name}}}" for name in VARIABLES)
    filled = Filler(ticket, staff.teknisi).fill(make_reply(text=text))
    lines = dict(line.split(": ", 1) for line in filled.splitlines())
    assert set(lines) == set(VARIABLES)
    assert lines["name"] == "Sari"
    assert lines["number"] == ticket.number
    assert lines["officer"] == staff.teknisi.get_full_name()
    assert (lines["agency"], lines["phone"]) == ("Dinas Contoh", "0536 1234")
    assert lines["tracking_page"] == "https://desk.example/help-desk/lacak/"
    assert lines["due"].endswith("WIB")


def test_braces_in_what_a_requester_typed_mean_nothing(staff):
    ticket = make_ticket(requester_name="{number} {{x}}", summary="{officer}")
    filled = Filler(ticket, staff.teknisi).fill(make_reply(text="{name} | {summary}"))
    assert filled == "{number} {{x}} | {officer}"


def test_line_without_a_value_is_left_out(staff):
    ticket = ticket_at(TicketStatus.CLOSED, staff=staff)
    assert (
        Filler(ticket, staff.teknisi).fill(make_reply(text="Salam\nBatas {due}\nSelesai")) == "Salam\nSelesai"
    )


def test_neither_code_nor_personal_link_can_be_mentioned():
    assert not {"code", "link"} & set(VARIABLES)


# --- In the admin -----------------------------------------------------------------------------------


def typed(**fields) -> dict:
    return {
        "title": "Baru",
        "text": "Halo {name}",
        "state": "",
        "service": "",
        "language": "id",
        "position": "5",
        "active": "on",
        **fields,
    }


def test_manager_words_a_reply(staff, as_role):
    client = as_role(Role.MANAGER)
    assert client.post(reverse("helpdesk_canned_replies:add"), typed()).status_code == 302
    reply = CannedReply.objects.get(title="Baru")
    assert (reply.service, reply.state, reply.history.count()) == (None, "", 1)


def test_unknown_variable_does_not_save_and_keeps_what_was_typed(staff, as_role):
    response = as_role(Role.MANAGER).post(
        reverse("helpdesk_canned_replies:add"), typed(text="Halo {nama} dan {kode}")
    )
    assert response.status_code == 200
    assert "kode, nama" in response.content.decode()
    assert "Halo {nama} dan {kode}" in response.content.decode()
    assert not CannedReply.objects.exists()


@pytest.mark.parametrize("role", [Role.TECHNICAL_SUPPORT, Role.AUDITOR, Role.EDITOR])
def test_others_word_none(staff, as_role, role):
    reply = make_reply()
    client = as_role(role)
    for name, args in (("list", []), ("add", []), ("edit", [reply.pk]), ("on_ticket", [reply.pk])):
        assert client.get(reverse(f"helpdesk_canned_replies:{name}", args=args)).status_code == 302, name


def preview(client, reply, **query):
    return client.get(reverse("helpdesk_canned_replies:on_ticket", args=[reply.pk]), query)


def test_preview_takes_the_newest_ticket_that_fits(staff, as_role):
    fits = ticket_at(TicketStatus.DIAGNOSING, staff=staff, requester_name="Budi")
    make_ticket(requester_name="Sari")
    reply = make_reply(state="diagnosing")
    html = preview(as_role(Role.MANAGER), reply).content.decode()
    assert "Halo Budi" in html
    assert fits.number in html


def test_preview_on_a_named_ticket_escapes_what_was_typed(staff, as_role):
    ticket = make_ticket(requester_name="<b>Sari</b>")
    make_ticket()
    html = preview(as_role(Role.MANAGER), make_reply(), ticket=ticket.number).content.decode()
    assert "Halo &lt;b&gt;Sari&lt;/b&gt;" in html


@pytest.mark.parametrize("number", ["HD-1999-000001", "\x00", "\ud800", "9" * 5000])
def test_preview_of_an_unknown_ticket_says_so(staff, as_role, number):
    make_ticket()
    response = preview(as_role(Role.MANAGER), make_reply(), ticket=number.encode("utf-8", "replace").decode())
    assert response.status_code == 200
    assert response.context["ticket"] is None


def test_preview_shows_no_confidential_ticket_to_others(staff, as_role):
    without_security_rights(staff[Role.MANAGER])
    secret = make_ticket(service=make_service(is_security=True), requester_name="Rahasia")
    client, reply = as_role(Role.MANAGER), make_reply()
    for response in (preview(client, reply), preview(client, reply, ticket=secret.number)):
        assert response.context["ticket"] is None
        assert "Rahasia" not in response.content.decode()


def try_out(client, **fields):
    return client.post(reverse("helpdesk_canned_replies:try_out"), fields)


def test_words_that_are_being_written_are_seen_on_a_ticket_and_kept_nowhere(staff, as_role):
    ticket = make_ticket(requester_name="Sari")
    make_ticket(requester_name="Budi")
    client, address = as_role(Role.MANAGER), reverse("helpdesk_canned_replies:try_out")
    assert f'formaction="{address}"' in client.get(reverse("helpdesk_canned_replies:add")).content.decode()
    answer = try_out(client, text="Yth. {name},\nbaru ditulis", try_on=ticket.number, language="id")
    assert "Yth. Sari," in answer.content.decode()
    assert "Yth. Budi," in try_out(client, text="Yth. {name},").content.decode()
    assert not CannedReply.objects.exists()


@pytest.mark.parametrize("text", ["Kode {code}", "Halo {name", "", "x" * 5000])
def test_words_that_could_not_be_saved_say_so_instead(staff, as_role, text):
    make_ticket()
    answer = try_out(as_role(Role.MANAGER), text=text, state="?", service="x", language="\x00")
    assert answer.context["refused"]
    assert answer.context["filled"] == ""


def test_unsaved_words_show_no_confidential_ticket_and_open_to_managers_alone(staff, as_role):
    secret = make_ticket(service=make_service(is_security=True), requester_name="Rahasia")
    assert try_out(as_role(Role.TECHNICAL_SUPPORT), text="{name}").status_code == 302
    without_security_rights(staff[Role.MANAGER])
    for number in ("", secret.number):
        answer = try_out(as_role(Role.MANAGER), text="{name}", try_on=number)
        assert "Rahasia" not in answer.content.decode()
