"""The heaps of an officer's work: what is in each, that tabs and list agree, that lists can be kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import SavedView, Ticket, WorkingRegime
from helpdesk_plugin.services.assignment import hand_over_ticket, take_ticket
from helpdesk_plugin.services.own_lists import MAX_VIEWS
from helpdesk_plugin.services.watching import follow_ticket
from helpdesk_plugin.staff.due import DueState, due_of
from helpdesk_plugin.staff.my_work import Heap, MyWork
from helpdesk_plugin.staff.own_lists import kept_query
from tests.factories import (
    MONDAY_9,
    Journey,
    make_service,
    make_ticket,
    make_user,
    ticket_at,
)
from tests.staff.conftest import list_url, messages_of

OWN_LISTS = "/admin/helpdesk/tickets/lists/"


def heap_of(user, heap, now=None) -> set[str]:
    work = MyWork(user, now)
    return {ticket.number for ticket in work.open_tickets.filter(work.condition(heap))}


def numbers(response) -> set[str]:
    return {ticket.number for ticket in response.context["object_list"]}


class TestHeaps:
    def test_mine_is_what_i_lead_or_help_with_by_the_last_assignment(self, staff):
        journey = Journey(staff=staff)
        ticket = journey.to(TicketStatus.ASSIGNED)
        assert heap_of(staff.prakom, Heap.MINE) == heap_of(staff.teknisi, Heap.MINE) == {ticket.number}
        newcomer = make_user(Role.COMPUTER_OFFICER)
        hand_over_ticket(ticket.pk, by=staff.kabid, officers=[newcomer], note="Beban dibagi.")
        assert heap_of(newcomer, Heap.MINE) == {ticket.number}
        assert heap_of(staff.prakom, Heap.MINE) == heap_of(staff.teknisi, Heap.MINE) == set()

    def test_unassigned_until_somebody_takes_it(self, staff):
        ticket = make_ticket()
        assert heap_of(staff.teknisi, Heap.UNASSIGNED) == {ticket.number}
        take_ticket(ticket.pk, by=staff.teknisi)
        assert heap_of(staff.teknisi, Heap.UNASSIGNED) == set()

    def test_waiting_is_for_the_requester_or_a_third_party(self, staff):
        waiting = {
            ticket_at(status, staff=staff).number
            for status in (
                TicketStatus.RETURNED,
                TicketStatus.WAITING_REQUESTER,
                TicketStatus.WAITING_THIRD_PARTY,
            )
        }
        journey = Journey(staff=staff)
        journey.to(TicketStatus.RESOLVED)
        make_ticket()
        assert heap_of(staff.teknisi, Heap.WAITING) == waiting
        journey.inform()
        assert heap_of(staff.teknisi, Heap.WAITING) == {*waiting, journey.ticket.number}

    def test_following_is_mine_alone(self, staff):
        ticket = make_ticket()
        follow_ticket(ticket, staff.kabid)
        assert heap_of(staff.kabid, Heap.FOLLOWING) == {ticket.number}
        assert heap_of(staff.kadis, Heap.FOLLOWING) == set()

    def test_a_role_without_a_desk_has_an_empty_heap(self, staff):
        make_ticket()
        assert heap_of(staff[Role.AUDITOR], Heap.ROLE) == set()

    @pytest.mark.parametrize("minutes", range(0, 800, 97))
    def test_soon_and_late_follow_the_chip_of_a_new_ticket(self, staff, minutes):
        ticket = make_ticket(at=MONDAY_9)
        now = MONDAY_9 + timedelta(minutes=minutes)
        due = due_of(ticket, now, calendar())
        soon = due.state is not DueState.LATE and due.gap < timedelta(minutes=225)
        assert (heap_of(staff.teknisi, Heap.DUE_SOON, now) == {ticket.number}) is soon
        assert (heap_of(staff.teknisi, Heap.LATE, now) == {ticket.number}) is (due.state is DueState.LATE)
        if due.state is DueState.AT_RISK:
            assert soon

    def test_soon_counts_working_time_over_the_night(self, staff):
        """Friday 15.30 WIB: half a working day ends on Monday morning."""
        friday = MONDAY_9.replace(day=27, hour=8, minute=30)
        ticket = ticket_at(TicketStatus.ASSIGNED, staff=staff, at=friday - timedelta(days=1))
        inside, outside = friday + timedelta(days=2, hours=17), friday + timedelta(days=2, hours=21)
        for moment, found in ((inside, {ticket.number}), (outside, set())):
            Ticket.objects.filter(pk=ticket.pk).update(
                recovery_due_at=moment, recovery_warn_at=friday + timedelta(days=9)
            )
            assert heap_of(staff.prakom, Heap.DUE_SOON, friday) == found, moment

    def test_at_risk_is_soon_however_far_the_deadline_is(self, staff):
        ticket, now = ticket_at(TicketStatus.ASSIGNED, staff=staff), timezone.now()
        Ticket.objects.filter(pk=ticket.pk).update(
            recovery_due_at=now + timedelta(days=30), recovery_warn_at=now - timedelta(minutes=1)
        )
        assert heap_of(staff.prakom, Heap.DUE_SOON) == {ticket.number}

    def test_an_agency_without_hours_still_sees_its_heaps(self, staff, as_role):
        make_ticket()
        WorkingRegime.objects.all().delete()
        assert as_role(Role.TECHNICAL_SUPPORT).get(list_url(work="due_soon")).status_code == 200


class TestTabs:
    @pytest.mark.parametrize("role", [Role.TECHNICAL_SUPPORT, Role.DIVISION_HEAD, Role.MANAGER])
    def test_every_tab_counts_what_its_list_shows(self, staff, as_role, role):
        for status in TicketStatus:
            ticket_at(status, staff=staff)
        late = make_ticket(at=timezone.now() - timedelta(days=30))
        follow_ticket(late, staff[role])
        client = as_role(role)
        tabs = client.get(list_url()).context["work_tabs"]
        assert len(tabs) == (8 if role is not Role.MANAGER else 7)
        for tab in tabs:
            response = client.get(tab.url)
            assert response.context["items_count"] == tab.count, tab.name
            (current,) = [one for one in response.context["work_tabs"] if one.is_current]
            assert current.heap is tab.heap

    @pytest.mark.usefixtures("narrow_circle")
    def test_confidential_tickets_are_in_no_count(self, staff, as_role):
        secret = make_ticket(service=make_service(is_security=True), at=timezone.now() - timedelta(days=30))
        for role, counts in ((Role.COMPUTER_OFFICER, {0, 1}), (Role.TECHNICAL_SUPPORT, {0})):
            tabs = as_role(role).get(list_url()).context["work_tabs"]
            assert {tab.count for tab in tabs} == counts
        assert secret.number not in as_role(Role.TECHNICAL_SUPPORT).get("/admin/").content.decode()

    def test_stale_parts_of_an_address_are_left_out_and_said(self, staff, as_role):
        ticket = make_ticket(kind="request")
        make_ticket()
        response = as_role(Role.TECHNICAL_SUPPORT).get(list_url(service=999_999, kind="request"))
        assert numbers(response) == {ticket.number}
        assert "Layanan" in response.content.decode()
        assert response.context["ignored_filters"]

    @pytest.mark.parametrize("work", ["garbage", "\x00", "mine' OR 1=1", "🙂"])
    def test_a_broken_heap_is_no_error(self, staff, as_role, work):
        ticket = make_ticket()
        response = as_role(Role.TECHNICAL_SUPPORT).get(list_url(work=work))
        assert (response.status_code, numbers(response)) == (200, {ticket.number})


class TestOwnLists:
    @pytest.fixture
    def client(self, as_role):
        return as_role(Role.TECHNICAL_SUPPORT)

    def keep(self, client, name="Layanan jaringan", query="kind=request&q=wifi", **more):
        return client.post(OWN_LISTS, {"do": "save", "name": name, "query": query, **more})

    def test_is_kept_opened_renamed_and_forgotten(self, client, staff):
        response = self.keep(client)
        view = SavedView.objects.get()
        assert (view.officer, view.query) == (staff.teknisi, "kind=request&q=wifi")
        assert response.url == f"{list_url()}?kind=request&q=wifi"
        html = client.get(response.url).content.decode()
        assert "Layanan jaringan" in html
        assert "Layanan jaringan" in client.get("/admin/").content.decode()
        client.post(OWN_LISTS, {"do": "rename", "view": view.pk, "name": "Wifi"})
        view.refresh_from_db()
        assert view.name == "Wifi"
        assert "http://testserver/admin/helpdesk/tickets/?kind=request&amp;q=wifi" in (
            client.get(OWN_LISTS).content.decode()
        )
        client.post(OWN_LISTS, {"do": "delete", "view": view.pk})
        assert not SavedView.objects.exists()

    def test_the_same_name_takes_the_new_filters(self, client):
        self.keep(client)
        self.keep(client, query="work=late")
        assert SavedView.objects.get().query == "work=late"

    def test_belongs_to_one_officer(self, client, as_role):
        self.keep(client)
        view, other = SavedView.objects.get(), as_role(Role.COMPUTER_OFFICER)
        assert "Layanan jaringan" not in other.get(list_url()).content.decode()
        for do in ("rename", "delete"):
            assert other.post(OWN_LISTS, {"do": do, "view": view.pk, "name": "x"}).status_code == 404
        assert SavedView.objects.get().name == "Layanan jaringan"

    def test_two_lists_never_share_a_name(self, client):
        self.keep(client, "Satu"), self.keep(client, "Dua")
        one = SavedView.objects.get(name="Satu")
        response = client.post(OWN_LISTS, {"do": "rename", "view": one.pk, "name": "Dua"}, follow=True)
        assert "Dua" in messages_of(response)[-1]
        one.refresh_from_db()
        assert one.name == "Satu"

    @pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * 61])
    def test_an_unusable_name_keeps_the_filters_at_hand(self, client, name):
        assert self.keep(client, name).url.endswith("kind=request&q=wifi")
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("view", ["", "x", "9" * 40, "-1", "\x00", "١"])
    def test_an_unknown_list_is_not_found(self, client, view):
        assert client.post(OWN_LISTS, {"do": "delete", "view": view}).status_code == 404

    def test_there_is_an_end_to_it(self, client):
        for n in range(MAX_VIEWS + 1):
            self.keep(client, f"Daftar {n}")
        assert SavedView.objects.count() == MAX_VIEWS

    def test_an_unknown_deed_does_nothing(self, client):
        assert client.post(OWN_LISTS, {"do": "explode"}).url == OWN_LISTS

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("", ""),
            ("p=7&export=csv&_w_filter_fragment=1&next=https://elsewhere.example", ""),
            ("q=wifi&work=late&p=2", "work=late&q=wifi"),
            ("priority=2&priority=1&priority=1", "priority=1&priority=2"),
            ("submitted_at_from=2026-01-01&submitted_at_to=", "submitted_at_from=2026-01-01"),
            ("q=a%00b%ED%A0%80", None),
            ("q=" + "x" * 9000, ""),
            ("ordering=-number&ordering=number", "ordering=-number&ordering=number"),
        ],
    )
    def test_an_address_is_kept_as_the_list_understands_it(self, typed, kept):
        found = kept_query(typed)
        assert "\x00" not in found
        assert kept_query(found) == found
        if kept is not None:
            assert found == kept

    def test_sharing_shows_nobody_more_than_they_may_see(self, client, as_role, narrow_circle):
        secret = make_ticket(service=make_service(is_security=True))
        address = list_url(q=secret.number)
        assert numbers(as_role(Role.COMPUTER_OFFICER).get(address)) == {secret.number}
        assert numbers(client.get(address)) == set()

    def test_the_page_is_for_those_who_see_tickets(self, as_role):
        assert as_role(Role.EDITOR).get(OWN_LISTS).url == reverse("wagtailadmin_home")
