"""Warnings before a deadline and at it: which levels are reached, and who stands above whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from helpdesk_plugin.domain.parties import Role


class Subject(StrEnum):
    """What is watched: a promise to the requester, or a step's standard."""

    RESPONSE = "response"
    RECOVERY = "recovery"
    STEP = "step"


@dataclass(frozen=True)
class Level:
    """At ``percent`` of what is allowed these people are told, once."""

    subject: Subject
    percent: int
    holder: bool = True
    role_up: bool = False
    requester: bool = False


#: The proposed levels: the holder in time, the next office when it is too late, the requester whose
#: promise is broken before they have to ask.
DEFAULT_LEVELS: tuple[Level, ...] = (
    Level(Subject.RESPONSE, 75),
    Level(Subject.RESPONSE, 100, role_up=True, requester=True),
    Level(Subject.RECOVERY, 75),
    Level(Subject.RECOVERY, 100, role_up=True, requester=True),
    Level(Subject.STEP, 75),
    Level(Subject.STEP, 100, role_up=True),
)

_ABOVE: dict[Role, Role] = {
    Role.TECHNICAL_SUPPORT: Role.COMPUTER_OFFICER,
    Role.COMPUTER_OFFICER: Role.DIVISION_HEAD,
    Role.DIVISION_HEAD: Role.HEAD_OF_AGENCY,
}


def next_role_up(roles: Iterable[Role]) -> Role | None:
    """The office above the highest of these; None above the head of agency, and above nobody."""
    held = [role for role in _LADDER if role in set(roles)]
    return _ABOVE.get(held[-1]) if held else None


_LADDER: tuple[Role, ...] = (
    Role.TECHNICAL_SUPPORT,
    Role.COMPUTER_OFFICER,
    Role.DIVISION_HEAD,
    Role.HEAD_OF_AGENCY,
)


def reached(levels: Iterable[Level], subject: Subject, *, used: timedelta, allowed: timedelta) -> list[Level]:
    """The levels of a subject that ``used`` working time has reached, lowest first.

    Raises ValueError unless something is allowed.
    """
    if allowed <= timedelta(0):
        raise ValueError("Nothing can be used up of nothing.")
    found = [level for level in levels if level.subject is subject and used * 100 >= allowed * level.percent]
    return sorted(found, key=lambda level: level.percent)
