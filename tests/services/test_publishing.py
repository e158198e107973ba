"""Several schedulers at once, ours and Wagtail's own: each notice is public once, and told once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import NoticeSubscription, OutboxMessage, StatusNotice
from helpdesk_plugin.notifications.decisions import NEWS
from helpdesk_plugin.services import notice_updates, subscriptions
from helpdesk_plugin.services.notice_updates import Words
from helpdesk_plugin.services.subscriptions import Wish
from tests.factories import make_agency_data, make_notice, make_user
from tests.services.test_tick import in_processes

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
READERS = ("satu@example.test", "dua@example.test", "tiga@example.test")


@pytest.fixture
def missed():
    """A notice and an update that should have been public an hour ago; three addresses wait for news.

    The notice that expired an hour ago is there for the expiry.
    """
    make_agency_data()
    editor, now = make_user(Role.EDITOR), timezone.now()
    for address in READERS:
        subscriptions.ask(address, Wish(), language="id")
    for asked in list(NoticeSubscription.objects.all()):
        subscriptions.confirm(asked.confirm_token)
    with time_machine.travel(now - 2 * HOUR, tick=False):
        late = make_notice(title="Terlambat", go_live_at=now - HOUR)
        going_on = make_notice(title="Berjalan", notify_on_publish=False)
        expiring = make_notice(title="Berakhir", expire_at=now - HOUR, notify_on_publish=False)
        notice_updates.write_update(going_on, Words("Kabar."), by=editor, publish_at=now - HOUR)
    assert not StatusNotice.objects.get(pk=late.pk).live
    OutboxMessage.objects.all().delete()
    return late, going_on, expiring


def told_once(late, going_on, expiring) -> None:
    for notice in (late, going_on, expiring):
        notice.refresh_from_db()
    assert (late.live, late.updates.count(), late.announced_states.count()) == (True, 1, 1)
    assert going_on.updates.count() == 2
    assert (expiring.live, expiring.expired) == (False, True)
    news = OutboxMessage.objects.filter(kind=NEWS).values_list("subscription__email", "notice_update__notice")
    assert Counter(news) == {(who, of.pk): 1 for who in READERS for of in (late, going_on)}
    actions = Counter(ModelLogEntry.objects.filter(object_id=str(late.pk)).values_list("action", flat=True))
    assert actions["wagtail.publish.scheduled"] == 1


def at_once(*commands: str) -> None:
    start, errors = threading.Barrier(len(commands)), []

    def run(command):
        try:
            start.wait(timeout=30)
            call_command(command, verbosity=0)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[command]) for command in commands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert errors == []


def test_many_schedulers_in_threads_publish_and_tell_once(missed, mail_server, deliver_mail):
    at_once(*["helpdesk_tick"] * 4)
    told_once(*missed)
    at_once(*["helpdesk_deliver"] * 3)
    arrived = Counter((letter["X-Envelope-To"], letter["Subject"]) for letter in mail_server.messages)
    assert len(arrived) == len(READERS) * 2
    assert set(arrived.values()) == {1}


def test_many_schedulers_in_processes_publish_and_tell_once(missed):
    in_processes(2, timezone.now())
    told_once(*missed)


def test_wagtail_s_own_command_beside_ours_tells_once(missed):
    """Sites that ran it before may have left it in their crontab."""
    at_once("helpdesk_tick", "publish_scheduled", "helpdesk_tick")
    late, going_on, _expiring = missed
    late.refresh_from_db()
    assert (late.live, late.updates.count()) == (True, 1)
    news = OutboxMessage.objects.filter(kind=NEWS).values_list("subscription__email", "notice_update__notice")
    assert Counter(news) == {(who, of.pk): 1 for who in READERS for of in (late, going_on)}
