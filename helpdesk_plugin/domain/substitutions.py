"""Dated substitutes for an office (*pelaksana harian*, *pelaksana tugas*): which ones make sense.

A substitute acts for whoever holds the office, on behalf of ("a.n.") the office. Dates are whole days in
the agency's time zone, both included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from helpdesk_plugin.domain.parties import Role


class SubstituteKind(StrEnum):
    """Acting by the day while the holder is away (Plh), or acting in a vacant office (Plt)."""

    PLH = "plh"
    PLT = "plt"


class SubstitutionProblem(StrEnum):
    """Why a substitution cannot be."""

    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OF_ONESELF = "of_oneself"
    OVERLAPS = "overlaps"
    GOES_ROUND = "goes_round"


@dataclass(frozen=True)
class Substitution:
    """``substitute`` acts in ``role`` for ``principal`` from ``first_day`` to ``last_day``."""

    role: Role
    principal: int
    substitute: int
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def meets(self, other: "Substitution") -> bool:
        """Whether the two share a day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def problem_with(new: Substitution, others: Iterable[Substitution]) -> SubstitutionProblem | None:
    """Return what is wrong with a substitution beside those that exist, or None.

    Two substitutes for one person in one office on the same day overlap. A chain of substitutes that
    leads back to its start, on days that all share, goes round: nobody would be there.
    """
    if new.last_day < new.first_day:
        return SubstitutionProblem.ENDS_BEFORE_IT_BEGINS
    if new.principal == new.substitute:
        return SubstitutionProblem.OF_ONESELF
    beside = [other for other in others if other.meets(new)]
    if any(o.role is new.role and o.principal == new.principal for o in beside):
        return SubstitutionProblem.OVERLAPS
    if _leads_to(new.principal, new.substitute, beside, frozenset()):
        return SubstitutionProblem.GOES_ROUND
    return None


def _leads_to(goal: int, person: int, links: list[Substitution], seen: frozenset[int]) -> bool:
    if person == goal:
        return True
    if person in seen:
        return False
    away = [link.substitute for link in links if link.principal == person]
    return any(_leads_to(goal, onward, links, seen | {person}) for onward in away)
