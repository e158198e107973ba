"""Who hears of an event in person: decided when it is queued, asked again when it is sent."""

import functools
import operator
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act
from helpdesk_plugin.domain.transitions import acts_from
from helpdesk_plugin.models import Assignment, OutboxMessage, Ticket, TicketEvent
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications.decisions import DECISIONS
from helpdesk_plugin.permissions import may_see, officers_who_may, permission


def officers_to_tell(event: TicketEvent, ticket: Ticket) -> list:
    """The officers who hear of an event, with their profiles; two queries, however many they are.

    Neither the one who acted nor anybody without an address is among them.
    """
    telling = DECISIONS[event.what]
    if not telling.reaches_desk(Party(event.party)):
        return []
    assigned = assigned_officers(ticket) if telling.assignees else []
    next_acts = _possible(telling.desks, event)
    stand_in_acts = _possible(telling.stand_ins, event)
    told = Q(pk__in=assigned) | _holders((*next_acts, *telling.reports), ticket)
    stand_ins = _holders(stand_in_acts, ticket)
    found = (
        get_user_model()
        .objects.filter(told | stand_ins, is_active=True)
        .exclude(email="")
        .select_related("wagtail_userprofile")
        .annotate(told=_as_column(told), stands_in=_as_column(stand_ins))
        .order_by("pk")
    )
    officers = list(found)
    if any(officer.pk in assigned and officer.stands_in for officer in officers):
        officers = [officer for officer in officers if officer.told]
    return [officer for officer in officers if officer.pk != event.by_id]


def assigned_officers(ticket: Ticket) -> list[int]:
    """Ids of the officers whom the latest examination (S4) put on the ticket."""
    latest = Assignment.objects.filter(ticket=ticket).order_by("-at", "-event_id").values("event_id")[:1]
    return list(Assignment.objects.filter(event_id__in=latest).values_list("officer_id", flat=True))


def still_entitled(message: OutboxMessage) -> bool:
    """Whether an officer may still read of this ticket and still has to do with this kind of act."""
    officer, ticket = message.recipient, message.ticket
    if not may_see(officer, ticket):
        return False
    telling = DECISIONS[message.event.what]
    if any(holds(officer, permission(act)) for act in telling.acts_of_officers):
        return True
    return telling.assignees and officer.pk in assigned_officers(ticket)


def language_of(officer) -> str:
    """The language that an officer has chosen in the admin, else the site's.

    The language of whoever happens to act does not count, so the site's is active while Wagtail is asked.
    """
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return supported_language(officer.wagtail_userprofile.get_preferred_language())
        except ObjectDoesNotExist:
            return supported_language(settings.LANGUAGE_CODE)


def supported_language(code: str) -> str:
    """The site's language nearest to ``code`` (``id-id`` is ``id``); its first one if there is none."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE


def _possible(acts: Iterable[Act], event: TicketEvent) -> list[Act]:
    """Those of the acts that an officer can take where the event has left the ticket."""
    open_acts = set(acts_from(TicketStatus(event.to_status), Party.STAFF))
    return [act for act in acts if act in open_acts]


def _holders(acts: Iterable[Act], ticket: Ticket) -> Q:
    """The officers who may take one of these acts on this ticket."""
    each = [Q(pk__in=officers_who_may(act, security=ticket.security_flag).values("pk")) for act in acts]
    return functools.reduce(operator.or_, each, Q(pk__in=[]))


def _as_column(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
