"""What an officer's daily digest says: what waits for them, is due today, is late, and waits for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby

from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.escalation import Subject
from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, Role
from helpdesk_plugin.domain.statuses import OPEN
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Assignment, OfficerPreferences, StepRecord, Ticket
from helpdesk_plugin.notifications.recipients import holders_of_offices
from helpdesk_plugin.permissions import holders_of

#: The offices that look after every ticket, not only after what lies on their own desk.
SUPERVISORS = frozenset({Role.HEAD_OF_AGENCY, Role.DIVISION_HEAD, Role.MANAGER})
_OFFICES = (*SOP_STAFF_ROLES, Role.MANAGER)
#: Who owes an act that a disposition given later still asks for.
_OWED_BY = {Step.DISPOSE_LATE: Role.HEAD_OF_AGENCY, Step.EXAMINE_LATE: Role.DIVISION_HEAD}
#: Nothing that the requester typed is read, so that none of it can get into a mail.
_READ = (
    *("number", "status", "priority", "security_flag", "promise", "informed_at", "confirmed_at"),
    *("ran_ahead", "disposed_at", "examined_at", "first_response_at", "resolved_at"),
    *("parent", "merged_into"),
    *("response_due_at", "recovery_due_at", "clock_running_since", "service__name"),
)


@dataclass(frozen=True)
class Limit:
    """A moment (UTC) by which something has to happen; ``step`` is the code of a step with a standard."""

    at: datetime
    subject: Subject
    step: str = ""


@dataclass(frozen=True)
class Line:
    """One open ticket: the offices that it waits for (none: a third party), its nearest limit."""

    ticket: Ticket
    offices: tuple[Role, ...]
    limit: Limit | None
    is_late: bool
    is_due_today: bool


@dataclass(frozen=True)
class Share:
    """How many tickets wait for the same offices (none: a third party), and how urgent they are."""

    offices: tuple[Role, ...]
    tickets: int
    due_today: int
    late: int


@dataclass(frozen=True)
class Digest:
    """What one officer is told: ``waiting`` lies on their desk, ``lines`` is all that concerns them.

    In order of work: priority, then the nearest limit. Of ``lines`` supervisors have every ticket that they
    may see, the others what lies on their desk and what they were put on.
    """

    waiting: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def due_today(self) -> list[Line]:
        return [line for line in self.lines if line.is_due_today]

    @property
    def late(self) -> list[Line]:
        return [line for line in self.lines if line.is_late]

    @property
    def shares(self) -> list[Share]:
        """Whom the tickets wait for, in the order of the procedure's offices; a third party last."""
        by_offices = sorted(self.lines, key=lambda line: _rank(line.offices))
        return [_share(offices, found) for offices, found in groupby(by_offices, key=lambda one: one.offices)]


