"""The daily digest: queued once a working day, for every officer whom open tickets concern."""

from datetime import datetime

from django.db import transaction

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import DigestDay, HelpDeskSettings
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.digests import Board
from helpdesk_plugin.notifications.recipients import reachable


def queue_digests(now: datetime) -> int:
    """Queue the digests of the day of ``now`` (UTC) unless that has been done; return for how many officers.

    The caller asks within working hours. The day is claimed by a row of its own in the same transaction, so
    that of several looks at once one queues, and a day on which nobody had anything to be told stays quiet.
    Costs two queries once the day is done, else the same number however many tickets and officers.
    """
    day = agency_date(now)
    if not HelpDeskSettings.load().daily_digest or DigestDay.objects.filter(day=day).exists():
        return 0
    with transaction.atomic():
        _day, is_mine = DigestDay.objects.get_or_create(day=day, defaults={"at": now})
        if not is_mine:
            return 0
        officers = list(reachable(Board(now).readers()))
        outbox.queue_digests(day, officers)
        transaction.on_commit(outbox.kick, robust=True)
    return len(officers)
