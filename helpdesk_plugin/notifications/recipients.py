"""Who hears of an event in person: decided when it is queued, asked again when it is sent."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act
from helpdesk_plugin.domain.transitions import acts_from
from helpdesk_plugin.languages import supported_language
from helpdesk_plugin.models import (
    Assignment,
    Delegation,
    OutboxMessage,
    RoleGroup,
    Ticket,
    TicketEvent,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications.decisions import DECISIONS, Telling
from helpdesk_plugin.people import with_address
from helpdesk_plugin.permissions import codename, holders_of, may_see, permission


def requester_is_told(event: TicketEvent, ticket: Ticket) -> bool:
    """Whether the requester hears of an event by mail."""
    telling = DECISIONS[event.what]
    named = telling.named and bool(event.data.get("requester"))
    return bool(ticket.requester_email) and (named or telling.reaches_requester(Party(event.party)))


def officers_to_tell(event: TicketEvent, ticket: Ticket) -> list:
    """The officers who hear of an event, with their profiles; few queries, however many they are.

    Neither the one who acted nor anybody without an address is among them.
    """
    telling = DECISIONS[event.what]
    if not telling.reaches_desk(Party(event.party)):
        return []
    officers = _named(event, ticket) if telling.named else _by_decision(telling, event, ticket)
    return [officer for officer in officers if officer.pk != event.by_id]


def _by_decision(telling: Telling, event: TicketEvent, ticket: Ticket) -> list:
    assigned = set(assigned_officers(ticket)) if telling.assignees else set()
    desks, stand_in_acts = _possible(telling.desks, event), _possible(telling.stand_ins, event)
    told_acts = {*desks, *telling.reports}
    may = _holders({*told_acts, *stand_in_acts}, ticket)
    released = set(event.data.get("released", ())) if telling.released else set()
    told = assigned.union(released, *(may[act] for act in told_acts))
    stand_ins = set().union(*(may[act] for act in stand_in_acts))
    officers = list(reachable(told | stand_ins))
    if any(officer.pk in assigned and officer.pk in stand_ins for officer in officers):
        return [officer for officer in officers if officer.pk in told]
    return officers


def _named(event: TicketEvent, ticket: Ticket) -> list:
    """The holders of the offices that an event names; of an office at work on the ticket, those on it."""
    assigned, chosen = set(assigned_officers(ticket)), set()
    for holders in holders_of_offices(event.data.get("roles", [])).values():
        chosen |= holders & assigned or holders
    return list(reachable(chosen))


def holders_of_offices(roles: Iterable[str]) -> dict[str, set[int]]:
    """Ids of the users in each office, and of today's substitutes."""
    holders: dict[str, set[int]] = {role: set() for role in roles}
    members = RoleGroup.objects.filter(role__in=holders).values_list("role", "group__user")
    today = Delegation.objects.on(agency_date(clock.now()))
    substitutes = today.filter(role__in=holders).values_list("role", "substitute")
    for role, user_id in (*members, *substitutes):
        if user_id is not None:
            holders[role].add(user_id)
    return holders


def reachable(ids: Collection[int]):
    """Those of the users who are active and have an address, with the profiles that know their language."""
    users = with_address(get_user_model().objects.filter(pk__in=ids, is_active=True))
    return users.select_related("wagtail_userprofile").order_by("pk")


def assigned_officers(ticket: Ticket) -> list[int]:
    """Ids of the officers who are on the ticket by the latest assignment."""
    return [one.officer_id for one in Assignment.objects.on_ticket(ticket)]


def still_entitled(message: OutboxMessage) -> bool:
    """Whether an officer may still read of this ticket and still has to do with this kind of act."""
    officer, ticket = message.recipient, message.ticket
    if not may_see(officer, ticket):
        return False
    telling = DECISIONS[message.event.what]
    if telling.named and any(
        officer.pk in holders for holders in holders_of_offices(message.event.data.get("roles", [])).values()
    ):
        return True
    if any(holds(officer, permission(act)) for act in telling.acts_of_officers):
        return True
    if telling.released and officer.pk in message.event.data.get("released", ()):
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


def _possible(acts: Iterable[Act], event: TicketEvent) -> list[Act]:
    """Those of the acts that an officer can take where the event has left the ticket."""
    open_acts = set(acts_from(TicketStatus(event.to_status), Party.STAFF))
    return [act for act in acts if act in open_acts]


def _holders(acts: Collection[Act], ticket: Ticket) -> dict[Act, set[int]]:
    """Ids of the officers who may take each of these acts on this ticket."""
    secret = {"view_security_ticket"} if ticket.security_flag and acts else set()
    found = holders_of({*map(codename, acts), *secret})
    return {act: found[codename(act)].intersection(*(found[name] for name in secret)) for act in acts}
