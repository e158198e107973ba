"""The emergency line: a duty officer publishes a preset wording at once, and editors review it afterwards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from helpdesk_plugin import clock
from helpdesk_plugin.domain.notices import UpdateNature
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models import HelpDeskSettings, NoticeTemplate, StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications import approvals, outbox
from helpdesk_plugin.notifications.recipients import reachable
from helpdesk_plugin.permissions import holders_of
from helpdesk_plugin.services.notice_drafts import Facts, write_draft
from helpdesk_plugin.services.notices import (
    EMERGENCY,
    EMERGENCY_ACTION,
    PUBLISH,
    PUBLISHERS,
    REVIEW_ACTION,
    NotAnEmergency,
)


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
        notice = write_draft(facts, by, template, emergency=True, review_asked_at=clock.now())
        data = {"template": template.name, "priority": priority.value}
        log(notice, EMERGENCY_ACTION, user=by, data=data)
        notice.get_latest_revision().publish(user=by, skip_permission_checks=True)
        opening = notice.updates.get(nature=UpdateNature.OPENING.value)
        editors = reachable(holders_of([PUBLISHERS])[PUBLISHERS]).exclude(pk=by.pk)
        approvals.queue_review(opening, editors)
        transaction.on_commit(outbox.kick, robust=True)
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
