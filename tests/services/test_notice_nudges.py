"""A silent notice reminds its author, then the editors; in working time, once a level, by mail."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from helpdesk_plugin.domain.notices import NoticePhase
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import HelpDeskSettings, NoticeNudge, OutboxMessage, StatusNotice
from helpdesk_plugin.services import notice_updates
from helpdesk_plugin.services.notice_nudges import nudge_silent_notices, stale_notices
from helpdesk_plugin.services.notice_updates import Words
from helpdesk_plugin.services.upkeep import look_after
from tests.factories import MONDAY_9, make_notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told() -> list[str]:
    return [
        message.recipient.username for message in OutboxMessage.objects.order_by("pk") if message.is_nudge
    ]


@pytest.fixture
def silent(staff):
    """A disruption that was published on Monday at 9 and has had no update since."""
    with time_machine.travel(MONDAY_9, tick=False):
        return make_notice(author=staff.teknisi, starts_at=MONDAY_9)


def test_the_author_first_then_the_editors_each_once(staff, silent):
    editor = staff[Role.EDITOR]
    told_at = {}
    # 9.00 to 16.00 is six working hours, with an hour of rest; Tuesday begins at 7.30.
    for hours in (3.9, 5, 6, 7, 24, 25, 30):
        with time_machine.travel(MONDAY_9 + hours * HOUR, tick=False):
            now = MONDAY_9 + hours * HOUR
            nudge_silent_notices(now), nudge_silent_notices(now)
            told_at[hours] = told()
    author = staff.teknisi.username
    assert told_at[3.9] == []
    assert told_at[5] == told_at[24] == [author]
    assert told_at[25] == told_at[30] == [author, editor.username]
    assert NoticeNudge.objects.count() == 2


def test_an_update_begins_the_silence_anew(staff, silent):
    with time_machine.travel(MONDAY_9 + 5 * HOUR, tick=False):
        assert [notice.pk for notice in stale_notices(MONDAY_9 + 5 * HOUR)] == [silent.pk]
        notice_updates.write_update(silent, Words("Masih dikerjakan."), by=staff[Role.EDITOR])
        assert stale_notices(MONDAY_9 + 5 * HOUR) == []
        assert nudge_silent_notices(MONDAY_9 + 6 * HOUR) == 0
    with time_machine.travel(MONDAY_9 + 26 * HOUR, tick=False):
        assert nudge_silent_notices(MONDAY_9 + 26 * HOUR) == 1


def test_nobody_is_reminded_at_night(staff, silent):
    night = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    with time_machine.travel(night, tick=False):
        assert look_after(night).nudged == 0


def test_what_is_over_or_plain_is_complete_as_it_is(staff, silent):
    with time_machine.travel(MONDAY_9, tick=False):
        make_notice(kind="announcement", starts_at=MONDAY_9)
        notice_updates.write_update(
            silent, Words("Pulih.", phase=NoticePhase.RESOLVED), by=staff[Role.EDITOR]
        )
    assert nudge_silent_notices(MONDAY_9 + 30 * HOUR) == 0


def test_an_agency_may_want_no_reminders(silent):
    settings = HelpDeskSettings.load()
    settings.notice_stale_hours = 0
    settings.save()
    assert nudge_silent_notices(MONDAY_9 + 30 * HOUR) == 0


def test_an_author_who_left_passes_it_on(staff, silent):
    staff.teknisi.is_active = False
    staff.teknisi.save()
    editor = staff[Role.EDITOR]
    nudge_silent_notices(MONDAY_9 + 5 * HOUR)
    assert told() == [editor.username]


def test_the_mail_says_since_when_and_where(staff, silent):
    with time_machine.travel(MONDAY_9 + 5 * HOUR, tick=False):
        nudge_silent_notices(MONDAY_9 + 5 * HOUR)
        call_command("helpdesk_deliver")
    [sent] = mail.outbox
    assert sent.to == [staff.teknisi.email]
    assert "Senin, 23 November 2026, 09.00 WIB" in sent.subject
    assert silent.title in sent.body
    assert f"/admin/helpdesk/notices/page/{silent.pk}/" in sent.body


def test_news_meanwhile_make_the_mail_moot(staff, silent):
    with time_machine.travel(MONDAY_9 + 5 * HOUR, tick=False):
        nudge_silent_notices(MONDAY_9 + 5 * HOUR)
        notice_updates.write_update(
            StatusNotice.objects.get(), Words("Sudah ada kabar.", notify=False), by=staff[Role.EDITOR]
        )
        call_command("helpdesk_deliver")
    assert mail.outbox == []
    assert OutboxMessage.objects.get().state == "dropped"
