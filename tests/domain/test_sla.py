"""The service-level clock: golden cases from the catalogue, then properties over any chain of pauses."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpdesk_plugin.domain.sla import (
    Clock,
    Pause,
    SlaState,
    Target,
    due_at,
    due_with_pauses,
    elapsed_with_pauses,
    running_spans,
    share,
    state_at,
)
from helpdesk_plugin.domain.working_calendar import WORKING_DAY, ZERO, Regime, WorkingCalendar

WIB = ZoneInfo("Asia/Pontianak")
HOUR = timedelta(hours=1)

WEEKDAY = ((time(7, 30), time(12)), (time(13), time(16)))
FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
OFFICE = WorkingCalendar(
    [Regime("Normal", dict.fromkeys(range(4), WEEKDAY) | {4: FRIDAY})],
    {date(2026, 8, 17): "Kemerdekaan", date(2026, 8, 25): "Maulid"},
    zone=WIB,
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=WIB)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


# --- Targets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["response", "recovery", "assignment", "update_every"])
@pytest.mark.parametrize("amount", [ZERO, -HOUR])
def test_a_target_promises_more_than_nothing(field, amount):
    given_amounts = {"response": HOUR, "recovery": HOUR, field: amount}
    with pytest.raises(ValueError, match="more than no working time"):
        Target(**given_amounts)


def test_due_times_of_the_four_priorities():
    filed = wib("08-13T10:00")  # Thursday; Monday the 17th is a holiday
    promises = [minutes(240), WORKING_DAY, 3 * WORKING_DAY, 5 * WORKING_DAY]
    assert [due_at(filed, promised, OFFICE) for promised in promises] == [
        wib("08-13T15:00"),
        wib("08-14T10:00"),
        wib("08-19T10:00"),
        wib("08-21T10:00"),
    ]


# --- The clock ----------------------------------------------------------------------------------------


def test_a_clock_counts_working_time_only_while_it_runs():
    clock = Clock.start(wib("08-13T11:00"))
    assert clock.elapsed(wib("08-13T13:30"), OFFICE) == minutes(90)
    standing = clock.pause(wib("08-13T14:00"), OFFICE)
    assert (standing.accumulated, standing.is_running) == (minutes(120), False)
    assert standing.elapsed(wib("08-14T10:00"), OFFICE) == minutes(120)
    assert standing.resume(wib("08-14T10:00")).elapsed(wib("08-14T10:05"), OFFICE) == minutes(125)


def test_pausing_or_resuming_twice_changes_nothing():
    clock = Clock.start(wib("08-13T11:00"))
    standing = clock.pause(wib("08-13T11:30"), OFFICE)
    assert standing.pause(wib("08-13T15:00"), OFFICE) == standing
    assert clock.resume(wib("08-13T15:00")) == clock


def test_a_new_clock_stands_at_nothing():
    assert Clock().elapsed(wib("08-13T11:00"), OFFICE) == ZERO
    assert Clock().due(HOUR, OFFICE) is None


def test_a_clock_knows_no_due_time_for_what_earlier_runs_used_up():
    standing = Clock.start(wib("08-13T08:00")).pause(wib("08-13T11:00"), OFFICE)
    assert standing.resume(wib("08-13T14:00")).due(2 * HOUR, OFFICE) is None
    assert standing.resume(wib("08-13T14:00")).due(3 * HOUR, OFFICE) is None
    assert standing.resume(wib("08-13T14:00")).due(4 * HOUR, OFFICE) == wib("08-13T15:00")


# --- Pauses -------------------------------------------------------------------------------------------


def test_a_pause_moves_the_due_time_by_its_working_time():
    filed, pause = wib("08-13T10:00"), Pause(wib("08-13T11:30"), wib("08-14T08:00"), "menunggu pemohon")
    assert due_with_pauses(filed, minutes(240), [], OFFICE) == wib("08-13T15:00")
    # the pause holds 30 minutes before lunch, 180 after it and 30 on Friday morning
    assert due_with_pauses(filed, minutes(240), [pause], OFFICE) == wib("08-14T10:30")


def test_a_pause_after_the_due_time_changes_nothing():
    pause = Pause(wib("08-13T15:30"), None)
    assert due_with_pauses(wib("08-13T10:00"), minutes(240), [pause], OFFICE) == wib("08-13T15:00")


def test_nobody_can_say_when_while_the_pause_lasts():
    assert due_with_pauses(wib("08-13T10:00"), minutes(240), [Pause(wib("08-13T11:00"))], OFFICE) is None


def test_a_pause_that_begins_when_the_promise_is_used_up_does_not_move_it():
    pause = Pause(wib("08-13T16:00"), wib("08-14T10:00"))
    assert due_with_pauses(wib("08-13T07:30"), WORKING_DAY, [pause], OFFICE) == wib("08-13T16:00")


def test_running_spans_order_and_join_overlapping_pauses():
    at = [wib(f"08-13T{hour}:00") for hour in range(10, 18)]
    pauses = [Pause(at[5], at[6]), Pause(at[1], at[3]), Pause(at[2], at[4]), Pause(at[0] - HOUR, at[0])]
    assert running_spans(at[0], pauses) == [(at[0], at[1]), (at[4], at[5]), (at[6], None)]
    assert running_spans(at[0], [*pauses, Pause(at[7])])[-1] == (at[6], at[7])
    assert running_spans(at[0], [Pause(at[0])]) == []
    assert running_spans(at[0], [Pause(at[0], at[5]), Pause(at[1], at[2])]) == [(at[5], None)]


# --- States -------------------------------------------------------------------------------------------

CLOCK = Clock.start(wib("08-13T07:30"))  # promised: one working day, so due the same day at 16:00


@pytest.mark.parametrize(
    ("now", "state", "final"),
    [
        ("08-13T07:30", SlaState.ON_TIME, SlaState.MET),
        ("08-13T14:07", SlaState.ON_TIME, SlaState.MET),
        ("08-13T14:08", SlaState.AT_RISK, SlaState.MET),  # 75 % of 450 minutes is 337,5
        ("08-13T16:00", SlaState.AT_RISK, SlaState.MET),
        ("08-13T16:00:00.000001", SlaState.BREACHED, SlaState.MISSED),
        ("08-13T20:00", SlaState.BREACHED, SlaState.MISSED),  # after hours, and still too late
        ("08-18T09:00", SlaState.BREACHED, SlaState.MISSED),
    ],
)
def test_state_of_a_running_promise(now, state, final):
    assert state_at(wib(now), CLOCK, WORKING_DAY, OFFICE) is state
    assert state_at(wib(now), CLOCK, WORKING_DAY, OFFICE, finished=True) is final


def test_a_standing_clock_is_paused_unless_the_promise_was_used_up_before():
    in_time = CLOCK.pause(wib("08-13T15:59"), OFFICE)
    too_late = CLOCK.pause(wib("08-13T20:00"), OFFICE)
    later = wib("08-20T10:00")
    assert state_at(later, in_time, WORKING_DAY, OFFICE) is SlaState.PAUSED
    assert state_at(later, in_time, WORKING_DAY, OFFICE, finished=True) is SlaState.MET
    assert state_at(later, too_late, WORKING_DAY, OFFICE) is SlaState.BREACHED
    assert state_at(later, too_late, WORKING_DAY, OFFICE, finished=True) is SlaState.MISSED


def test_a_breach_is_not_forgotten_when_the_clock_runs_on():
    resumed = CLOCK.pause(wib("08-14T09:00"), OFFICE).resume(wib("08-18T07:30"))
    assert state_at(wib("08-18T07:30"), resumed, WORKING_DAY, OFFICE) is SlaState.BREACHED


def test_levels_can_be_moved():
    now = wib("08-13T12:00")  # 270 of 450 minutes: 60 %

    def judge(at_risk: int, breached: int) -> SlaState:
        return state_at(now, CLOCK, WORKING_DAY, OFFICE, at_risk_percent=at_risk, breached_percent=breached)

    assert [judge(61, 100), judge(60, 100), judge(50, 59)] == ["on_time", "at_risk", "breached"]


@pytest.mark.parametrize(("at_risk", "breached"), [(0, 100), (-5, 100), (101, 100)])
def test_levels_in_the_wrong_order_are_refused(at_risk, breached):
    with pytest.raises(ValueError, match="levels"):
        state_at(
            wib("08-13T12:00"),
            CLOCK,
            WORKING_DAY,
            OFFICE,
            at_risk_percent=at_risk,
            breached_percent=breached,
        )


def test_share_is_exact_to_the_microsecond():
    assert share(WORKING_DAY, 75) == timedelta(minutes=337, seconds=30)
    assert share(timedelta(microseconds=3), 50) == timedelta(microseconds=1)


# --- Properties ---------------------------------------------------------------------------------------

calm = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))
stretches = st.timedeltas(timedelta(0), timedelta(days=4))
promises = st.timedeltas(timedelta(minutes=1), timedelta(days=3))


@st.composite
def histories(draw):
    """A start and the pauses after it, in order: run, pause, run, pause, …"""
    start = draw(moments)
    turns = list(accumulate(draw(st.lists(stretches, max_size=8)), initial=start))[1:]
    return start, [Pause(*pair) for pair in zip(turns[0::2], turns[1::2], strict=False)]


def clock_at(now: datetime, start: datetime, pauses: list[Pause]) -> Clock:
    clock = Clock.start(start)
    for pause in pauses:
        if pause.began <= now:
            clock = clock.pause(pause.began, OFFICE)
        if pause.ended and pause.ended <= now:
            clock = clock.resume(pause.ended)
    return clock


def known_at(now: datetime, pauses: list[Pause]) -> list[Pause]:
    """The pauses as the record shows them at a moment: one that still lasts has no end."""
    return [
        Pause(pause.began, pause.ended if pause.ended and pause.ended <= now else None)
        for pause in pauses
        if pause.began <= now
    ]


@calm
@given(moments, promises, stretches, stretches)
def test_pausing_for_some_working_time_moves_the_due_time_by_it(start, promised, until_pause, length):
    due = due_at(start, promised, OFFICE)
    pause = Pause(start + until_pause, start + until_pause + length)
    assume(pause.began < due)
    paused = OFFICE.between(pause.began, pause.ended)
    moved = OFFICE.add(due, paused) if paused else due
    assert due_with_pauses(start, promised, [pause], OFFICE) == moved


@calm
@given(histories(), promises)
def test_due_with_pauses_leaves_exactly_the_promise_outside_the_pauses(history, promised):
    start, pauses = history
    due = due_with_pauses(start, promised, pauses, OFFICE)
    assert elapsed_with_pauses(start, due, pauses, OFFICE) == promised
    assert elapsed_with_pauses(start, due - timedelta(microseconds=1), pauses, OFFICE) < promised


@calm
@given(histories(), stretches)
def test_a_clock_counts_what_the_record_of_pauses_says(history, later):
    start, pauses = history
    now = start + 3 * later
    counted = clock_at(now, start, pauses).elapsed(now, OFFICE)
    assert counted == elapsed_with_pauses(start, now, known_at(now, pauses), OFFICE)


@calm
@given(histories(), promises, stretches)
def test_clock_and_record_name_the_same_due_time(history, promised, later):
    start, pauses = history
    now = start + 3 * later
    clock = clock_at(now, start, pauses)
    if clock.is_running and clock.accumulated < promised:
        due = due_with_pauses(start, promised, known_at(now, pauses), OFFICE)
        assert clock.due(promised, OFFICE) == due


@calm
@given(histories(), promises, stretches)
def test_state_agrees_with_the_due_time_of_the_record(history, promised, later):
    start, pauses = history
    now = start + 3 * later
    clock, known = clock_at(now, start, pauses), known_at(now, pauses)
    due = due_with_pauses(start, promised, known, OFFICE)
    assume(now != due)
    late = due is not None and now > due
    state = state_at(now, clock, promised, OFFICE)
    assert (state is SlaState.BREACHED) is late
    assert (state is SlaState.PAUSED) is (not clock.is_running and not late)
    assert state_at(now, clock, promised, OFFICE, finished=True) is (
        SlaState.MISSED if late else SlaState.MET
    )


@calm
@given(histories(), promises, stretches, stretches)
def test_a_promise_never_recovers_while_the_clock_runs(history, promised, later, more):
    start, pauses = history
    now = start + 3 * later
    clock = clock_at(now, start, pauses)
    assume(clock.is_running)
    order = [SlaState.ON_TIME, SlaState.AT_RISK, SlaState.BREACHED]
    states = [state_at(at, clock, promised, OFFICE) for at in (now, now + more)]
    assert order.index(states[0]) <= order.index(states[1])
