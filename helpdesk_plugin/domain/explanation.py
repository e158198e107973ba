"""A deadline told day by day: what counted, what did not, and why.

Nothing here decides a deadline; it retells one that `standing` and `sla` computed. The days' working time
adds up to exactly what the clock counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpdesk_plugin.domain.sla import Pause, running_spans
from helpdesk_plugin.domain.working_calendar import ZERO, DayAccount, Span, WorkingCalendar


@dataclass(frozen=True)
class ToldDay:
    """One local day of a deadline's way, or several that one and the same pause covers entirely.

    ``account`` is the first day's: its regime, holiday, hours and breaks. ``counted`` are the stretches
    that counted, ``worked`` their sum, ``so_far`` the sum since the beginning; all moments are local.
    ``pauses`` are the parts of pauses that lie in these days.
    """

    account: DayAccount
    last: date
    counted: tuple[Span, ...]
    worked: timedelta
    so_far: timedelta
    pauses: tuple[Pause, ...]

    @property
    def first(self) -> date:
        return self.account.day

    @property
    def is_closed(self) -> bool:
        """Whether the agency does not work at all on this day."""
        return not self.account.opening


def tell(
    start: datetime, until: datetime, pauses: Iterable[Pause], calendar: WorkingCalendar
) -> list[ToldDay]:
    """Return every local day from ``start`` to ``until`` with what counted on it, closed days included.

    ``pauses`` are stretches in which the clock stood. The sum of ``worked`` is what
    `sla.elapsed_with_pauses` gives for the same arguments. Empty when ``until`` is not later.
    """
    known = sorted(pauses, key=lambda pause: pause.began)
    counted = _counted_by_day(start, until, known, calendar)
    told: list[ToldDay] = []
    so_far = ZERO
    for account in calendar.explain(start, until):
        spans = tuple(counted[account.day])
        worked = sum((end - begin for begin, end in spans), ZERO)
        so_far += worked
        standing = _within(_bounds(account.day, calendar.zone), known, start, until)
        day = ToldDay(account, account.day, spans, worked, so_far, standing)
        if told and _goes_on(told[-1], day, calendar.zone):
            told[-1] = _joined(told[-1], day)
        else:
            told.append(day)
    return told


def _counted_by_day(
    start: datetime, until: datetime, pauses: Sequence[Pause], calendar: WorkingCalendar
) -> dict[date, list[Span]]:
    by_day: dict[date, list[Span]] = defaultdict(list)
    for began, ended in running_spans(start, pauses):
        for account in calendar.explain(began, min(ended or until, until)):
            by_day[account.day].extend(account.counted)
    return by_day


def _bounds(day: date, zone: ZoneInfo) -> Span:
    return datetime.combine(day, time(0), zone), datetime.combine(day + timedelta(days=1), time(0), zone)


def _within(day: Span, pauses: Sequence[Pause], start: datetime, until: datetime) -> tuple[Pause, ...]:
    """The parts of pauses inside a day and inside the way that is told, in the day's zone."""
    opens, closes = max(day[0], start), min(day[1], until)
    zone = day[0].tzinfo
    clipped = (
        Pause(
            max(pause.began, opens).astimezone(zone),
            min(pause.ended or closes, closes).astimezone(zone),
            pause.reason,
        )
        for pause in pauses
    )
    return tuple(pause for pause in clipped if pause.ended is not None and pause.began < pause.ended)


def _goes_on(before: ToldDay, day: ToldDay, zone: ZoneInfo) -> bool:
    """Whether the pause that covers ``before`` to its very end covers ``day`` entirely as well."""
    if len(before.pauses) != 1 or len(day.pauses) != 1:
        return False
    (earlier,), (later,) = before.pauses, day.pauses
    entirely = (later.began, later.ended) == _bounds(day.first, zone)
    began_entire = earlier.began == _bounds(before.first, zone)[0]
    return began_entire and entirely and earlier.ended == later.began and earlier.reason == later.reason


def _joined(before: ToldDay, day: ToldDay) -> ToldDay:
    (earlier,), (later,) = before.pauses, day.pauses
    pause = Pause(earlier.began, later.ended, earlier.reason)
    return ToldDay(before.account, day.last, (), before.worked, before.so_far, (pause,))
