from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TwoStepConfig(AppConfig):
    """Signing in to the admin with a password and a code from one's telephone, where the site asks for it."""

    name = "site_project.two_step"
    label = "two_step"
    verbose_name = _("Two-step verification")
    default_auto_field = "django.db.models.BigAutoField"
