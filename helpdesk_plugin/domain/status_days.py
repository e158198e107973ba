"""How bad each day was for a service, from what was announced: pure, times passed in, days of one zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import zip_longest

from helpdesk_plugin.domain.notices import ENDED, NoticePhase, ServiceState, worst


@dataclass(frozen=True)
class Span:
    """A state of a service from a moment on, until another (aware; None: it goes on)."""

    state: ServiceState
    begins: datetime
    ends: datetime | None = None


@dataclass(frozen=True)
class Told:
    """From ``at`` (aware) on, a notice gave a service this state."""

    at: datetime
    state: ServiceState


def spans_told(
    told: Iterable[Told],
    begins: datetime,
    ends: datetime | None,
    rests: Sequence[tuple[datetime, datetime]] = (),
) -> list[Span]:
    """The states of a service while a notice lasted, one after the other, each as it was said at the time.

    The first holds from the notice's own beginning, however late it was told; each lasts until the next was
    told, the last until the end. ``rests`` are the times in which the event was called over. A state that
    was corrected before the notice began, or told when it was over, is in no span.
    """
    said, found = sorted(told, key=lambda one: one.at), []
    for one, after in zip_longest(said, said[1:]):
        start = begins if one is said[0] else max(one.at, begins)
        if after is None or (ends is not None and after.at >= ends):
            found.append(Span(one.state, start, ends))
            break
        if start < after.at:
            found.append(Span(one.state, start, after.at))
    return [part for span in found for part in _without(rests, span)]


def rests_between(phases: Iterable[tuple[datetime, NoticePhase | None]]) -> list[tuple[datetime, datetime]]:
    """The times between a phase that ended an event and one that took it up again, in the order given.

    Lines without a phase say nothing about it. An end that still holds is no rest.
    """
    rests: list[tuple[datetime, datetime]] = []
    over_since: datetime | None = None
    for at, phase in sorted(phases, key=lambda one: one[0]):
        if phase in ENDED:
            over_since = over_since or at
        elif phase and over_since:
            rests.append((over_since, at))
            over_since = None
    return rests


def _without(rests: Sequence[tuple[datetime, datetime]], span: Span) -> list[Span]:
    """What is left of a span outside these times, which do not overlap."""
    parts, start = [], span.begins
    for over, again in sorted(rests):
        if again <= start or (span.ends is not None and over >= span.ends):
            continue
        if over > start:
            parts.append(Span(span.state, start, over))
        start = again
    if start == span.begins or span.ends is None or start < span.ends:
        parts.append(Span(span.state, start, span.ends))
    return parts


def last_days(today: date, count: int) -> list[date]:
    """So many days, the last of them today, the oldest first."""
    return [today - timedelta(days=back) for back in reversed(range(count))]


def worst_by_day(
    spans: Iterable[Span], days: Sequence[date], zone: tzinfo, now: datetime
) -> list[ServiceState]:
    """The worst state of each day that some span touches, else operational.

    A span that ends before it begins (a maintenance cancelled in time) touches no day, and what is planned
    touches none before it has begun.
    """
    known = [span for span in spans if span.begins <= now]
    return [worst(span.state for span in known if _touches(span, day, zone, now)) for day in days]


def _touches(span: Span, day: date, zone: tzinfo, now: datetime) -> bool:
    first = datetime.combine(day, time(), zone)
    after = datetime.combine(day + timedelta(days=1), time(), zone)
    ends = now if span.ends is None else min(span.ends, now)
    return span.begins < after and ends >= first and ends >= span.begins
