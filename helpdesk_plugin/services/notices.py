"""What happens when a notice is worded, published and continued; nobody but these functions moves its phase.

Wagtail publishes the words of a notice (drafts, schedule, approval); `after_publication` follows from it,
once. Updates of the timeline are published here, by an editor or at their hour.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from helpdesk_plugin import clock, labels, signals
from helpdesk_plugin.domain import notices as rules
from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase, ServiceState, UpdateNature
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models import (
    AffectedService,
    AgencyProfile,
    HelpDeskSettings,
    NoticeTemplate,
    NoticeUpdate,
    Opd,
    Service,
    StatusNotice,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications import notice_news, outbox
from helpdesk_plugin.notifications.facts import moment

logger = logging.getLogger(__name__)

DRAFT = "helpdesk_plugin.add_statusnotice"
WRITE = "helpdesk_plugin.change_statusnotice"
PUBLISH = "helpdesk_plugin.publish_statusnotice"
EMERGENCY = "helpdesk_plugin.publish_emergency_statusnotice"

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


@dataclass(frozen=True)
class Facts:
    """What an officer states of an event: services with their states, agencies, times, and words for editors.

    ``words`` are read by editors alone. No agencies means all of them.
    """

    kind: NoticeKind
    services: Sequence[tuple[Service, ServiceState]]
    starts_at: datetime
    opds: Sequence[Opd] = field(default_factory=tuple)
    expected_end: datetime | None = None
    words: str = ""


# --- Wording ---


def draft_notice(facts: Facts, *, by: Any, template: NoticeTemplate | None = None) -> StatusNotice:
    """Make a draft of what an officer states, worded by a template or plainly. Nobody but staff sees it.

    Raises PermissionDenied without the right to add notices.
    """
    if not holds(by, DRAFT):
        raise PermissionDenied
    with transaction.atomic():
        return _write(facts, by, template)


def _write(facts: Facts, by: Any, template: NoticeTemplate | None, **more: Any) -> StatusNotice:
    notice = StatusNotice(
        live=False,
        kind=facts.kind.value,
        starts_at=facts.starts_at,
        expected_end=facts.expected_end,
        all_opds=not facts.opds,
        facts=facts.words.strip(),
        author=by,
        **_worded(facts, template),
        **more,
    )
    for service, state in facts.services:
        notice.affected_services.add(AffectedService(service=service, state=state.value))
    notice.opds.set(facts.opds)
    notice.save()
    log(notice, "wagtail.create", user=by)
    notice.save_revision(user=by, log_action=False)
    return notice


def _worded(facts: Facts, template: NoticeTemplate | None) -> dict[str, str]:
    """Title and summary in both languages, from the template; without one the services alone speak."""
    worded: dict[str, str] = {}
    for language, ending in (("id", ""), ("en", "_en")):
        with translation.override(language):
            values = _values(facts)
            if template is None:
                said = _("%(kind)s: %(service)s") % {
                    "kind": labels.NOTICE_KIND[facts.kind],
                    "service": values["service"] or _("help desk"),
                }
                worded[f"title{ending}"] = said[:160]
                worded[f"summary{ending}"] = f"<p>{escape(said)}.</p>"
            else:
                for name in ("title", "summary"):
                    worded[f"{name}{ending}"] = template.filled(f"{name}{ending}", values)
    return worded


def _values(facts: Facts) -> dict[str, str]:
    """What the variables of a wording stand for, in the active language."""
    states = [state for _service, state in facts.services]
    agency = AgencyProfile.load()
    return {
        "service": ", ".join(service.name for service, _state in facts.services),
        "opd": ", ".join(opd.short_name for opd in facts.opds) or _("every agency (OPD)"),
        "state": str(labels.SERVICE_STATE[rules.worst(states)]),
        "start": moment(facts.starts_at),
        "end": moment(facts.expected_end),
        "agency": agency.short_name or agency.name,
    }


def submit_to_editors(notice: StatusNotice, *, by: Any) -> bool:
    """Hand a draft to the moderation workflow, if there is one and the draft is not in it yet."""
    workflow = notice.get_workflow()
    if workflow is None or notice.workflow_in_progress:
        return False
    workflow.start(notice, by)
    return True


# --- Publication ---


def after_publication(notice: StatusNotice, *, by: Any = None) -> None:
    """What follows when Wagtail has made a notice live: its first line, or the news that its dates moved.

    Called for every publication, however late or often: the first line exists once, and dates are news only
    when they differ from those that were announced.
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
        if first:
            _announce(opening)
        elif _moved(stored):
            _announce(_reschedule(stored, by))
        StatusNotice.objects.filter(pk=stored.pk).update(
            announced_start=stored.starts_at, announced_end=stored.expected_end
        )
        _tell_after_commit(stored)


def after_withdrawal(notice: StatusNotice) -> None:
    """A notice has expired or was withdrawn: whoever keeps copies should look again."""
    _tell_after_commit(notice)


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


# --- Updates ---


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
    _announce(update)
    _tell_after_commit(notice)


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


def _announce(update: NoticeUpdate) -> None:
    if update.notify:
        notice_news.queue(update)
        transaction.on_commit(outbox.kick, robust=True)


def _tell_after_commit(notice: StatusNotice) -> None:
    send = partial(signals.notice_changed.send_robust, StatusNotice, notice=notice)
    transaction.on_commit(send, robust=True)


# --- The emergency line ---


def publish_emergency(facts: Facts, template: NoticeTemplate, *, by: Any, priority: Priority) -> StatusNotice:
    """Publish a preset wording at once, without an editor; logged, and put before the editors for review.

    Raises PermissionDenied without the duty officer's own right, and NotAnEmergency for an event below the
    agreed priority or a wording that is not for this line.
    """
    if not holds(by, EMERGENCY):
        raise PermissionDenied
    if not emergency_open_for(priority) or not (template.emergency and template.active):
        raise NotAnEmergency
    with transaction.atomic():
        notice = _write(facts, by, template, emergency=True, review_asked_at=clock.now())
        data = {"template": template.name, "priority": priority.value}
        log(notice, EMERGENCY_ACTION, user=by, data=data)
        notice.get_latest_revision().publish(user=by, skip_permission_checks=True)
    notice.refresh_from_db()
    return notice


def emergency_open_for(priority: Priority) -> bool:
    """Whether events of this priority may be published without an editor."""
    return priority.value <= HelpDeskSettings.load().emergency_up_to


def emergency_priorities() -> list[Priority]:
    """The priorities that the emergency line is open for, the highest first."""
    limit = HelpDeskSettings.load().emergency_up_to
    return [priority for priority in Priority if priority.value <= limit]


def review_notice(notice: StatusNotice, *, by: Any) -> None:
    """Record that an editor has looked at what was published without one; once.

    Raises PermissionDenied without the right to publish.
    """
    if not holds(by, PUBLISH):
        raise PermissionDenied
    with transaction.atomic():
        waiting = StatusNotice.objects.filter(pk=notice.pk, review_asked_at__isnull=False, reviewed_at=None)
        if waiting.update(reviewed_at=clock.now(), reviewed_by=by):
            log(notice, REVIEW_ACTION, user=by)


# --- What falls due ---


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
