"""How periods are spoken of, and what Wagtail's own log says of their answers being taken away as a file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.models import SurveyPeriod
from helpdesk_plugin.templatetags.helpdesk import short_date

EXPORT_ACTION = "helpdesk.survey_export"
INVITE_ACTION = "helpdesk.survey_invite"


def standing_of(period: SurveyPeriod) -> str:
    """Whether a period is a draft, takes answers, or has ended."""
    if period.is_draft:
        return _("draft")
    if period.is_open_on(agency_date(clock.now())):
        return _("takes answers until %(day)s") % {"day": short_date(period.answers_until)}
    return _("ended")


def days_of(period: SurveyPeriod) -> str:
    """The days that a period asks about."""
    return f"{short_date(period.first_day)} – {short_date(period.last_day)}"


def register_log_actions(actions) -> None:
    """Register what is done with periods as log actions; wired in `wagtail_hooks`."""

    @actions.register_action(EXPORT_ACTION)
    class ExportFormatter(LogFormatter):
        label = gettext_lazy("Answers of a survey exported")

        def format_message(self, log_entry):
            data = log_entry.data if isinstance(log_entry.data, dict) else {}
            return _("Answers exported: %(file)s") % {"file": data.get("file", "?")}

    @actions.register_action(INVITE_ACTION)
    class InviteFormatter(LogFormatter):
        label = gettext_lazy("Invitations to a survey sent")

        def format_message(self, log_entry):
            data = log_entry.data if isinstance(log_entry.data, dict) else {}
            return _("%(n)s people invited") % {"n": data.get("invited", "?")}
