"""Who works on a ticket: put there by the head of division (S4), taken by oneself, handed over."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Assignment, Ticket, TicketEvent
from helpdesk_plugin.permissions import may_see
from helpdesk_plugin.services._door import Body, Passage, Request, pass_through
from helpdesk_plugin.services.errors import CannotBeGiven, NothingToChange


def take_ticket(ticket_id: int, *, by: Any, key: str | None = None, version: int | None = None) -> Ticket:
    """Lead a ticket oneself; whoever was on it goes on helping. Moves nothing else.

    Raises NothingToChange when the officer leads it already.
    """

    def take(passage: Passage) -> None:
        before = Assignment.objects.on_ticket(passage.ticket)
        if passage.ticket.assignee_id == by.pk:
            raise NothingToChange(Remark.TAKE)
        others = [one.officer for one in before if one.officer_id != by.pk and one.officer.is_active]
        assigning([by, *others], _wish_of(before))(passage)

    return pass_through(ticket_id, Remark.TAKE, Request(by=by, key=key, version=version), take)


def hand_over_ticket(
    ticket_id: int,
    *,
    by: Any,
    officers: Sequence[Any],
    note: str,
    key: str | None = None,
    version: int | None = None,
) -> Ticket:
    """Give a ticket to other officers, for a reason; the first one leads. What was wished for stays.

    Those who are no longer on it are told as well as those who are. Raises NothingToChange when they are on
    it already as they would be afterwards, CannotBeGiven for an officer who may not see it, and ValueError
    without an officer.
    """
    if not officers:
        raise ValueError("at least one officer is assigned")

    def hand_over(passage: Passage) -> None:
        before = Assignment.objects.on_ticket(passage.ticket)
        on_it = {one.officer_id for one in before}
        wanted = [officer.pk for officer in officers]
        if passage.ticket.assignee_id == wanted[0] and on_it == set(wanted):
            raise NothingToChange(Remark.HAND_OVER)
        passage.data["released"] = sorted(on_it - set(wanted))
        assigning(officers, _wish_of(before))(passage)

    request = Request(by=by, note=note, key=key, version=version)
    return pass_through(ticket_id, Remark.HAND_OVER, request, hand_over)


def assigning(officers: Sequence[Any], wished_by: date | None) -> Body:
    """The part of an act that puts officers on its ticket; the first one leads.

    Raises ValueError without an officer; the act raises CannotBeGiven for one who may not see the ticket.
    """
    if not officers:
        raise ValueError("at least one officer is assigned")

    def assign(passage: Passage) -> None:
        blind = [officer for officer in officers if not may_see(officer, passage.ticket)]
        if blind:
            raise CannotBeGiven(passage.act, blind[0])
        passage.ticket.assignee = officers[0]
        passage.data["officers"] = [officer.pk for officer in officers]

        def write(event: TicketEvent) -> None:
            for officer in officers:
                Assignment.objects.create(
                    ticket=event.ticket,
                    event=event,
                    officer=officer,
                    leads=officer == officers[0],
                    wished_by=wished_by,
                    at=passage.at,
                )

        passage.afterwards.append(write)

    return assign


def _wish_of(assignments: Sequence[Assignment]) -> date | None:
    """When the head of division would like it done, whoever does it."""
    return assignments[0].wished_by if assignments else None
