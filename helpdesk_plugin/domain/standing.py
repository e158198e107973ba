"""How a ticket stands against its promises, read from its ledger and nothing else.

The door writes into each ledger entry what the clock needs to know: whether it runs afterwards and, where
the act changes it, the promise and the calendar that the ticket is judged by. Folding the entries gives
deadlines and outcomes; the door stores that fold, and folding again gives exactly what is stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpdesk_plugin.domain.sla import (
    AT_RISK_PERCENT,
    Pause,
    SlaState,
    due_with_pauses,
    elapsed_with_pauses,
    share,
)
from helpdesk_plugin.domain.working_calendar import ZERO, WorkingCalendar


@dataclass(frozen=True)
class Promise:
    """What a ticket was promised: working time to first response and to recovery (None: nothing).

    ``calendar`` names the edition of the working calendar by which it is counted, ``source`` where the
    amounts come from (a priority or a service), for the explanation of a deadline.
    """

    response: timedelta | None
    recovery: timedelta | None
    calendar: str
    source: str = ""


@dataclass(frozen=True)
class Turn:
    """One ledger entry as the clock sees it.

    ``runs`` is whether the recovery clock runs after it; ``promise`` is given where it changed.
    ``responds`` marks an act that answers the request for the first time, ``recovers`` the recovery
    itself, ``reopens`` an act that takes it back. ``reason`` names a pause.
    """

    at: datetime
    runs: bool
    promise: Promise | None = None
    responds: bool = False
    recovers: bool = False
    reopens: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """Deadlines and outcomes of one ticket. Moments are UTC, ``used`` is working time.

    ``promise`` is the latest, which recovery is judged by; ``response_promise`` the one that was in force
    until the response came. ``recovered_at`` is None while nothing is recovered, or it was taken back.
    ``recovery_due_at`` is None while the clock stands and the promise is not used up, because the moment
    moves along; the outcomes are None until response or recovery happened.
    """

    promise: Promise
    response_promise: Promise
    started_at: datetime
    response_due_at: datetime | None
    response_outcome: SlaState | None
    recovery_due_at: datetime | None
    recovery_warn_at: datetime | None
    recovery_outcome: SlaState | None
    used: timedelta
    running_since: datetime | None
    pauses: tuple[Pause, ...]
    recovered_at: datetime | None

    @property
    def pauses_before_recovery(self) -> tuple[Pause, ...]:
        """The pauses by which recovery is judged: one that the recovery itself began does not count."""
        recovered = self.recovered_at
        return tuple(pause for pause in self.pauses if recovered is None or pause.began < recovered)


@dataclass
class _Fold:
    """What has been read of the ledger so far."""

    started_at: datetime
    promise: Promise
    response_promise: Promise | None = None
    responded_at: datetime | None = None
    recovered_at: datetime | None = None
    running_since: datetime | None = None
    pauses: tuple[Pause, ...] = ()


def standing_after(
    turns: Iterable[Turn],
    calendar_of: Callable[[str], WorkingCalendar],
    *,
    warn_percent: int = AT_RISK_PERCENT,
) -> Standing:
    """Fold a ledger into its standing.

    The first turn is the filing and must carry a promise. The response is judged by the promise that was
    in force until it came, which is the one that the requester was told; recovery by the latest promise,
    counted from filing, as the catalogue says of a changed priority. Raises ValueError on an empty ledger
    or one that promises nothing at its start.
    """
    fold = _read(turns)
    hours = calendar_of(fold.promise.calendar)
    return Standing(
        promise=fold.promise,
        response_promise=fold.response_promise or fold.promise,
        started_at=fold.started_at,
        response_due_at=_response_due(fold, calendar_of),
        response_outcome=_outcome(fold.responded_at, _response_due(fold, calendar_of)),
        recovery_due_at=_recovery_due(fold, fold.promise.recovery, hours),
        recovery_warn_at=_recovery_due(fold, _part(fold.promise.recovery, warn_percent), hours),
        recovery_outcome=_recovery_outcome(fold, hours),
        used=_used(fold, hours),
        running_since=fold.running_since,
        pauses=fold.pauses,
        recovered_at=fold.recovered_at,
    )


def _read(turns: Iterable[Turn]) -> _Fold:
    fold: _Fold | None = None
    for turn in turns:
        if fold is None:
            if turn.promise is None:
                raise ValueError("The first entry of a ledger carries the promise.")
            fold = _Fold(turn.at, turn.promise)
        _take(fold, turn)
    if fold is None:
        raise ValueError("An empty ledger stands nowhere.")
    return fold


def _take(fold: _Fold, turn: Turn) -> None:
    if turn.responds and fold.responded_at is None:
        fold.responded_at, fold.response_promise = turn.at, fold.promise
    fold.promise = turn.promise or fold.promise
    if turn.reopens:
        fold.recovered_at = None
    if turn.recovers:
        fold.recovered_at = turn.at
    _run_or_stand(fold, turn)


def _run_or_stand(fold: _Fold, turn: Turn) -> None:
    standing = bool(fold.pauses) and fold.pauses[-1].ended is None
    if turn.runs and standing:
        last = fold.pauses[-1]
        fold.pauses = (*fold.pauses[:-1], Pause(last.began, turn.at, last.reason))
    if turn.runs and fold.running_since is None:
        fold.running_since = turn.at
    if not turn.runs and not standing:
        fold.pauses = (*fold.pauses, Pause(turn.at, None, turn.reason))
        fold.running_since = None


def _response_due(fold: _Fold, calendar_of: Callable[[str], WorkingCalendar]) -> datetime | None:
    promise = fold.response_promise or fold.promise
    if promise.response is None:
        return None
    return calendar_of(promise.calendar).add(fold.started_at, promise.response)


def _recovery_due(fold: _Fold, promised: timedelta | None, hours: WorkingCalendar) -> datetime | None:
    if promised is None:
        return None
    return due_with_pauses(fold.started_at, promised, fold.pauses, hours)


def _recovery_outcome(fold: _Fold, hours: WorkingCalendar) -> SlaState | None:
    """Judge recovery as it stood the moment it came: the pause that it began does not count."""
    if fold.recovered_at is None or fold.promise.recovery is None:
        return None
    before = [pause for pause in fold.pauses if pause.began < fold.recovered_at]
    due = due_with_pauses(fold.started_at, fold.promise.recovery, before, hours)
    return _outcome(fold.recovered_at, due)


def _outcome(happened_at: datetime | None, due: datetime | None) -> SlaState | None:
    if happened_at is None or due is None:
        return None
    return SlaState.MET if happened_at <= due else SlaState.MISSED


def _used(fold: _Fold, hours: WorkingCalendar) -> timedelta:
    """Working time used until the present run began; a standing clock shows all of it."""
    until = fold.running_since or (fold.pauses[-1].began if fold.pauses else fold.started_at)
    return (
        elapsed_with_pauses(fold.started_at, until, fold.pauses, hours) if until > fold.started_at else ZERO
    )


def _part(promised: timedelta | None, percent: int) -> timedelta | None:
    return None if promised is None else share(promised, percent)
