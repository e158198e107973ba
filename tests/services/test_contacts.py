"""Contacts (PIC): one ends where the next begins, and what they may do ends with the day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import OpdContact, Ticket
from helpdesk_plugin.services.contacts import contacts_today, hand_over, reply_as_contact
from helpdesk_plugin.services.errors import NotPermitted
from tests.factories import make_opd, make_service, make_ticket, make_user, ticket_at

PONTIANAK = ZoneInfo("Asia/Pontianak")
ADDRESS = "pic@example.test"
TODAY = date(2026, 11, 23)


def make_contact(opd=None, **fields):
    fields = {"name": "Rina Wati", "email": ADDRESS, "first_day": date(2026, 1, 1), **fields}
    return OpdContact.objects.create(opd=opd or make_opd(), **fields)


@pytest.fixture
def manager(db):
    return make_user(Role.MANAGER)


def at(day, hour=9):
    return acting_at(datetime(day.year, day.month, day.day, hour, tzinfo=PONTIANAK))


def following(**fields):
    return {"name": "Dewi Sartika", "email": "dewi@example.test", "first_day": TODAY, **fields}


def test_hand_over_ends_one_the_day_before_the_next(manager):
    present = make_contact()
    next_one = hand_over(present.pk, by=manager, **following())
    present.refresh_from_db()
    assert present.last_day == TODAY - timedelta(days=1)
    assert (next_one.opd_id, next_one.first_day, next_one.last_day) == (present.opd_id, TODAY, None)
    assert [row.history_user for row in present.history.all()] == [manager, None]
    assert [row.history_user for row in next_one.history.all()] == [manager]


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({"email": ADDRESS.upper()}, "email"),
        ({"email": "bukan alamat"}, "email"),
        ({"name": ""}, "name"),
        ({"first_day": date(2026, 1, 1)}, "first_day"),
        ({"first_day": date(2025, 1, 1)}, "first_day"),
    ],
)
def test_hand_over_that_cannot_be_changes_nothing(manager, fields, about):
    present = make_contact()
    with pytest.raises(ValidationError) as refused:
        hand_over(present.pk, by=manager, **following(**fields))
    assert list(refused.value.message_dict) == [about]
    present.refresh_from_db()
    assert (present.last_day, OpdContact.objects.count()) == (None, 1)


def test_hand_over_to_somebody_already_in_office_is_refused(manager):
    present = make_contact()
    make_contact(present.opd, email="dewi@example.test", name="Dewi Sartika")
    with pytest.raises(ValidationError, match="sudah menjadi PIC"):
        hand_over(present.pk, by=manager, **following(email=" Dewi@example.test"))
    present.refresh_from_db()
    assert present.last_day is None


def test_hand_over_of_what_has_ended_is_refused(manager):
    present = make_contact(last_day=date(2026, 6, 30))
    with pytest.raises(ValidationError):
        hand_over(present.pk, by=manager, **following())
    present.refresh_from_db()
    assert present.last_day == date(2026, 6, 30)


def test_hand_over_needs_the_managers_right(db):
    present = make_contact()
    for role in (Role.AUDITOR, Role.HEAD_OF_AGENCY, Role.TECHNICAL_SUPPORT):
        with pytest.raises(PermissionDenied):
            hand_over(present.pk, by=make_user(role), **following())
    assert OpdContact.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2025, 1, 1), None, True),
        (date(2026, 3, 1), date(2026, 3, 2), True),
    ],
)
def test_same_person_is_contact_of_an_agency_once_on_any_day(db, first, last, overlaps):
    opd = make_contact(last_day=date(2026, 6, 30)).opd
    again = OpdContact(opd=opd, name="Rina", email=ADDRESS.upper(), first_day=first, last_day=last)
    if overlaps:
        with pytest.raises(ValidationError):
            again.full_clean()
    else:
        again.full_clean()
    for other in ({"opd": make_opd()}, {"email": "lain@example.test"}):
        OpdContact(**{"opd": opd, "name": "R", "email": ADDRESS, "first_day": first} | other).full_clean()


def test_last_day_before_the_first_is_refused(db):
    row = OpdContact(opd=make_opd(), name="R", email=ADDRESS, first_day=TODAY, last_day=date(2026, 1, 1))
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == ["last_day"]


@pytest.mark.parametrize(
    ("day", "sees"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_contact_sees_the_agency_from_the_first_to_the_last_day_of_the_agencys_calendar(db, day, sees):
    ticket = make_ticket()
    make_contact(ticket.opd, last_day=date(2026, 6, 30))
    for hour in (0, 23):
        with at(day, hour):
            assert bool(contacts_today(ADDRESS)) is sees
            assert Ticket.objects.of_contact(ADDRESS, day).exists() is sees


def test_contact_sees_neither_other_agencies_nor_secrets_nor_their_own_twice(db):
    ticket = make_ticket()
    make_contact(ticket.opd)
    make_ticket()
    make_ticket(opd=ticket.opd, service=make_service(is_security=True))
    make_ticket(opd=ticket.opd, requester_email=ADDRESS.upper())
    assert list(Ticket.objects.of_contact(ADDRESS, TODAY)) == [ticket]
    assert Ticket.objects.filed_with(ADDRESS).count() == 1
    assert not Ticket.objects.of_contact("", TODAY).exists()
    assert not Ticket.objects.filed_with("").exists()


def test_reply_is_signed_for_officers_and_by_office_for_the_public(db):
    ticket = make_ticket()
    contact = make_contact(ticket.opd)
    for _ in range(2):
        reply_as_contact(ticket.pk, contact, note="Kapan selesai?", key="k1")
    event = ticket.events.get(act="reply")
    assert (event.party, event.data, event.public_note) == (
        "requester",
        {"contact": "Rina Wati"},
        "Kapan selesai?",
    )
    assert event.public_actor == "PIC OPD"


@pytest.mark.parametrize("why", ["ended", "other agency", "secret"])
def test_reply_of_somebody_who_is_not_the_contact_is_refused(db, why):
    secret = make_service(is_security=True) if why == "secret" else make_service()
    ticket = make_ticket(service=secret)
    opd = make_opd() if why == "other agency" else ticket.opd
    contact = make_contact(opd, last_day=date(2026, 1, 31) if why == "ended" else None)
    with at(TODAY), pytest.raises(NotPermitted):
        reply_as_contact(ticket.pk, contact, note="Halo")
    assert not ticket.events.filter(act="reply").exists()


def test_ended_ticket_takes_no_reply(staff):
    ticket = ticket_at(TicketStatus.CLOSED)
    with pytest.raises(StepNotAllowed):
        reply_as_contact(ticket.pk, make_contact(ticket.opd), note="Halo")
