"""Requesters of duplicates hear how the ticket came out in which their work went on.

Their own ticket ended with the merge, so nobody else would tell them: neither that the matter was handled,
nor that it was rejected or withdrawn and they must ask anew. The entry on the duplicate says which of the
two, and nothing else of the other ticket. Written by the scheduler, so that the act on the main ticket never
waits for the rows of its followers.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import Ticket, TicketEvent
from helpdesk_plugin.services._door import Passage, Request, pass_through

#: After so long it is no news any more: a scheduler that was away for a month surprises nobody.
NEWS_FOR = timedelta(days=7)

_HANDLED = (TicketStatus.RESOLVED, TicketStatus.CLOSED)
_UNHANDLED = (TicketStatus.REJECTED, TicketStatus.CANCELLED)


def tell_followers(now: datetime) -> int:
    """Tell every follower of a ticket that came out by ``now`` once; return how many were told.

    One query while there is no news. Safe to call often, late, or twice at the same time.
    """
    return sum(_tell(follower, remark, key) for follower, remark, key in _news(now))


def _news(now: datetime) -> Iterator[tuple[int, Remark, str]]:
    """What followers have not been told yet: their ids, the remark, and its key."""
    came_out = {main.pk: _outcome(main) for main in _mains(now)}
    follows = dict(_followers(came_out))
    told = set(
        TicketEvent.objects.filter(
            ticket__in=follows, act__in=[Remark.MAIN_HANDLED.value, Remark.MAIN_ENDED.value]
        ).values_list("ticket", "key")
    )
    for follower, main in follows.items():
        remark, key = came_out[main]
        if (follower, key) not in told:
            yield follower, remark, key


def _mains(now: datetime) -> QuerySet[Ticket]:
    """Tickets with duplicates whose outcome is news; nothing is ever told of confidential ones."""
    since = now - NEWS_FOR
    handled = Q(status__in=[s.value for s in _HANDLED], informed_at__gte=since)
    unhandled = Q(status__in=[s.value for s in _UNHANDLED], status_since__gte=since)
    mains = Ticket.objects.filter(security_flag=False, duplicates__isnull=False)
    return mains.filter(handled | unhandled).distinct()


def _outcome(main: Ticket) -> tuple[Remark, str]:
    """The remark that tells how a ticket came out, with the key of this outcome: it may come out anew."""
    if main.state in _HANDLED:
        remark, at = Remark.MAIN_HANDLED, main.informed_at
    else:
        remark, at = Remark.MAIN_ENDED, main.status_since
    return remark, f"{remark.value}:{main.pk}:{at:%Y%m%d%H%M%S%f}"


def _followers(mains: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pairs of follower and main ticket, through merges of merges; a query for each step of the chain."""
    leads = {pk: pk for pk in mains}
    while leads:
        step = Ticket.objects.filter(merged_into__in=leads, status=TicketStatus.MERGED.value).order_by("pk")
        found = {pk: leads[into] for pk, into in step.values_list("pk", "merged_into") if into in leads}
        yield from found.items()
        leads = found


def _tell(follower: int, remark: Remark, key: str) -> bool:
    fresh: list[Passage] = []
    request = Request(by=Party.SYSTEM, key=key)
    if remark is Remark.MAIN_HANDLED:
        pass_through(follower, Remark.MAIN_HANDLED, request, fresh.append)
    else:
        pass_through(follower, Remark.MAIN_ENDED, request, fresh.append)
    # Another look may have told at the same moment; then the door let this one pass without an act.
    return bool(fresh)
