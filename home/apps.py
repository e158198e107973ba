from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The agency's website."""

    name = "home"
    verbose_name = _("Agency website")
    default_auto_field = "django.db.models.BigAutoField"
