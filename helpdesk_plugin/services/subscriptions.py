"""Subscriptions to status notices: asked for, confirmed by mail, changed, ended, and taken up again.

Nobody learns here whether an address is known: whatever is typed costs one row and one message in the queue,
and changes nothing about a subscription in force until the link in that message has been used.

Many an address of an office is read by several people, and each of its mails carries the links to change and
to end the subscription. So whoever changes or ends one tells all readers: a note goes to the address, and
leads back with one press.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeSubscription, Opd, Service, normalised_address
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.decisions import SUBSCRIPTION_CHANGED, SUBSCRIPTION_ENDED

if TYPE_CHECKING:
    from helpdesk_plugin.models import StatusNotice

#: How long the mailed link confirms, and how long an unconfirmed address is kept.
CONFIRM_WITHIN = timedelta(days=7)
#: How long after its end a subscription can be taken up again with one press; then it is forgotten.
WAY_BACK = timedelta(days=30)
#: How long who followed a notice is kept after the notice has ended.
FOLLOWED_FOR = timedelta(days=30)
_AT_ONCE = 500


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be told of. No services means all, no agency means any; a notice: it alone."""

    services: tuple[Service, ...] = ()
    opd: Opd | None = None
    notice: "StatusNotice | None" = None


def ask(address: str, wish: Wish, *, language: str) -> NoticeSubscription:
    """Queue the mail that asks an address to confirm; nothing else is sent there until it has."""
    now = clock.now()
    with transaction.atomic():
        asked = NoticeSubscription.objects.create(
            email=normalised_address(address),
            language=language,
            all_services=not wish.services,
            opd=wish.opd,
            notice=wish.notice,
            requested_at=now,
            confirm_until=now + CONFIRM_WITHIN,
        )
        asked.services.set(wish.services)
        outbox.queue_confirmation(asked)
        transaction.on_commit(outbox.kick, robust=True)
    return asked


def waiting_for(token: str) -> NoticeSubscription | None:
    """The subscription that this link would confirm now; changes nothing."""
    return NoticeSubscription.objects.to_confirm(token, clock.now()).select_related("notice", "opd").first()


def confirm(token: str) -> NoticeSubscription | None:
    """Put a subscription in force, once; what the address had chosen before is replaced.

    None for a token that is unknown, used, or past its time.
    """
    try:
        return _confirm(token)
    except IntegrityError:
        # Another link of the same address was used at the same moment: now there is one to be changed.
        return _confirm(token)


def _confirm(token: str) -> NoticeSubscription | None:
    now = clock.now()
    with transaction.atomic():
        asked = NoticeSubscription.objects.select_for_update().to_confirm(token, now).first()
        if asked is None:
            return None
        alike = NoticeSubscription.objects.filter(email=asked.email, notice=asked.notice_id)
        held = alike.select_for_update().filter(confirmed_at__isnull=False).first()
        if held is None:
            asked.confirmed_at = now
            _renew_if_retired(asked)
            asked.save()
            return asked
        # The row of before goes on, so that the links in mails of before go on working.
        held.all_services, held.opd_id, held.language = asked.all_services, asked.opd_id, asked.language
        held.unsubscribed_at = None
        _renew_if_retired(held)
        held.save()
        held.services.set(asked.services.all())
        asked.delete()
        return held


def _renew_if_retired(subscription: NoticeSubscription) -> None:
    """Without its server key no mail could carry a link of this subscription."""
    if subscription.key_is_retired:
        subscription.renew_key()


def managed(token: str) -> NoticeSubscription | None:
    """The subscription whose mails carry this token, in force or ended; None for any other token."""
    found = NoticeSubscription.objects.managed_with(token)
    return found.select_related("notice", "opd").prefetch_related("services").first()


def change(subscription: NoticeSubscription, wish: Wish, *, language: str) -> None:
    """Put other services, another agency or another language in force, and tell the address."""
    chosen = {service.pk for service in wish.services}
    with transaction.atomic():
        before = (
            subscription.all_services,
            subscription.opd_id,
            subscription.language,
            _chosen(subscription),
        )
        subscription.all_services, subscription.opd = not wish.services, wish.opd
        subscription.language = language
        subscription.save(update_fields=["all_services", "opd", "language"])
        subscription.services.set(wish.services)
        after = (subscription.all_services, subscription.opd_id, language, chosen)
        if after != before:
            outbox.queue_note(subscription, SUBSCRIPTION_CHANGED)
            transaction.on_commit(outbox.kick, robust=True)


def end(subscription: NoticeSubscription) -> bool:
    """Send nothing more to the address but a note that leads back; False if it had ended already."""
    now = clock.now()
    with transaction.atomic():
        mine = NoticeSubscription.objects.in_force().filter(pk=subscription.pk)
        if not mine.update(unsubscribed_at=now):
            return False
        subscription.unsubscribed_at = now
        outbox.queue_note(subscription, SUBSCRIPTION_ENDED)
        transaction.on_commit(outbox.kick, robust=True)
    return True


def take_up(subscription: NoticeSubscription) -> None:
    """Put a subscription that has ended in force again, with the choices that it had."""
    NoticeSubscription.objects.filter(pk=subscription.pk).update(unsubscribed_at=None)
    subscription.unsubscribed_at = None


def sweep(now: datetime) -> int:
    """Forget addresses that never confirmed, that left, or whose notice is long over; return how many."""
    rows = NoticeSubscription.objects
    stale = [
        rows.filter(confirmed_at=None, confirm_until__lte=now),
        rows.filter(unsubscribed_at__lte=now - WAY_BACK),
        rows.filter(notice__ended_at__lte=now - FOLLOWED_FOR),
    ]
    found = {pk for part in stale for pk in part.order_by().values_list("pk", flat=True)[:_AT_ONCE]}
    if found:
        rows.filter(pk__in=found).delete()
    return len(found)


def _chosen(subscription: NoticeSubscription) -> set[int]:
    return {service.pk for service in subscription.services.all()}
