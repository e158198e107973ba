"""Files that came with a form that could not be sent: kept for a day, so that nobody uploads twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models.attachments import attachment_storage, random_name
from helpdesk_plugin.models.choices import AttachmentPurpose

#: The directory of the private store in which files wait for their form.
STAGED_DIRECTORY = "helpdesk-staged"


def staged_path(staged, filename):
    """A random name beside the attachments; it tells nothing of form or sender."""
    return random_name(STAGED_DIRECTORY)


class StagedFile(models.Model):
    """A file judged and kept for one form; whoever knows the form's random key gets it back.

    Belongs to no ticket, is shown to no officer, and is never served.
    """

    form_key = models.UUIDField(db_index=True)
    slot = models.CharField(max_length=40)
    file = models.FileField(storage=attachment_storage, upload_to=staged_path, max_length=120)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(
        max_length=16, choices=AttachmentPurpose.choices, default=AttachmentPurpose.EVIDENCE
    )
    label = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self):
        return self.name
