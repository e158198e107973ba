"""How Wagtail's own log says what was done with notices."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from helpdesk_plugin import labels
from helpdesk_plugin.domain.notices import NoticePhase
from helpdesk_plugin.services.notices import EMERGENCY_ACTION, REVIEW_ACTION, UPDATE_ACTION


def _data(entry) -> dict:
    return entry.data if isinstance(entry.data, dict) else {}


def register_log_actions(actions) -> None:
    """Register updates, emergencies and reviews as log actions."""

    @actions.register_action(UPDATE_ACTION)
    class UpdateFormatter(LogFormatter):
        label = gettext_lazy("Update of a notice published")

        def format_message(self, log_entry):
            phase = _data(log_entry).get("phase")
            if not phase:
                return str(self.label)
            return _("Update published: %(phase)s") % {"phase": labels.NOTICE_PHASE[NoticePhase(phase)]}

    @actions.register_action(EMERGENCY_ACTION)
    class EmergencyFormatter(LogFormatter):
        label = gettext_lazy("Notice published on the emergency line")

        def format_message(self, log_entry):
            data = _data(log_entry)
            return _("Published on the emergency line: “%(wording)s”, P%(priority)s") % {
                "wording": data.get("template", "?"),
                "priority": data.get("priority", "?"),
            }

    @actions.register_action(REVIEW_ACTION)
    class ReviewFormatter(LogFormatter):
        label = gettext_lazy("Emergency notice reviewed")

        def format_message(self, log_entry):
            return str(self.label)
