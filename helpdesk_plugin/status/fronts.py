"""A cache in front of the site is told when what everybody may read has changed."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from wagtail.signals import published, unpublished

from helpdesk_plugin import conf
from helpdesk_plugin.models import NoticeUpdate, StatusNotice

FRONTEND_CACHE = "wagtail.contrib.frontend_cache"
_EVERYWHERE = ("status", "status_atom", "status_rss", "status_json")


@receiver(published, sender=StatusNotice, dispatch_uid="helpdesk_fronts_published")
@receiver(unpublished, sender=StatusNotice, dispatch_uid="helpdesk_fronts_unpublished")
def notice_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    purge_after_commit(instance.pk)


@receiver(post_save, sender=NoticeUpdate, dispatch_uid="helpdesk_fronts_update")
@receiver(post_delete, sender=NoticeUpdate, dispatch_uid="helpdesk_fronts_update_gone")
def update_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    purge_after_commit(instance.notice_id)


def purge_after_commit(notice: int) -> None:
    """Once the change is true, have caches in front forget the status page, its feeds and this notice.

    Does nothing on a site without `wagtail.contrib.frontend_cache`. A cache that does not answer is written
    to the log by Wagtail; its copies die within half a minute by themselves.
    """
    if apps.is_installed(FRONTEND_CACHE):
        transaction.on_commit(lambda: _purge(notice), robust=True)


def _purge(notice: int) -> None:
    from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

    paths = [
        *(reverse(f"helpdesk:{name}") for name in _EVERYWHERE),
        reverse("helpdesk:notice", args=[notice]),
    ]
    purge_urls_from_cache([conf.base_url() + path for path in paths])
