"""A ticket's parent and children before one officer, and what the parent's progress proposes for them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from helpdesk_plugin import labels
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act, Step
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import available_acts

#: What a parent can have behind it that is worth proposing for its children, in the order of the SOP.
PROPOSED: tuple[Act, ...] = (Step.RESOLVE, Step.INFORM)

#: Children shown and served at once; a larger family is served in several rounds.
MOST = 20


@dataclass(frozen=True)
class Proposal:
    """An act that the parent has behind it and that some children could take now."""

    act: Act
    children: list[Ticket]
    url: str

    @property
    def verb(self) -> str:
        return str(labels.ACT_VERB[self.act])


class Family:
    """Relatives as far as this officer may know of them: one query, the parent or the children."""

    def __init__(self, ticket: Ticket, user: Any) -> None:
        self.ticket, self.user = ticket, user

    @cached_property
    def parent(self) -> Ticket | None:
        if not self.ticket.parent_id:
            return None
        return Ticket.objects.visible_to(self.user).filter(pk=self.ticket.parent_id).first()

    @cached_property
    def children(self) -> list[Ticket]:
        if self.ticket.parent_id:
            return []
        return list(self.ticket.children.visible_to(self.user).select_related("opd").order_by("id")[:MOST])

    @property
    def proposals(self) -> list[Proposal]:
        """One for each act that the parent has behind it and that at least one child could take."""
        found = []
        for act in done_by(self.ticket):
            able = able_to(act, self.children, self.user)
            if able:
                url = reverse("helpdesk_tickets:children", args=[self.ticket.pk, act.value])
                found.append(Proposal(act, able, url))
        return found


def done_by(parent: Ticket) -> list[Act]:
    """The acts of `PROPOSED` that a parent has behind it now; a reopened one proposes nothing."""
    if parent.state not in {TicketStatus.RESOLVED, TicketStatus.CLOSED}:
        return []
    return [Step.RESOLVE, Step.INFORM] if parent.informed_at else [Step.RESOLVE]


def able_to(act: Act, children: list[Ticket], user: Any) -> list[Ticket]:
    """Those of the children on which this officer could take the act now; telling somebody twice is none."""
    told = [child for child in children if not (act is Step.INFORM and child.informed_at)]
    return [child for child in told if act in available_acts(child, user)]
