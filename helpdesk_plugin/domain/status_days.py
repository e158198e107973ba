"""How bad each day was for a service, from what was announced: pure, times passed in, days of one zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from helpdesk_plugin.domain.notices import ServiceState, worst


@dataclass(frozen=True)
class Span:
    """A state of a service from a moment on, until another (aware; None: it goes on)."""

    state: ServiceState
    begins: datetime
    ends: datetime | None = None


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
