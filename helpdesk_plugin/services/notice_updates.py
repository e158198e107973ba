"""Lines of a notice's timeline: written, kept as drafts or for an hour, published once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from helpdesk_plugin import clock
from helpdesk_plugin.domain import notices as rules
from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.models import NoticeUpdate, StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.notices import (
    PUBLISH,
    UPDATE_ACTION,
    WRITE,
    NoticeRefused,
    NotPublic,
    PhaseNotOpen,
    announce,
    tell_after_commit,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """What an update says: plain text in both languages, the phase it declares, whether subscribers hear."""

    words: str
    words_en: str = ""
    phase: NoticePhase | None = None
    notify: bool = True


def write_update(
    notice: StatusNotice,
    said: Words,
    *,
    by: Any,
    publish_at: datetime | None = None,
    draft: bool = False,
    key: UUID | None = None,
) -> NoticeUpdate:
    """Add a line to a notice's timeline: now, at ``publish_at``, or as a draft for whoever may publish.

    ``key`` makes a repeated request return what the first one wrote.
    Raises PermissionDenied, NotPublic and PhaseNotOpen.
    """
    right = WRITE if draft else PUBLISH
    if not holds(by, right):
        raise PermissionDenied
    with transaction.atomic():
        stored = StatusNotice.objects.select_for_update().get(pk=notice.pk)
        if key and (before := NoticeUpdate.objects.filter(notice=stored, key=key).first()):
            return before
        _require_open(stored, said.phase)
        update = NoticeUpdate.objects.create(
            notice=stored,
            phase=said.phase.value if said.phase else "",
            words=said.words.strip(),
            words_en=said.words_en.strip(),
            notify=said.notify,
            publish_at=None if draft else publish_at,
            author=by,
            key=key,
        )
        if not draft and (publish_at is None or publish_at <= clock.now()):
            return publish_update(update.pk, by=by)
    return update


def discard_update(update_id: int, *, by: Any) -> None:
    """Delete an update that was never public. Raises PermissionDenied; what is public stays."""
    if not holds(by, PUBLISH):
        raise PermissionDenied
    NoticeUpdate.objects.filter(pk=update_id, published_at=None).delete()


def publish_update(update_id: int, *, by: Any) -> NoticeUpdate:
    """Make an update public, once: whoever comes second changes nothing.

    ``by`` is a user who may publish, or Party.SYSTEM at its hour. Raises PermissionDenied, NotPublic,
    PhaseNotOpen.
    """
    if by is not Party.SYSTEM and not holds(by, PUBLISH):
        raise PermissionDenied
    with transaction.atomic():
        notice_id = NoticeUpdate.objects.values_list("notice_id", flat=True).get(pk=update_id)
        notice = StatusNotice.objects.select_for_update().get(pk=notice_id)
        update = NoticeUpdate.objects.get(pk=update_id)
        update.notice = notice
        if update.published_at is None:
            _publish(update, None if by is Party.SYSTEM else by)
    return update


def _publish(update: NoticeUpdate, user: Any) -> None:
    notice, now = update.notice, clock.now()
    declared = NoticePhase(update.phase) if update.phase else None
    _require_open(notice, declared)
    update.phase = declared or notice.phase_at(now) or ""
    update.published_at = now
    update.save(update_fields=["phase", "published_at"])
    if declared and declared.value != notice.phase:
        ended = now if declared in rules.ENDED else None
        StatusNotice.objects.filter(pk=notice.pk).update(phase=update.phase, ended_at=ended)
        notice.phase, notice.ended_at = update.phase, ended
    log(notice, UPDATE_ACTION, user=user, data={"update": update.pk, "phase": update.phase})
    announce(update)
    tell_after_commit(notice)


def _require_open(notice: StatusNotice, phase: NoticePhase | None) -> None:
    now = clock.now()
    if not StatusNotice.objects.public(now).filter(pk=notice.pk).exists():
        raise NotPublic
    if phase is not None and phase not in phases_open(notice, now):
        raise PhaseNotOpen


def phases_open(notice: StatusNotice, now: datetime) -> tuple[NoticePhase, ...]:
    """The phases that an update of this notice may declare at a moment."""
    stored = NoticePhase(notice.phase) if notice.phase else None
    return rules.phases_to_choose(NoticeKind(notice.kind), stored, notice.starts_at, now)


def publish_due_updates(now: datetime) -> int:
    """Publish updates whose hour has come, late if nobody looked at the hour, each once. Returns how many.

    One that can no longer be published (its notice was withdrawn, its phase is past) becomes a draft again.
    """
    published = 0
    for pk in list(NoticeUpdate.objects.due(now).values_list("pk", flat=True)):
        try:
            publish_update(pk, by=Party.SYSTEM)
            published += 1
        except NoticeRefused:
            logger.warning("Update %s of a notice could not be published at its hour.", pk)
            NoticeUpdate.objects.filter(pk=pk, published_at=None).update(publish_at=None)
    return published
