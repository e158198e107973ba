"""Wiring into Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from helpdesk_plugin.notifications.log_actions import register_resending
from helpdesk_plugin.staff import bulk, log_formatters, panels
from helpdesk_plugin.staff.standards import words as standards_words
from helpdesk_plugin.staff.viewsets import ADMINS, POLICIES, HelpDeskGroup

try:
    from wagtail.permissions import register_permission_policy
except ImportError:  # Wagtail 7.4 takes policies from the viewsets.
    pass
else:
    # Before anything asks for them: Wagtail would put policies of its own in their place.
    for _model, _policy in POLICIES.items():
        register_permission_policy(_model, _policy)

register_snippet(HelpDeskGroup)
for _admin in ADMINS:
    modeladmin_register(_admin)

# Last, so that it takes the place of Wagtail's own.
hooks.register("register_bulk_action", bulk.NoBulkDelete, order=1000)
hooks.register("construct_homepage_summary_items", panels.add_summary)
hooks.register("register_log_actions", log_formatters.register_acts)
hooks.register("register_log_actions", log_formatters.register_export)
hooks.register("register_log_actions", register_resending)
hooks.register("register_log_actions", standards_words.register_log_actions)
