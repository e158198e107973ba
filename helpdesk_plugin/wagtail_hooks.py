"""Wiring into Wagtail's admin."""

from wagtail import hooks

from helpdesk_plugin.staff import log_formatters

hooks.register("register_log_actions", log_formatters.register_acts)
