"""The head of agency's inbox: several dispositions at once, each judged by the door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Disposition, LetterNature, PriorityTarget, RequiredDocument, Ticket
from helpdesk_plugin.services import disposition
from helpdesk_plugin.services.amendment import amend_ticket
from tests.factories import make_service, make_ticket, ticket_at
from tests.staff.conftest import filled, list_url, messages_of

INBOX = reverse("helpdesk_tickets:inbox")


@pytest.fixture
def kadis(staff, as_role):
    return as_role(Role.HEAD_OF_AGENCY)


@pytest.fixture
def three(staff):
    return [ticket_at(TicketStatus.TRIAGED, staff=staff, at=timezone.now()) for _n in range(3)]


def send(client, tickets, **fields):
    """Tick and press, as the page was read."""
    versions = {f"version-{ticket.pk}": ticket.version for ticket in tickets}
    ticked = {"ticket": [ticket.pk for ticket in tickets]}
    return client.post(INBOX, filled(client, INBOX) | versions | ticked | fields)


def states(tickets) -> list[str]:
    return [Ticket.objects.get(pk=ticket.pk).status for ticket in tickets]


def test_three_tickets_get_one_disposition(kadis, three, staff):
    response = send(kadis, three, nature=LetterNature.URGENT.value, note="Segera tangani.")
    assert response.status_code == 302
    assert states(three) == ["disposed"] * 3
    given = Disposition.objects.filter(ticket__in=three)
    assert {(one.nature, one.note, one.by) for one in given} == {("urgent", "Segera tangani.", staff.kadis)}
    (sentence,) = messages_of(kadis.get(INBOX))
    assert "3 disposisi diberikan" in sentence
    assert all(ticket.number in sentence for ticket in three)


def test_only_those_ticked_are_disposed(kadis, three):
    send(kadis, three[:1])
    assert states(three) == ["disposed", "triaged", "triaged"]


def test_sending_twice_disposes_once(kadis, three):
    form = filled(kadis, INBOX) | {"ticket": [three[0].pk], f"version-{three[0].pk}": three[0].version}
    assert [kadis.post(INBOX, form).status_code for _time in range(2)] == [302, 302]
    assert Disposition.objects.filter(ticket=three[0]).count() == 1


def test_one_that_changed_meanwhile_is_refused_alone_and_nothing_typed_is_lost(kadis, three, staff):
    amend_ticket(three[1].pk, by=staff.teknisi, changes={"summary": "Lain lagi"}, note="Salah dengar")
    response = send(kadis, three, note="Segera tangani.")
    assert states(three) == ["disposed", "triaged", "disposed"]
    html = response.content.decode()
    assert "sudah berubah sejak" in html
    assert "Segera tangani." in html
    letters = response.context["letters"]
    assert [(letter.ticket.pk, letter.ticked) for letter in letters] == [(three[1].pk, True)]
    # What was told once may be decided again.
    again = filled_again(response)
    assert kadis.post(INBOX, again).status_code == 302
    assert states(three) == ["disposed"] * 3


def filled_again(response) -> dict:
    letter = response.context["letters"][0]
    sent = {bound.html_name: bound.value() for bound in response.context["form"] if bound.value()}
    return sent | {"ticket": [letter.ticket.pk], f"version-{letter.ticket.pk}": letter.ticket.version}


def test_one_that_somebody_else_disposed_is_named_with_what_happened(kadis, three, staff):
    disposition.dispose_ticket(three[0].pk, disposition.Order(), by=staff.kadis)
    three[0].refresh_from_db()
    response = send(kadis, three[:1])
    assert "Disposisi diberikan" in " ".join(messages_of(response))
    assert Disposition.objects.filter(ticket=three[0]).count() == 1


def test_one_that_lacks_documents_cannot_be_ticked_and_says_what_lacks(kadis, staff):
    service = make_service()
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff, service=service)
    RequiredDocument.objects.create(service=service, name="Surat kuasa", required=True)
    html = kadis.get(INBOX).content.decode()
    assert "Masih kurang: Surat kuasa" in " ".join(html.split())
    assert f'id="ticket-{ticket.pk}" disabled' in html
    send(kadis, [ticket])
    assert states([ticket]) == ["triaged"]


def test_disposition_that_follows_is_given_here_too(kadis, staff):
    PriorityTarget.objects.update(disposition_may_follow=True)
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
    disposition.start_ahead(ticket.pk, by=staff.kabid, officers=[staff.prakom])
    ticket.refresh_from_db()
    assert "Pekerjaan sudah dimulai" in kadis.get(INBOX).content.decode()
    send(kadis, [ticket])
    assert Ticket.objects.get(pk=ticket.pk).disposed_at is not None


def test_reason_of_lateness_is_asked_when_one_is_late_and_kept_there(kadis, three, staff):
    late = ticket_at(TicketStatus.TRIAGED, staff=staff, at=timezone.now() - timedelta(days=9))
    send(kadis, [late, three[0]], late_reason="Dinas luar")
    kept = {one.ticket_id: one.late_reason for one in late.step_records.model.objects.filter(code="S3")}
    assert (kept[late.pk], kept[three[0].pk]) == ("Dinas luar", "")


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["9" * 30], ["0"], ["\x00"]])
def test_what_is_no_ticket_is_answered_with_a_sentence(kadis, three, ticked):
    response = kadis.post(INBOX, filled(kadis, INBOX) | {"ticket": ticked})
    assert response.status_code == 200
    assert messages_of(response)
    assert states(three) == ["triaged"] * 3


def test_damaged_key_disposes_nothing(kadis, three):
    response = send(kadis, three, key="bukan")
    assert "Formulir ini rusak" in response.content.decode()
    assert states(three) == ["triaged"] * 3


@pytest.mark.parametrize("version", ["", "x", "-3", "9" * 40])
def test_forged_version_is_refused(kadis, three, version):
    assert send(kadis, three[:1], **{f"version-{three[0].pk}": version}).status_code == 200
    assert states(three) == ["triaged"] * 3


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.HEAD_OF_AGENCY, Role.REQUESTER}])
def test_inbox_is_closed_to_everybody_else(staff, as_role, three, role):
    client = as_role(role)
    assert client.get(INBOX).status_code == 302
    client.post(INBOX, {"ticket": [three[0].pk]})
    assert states(three) == ["triaged"] * 3


def test_head_of_agency_is_led_to_the_inbox(kadis, three):
    for page in ("/admin/", list_url()):
        assert INBOX in kadis.get(page).content.decode()


def test_others_are_not_led_there(staff, as_role, three):
    for page in ("/admin/", list_url()):
        assert INBOX not in as_role(Role.TECHNICAL_SUPPORT).get(page).content.decode()


def test_empty_inbox_says_so(kadis):
    make_ticket()
    assert "Tidak ada yang menunggu disposisi Anda" in kadis.get(INBOX).content.decode()


INBOX_QUERIES = 19


@pytest.mark.parametrize("count", [3, 12])
def test_inbox_costs_the_same_for_any_number(kadis, staff, django_assert_num_queries, count):
    for _n in range(count):
        ticket_at(TicketStatus.TRIAGED, staff=staff)
    kadis.get(INBOX)
    with django_assert_num_queries(INBOX_QUERIES):
        kadis.get(INBOX)
