"""The bars of the last days as one small drawing: a path for each state, and the same in words."""

from dataclasses import dataclass
from datetime import date

from helpdesk_plugin import labels
from helpdesk_plugin.domain.notices import ServiceState
from helpdesk_plugin.status.board import GroupNow

#: Width of a day and of the gap behind it, and the height of the whole drawing, in its own units.
WIDTH, GAP, HEIGHT = 6, 2, 34
#: How high a day stands: the worse, the higher, so that colour is never alone.
_HEIGHTS = {
    ServiceState.OPERATIONAL: 12,
    ServiceState.MAINTENANCE: 18,
    ServiceState.DEGRADED: 22,
    ServiceState.PARTIAL: 28,
    ServiceState.MAJOR: 34,
}


@dataclass(frozen=True)
class Bar:
    """The days of a group: ``paths`` to draw, ``disturbed`` and ``maintained`` to say."""

    paths: list[tuple[ServiceState, str]]
    width: int
    height: int
    first_day: date
    disturbed: list[tuple[date, ServiceState]]
    maintained: int


def bar_of(group: GroupNow) -> Bar:
    """The drawing of a group's days."""
    paths: dict[ServiceState, list[str]] = {}
    for place, (_date, state) in enumerate(group.days):
        paths.setdefault(state, []).append(_day(place * (WIDTH + GAP), _HEIGHTS[state]))
    return Bar(
        paths=[(state, "".join(pieces)) for state, pieces in paths.items()],
        width=len(group.days) * (WIDTH + GAP) - GAP,
        height=HEIGHT,
        first_day=group.days[0][0],
        disturbed=group.disturbed,
        maintained=group.maintained,
    )


def legend() -> list[tuple[ServiceState, str, str]]:
    """Every state with one day drawn and its word, the best first."""
    return [(state, _day(0, high), str(labels.SERVICE_STATE[state])) for state, high in _HEIGHTS.items()]


def _day(left: int, high: int) -> str:
    return f"M{left} {HEIGHT - high}h{WIDTH}v{high}h-{WIDTH}z"
