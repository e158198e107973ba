"""The daily digest is queued once a working day, at its start, for those who have something to be told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    DigestDay,
    HelpDeskSettings,
    Holiday,
    MessageState,
    OfficerPreferences,
    OutboxMessage,
)
from helpdesk_plugin.services.digests import queue_digests
from helpdesk_plugin.services.upkeep import look_after
from tests.factories import MONDAY_9, Journey, make_ticket, make_user

S = TicketStatus
TUESDAY = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 07.30 WIB
MINUTE = timedelta(minutes=1)


@pytest.fixture
def everyone(staff):
    """A ticket that waits for the head of agency; the other heads follow it, the technicians have nothing."""
    staff.performers()
    make_user(Role.AUDITOR)
    Journey(staff=staff, at=MONDAY_9).to(S.TRIAGED)
    OutboxMessage.objects.all().delete()
    return staff


def digest(at):
    with acting_at(at):
        return queue_digests(at)


def look(at):
    with acting_at(at):
        return look_after(at).digests


def queued():
    rows = OutboxMessage.objects.filter(day__isnull=False).select_related("recipient").order_by("pk")
    return [(str(row.day), row.recipient) for row in rows]


def test_every_officer_whom_tickets_concern_gets_one_and_nobody_else(everyone):
    assert digest(TUESDAY) == 2
    assert queued() == [("2026-11-24", everyone.kadis), ("2026-11-24", everyone.kabid)]


def test_second_look_and_a_later_ticket_bring_no_second_digest(everyone):
    digest(TUESDAY)
    make_ticket(at=TUESDAY)
    assert [digest(TUESDAY + minutes * MINUTE) for minutes in (0, 1, 300)] == [0, 0, 0]
    assert len(queued()) == 2


def test_day_on_which_nobody_had_anything_stays_quiet(staff):
    staff.performers()
    assert digest(TUESDAY) == 0
    make_ticket(at=TUESDAY + MINUTE)
    assert digest(TUESDAY + 2 * MINUTE) == 0
    assert str(DigestDay.objects.get().day) == "2026-11-24"


def test_next_working_day_has_its_own(everyone):
    digest(TUESDAY)
    assert digest(TUESDAY + timedelta(days=1)) == 2
    assert [day for day, _user in queued()] == ["2026-11-24"] * 2 + ["2026-11-25"] * 2


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (TUESDAY - MINUTE, 0),
        (TUESDAY, 2),
        (datetime(2026, 11, 24, 5, 30, tzinfo=UTC), 0),  # lunch
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), 2),  # a scheduler that was down all day
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), 0),  # 16.00
        (datetime(2026, 11, 28, 2, 0, tzinfo=UTC), 0),  # Saturday
        (datetime(2026, 11, 26, 2, 0, tzinfo=UTC), 0),  # the holiday below
    ],
)
def test_first_look_within_working_hours_sends_it(everyone, at, sent):
    Holiday.objects.create(day="2026-11-26", name="Libur")
    assert look(at) == sent


def test_days_without_a_look_are_not_made_up_for(everyone):
    digest(TUESDAY)
    assert digest(TUESDAY + timedelta(days=3)) == 2
    assert {day for day, _user in queued()} == {"2026-11-24", "2026-11-27"}


def test_agency_can_switch_it_off(everyone):
    own = HelpDeskSettings.load()
    own.daily_digest = False
    own.save()
    assert digest(TUESDAY) == 0
    assert not DigestDay.objects.exists()


def test_officer_can_decline_it(everyone):
    OfficerPreferences.objects.create(user=everyone.kadis, daily_digest=False)
    assert digest(TUESDAY) == 1
    assert queued() == [("2026-11-24", everyone.kabid)]


@pytest.mark.parametrize("lacking", [{"email": ""}, {"is_active": False}])
def test_officer_who_cannot_be_reached_is_left_out(everyone, lacking):
    type(everyone.kadis).objects.filter(pk=everyone.kadis.pk).update(**lacking)
    assert digest(TUESDAY) == 1
    assert queued() == [("2026-11-24", everyone.kabid)]


def test_digest_that_could_not_be_queued_leaves_the_day_open(everyone, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("stopped")

    monkeypatch.setattr("helpdesk_plugin.notifications.outbox.queue_digests", broken)
    with pytest.raises(RuntimeError):
        digest(TUESDAY)
    assert not DigestDay.objects.exists()
    monkeypatch.undo()
    assert digest(TUESDAY + MINUTE) == 2


def test_row_of_the_same_person_and_day_cannot_be_doubled(everyone):
    digest(TUESDAY)
    DigestDay.objects.all().delete()  # as if it had been lost
    assert digest(TUESDAY + MINUTE) == 2
    assert len(queued()) == 2


@pytest.mark.parametrize("fields", [{"ticket": None}, {"day": "2026-11-24"}, {"event": None}])
def test_message_is_about_an_act_or_a_day_never_both_or_neither(everyone, fields):
    ticket = make_ticket()
    message = OutboxMessage.objects.filter(ticket=ticket).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(**fields)


@pytest.mark.parametrize("colleagues", [0, 8])
def test_queueing_costs_the_same_for_any_number_of_officers(everyone, colleagues, django_assert_num_queries):
    for _ in range(colleagues):
        make_user(Role.DIVISION_HEAD)
    with django_assert_num_queries(18):
        assert digest(TUESDAY) == 2 + colleagues
    with django_assert_num_queries(2):
        assert digest(TUESDAY + MINUTE) == 0


def test_digest_waits_in_the_queue_like_every_message(everyone):
    digest(TUESDAY)
    row = OutboxMessage.objects.get(recipient=everyone.kadis)
    assert (row.kind, row.state, row.ticket, row.event) == ("desk.digest", MessageState.QUEUED, None, None)
    assert row.created_at == TUESDAY
