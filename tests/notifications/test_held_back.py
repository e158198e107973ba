"""Messages that are held back: for want of permission, address, key or words, or for a stranger's sake."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import MessageState, MessageText, OutboxMessage, Ticket
from helpdesk_plugin.notifications import delivery
from helpdesk_plugin.notifications.delivery import deliver_due
from helpdesk_plugin.services import submission
from tests.factories import Journey, filing, make_ticket, make_user

REQUESTER = "sari.melati@example.test"


@pytest.fixture
def message(agency):
    """The confirmation of a new ticket, waiting."""
    make_ticket()
    return OutboxMessage.objects.get()


@pytest.fixture
def now():
    """A little later than anything that the test will queue, however slow the machine."""
    return timezone.now() + timedelta(hours=1)


# --- Messages that are not sent -----------------------------------------------------------------------


def test_officer_who_lost_the_permission_gets_nothing(staff, now):
    make_ticket()
    staff.teknisi.groups.clear()
    assert deliver_due(now).results == {"sent": 1, "dropped": 1}
    dropped = OutboxMessage.objects.get(recipient=staff.teknisi)
    assert dropped.state == MessageState.DROPPED
    assert dropped.last_error == "Petugas tidak lagi berwenang melihat atau menangani tiket ini."
    assert [m.to for m in mail.outbox] == [[REQUESTER]]


def test_officer_who_may_still_look_but_no_longer_act_gets_nothing(staff, now):
    make_ticket()
    staff.teknisi.groups.set(make_user(Role.AUDITOR).groups.all())
    assert deliver_due(now).results == {"sent": 1, "dropped": 1}


def test_officer_who_left_gets_nothing(staff, now):
    make_ticket()
    staff.teknisi.is_active = False
    staff.teknisi.save()
    assert deliver_due(now).results == {"sent": 1, "dropped": 1}


def test_officer_who_may_not_see_security_matters_gets_nothing_once_it_is_one(staff, now):
    make_ticket()
    Ticket.objects.update(security_flag=True)
    staff.teknisi.groups.get().permissions.remove(Permission.objects.get(codename="view_security_ticket"))
    assert deliver_due(now).results == {"sent": 1, "dropped": 1}


def test_officer_on_the_ticket_gets_it_without_a_desk_of_their_own(staff, now):
    journey = Journey(staff=staff)
    journey.to(TicketStatus.ASSIGNED)
    OutboxMessage.objects.all().delete()
    journey.verify()
    staff.teknisi.groups.set(make_user(Role.AUDITOR).groups.all())
    assert deliver_due(now).results == {"sent": 2}


def test_requester_without_address_any_more_gets_nothing(message, now):
    Ticket.objects.update(requester_email="")
    assert deliver_due(now).results == {"dropped": 1}


@pytest.mark.parametrize("address", ["a@example.test, b@example.test", "a@b\nBcc: c@example.test", "kacau"])
def test_address_that_is_none_parks_the_message(message, now, address):
    Ticket.objects.update(requester_email=address)
    assert deliver_due(now).results == {"parked": 1}
    assert mail.outbox == []


def test_retired_key_parks_the_message_with_what_to_do(message, now, settings):
    settings.HELPDESK_TRACKING_KEYS = ["kunci-baru-" + "x" * 40]
    assert deliver_due(now).results == {"parked": 1}
    message.refresh_from_db()
    assert "HELPDESK_TRACKING_KEYS" in message.last_error


def test_kind_without_text_parks_the_message(message, now):
    OutboxMessage.objects.update(kind="requester.unheard")
    assert deliver_due(now).results == {"parked": 1}


def test_message_that_cannot_be_written_does_not_hold_up_the_others(staff, now, monkeypatch):
    make_ticket()
    render = delivery.render

    def broken(message, agency):
        if message.to_requester:
            raise RuntimeError("template")
        return render(message, agency)

    monkeypatch.setattr(delivery, "render", broken)
    assert deliver_due(now).results == {"retry": 1, "sent": 1}
    assert OutboxMessage.objects.get(recipient=None).last_error == "RuntimeError: template"


def test_broken_text_of_the_agency_is_sent_as_it_stands(message, now):
    MessageText.objects.create(
        kind="requester.submit", language="id", subject="{number", body="{nama} {} } {link}"
    )
    deliver_due(now)
    assert mail.outbox[0].subject == "{number"
    assert mail.outbox[0].body.startswith("{nama} {} } http://testserver/")


# --- A stranger's address -----------------------------------------------------------------------------


def test_stranger_gets_five_mails_an_hour_and_every_ticket_its_confirmation(agency, now):
    for _ in range(12):
        make_ticket(requester_email="Orang.Lain@example.test")
    make_ticket()
    OutboxMessage.objects.update(next_attempt_at=now)
    assert deliver_due(now).results == {"sent": 6, "postponed": 7}
    assert deliver_due(now + timedelta(minutes=59)).results == {}
    assert deliver_due(now + timedelta(minutes=60)).results == {"sent": 5, "postponed": 2}
    assert deliver_due(now + timedelta(minutes=120)).results == {"sent": 2}
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {(MessageState.SENT, 1)}


def test_writing_an_address_differently_gives_it_no_second_share(agency, now):
    for n in range(6):
        make_ticket(requester_email=f"{'KORBAN' if n % 2 else 'korban'}@example.test")
    assert deliver_due(now).results == {"sent": 5, "postponed": 1}


def test_mails_that_officers_cause_are_not_held_back(staff, now):
    for _ in range(7):
        submission.submit_ticket(filing(), by=staff.teknisi)
    assert deliver_due(now).results == {"sent": 7}


def test_mails_that_others_are_sending_count_too(agency, now):
    for _ in range(6):
        make_ticket()
    held = OutboxMessage.objects.order_by("pk").values_list("pk", flat=True)[:5]
    OutboxMessage.objects.filter(pk__in=list(held)).update(
        state=MessageState.SENDING, next_attempt_at=now + delivery.LEASE
    )
    assert deliver_due(now).results == {"postponed": 1}
