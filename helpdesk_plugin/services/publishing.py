"""Scheduled publishing and expiry: run by the scheduler, late if need be, each revision once."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Revision

from helpdesk_plugin.models import StatusNotice

logger = logging.getLogger(__name__)


def publish_scheduled(now: datetime) -> int:
    """Publish and expire what is due at ``now``; returns how many of our notices that touched.

    Notices go one by one, each in a transaction that holds its revision: of two schedulers one publishes, and
    one that fails stops no other. The site's other content goes Wagtail's own way afterwards.
    """
    done = sum(_safely(_expire, pk, now) for pk in _expired(now)) + sum(
        _safely(_publish, pk, now) for pk in _due(now)
    )
    try:
        call_command("publish_scheduled", verbosity=0)
    except Exception:
        logger.exception("Scheduled content of the site could not be published; the next look tries again.")
    return done


def _due(now: datetime) -> list[int]:
    return list(
        _of_notices()
        .filter(approved_go_live_at__lte=now)
        .order_by("approved_go_live_at", "pk")
        .values_list("pk", flat=True)
    )


def _of_notices() -> QuerySet[Revision]:
    return Revision.objects.filter(
        content_type__app_label=StatusNotice._meta.app_label,
        content_type__model=StatusNotice._meta.model_name,
    )


def _expired(now: datetime) -> list[int]:
    found = StatusNotice.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    return list(found.values_list("pk", flat=True))


def _publish(revision_id: int, now: datetime) -> bool:
    revision = Revision.objects.select_for_update().get(pk=revision_id)
    if revision.approved_go_live_at is None or revision.approved_go_live_at > now:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _expire(notice_id: int, now: datetime) -> bool:
    notice = StatusNotice.objects.select_for_update().get(pk=notice_id)
    if not notice.live or notice.expire_at is None or notice.expire_at > now:
        return False
    notice.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _safely(act: Callable[[int, datetime], bool], pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            return act(pk, now)
    except Exception:
        logger.exception("A notice could not be published or expired at its hour; the next look tries again.")
        return False
