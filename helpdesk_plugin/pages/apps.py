"""Wiring of the opt-in pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpDeskPagesConfig(AppConfig):
    name = "helpdesk_plugin.pages"
    label = "helpdesk_pages"
    verbose_name = _("Help Desk pages")
    default_auto_field = "django.db.models.BigAutoField"
