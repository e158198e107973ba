"""Who may know of which tickets, and how tickets are found."""

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Ticket
from tests.factories import make_agency_data, make_ticket, make_user, without_security_rights


@pytest.fixture
def tickets(db):
    make_agency_data()
    plain, secret = make_ticket(), make_ticket(summary="Situs diretas")
    Ticket.objects.filter(pk=secret.pk).update(security_flag=True)
    return plain, secret


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.HEAD_OF_AGENCY, 2),
        (Role.DIVISION_HEAD, 2),
        (Role.COMPUTER_OFFICER, 2),
        (Role.TECHNICAL_SUPPORT, 2),
        (Role.MANAGER, 2),
        (Role.AUDITOR, 2),
        (Role.EDITOR, 0),
        (None, 0),
    ],
)
def test_visible_to_each_role(tickets, role, seen):
    assert Ticket.objects.visible_to(make_user(role)).count() == seen


def test_narrower_circle_sees_no_security_ticket(tickets):
    operator = make_user(Role.TECHNICAL_SUPPORT)
    without_security_rights(operator)
    assert list(Ticket.objects.visible_to(operator)) == [tickets[0]]


def test_inactive_user_sees_nothing(tickets):
    assert not Ticket.objects.visible_to(make_user(Role.MANAGER, is_active=False)).exists()


@pytest.mark.parametrize("words", ["internet", "INTERNET kantor", "anggaran", "sari melati", "mod"])
def test_search_finds_words_and_parts_of_words(tickets, words):
    assert tickets[0] in Ticket.objects.search(words)


@pytest.mark.parametrize(
    "words", ["tidakada", "internet tidakada", "xy", "", " ", "\x00", "%%%", "___", "081234"]
)
def test_search_finds_nothing_for_nothing(tickets, words):
    assert list(Ticket.objects.search(words)) == []


def test_search_finds_numbers_as_people_type_them(tickets):
    number = tickets[0].number
    for typed in (number, number.lower(), number.replace("-", " ")):
        assert list(Ticket.objects.search(typed)) == [tickets[0]]


def test_work_order_is_priority_then_deadline(tickets):
    urgent = make_ticket(who_affected="public", alternative="no")
    assert Ticket.objects.in_work_order().first() == urgent
