"""Status notices as pure rules: kinds, states of services, phases and what follows from dates.

Time is passed in, always aware; nothing here knows a database or a screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helpdesk_plugin.domain.parties import Role


class NoticeKind(StrEnum):
    """What a notice tells of."""

    DISRUPTION = "disruption"
    MAINTENANCE = "maintenance"
    ANNOUNCEMENT = "announcement"


class ServiceState(StrEnum):
    """How a service is while a notice about it is current."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    MAJOR = "major"
    MAINTENANCE = "maintenance"


class NoticePhase(StrEnum):
    """Where a disruption or a maintenance stands. Announcements have no phase."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class UpdateNature(StrEnum):
    """Why a line stands in a notice's timeline: it was published, somebody wrote, or its dates moved."""

    OPENING = "opening"
    UPDATE = "update"
    RESCHEDULED = "rescheduled"


#: The phases of each kind, in their order.
PHASES_OF: dict[NoticeKind, tuple[NoticePhase, ...]] = {
    NoticeKind.DISRUPTION: (
        NoticePhase.INVESTIGATING,
        NoticePhase.IDENTIFIED,
        NoticePhase.MONITORING,
        NoticePhase.RESOLVED,
    ),
    NoticeKind.MAINTENANCE: (
        NoticePhase.SCHEDULED,
        NoticePhase.IN_PROGRESS,
        NoticePhase.COMPLETED,
        NoticePhase.CANCELLED,
    ),
    NoticeKind.ANNOUNCEMENT: (),
}

#: Phases in which a notice is over.
ENDED: frozenset[NoticePhase] = frozenset(
    {NoticePhase.RESOLVED, NoticePhase.COMPLETED, NoticePhase.CANCELLED}
)

_SEVERITY: tuple[ServiceState, ...] = (
    ServiceState.OPERATIONAL,
    ServiceState.MAINTENANCE,
    ServiceState.DEGRADED,
    ServiceState.PARTIAL,
    ServiceState.MAJOR,
)


def severity(state: ServiceState) -> int:
    """How bad a state is: 0 for operational, more for worse."""
    return _SEVERITY.index(state)


def worst(states: Iterable[ServiceState]) -> ServiceState:
    """The worst of several states; operational for none."""
    return max(states, key=severity, default=ServiceState.OPERATIONAL)


def first_phase(kind: NoticeKind) -> NoticePhase | None:
    """The phase in which a notice of this kind begins."""
    return next(iter(PHASES_OF[kind]), None)


def phase_at(
    kind: NoticeKind,
    stored: NoticePhase | None,
    starts_at: datetime,
    expected_end: datetime | None,
    now: datetime,
) -> NoticePhase | None:
    """The phase of a notice at a moment.

    A maintenance goes by its dates, unless somebody has ended or cancelled it; what people write about
    it in between changes nothing. A disruption is in the phase that was stored, an announcement in none.
    """
    if kind is NoticeKind.ANNOUNCEMENT:
        return None
    if kind is NoticeKind.DISRUPTION or stored in ENDED:
        return stored
    if now < starts_at:
        return NoticePhase.SCHEDULED
    if expected_end is not None and now >= expected_end:
        return NoticePhase.COMPLETED
    return NoticePhase.IN_PROGRESS


def phases_to_choose(
    kind: NoticeKind, stored: NoticePhase | None, starts_at: datetime, now: datetime
) -> tuple[NoticePhase, ...]:
    """The phases that an update may declare.

    A disruption may go back, as people err, and one that came back may be investigated again. A
    maintenance may only be ended: completed once it has begun, cancelled before.
    """
    if kind is NoticeKind.MAINTENANCE:
        if stored in ENDED:
            return ()
        return (NoticePhase.COMPLETED,) if now >= starts_at else (NoticePhase.CANCELLED,)
    return PHASES_OF[kind]


class DatesProblem(StrEnum):
    """What is wrong with the dates of a notice."""

    END_BEFORE_START = "end_before_start"
    END_MISSING = "end_missing"


def problem_with_dates(
    kind: NoticeKind, starts_at: datetime | None, expected_end: datetime | None
) -> DatesProblem | None:
    """Why these dates cannot be announced; None if they can. A maintenance needs an end to be planned for."""
    if starts_at and expected_end and expected_end <= starts_at:
        return DatesProblem.END_BEFORE_START
    if kind is NoticeKind.MAINTENANCE and expected_end is None:
        return DatesProblem.END_MISSING
    return None


class Nudge(StrEnum):
    """Whom a notice that has stood still reminds: its author first, then whoever holds the role."""

    AUTHOR = "author"
    ROLE = "role"


def nudges_due(silent: timedelta, allowed: timedelta) -> tuple[Nudge, ...]:
    """The reminders that a notice has earned after so much working time without an update.

    The author after ``allowed``, the role after twice that. Nothing is due where nothing is allowed.
    """
    if allowed <= timedelta(0) or silent < allowed:
        return ()
    return (Nudge.AUTHOR, Nudge.ROLE) if silent >= 2 * allowed else (Nudge.AUTHOR,)


#: Who is reminded by role, and who reviews what was published in an emergency.
REVIEWING_ROLE = Role.EDITOR


@dataclass(frozen=True)
class SimilarTicket:
    """What the search for one event behind several tickets needs to know of each."""

    pk: int
    submitted_at: datetime


def crowd(
    tickets: Iterable[SimilarTicket], *, count: int, window: timedelta, since: datetime | None = None
) -> tuple[SimilarTicket, ...]:
    """The tickets of one service that together look like one event; empty if they do not.

    ``count`` tickets filed within ``window`` of each other are a crowd; everything filed within a window
    before the newest belongs to it. What was filed up to ``since``, the moment of a dismissal, was judged
    already and counts no more. Raises ValueError for a crowd of fewer than two.
    """
    if count < 2:
        raise ValueError("one ticket is no crowd")
    fresh = sorted(
        (t for t in tickets if since is None or t.submitted_at > since), key=lambda t: (t.submitted_at, t.pk)
    )
    if not fresh:
        return ()
    for last in range(len(fresh) - 1, count - 2, -1):
        near = tuple(t for t in fresh[: last + 1] if fresh[last].submitted_at - t.submitted_at <= window)
        if len(near) >= count:
            return near
    return ()
