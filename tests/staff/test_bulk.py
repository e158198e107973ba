"""One act on many tickets: each judged by itself, nothing taken unseen, a report of what became of each."""

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Ticket, TicketEvent
from helpdesk_plugin.staff.bulk_acts import BULK_ACTS, MAX_TICKETS
from tests.factories import Journey, make_service, make_ticket, make_user, ticket_at
from tests.staff.conftest import list_url

KEY = "00000000-0000-4000-8000-000000000001"


def bulk_url(act, **query) -> str:
    address = ["helpdesk_plugin", "ticket", act.value]
    return reverse("wagtail_bulk_action", args=address, query=query or None)


def sent(tickets, **fields) -> dict:
    versions = {f"version-{ticket.pk}": ticket.version for ticket in tickets}
    return {"key": KEY, "ticket": [ticket.pk for ticket in tickets], **versions, **fields}


def shown(response) -> set[str]:
    return {line.ticket.number for line in response.context["lines"]}


def test_notes_go_to_every_ticket_that_was_ticked(staff, teknisi):
    tickets = [make_ticket() for _n in range(3)]
    address = bulk_url(Remark.NOTE, id=[ticket.pk for ticket in tickets])
    assert shown(teknisi.get(address)) == {ticket.number for ticket in tickets}
    response = teknisi.post(address, sent(tickets[:2], note="Gardu padam."))
    assert {one.number for one in response.context["done"]} == {ticket.number for ticket in tickets[:2]}
    noted = TicketEvent.objects.filter(act=Remark.NOTE, note="Gardu padam.")
    assert {event.ticket_id for event in noted} == {ticket.pk for ticket in tickets[:2]}
    assert len({line.uuid for line in ModelLogEntry.objects.filter(action="helpdesk.note")}) == 2


def test_sending_twice_does_nothing_twice(staff, teknisi):
    tickets = [make_ticket(), make_ticket()]
    for _time in range(2):
        response = teknisi.post(bulk_url(Remark.NOTE), sent(tickets, note="Sekali saja."))
        assert len(response.context["done"]) == 2
    assert TicketEvent.objects.filter(act=Remark.NOTE).count() == 2


def test_each_ticket_is_judged_by_itself(staff, as_role):
    """One can be closed, one lacks the confirmation, one has ended, one changed meanwhile."""
    ready, lacking, changed = (Journey(staff=staff) for _n in range(3))
    for journey in (ready, lacking, changed):
        journey.to(TicketStatus.RESOLVED)
        journey.inform()
    ready.confirm(), changed.confirm()
    ended = ticket_at(TicketStatus.REJECTED, staff=staff)
    tickets = [ready.ticket, lacking.ticket, ended, changed.ticket]
    form = sent(tickets)
    Ticket.objects.filter(pk=changed.id).update(version=99)
    response = as_role(Role.COMPUTER_OFFICER).post(bulk_url(Step.CLOSE), form)
    assert [one.number for one in response.context["done"]] == [ready.ticket.number]
    told = {one.number: one.sentence for one in response.context["refused"]}
    assert set(told) == {lacking.ticket.number, ended.number, changed.ticket.number}
    assert "konfirmasi" in told[lacking.ticket.number]
    assert "Ditolak" in told[ended.number]
    assert "berubah" in told[changed.ticket.number]
    assert ready.ticket.state is TicketStatus.CLOSED
    assert lacking.ticket.state is TicketStatus.RESOLVED


def test_select_all_honours_filters_and_search(staff, teknisi):
    wanted = make_ticket(kind="request", summary="Wifi aula")
    make_ticket(kind="request", summary="Printer macet")
    make_ticket(summary="Wifi lobi")
    ticket_at(TicketStatus.REJECTED, staff=staff, kind="request", summary="Kamera ruang rapat")
    assert shown(teknisi.get(bulk_url(Remark.NOTE, id="all", kind="request", q="wifi"))) == {wanted.number}
    assert len(shown(teknisi.get(bulk_url(Remark.NOTE, id="all", kind="request")))) == 2
    assert len(shown(teknisi.get(bulk_url(Remark.NOTE, id="all")))) == 3


def test_what_is_filed_after_the_page_was_opened_is_not_acted_on(staff, teknisi):
    seen, address = make_ticket(), bulk_url(Remark.NOTE, id="all")
    form = sent([line.ticket for line in teknisi.get(address).context["lines"]], note="Semua.")
    later = make_ticket()
    teknisi.post(address, form)
    assert seen.events.filter(act=Remark.NOTE).exists()
    assert not later.events.filter(act=Remark.NOTE).exists()


def test_at_most_so_many_at_a_time(staff, teknisi):
    first = make_ticket()
    for n in range(MAX_TICKETS + 4):
        copy = Ticket.objects.get(pk=first.pk)
        copy.pk, copy.number = None, f"HD-2026-{600_000 + n}"
        copy.submission_key = f"00000000-0000-4000-8000-{n:012d}"
        Ticket.objects.bulk_create([copy])
    response = teknisi.get(bulk_url(Remark.NOTE, id="all"))
    assert len(response.context["lines"]) == MAX_TICKETS
    assert str(MAX_TICKETS + 5) in response.content.decode()
    response = teknisi.post(bulk_url(Remark.NOTE), sent(Ticket.objects.all(), note="Terlalu banyak."))
    assert "done" not in response.context
    assert not TicketEvent.objects.filter(act=Remark.NOTE).exists()


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_tickets_are_neither_shown_nor_touched(staff, teknisi):
    secret, plain = make_ticket(service=make_service(is_security=True), summary="Akun bupati"), make_ticket()
    for ids in ("all", [secret.pk, plain.pk]):
        response = teknisi.get(bulk_url(Remark.NOTE, id=ids))
        assert shown(response) == {plain.number}
        assert secret.number not in response.content.decode()
    response = teknisi.post(bulk_url(Remark.NOTE), sent([secret, plain], note="Dicoba."))
    assert [one.number for one in response.context["done"]] == [plain.number]
    assert secret.number not in response.content.decode()
    assert "bupati" not in response.content.decode()
    assert not secret.events.filter(act=Remark.NOTE).exists()


