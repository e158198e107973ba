"""What must be there before a ticket may go on: the SOP's "documents must be complete", and closing."""

from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """One thing that is still lacking, named so that a screen can say it."""

    COVER_LETTER = "cover_letter"
    DOCUMENT = "document"
    DISPOSITION = "disposition"
    EXAMINATION = "examination"
    DIAGNOSIS = "diagnosis"
    SOLUTION = "solution"
    INFORMED = "informed"
    CONFIRMATION = "confirmation"
    SECURITY_FLAG = "security_flag"


@dataclass(frozen=True)
class ClosingFacts:
    """What has been done on a ticket, as far as closing (S9) depends on it.

    ``answer_due`` is whether the requester may still be waited for: informed, not confirmed, and the
    agreed working days have not passed.
    """

    disposed: bool
    examined: bool
    diagnosed: bool
    solved: bool
    informed: bool
    confirmed: bool
    answer_due: bool


def missing_for_closing(facts: ClosingFacts) -> tuple[Missing, ...]:
    """Return what stands between a handled ticket and its closing, in the order of the SOP."""
    checks = (
        (Missing.DISPOSITION, facts.disposed),
        (Missing.EXAMINATION, facts.examined),
        (Missing.DIAGNOSIS, facts.diagnosed),
        (Missing.SOLUTION, facts.solved),
        (Missing.INFORMED, facts.informed),
        (Missing.CONFIRMATION, facts.confirmed or (facts.informed and not facts.answer_due)),
    )
    return tuple(missing for missing, present in checks if not present)
