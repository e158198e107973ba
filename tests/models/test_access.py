"""Tracking: derived, never stored, alive through key rotation."""

import pytest
from django.db import connection

from helpdesk_plugin.models import HelpDeskSettings, RetiredKey, Ticket, TicketAccess
from tests.factories import make_agency_data, make_ticket


@pytest.fixture
def ticket(db):
    make_agency_data()
    return make_ticket()


def test_number_and_code_open_the_ticket_however_they_are_typed(ticket):
    code = ticket.access.code
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "
    assert Ticket.objects.for_tracking(ticket.number.lower(), typed).get() == ticket


def test_wrong_pairs_open_nothing(ticket):
    code = ticket.access.code
    other = make_ticket()
    for number, typed in (
        (other.number, code),
        (ticket.number, other.access.code),
        ("HD-2026-999999", code),
        (ticket.number, ""),
        ("", code),
        ("\x00", "\x00"),
        ("\ud800", "\ud800"),
        (ticket.number, "A" * 1_000_000),
    ):
        assert not Ticket.objects.for_tracking(number, typed).exists()


def test_numbers_of_the_agencys_own_pattern_open_their_tickets(ticket):
    own = HelpDeskSettings.load()
    own.ticket_number_pattern = "TIK-{seq:4}-{year}"
    own.save()
    newer = make_ticket()
    year = newer.submitted_at.year
    assert newer.number == f"TIK-0002-{year}"
    assert Ticket.objects.for_tracking(f"tik 2 {year}", newer.access.code).get() == newer
    assert Ticket.objects.for_tracking(ticket.number.lower(), ticket.access.code).get() == ticket
    assert not Ticket.objects.for_tracking(newer.number, ticket.access.code).exists()


def test_link_token_opens_and_another_does_not(ticket):
    access = TicketAccess.objects
    assert access.ticket_id_for_link(ticket.number, ticket.access.link_token) == ticket.pk
    assert access.ticket_id_for_link(ticket.number, ticket.access.link_token[::-1]) is None
    assert access.ticket_id_for_link(ticket.number, "\ud800") is None


def test_code_has_sixty_bits_and_link_at_least_128(ticket):
    assert len(ticket.access.code) * 5 >= 60
    assert len(ticket.access.link_token) * 6 >= 128


def test_old_codes_survive_a_key_rotation(ticket, settings):
    code, token = ticket.access.code, ticket.access.link_token
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-secret-key-for-this-test-of-rotation"
    access = TicketAccess.objects.get(ticket=ticket)
    assert (access.code, access.link_token) == (code, token)
    assert make_ticket().access.key_id != access.key_id


def test_retired_key_opens_nothing_and_says_so(ticket, settings):
    code = ticket.access.code
    settings.HELPDESK_TRACKING_KEYS = ["quite-another-key"]
    assert not Ticket.objects.for_tracking(ticket.number, code).exists()
    with pytest.raises(RetiredKey):
        _ = TicketAccess.objects.get(ticket=ticket).code


def test_nothing_in_the_database_reads_like_code_or_token(ticket):
    secrets = {ticket.access.code, ticket.access.link_token}
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the schema
            values = {str(value) for row in cursor.fetchall() for value in row}
        assert not any(secret in value for value in values for secret in secrets), table
