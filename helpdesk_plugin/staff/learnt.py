"""What was learnt before and may help now; and the press that makes an article of what was learnt here."""

import uuid
from functools import cached_property
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import available_acts
from helpdesk_plugin.services.knowledge import article_of, articles_for, similar_solved
from helpdesk_plugin.staff.related import LOOKED_INTO, tell_what_helped

#: Solved tickets that the form of the diagnosis names at most.
MOST = 4
_SOLVED = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})


class Learnt:
    """The block of one ticket's page; every part costs queries only where it is shown, and few."""

    def __init__(self, ticket: Ticket, user: Any) -> None:
        self.ticket, self.user = ticket, user

    @property
    def is_shown(self) -> bool:
        return bool(self.articles or self.drafted or self.may_write_up)

    @cached_property
    def articles(self) -> list[Page]:
        return articles_for(self.ticket) if self.ticket.state in LOOKED_INTO else []

    @cached_property
    def drafted(self) -> Page | None:
        return article_of(self.ticket) if self.ticket.state in _SOLVED else None

    @cached_property
    def may_write_up(self) -> bool:
        return (
            self.ticket.state in _SOLVED
            and self.drafted is None
            and Remark.WRITE_UP in available_acts(self.ticket, self.user)
        )

    @property
    def key(self) -> uuid.UUID:
        """Makes a double press one act."""
        return uuid.uuid4()

    @property
    def write_up_url(self) -> str:
        return reverse("helpdesk_tickets:act", args=[self.ticket.pk, Remark.WRITE_UP.value])


class Suggestions:
    """What stands in the form of the diagnosis (S6): what was found before in words like those being typed.

    Tickets as far as this officer may see them, and published articles; five queries at most.
    """

    def __init__(self, ticket: Ticket, user: Any, typed: str = "") -> None:
        self.tickets = tell_what_helped(similar_solved(ticket, user, typed=typed, most=MOST))
        self.articles = articles_for(ticket, typed=typed)

    @property
    def count(self) -> int:
        return len(self.tickets) + len(self.articles)
