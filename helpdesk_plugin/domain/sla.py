"""The service-level clock: what is promised, how much of it is used, and how the promise stands.

All amounts are working time, counted by a working calendar that is passed in; all moments carry a time
zone. Nothing here knows the current time: ``now`` is always an argument.

A promise counts as kept until the very moment it falls due, and as broken after it, by the wall clock:
work due on Friday at 16.30 that is done on Friday at 20.00 is late, although no working minute lies between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from helpdesk_plugin.domain.working_calendar import ZERO, WorkingCalendar

AT_RISK_PERCENT = 75
BREACHED_PERCENT = 100


class SlaState(StrEnum):
    """How a promise stands. MET and MISSED are final; the others may still change."""

    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Target:
    """What a priority promises, each in working time (catalogue §4).

    ``response``: from filing until an officer takes it in (S2). ``recovery``: until the service works
    again (S7). ``assignment``: disposition and assignment (S3-S4). ``update_every``: longest silence
    towards the requester; None means only when something changes. A service with a recovery time of its
    own is ``dataclasses.replace(target, recovery=…)``. Raises ValueError unless every amount is positive.
    """

    response: timedelta
    recovery: timedelta
    assignment: timedelta | None = None
    update_every: timedelta | None = None

    def __post_init__(self) -> None:
        for amount in (self.response, self.recovery, self.assignment, self.update_every):
            if amount is not None and amount <= ZERO:
                raise ValueError("A target promises more than no working time.")


@dataclass(frozen=True, slots=True)
class Clock:
    """Working time used so far, as two fields: what was counted, and since when it runs on.

    ``accumulated`` is the working time of earlier runs; ``running_since`` is None while the clock stands.
    A clock never changes: each turn returns a new one.
    """

    accumulated: timedelta = ZERO
    running_since: datetime | None = None

    @classmethod
    def start(cls, at: datetime) -> Self:
        """Return a clock that has counted nothing and runs from ``at``."""
        return cls(ZERO, at)

    @property
    def is_running(self) -> bool:
        return self.running_since is not None

    def pause(self, at: datetime, calendar: WorkingCalendar) -> Self:
        """Return the clock stopped at ``at`` with its run added. A standing clock stays as it is."""
        return replace(self, accumulated=self.elapsed(at, calendar), running_since=None)

    def resume(self, at: datetime) -> Self:
        """Return the clock running on from ``at``. A running clock stays as it is."""
        return self if self.is_running else replace(self, running_since=at)

    def elapsed(self, now: datetime, calendar: WorkingCalendar) -> timedelta:
        """Return the working time used until ``now``."""
        if self.running_since is None:
            return self.accumulated
        return self.accumulated + calendar.between(self.running_since, now)

    def due(self, promised: timedelta, calendar: WorkingCalendar) -> datetime | None:
        """Return the moment (UTC) at which the present run will have used up ``promised``.

        None while the clock stands, because the moment moves along, and when earlier runs used it all up:
        that moment is past and only the recorded pauses know it (``due_with_pauses``).
        """
        if self.running_since is None or self.accumulated >= promised:
            return None
        return calendar.add(self.running_since, promised - self.accumulated)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood, and why. ``ended`` is None while it lasts."""

    began: datetime
    ended: datetime | None = None
    reason: str = ""


def due_at(start: datetime, promised: timedelta, calendar: WorkingCalendar) -> datetime:
    """Return the moment (UTC) at which ``promised`` working time has passed since ``start``, without pauses.

    Raises NoWorkingTime when the calendar cannot hold it.
    """
    return calendar.add(start, promised)


def due_with_pauses(
    start: datetime, promised: timedelta, pauses: Iterable[Pause], calendar: WorkingCalendar
) -> datetime | None:
    """Return the moment (UTC) at which ``promised`` is used up when the clock stands during ``pauses``.

    Each pause moves it by the working time within the pause; pauses after it change nothing. None while
    the last pause lasts and the promise is not used up: nobody can say yet. A target that changed is
    judged by asking again with the new amount and the same pauses.
    """
    left = promised
    for began, ended in running_spans(start, pauses):
        if ended is None:
            return calendar.add(began, left)
        counted = calendar.between(began, ended)
        if left <= counted:
            return calendar.add(began, left)
        left -= counted
    return None


def elapsed_with_pauses(
    start: datetime, now: datetime, pauses: Iterable[Pause], calendar: WorkingCalendar
) -> timedelta:
    """Return the working time from ``start`` until ``now`` outside the pauses; what a Clock would show."""
    spans = running_spans(start, pauses)
    return sum((calendar.between(began, min(ended or now, now)) for began, ended in spans), ZERO)


def running_spans(start: datetime, pauses: Iterable[Pause]) -> list[tuple[datetime, datetime | None]]:
    """Return the stretches in which the clock ran, in order; the last one is open (None) if it still runs.

    Pauses may come in any order, overlap, or begin before ``start``. With ``calendar.explain`` on each
    stretch a deadline can be told day by day.
    """
    spans: list[tuple[datetime, datetime | None]] = []
    since = start
    for pause in sorted(pauses, key=lambda pause: pause.began):
        if pause.began > since:
            spans.append((since, pause.began))
        if pause.ended is None:
            return spans
        since = max(since, pause.ended)
    return [*spans, (since, None)]


def state_at(
    now: datetime,
    clock: Clock,
    promised: timedelta,
    calendar: WorkingCalendar,
    *,
    finished: bool = False,
    at_risk_percent: int = AT_RISK_PERCENT,
    breached_percent: int = BREACHED_PERCENT,
) -> SlaState:
    """Return how the promise stands at ``now``.

    ``finished`` says that what was promised happened at ``now``: the answer is then MET or MISSED. Else a
    promise that is used up is BREACHED even while the clock stands; a standing clock is PAUSED; from the
    moment at which ``at_risk_percent`` of the promise is used it is AT_RISK. Raises ValueError unless
    0 < at_risk_percent <= breached_percent.
    """
    if not 0 < at_risk_percent <= breached_percent:
        raise ValueError("The levels must be above zero, the warning not above the breach.")
    broken = _is_past(now, clock, share(promised, breached_percent), calendar)
    if finished:
        return SlaState.MISSED if broken else SlaState.MET
    if broken:
        return SlaState.BREACHED
    if not clock.is_running:
        return SlaState.PAUSED
    at_risk = clock.elapsed(now, calendar) >= share(promised, at_risk_percent)
    return SlaState.AT_RISK if at_risk else SlaState.ON_TIME


def share(promised: timedelta, percent: int) -> timedelta:
    """Return a percentage of a promise, to the microsecond below: the amount at which a level is reached."""
    return promised * percent // 100


def _is_past(now: datetime, clock: Clock, amount: timedelta, calendar: WorkingCalendar) -> bool:
    """Say whether ``now`` lies after the moment at which the clock had used ``amount``.

    Earlier runs that used it all ended at or after that moment, so it has passed.
    """
    if clock.accumulated >= amount:
        return True
    due = clock.due(amount, calendar)
    return due is not None and now > due
