"""Files of a staff form that is refused: kept with its text, shown, removable, and sent once."""

import uuid
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from helpdesk_plugin import clock
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Attachment, StagedFile, Ticket
from helpdesk_plugin.services import staging
from tests.factories import make_opd, make_service, ticket_at, upload
from tests.staff.conftest import act_url, filled

S = TicketStatus
REGISTER = reverse("helpdesk_tickets:register")


def names(ticket) -> list[str]:
    return sorted(Attachment.objects.filter(ticket=ticket).values_list("name", flat=True))


def kept_in(response) -> list[str]:
    return [one.name for one in response.context["form"].fields["files"].widget.kept]


def again(sent: dict, **more) -> dict:
    """The form as the browser sends it the second time: the same fields, no file."""
    return {name: value for name, value in sent.items() if name not in {"files", "cover_letter"}} | more


@pytest.fixture
def desk(as_role):
    return as_role(Role.COMPUTER_OFFICER)


@pytest.fixture
def diagnosing(staff):
    ticket = ticket_at(S.DIAGNOSING, staff=staff)
    return ticket, act_url(ticket, Step.DIAGNOSE)


def test_good_files_of_a_form_with_an_error_go_with_the_second_attempt(desk, diagnosing):
    ticket, address = diagnosing
    sent = filled(desk, address, symptoms="Lampu merah", files=[upload("foto.pdf"), upload("log.pdf")])
    refused = desk.post(address, sent)
    assert refused.context["form"].errors.keys() == {"cause"}
    assert kept_in(refused) == ["foto.pdf", "log.pdf"]
    assert "foto.pdf" in refused.content.decode()
    assert names(ticket) == []
    assert desk.post(address, again(sent, cause="Serat putus")).status_code == 302
    assert names(ticket) == ["foto.pdf", "log.pdf"]
    assert not StagedFile.objects.exists()


def test_bad_file_costs_no_good_one(desk, diagnosing):
    ticket, address = diagnosing
    said = {"symptoms": "Lampu merah", "cause": "Serat putus"}
    sent = filled(desk, address, **said, files=[upload("foto.pdf"), upload("virus.exe")])
    refused = desk.post(address, sent)
    assert [e.code for e in refused.context["form"].errors.as_data()["files"]] == ["wrong_type"]
    assert kept_in(refused) == ["foto.pdf"]
    desk.post(address, again(sent))
    assert names(ticket) == ["foto.pdf"]


def test_refusal_by_the_procedure_keeps_the_files(desk, staff, diagnosing):
    """Somebody else has changed the ticket under the form: the officer reads so, and presses again."""
    ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", cause="B", files=upload("foto.pdf"))
    Ticket.objects.filter(pk=ticket.pk).update(version=ticket.version + 1)
    refused = desk.post(address, sent)
    assert refused.context["refusal"] is not None
    assert kept_in(refused) == ["foto.pdf"]
    fresh = refused.context["form"].data["version"]
    desk.post(address, again(sent, version=fresh))
    assert names(ticket) == ["foto.pdf"]


def test_kept_file_can_be_left_out(desk, diagnosing):
    ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=[upload("foto.pdf"), upload("salah.pdf")])
    refused = desk.post(address, sent)
    wrong = StagedFile.objects.get(name="salah.pdf")
    assert f'name="files-unwanted" value="{wrong.pk}"' in refused.content.decode()
    desk.post(address, again(sent, cause="B", **{"files-unwanted": wrong.pk}))
    assert names(ticket) == ["foto.pdf"]
    assert not StagedFile.objects.exists()


def test_new_files_join_the_kept_ones_up_to_the_limit(desk, diagnosing):
    ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=[upload(f"{n}.pdf") for n in range(3)])
    desk.post(address, sent)
    more = [upload("3.pdf"), upload("4.pdf")]
    refused = desk.post(address, again(sent, cause="B") | {"files": more})
    assert [e.code for e in refused.context["form"].errors.as_data()["files"]] == ["too_many"]
    assert kept_in(refused) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf"]
    desk.post(address, again(sent, cause="B"))
    assert len(names(ticket)) == 4


def test_file_chosen_again_is_attached_once(desk, diagnosing):
    ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=upload("foto.pdf"))
    desk.post(address, sent)
    desk.post(address, again(sent, cause="B") | {"files": upload("foto.pdf")})
    assert names(ticket) == ["foto.pdf"]


def test_kept_file_answers_a_question_that_must_be_answered(desk, staff):
    ticket = ticket_at(S.DIAGNOSING, staff=staff)
    address = act_url(ticket, Remark.ATTACH)
    sent = filled(desk, address, purpose="nothing of the kind", readers="officers", files=upload("denah.pdf"))
    refused = desk.post(address, sent)
    assert kept_in(refused) == ["denah.pdf"]
    assert " required" not in str(refused.context["form"]["files"])
    assert desk.post(address, again(sent, purpose="evidence")).status_code == 302
    assert names(ticket) == ["denah.pdf"]


