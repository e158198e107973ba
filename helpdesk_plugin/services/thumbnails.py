"""Small pictures of what was sent, so that officers see at a glance which file they want.

Made when one is first asked for and kept beside the file in the private store; losing one costs nothing.
"""

from django.core.files.base import ContentFile

from helpdesk_plugin.models import Attachment
from helpdesk_plugin.services import images


def has_thumbnail(attachment: Attachment) -> bool:
    """Whether the file is a picture of a kind that we draw."""
    return attachment.content_type in images.FORMATS


def thumbnail_of(attachment: Attachment) -> bytes:
    """Return the small JPEG of a picture. Raises OSError for a lost file, PictureRefused for a broken one."""
    store, name = attachment.file.storage, f"{attachment.file.name}.thumb"
    if store.exists(name):
        with store.open(name) as kept:
            return kept.read()
    with attachment.file.open("rb") as original:
        small = images.thumbnail(original.read(), attachment.content_type)
    saved = store.save(name, ContentFile(small))
    if saved != name:
        # Somebody else was quicker; theirs is the same.
        store.delete(saved)
    return small
