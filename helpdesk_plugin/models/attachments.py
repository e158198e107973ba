"""Files that belong to a ticket: private, under random names, never under MEDIA_URL."""

import secrets

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import conf
from helpdesk_plugin.models.choices import AttachmentPurpose


def attachment_storage():
    """The private store of the site.

    Asked while the models load, so a site that has none yet gets one that refuses every file in words; the
    system check helpdesk.E001 says the same before anybody files anything.
    """
    alias = conf.attachment_storage_alias()
    try:
        return storages[alias]
    except InvalidStorageError as error:
        return MissingStorage(str(error))


class MissingStorage(Storage):
    """Stands where the private store should be; every use raises ImproperlyConfigured."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def _refuse(self, *args, **kwargs):
        raise ImproperlyConfigured(conf.no_attachment_storage(self.reason))

    _open = _save = delete = exists = size = path = url = listdir = _refuse


#: The directory of the private store in which files lie that have arrived.
DIRECTORY = "helpdesk"


def random_path(attachment, filename):
    """A name that tells nothing of ticket or sender; the original name is a field."""
    return random_name(DIRECTORY)


def random_name(directory: str) -> str:
    """A name in one of 256 parts of a directory: `services.leftovers` knows its shape."""
    token = secrets.token_hex(20)
    return f"{directory}/{token[:2]}/{token}"


class AttachmentQuerySet(models.QuerySet):
    def public(self):
        """Files that the requester may open."""
        return self.filter(event__public=True, event__content_public=True)


class Attachment(models.Model):
    """A file that came with one act and is visible to whoever may see that act."""

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    event = models.ForeignKey(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    purpose = models.CharField(
        _("purpose"), max_length=16, choices=AttachmentPurpose.choices, default=AttachmentPurpose.EVIDENCE
    )
    label = models.CharField(_("document"), max_length=120, blank=True)
    file = models.FileField(_("file"), storage=attachment_storage, upload_to=random_path, max_length=120)
    name = models.CharField(_("file name"), max_length=160)
    content_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField(_("received"))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self):
        return self.name
