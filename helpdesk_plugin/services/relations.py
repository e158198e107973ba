"""How tickets belong together: a child of another, and a merge that was wrong and is undone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.redaction import without_personal_data
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import HelpDeskSettings, Ticket
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import TooLate, WrongParent
from helpdesk_plugin.services.knowledge import people_of
from helpdesk_plugin.sla_clock import agreed_end


def unmerge_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str,
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Undo a merge: the ticket goes on where it was, and the one that it was merged into is told.

    Its clock stood meanwhile, as that of any ended ticket. Raises TooLate once the agreed working days since
    the merge have passed.
    """

    def untie(passage: Passage) -> None:
        ticket = passage.ticket
        main, deadline = ticket.merged_into, unmerging_deadline(ticket)
        if main is None or deadline is None or passage.at > deadline:
            raise TooLate(Step.UNMERGE, deadline or passage.at)
        ticket.merged_into = None
        passage.data["from"] = main.number
        told = _("The merge of ticket %(number)s into this one was undone.") % {"number": ticket.number}
        _tell(passage, main, told)

    with transaction.atomic():
        _lock(ticket_id, Ticket.objects.filter(pk=ticket_id).values_list("merged_into", flat=True).first())
        request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
        return pass_through(ticket_id, Step.UNMERGE, request, untie)


def unmerging_deadline(ticket: Ticket) -> datetime | None:
    """Until when the latest merge of a ticket may be undone; None if it never was merged. Two queries."""
    merged_at = ticket.events.filter(act=Step.MERGE).newest_first().values_list("at", flat=True).first()
    if merged_at is None:
        return None
    return agreed_end(ticket, merged_at, HelpDeskSettings.load().undo_merge_days)


def link_ticket(
    ticket_id: int,
    parent: Ticket,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Make a ticket the child of another open one; what is done there is proposed here from now on.

    Raises WrongParent unless the parent is another open ticket without a parent, as confidential as this
    one, and this one has no children: a family has two generations.
    """

    def link(passage: Passage) -> None:
        ticket, found = passage.ticket, Ticket.objects.get(pk=parent.pk)
        if not _fits(ticket, found):
            raise WrongParent
        ticket.parent = found
        passage.data["parent"] = found.number
        told = _("Ticket %(number)s was made a child of this one.") % {"number": ticket.number}
        _tell(passage, found, told)

    with transaction.atomic():
        _lock(ticket_id, parent.pk)
        request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
        return pass_through(ticket_id, Remark.LINK, request, link)


def unlink_ticket(
    ticket_id: int,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    version: int | None = None,
    late_reason: str = "",
) -> Ticket:
    """Part a ticket from its parent; both stay as they are."""

    def part(passage: Passage) -> None:
        ticket = passage.ticket
        parent = ticket.parent
        if parent is None:
            raise WrongParent
        ticket.parent = None
        passage.data["parent"] = parent.number
        told = _("Ticket %(number)s is no longer a child of this one.") % {"number": ticket.number}
        _tell(passage, parent, told)

    with transaction.atomic():
        _lock(ticket_id, Ticket.objects.filter(pk=ticket_id).values_list("parent", flat=True).first())
        request = Request(by=by, note=note, key=key, version=version, late_reason=late_reason)
        return pass_through(ticket_id, Remark.UNLINK, request, part)


def recovery_to_propose(parent: Ticket) -> dict[str, Any]:
    """What was done on the parent, as a proposal for its children: without anybody's name or number."""
    solution = parent.solution_set.last()
    if solution is None:
        return {}
    people = people_of(parent)
    texts = {name: getattr(solution, name) for name in ("action", "recommendation")}
    clean = {name: without_personal_data(text, people) for name, text in texts.items()}
    return {**clean, "outcome": solution.outcome}


def _fits(ticket: Ticket, parent: Ticket) -> bool:
    return (
        parent.pk != ticket.pk
        and parent.state in statuses.OPEN
        and parent.parent_id is None
        and parent.security_flag == ticket.security_flag
        and not ticket.children.exists()
    )


def _lock(*ids: int | None) -> None:
    """Both rows, always in the same order: two officers acting crosswise must not wait for each other."""
    wanted = [one for one in ids if one]
    list(Ticket.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values("pk"))


def _tell(passage: Passage, other: Ticket, told: str) -> None:
    """Leave an internal note on the other ticket: its officers should know, its requester need not."""
    request = Request(by=Party.SYSTEM, note=told)
    passage.afterwards.append(lambda _event: pass_through(other.pk, Remark.NOTE, request))
