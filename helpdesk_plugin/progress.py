"""Where a ticket stands on the line of the SOP: read from its step records, for tracker and desk alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import cached_property

from helpdesk_plugin import clock, labels
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import FINAL, TicketStatus
from helpdesk_plugin.domain.steps import SOP_LINE
from helpdesk_plugin.models import StepRecord, StepStandard, Ticket, TicketEvent


class StationState(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Station:
    """One step of the SOP as a ticket has passed it, stands in it, or will reach it.

    Times are UTC. ``standard_minutes`` are working minutes by the SOP version that the ticket began
    with; ``proposed`` is whether that standard still awaits the agency's approval. ``worked`` is the
    working time that a finished step took, ``late`` whether it took or takes longer than it should.
    """

    code: str
    name: str
    role: Role | None
    state: StationState
    done_at: datetime | None = None
    since: datetime | None = None
    standard_minutes: int | None = None
    ends_at: datetime | None = None
    proposed: bool = False
    late: bool = False
    worked: timedelta | None = None

    @property
    def role_name(self) -> str:
        """The office that performs the step, never a person."""
        return str(labels.ROLE[self.role]) if self.role else ""

    @property
    def is_late(self) -> bool:
        return self.late


class Progress:
    """The stepper of one ticket. Costs two queries: its step records, and the standards they follow."""

    def __init__(self, ticket: Ticket, events: Sequence[TicketEvent]) -> None:
        self.ticket = ticket
        self.events = events

    @cached_property
    def stations(self) -> list[Station]:
        """The steps of the SOP in order, S1 to S10 (S2b runs beside them)."""
        return [self._station(code) for code in SOP_LINE]

    @cached_property
    def current(self) -> Station | None:
        """The station where the ticket stands; None when its journey has ended."""
        return next((s for s in self.stations if s.state is StationState.NOW), None)

    @cached_property
    def following(self) -> Station | None:
        """The station after the current one."""
        return next((s for s in self.stations if s.state is StationState.NEXT), None)

    def _station(self, code: str) -> Station:
        standard, record = self._standards.get(code), self._records.get(code)
        state = self._state_of(code)
        minutes = standard.minutes_for(self.ticket.priority) if standard else None
        return Station(
            code=code,
            name=standard.name if standard else str(labels.SOP_STEP[code]),
            role=Role(standard.role) if standard else None,
            state=state,
            standard_minutes=minutes,
            proposed=bool(standard and minutes and not standard.confirmed),
            **(self._passage(state, record) if record else {}),
        )

    def _passage(self, state: StationState, record: StepRecord) -> dict:
        """What the step record says about a station that is done or being worked on."""
        if state is StationState.DONE:
            return {"done_at": record.left_at, "late": record.late, "worked": record.worked}
        if state is StationState.NOW:
            late = record.due_at is not None and record.due_at < clock.now()
            return {"since": record.entered_at, "ends_at": record.due_at, "late": late}
        return {}

    def _state_of(self, code: str) -> StationState:
        status, here = self.ticket.state, SOP_LINE.index(self.ticket.sop_position)
        if status is TicketStatus.CLOSED:
            return StationState.DONE
        if status in FINAL:
            return StationState.DONE if self._completed(code) else StationState.LEFT_OUT
        if SOP_LINE.index(code) < here:
            return StationState.DONE
        return StationState.NOW if SOP_LINE.index(code) == here else StationState.NEXT

    def _completed(self, code: str) -> bool:
        return code in self._records and self._records[code].completed

    @cached_property
    def _records(self) -> dict[str, StepRecord]:
        """The last pass through each step."""
        return {record.code: record for record in self.ticket.step_records.order_by("entered_at", "id")}

    @cached_property
    def _standards(self) -> dict[str, StepStandard]:
        if self.ticket.sop_version_id is None:
            return {}
        found = StepStandard.objects.filter(version_id=self.ticket.sop_version_id)
        return {standard.code: standard for standard in found}
