"""What the calendar asks of those who look after it, on Wagtail's home and above its lists."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services.calendar_changes import question_for
from helpdesk_plugin.services.holiday_import import years_without_holidays
from helpdesk_plugin.staff.views.listing import staff_media

RECOUNTING_URL_NAME = "helpdesk_recounting"
_IMPORT_URL_NAME = "helpdesk_holidays_modeladmin_import"


@dataclass(frozen=True)
class Notice:
    """A sentence with the link to where something is done about it."""

    sentence: str
    url: str
    link: str


def notices_for(user) -> list[Notice]:
    """What this officer should do about the calendar now. A fixed number of queries."""
    return [*_missing_holidays(user), *_tickets_of_earlier_calendars(user)]


def _missing_holidays(user) -> list[Notice]:
    """From October the table of next year is due: without it every deadline counts holidays as work."""
    if not user.has_perm("helpdesk_plugin.add_holiday"):
        return []
    return [
        Notice(
            _("The holiday table of %(year)d is empty: deadlines would count its holidays as working days.")
            % {"year": year},
            f"{reverse(_IMPORT_URL_NAME)}?year={year}",
            _("Import the holidays of %(year)d") % {"year": year},
        )
        for year in years_without_holidays(agency_date(clock.now()))
    ]


def _tickets_of_earlier_calendars(user) -> list[Notice]:
    if not may_take(user, Remark.RECOUNT, None):
        return []
    count = len(question_for(user, unanswered=True).touched)
    if not count:
        return []
    said = ngettext(
        "The working calendar has changed. %(count)d open ticket is counted by an earlier calendar.",
        "The working calendar has changed. %(count)d open tickets are counted by an earlier calendar.",
        count,
    )
    return [
        Notice(said % {"count": count}, reverse(RECOUNTING_URL_NAME), _("See which deadlines would move"))
    ]


class CalendarPanel(Component):
    """The notices on Wagtail's home, before anything else."""

    order = 10
    template_name = "helpdesk_plugin/staff/includes/calendar_notices.html"

    def __init__(self, notices: list[Notice]) -> None:
        self.notices = notices

    @property
    def media(self):
        return staff_media()

    def get_context_data(self, parent_context):
        return {"calendar_notices": self.notices}


def add_panel(request, panels) -> None:
    """Put the notices on the home of those whom they concern."""
    notices = notices_for(request.user)
    if notices:
        panels.append(CalendarPanel(notices))
