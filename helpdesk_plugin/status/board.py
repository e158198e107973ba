"""What the status page tells: the state of every service group now, and how the last days were."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count, Max, Q, prefetch_related_objects

from helpdesk_plugin.calendars import agency_date, agency_zone
from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase, ServiceState, severity, worst
from helpdesk_plugin.domain.status_days import (
    Span,
    Told,
    last_days,
    rests_between,
    spans_told,
    worst_by_day,
)
from helpdesk_plugin.models import NoticeUpdate, Service, StatusNotice
from helpdesk_plugin.portal.services_list import grouped_services

#: Days that the bars look back.
DAYS = 90
#: Months of history on the page itself, the running one included; older ones have pages of their own.
MONTHS = 3
#: What a notice that names no service does to each of them.
_OF_ALL = {
    NoticeKind.DISRUPTION: ServiceState.DEGRADED,
    NoticeKind.MAINTENANCE: ServiceState.MAINTENANCE,
}


@dataclass(frozen=True)
class ServiceNow:
    """One service and how it is."""

    service: Service
    state: ServiceState


@dataclass(frozen=True)
class GroupNow:
    """A group of services: each as it is now, and the worst of every day, the oldest first."""

    name: str
    services: list[ServiceNow]
    days: list[tuple[date, ServiceState]]

    @property
    def state(self) -> ServiceState:
        return worst(one.state for one in self.services)

    @property
    def disturbed(self) -> list[tuple[date, ServiceState]]:
        """The days on which anything but maintenance or nothing at all was announced, the latest first."""
        quiet = {ServiceState.OPERATIONAL, ServiceState.MAINTENANCE}
        return [(day, state) for day, state in reversed(self.days) if state not in quiet]

    @property
    def maintained(self) -> int:
        """On how many days maintenance was the worst there was."""
        return sum(state is ServiceState.MAINTENANCE for _day, state in self.days)


@dataclass(frozen=True)
class Month:
    """The notices that began in a month, the newest first."""

    first_day: date
    notices: list[StatusNotice]


class Board:
    """Everything public at ``now`` (UTC), read with eight queries however much there is.

    Drafts, notices to come and withdrawn ones are in none of its answers; expired ones are in the history.
    """

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, agency_date(now)

    @cached_property
    def notices(self) -> list[StatusNotice]:
        """Every public notice that the page can speak of, with its facts, the newest first."""
        since = self._since
        recent = Q(starts_at__gte=since) | Q(ended_at__gte=since) | Q(pk__in=[*self._current, *self._planned])
        long_ones = Q(ended_at=None) & (Q(kind=NoticeKind.DISRUPTION) | Q(expected_end__gte=since))
        public = StatusNotice.objects.public(self.now).filter(recent | long_ones)
        return list(public.with_public_facts(self.now).order_by("-starts_at", "-pk"))

    @cached_property
    def current(self) -> list[StatusNotice]:
        """What is going on, the worst first."""
        found = [notice for notice in self.notices if notice.pk in self._current]
        return sorted(
            found, key=lambda one: (one.kind == NoticeKind.ANNOUNCEMENT, -severity(one.worst_state))
        )

    @cached_property
    def planned(self) -> list[StatusNotice]:
        """Maintenance to come, the soonest first."""
        return [notice for notice in reversed(self.notices) if notice.pk in self._planned]

    @cached_property
    def called_off(self) -> list[StatusNotice]:
        """Maintenance that was cancelled, told until the time for which it had been planned."""
        kept = [one for one in reversed(self.notices) if one.is_cancelled and one.starts_at > self.now]
        return [one for one in kept if one.live and _expired(one, self.now) is None]

    @cached_property
    def state(self) -> ServiceState:
        """The worst state of any service now."""
        return worst(group.state for group in self.groups)

    @cached_property
    def groups(self) -> list[GroupNow]:
        """The groups of the catalogue; matters of information security have no public state."""
        offered = [
            (group.name, [service for service in group.services if not service.is_security])
            for group in grouped_services()
        ]
        prefetch_related_objects(self.notices, "announced_states")
        return [self._group(name, services) for name, services in offered if services]

    @cached_property
    def months(self) -> list[Month]:
        """What began in this month and in those before, a month without anything included."""
        begun = [one for one in self.notices if one.starts_at <= self.now and one.pk not in self._current]
        months = [months_before(self.today, back) for back in range(MONTHS)]
        return [Month(month, [one for one in begun if _month_of(one) == month]) for month in months]

    @cached_property
    def changed_at(self) -> datetime | None:
        """When anything public was last published or told; None before the first notice."""
        return max((when for notice in self.notices for when in _told_at(notice)), default=None)

    @property
    def valid_until(self) -> datetime:
        """The next moment at which the page changes by itself."""
        return next_change(self.notices, self.now)

    def _group(self, name: str, services: list[Service]) -> GroupNow:
        now = [ServiceNow(service, self._state_now(service)) for service in services]
        days = last_days(self.today, DAYS)
        spans = [span for notice in self.notices for span in self._spans(notice, services)]
        by_day = worst_by_day(spans, days, agency_zone(), self.now)
        return GroupNow(name, now, list(zip(days, by_day, strict=True)))

    def _state_now(self, service: Service) -> ServiceState:
        return worst(state for notice in self.current for state in states_for(notice, [service]))

    def _spans(self, notice: StatusNotice, services: Iterable[Service]) -> list[Span]:
        if notice.phase_at(self.now) is NoticePhase.CANCELLED:
            return []
        ends = notice.ended_since(self.now) or _expired(notice, self.now)
        lines = [(one.published_at, _phase(one)) for one in notice.public_updates]
        rests = rests_between(lines) if notice.kind == NoticeKind.DISRUPTION else []
        found: list[Span] = []
        for service in services:
            found += spans_told(told_of(notice, service), notice.starts_at, ends, rests)
        return found

    @cached_property
    def _current(self) -> set[int]:
        return set(StatusNotice.objects.current(self.now).values_list("pk", flat=True))

    @cached_property
    def _planned(self) -> set[int]:
        return set(StatusNotice.objects.planned(self.now).values_list("pk", flat=True))

    @cached_property
    def _since(self) -> datetime:
        first = min(self.today - timedelta(days=DAYS), months_before(self.today, MONTHS - 1))
        return datetime.combine(first, datetime.min.time(), agency_zone())


def states_for(notice: StatusNotice, services: Iterable[Service]) -> list[ServiceState]:
    """The states that a notice gives to any of these services; an announcement gives none."""
    of_all = _OF_ALL.get(NoticeKind(notice.kind))
    if of_all is None:
        return []
    rows = list(notice.affected_services.all())
    if not rows:
        return [of_all]
    wanted = {service.pk for service in services}
    return [ServiceState(row.state) for row in rows if row.service_id in wanted]


def told_of(notice: StatusNotice, service: Service) -> list[Told]:
    """What a notice said of a service, each time that its publication changed it; nothing if it never did."""
    of_all = _OF_ALL.get(NoticeKind(notice.kind))
    rows = list(notice.announced_states.all())
    if of_all is None or not any(row.of(service) or not row.states for row in rows):
        return []
    unnamed = {True: ServiceState.OPERATIONAL, False: of_all}
    return [Told(row.since, ServiceState(row.of(service) or unnamed[bool(row.states)])) for row in rows]


def stamp(now: datetime) -> str:
    """What differs as soon as anything public was published, told, changed or withdrawn. Two queries."""
    notices = StatusNotice.objects.public(now).aggregate(
        n=Count("pk"), published=Max("last_published_at"), ended=Max("ended_at"), last=Max("pk")
    )
    updates = NoticeUpdate.objects.published(now).order_by().aggregate(n=Count("pk"), at=Max("published_at"))
    return "|".join(str(value) for value in (*notices.values(), *updates.values()))


def next_change(notices: Iterable[StatusNotice], now: datetime) -> datetime:
    """When what is said of notices changes by itself: one begins, ends or expires, or a new day begins."""
    tomorrow = agency_date(now) + timedelta(days=1)
    moments = [datetime.combine(tomorrow, datetime.min.time(), agency_zone())]
    for notice in notices:
        moments += [at for at in (notice.starts_at, notice.expected_end, notice.expire_at) if at and at > now]
    return min(moments)


def months_before(day: date, count: int) -> date:
    """The first day of the month that lies so many months before the month of a day."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _month_of(notice: StatusNotice) -> date:
    return agency_date(notice.starts_at).replace(day=1)


def _told_at(notice: StatusNotice) -> list[datetime]:
    known = (notice.last_published_at, notice.first_published_at)
    return [when for when in (*known, *(one.published_at for one in notice.public_updates)) if when]


def _phase(update: NoticeUpdate) -> NoticePhase | None:
    return NoticePhase(update.phase) if update.phase else None


def _expired(notice: StatusNotice, now: datetime) -> datetime | None:
    """When a notice that was never ended has left the page; whoever forgot to end it said no more."""
    return notice.expire_at if notice.expire_at and notice.expire_at <= now else None
