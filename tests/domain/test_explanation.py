"""Deadlines told day by day: the sum is the clock's, and every reason is named."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.explanation import tell
from helpdesk_plugin.domain.sla import Pause, due_with_pauses, elapsed_with_pauses
from helpdesk_plugin.domain.working_calendar import ZERO, Regime, WorkingCalendar

ZONE = ZoneInfo("Asia/Pontianak")
DAY = ((time(7, 30), time(12)), (time(13), time(16)))
FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
HOURS = WorkingCalendar(
    [Regime("Normal", dict.fromkeys(range(4), DAY) | {4: FRIDAY})],
    {date(2026, 11, 10): "Hari Pahlawan"},
    zone=ZONE,
)


def wib(*parts):
    return datetime(*parts, tzinfo=ZONE)


def test_tell_over_weekend_holiday_and_pause():
    # Friday 15.30, an hour left that day; Monday whole; Tuesday a holiday; Wednesday stands from 8 to 14.
    pause = Pause(wib(2026, 11, 11, 8), wib(2026, 11, 11, 14), "waiting_requester")
    due = due_with_pauses(wib(2026, 11, 6, 15, 30), timedelta(minutes=600), [pause], HOURS)
    days = tell(wib(2026, 11, 6, 15, 30), due, [pause], HOURS)
    assert due == wib(2026, 11, 11, 15)
    assert [(day.first.day, day.worked // timedelta(minutes=1)) for day in days] == [
        (6, 60),
        (7, 0),
        (8, 0),
        (9, 450),
        (10, 0),
        (11, 90),
    ]
    assert [day.first.day for day in days if day.is_closed] == [7, 8, 10]
    assert days[4].account.holiday == "Hari Pahlawan"
    assert days[5].counted == (
        (wib(2026, 11, 11, 7, 30), wib(2026, 11, 11, 8)),
        (wib(2026, 11, 11, 14), wib(2026, 11, 11, 15)),
    )
    assert days[5].pauses == (pause,)
    assert days[5].so_far == timedelta(minutes=600)


def test_tell_joins_days_that_one_pause_covers():
    pause = Pause(wib(2026, 11, 3, 10), wib(2026, 11, 20, 10), "waiting_requester")
    days = tell(wib(2026, 11, 3, 8), wib(2026, 11, 20, 11), [pause], HOURS)
    assert [(day.first.day, day.last.day) for day in days] == [(3, 3), (4, 19), (20, 20)]
    assert days[1].worked == ZERO
    assert days[1].pauses == (Pause(wib(2026, 11, 4), wib(2026, 11, 20), "waiting_requester"),)


def test_tell_of_a_pause_that_lasts_ends_with_what_is_asked():
    pause = Pause(wib(2026, 11, 3, 10), None, "waiting_third_party")
    days = tell(wib(2026, 11, 3, 8), wib(2026, 11, 3, 12), [pause], HOURS)
    assert days[0].worked == timedelta(hours=2)
    assert days[0].pauses == (Pause(wib(2026, 11, 3, 10), wib(2026, 11, 3, 12), "waiting_third_party"),)


def test_tell_of_nothing_is_empty():
    assert tell(wib(2026, 11, 3, 8), wib(2026, 11, 3, 8), [], HOURS) == []


moments = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@given(start=moments, until=moments, edges=st.lists(moments, max_size=8))
def test_tell_adds_up_to_what_the_clock_counted(start, until, edges):
    edges.sort()
    ends = [*edges[1::2], None]
    pauses = [Pause(began, ended) for began, ended in zip(edges[::2], ends, strict=False)]
    days = tell(start, until, pauses, HOURS)
    expected = elapsed_with_pauses(start, until, pauses, HOURS) if until > start else ZERO
    assert sum((day.worked for day in days), ZERO) == expected
    assert (days[-1].so_far if days else ZERO) == expected
    covered = [day for told in days for day in (told.first, told.last)]
    assert covered == sorted(covered)
