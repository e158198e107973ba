"""Who may do what with notices, what is refused, and what follows when one is published or withdrawn.

Wagtail publishes the words of a notice (drafts, schedule, approval); `after_publication` follows from it,
once. Nobody but the services of notices moves a notice's phase: notice_drafts, notice_updates (the timeline),
notice_emergency.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from helpdesk_plugin import clock, signals
from helpdesk_plugin.domain.notices import ENDED, NoticeKind, UpdateNature
from helpdesk_plugin.models import AnnouncedStates, NoticeUpdate, StatusNotice
from helpdesk_plugin.notifications import notice_news, outbox
from helpdesk_plugin.notifications.facts import moment

DRAFT = "helpdesk_plugin.add_statusnotice"
WRITE = "helpdesk_plugin.change_statusnotice"
PUBLISH = "helpdesk_plugin.publish_statusnotice"
EMERGENCY = "helpdesk_plugin.publish_emergency_statusnotice"
#: Whose turn it is when an author stays silent, and who reviews: whoever may publish.
PUBLISHERS = "publish_statusnotice"

UPDATE_ACTION = "helpdesk.notice.update"
EMERGENCY_ACTION = "helpdesk.notice.emergency"
REVIEW_ACTION = "helpdesk.notice.review"


class NoticeRefused(Exception):
    """Base of what is refused here; nothing was changed."""


class NotPublic(NoticeRefused):
    """Updates belong to a notice that anybody may read."""


class PhaseNotOpen(NoticeRefused):
    """The notice cannot take this phase: it is of another kind, or over."""


class NotAnEmergency(NoticeRefused):
    """The priority is below what the emergency line is open for, or the wording is not made for it."""


def after_publication(notice: StatusNotice, *, by: Any = None) -> None:
    """What follows when Wagtail has made a notice live: its first line, or the news that its dates moved.

    Called for every publication, however late or often: the first line exists once, and dates are news only
    when they differ from those that were announced. The states of its services are kept as announced.
    """
    if not notice.live:
        return
    with transaction.atomic():
        stored = StatusNotice.objects.select_for_update().get(pk=notice.pk)
        opening, first = NoticeUpdate.objects.get_or_create(
            notice=stored,
            nature=UpdateNature.OPENING.value,
            defaults={
                "phase": stored.phase,
                "notify": stored.notify_on_publish,
                "published_at": clock.now(),
                "author": by or stored.author,
            },
        )
        _keep_states(stored)
        if first:
            _end_at_once(stored)
            announce(opening)
        elif _moved(stored):
            announce(_reschedule(stored, by))
        StatusNotice.objects.filter(pk=stored.pk).update(
            announced_start=stored.starts_at, announced_end=stored.expected_end
        )
        tell_after_commit(stored)


def after_withdrawal(notice: StatusNotice) -> None:
    """A notice has expired or was withdrawn: whoever keeps copies should look again."""
    tell_after_commit(notice)


def _keep_states(notice: StatusNotice) -> None:
    """Write down the states of the services if this publication changed them."""
    states = {str(row.service_id): row.state for row in notice.affected_services.all()}
    last = notice.announced_states.order_by("-since", "-pk").first()
    if last is None or last.states != states:
        AnnouncedStates.objects.create(notice=notice, since=clock.now(), states=states)


def _end_at_once(notice: StatusNotice) -> None:
    """What is published as over already has ended: when it was expected to, if that has passed, else now."""
    if notice.ended_at is None and notice.phase in ENDED:
        now, ends = clock.now(), notice.expected_end
        notice.ended_at = ends if ends and ends <= now else now
        StatusNotice.objects.filter(pk=notice.pk).update(ended_at=notice.ended_at)


def _moved(notice: StatusNotice) -> bool:
    announced = (notice.announced_start, notice.announced_end)
    return (
        notice.kind == NoticeKind.MAINTENANCE
        and notice.ended_at is None
        and announced != (notice.starts_at, notice.expected_end)
    )


def _reschedule(notice: StatusNotice, by: Any) -> NoticeUpdate:
    return NoticeUpdate.objects.create(
        notice=notice,
        nature=UpdateNature.RESCHEDULED.value,
        phase=notice.phase,
        words=_new_dates(notice, "id"),
        words_en=_new_dates(notice, "en"),
        published_at=clock.now(),
        author=by,
    )


def _new_dates(notice: StatusNotice, language: str) -> str:
    with translation.override(language):
        now = _("New time: %(start)s to %(end)s.") % {
            "start": moment(notice.starts_at),
            "end": moment(notice.expected_end),
        }
        before = _("Announced before: %(start)s to %(end)s.") % {
            "start": moment(notice.announced_start),
            "end": moment(notice.announced_end),
        }
    return f"{now}\n{before}"


def announce(update: NoticeUpdate) -> None:
    if update.notify:
        notice_news.queue(update)
        transaction.on_commit(outbox.kick, robust=True)


def tell_after_commit(notice: StatusNotice) -> None:
    send = partial(signals.notice_changed.send_robust, StatusNotice, notice=notice)
    transaction.on_commit(send, robust=True)
