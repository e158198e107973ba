"""The procedure as one table: act → from where, to where, by whom, with what filled in.

`next_status` and `acts_from` are its two readers; the door asks the first, screens ask the second.
Who *personally* may act is a permission that the agency grants; the default office of each act
stands here because the SOP names it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from helpdesk_plugin.domain import statuses as groups
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus as S
from helpdesk_plugin.domain.steps import OWN_SOP_CODE, Act, Remark, Step


class StepNotAllowed(Exception):
    """The procedure has no such act from this status for this party; nothing was changed."""

    def __init__(self, act: Act, status: S | None, party: Party) -> None:
        self.act, self.status, self.party = act, status, party
        super().__init__(f"{act.value} is not allowed from {status} for {party.value}")


class Goal(StrEnum):
    """A destination that depends on the ticket rather than on the table."""

    STAY = "stay"
    BACK = "back"  # to where a hold was placed from, or a merge


@dataclass(frozen=True)
class Transition:
    """One row of the procedure.

    ``roles`` are the offices that hold the act by default (empty: no office inside the agency does).
    ``note_required``: the act must give its reason in words (sop.md §4, rule 1).
    ``public``: the requester sees in the timeline that the act happened.
    ``content_public``: the requester may also read its note and open its files.
    """

    act: Act
    sources: frozenset[S | None]
    target: S | Goal
    parties: frozenset[Party]
    roles: tuple[Role, ...] = ()
    note_required: bool = False
    public: bool = True
    content_public: bool = False


_STAFF = frozenset({Party.STAFF})
_REQUESTER = frozenset({Party.REQUESTER})
_SYSTEM = frozenset({Party.SYSTEM})
_STAFF_SYSTEM = _STAFF | _SYSTEM
_TS, _PC = Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER
_KABID, _KADIS, _MANAGER = Role.DIVISION_HEAD, Role.HEAD_OF_AGENCY, Role.MANAGER
_EVERY_DESK = (_TS, _PC, _KABID, _KADIS)

_WORKED_ON = frozenset({S.ASSIGNED, S.DIAGNOSING, S.RECOVERING, S.REOPENED})
#: Where a ticket may be when the disposition that it ran ahead of is given.
_AHEAD = _WORKED_ON | groups.ON_HOLD | {S.RESOLVED}
#: Where somebody of the desk works on a ticket, or will once the requester has answered.
_IN_HANDS = frozenset({S.SUBMITTED, S.RESOLVED}) | _WORKED_ON | groups.ON_HOLD
_BEFORE_RECOVERY = frozenset(
    {S.SUBMITTED, S.RETURNED, S.TRIAGED, S.DISPOSED, S.ASSIGNED, S.DIAGNOSING, S.WAITING_REQUESTER}
)


def _row(
    act: Act,
    sources: S | Iterable[S | None] | None,
    target: S | Goal,
    parties: frozenset[Party],
    *roles: Role,
    **more: bool,
) -> Transition:
    single = sources is None or isinstance(sources, S)
    states = frozenset({sources} if single else sources)  # type: ignore[arg-type]
    return Transition(act, states, target, parties, roles, **more)  # type: ignore[arg-type]


_ROWS: tuple[Transition, ...] = (
    _row(Step.SUBMIT, None, S.SUBMITTED, frozenset({Party.REQUESTER, Party.STAFF}), _TS, content_public=True),
    # From a former register: the ticket is made where it stood there (`services.past_tickets`).
    _row(Step.IMPORT, None, S.SUBMITTED, _STAFF, _MANAGER),
    _row(
        Step.RETURN,
        {S.SUBMITTED, S.DISPOSED},
        S.RETURNED,
        _STAFF,
        _TS,
        _KABID,
        note_required=True,
        content_public=True,
    ),
    _row(
        Step.RESUBMIT,
        S.RETURNED,
        S.SUBMITTED,
        frozenset({Party.REQUESTER, Party.STAFF}),
        _TS,
        content_public=True,
    ),
    _row(Step.TRIAGE, S.SUBMITTED, S.TRIAGED, _STAFF, _TS),
    _row(Step.DISPOSE, S.TRIAGED, S.DISPOSED, _STAFF, _KADIS),
    _row(Step.EXAMINE, S.DISPOSED, S.ASSIGNED, _STAFF, _KABID),
    _row(Step.SEND_BACK, S.DISPOSED, S.TRIAGED, _STAFF, _KABID, note_required=True, public=False),
    _row(Step.START_AHEAD, S.TRIAGED, S.ASSIGNED, _STAFF, _TS, _KABID),
    _row(Step.DISPOSE_LATE, _AHEAD, Goal.STAY, _STAFF, _KADIS),
    _row(Step.EXAMINE_LATE, _AHEAD, Goal.STAY, _STAFF, _KABID),
    _row(Step.VERIFY, S.ASSIGNED, S.DIAGNOSING, _STAFF, _PC),
    _row(Step.DIAGNOSE, {S.DIAGNOSING, S.REOPENED}, S.RECOVERING, _STAFF, _PC, _TS),
    _row(Step.RESOLVE, S.RECOVERING, S.RESOLVED, _STAFF, _PC, _TS),
    _row(Step.INFORM, S.RESOLVED, Goal.STAY, _STAFF, _TS, content_public=True),
    _row(
        Step.CONFIRM,
        S.RESOLVED,
        Goal.STAY,
        frozenset({Party.REQUESTER, Party.STAFF}),
        _TS,
        content_public=True,
    ),
    _row(
        Step.NOT_FIXED,
        S.RESOLVED,
        S.DIAGNOSING,
        frozenset({Party.REQUESTER, Party.STAFF}),
        _TS,
        note_required=True,
        content_public=True,
    ),
    _row(Step.CLOSE, S.RESOLVED, S.CLOSED, _STAFF_SYSTEM, _PC, content_public=True),
    _row(
        Step.REOPEN,
        S.CLOSED,
        S.REOPENED,
        frozenset({Party.REQUESTER, Party.STAFF}),
        _PC,
        note_required=True,
        content_public=True,
    ),
    _row(
        Step.HOLD_REQUESTER,
        _WORKED_ON,
        S.WAITING_REQUESTER,
        _STAFF,
        _PC,
        _TS,
        note_required=True,
        content_public=True,
    ),
    _row(
        Step.HOLD_THIRD_PARTY,
        _WORKED_ON,
        S.WAITING_THIRD_PARTY,
        _STAFF,
        _PC,
        _TS,
        note_required=True,
        content_public=True,
    ),
    _row(Step.RESUME, groups.ON_HOLD, Goal.BACK, _STAFF, _PC, _TS),
    _row(Step.ANSWER, S.WAITING_REQUESTER, Goal.BACK, _REQUESTER, note_required=True, content_public=True),
    _row(
        Step.REJECT,
        {S.SUBMITTED, S.ASSIGNED},
        S.REJECTED,
        _STAFF,
        _TS,
        _PC,
        note_required=True,
        content_public=True,
    ),
    _row(
        Step.CANCEL,
        _BEFORE_RECOVERY,
        S.CANCELLED,
        frozenset({Party.REQUESTER, Party.SYSTEM}),
        content_public=True,
    ),
    _row(
        Step.MERGE,
        {S.SUBMITTED, S.TRIAGED, S.DISPOSED, S.ASSIGNED, S.DIAGNOSING, S.REOPENED},
        S.MERGED,
        _STAFF,
        _TS,
        _PC,
    ),
    _row(Step.UNMERGE, S.MERGED, Goal.BACK, _STAFF, _TS, _PC, note_required=True),
    _row(
        Remark.PROGRESS,
        groups.OPEN - {S.SUBMITTED, S.RETURNED},
        Goal.STAY,
        _STAFF_SYSTEM,
        _TS,
        _PC,
        note_required=True,
        content_public=True,
    ),
    _row(
        Remark.REPLY,
        groups.OPEN,
        Goal.STAY,
        frozenset({Party.STAFF, Party.REQUESTER}),
        _TS,
        _PC,
        note_required=True,
        content_public=True,
    ),
    _row(
        Remark.NOTE,
        frozenset(S),
        Goal.STAY,
        _STAFF_SYSTEM,
        *_EVERY_DESK,
        _MANAGER,
        note_required=True,
        public=False,
    ),
    _row(
        Remark.ATTACH,
        groups.OPEN,
        Goal.STAY,
        frozenset({Party.STAFF, Party.REQUESTER}),
        *_EVERY_DESK,
        content_public=True,
    ),
    # Who works on it is the desk's own business; the requester reads of offices, never of persons.
    _row(Remark.TAKE, _IN_HANDS, Goal.STAY, _STAFF, _TS, _PC, public=False),
    _row(
        Remark.HAND_OVER,
        _IN_HANDS,
        Goal.STAY,
        _STAFF,
        _TS,
        _PC,
        _KABID,
        note_required=True,
        public=False,
    ),
    _row(Remark.AMEND, groups.OPEN, Goal.STAY, _STAFF, _TS, _PC, _MANAGER, note_required=True, public=False),
    _row(Remark.RECOUNT, groups.OPEN, Goal.STAY, _STAFF_SYSTEM, _MANAGER, note_required=True),
    _row(Remark.WARN, groups.OPEN, Goal.STAY, _SYSTEM, public=False),
    _row(Remark.REMIND, {S.RETURNED, S.WAITING_REQUESTER, S.RESOLVED}, Goal.STAY, _SYSTEM),
    # The survey that closing (S9) links to. Officers read it; on the timeline it would be a public rating.
    _row(Remark.RATE, S.CLOSED, Goal.STAY, _REQUESTER, public=False),
    _row(Remark.CONTACT, groups.OPEN, Goal.STAY, _STAFF, *_EVERY_DESK, public=False),
    # The log may be completed once the ticket is closed; a ticket that nobody worked on has none.
    _row(
        Remark.WORK,
        groups.OPEN | {S.CLOSED},
        Goal.STAY,
        _STAFF,
        _TS,
        _PC,
        note_required=True,
        public=False,
    ),
    # How the ticket came out in which the work on a duplicate went on.
    _row(Remark.MAIN_HANDLED, S.MERGED, Goal.STAY, _SYSTEM),
    _row(Remark.MAIN_ENDED, S.MERGED, Goal.STAY, _SYSTEM),
    # Official documents are printed, signed and filed long after a ticket is closed.
    _row(Remark.DOCUMENT, frozenset(S), Goal.STAY, _STAFF, *_EVERY_DESK, _MANAGER, public=False),
    # A solution becomes the draft of a knowledge article (sop.md §4, rule 7).
    # One disturbance, many reports: the parent's progress is proposed for its children, never imposed.
    _row(Remark.LINK, groups.OPEN, Goal.STAY, _STAFF, _TS, _PC, public=False),
    _row(Remark.UNLINK, frozenset(S), Goal.STAY, _STAFF, _TS, _PC, public=False),
    _row(Remark.WRITE_UP, {S.RESOLVED, S.CLOSED}, Goal.STAY, _STAFF, _PC, public=False),
    # The checklist of a confidential ticket may be completed long after it is closed.
    _row(Remark.EVIDENCE, frozenset(S), Goal.STAY, _STAFF, _TS, _PC, _KABID, public=False),
    # One event behind many requests: they follow its notice and stay requests of their own.
    _row(Remark.FOLLOW_NOTICE, groups.OPEN, Goal.STAY, _STAFF, _TS, _PC, _KABID, content_public=True),
    _row(Remark.UNFOLLOW_NOTICE, frozenset(S), Goal.STAY, _STAFF, _TS, _PC, _KABID, public=False),
    # Rights of the person concerned (UU 27/2022, articles 6 and 8); while the work goes on, data is corrected
    # by AMEND, and the desk needs it.
    _row(Remark.CORRECT, groups.FINAL, Goal.STAY, _STAFF, _MANAGER, public=False),
    _row(Remark.ANONYMISE, groups.FINAL, Goal.STAY, _STAFF_SYSTEM, _MANAGER, public=False),
)

TRANSITIONS: dict[Act, Transition] = {row.act: row for row in _ROWS}

#: Acts that the table alone does not open: the ticket's own facts must (a disposition that follows later, an
#: article that may be written of it, a parent that it has or may get, evidence that must be kept).
CONDITIONAL: frozenset[Act] = frozenset(
    {
        Step.START_AHEAD,
        Step.DISPOSE_LATE,
        Step.EXAMINE_LATE,
        Step.UNMERGE,
        Remark.LINK,
        Remark.UNLINK,
        Remark.WRITE_UP,
        Remark.EVIDENCE,
    }
)


def next_status(
    act: Act,
    status: S | None,
    party: Party,
    *,
    held_from: S | None = None,
    opened: frozenset[Act] = frozenset(),
) -> S:
    """Return the status that ``act`` leads to.

    ``status`` is None before submission. ``held_from`` is the status a hold was placed from; acts
    that lift a hold lead back there. ``opened`` are the acts of `CONDITIONAL` that the ticket's facts
    open. Raises StepNotAllowed when the procedure has no such act from there.
    """
    row = TRANSITIONS[act]
    if status not in row.sources or party not in row.parties or act in CONDITIONAL - opened:
        raise StepNotAllowed(act, status, party)
    if act is Step.CANCEL and _held_in_recovery(status, held_from):
        raise StepNotAllowed(act, status, party)
    if row.target is Goal.STAY:
        return _known(act, status, party)
    if row.target is Goal.BACK:
        return _known(act, held_from, party)
    return S(row.target)


def acts_from(
    status: S | None,
    party: Party,
    *,
    held_from: S | None = None,
    opened: frozenset[Act] = frozenset(),
) -> Iterator[Act]:
    """Yield the acts open to ``party`` in ``status``, in the order of the table."""
    for act in TRANSITIONS:
        try:
            next_status(act, status, party, held_from=held_from, opened=opened)
        except StepNotAllowed:
            continue
        yield act


def sop_code_of(act: Act, status: S | None, *, held_from: S | None = None) -> str:
    """Return the SOP step under which ``act`` is recorded when taken in ``status``.

    A return by the operator belongs to S2, one by the division head to S4; a hold belongs to the
    step that it interrupts, the undoing of a merge to the step that goes on.
    """
    if act in OWN_SOP_CODE or status is None:
        return OWN_SOP_CODE[act]
    standing = held_from if status in groups.COME_FROM and held_from else status
    return groups.STATUS_FACTS[standing].sop_code


def _held_in_recovery(status: S | None, held_from: S | None) -> bool:
    # The requester may withdraw until recovery has begun; a hold does not turn back that time.
    return status is S.WAITING_REQUESTER and held_from in {S.RECOVERING, S.REOPENED}


def _known(act: Act, status: S | None, party: Party) -> S:
    if status is None:
        raise StepNotAllowed(act, status, party)
    return status
