"""Folding a ledger: against a naive minute-by-minute count, and by its laws."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.sla import SlaState
from helpdesk_plugin.domain.standing import Promise, Turn, standing_after
from helpdesk_plugin.domain.working_calendar import Regime, WorkingCalendar

ZONE = ZoneInfo("Asia/Pontianak")
WINDOWS = ((time(7, 30), time(12)), (time(13), time(16)))
HOLIDAY = datetime(2026, 11, 25, tzinfo=ZONE).date()
HOURS = WorkingCalendar(
    [Regime("Biasa", windows=dict.fromkeys(range(5), WINDOWS))], holidays={HOLIDAY: "Libur"}, zone=ZONE
)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 WIB
MINUTE = timedelta(minutes=1)


def promise(response=120, recovery=450, calendar="1"):
    return Promise(response * MINUTE, recovery * MINUTE, calendar)


def stand(*turns):
    return standing_after(turns, lambda _edition: HOURS)


def is_working(minute):
    """Naively: is this minute (its beginning, in UTC) one of the agency's working minutes?"""
    local = minute.astimezone(ZONE)
    if local.weekday() >= 5 or local.date() == HOLIDAY:
        return False
    return any(opens <= local.time() < closes for opens, closes in WINDOWS)


def naive_due(start, minutes, pauses, limit):
    """Walk minute by minute, counting those in working time and outside pauses."""
    at, counted = start, 0
    while at < limit:
        if any(began <= at and (ended is None or at < ended) for began, ended in pauses):
            if any(began <= at and ended is None for began, ended in pauses):
                return None
        elif is_working(at):
            counted += 1
        at += MINUTE
        if counted == minutes:
            return at
    raise AssertionError("limit too short")


gaps = st.lists(st.integers(min_value=1, max_value=2000), min_size=0, max_size=7)


@given(gaps, st.integers(min_value=1, max_value=1500), st.integers(min_value=0, max_value=3000))
def test_recovery_due_equals_the_naive_walk(offsets, minutes, late_start):
    start = MONDAY + late_start * MINUTE
    turns, pauses, at, runs = [Turn(start, True, promise(recovery=minutes))], [], start, True
    for offset in offsets:
        at, runs = at + offset * MINUTE, not runs
        turns.append(Turn(at, runs))
        pauses = [*pauses, [at, None]] if not runs else [*pauses[:-1], [pauses[-1][0], at]]
    found = stand(*turns).recovery_due_at
    assert found == naive_due(start, minutes, pauses, start + timedelta(days=60))


@given(st.integers(min_value=1, max_value=400), st.integers(min_value=1, max_value=4000))
def test_a_pause_moves_the_deadline_by_the_working_time_in_it(before, length):
    began = MONDAY + timedelta(minutes=before)
    ended = began + timedelta(minutes=length)
    plain = stand(Turn(MONDAY, True, promise(recovery=2000))).recovery_due_at
    paused = stand(Turn(MONDAY, True, promise(recovery=2000)), Turn(began, False), Turn(ended, True))
    assert HOURS.between(plain, paused.recovery_due_at) == HOURS.between(began, ended)


def test_while_it_stands_nobody_can_say_the_deadline():
    standing = stand(Turn(MONDAY, True, promise()), Turn(MONDAY + 60 * MINUTE, False, reason="returned"))
    assert standing.recovery_due_at is None
    assert standing.running_since is None
    assert standing.used == 60 * MINUTE
    assert [pause.reason for pause in standing.pauses] == ["returned"]


def test_a_promise_used_up_before_the_pause_keeps_its_moment():
    standing = stand(Turn(MONDAY, True, promise(recovery=30)), Turn(MONDAY + 60 * MINUTE, False))
    assert standing.recovery_due_at == MONDAY + 30 * MINUTE


def test_response_is_judged_by_what_the_requester_was_told():
    stricter = Turn(MONDAY + 60 * MINUTE, True, promise(response=15), responds=True)
    standing = stand(Turn(MONDAY, True, promise(response=120)), stricter)
    assert standing.response_due_at == MONDAY + 120 * MINUTE
    assert standing.response_outcome is SlaState.MET


def test_late_response_stays_late_whatever_is_promised_later():
    generous = Turn(MONDAY + 60 * MINUTE, True, promise(response=450), responds=True)
    standing = stand(Turn(MONDAY, True, promise(response=30)), generous)
    assert standing.response_outcome is SlaState.MISSED


def test_changed_priority_counts_from_filing():
    standing = stand(
        Turn(MONDAY, True, promise(recovery=2250)), Turn(MONDAY + 60 * MINUTE, True, promise(recovery=90))
    )
    assert standing.recovery_due_at == MONDAY + 90 * MINUTE


@pytest.mark.parametrize(("minutes", "outcome"), [(89, "met"), (90, "met"), (91, "missed")])
def test_recovery_on_the_minute(minutes, outcome):
    standing = stand(
        Turn(MONDAY, True, promise(recovery=90)), Turn(MONDAY + minutes * MINUTE, False, recovers=True)
    )
    assert standing.recovery_outcome == outcome


def test_reopening_takes_the_outcome_back_and_runs_on():
    standing = stand(
        Turn(MONDAY, True, promise(recovery=90)),
        Turn(MONDAY + 60 * MINUTE, False, recovers=True),
        Turn(MONDAY + 120 * MINUTE, True, reopens=True),
    )
    assert standing.recovery_outcome is None
    assert standing.used == 60 * MINUTE
    # 09.00 + 60 used + pause 10.00–11.00; the remaining 30 minutes end at 11.30
    assert standing.recovery_due_at == MONDAY + 150 * MINUTE


def test_warning_comes_at_three_quarters():
    standing = stand(Turn(MONDAY, True, promise(recovery=120)))
    assert standing.recovery_warn_at == MONDAY + 90 * MINUTE


def test_each_edition_of_the_calendar_is_asked_for_by_name():
    asked = []

    def calendar_of(edition):
        asked.append(edition)
        return HOURS

    standing_after(
        [
            Turn(MONDAY, True, promise(calendar="1")),
            Turn(MONDAY + MINUTE, True, promise(calendar="2"), responds=True),
        ],
        calendar_of,
    )
    assert set(asked) == {"1", "2"}


def test_no_promise_no_deadline():
    nothing = Promise(None, None, "1")
    standing = stand(Turn(MONDAY, True, nothing), Turn(MONDAY + MINUTE, False, recovers=True, responds=True))
    assert (standing.response_due_at, standing.recovery_due_at) == (None, None)
    assert (standing.response_outcome, standing.recovery_outcome) == (None, None)


def test_ledger_without_beginning_is_refused():
    with pytest.raises(ValueError, match="empty"):
        stand()
    with pytest.raises(ValueError, match="promise"):
        stand(Turn(MONDAY, True))
