"""How values of a version are written, and what Wagtail's own log says of it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from helpdesk_plugin import labels
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models import SopVersion, StepStandard
from helpdesk_plugin.services.standards import CONFIRM_ACTION, IDENTITY, SUCCEED_ACTION
from helpdesk_plugin.templatetags.helpdesk import short_date, working_time

IDENTITY_NAME = gettext_lazy("identity and content of the SOP")


def version_in_words(version: SopVersion) -> str:
    """A version by number and day; the title is mostly the same for all."""
    told = {"number": version.number, "day": short_date(version.in_force_from)}
    return _("Version %(number)s, from %(day)s") % told


def minutes_in_words(minutes: int | None) -> str:
    """Working minutes as people say them; a step without a time of its own says so by a dash."""
    return "–" if minutes is None else working_time(minutes)


def times_of(step: StepStandard) -> list[tuple[str, str]]:
    """The standard times of a step: (priority, duration), or one without priority where all are alike."""
    times = {priority: step.minutes_for(priority.value) for priority in Priority}
    if len(set(times.values())) == 1:
        return [("", minutes_in_words(step.minutes_p4))]
    return [(str(labels.PRIORITY[priority]), minutes_in_words(time)) for priority, time in times.items()]


def performer_of(step: StepStandard) -> str:
    """The office that performs a step, and the note on it below."""
    return "\n".join(filter(None, (step.get_role_display(), step.role_note)))


def values_in_words(values: Iterable[str]) -> str:
    """Names of approved values: the identity block, and codes of steps as they are."""
    return ", ".join(str(IDENTITY_NAME) if value == IDENTITY else value for value in values)


def register_log_actions(actions) -> None:
    """Register what is done with versions as log actions; wired in `wagtail_hooks`."""

    @actions.register_action(SUCCEED_ACTION)
    class SucceedFormatter(LogFormatter):
        label = gettext_lazy("SOP version made")

        def format_message(self, log_entry):
            return _("Made from version %(number)s") % {"number": _data(log_entry).get("from", "?")}

    @actions.register_action(CONFIRM_ACTION)
    class ConfirmFormatter(LogFormatter):
        label = gettext_lazy("SOP values confirmed")

        def format_message(self, log_entry):
            data = _data(log_entry)
            told = {"values": values_in_words(data.get("values", ())), "reason": data.get("reason", "")}
            return _("Confirmed as approved: %(values)s. Reason: %(reason)s") % told


def _data(log_entry) -> dict:
    return log_entry.data if isinstance(log_entry.data, dict) else {}
