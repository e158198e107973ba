"""What time it is for the desk: now, unless a simulation says otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("helpdesk_fixed_time", default=None)


def now() -> datetime:
    """The current time in UTC, or the one fixed by `acting_at`."""
    return _fixed.get() or timezone.now()


@contextmanager
def acting_at(moment: datetime) -> Iterator[None]:
    """Let services act as if it were ``moment``: for demonstration data and simulations only."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
