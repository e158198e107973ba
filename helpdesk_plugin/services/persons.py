"""Who is meant: finding what the help desk holds about one person, from what is known of them."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.indonesia import InvalidNip, InvalidPhone, parse_nip, parse_phone
from helpdesk_plugin.domain.persons import MIN_LETTERS, Subject
from helpdesk_plugin.models import NoticeSubscription, OpdContact, SignIn, Ticket, normalised_address
from helpdesk_plugin.models.rights import holds

LOOK_UP = "helpdesk_plugin.export_person"
#: More than these are not one person's; the officer is asked for more than a name.
MOST_TICKETS = 500

_FIELDS = ("requester_name", "requester_email", "requester_phone", "requester_nip")


@dataclass(frozen=True)
class Clue:
    """What is known of a person, as it is stored. A name alone finds, and proves nothing."""

    address: str = ""
    phone: str = ""
    nip: str = ""
    name: str = ""


@dataclass
class Found:
    """What there is: tickets that are surely theirs, tickets under the same name, and what has no ticket."""

    theirs: list[Ticket] = field(default_factory=list)
    by_name: list[Ticket] = field(default_factory=list)
    contacts: list[OpdContact] = field(default_factory=list)
    subscriptions: list[NoticeSubscription] = field(default_factory=list)
    sign_ins: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.theirs or self.by_name or self.contacts or self.subscriptions or self.sign_ins)


def clue_from(typed: str) -> Clue | None:
    """Take what was typed for an address, a telephone number, a NIP or a name; None when it is nothing."""
    typed = plain_line(typed)
    if "@" in typed:
        return Clue(address=normalised_address(typed))
    for reads, name, refused in ((parse_nip, "nip", InvalidNip), (parse_phone, "phone", InvalidPhone)):
        try:
            return Clue(**{name: reads(typed)})
        except refused:
            continue
    letters = sum(letter.isalpha() for letter in typed)
    return Clue(name=typed) if letters >= MIN_LETTERS // 2 else None


def find_person(clue: Clue, *, by: Any) -> Found:
    """What the help desk holds about a person, as far as this officer may know of it. Six queries.

    Raises PermissionDenied. Tickets whose data was corrected are found by what they said before, too.
    """
    if not holds(by, LOOK_UP):
        raise PermissionDenied
    found = Found()
    visible = Ticket.objects.visible_to(by).filter(anonymised_at=None).select_related("opd", "service")
    visible = visible.order_by("-submitted_at", "-id")
    if sure := _surely(clue):
        earlier = Ticket.history.filter(sure).order_by().values("id")
        found.theirs = list(visible.filter(sure | Q(pk__in=earlier))[:MOST_TICKETS])
    if clue.name:
        found.by_name = list(visible.filter(requester_name__icontains=clue.name)[:MOST_TICKETS])
        found.contacts = list(_contacts().filter(name__icontains=clue.name))
    addresses = {clue.address} | {normalised_address(one.requester_email) for one in found.theirs}
    addresses.discard("")
    if addresses:
        found.contacts += list(_contacts().filter(email__in=addresses))
        found.subscriptions = list(NoticeSubscription.objects.filter(email__in=addresses))
        found.sign_ins = SignIn.objects.filter(email__in=addresses).count()
    return found


def subject_of(tickets: QuerySet[Ticket], clue: Clue | None = None) -> Subject:
    """Everything by which a person is known on these tickets, now and in their history. Two queries."""
    rows = list(tickets.values_list(*_FIELDS))
    kept = Ticket.history.filter(id__in=tickets.values("pk"))
    rows += list(kept.order_by().values_list(*_FIELDS).distinct())
    if clue is not None:
        rows.append((clue.name, clue.address, clue.phone, clue.nip))
    columns = [frozenset(filter(None, column)) for column in zip(*rows, strict=True)] or [frozenset()] * 4
    names, addresses, phones, nips = columns
    return Subject(names, frozenset(map(normalised_address, addresses)), phones, nips)


def others_like(subject: Subject, taken: list[int]) -> QuerySet[Ticket]:
    """Tickets beside ``taken`` that are the same person's, or a namesake's: their words stay as they are."""
    same = Q(requester_phone__in=subject.phones) | Q(requester_nip__in=subject.nips)
    for address in subject.addresses:
        same |= Q(requester_email__iexact=address)
    for name in subject.names:
        same |= Q(requester_name__icontains=name)
    return Ticket.objects.filter(same, anonymised_at=None).exclude(pk__in=taken)


def _surely(clue: Clue) -> Q | None:
    known = {
        "requester_email__iexact": clue.address,
        "requester_phone": clue.phone,
        "requester_nip": clue.nip,
    }
    conditions = [Q(**{lookup: value}) for lookup, value in known.items() if value]
    return conditions[0] if conditions else None


def _contacts() -> QuerySet[OpdContact]:
    return OpdContact.objects.select_related("opd")
