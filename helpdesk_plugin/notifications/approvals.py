"""Who hears of the approval of notices and articles: by the outbox, in place of Wagtail's own mails.

Wagtail sends within the request and loses what the mail server does not take; its words are English in part.
Content that is not the help desk's goes Wagtail's own way.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeUpdate, OutboxMessage
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.decisions import (
    APPROVAL_ASKED,
    APPROVAL_GIVEN,
    APPROVAL_REFUSED,
    NOTICE_REVIEW,
)
from helpdesk_plugin.notifications.recipients import language_of

#: The apps whose content is told of here.
OURS = frozenset({"helpdesk_plugin", "helpdesk_pages"})


def queue_review(opening: NoticeUpdate, editors: Iterable[Any]) -> None:
    """Ask editors to look at what was published without one; part of the caller's transaction."""
    outbox.put(
        [
            _to(officer, NOTICE_REVIEW, f"review:{opening.notice_id}", notice_update=opening)
            for officer in editors
        ]
    )


def _to(officer: Any, kind: str, key: str, **about: Any) -> OutboxMessage:
    return OutboxMessage(
        key=f"{key}:{officer.pk}",
        kind=kind,
        recipient=officer,
        language=language_of(officer),
        created_at=clock.now(),
        next_attempt_at=timezone.now(),
        **about,
    )


class _ByOutbox:
    """Wagtail says whom a notifier tells, and their wishes; the outbox tells them. ``kind`` "": nobody."""

    kind = ""

    def __call__(self, instance=None, **kwargs):
        is_step = isinstance(instance, TaskState)
        workflow = instance.workflow_state if is_step else instance
        if workflow.content_type.app_label not in OURS:
            return super().__call__(instance=instance, **kwargs)
        if self.kind and self.can_handle(instance, **kwargs):
            step = instance if is_step else workflow.current_task_state
            key = f"approval:{step.pk}:{self.kind}"
            told = sorted(self.get_valid_recipients(instance, **kwargs), key=lambda user: user.pk)
            outbox.put([_to(user, self.kind, key, task_state_id=step.pk) for user in told])
            transaction.on_commit(outbox.kick, robust=True)
        return True


class Asked(_ByOutbox, GroupApprovalTaskStateSubmissionEmailNotifier):
    kind = APPROVAL_ASKED


class Submitted(_ByOutbox, WorkflowStateSubmissionEmailNotifier):
    """Says the same as `Asked`, to superusers alone, who are asked already."""


class Approved(_ByOutbox, WorkflowStateApprovalEmailNotifier):
    kind = APPROVAL_GIVEN


class SentBack(_ByOutbox, WorkflowStateRejectionEmailNotifier):
    kind = APPROVAL_REFUSED


#: Under Wagtail's own names for them, so that there is one of each, whichever app is wired first.
_WIRES = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification", Asked()),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", Submitted()),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", Approved()),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", SentBack()),
)


def take_over() -> None:
    """Put these notifiers in the place of Wagtail's; called once when the site starts."""
    for signal, sender, name, notifier in _WIRES:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(notifier, sender=sender, dispatch_uid=name, weak=False)
