"""Wiring of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpDeskConfig(AppConfig):
    name = "helpdesk_plugin"
    label = "helpdesk_plugin"
    verbose_name = _("Help Desk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from helpdesk_plugin import checks  # noqa: F401 - importing registers them
        from helpdesk_plugin.notifications import approvals
        from helpdesk_plugin.services import notice_receivers  # noqa: F401 - the same
        from helpdesk_plugin.status import fronts  # noqa: F401 - the same

        approvals.take_over()
