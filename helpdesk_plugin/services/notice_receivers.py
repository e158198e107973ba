"""Wagtail says that a notice was published or withdrawn; what follows from that is ours."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published, unpublished

from helpdesk_plugin.models import StatusNotice
from helpdesk_plugin.services.notices import after_publication, after_withdrawal


@receiver(published, sender=StatusNotice, dispatch_uid="helpdesk_notice_published")
def notice_published(sender: Any, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """Also sent when a notice is only scheduled; then nothing follows."""
    after_publication(instance, by=revision.user if revision else None)


@receiver(unpublished, sender=StatusNotice, dispatch_uid="helpdesk_notice_unpublished")
def notice_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    after_withdrawal(instance)
