"""Wiring into Wagtail's admin."""

from wagtail import hooks

from helpdesk_plugin.notifications.log_actions import register_resending
from helpdesk_plugin.staff import log_formatters

hooks.register("register_log_actions", log_formatters.register_acts)
hooks.register("register_log_actions", register_resending)
