"""Correcting what the help desk holds about a person (UU 27/2022, article 6), on all their tickets."""

from collections.abc import Sequence
from typing import Any

from helpdesk_plugin import clock
from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.steps import Act, Remark
from helpdesk_plugin.models import Deed, Ground, ProcessingRecord, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import permission
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.amendment import amend_ticket, apply_changes
from helpdesk_plugin.services.errors import NotPermitted

#: What says who somebody is; what they asked for is corrected on the ticket itself.
CORRECTABLE_OF_PERSON = (
    "requester_name",
    "requester_unit",
    "requester_phone",
    "requester_email",
    "requester_nip",
)


def correct_person(
    tickets: Sequence[Ticket], changes: dict[str, Any], *, by: Any, ground: Ground, reason: str
) -> list[str]:
    """Correct a person's data on these tickets and return the numbers of those that changed.

    Open tickets are amended (`amend_ticket`), ended ones by an act of their own; both keep what stood there
    before in the field history. Official documents stay as they were issued. Raises NotPermitted before
    anything has changed, ValueError for a field that is not `CORRECTABLE_OF_PERSON`.
    """
    if unknown := set(changes) - set(CORRECTABLE_OF_PERSON):
        raise ValueError(f"not a person's: {', '.join(sorted(unknown))}")
    differing = [
        one for one in tickets if any(getattr(one, name) != value for name, value in changes.items())
    ]
    for act in {_act_for(ticket) for ticket in differing}:
        if not holds(by, permission(act)):
            raise NotPermitted(act)
    for ticket in differing:
        if _act_for(ticket) is Remark.AMEND:
            amend_ticket(ticket.pk, by=by, changes=changes, note=reason)
        else:
            correct_ticket(ticket.pk, by=by, changes=changes)
    numbers = [ticket.number for ticket in differing]
    ProcessingRecord.objects.create(
        deed=Deed.CORRECT,
        ground=ground,
        reason=reason,
        by=by,
        at=clock.now(),
        tickets=numbers,
        report={"fields": sorted(changes)},
    )
    return numbers


def correct_ticket(ticket_id: int, *, by: Any, changes: dict[str, Any]) -> Ticket:
    """Correct a person's data on one ended ticket; nothing else of it moves."""

    def correct(passage: Passage) -> None:
        apply_changes(passage, changes)

    return pass_through(ticket_id, Remark.CORRECT, Request(by=by), correct)


def _act_for(ticket: Ticket) -> Act:
    return Remark.AMEND if ticket.state in statuses.OPEN else Remark.CORRECT