class Board:
    """All open tickets and whom they concern, as they stand at ``now`` (UTC).

    Nine queries at most, however many tickets and officers there are.
    """

    def __init__(self, now: datetime) -> None:
        self.now, self.day = now, agency_date(now)

    def readers(self) -> list[int]:
        """Ids of the users who have something to be told."""
        candidates = {user for users in self._offices.values() for user in users}.union(
            *self._assigned.values()
        )
        return sorted(user for user in candidates if not self.digest_for(user).is_empty)

    def digest_for(self, user_id: int) -> Digest:
        """What one user is told; nothing when they have declined it, or may see no ticket."""
        if user_id not in self._may["view_ticket"] or user_id in self._declined:
            return Digest()
        sees_all = user_id in self._may["view_security_ticket"]
        visible = [line for line in self.lines if sees_all or not line.ticket.security_flag]
        waiting = [line for line in visible if user_id in self._desks[line.ticket.pk]]
        if any(user_id in self._offices[role] for role in SUPERVISORS):
            return Digest(waiting, visible)
        return Digest(waiting, [line for line in visible if user_id in self._concerned(line.ticket.pk)])

    def _concerned(self, ticket_id: int) -> set[int]:
        return self._desks[ticket_id] | self._assigned.get(ticket_id, set())

    @cached_property
    def lines(self) -> list[Line]:
        """Every open ticket, in order of work."""
        open_tickets = Ticket.objects.open().select_related("service").only(*_READ).order_by("pk")
        return sorted(map(self._line, open_tickets), key=_order_of_work)

    def _line(self, ticket: Ticket) -> Line:
        limits = [*_promised(ticket), *self._of_steps.get(ticket.pk, ())]
        limit = min(limits, key=lambda one: one.at, default=None)
        late = limit is not None and limit.at < self.now
        today = limit is not None and not late and agency_date(limit.at) == self.day
        return Line(ticket, _offices_of(ticket), limit, late, today)

    @cached_property
    def _desks(self) -> dict[int, set[int]]:
        """Ids of the users on whose desk each ticket lies."""
        return {line.ticket.pk: self._holders(line) for line in self.lines}

    def _holders(self, line: Line) -> set[int]:
        """The holders of its offices; of an office at work on the ticket, those who were put on it."""
        assigned = self._assigned.get(line.ticket.pk, set())
        desks = (self._offices.get(role, set()) for role in line.offices)
        return set().union(*(holders & assigned or holders for holders in desks))

    @cached_property
    def _of_steps(self) -> dict[int, list[Limit]]:
        """The limits of the steps that are being worked on, by their standards."""
        limits = defaultdict(list)
        running = StepRecord.objects.running().filter(
            ticket__status__in=[status.value for status in OPEN],
            due_at__isnull=False,
            standard_minutes__isnull=False,
        )
        for ticket_id, code, due_at in running.order_by().values_list("ticket_id", "code", "due_at"):
            limits[ticket_id].append(Limit(due_at, Subject.STEP, code))
        return limits

    @cached_property
    def _assigned(self) -> dict[int, set[int]]:
        """The officers whom the latest examination (S4) put on each open ticket."""
        rows = Assignment.objects.filter(ticket__status__in=[status.value for status in OPEN])
        officers: dict[int, set[int]] = {}
        latest: dict[int, int] = {}
        ordered = rows.order_by("at", "event_id").values_list("ticket_id", "event_id", "officer_id")
        for ticket_id, event_id, officer_id in ordered:
            if latest.get(ticket_id) != event_id:
                latest[ticket_id], officers[ticket_id] = event_id, set()
            officers[ticket_id].add(officer_id)
        return officers

    @cached_property
    def _offices(self) -> dict[Role, set[int]]:
        return {Role(role): users for role, users in holders_of_offices(_OFFICES).items()}

    @cached_property
    def _may(self) -> dict[str, set[int]]:
        return holders_of(["view_ticket", "view_security_ticket"])

    @cached_property
    def _declined(self) -> set[int]:
        return set(OfficerPreferences.objects.filter(daily_digest=False).values_list("user_id", flat=True))


def _offices_of(ticket: Ticket) -> tuple[Role, ...]:
    """The offices that a ticket waits for, with the one that still owes a disposition that follows."""
    owing = (office for act, office in _OWED_BY.items() if act in ticket.opened_acts)
    return tuple(dict.fromkeys((*ticket.holders, *owing)))


def _promised(ticket: Ticket) -> Iterable[Limit]:
    """What was promised to the requester, while its clock runs."""
    if ticket.due_at is not None and ticket.clock_running_since is not None:
        answered = ticket.first_response_at is not None
        yield Limit(ticket.due_at, Subject.RECOVERY if answered else Subject.RESPONSE)


def _order_of_work(line: Line) -> tuple:
    return line.ticket.priority, line.limit is None, line.limit.at if line.limit else None, line.ticket.pk


def _rank(offices: tuple[Role, ...]) -> tuple:
    order = list(Role)
    return not offices, [order.index(office) for office in offices]


def _share(offices: tuple[Role, ...], found: Iterable[Line]) -> Share:
    lines = list(found)
    return Share(
        offices,
        tickets=len(lines),
        due_today=sum(line.is_due_today for line in lines),
        late=sum(line.is_late for line in lines),
    )
