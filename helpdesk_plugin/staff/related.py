"""Tickets that may be about the same thing: of the same agency, of the same service, in similar words.

Those that were solved tell what the cause was and what helped.
"""

import functools
import operator
import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.labels import STATUS_FOR_STAFF, Label
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services.knowledge import alike_and_solved, with_findings

#: While somebody looks for a cause, what was found before is worth its place.
LOOKED_INTO = frozenset(
    {
        TicketStatus.ASSIGNED,
        TicketStatus.DIAGNOSING,
        TicketStatus.RECOVERING,
        TicketStatus.REOPENED,
        TicketStatus.WAITING_REQUESTER,
        TicketStatus.WAITING_THIRD_PARTY,
    }
)

#: How many tickets each list names.
EACH = 4
#: Similar words are looked for among this many tickets before and after: what broke long ago is no news.
NEIGHBOURHOOD = 500
#: Words of the summary that are compared, the longest first, and how many of them must meet.
MOST_WORDS, LEAST_HITS = 6, 2
_WORD = re.compile(r"\w{4,}")
#: Words that every report has.
_EVERYWHERE = frozenset(
    {
        *("agar", "atau", "bidang", "bisa", "dapat", "dari", "dengan", "dinas", "hari", "juga", "kami"),
        *("kantor", "karena", "masih", "minta", "mohon", "pada", "pagi", "ruang", "ruangan", "saya"),
        *("sejak", "siang", "sering", "sore", "sudah", "tidak", "tolong", "untuk", "yang", "belum"),
        *("cannot", "does", "from", "have", "office", "please", "since", "that", "this", "with"),
    }
)


@dataclass(frozen=True)
class Related:
    """One list of tickets, and why they are shown; ``by_words``: for what they say."""

    why: Label
    tickets: list[Ticket]
    by_words: bool = False


def related_to(ticket: Ticket, user) -> list[Related]:
    """Lists of other tickets that this officer may see, none of them twice.

    Four queries, two more while the cause is looked for.
    """
    others = Ticket.objects.visible_to(user).exclude(pk=ticket.pk).order_by("-submitted_at", "-id")
    of_agency = _keys(others.open().filter(opd=ticket.opd_id))
    of_service = _keys(others.open().filter(service=ticket.service_id))
    alike = alike_and_solved(ticket, user, most=EACH) if ticket.state in LOOKED_INTO else []
    in_words = _but([*of_agency, *of_service], [*alike, *_similar(ticket, others)])[:EACH]
    # Their keys first; what is told of them is read once for all.
    named = {*of_agency, *of_service, *in_words}
    found = with_findings(Ticket.objects.filter(pk__in=named)).select_related("opd").in_bulk()
    tell_what_helped(list(found.values()))
    return [
        Related(why, tickets, by_words)
        for why, keys, by_words in (
            (_("Open, of the same agency"), of_agency, False),
            (_("Open, of the same service"), _but(of_agency, of_service), False),
            (_("In similar words"), in_words, True),
        )
        # What was deleted meanwhile is passed over.
        if (tickets := [found[pk] for pk in keys if pk in found])
    ]


def _keys(tickets) -> list[int]:
    return list(tickets.values_list("pk", flat=True)[:EACH])


def tell_what_helped(tickets: list[Ticket]) -> list[Ticket]:
    """Give each ticket its status in words; cause and action are told of those alone that were solved."""
    for one in tickets:
        one.status_words = STATUS_FOR_STAFF[one.state]
        if not one.resolved_at:
            one.cause = one.action = ""
    return tickets


def _but(named: list[int], keys: list[int]) -> list[int]:
    """The keys that are not named already, each once."""
    return [key for key in dict.fromkeys(keys) if key not in named]


def words_of(text: str) -> list[str]:
    """The words by which a summary is compared: long ones first, in small letters, none twice."""
    words = dict.fromkeys(_WORD.findall(text.lower()))
    telling = [word for word in words if word not in _EVERYWHERE]
    return sorted(telling, key=len, reverse=True)[:MOST_WORDS]


def _similar(ticket: Ticket, others) -> list[int]:
    words = words_of(ticket.summary)
    near = others.filter(pk__range=(ticket.pk - NEIGHBOURHOOD, ticket.pk + NEIGHBOURHOOD))
    if len(words) < LEAST_HITS:
        return []
    hits = functools.reduce(operator.add, [_one_if(word) for word in words])
    ranked = near.annotate(hits=hits).filter(hits__gte=LEAST_HITS)
    return _keys(ranked.order_by("-hits", "-submitted_at", "-id"))


def _one_if(word: str) -> Case:
    there = Q(search_text__text__contains=word)
    return Case(When(there, then=Value(1)), default=Value(0), output_field=IntegerField())
