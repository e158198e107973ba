"""The queue of messages: rows written in the act's transaction, delivered after it."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from helpdesk_plugin import clock
from helpdesk_plugin.models import (
    MessageState,
    NoticeNudge,
    NoticeSubscription,
    NoticeUpdate,
    OutboxMessage,
    SignIn,
    SurveyInvitation,
    TicketEvent,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications.decisions import (
    DIGEST,
    NOTICE_STALE,
    SIGN_IN,
    SUBSCRIPTION_ASKED,
    SURVEY_INVITATION,
    SURVEY_REMINDER,
    Audience,
    kind_of,
)
from helpdesk_plugin.notifications.delivery import deliver_due
from helpdesk_plugin.notifications.log_actions import RESEND
from helpdesk_plugin.notifications.recipients import (
    language_of,
    officers_to_tell,
    requester_is_told,
    supported_language,
)
from helpdesk_plugin.notifications.tasks import deliver_waiting

__all__ = [
    "Condition",
    "StillOnItsWay",
    "condition",
    "deliver_due",
    "kick",
    "put",
    "queue",
    "queue_confirmation",
    "queue_digests",
    "queue_note",
    "queue_notice_nudge",
    "queue_sign_in",
    "queue_survey_invitations",
    "queue_survey_reminders",
    "resend",
]

logger = logging.getLogger(__name__)

#: A message that has been due for longer means that nobody is delivering.
TOO_OLD = timedelta(minutes=10)
#: So many tries take longer than that.
TOO_OFTEN = 5
#: Percent of a promise or a standard from which a warning speaks of lateness.
LATE = 100

_RESTING = (MessageState.SENT, MessageState.PARKED, MessageState.DROPPED)
_unkicked = threading.local()


class StillOnItsWay(Exception):
    """The message is queued or being sent already; nothing was changed."""


def queue(event: TicketEvent) -> None:
    """Write the messages that this event causes; part of the act's transaction.

    Few queries, however many recipients. Calling it again for the same event changes nothing.
    """
    ticket, now, messages = event.ticket, timezone.now(), []
    if requester_is_told(event, ticket):
        language = supported_language(ticket.language)
        messages.append(_message(event, Audience.REQUESTER, ticket.pk, now, language=language))
    for officer in officers_to_tell(event, ticket):
        language = language_of(officer)
        messages.append(_message(event, Audience.DESK, officer.pk, now, recipient=officer, language=language))
    put(messages)


def queue_digests(day: date, officers: Iterable[Any]) -> None:
    """Queue the digest of a day (a date in the agency's time zone) for these officers; once, however often.

    Part of the caller's transaction, like `queue`. Users come with their profiles.
    """
    due, made_at = timezone.now(), clock.now()
    put(
        [
            OutboxMessage(
                key=f"digest:{day.isoformat()}:{officer.pk}",
                kind=DIGEST,
                day=day,
                recipient=officer,
                language=language_of(officer),
                created_at=made_at,
                next_attempt_at=due,
            )
            for officer in officers
        ]
    )


def queue_sign_in(asked: SignIn) -> None:
    """Queue the mail with a sign-in link, known address or not; part of the caller's transaction."""
    put(
        [
            OutboxMessage(
                key=f"sign-in:{asked.pk}",
                kind=SIGN_IN,
                sign_in=asked,
                language=supported_language(asked.language),
                created_at=asked.requested_at,
                next_attempt_at=timezone.now(),
            )
        ]
    )


def queue_confirmation(asked: NoticeSubscription) -> None:
    """Queue the mail that asks an address whether it wants notices; part of the caller's transaction."""
    put([_to_subscriber(asked, SUBSCRIPTION_ASKED, f"subscription:{asked.pk}:confirm")])


def queue_note(subscription: NoticeSubscription, kind: str) -> None:
    """Queue a word about what was done with a subscription; part of the caller's transaction."""
    at = clock.now().isoformat()
    put([_to_subscriber(subscription, kind, f"subscription:{subscription.pk}:{kind}:{at}")])


def _to_subscriber(subscription: NoticeSubscription, kind: str, key: str) -> OutboxMessage:
    return OutboxMessage(
        key=key,
        kind=kind,
        subscription=subscription,
        language=supported_language(subscription.language),
        created_at=clock.now(),
        next_attempt_at=timezone.now(),
    )


def queue_notice_nudge(nudge: NoticeNudge, last: NoticeUpdate, officers: Iterable[Any]) -> None:
    """Queue the reminder of a silent notice for these officers; part of the caller's transaction.

    ``last`` is the notice's last public line, since which it has been silent.
    """
    due = timezone.now()
    put(
        [
            OutboxMessage(
                key=f"nudge:{nudge.pk}:{officer.pk}",
                kind=NOTICE_STALE,
                notice_update=last,
                recipient=officer,
                language=language_of(officer),
                created_at=nudge.at,
                next_attempt_at=due,
            )
            for officer in officers
        ]
    )


def queue_survey_invitations(invitations: Iterable[SurveyInvitation]) -> None:
    """Queue the mails that ask for an answer to a survey; part of the caller's transaction."""
    put([_to_invited(invitation, SURVEY_INVITATION, "survey") for invitation in invitations])


def queue_survey_reminders(invitations: Iterable[SurveyInvitation]) -> None:
    """Queue the mails that remind of a survey; part of the caller's transaction."""
    put([_to_invited(invitation, SURVEY_REMINDER, "survey-reminder") for invitation in invitations])


def _to_invited(invitation: SurveyInvitation, kind: str, key: str) -> OutboxMessage:
    return OutboxMessage(
        key=f"{key}:{invitation.pk}",
        kind=kind,
        survey_invitation=invitation,
        language=supported_language(invitation.language),
        created_at=clock.now(),
        next_attempt_at=timezone.now(),
    )


def put(messages: list[OutboxMessage]) -> None:
    """Write messages unless rows with their keys exist; part of the caller's transaction."""
    if messages:
        OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
        _unkicked.messages = True


def kick() -> None:
    """Ask the worker to deliver what is due; called after commit.

    Does nothing when this thread has queued nothing since the last time, so that several acts in one
    transaction ask once. A failure is logged and harmless: `manage.py helpdesk_deliver` sweeps up.
    """
    if not getattr(_unkicked, "messages", False):
        return
    _unkicked.messages = False
    try:
        deliver_waiting.enqueue()
    except Exception:
        logger.exception("The worker could not be asked to deliver; the next sweep will.")


def resend(message: OutboxMessage, *, by: Any) -> OutboxMessage:
    """Queue a message again that was sent, given up or dropped, and log who asked for it.

    It is written afresh and gets a Message-ID of its own; whether its recipient may still have it is
    asked again. Raises PermissionDenied, and StillOnItsWay while it has not come to rest.
    """
    if not holds(by, "helpdesk_plugin.resend_outboxmessage"):
        raise PermissionDenied
    with transaction.atomic():
        queued = OutboxMessage.objects.filter(pk=message.pk, state__in=_RESTING).update(
            state=MessageState.QUEUED,
            attempts=0,
            resends=F("resends") + 1,
            next_attempt_at=timezone.now(),
            sent_at=None,
            last_error="",
        )
        if not queued:
            raise StillOnItsWay
        data = {"message": message.pk, "kind": message.kind, "was": message.state}
        # Wagtail's log names what it is about to many; a confidential ticket is not named there.
        named = message.ticket if message.ticket and not message.ticket.security_flag else message
        log(named, RESEND, user=by, data=data)
        _unkicked.messages = True
        transaction.on_commit(kick, robust=True)
    message.refresh_from_db()
    return message


@dataclass(frozen=True)
class Condition:
    """How the queue stands: messages waiting, those that keep failing, those given up.

    ``oldest_due`` and ``asked_at`` are UTC; the first is None when nothing is due.
    """

    waiting: int
    failing: int
    parked: int
    oldest_due: datetime | None
    asked_at: datetime

    @property
    def is_stuck(self) -> bool:
        """Whether mail has stood still for ten minutes: nobody delivers, or the mail server refuses."""
        overdue = self.oldest_due is not None and self.asked_at - self.oldest_due > TOO_OLD
        return overdue or self.failing > 0


def condition(now: datetime | None = None) -> Condition:
    """How the queue stands now; four queries."""
    now = now or timezone.now()
    messages = OutboxMessage.objects
    return Condition(
        waiting=messages.waiting().count(),
        failing=messages.waiting().filter(attempts__gte=TOO_OFTEN).count(),
        parked=messages.parked().count(),
        oldest_due=messages.due(now).values_list("next_attempt_at", flat=True).first(),
        asked_at=now,
    )


def _message(event: TicketEvent, audience: Audience, whom: int, due: datetime, **more: Any) -> OutboxMessage:
    return OutboxMessage(
        key=f"{event.pk}:{audience.value}:{whom}",
        kind=kind_of(audience, event.what, late=event.data.get("percent", 0) >= LATE),
        ticket=event.ticket,
        event=event,
        created_at=event.at,
        next_attempt_at=due,
        **more,
    )
