"""How acts read in Wagtail's own history: one formatter an act, worded by the core's labels."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from helpdesk_plugin import labels
from helpdesk_plugin.domain.steps import ALL_ACTS


def register_acts(actions):
    """Register every act of the procedure as a log action (`helpdesk.<act>`)."""
    for act in ALL_ACTS:
        actions.register_action(f"helpdesk.{act.value}")(_formatter(act))


#: Logged against the officer who took tickets out as a spreadsheet.
EXPORT_ACTION = "helpdesk.export"


#: Logged against the officer who brought rows in.
IMPORT_ACTION = "helpdesk.import_rows"


def register_export(actions):
    """Register the export of tickets, and the import of lists, as log actions."""

    @actions.register_action(IMPORT_ACTION)
    class ImportFormatter(LogFormatter):
        label = gettext_lazy("Rows imported")

        def format_message(self, log_entry):
            data = log_entry.data if isinstance(log_entry.data, dict) else {}
            return _("%(rows)s rows imported") % {"rows": data.get("rows", 0)}

    @actions.register_action(EXPORT_ACTION)
    class ExportFormatter(LogFormatter):
        label = gettext_lazy("Tickets exported")

        def format_message(self, log_entry):
            data = log_entry.data if isinstance(log_entry.data, dict) else {}
            rows = data.get("rows")
            return str(self.label) if rows is None else _("%(rows)s tickets exported") % {"rows": rows}


def _formatter(act):
    class ActFormatter(LogFormatter):
        label = labels.ACT_DONE[act]

        def format_message(self, log_entry):
            data = log_entry.data if isinstance(log_entry.data, dict) else {}
            sop_code = data.get("sop")
            if not sop_code:
                return str(self.label)
            return _("%(act)s (SOP step %(code)s)") % {"act": self.label, "code": sop_code}

    return ActFormatter
