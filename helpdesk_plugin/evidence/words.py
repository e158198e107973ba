"""What Wagtail's own log says of evidence that was handed out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

EVIDENCE_ACTION = "helpdesk.period_evidence"
PERFORMANCE_ACTION = "helpdesk.performance"


def register_log_actions(actions) -> None:
    """Register both archives as log actions; wired in `wagtail_hooks`."""

    @actions.register_action(EVIDENCE_ACTION)
    class EvidenceFormatter(LogFormatter):
        label = gettext_lazy("Evidence of a period handed out")

        def format_message(self, log_entry):
            return _("Evidence of %(period)s handed out, SHA-256 %(sha256)s") % _told(log_entry)

    @actions.register_action(PERFORMANCE_ACTION)
    class PerformanceFormatter(LogFormatter):
        label = gettext_lazy("Performance evidence handed out")

        def format_message(self, log_entry):
            return _("Performance evidence of %(period)s handed out, SHA-256 %(sha256)s") % _told(log_entry)


def _told(log_entry) -> dict:
    data = log_entry.data if isinstance(log_entry.data, dict) else {}
    return {"period": data.get("period", "?"), "sha256": str(data.get("sha256", "?"))[:16]}
