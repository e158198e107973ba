"""What the help desk operator does with a new request (S2)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.priorities import Impact, Priority, Urgency, priority_of
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Service, Ticket
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import NoteRequired, WrongTarget
from helpdesk_plugin.sla_clock import make_promise, matrix


@dataclass(frozen=True)
class Triage:
    """The operator's classification. ``override`` sets a priority against the matrix, with a reason."""

    kind: str
    service: Service
    impact: Impact
    urgency: Urgency
    override: Priority | None = None
    reason: str = ""
    security: bool = False


def triage_ticket(
    ticket_id: int,
    triage: Triage,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Accept, classify and prioritise a request; its deadlines start from when it came in (S2).

    Raises NoteRequired when the priority is overridden without a reason.
    """
    if triage.override is not None and not triage.reason.strip():
        raise NoteRequired(Step.TRIAGE)

    def classify(passage: Passage) -> None:
        ticket = passage.ticket
        ticket.kind, ticket.service = triage.kind, triage.service
        ticket.impact, ticket.urgency = triage.impact.value, triage.urgency.value
        ticket.security_flag = triage.security or triage.service.is_security
        by_matrix = priority_of(triage.impact, triage.urgency, matrix(), security=ticket.security_flag)
        ticket.priority = (triage.override or by_matrix).value
        ticket.priority_reason = triage.reason.strip() if triage.override else ""
        make_promise(ticket)
        passage.data |= {"priority": ticket.priority, "by_matrix": by_matrix.value}

    request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    return pass_through(ticket_id, Step.TRIAGE, request, classify)


def return_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Send a request back to be completed; ``note`` tells the requester what is lacking (S2, S4)."""
    return pass_through(
        ticket_id, Step.RETURN, Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    )


def reject_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Refuse a request that is no service of the agency; ``note`` goes to the requester (S2, S5)."""
    return pass_through(
        ticket_id, Step.REJECT, Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
    )


def merge_ticket(
    ticket_id: int,
    into: Ticket,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Close a ticket as a duplicate of another open one, which is told by an internal note.

    Raises WrongTarget when the other ticket is this one, final, or leads back to it.
    """

    def tie(passage: Passage) -> None:
        target = Ticket.objects.get(pk=into.pk)
        if target.pk == passage.ticket.pk or target.state in statuses.FINAL:
            raise WrongTarget
        passage.ticket.merged_into = target
        passage.data["into"] = target.number
        told = _("Ticket %(number)s was merged into this one.") % {"number": passage.ticket.number}
        passage.afterwards.append(
            lambda _event: pass_through(target.pk, Remark.NOTE, Request(by=Party.SYSTEM, note=told))
        )

    with transaction.atomic():
        # Both rows, always in the same order: two officers merging crosswise must not wait for each other.
        list(
            Ticket.objects.select_for_update().filter(pk__in=[ticket_id, into.pk]).order_by("pk").values("pk")
        )
        return pass_through(
            ticket_id,
            Step.MERGE,
            Request(by=by, note=note, key=key, version=version, late_reason=late_reason),
            tie,
        )
