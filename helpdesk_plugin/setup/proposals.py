"""How many stored values still await the agency's approval ("usulan, belum disahkan")."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models


def unconfirmed_count() -> int:
    """Count the rows of every model with a ``confirmed`` field that nobody has confirmed."""
    return sum(model._default_manager.filter(confirmed=False).count() for model in _confirmable())


def _confirmable() -> list[type[models.Model]]:
    config = apps.get_app_config("helpdesk_plugin")
    return [model for model in config.get_models() if _has_confirmed(model) and hasattr(model, "history")]


def _has_confirmed(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("confirmed")
    except FieldDoesNotExist:
        return False
    return True
