"""Teams, and choosing who works on a ticket: suggested first, with the load of each."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Assignment, Category, Follow, Team, Ticket
from helpdesk_plugin.services.assignment import take_ticket
from helpdesk_plugin.staff.forms.officers import Roster
from tests.factories import make_service, make_team, make_ticket, make_user, ticket_at
from tests.staff.conftest import act_url, filled, messages_of, page_url


@pytest.fixture
def officers(staff):
    return staff.prakom, staff.teknisi


def groups_of(roster) -> list:
    return [(str(name), [pk for pk, _label in choices]) for name, choices in roster.choices]


def test_the_team_of_the_service_comes_first(staff, officers):
    prakom, teknisi = officers
    ticket = make_ticket()
    team = make_team(teknisi, services=[ticket.service])
    make_team(prakom, services=[make_service()])
    make_team(prakom, services=[ticket.service], active=False)
    (suggested, first), (_others, rest) = groups_of(Roster([ticket], staff.kabid))
    assert team.name in suggested
    assert (first, rest) == ([teknisi.pk], [prakom.pk])


def test_verification_decides_between_the_groups(staff, officers):
    prakom, teknisi = officers
    infrastructure = make_team(teknisi, category=Category.INFRASTRUCTURE)
    application = make_team(prakom, category=Category.APPLICATION)
    ticket = make_ticket(service=make_service(category=Category.APPLICATION))
    assert application.looks_after(ticket)
    ticket.verdict = Category.INFRASTRUCTURE.value
    assert infrastructure.looks_after(ticket)
    assert not application.looks_after(ticket)


def test_an_officer_of_two_teams_is_offered_once(staff, officers):
    ticket = make_ticket()
    for _n in range(2):
        make_team(*officers, services=[ticket.service])
    offered = [pk for _name, pks in groups_of(Roster([ticket], staff.kabid)) for pk in pks]
    assert sorted(offered) == sorted(officer.pk for officer in officers)


def test_load_counts_open_and_late_as_the_viewer_may_see_them(staff, officers):
    prakom, teknisi = officers
    ticket_at(TicketStatus.ASSIGNED, staff=staff)
    late = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    secret = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    ticket_at(TicketStatus.CLOSED, staff=staff)
    Ticket.objects.filter(pk=late.pk).update(recovery_due_at=late.submitted_at)
    Ticket.objects.filter(pk=secret.pk).update(security_flag=True)
    assert Roster([make_ticket()], staff.kabid).loads == {prakom.pk: (3, 1)}
    with override("en"):
        labels = dict(Roster([make_ticket()], staff.kabid).choices[0][1])
    assert "3 open, 1 late" in labels[prakom.pk]
    assert "nothing open" in labels[teknisi.pk]


@pytest.mark.usefixtures("narrow_circle")
def test_load_hides_confidential_tickets_from_those_who_may_not_see_them(staff):
    secret = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    Ticket.objects.filter(pk=secret.pk).update(security_flag=True)
    assert Roster([make_ticket()], staff.teknisi).loads == {}


@pytest.mark.parametrize("count", [1, 12])
def test_choosing_costs_the_same_however_many_there_are(staff, django_assert_num_queries, count):
    ticket = make_ticket()
    for _n in range(count):
        make_team(make_user(Role.TECHNICAL_SUPPORT), services=[ticket.service, make_service()])
    roster = Roster([ticket], staff.kabid)
    staff.kabid.has_perm("x.y")
    Ticket.objects.visible_to(staff.kabid)
    with django_assert_num_queries(7):
        assert len(roster.choices) >= count


def test_examining_offers_the_team_and_assigns(staff, as_role):
    ticket = ticket_at(TicketStatus.DISPOSED, staff=staff)
    make_team(staff.prakom, services=[ticket.service], name="Tim Jaringan")
    client, address = as_role(Role.DIVISION_HEAD), act_url(ticket, Step.EXAMINE)
    assert "Tim Jaringan" in client.get(address).content.decode()
    client.post(address, filled(client, address, lead=staff.prakom.pk))
    assert Ticket.objects.get(pk=ticket.pk).assignee == staff.prakom


def test_handing_over_by_the_form(staff, as_role):
    ticket, newcomer = ticket_at(TicketStatus.DIAGNOSING, staff=staff), make_user(Role.TECHNICAL_SUPPORT)
    client, address = as_role(Role.COMPUTER_OFFICER), act_url(ticket, Remark.HAND_OVER)
    sent = filled(client, address, lead=newcomer.pk, note="Saya dinas luar.")
    assert sent["helpers"] == [staff.teknisi.pk]
    client.post(address, sent)
    on_it = [one.officer for one in Assignment.objects.on_ticket(ticket)]
    assert on_it == [newcomer, staff.teknisi]
    html = client.get(page_url(ticket)).content.decode()
    assert "Saya dinas luar." in html


def test_taking_is_one_press_on_the_ticket_page(staff, as_role):
    ticket, client = make_ticket(), as_role(Role.TECHNICAL_SUPPORT)
    html = client.get(page_url(ticket)).content.decode()
    key = html.split('name="key" value="')[1].split('"')[0]
    response = client.post(act_url(ticket, Remark.TAKE), {"key": key, "version": ticket.version}, follow=True)
    assert "diambil" in messages_of(response)[0]
    assert act_url(ticket, Remark.TAKE) not in response.content.decode()
    again = client.get(act_url(ticket, Remark.TAKE), follow=True)
    assert "tidak dapat dilakukan" in messages_of(again)[0]


def test_a_ticket_that_somebody_else_took_meanwhile_says_so(staff, as_role):
    ticket = make_ticket()
    take_ticket(ticket.pk, by=make_user(Role.TECHNICAL_SUPPORT))
    sent = {"key": "00000000-0000-4000-8000-000000000001", "version": ticket.version}
    response = as_role(Role.TECHNICAL_SUPPORT).post(act_url(ticket, Remark.TAKE), sent)
    assert "sudah berubah" in messages_of(response)[0]


class TestFollowing:
    def follow(self, client, ticket, value="1", **more):
        return client.post(reverse("helpdesk_tickets:follow", args=[ticket.pk]), {"follow": value, **more})

    def test_is_pressed_on_and_off(self, staff, as_role):
        ticket, client = make_ticket(), as_role(Role.AUDITOR)
        for _time in range(2):
            self.follow(client, ticket)
        assert Follow.objects.filter(ticket=ticket).count() == 1
        self.follow(client, ticket, "0")
        assert not Follow.objects.exists()
        assert ticket.events.count() == 1  # it is no act

    @pytest.mark.usefixtures("narrow_circle")
    def test_of_a_confidential_ticket_is_refused_as_unknown(self, staff, as_role):
        secret = make_ticket(service=make_service(is_security=True))
        assert self.follow(as_role(Role.TECHNICAL_SUPPORT), secret).status_code == 404
        assert not Follow.objects.exists()

    def test_goes_back_to_our_own_pages_only(self, staff, as_role):
        client, ticket = as_role(Role.TECHNICAL_SUPPORT), make_ticket()
        for sent in ("https://elsewhere.example/", "0", ":"):
            assert self.follow(client, ticket, next=sent).url == page_url(ticket)


class TestTeamForm:
    def test_managers_make_and_change_teams_nobody_deletes_them(self, staff, as_role):
        client, service = as_role(Role.MANAGER), make_service()
        sent = {
            "name": "Tim Jaringan",
            "services": [service.pk],
            "members": [staff.teknisi.pk],
            "active": "on",
        }
        client.post(reverse("helpdesk_teams:add"), sent)
        team = Team.objects.get()
        assert list(team.members.all()) == [staff.teknisi]
        html = client.get(reverse("helpdesk_teams:list")).content.decode()
        assert service.code in html
        client.post(reverse("helpdesk_teams:edit", args=[team.pk]), {**sent, "members": []})
        assert not team.members.exists()
        client.post(reverse("helpdesk_teams:delete", args=[team.pk]))
        assert Team.objects.exists()

    def test_asks_what_the_team_looks_after(self, staff, as_role):
        response = as_role(Role.MANAGER).post(
            reverse("helpdesk_teams:add"), {"name": "Kosong", "active": "on"}
        )
        assert response.status_code == 200
        assert not Team.objects.exists()

    def test_keeps_members_who_have_left_their_office(self, staff, as_role):
        service, former = make_service(), make_user(Role.TECHNICAL_SUPPORT)
        team = make_team(former, services=[service])
        former.groups.clear()
        address = reverse("helpdesk_teams:edit", args=[team.pk])
        assert former.last_name in as_role(Role.MANAGER).get(address).content.decode()
