"""Failures to protect personal data: what the notice must say, and the line in the log of processing.

UU 27/2022, article 46: within 3 × 24 hours, in writing, to the persons concerned and to the institution; at
least what data was disclosed, when and how, and what is done about it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied

from helpdesk_plugin import clock
from helpdesk_plugin.models import Deed, Ground, ProcessingRecord
from helpdesk_plugin.models.rights import holds

BREACH = "helpdesk_plugin.breach_notice"
#: The law counts hours of the clock, holidays and nights included.
WITHIN = timedelta(hours=72)


@dataclass(frozen=True)
class Breach:
    """The facts of a failure. Moments are UTC; ``persons`` is how many are concerned, as far as is known."""

    known_at: datetime
    happened: str
    data: str
    how: str
    measures: str
    advice: str = ""
    persons: int | None = None
    addressee: str = ""

    @property
    def due_at(self) -> datetime:
        """Until when the notice must have been given."""
        return self.known_at + WITHIN


def record_notice(breach: Breach, *, by: Any) -> ProcessingRecord:
    """Log that a notice was drawn up; its words are on paper, not in the log. Raises PermissionDenied."""
    if not holds(by, BREACH):
        raise PermissionDenied
    return ProcessingRecord.objects.create(
        deed=Deed.BREACH,
        ground=Ground.BREACH,
        reason="",
        by=by,
        at=clock.now(),
        report={"known_at": breach.known_at.isoformat(), "persons": breach.persons},
    )
