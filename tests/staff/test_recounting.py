"""The page of deadlines after a change of the calendar, and the notices that lead to it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import CalendarEdition, Holiday, KeptDeadlines, Ticket, WorkingRegime
from helpdesk_plugin.services import amendment
from helpdesk_plugin.services.calendar_changes import LIMIT
from tests.factories import (
    MONDAY_9,
    make_opd,
    make_service,
    make_ticket,
    ticket_at,
    without_security_rights,
)
from tests.staff.conftest import messages_of, page_url

NOTE = "Libur daerah ditetapkan bupati."
NOTICE = "tiket terbuka dihitung dengan kalender sebelumnya"
LISTINGS = (
    "wagtailadmin_home",
    "helpdesk_working_hours:list",
    "helpdesk_special_days:list",
    "helpdesk_holidays_modeladmin_index",
)


@pytest.fixture(autouse=True)
def now():
    with acting_at(MONDAY_9 + timedelta(hours=1)):
        yield


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def close_tuesday() -> None:
    Holiday.objects.create(day=date(2026, 11, 24), name="Libur daerah")


@pytest.fixture
def tickets(staff):
    made = [make_ticket(at=MONDAY_9) for _ in range(3)]
    close_tuesday()
    return made


def url(**query) -> str:
    return reverse("helpdesk_recounting", query=query or None)


def html_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def tick(ticket) -> str:
    return f"{ticket.pk}-{Ticket.objects.get(pk=ticket.pk).version}"


def sent(client, *chosen, **fields) -> dict:
    """What the page would send with these tickets ticked."""
    form = client.get(url()).context["form"]
    hidden = {name: form[name].value() for name in ("calendar", "key")}
    return {**hidden, "note": NOTE, "tickets": [tick(one) for one in chosen], **fields}


def due_dates() -> list:
    return list(Ticket.objects.order_by("pk").values_list("recovery_due_at", flat=True))


class TestNotices:
    @pytest.mark.parametrize("name", LISTINGS)
    def test_managers_see_how_many_and_where(self, manager, tickets, name):
        html = html_of(manager.get(reverse(name)))
        assert f"3 {NOTICE}" in html
        assert f'href="{url()}"' in html

    @pytest.mark.parametrize("name", LISTINGS)
    def test_without_a_change_there_is_none(self, manager, staff, name):
        make_ticket(at=MONDAY_9)
        assert NOTICE not in html_of(manager.get(reverse(name)))

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.TECHNICAL_SUPPORT, Role.HEAD_OF_AGENCY])
    def test_those_who_may_not_count_again_see_none(self, as_role, tickets, role):
        assert NOTICE not in html_of(as_role(role).get("/admin/"))

    def test_an_open_ticket_whose_time_no_changed_day_touches_asks_nothing(self, manager, staff):
        make_ticket(at=MONDAY_9)
        Holiday.objects.create(day=date(2027, 1, 1), name="Tahun baru")
        assert NOTICE not in html_of(manager.get("/admin/"))

    @pytest.mark.parametrize("count", [3, 50])
    def test_home_costs_the_same_for_any_number_of_tickets(
        self, manager, staff, django_assert_num_queries, count
    ):
        service, opd = make_service(), make_opd()
        for _ in range(count):
            make_ticket(at=MONDAY_9, service=service, opd=opd)
        close_tuesday()
        manager.get("/admin/")
        with django_assert_num_queries(44):
            assert f"{count} {NOTICE}" in html_of(manager.get("/admin/"))


class TestPage:
    def test_lists_old_and_new_deadlines_and_counts_the_others(self, manager, tickets):
        with acting_at(MONDAY_9 - timedelta(days=21)):
            make_ticket(at=MONDAY_9 - timedelta(days=21))
        html = html_of(manager.get(url()))
        for ticket in tickets:
            assert page_url(ticket) in html
        # Three working days from Monday 9.00, then one day later.
        assert html.count("26 Nov 2026, 09.00 WIB</time> → <strong>") == 3
        assert html.count("27 Nov 2026, 09.00 WIB</time></strong>") == 3
        assert "checked" not in html.split("<main")[1]

    def test_those_that_would_stay_are_a_count(self, manager, tickets):
        Ticket.objects.filter(pk=tickets[0].pk).update(
            calendar_edition=CalendarEdition.objects.create(
                digest="x", content=CalendarEdition.objects.get().content, made_at=MONDAY_9
            ),
            recovery_due_at=MONDAY_9,
            response_due_at=MONDAY_9,
        )
        html = html_of(manager.get(url()))
        assert page_url(tickets[0]) not in html
        assert (
            "1 tiket terbuka lain dihitung dengan kalender sebelumnya, tetapi tenggatnya akan tetap" in html
        )

    def test_closed_tickets_are_never_listed(self, manager, staff):
        closed = ticket_at(TicketStatus.CLOSED, staff=staff, at=MONDAY_9 - timedelta(hours=4))
        Holiday.objects.create(day=MONDAY_9.date(), name="Libur mendadak")
        html = html_of(manager.get(url()))
        assert closed.number not in html
        assert "Tidak ada tenggat di halaman ini yang akan bergeser" in html

    def test_all_can_be_ticked_by_a_link(self, manager, tickets):
        assert html_of(manager.get(url(tick="all"))).count(" checked>") == 3

    def test_looking_writes_nothing(self, manager, tickets):
        manager.get(url())
        assert (CalendarEdition.objects.count(), KeptDeadlines.objects.count()) == (1, 0)

    @pytest.mark.parametrize(
        "query", [{"p": "x"}, {"p": "-1"}, {"p": "99999999999"}, {"p": "\x00"}, {"tick": "\x00"}]
    )
    def test_hostile_addresses_are_no_error(self, manager, tickets, query):
        assert manager.get(url(), query).status_code == 200

    def test_confidential_tickets_stay_unknown(self, staff, as_role):
        secret = make_ticket(at=MONDAY_9, service=make_service(is_security=True), summary="Rahasia sekali")
        close_tuesday()
        without_security_rights(staff[Role.MANAGER])
        html = html_of(as_role(Role.MANAGER).get(url()))
        assert secret.number not in html
        assert "Rahasia sekali" not in html

    @pytest.mark.parametrize("count", [3, 50])
    def test_costs_the_same_for_any_number_of_tickets(self, manager, staff, django_assert_num_queries, count):
        service, opd = make_service(), make_opd()
        for _ in range(count):
            make_ticket(at=MONDAY_9, service=service, opd=opd)
        close_tuesday()
        manager.get(url())
        with django_assert_num_queries(20):
            manager.get(url())

    def test_more_than_the_limit_come_in_parts(self, manager, tickets, monkeypatch):
        monkeypatch.setattr("helpdesk_plugin.staff.recounting.LIMIT", 2)
        first, second = html_of(manager.get(url())), html_of(manager.get(url(p=2)))
        assert (first.count(' name="tickets"'), second.count(' name="tickets"')) == (2, 1)
        assert "3 tiket mungkin bergeser; paling banyak 2 dilihat" in first

    def test_a_calendar_without_hours_is_said_in_words(self, manager, tickets):
        WorkingRegime.objects.all().delete()
        html = html_of(manager.get(url()))
        assert "Waktu kerja dalam kalender terlalu sedikit" in html


class TestCountingAgain:
    def test_moves_what_is_ticked_and_reports(self, manager, staff, tickets):
        old = due_dates()
        html = html_of(manager.post(url(), sent(manager, *tickets[:2])))
        assert "2 tiket dihitung ulang" in html
        assert due_dates() == [old[0] + timedelta(days=1), old[1] + timedelta(days=1), old[2]]
        event = tickets[0].events.last()
        assert (event.act, event.note, event.by) == ("recount", NOTE, staff[Role.MANAGER])
        assert "1 " + NOTICE in html_of(manager.get("/admin/"))

    def test_one_that_changed_meanwhile_is_reported_and_the_others_go_on(self, manager, staff, tickets):
        data = sent(manager, *tickets)
        amendment.amend_ticket(
            tickets[1].pk, by=staff.teknisi, changes={"summary": "Lain"}, note="Salah ketik."
        )
        old = due_dates()
        html = html_of(manager.post(url(), data))
        assert "2 tiket dihitung ulang" in html
        assert "Tidak dihitung ulang:" in html
        assert due_dates()[1] == old[1]

    def test_a_ticket_that_was_closed_meanwhile_is_reported(self, manager, staff):
        ticket = make_ticket(at=MONDAY_9)
        close_tuesday()
        data = sent(manager, ticket)
        Ticket.objects.filter(pk=ticket.pk).update(status=TicketStatus.CLOSED.value)
        html = html_of(manager.post(url(), data))
        assert "0 tiket dihitung ulang" in html
        assert "Tidak dihitung ulang:" in html

    def test_the_same_sending_twice_counts_once(self, manager, tickets):
        data = sent(manager, *tickets)
        for _ in range(2):
            assert "3 tiket dihitung ulang" in html_of(manager.post(url(), data))
        assert tickets[0].events.filter(act="recount").count() == 1

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"note": "  "}, "Tulis alasannya."),
            ({"tickets": []}, "Centang paling sedikit satu tiket."),
            ({"tickets": ["x", "1", "1-", "-1", "1-1-1", "\x00"]}, "Centang paling sedikit satu tiket."),
            ({"tickets": [f"{n}-1" for n in range(1, LIMIT + 2)]}, "Paling banyak 200 tiket"),
        ],
    )
    def test_bad_input_is_answered_in_words_and_moves_nothing(self, manager, tickets, fields, sentence):
        old = due_dates()
        html = html_of(manager.post(url(), sent(manager, *tickets) | fields))
        assert sentence in html
        assert due_dates() == old

    def test_what_was_typed_and_ticked_stays_after_a_mistake(self, manager, tickets):
        html = html_of(manager.post(url(), sent(manager, tickets[1], note="")))
        assert re.findall(r'value="([\d-]+)"[^>]* checked', html) == [tick(tickets[1])]
        html = html_of(manager.post(url(), sent(manager)))
        assert NOTE in html

    def test_ids_that_are_not_there_are_counted_as_unknown(self, manager, tickets):
        html = html_of(manager.post(url(), sent(manager, tickets[0]) | {"tickets": ["999999-1"]}))
        assert "1 tiket yang dicentang tidak ditemukan" in html

    def test_another_change_meanwhile_stops_everything(self, manager, tickets):
        data, old = sent(manager, *tickets), due_dates()
        Holiday.objects.create(day=date(2026, 11, 25), name="Libur lagi")
        for posted in (data, data | {"leave": "1"}):
            response = manager.post(url(), posted)
            assert messages_of(response) == [
                "Kalender berubah lagi sementara itu. Belum ada yang dilakukan; lihat lagi."
            ]
            assert NOTE in html_of(response)
        assert due_dates() == old
        assert not KeptDeadlines.objects.exists()

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.TECHNICAL_SUPPORT, Role.HEAD_OF_AGENCY])
    def test_needs_the_permission_of_the_act(self, manager, as_role, tickets, role):
        data, old = sent(manager, *tickets), due_dates()
        client = as_role(role)
        for response in (
            client.get(url()),
            client.post(url(), data),
            client.post(url(), data | {"leave": "1"}),
        ):
            assert (response.status_code, response.url) == (302, "/admin/")
        assert due_dates() == old
        assert not KeptDeadlines.objects.exists()

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods_are_refused(self, manager, method):
        assert getattr(manager, method)(url()).status_code == 405


class TestLeaving:
    def leave(self, client):
        digest = client.get(url()).context["question"].present.digest
        return client.post(url(), {"leave": "1", "calendar": digest}, follow=True)

    def test_the_notice_goes_and_the_page_remembers_who(self, manager, staff, tickets):
        old = due_dates()
        response = self.leave(manager)
        assert NOTICE not in html_of(response)
        assert due_dates() == old
        kept = KeptDeadlines.objects.get()
        assert kept.by == staff[Role.MANAGER]
        html = html_of(manager.get(url()))
        assert f"{kept.by.get_full_name()} memutuskan pada Senin, 23 November 2026, 10.00 WIB" in html
        assert html.count(' name="tickets"') == 3

    def test_another_change_asks_again(self, manager, tickets):
        self.leave(manager)
        Holiday.objects.create(day=date(2026, 11, 25), name="Libur lagi")
        assert NOTICE in html_of(manager.get("/admin/"))
