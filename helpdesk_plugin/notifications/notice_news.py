"""News of notices for subscribers: one message to one address, queued when an update is published."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from helpdesk_plugin import clock
from helpdesk_plugin.languages import supported_language
from helpdesk_plugin.models import NoticeSubscription, NoticeUpdate, OutboxMessage
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.decisions import NEWS
from helpdesk_plugin.notifications.news_mail import preview

__all__ = ["preview", "queue"]


def queue(update: NoticeUpdate) -> None:
    """Write one message to each address that an update concerns; part of the caller's transaction.

    Told are the subscribers of its services and agencies, and those who follow the notice. Calling it again
    for the same update changes nothing. The number of queries does not grow with the subscribers.
    """
    now, due = clock.now(), timezone.now()
    own_first = F("notice_id").desc(nulls_last=True)
    told = list(NoticeSubscription.objects.told_of(update.notice).order_by(own_first, "pk"))
    _renew_keys(told)
    # Of several subscriptions of one address the first counts: it is its own choice about this notice.
    by_address = {found.email: found for found in reversed(told)}
    outbox.put([_message(update, found, now, due) for found in by_address.values()])


def _renew_keys(told: Iterable[NoticeSubscription]) -> None:
    stale = [found for found in told if found.key_is_retired]
    for found in stale:
        found.renew_key()
    if stale:
        NoticeSubscription.objects.bulk_update(
            stale, ["nonce", "key_id", "confirm_hash", "manage_hash"], batch_size=100
        )


def _message(
    update: NoticeUpdate, subscription: NoticeSubscription, now: datetime, due: datetime
) -> OutboxMessage:
    # The address itself is in no key: keys outlive it, and stand in logs.
    whom = hashlib.sha256(subscription.email.encode()).hexdigest()[:40]
    return OutboxMessage(
        key=f"news:{update.pk}:{whom}",
        kind=NEWS,
        subscription=subscription,
        notice_update=update,
        language=supported_language(subscription.language),
        created_at=now,
        next_attempt_at=due,
    )
