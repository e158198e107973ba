"""Requesters of duplicates hear how the main ticket came out: once, in their own words, and nothing of it."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import AgencyProfile, OutboxMessage, TicketEvent
from helpdesk_plugin.notifications.rendering import render
from helpdesk_plugin.services import closure, intake
from helpdesk_plugin.services.following import NEWS_FOR, tell_followers
from tests.factories import MONDAY_9, Journey, Staff, make_agency_data, make_service, make_ticket
from tests.services.test_door import _in_threads

S = TicketStatus
MINUTE = timedelta(minutes=1)


@pytest.fixture
def main(staff):
    journey = Journey(
        staff=staff,
        at=MONDAY_9,
        summary="RAHASIA-INDUK",
        requester_name="ORANG-LAIN",
        description="RINCIAN-INDUK",
    )
    journey.to(S.RECOVERING)
    return journey


def merged(into, staff, **facts):
    """A duplicate of ``into``, merged a minute after it was filed."""
    duplicate = make_ticket(at=MONDAY_9, service=into.service, opd=into.opd, **facts)
    with acting_at(MONDAY_9 + MINUTE):
        return intake.merge_ticket(duplicate.pk, into, by=staff.teknisi)


def inform(main, note="CATATAN-INDUK"):
    with acting_at(main.at):
        if main.ticket.state is not S.RESOLVED:
            main.resolve()
        closure.inform_ticket(main.id, by=main.staff.teknisi, note=note)


def look(at):
    with acting_at(at):
        return tell_followers(at)


def acts(ticket) -> list[str]:
    return [event.act for event in ticket.events.order_by("id")]


def test_follower_is_told_when_the_agency_of_the_main_ticket_is(main, staff):
    follower = merged(main.ticket, staff)
    with acting_at(main.at):
        main.resolve()
    assert look(main.at) == 0
    inform(main)
    assert look(main.at + MINUTE) == 1
    assert acts(follower) == ["submit", "merge", "main_handled"]
    assert OutboxMessage.objects.filter(ticket=follower, kind="requester.main_handled").count() == 1
    assert follower.state is S.MERGED


def test_nobody_is_told_twice_not_even_at_closing(main, staff):
    merged(main.ticket, staff)
    inform(main)
    assert [look(main.at + n * MINUTE) for n in range(3)] == [1, 0, 0]
    with acting_at(main.at + MINUTE):
        main.confirm()
        main.close()
    assert look(main.at + 2 * MINUTE) == 0


def test_what_was_not_fixed_and_is_handled_again_is_told_again(main, staff):
    follower = merged(main.ticket, staff)
    inform(main)
    look(main.at)
    main.at += timedelta(hours=1)
    with acting_at(main.at):
        closure.report_not_fixed(main.id, by=Party.REQUESTER, note="Masih mati.")
        main.diagnose()
    assert look(main.at) == 0
    inform(main)
    assert look(main.at) == 1
    assert acts(follower).count("main_handled") == 2


@pytest.mark.parametrize("how", ["reject", "cancel"])
def test_follower_of_a_ticket_that_ended_without_handling_is_told_to_ask_anew(staff, how):
    main = make_ticket(at=MONDAY_9)
    follower = merged(main, staff)
    with acting_at(MONDAY_9 + 2 * MINUTE):
        if how == "reject":
            intake.reject_ticket(main.pk, by=staff.teknisi, note="Bukan layanan kami.")
        else:
            closure.cancel_ticket(main.pk, note="Sudah normal.")
    assert look(MONDAY_9 + 3 * MINUTE) == 1
    assert acts(follower)[-1] == "main_ended"


def test_followers_of_followers_are_told_as_well(main, staff):
    middle = make_ticket(at=MONDAY_9)
    last = merged(middle, staff)
    with acting_at(MONDAY_9 + 2 * MINUTE):
        intake.merge_ticket(middle.pk, main.ticket, by=staff.teknisi)
    inform(main)
    assert look(main.at) == 2
    assert acts(middle)[-1] == acts(last)[-1] == "main_handled"


def test_who_is_merged_into_a_ticket_already_handled_is_told_at_the_next_look(main, staff):
    inform(main)
    assert look(main.at) == 0
    follower = merged(main.ticket, staff)
    assert look(main.at + MINUTE) == 1
    assert acts(follower)[-1] == "main_handled"


def test_mail_and_entry_say_nothing_of_the_main_ticket(main, staff):
    follower = merged(main.ticket, staff)
    inform(main)
    look(main.at)
    event = follower.events.get(act="main_handled")
    assert (event.public, event.note, event.data) == (True, "", {})
    message = OutboxMessage.objects.get(kind="requester.main_handled")
    content = render(message, AgencyProfile.load())
    said = f"{content.subject} {content.plain} {content.html}"
    assert follower.number in said
    assert "selesai ditangani" in said
    for secret in (main.ticket.number, "RAHASIA-INDUK", "ORANG-LAIN", "RINCIAN-INDUK", "CATATAN-INDUK"):
        assert secret not in said


def test_confidential_main_ticket_tells_nobody(staff):
    main = Journey(staff=staff, at=MONDAY_9, service=make_service(is_security=True))
    main.to(S.RECOVERING)
    follower = merged(main.ticket, staff)
    inform(main)
    assert look(main.at) == 0
    assert acts(follower) == ["submit", "merge"]


def test_old_news_is_not_told(main, staff):
    merged(main.ticket, staff)
    inform(main)
    assert look(main.at + NEWS_FOR + MINUTE) == 0


def test_looking_costs_one_query_without_news_and_the_same_for_many_followers(
    main, staff, django_assert_num_queries
):
    merged(main.ticket, staff)
    with django_assert_num_queries(1):
        look(main.at)
    inform(main)
    look(main.at)
    with django_assert_num_queries(4):  # mains, followers, their followers, what they were told
        look(main.at)
    for _ in range(4):
        merged(main.ticket, staff)
    assert look(main.at) == 4
    with django_assert_num_queries(4):
        look(main.at)


def test_scheduler_tells_them_at_night_as_well(main, staff, capsys):
    follower = merged(main.ticket, staff)
    inform(main)
    with acting_at(MONDAY_9 + timedelta(hours=13)):
        call_command("helpdesk_tick")
    assert "1 followers told" in capsys.readouterr().out
    assert acts(follower)[-1] == "main_handled"


@pytest.mark.django_db(transaction=True)
def test_many_looks_at_once_tell_once():
    make_agency_data()
    staff = Staff()
    main = Journey(staff=staff, at=MONDAY_9)
    main.to(S.RECOVERING)
    follower = merged(main.ticket, staff)
    inform(main)
    results = _in_threads(*[lambda: look(main.at + MINUTE) for _ in range(5)])
    assert sum(results) == 1
    assert TicketEvent.objects.filter(ticket=follower, act="main_handled").count() == 1
    assert OutboxMessage.objects.filter(ticket=follower, kind="requester.main_handled").count() == 1
