"""What may be true of a ticket, as conditions: to filter by one, or to count by many in one query."""

import functools
import operator
from collections.abc import Collection
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, Func, OuterRef, Q, SmallIntegerField, Value, When
from django.db.models.lookups import Exact

from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus

#: Statuses of open tickets in a fixed order, as the index of open tickets names them.
OPEN_STATUSES: tuple[str, ...] = tuple(sorted(status.value for status in statuses.OPEN))
#: 1 of an open ticket, 0 of an ended one, and the condition of the first: for the index of open tickets.
OPEN_MARK = Case(
    When(status__in=OPEN_STATUSES, then=Value(1)), default=Value(0), output_field=SmallIntegerField()
)
MARKED_OPEN = Q(Exact(OPEN_MARK, 1))
_NEVER = Q(pk__in=[])


class IsOpen(Func):
    """Some step still leads out of this status in the ordinary course.

    Word for word the condition `MARKED_OPEN`, with its values in the query itself and not as parameters:
    only then does SQLite see that the index of open tickets answers, which stays small while the past
    grows. A mark that equals 1 its planner looks up; a list of statuses, it believes, fits very many.
    """

    _statuses = ", ".join(repr(status) for status in OPEN_STATUSES)
    template = f"(CASE WHEN %(expressions)s IN ({_statuses}) THEN 1 ELSE 0 END) = 1"
    arity = 1
    output_field = BooleanField()


_RUNNING = Q(
    status__in=[status.value for status in sorted(statuses.OPEN - statuses.CLOCK_STOPPED)], resolved_at=None
)


def late(now: datetime) -> Q:
    """The present deadline (`Ticket.due_at`) lies before ``now`` while the clock runs."""
    respond_by = Q(first_response_at=None, response_due_at__lt=now)
    recover_by = Q(first_response_at__isnull=False, recovery_due_at__lt=now)
    return (respond_by | recover_by) & _RUNNING


def due_soon(now: datetime, horizon: datetime) -> Q:
    """The present deadline lies ahead, and either before ``horizon`` or already at risk.

    Working time needs no counting here: it is in the stored deadlines, and in the horizon.
    """
    respond_by = Q(first_response_at=None, response_due_at__gte=now, response_due_at__lt=horizon)
    at_risk = Q(recovery_warn_at__lte=now) | Q(recovery_due_at__lt=horizon)
    recover_by = Q(first_response_at__isnull=False, recovery_due_at__gte=now) & at_risk
    return (respond_by | recover_by) & _RUNNING


def held_by(roles: Collection[Role]) -> Q:
    """The ticket lies on the desk of one of these offices (`Ticket.holders`)."""
    wanted = frozenset(roles)
    return functools.reduce(operator.or_, [_held_in(status, wanted) for status in sorted(statuses.OPEN)])


def waiting() -> Q:
    """The desk waits for somebody outside: the requester, or a third party."""
    return Q(status=TicketStatus.WAITING_THIRD_PARTY.value) | held_by({Role.REQUESTER})


def unassigned() -> Q:
    """Nobody was put on the ticket, and nobody has taken it."""
    return Q(assignee=None)


def of_officer(user) -> Q:
    """The officer leads the ticket, or helps with it by the assignment in force."""
    from helpdesk_plugin.models.dispositions import Assignment  # assignments refer to tickets

    # Asked of each ticket that is looked at: the assignments of years are many, the open tickets few.
    helping = Assignment.objects.filter(ticket=OuterRef("pk"), officer=user.pk, leads=False).in_force()
    return Q(assignee=user.pk) | Q(Exists(helping.order_by()))


def followed_by(user) -> Q:
    """The officer follows the ticket."""
    from helpdesk_plugin.models.personal import Follow  # who follows refers to tickets

    return Q(pk__in=Follow.objects.filter(officer=user.pk).values("ticket"))


def _held_in(status: TicketStatus, roles: frozenset[Role]) -> Q:
    """Tickets in one status that lie with these offices; what was done in RESOLVED decides with whom."""
    if status is not TicketStatus.RESOLVED:
        return Q(status=status.value) if roles & set(_holders(status)) else _NEVER
    found = [
        Q(informed_at__isnull=not informed, confirmed_at__isnull=not confirmed)
        for informed in (False, True)
        for confirmed in (False, True)
        if roles & set(_holders(status, informed=informed, confirmed=confirmed))
    ]
    return Q(functools.reduce(operator.or_, found), status=status.value) if found else _NEVER


def _holders(status: TicketStatus, *, informed: bool = False, confirmed: bool = False) -> tuple[Role, ...]:
    return statuses.holders_of(status, informed=informed, confirmed=confirmed)
