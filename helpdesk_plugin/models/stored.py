"""Which columns of the site know a file."""

from django.apps import apps
from django.db import models


def file_fields() -> dict[str, models.FileField]:
    """Every field of the site that knows a file, by its name as in `helpdesk_plugin.attachment.file`."""
    return {
        f"{model._meta.label_lower}.{field.name}": field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.FileField)
    }
