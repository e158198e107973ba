"""Related tickets: which are named, in which order, and to whom."""

import pytest

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.staff.related import EACH, related_to, words_of
from tests.factories import make_opd, make_service, make_ticket, ticket_at


def named(ticket, user) -> list[list[str]]:
    return [[one.number for one in related.tickets] for related in related_to(ticket, user)]


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        ("Internet kantor mati sejak pagi", ["internet", "mati"]),
        ("Printer printer PRINTER rusak", ["printer", "rusak"]),
        ("yang dari pada", []),
        ("", []),
        ("a b c 1 2 3", []),
    ],
)
def test_words_that_tell_something(summary, words):
    assert words_of(summary) == words


def test_same_agency_same_service_similar_words(staff):
    opd, service = make_opd(), make_service()
    ticket = make_ticket(opd=opd, service=service, summary="Printer bidang anggaran macet kertas")
    of_agency = make_ticket(opd=opd, summary="Lain sama sekali")
    of_service = make_ticket(service=service, summary="Soal berbeda")
    similar = make_ticket(summary="Kertas macet pada printer loket")
    make_ticket(summary="Tidak ada hubungannya")
    assert named(ticket, staff.teknisi) == [[of_agency.number], [of_service.number], [similar.number]]


def test_one_word_in_common_is_no_relation(staff):
    ticket = make_ticket(summary="Printer macet kertas")
    make_ticket(summary="Printer baru untuk loket")
    assert named(ticket, staff.teknisi) == []


def test_ended_tickets_are_named_for_their_words_alone(staff):
    opd = make_opd()
    ended = ticket_at(TicketStatus.CLOSED, staff=staff, opd=opd, summary="Printer macet kertas")
    ticket = make_ticket(opd=opd, summary="Kertas macet di printer")
    assert named(ticket, staff.teknisi) == [[ended.number]]


def test_solved_ones_tell_what_the_cause_was_and_what_helped(staff):
    ticket_at(TicketStatus.CLOSED, staff=staff, summary="Printer macet kertas")
    ticket = ticket_at(TicketStatus.DIAGNOSING, staff=staff, summary="Kertas macet di printer")
    open_one = make_ticket(opd=ticket.opd, summary="Printer macet kertas")
    of_agency, by_words = related_to(ticket, staff.prakom)
    assert [(one.number, one.cause) for one in of_agency.tickets] == [(open_one.number, "")]
    (solved,) = by_words.tickets
    assert (solved.cause, solved.action) == (
        solved.diagnosis_set.get().cause,
        solved.solution_set.get().action,
    )
    assert solved.cause
    assert solved.action


def test_no_ticket_is_named_twice(staff):
    ticket = make_ticket(summary="Printer macet kertas")
    make_ticket(opd=ticket.opd, service=ticket.service, summary="Printer macet kertas")
    found = [number for numbers in named(ticket, staff.teknisi) for number in numbers]
    assert len(found) == 1


def test_lists_are_short(staff):
    opd = make_opd()
    for _ in range(EACH + 2):
        make_ticket(opd=opd, summary="Lain")
    (found,) = named(make_ticket(opd=opd, summary="Satu"), staff.teknisi)
    assert len(found) == EACH


@pytest.mark.usefixtures("narrow_circle")
def test_confidential_tickets_are_named_to_those_alone_who_may_see_them(staff):
    opd = make_opd()
    secret = make_ticket(opd=opd, service=make_service(is_security=True), summary="Printer macet kertas")
    ticket = make_ticket(opd=opd, summary="Printer macet kertas")
    assert named(ticket, staff.teknisi) == []
    assert secret.number in {number for numbers in named(ticket, staff.prakom) for number in numbers}


@pytest.mark.parametrize("summary", ["%%%% ____ \\\\\\\\ ''''", "{% x %} {{ y }}", "ﷺ" * 50, "kata " * 30])
def test_odd_words_do_no_harm(staff, summary):
    assert named(make_ticket(summary=summary.strip()), staff.teknisi) == []
