"""The record of each SOP step on a ticket: opened and closed by the door, as a consequence of the acts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.sla import due_with_pauses, elapsed_with_pauses
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, Act, Step
from helpdesk_plugin.domain.working_calendar import WorkingCalendar
from helpdesk_plugin.history import Actor
from helpdesk_plugin.models import StepRecord, StepStandard, Ticket

#: Runs beside the other steps, from acceptance until the agency has been informed.
_BESIDE = "S2b"
_RECOVERY = OWN_SOP_CODE[Step.RESOLVE]
_END = OWN_SOP_CODE[Step.REOPEN]
#: Steps whose length is no measure: progress runs along, and the end is a moment.
_UNMEASURED = frozenset({_BESIDE, _RECOVERY, _END})
#: What an act asks of a step's standard; its long texts stay where they are.
_ASKED_OF_A_STANDARD = ("code", "role", "output", *(f"minutes_p{priority}" for priority in Priority))


@dataclass
class Movement:
    """One act as the step records see it.

    ``before`` and ``after`` are the SOP positions around it (None before filing, and after an end off the
    line: rejected, cancelled, merged); ``waits`` is whether the ticket then waits for somebody outside;
    ``hours`` the calendar that the ticket is judged by, if it was promised anything.
    """

    ticket: Ticket
    act: Act
    actor: Actor
    at: datetime
    before: str | None
    after: str | None
    waits: bool
    late_reason: str = ""
    documents: dict[str, Any] = field(default_factory=dict)
    hours: WorkingCalendar | None = None

    @cached_property
    def standards(self) -> dict[str, StepStandard]:
        """The standards of the SOP version that the ticket began with."""
        if self.ticket.sop_version_id is None:
            return {}
        found = StepStandard.objects.filter(version_id=self.ticket.sop_version_id)
        return {standard.code: standard for standard in found.only(*_ASKED_OF_A_STANDARD)}

    @cached_property
    def running(self) -> dict[str, StepRecord]:
        """The records of the steps that were being worked on before the act, by their codes."""
        if self.before is None:
            return {}
        return {r.code: r for r in self.ticket.step_records.running().order_by("entered_at", "id")}


def waits_for_others(ticket: Ticket, *, clock_runs: bool) -> bool:
    """Whether the ticket lies with the requester, or with a third party whose time does not count."""
    return ticket.holders == (Role.REQUESTER,) or (not ticket.holders and not clock_runs)


def follow(movement: Movement) -> None:
    """Close the step that an act leaves, open the one that it enters, note where a pause began or ended."""
    if movement.before is None:
        _close(_opened(movement, OWN_SOP_CODE[Step.SUBMIT]), movement)
    if movement.before == movement.after:
        _stay(movement)
        _catch_up(movement)
    elif movement.act is Step.START_AHEAD:
        # The disposition is still to come: its step goes on beside the work.
        _enter(movement, movement.after)
    else:
        _leave(movement, movement.before)
        _enter(movement, movement.after)
    _beside(movement)


def _enter(movement: Movement, code: str | None) -> None:
    if code is None:
        return
    record = _opened(movement, code)
    if code == _END:
        _close(record, movement)
    else:
        record.save()


def _leave(movement: Movement, code: str | None) -> None:
    record = movement.running.get(code) if code else None
    if record is not None:
        _close(record, movement)


def _catch_up(movement: Movement) -> None:
    """A disposition that followed ends its step late, and the examination that follows it begins."""
    if movement.act is Step.DISPOSE_LATE:
        _leave(movement, OWN_SOP_CODE[Step.DISPOSE])
        _opened(movement, OWN_SOP_CODE[Step.EXAMINE]).save()
    elif movement.act is Step.EXAMINE_LATE:
        _leave(movement, OWN_SOP_CODE[Step.EXAMINE])


def _stay(movement: Movement) -> None:
    """A hold began or ended within a step, or the promise that it follows has changed."""
    record = movement.running.get(movement.after) if movement.after else None
    if record is None:
        return
    _pause_or_go_on(record, movement.waits, movement.at)
    record.due_at = _due(record, movement)
    record.save(update_fields=["pauses", "due_at"])


def _opened(movement: Movement, code: str) -> StepRecord:
    standard = movement.standards.get(code)
    measured = standard is not None and code not in _UNMEASURED
    record = StepRecord(
        ticket=movement.ticket,
        code=code,
        role=standard.role if standard else "",
        entered_at=movement.at,
        standard_minutes=standard.minutes_for(movement.ticket.priority) if standard and measured else None,
    )
    _pause_or_go_on(record, movement.waits and code != _BESIDE, movement.at)
    record.due_at = _due(record, movement)
    return record


def _close(record: StepRecord, movement: Movement) -> None:
    """Write how the step ended: when, by whom, how long it took, whether that was too long."""
    _pause_or_go_on(record, False, movement.at)
    record.due_at = _due(record, movement)
    record.left_at = movement.at
    record.by = movement.actor.user
    record.acting_role = movement.actor.role.value if movement.actor.role else ""
    record.capacity = movement.actor.capacity
    record.worked = _worked(record, movement)
    record.late = record.due_at is not None and movement.at > record.due_at
    record.late_reason = movement.late_reason if record.late else ""
    _hand_over(record, movement)
    record.save()


def _hand_over(record: StepRecord, movement: Movement) -> None:
    """Note the step's documents and output, where its own act completed it."""
    record.completed = record.code in {OWN_SOP_CODE.get(movement.act), _BESIDE, _END}
    standard = movement.standards.get(record.code)
    record.output = standard.output if standard and record.completed else ""
    record.documents = movement.documents


def _pause_or_go_on(record: StepRecord, waits: bool, at: datetime) -> None:
    pausing = bool(record.pauses) and record.pauses[-1][1] is None
    if waits and not pausing:
        record.pauses = [*record.pauses, [at.isoformat(), None]]
    elif pausing and not waits:
        record.pauses = [*record.pauses[:-1], [record.pauses[-1][0], at.isoformat()]]


def _due(record: StepRecord, movement: Movement) -> datetime | None:
    if record.code == _RECOVERY:
        return movement.ticket.recovery_due_at or record.due_at
    if record.standard_minutes is None or movement.hours is None:
        return None
    allowed = timedelta(minutes=record.standard_minutes)
    return due_with_pauses(record.entered_at, allowed, record.stood, movement.hours)


def _worked(record: StepRecord, movement: Movement) -> timedelta | None:
    if movement.hours is None:
        return None
    return elapsed_with_pauses(record.entered_at, movement.at, record.stood, movement.hours)


def _beside(movement: Movement) -> None:
    """Keep the record of progress updates (S2b), which runs beside the others."""
    ended = movement.after in {None, _END, OWN_SOP_CODE[Step.CLOSE]}
    running = movement.running.get(_BESIDE)
    accepted = movement.act is not Step.RETURN
    if movement.act is Step.UNMERGE:
        accepted = movement.after != OWN_SOP_CODE[Step.TRIAGE]
    if running is None and movement.before is not None and not ended and accepted:
        _opened(movement, _BESIDE).save()
    elif running is not None and ended:
        _close(running, movement)
