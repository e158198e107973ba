"""The demonstration's officers, and moments on past working days to let them act at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date, calendar
from helpdesk_plugin.demo.accounts import officer
from helpdesk_plugin.domain.working_calendar import WorkingCalendar
from helpdesk_plugin.models import WorkingRegime

#: How far back the search for working days goes, in calendar days.
_HORIZON = 60


class NotReady(Exception):
    """The site lacks something that the invented tickets need; the message names it."""


@dataclass(frozen=True)
class Desk:
    """Who acts, and on which days. ``days`` are the agency's working days before today, newest first."""

    kadis: Any
    kabid: Any
    prakom: Any
    teknisi: Any
    hours: WorkingCalendar
    days: tuple[date, ...]

    def moment(self, days_ago: int, minute: int) -> datetime:
        """The moment ``minute`` working minutes after opening, so many working days ago.

        Day 0 is today, where minutes count back from now: requests come in at any hour.
        """
        if days_ago == 0:
            return clock.now() - timedelta(minutes=minute)
        day = self.days[days_ago - 1]
        opens = self.hours.plan_for(day).windows[0][0]
        opening = datetime.combine(day, opens, tzinfo=ZoneInfo(settings.TIME_ZONE))
        return self.hours.add(opening, timedelta(minutes=minute))


def open_desk(working_days: int) -> Desk:
    """Return the desk with this many working days behind it.

    Raises NotReady without the officers' accounts or without working hours.
    """
    officers = {name: officer(name) for name in ("kadis", "kabid", "prakom", "teknisi")}
    missing = [name for name, user in officers.items() if user is None]
    if missing:
        raise NotReady(", ".join(missing))
    hours = calendar()
    today = agency_date(clock.now())
    past = (today - timedelta(days=back) for back in range(1, _HORIZON))
    days = [day for day in past if hours.is_working_day(day)][:working_days]
    if len(days) < working_days:
        raise NotReady(str(WorkingRegime._meta.verbose_name_plural))
    return Desk(**officers, hours=hours, days=tuple(days))
