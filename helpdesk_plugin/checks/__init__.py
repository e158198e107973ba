"""System checks of the plugin: what a site forgot or may suffer from is said in words, with what to do."""

from helpdesk_plugin.checks import frame, installation, operation, wiring  # noqa: F401 - importing registers them
