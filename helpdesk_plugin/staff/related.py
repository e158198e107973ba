"""Tickets that may be about the same thing: of the same agency, of the same service, in similar words."""

import functools
import operator
import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.labels import STATUS_FOR_STAFF, Label
from helpdesk_plugin.models import Ticket

#: How many tickets each list names.
EACH = 4
#: Similar words are looked for among this many tickets before and after: what broke long ago is no news.
NEIGHBOURHOOD = 2000
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
    """One list of tickets, and why they are shown."""

    why: Label
    tickets: list[Ticket]


def related_to(ticket: Ticket, user) -> list[Related]:
    """Lists of other tickets that this officer may see. Three queries, whatever the desk holds."""
    others = Ticket.objects.visible_to(user).exclude(pk=ticket.pk).select_related("opd")
    newest = others.order_by("-submitted_at", "-id")
    found = [
        Related(_("Open, of the same agency"), list(newest.open().filter(opd=ticket.opd_id)[:EACH])),
        Related(_("Open, of the same service"), list(newest.open().filter(service=ticket.service_id)[:EACH])),
        Related(_("In similar words"), _similar(ticket, others)),
    ]
    for one in (one for related in found for one in related.tickets):
        one.status_words = STATUS_FOR_STAFF[one.state]
    return [related for related in found if related.tickets]


def words_of(text: str) -> list[str]:
    """The words by which a summary is compared: long ones first, in small letters, none twice."""
    words = dict.fromkeys(_WORD.findall(text.lower()))
    telling = [word for word in words if word not in _EVERYWHERE]
    return sorted(telling, key=len, reverse=True)[:MOST_WORDS]


def _similar(ticket: Ticket, others) -> list[Ticket]:
    words = words_of(ticket.summary)
    near = others.filter(pk__range=(ticket.pk - NEIGHBOURHOOD, ticket.pk + NEIGHBOURHOOD))
    if len(words) < LEAST_HITS:
        return list(near.none())
    hits = functools.reduce(operator.add, [_one_if(word) for word in words])
    ranked = near.annotate(hits=hits).filter(hits__gte=LEAST_HITS)
    return list(ranked.order_by("-hits", "-submitted_at", "-id")[:EACH])


def _one_if(word: str) -> Case:
    there = Q(search_text__text__contains=word)
    return Case(When(there, then=Value(1)), default=Value(0), output_field=IntegerField())
