"""What two editions of the working calendar disagree about."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from helpdesk_plugin.domain.working_calendar import WorkingCalendar


def changed_days(before: WorkingCalendar, after: WorkingCalendar, first: date, last: date) -> list[date]:
    """Return the days from ``first`` to ``last``, both included, whose working hours differ, in order.

    Names of holidays and regimes count for nothing: only hours move a deadline. In another time zone every
    day differs.
    """
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    if before.zone != after.zone:
        return list(days)
    return [day for day in days if before.plan_for(day).windows != after.plan_for(day).windows]


def touches(changed: Sequence[date], first: date, last: date) -> bool:
    """Say whether any of the ``changed`` days (in order) lies from ``first`` to ``last``, both included."""
    index = bisect_left(changed, first)
    return index < len(changed) and changed[index] <= last