@pytest.mark.parametrize("row", BULK_ACTS, ids=lambda row: row.act.value)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR])
def test_nobody_without_the_act_opens_its_page(staff, as_role, row, role):
    ticket, client = make_ticket(), as_role(role)
    for response in (
        client.get(bulk_url(row.act, id=ticket.pk)),
        client.post(bulk_url(row.act), sent([ticket])),
    ):
        assert (response.status_code, response.url) == (302, "/admin/")


def test_the_list_offers_each_office_its_own_acts(staff, as_role):
    make_ticket()
    offered = {}
    for role in (Role.TECHNICAL_SUPPORT, Role.DIVISION_HEAD, Role.AUDITOR):
        html = as_role(role).get(list_url()).content.decode()
        offered[role] = {row.act for row in BULK_ACTS if bulk_url(row.act) in html}
    assert Step.EXAMINE in offered[Role.DIVISION_HEAD]
    assert Remark.TAKE in offered[Role.TECHNICAL_SUPPORT]
    assert Remark.TAKE not in offered[Role.DIVISION_HEAD]
    assert offered[Role.AUDITOR] == set()


def test_many_are_assigned_by_one_press(staff, as_role):
    tickets = [ticket_at(TicketStatus.DISPOSED, staff=staff) for _n in range(2)]
    form = sent(tickets, lead=staff.prakom.pk, helpers=[staff.teknisi.pk], note="Hari ini.")
    response = as_role(Role.DIVISION_HEAD).post(bulk_url(Step.EXAMINE), form)
    assert len(response.context["done"]) == 2
    assert {Ticket.objects.get(pk=one.pk).assignee for one in tickets} == {staff.prakom}


def test_many_are_taken_and_handed_over(staff, as_role, teknisi):
    tickets = [make_ticket(), make_ticket()]
    assert len(teknisi.post(bulk_url(Remark.TAKE), sent(tickets)).context["done"]) == 2
    tickets = list(Ticket.objects.all())
    again = teknisi.get(bulk_url(Remark.TAKE, id=[one.pk for one in tickets]))
    assert all(line.obstacle for line in again.context["lines"])
    newcomer = make_user(Role.TECHNICAL_SUPPORT)
    form = sent(tickets, lead=newcomer.pk, note="Cuti.") | {"key": KEY.replace("1", "2")}
    assert len(teknisi.post(bulk_url(Remark.HAND_OVER), form).context["done"]) == 2
    assert {one.assignee for one in Ticket.objects.all()} == {newcomer}


@pytest.mark.parametrize(
    "fields",
    [
        {"note": ""},
        {"key": "x"},
        {"ticket": []},
        {"ticket": ["x", "9" * 40, "-1", "\x00", "١"]},
        {"note": "x" * 30_000},
        {"note": "\x00"},
    ],
)
def test_bad_input_says_so_and_changes_nothing(staff, teknisi, fields):
    ticket = make_ticket()
    response = teknisi.post(bulk_url(Remark.PROGRESS), {**sent([ticket], note="Baik."), **fields})
    assert response.status_code == 200
    assert "done" not in response.context
    assert not TicketEvent.objects.filter(act=Remark.PROGRESS).exists()


def test_tickets_stay_on_the_form_when_none_was_ticked(staff, teknisi):
    """Those that cannot take the step can be ticked by nobody: the page says so, and loses none of them."""
    ended = ticket_at(TicketStatus.CLOSED, staff=staff)
    address = bulk_url(Remark.PROGRESS, id=ended.pk)
    for response in (
        teknisi.get(address),
        teknisi.post(address, {**sent([ended], note="Baik."), "ticket": []}),
    ):
        assert shown(response) == {ended.number}
        assert response.context["nothing_to_do"]
        assert not any(line.is_ticked for line in response.context["lines"])


@pytest.mark.parametrize("ids", ["x", "\x00", "9" * 40, "-1", "all%00", ""])
def test_a_broken_selection_is_an_empty_one(staff, teknisi, ids):
    make_ticket()
    response = teknisi.get(bulk_url(Remark.NOTE, id=ids))
    assert (response.status_code, response.context["lines"]) == (200, [])


def test_leads_back_to_our_own_pages_only(staff, teknisi):
    address = bulk_url(Remark.NOTE, id=make_ticket().pk, next="https://elsewhere.example/")
    assert teknisi.get(address).context["next"] == list_url()


@pytest.mark.parametrize("count", [2, 20])
def test_the_page_costs_the_same_however_many_are_selected(staff, as_role, django_assert_num_queries, count):
    tickets = [make_ticket() for _n in range(count)]
    client, address = as_role(Role.DIVISION_HEAD), bulk_url(Remark.HAND_OVER, id=[one.pk for one in tickets])
    client.get(address)
    with django_assert_num_queries(PAGE_QUERIES):
        html = client.get(address).content.decode()
    assert len(re.findall('name="ticket"', html)) == count


PAGE_QUERIES = 12
