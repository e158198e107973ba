"""Impact × urgency → priority (SOP step S2: "service definition, impact, urgency")."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum


class Impact(IntEnum):
    """How far the disruption reaches; 1 is the widest."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


class Urgency(IntEnum):
    """How soon work must go on; 1 is the most pressing."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


class Priority(IntEnum):
    """P1 (critical) to P4 (low)."""

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4


class WhoAffected(StrEnum):
    """The requester's plain answer to "who is affected?"."""

    ME = "me"
    ROOM = "room"
    OFFICE = "office"
    SEVERAL_OFFICES = "several_offices"
    PUBLIC = "public"


class Alternative(StrEnum):
    """The requester's plain answer to "is there another way to work?"."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


Matrix = Mapping[tuple[Impact, Urgency], Priority]

#: The proposed default; the agency's own is stored and passed in.
DEFAULT_MATRIX: Matrix = {
    (Impact.HIGH, Urgency.HIGH): Priority.P1,
    (Impact.HIGH, Urgency.MEDIUM): Priority.P2,
    (Impact.HIGH, Urgency.LOW): Priority.P3,
    (Impact.MEDIUM, Urgency.HIGH): Priority.P2,
    (Impact.MEDIUM, Urgency.MEDIUM): Priority.P3,
    (Impact.MEDIUM, Urgency.LOW): Priority.P4,
    (Impact.LOW, Urgency.HIGH): Priority.P3,
    (Impact.LOW, Urgency.MEDIUM): Priority.P4,
    (Impact.LOW, Urgency.LOW): Priority.P4,
}

_IMPACT_OF: dict[WhoAffected, Impact] = {
    WhoAffected.ME: Impact.LOW,
    WhoAffected.ROOM: Impact.LOW,
    WhoAffected.OFFICE: Impact.MEDIUM,
    WhoAffected.SEVERAL_OFFICES: Impact.HIGH,
    WhoAffected.PUBLIC: Impact.HIGH,
}
_URGENCY_OF: dict[Alternative, Urgency] = {
    Alternative.NO: Urgency.HIGH,
    Alternative.LIMITED: Urgency.MEDIUM,
    Alternative.YES: Urgency.LOW,
}

#: Security services never fall below this (catalogue §3).
SECURITY_FLOOR = Priority.P2


def suggested_impact(answer: str, default: Impact) -> Impact:
    """Translate "who is affected?" into an impact; an empty answer takes the service's default."""
    return _IMPACT_OF[WhoAffected(answer)] if answer else default


def suggested_urgency(answer: str, default: Urgency) -> Urgency:
    """Translate "another way to work?" into an urgency; an empty answer takes the service's default."""
    return _URGENCY_OF[Alternative(answer)] if answer else default


def priority_of(
    impact: Impact, urgency: Urgency, matrix: Matrix = DEFAULT_MATRIX, *, security: bool = False
) -> Priority:
    """Return the priority of the matrix cell, lifted to `SECURITY_FLOOR` for security matters."""
    found = matrix[(impact, urgency)]
    return min(found, SECURITY_FLOOR) if security else found
