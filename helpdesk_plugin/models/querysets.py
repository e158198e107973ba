"""The questions that are asked of tickets. Access is decided here, once, for every audience."""

import functools
import operator
from collections.abc import Collection
from datetime import date, datetime

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Lower

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import conditions
from helpdesk_plugin.models.keys import Among
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.models.typed import storable, typed_numbers

MIN_SEARCH_LETTERS = 3


class TicketQuerySet(models.QuerySet):
    def open(self):
        """Tickets that some step still leads out of in the ordinary course."""
        return self.filter(conditions.IsOpen("status"))

    def newest_first(self):
        """In the order of filing, the last one first."""
        return self.order_by("-submitted_at", "-id")

    def in_work_order(self):
        """Most pressing first: priority, then the nearest deadline."""
        return self.order_by("priority", models.F("recovery_due_at").asc(nulls_last=True), "id")

    def late(self, now: datetime):
        """Tickets whose present deadline (`Ticket.due_at`) lies before ``now`` while the clock runs."""
        return self.filter(conditions.late(now))

    def held_by(self, roles: Collection[Role]):
        """Tickets that lie on the desk of one of these offices (`Ticket.holders`)."""
        return self.filter(conditions.held_by(roles))

    def loads(self, officers: Collection[int], now: datetime) -> dict[int, tuple[int, int]]:
        """Open tickets of this set that each of these users leads, and how many of those are late. One query.

        Users without any are left out.
        """
        counted = {"open": Count("pk"), "late": Count("pk", filter=conditions.late(now))}
        led = self.open().filter(assignee__in=officers).order_by().values("assignee").annotate(**counted)
        return {row["assignee"]: (row["open"], row["late"]) for row in led}

    def awaiting_disposition(self):
        """Tickets that wait for the head of agency: in the line (S3), or because work began before it."""
        in_line = Q(status=TicketStatus.TRIAGED.value)
        owed = Q(ran_ahead=True, disposed_at=None)
        return self.open().filter(in_line | owed)

    def visible_to(self, user):
        """The tickets that this user may know of at all; the base of every staff screen and export.

        None without the permission to view tickets; those about information security only with a
        permission of their own.
        """
        if not holds(user, "helpdesk_plugin.view_ticket"):
            return self.none()
        if holds(user, "helpdesk_plugin.view_security_ticket"):
            return self
        return self.filter(security_flag=False)

    def for_tracking(self, number: str, code: str):
        """The ticket with this number and tracking code as a requester typed them, or none.

        Wrong numbers cost the same work as wrong codes, so that neither look nor time tells them
        apart.
        """
        from helpdesk_plugin.models.access import TicketAccess  # a ticket's access refers to the ticket

        return self.filter(pk=TicketAccess.objects.ticket_id_for(number, code))

    def filed_with(self, address: str):
        """The tickets filed with this mail address (`normalised_address`); none for an empty one."""
        if not address:
            return self.none()
        return self.alias(_address=Lower("requester_email")).filter(_address=address)

    def of_contact(self, address: str, day: date):
        """What the person with this address may follow as contact (PIC) of agencies on this day.

        Neither what they filed themselves, which they follow as requesters, nor anything about information
        security, which is between the requester and the desk.
        """
        from helpdesk_plugin.models.contacts import OpdContact  # contacts refer to what tickets refer to

        if not address:
            return self.none()
        entrusted = OpdContact.objects.on(day).filter(email=address).order_by().values("opd")
        others = self.alias(_address=Lower("requester_email")).exclude(_address=address)
        return others.filter(opd__in=entrusted, security_flag=False)

    def open_first(self):
        """Open tickets before those that have ended, the newest first in each."""
        ended = Case(When(conditions.IsOpen("status"), then=Value(0)), default=Value(1))
        return self.order_by(ended, "-submitted_at", "-id")

    def search(self, words: str):
        """Tickets whose number matches, or whose text holds every word (three letters or more).

        Shorter words are passed over; a search of nothing but short words finds nothing. Asks two
        queries beforehand: for the number, and for the texts that hold the words.
        """
        text = " ".join(storable(words[:2000]).lower().split())[:200]
        numbers = typed_numbers(text)
        parts = [word for word in text.split(" ") if len(word) >= MIN_SEARCH_LETTERS][:8]
        named = list(self.model.objects.filter(number__in=numbers).values_list("pk", flat=True))
        return self._that_hold(parts, named) if parts else self.filter(pk__in=named)

    def _that_hold(self, parts: list[str], named: list[int]):
        """Those that the index names, those of the others whose text says it, and those named besides."""
        from helpdesk_plugin.models.search import TicketSearchText  # the text refers to its ticket

        texts = TicketSearchText.objects
        keys, unread_below = texts.hits(parts)
        known = Q(Among(F("pk"), (*named, *keys)))
        if unread_below is None:
            return self.filter(known)
        in_text = functools.reduce(operator.and_, [Q(text__contains=part) for part in parts])
        read = Q(Exists(texts.filter(in_text, ticket=OuterRef("pk"))))
        return self.filter(known | (Q(pk__lt=unread_below) & read) if named or keys else read)

    def with_list_facts(self):
        """Join what a line of a list shows, so that a list costs one query."""
        return self.select_related("service", "opd", "assignee__wagtail_userprofile")
