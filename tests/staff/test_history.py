"""The history tab: who changed what from what to what, and the ledger beside it."""

import pytest
from django.urls import reverse

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services import conversation
from helpdesk_plugin.services.amendment import amend_ticket
from tests.factories import make_service, make_ticket, ticket_at

OLD_NIP, NEW_NIP = "198609262015051001", "199001012015052002"


def history_url(ticket) -> str:
    return reverse("helpdesk_tickets:history", args=[ticket.pk])


def changes_in(response) -> dict[tuple[str, str], tuple[str, str]]:
    """(act, field) → (before, after) of the page's records."""
    return {
        (record.act, change.label): (change.old, change.new)
        for record in response.context["records"]
        for change in record.changes
    }


def test_change_shows_who_when_old_and_new(staff, as_role):
    ticket = make_ticket(summary="Internet mati")
    service = make_service(name="Telepon")
    amend_ticket(
        ticket.pk,
        by=staff.teknisi,
        changes={"summary": "Internet lambat", "service": service},
        note="Salah dengar",
    )
    response = as_role(Role.TECHNICAL_SUPPORT).get(history_url(ticket))
    latest = response.context["records"][0]
    assert latest.who == staff.teknisi.get_full_name()
    assert latest.at == ticket.events.newest_first().first().at
    by_field = {change.label: (change.old, change.new) for change in latest.changes}
    assert ("Internet mati", "Internet lambat") in by_field.values()
    assert (ticket.service.name, "Telepon") in by_field.values()


def test_choices_people_and_the_act_are_words(staff, as_role):
    ticket = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    html = as_role(Role.COMPUTER_OFFICER).get(history_url(ticket)).content.decode()
    for said in (ticket.get_status_display(), ticket.get_priority_display(), staff.prakom.get_full_name()):
        assert str(said) in html
    assert "diagnosing" not in html


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TECHNICAL_SUPPORT, Role.AUDITOR])
def test_civil_servant_number_stays_masked_in_the_history(staff, as_role, role):
    ticket = make_ticket(requester_nip=OLD_NIP)
    amend_ticket(ticket.pk, by=staff.teknisi, changes={"requester_nip": NEW_NIP}, note="Salah ketik")
    html = as_role(role).get(history_url(ticket)).content.decode()
    assert ("19860926 201505 1 001" in html) is (role is Role.MANAGER)
    assert "•••••••••••••••002" in html or role is Role.MANAGER
    assert OLD_NIP not in html
    assert NEW_NIP not in html


def test_ledger_lists_steps_and_marks_what_is_internal(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
    conversation.note_ticket(ticket.pk, by=staff.teknisi, note="Rahasia dapur")
    response = as_role(Role.AUDITOR).get(history_url(ticket) + "?record=ledger")
    assert [entry.event.act for entry in response.context["records"]] == ["note", "triage", "submit"]
    row = next(row for row in response.content.decode().split("<tr>") if "Rahasia dapur" in row)
    assert "hd-internal-mark" in row


def test_pages_hold_twenty_and_compare_across_the_edge(staff, as_role):
    ticket = make_ticket(summary="Ringkasan 0")
    for n in range(1, 26):
        amend_ticket(ticket.pk, by=staff.teknisi, changes={"summary": f"Ringkasan {n}"}, note="Uji")
    client = as_role(Role.TECHNICAL_SUPPORT)
    first, second = client.get(history_url(ticket)), client.get(history_url(ticket) + "?p=2")
    assert [len(page.context["records"]) for page in (first, second)] == [20, 6]
    oldest_of_first = first.context["records"][-1].changes[0]
    assert (oldest_of_first.old, oldest_of_first.new) == ("Ringkasan 5", "Ringkasan 6")


@pytest.mark.parametrize("p", ["0", "-1", "x", "999", "\x00", "9" * 40])
def test_impossible_pages_are_no_error(staff, as_role, p):
    ticket = make_ticket()
    for record in ("", "ledger", "x"):
        address = f"{history_url(ticket)}?record={record}&p={p}"
        assert as_role(Role.TECHNICAL_SUPPORT).get(address).status_code == 200


HISTORY_QUERIES = 16


@pytest.mark.parametrize("changes", [2, 14])
def test_history_costs_the_same_for_any_number_of_changes(staff, as_role, django_assert_num_queries, changes):
    ticket = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    for n in range(changes):
        service = make_service()
        amend_ticket(ticket.pk, by=staff.teknisi, changes={"service": service}, note=f"Uji {n}")
    client = as_role(Role.TECHNICAL_SUPPORT)
    client.get(history_url(ticket))
    with django_assert_num_queries(HISTORY_QUERIES):
        client.get(history_url(ticket))


@pytest.mark.usefixtures("narrow_circle")
def test_history_of_a_confidential_ticket_is_closed(staff, as_role):
    secret = make_ticket(service=make_service(is_security=True))
    assert as_role(Role.TECHNICAL_SUPPORT).get(history_url(secret)).status_code == 404


def test_history_of_a_user_who_is_gone_still_reads(staff, as_role):
    ticket = ticket_at(TicketStatus.TRIAGED, staff=staff)
    Ticket.history.filter(history_change_reason="triage").update(history_user_id=None)
    assert as_role(Role.AUDITOR).get(history_url(ticket)).status_code == 200
