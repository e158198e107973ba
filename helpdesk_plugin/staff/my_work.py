"""An officer's work in seven heaps: for the home page, for the tabs above the list, for its filter."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, Role
from helpdesk_plugin.domain.working_calendar import NoWorkingTime, OutsideCalendar, WorkingCalendar
from helpdesk_plugin.labels import Label
from helpdesk_plugin.models import Ticket, conditions, roles_of
from helpdesk_plugin.models.rights import substitute_offices
from helpdesk_plugin.sla_clock import MINUTES_PER_DAY

#: A deadline is "soon" when no more than half a working day is left until it.
SOON = timedelta(minutes=MINUTES_PER_DAY // 2)


class Heap(StrEnum):
    """The heaps in the order in which one asks for them."""

    MINE = "mine"
    ROLE = "role"
    UNASSIGNED = "unassigned"
    DUE_SOON = "due_soon"
    LATE = "late"
    WAITING = "waiting"
    FOLLOWING = "following"


NAMES: dict[Heap, Label] = {
    Heap.MINE: _("For me"),
    Heap.ROLE: _("For my role"),
    Heap.UNASSIGNED: _("Unassigned"),
    Heap.DUE_SOON: _("Due soon"),
    Heap.LATE: _("Late"),
    Heap.WAITING: _("Waiting for others"),
    Heap.FOLLOWING: _("Following"),
}


@dataclass(frozen=True)
class Tab:
    """A heap as a link: its name, how many open tickets are in it, and whether it is what is shown."""

    heap: Heap | None
    name: Label
    count: int
    url: str
    is_current: bool

    @property
    def is_pressing(self) -> bool:
        return self.heap is Heap.LATE and bool(self.count)


def desks_of(user) -> list[Role]:
    """The offices of the SOP that a user holds, in person or as today's substitute."""
    held = roles_of(user) | {office.role for office in substitute_offices(user)}
    return [role for role in SOP_STAFF_ROLES if role in held]


class MyWork:
    """The heaps of one officer at one moment. Counted together by one query; the calendar costs five."""

    def __init__(self, user: Any, now: datetime | None = None) -> None:
        self.user, self.now = user, now or clock.now()

    @cached_property
    def desks(self) -> list[Role]:
        return desks_of(self.user)

    @cached_property
    def hours(self) -> WorkingCalendar:
        """The agency's calendar as it stands now, read once for everything on the page."""
        return calendar()

    @cached_property
    def horizon(self) -> datetime:
        """Until when a deadline is soon, in working time by the present calendar (UTC).

        Without any working hours in sight nothing but what is at risk already is due soon.
        """
        try:
            return self.hours.add(self.now, SOON)
        except (NoWorkingTime, OutsideCalendar):
            return self.now

    def condition(self, heap: Heap) -> Q:
        """What makes an open ticket part of a heap."""
        conditions_of = {
            Heap.MINE: lambda: conditions.of_officer(self.user),
            Heap.ROLE: lambda: conditions.held_by(self.desks),
            Heap.UNASSIGNED: conditions.unassigned,
            Heap.DUE_SOON: lambda: conditions.due_soon(self.now, self.horizon),
            Heap.LATE: lambda: conditions.late(self.now),
            Heap.WAITING: conditions.waiting,
            Heap.FOLLOWING: lambda: conditions.followed_by(self.user),
        }
        return conditions_of[heap]()

    @cached_property
    def open_tickets(self):
        """Every open ticket that the officer may know of."""
        return Ticket.objects.visible_to(self.user).open()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Open tickets in each heap, and in all under "open". One query beside what the heaps ask."""
        heaps = {heap.value: Count("pk", filter=self.condition(heap)) for heap in Heap}
        return self.open_tickets.order_by().aggregate(open=Count("pk"), **heaps)

    def next_up(self, number: int) -> list[Ticket]:
        """What to do next: what is mine or lies with my office, in order of work. One query."""
        wanted = self.condition(Heap.MINE) | self.condition(Heap.ROLE)
        waiting = conditions.waiting()
        return list(
            self.open_tickets.filter(wanted).exclude(waiting).with_list_facts().in_work_order()[:number]
        )

    def tabs(self, current: Collection[str] = (), *, plain: bool = False) -> Iterator[Tab]:
        """The heaps as links, after the list of all open tickets.

        ``current`` are the heaps that the list shows; ``plain`` says that it shows every open ticket.
        """
        yield Tab(None, _("All open"), self.counts["open"], list_url(), plain)
        for heap in Heap:
            if heap is Heap.ROLE and not self.desks:
                continue
            shown = [heap.value] == list(current)
            yield Tab(heap, NAMES[heap], self.counts[heap.value], list_url(work=heap.value), shown)


def list_url(**query: str) -> str:
    """The address of the list of tickets, filtered."""
    address = reverse("helpdesk_tickets:list")
    return f"{address}?{urlencode(query, doseq=True)}" if query else address
