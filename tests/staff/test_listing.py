"""The list of tickets: whose, in which order, how they are found, and what it costs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Ticket, TicketKind
from tests.factories import make_opd, make_service, make_ticket, ticket_at
from tests.staff.conftest import list_url


def numbers(response) -> list[str]:
    return [ticket.number for ticket in response.context["object_list"]]


def test_order_is_priority_then_nearest_deadline(staff, teknisi):
    now = timezone.now()
    low = make_ticket(who_affected="me", alternative="yes", at=now - timedelta(days=9))
    later = make_ticket(who_affected="public", alternative="no", at=now - timedelta(days=1))
    sooner = make_ticket(who_affected="public", alternative="no", at=now - timedelta(days=3))
    assert numbers(teknisi.get(list_url())) == [sooner.number, later.number, low.number]


def test_open_tickets_first_all_by_filter(staff, teknisi):
    ended = ticket_at(TicketStatus.REJECTED, staff=staff)
    going_on = make_ticket()
    assert numbers(teknisi.get(list_url())) == [going_on.number]
    assert set(numbers(teknisi.get(list_url(show="all")))) == {ended.number, going_on.number}
    assert numbers(teknisi.get(list_url(show="ended"))) == [ended.number]
    assert numbers(teknisi.get(list_url(status="rejected"))) == [ended.number]


def test_a_line_says_what_matters(staff, teknisi):
    ticket = make_ticket(opd=make_opd(short_name="Dinkes"), summary="Server <b>mati</b>")
    html = teknisi.get(list_url()).content.decode()
    for said in (ticket.number, "Server &lt;b&gt;mati&lt;/b&gt;", "Dinkes", ticket.service.name, "S2"):
        assert said in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "request"}, "request"),
        ({"priority": "1"}, "critical"),
        ({"desk": "head_of_agency"}, "triaged"),
        ({"deadline": "late"}, "late"),
        ({"submitted_at_from": "2001-01-01", "submitted_at_to": "2001-01-31"}, None),
    ],
)
def test_filters_narrow_the_list(staff, teknisi, query, found):
    recent = timezone.now()
    tickets = {
        "request": make_ticket(kind=TicketKind.REQUEST, at=recent),
        "critical": make_ticket(who_affected="public", alternative="no", at=recent),
        "triaged": ticket_at(TicketStatus.TRIAGED, staff=staff, at=recent - timedelta(hours=1)),
        "late": make_ticket(at=recent - timedelta(days=30)),
    }
    expected = [tickets[found].number] if found else []
    assert numbers(teknisi.get(list_url(**query))) == expected


def test_filters_by_service_agency_and_officer(staff, teknisi):
    service, opd = make_service(), make_opd()
    one = make_ticket(service=service)
    two = make_ticket(opd=opd)
    three = ticket_at(TicketStatus.ASSIGNED, staff=staff)
    assert numbers(teknisi.get(list_url(service=service.pk))) == [one.number]
    assert numbers(teknisi.get(list_url(opd=opd.pk))) == [two.number]
    assert numbers(teknisi.get(list_url(assignee=staff.prakom.pk))) == [three.number]


@pytest.mark.parametrize("show", ["garbage", "\x00", "all' OR 1=1"])
def test_broken_filters_are_no_error(staff, teknisi, show):
    make_ticket()
    assert teknisi.get(list_url(show=show, opd="x", priority="99")).status_code == 200


def test_search_finds_words_of_open_and_ended_tickets(staff, teknisi):
    ended = ticket_at(TicketStatus.REJECTED, staff=staff, summary="Kabel optik putus")
    fresh = make_ticket(summary="Optik redup")
    make_ticket(summary="Printer macet")
    assert set(numbers(teknisi.get(list_url(q="optik")))) == {ended.number, fresh.number}


def test_search_finds_the_number_as_people_type_it(staff, teknisi):
    ticket, _other = make_ticket(), make_ticket()
    assert numbers(teknisi.get(list_url(q=ticket.number.lower().replace("-", " ")))) == [ticket.number]


@pytest.mark.parametrize("typed", ["ab", "\x00", "%", "' OR 1=1 --", "a" * 5000, "🙂"])
def test_search_for_anything_is_no_error(staff, teknisi, typed):
    make_ticket()
    assert teknisi.get(list_url(q=typed)).status_code == 200


def test_search_for_two_letters_says_three_are_needed(staff, teknisi):
    make_ticket(summary="Internet mati")
    response = teknisi.get(list_url(q="in"))
    assert numbers(response) == []
    assert "3" in response.context["no_results_message"]


def test_results_alone_are_swapped_in(staff, teknisi):
    ticket = make_ticket()
    html = teknisi.get(list_url().rstrip("/") + "/results/").content.decode()
    assert ticket.number in html
    assert "<html" not in html


@pytest.mark.parametrize("ordering", ["number", "-recovery_due_at", "opd", "service", "priority", "status"])
def test_columns_sort(staff, teknisi, ordering):
    make_ticket()
    assert teknisi.get(list_url(ordering=ordering)).status_code == 200


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_tickets_are_not_listed_counted_or_found(staff, as_role):
    secret = make_ticket(service=make_service(is_security=True), summary="Akun diambil alih")
    seen = as_role(Role.COMPUTER_OFFICER)
    unseen = as_role(Role.TECHNICAL_SUPPORT)
    assert numbers(seen.get(list_url())) == [secret.number]
    for query in ({}, {"q": secret.number}, {"q": "diambil"}, {"show": "all"}):
        response = unseen.get(list_url(**query))
        assert numbers(response) == []
        assert response.context["items_count"] == 0


def test_register_button_for_those_who_may(staff, as_role):
    label = "Register a request"
    register = list_url() + "register/"
    assert register in as_role(Role.TECHNICAL_SUPPORT).get(list_url()).content.decode(), label
    assert register not in as_role(Role.AUDITOR).get(list_url()).content.decode(), label


def _tickets_in_every_shape(staff, count):
    """Tickets that differ in everything that a line shows."""
    statuses = [TicketStatus.SUBMITTED, TicketStatus.ASSIGNED, TicketStatus.RETURNED, TicketStatus.RESOLVED]
    first = [ticket_at(status, staff=staff) for status in statuses[: min(count, 4)]]
    for n in range(count - len(first)):
        copy = Ticket.objects.get(pk=first[n % len(first)].pk)
        copy.pk, copy.number = None, f"HD-2026-{500_000 + n}"
        copy.submission_key = f"00000000-0000-4000-8000-{n:012d}"
        copy.opd = make_opd() if n < 40 else copy.opd
        Ticket.objects.bulk_create([copy])


@pytest.mark.parametrize("count", [3, 300])
def test_list_tabs_and_home_cost_the_same_at_any_length(staff, teknisi, django_assert_num_queries, count):
    _tickets_in_every_shape(staff, count)
    tabs = teknisi.get(list_url()).context["work_tabs"]
    assert tabs[0].count == count
    addresses = {"/admin/": HOME_QUERIES}
    addresses |= {tab.url: LISTING_QUERIES if tab.count else EMPTY_QUERIES for tab in tabs}
    for address, queries in addresses.items():
        teknisi.get(address)
        with django_assert_num_queries(queries, info=address):
            teknisi.get(address)


#: The list and every tab: one query counts all heaps, another asks for the officer's own lists, and a page is
#: read in two, its keys and then their rows. An empty page asks for neither.
LISTING_QUERIES = 23
EMPTY_QUERIES = 21
HOME_QUERIES = 35


def test_export_has_its_own_permission(staff, as_role):
    make_ticket()
    refused = as_role(Role.TECHNICAL_SUPPORT).get(list_url(export="csv"))
    assert refused.status_code == 302
    assert "export=csv" not in as_role(Role.TECHNICAL_SUPPORT).get(list_url()).content.decode()
    assert as_role(Role.MANAGER).get(list_url(export="csv")).status_code == 200


def test_view_permission_alone_opens_no_export(staff, sign_in):
    user = staff[Role.EDITOR]
    user.user_permissions.add(Permission.objects.get(codename="view_ticket"))
    assert sign_in(user).get(list_url(export="xlsx")).status_code == 302


def test_a_list_is_counted_and_turned_to_up_to_a_bound(staff, teknisi, monkeypatch):
    _tickets_in_every_shape(staff, 60)
    monkeypatch.setattr("helpdesk_plugin.paging.MOST", 50)
    monkeypatch.setattr("helpdesk_plugin.staff.views.listing.MOST", 50)
    answer = teknisi.get(list_url(show="all"))
    paginator = answer.context["page_obj"].paginator
    assert (paginator.count, paginator.num_pages, paginator.goes_on) == (50, 2, True)
    assert "50" in answer.content.decode().split("hd-quiet", 1)[1][:300]
    filed = [ticket.submitted_at for ticket in answer.context["object_list"]]
    assert filed == sorted(filed, reverse=True)
    for ordering in ("opd", "-service", "priority", "status", "recovery_due_at"):
        sorted_list = teknisi.get(list_url(show="all", ordering=ordering, p="2"))
        assert len(sorted_list.context["object_list"]) == 25
    assert not teknisi.get(list_url(show="ended")).context["page_obj"].paginator.goes_on


def test_keys_that_no_database_could_hold_narrow_nothing(as_role):
    client, far = as_role(Role.MANAGER), "9" * 30
    for name in ("service", "opd", "assignee"):
        for where in ("helpdesk_tickets:list", "helpdesk_reports_register"):
            assert client.get(reverse(where), {name: [far, "1"]}).status_code == 200
    typed = {"kind": "disruption", "services": [far], "opds": [far]}
    answer = client.post(reverse("helpdesk_notices:facts"), typed)
    assert answer.status_code == 200
    assert {"services", "opds"} <= set(answer.context["form"].errors)