def test_second_of_two_clicks_is_told_that_it_is_done(desk, staff):
    """The first click has taken the kept file along; the second must not be asked for one."""
    ticket = ticket_at(S.DIAGNOSING, staff=staff)
    address = act_url(ticket, Remark.ATTACH)
    sent = filled(desk, address, purpose="", readers="officers", files=upload("denah.pdf"))
    desk.post(address, sent)
    clicks = [desk.post(address, again(sent, purpose="evidence")) for _ in range(2)]
    assert [click.status_code for click in clicks] == [302, 302]
    assert names(ticket) == ["denah.pdf"]


def test_files_of_one_officer_are_not_for_another_with_the_same_key(as_role, desk, diagnosing):
    _ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=upload("foto.pdf"))
    desk.post(address, sent)
    other = as_role(Role.TECHNICAL_SUPPORT)
    assert kept_in(other.post(address, again(sent))) == []
    # Nor are they within reach of the public form, whose keys come from outside as well.
    assert staging.kept_for(uuid.UUID(str(sent["key"]))) == []


def test_file_that_the_store_has_lost_is_named_and_asked_for_again(desk, diagnosing):
    ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=upload("foto.pdf"))
    desk.post(address, sent)
    row = StagedFile.objects.get()
    row.file.storage.delete(row.file.name)
    refused = desk.post(address, again(sent, cause="B"))
    assert "foto.pdf" in refused.context["form"].errors["files"][0]
    assert ticket.diagnosis_set.count() == 0
    assert desk.post(address, again(sent, cause="B")).status_code == 302


def test_file_that_cannot_be_kept_is_named_and_the_text_stays(desk, diagnosing):
    _ticket, address = diagnosing
    sent = filled(desk, address, symptoms="Lampu merah", files=upload("foto.pdf"))
    with patch("helpdesk_plugin.staff.forms.files.staging.keep", side_effect=OSError("disk full")):
        refused = desk.post(address, sent)
    assert "foto.pdf" in refused.context["form"].errors["files"][0]
    assert refused.context["form"]["symptoms"].value() == "Lampu merah"


def test_damaged_key_keeps_nothing_and_fails_in_words(desk, diagnosing):
    _ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=upload("foto.pdf")) | {"key": "\x00'"}
    assert desk.post(address, sent).status_code == 200
    assert not StagedFile.objects.exists()


def test_kept_files_last_a_day(desk, diagnosing):
    _ticket, address = diagnosing
    sent = filled(desk, address, symptoms="A", files=upload("foto.pdf"))
    desk.post(address, sent)
    with acting_at(clock.now() + timedelta(hours=25)):
        assert kept_in(desk.post(address, again(sent))) == []
        assert staging.sweep() == 1


def test_registration_keeps_letter_and_files_apart(as_role):
    desk = as_role(Role.TECHNICAL_SUPPORT)
    said = {
        "channel": "phone",
        "service": make_service().pk,
        "opd": make_opd().pk,
        "requester_name": "Dewi Lestari",
        "requester_unit": "Bidang Anggaran",
        "requester_phone": "081234567890",
        "summary": "Internet mati",
    }
    files = {"cover_letter": upload("surat.pdf"), "files": upload("foto.pdf")}
    sent = filled(desk, REGISTER, **said, **files)
    refused = desk.post(REGISTER, sent)
    assert refused.context["form"].errors.keys() == {"description"}
    told = again(sent, description="Sejak pagi")
    assert desk.post(REGISTER, told).status_code == 302
    purposes = dict(Attachment.objects.values_list("name", "purpose"))
    assert purposes == {"surat.pdf": "cover_letter", "foto.pdf": "evidence"}
    # The second of two clicks leads to the same receipt.
    assert desk.post(REGISTER, told).status_code == 302
    assert Ticket.objects.count() == 1


def test_second_request_by_the_same_form_takes_its_kept_files_along(as_role):
    """Sent once, then with other words: the officer is asked, and the new file is not lost by asking."""
    desk = as_role(Role.TECHNICAL_SUPPORT)
    said = {
        "channel": "phone",
        "service": make_service().pk,
        "opd": make_opd().pk,
        "requester_name": "Dewi Lestari",
        "requester_unit": "Bidang Anggaran",
        "requester_phone": "081234567890",
        "summary": "Internet mati",
        "description": "Sejak pagi",
    }
    sent = filled(desk, REGISTER, **said)
    desk.post(REGISTER, sent)
    asked = desk.post(REGISTER, sent | {"summary": "Printer macet", "files": upload("foto.pdf")})
    key = asked.context["form"].data["key"]
    assert kept_in(asked) == ["foto.pdf"]
    desk.post(REGISTER, again(sent, summary="Printer macet", key=key))
    assert names(Ticket.objects.get(summary="Printer macet")) == ["foto.pdf"]
