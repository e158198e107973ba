"""A notice that is going on and silent: its author is reminded, then the editors, in working time."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.notices import NoticeKind, Nudge, nudges_due
from helpdesk_plugin.models import HelpDeskSettings, NoticeNudge, StatusNotice
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.recipients import reachable
from helpdesk_plugin.permissions import holders_of
from helpdesk_plugin.services.notices import PUBLISHERS


def going_on(now: datetime) -> QuerySet[StatusNotice]:
    """Notices that people wait for news of, with ``last_word``, the moment of the last public line.

    Disruptions, and maintenance in progress; announcements are complete as they are. Aware UTC.
    """
    said = Max("updates__published_at", filter=Q(updates__published_at__lte=now))
    return (
        StatusNotice.objects.current(now)
        .exclude(kind=NoticeKind.ANNOUNCEMENT)
        .annotate(last_word=said)
        .select_related("author__wagtail_userprofile")
    )


def silent_since(notice: StatusNotice) -> datetime:
    """Since when nothing was said; a maintenance that began in silence is silent since it began."""
    words = getattr(notice, "last_word", None) or notice.first_published_at or notice.starts_at
    return max(words, notice.starts_at)


def stale_notices(now: datetime) -> list[StatusNotice]:
    """Notices that have been silent for longer than agreed, the longest first. Seven queries."""
    allowed, hours = _allowed(), calendar()
    found = [
        notice
        for notice in going_on(now)
        if nudges_due(hours.between(min(silent_since(notice), now), now), allowed)
    ]
    return sorted(found, key=silent_since)


def nudge_silent_notices(now: datetime) -> int:
    """Remind of every notice that has been silent too long; returns how many reminders were new.

    Each level once for each silence: a row of its own says so, whoever looks and however often.
    """
    allowed, hours, fresh = _allowed(), calendar(), 0
    for notice in going_on(now):
        since = silent_since(notice)
        for level in nudges_due(hours.between(min(since, now), now), allowed):
            fresh += _nudge(notice, since, level, now)
    return fresh


def _allowed() -> timedelta:
    return timedelta(hours=HelpDeskSettings.load().notice_stale_hours)


def _nudge(notice: StatusNotice, since: datetime, level: Nudge, now: datetime) -> bool:
    with transaction.atomic():
        nudge, made = NoticeNudge.objects.get_or_create(
            notice=notice, since=since, level=level.value, defaults={"at": now}
        )
        if made:
            last = notice.updates.exclude(published_at=None).first()
            if last is not None:
                outbox.queue_notice_nudge(nudge, last, _told(notice, level))
            transaction.on_commit(outbox.kick, robust=True)
    return made


def _told(notice: StatusNotice, level: Nudge) -> list[Any]:
    """Whom a level reaches: the author, or every editor where there is none or it is their turn."""
    if level is Nudge.AUTHOR and notice.author_id and (author := list(reachable([notice.author_id]))):
        return author
    return list(reachable(holders_of([PUBLISHERS])[PUBLISHERS]))
