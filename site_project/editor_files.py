"""Pictures and documents that editors upload are shown to the virus scanner like every other file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from helpdesk_plugin.services.files import FileRefused, refuse_infected
from helpdesk_plugin.staff.words import file_refusal


class _Scanned:
    """Refuses a new file in which the scanner finds something."""

    cleaned_data: dict[str, Any]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):  # else it is the stored one, which came this way once
            file.seek(0)
            try:
                refuse_infected(file.read(), file.name or "")
            except FileRefused as refused:
                raise ValidationError(file_refusal(refused), code=refused.problem.value) from None
            file.seek(0)
        return file


class ImageForm(_Scanned, BaseImageForm):
    """Of every place in the admin where a picture is uploaded (WAGTAILIMAGES_IMAGE_FORM_BASE)."""


class DocumentForm(_Scanned, BaseDocumentForm):
    """Of every place in the admin where a document is uploaded (WAGTAILDOCS_DOCUMENT_FORM_BASE)."""
