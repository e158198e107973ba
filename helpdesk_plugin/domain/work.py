"""Work that was done on a ticket: how long it took, which parts went in (berita acara, sop.md §5).

Durations here are plain clock minutes of a person's work, not working minutes of the agency: somebody who
mends a line on Sunday has worked, whatever the calendar says.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

#: One entry is one piece of work: at most a day and a night.
MOST_MINUTES = 24 * 60
#: Parts that one entry can name.
MOST_PARTS = 8
#: The largest amount of one part, in its unit.
MOST_OF_A_PART = Decimal("9999.99")

MAX_TYPED = 40
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_HOURS = r"(?:jam|j|hours?|hrs?|h)"
_MINUTES = r"(?:menit|mnt|men|m|minutes?|mins?)"
_WORDS = re.compile(
    rf"(?:(\d{{1,2}}(?:[.,]\d{{1,2}})?)\s*{_HOURS})?\s*(?:(\d{{1,4}})\s*{_MINUTES}?)?", re.ASCII
)


class InvalidDuration(ValueError):
    """Not a length of work; ``code`` is "unknown" (cannot be read), "none" (zero) or "too_long"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unit(StrEnum):
    """What a part is counted in."""

    PIECE = "piece"
    SET = "set"
    METRE = "metre"
    ROLL = "roll"
    PACK = "pack"


class Condition(StrEnum):
    """In what condition a part went in."""

    NEW = "new"
    USED = "used"
    REPAIRED = "repaired"
    LOAN = "loan"


class Via(StrEnum):
    """How somebody was called who filed a request."""

    PHONE = "phone"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True)
class Part:
    """A part that went in: what it is, of which make, serial number, condition, and how much of it."""

    name: str
    brand: str = ""
    serial: str = ""
    condition: str = Condition.NEW
    amount: Decimal = Decimal(1)
    unit: str = Unit.PIECE


def parse_minutes(typed: str) -> int:
    """Minutes from what people write: "90", "1 jam 30 menit", "1,5 jam", "1.30", "45 mnt".

    Raises InvalidDuration. A number without a word is minutes; two parts with a colon or a point between
    are hours and minutes, as clocks are written here.
    """
    text = " ".join(typed[:MAX_TYPED].lower().split())
    minutes = _read(text)
    if minutes is None or len(typed.strip()) > MAX_TYPED:
        raise InvalidDuration("unknown")
    if minutes == 0:
        raise InvalidDuration("none")
    if minutes > MOST_MINUTES:
        raise InvalidDuration("too_long")
    return minutes


def _read(text: str) -> int | None:
    clock = _CLOCK.fullmatch(text)
    if clock:
        hours, minutes = int(clock[1]), int(clock[2])
        return hours * 60 + minutes if minutes < 60 else None
    found = _WORDS.fullmatch(text)
    if not text or found is None or (found[1] is None and found[2] is None):
        return None
    in_hours = Decimal((found[1] or "0").replace(",", ".")) * 60
    return round(in_hours) + int(found[2] or 0)
