"""How each deadline of a ticket was counted, put together for reading: the promise, the days, the pauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helpdesk_plugin import clock, labels, sla_clock
from helpdesk_plugin.calendars import ON_CALL, calendar_named
from helpdesk_plugin.domain.explanation import ToldDay, tell
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.sla import Pause, SlaState, due_with_pauses
from helpdesk_plugin.domain.standing import Promise, Standing
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.working_calendar import Span
from helpdesk_plugin.models import CalendarEdition, Service, StepRecord, StepStandard, Ticket, TicketEvent
from helpdesk_plugin.staff import words


@dataclass(frozen=True)
class Row:
    """A day of a deadline's way in words."""

    day: ToldDay

    @property
    def dates(self) -> str:
        first, last = (date_format(day, "D, j M Y") for day in (self.day.first, self.day.last))
        return first if first == last else f"{first} – {last}"

    @property
    def hours(self) -> str:
        """The agency's hours on the day, or why it is closed; nothing for days that a pause joined."""
        account = self.day.account
        if self.day.last != self.day.first:
            return ""
        if account.opening:
            return _spans(account.opening)
        reason = account.exception or account.holiday
        return _("closed: %(reason)s") % {"reason": reason} if reason else _("no working day")

    @property
    def regime(self) -> str:
        """Which hours apply, if there are any: a special day's or a regime's."""
        account = self.day.account
        return (account.exception or account.regime or "") if account.opening and self.hours else ""

    @property
    def breaks(self) -> str:
        return _spans(self.day.account.breaks) if self.hours else ""

    @property
    def counted(self) -> str:
        return _spans(self.day.counted) or "–"

    @property
    def worked(self) -> str:
        return _length(self.day.worked)

    @property
    def so_far(self) -> str:
        return _length(self.day.so_far)

    @property
    def pauses(self) -> list[str]:
        """When the clock stood on the day, and why."""
        return [self._pause(pause) for pause in self.day.pauses]

    def _pause(self, pause: Pause) -> str:
        reason = _reason(pause)
        entire = pause.ended - pause.began >= timedelta(days=1)
        if entire:
            return _("The clock stood: %(reason)s") % {"reason": reason}
        return _("The clock stood %(span)s: %(reason)s") % {
            "span": _spans([(pause.began, pause.ended)]),
            "reason": reason,
        }


@dataclass(frozen=True)
class Told:
    """One deadline with its way, day by day.

    ``promised`` is working time, ``source`` says where it comes from, ``calendar`` which hours count.
    ``due_at`` is None while the clock stands. ``happened_at`` is when what was promised came about.
    """

    name: str
    key: str
    promised: str
    source: str
    calendar: str
    started_at: datetime
    due_at: datetime | None
    days: list[ToldDay]
    happened_at: datetime | None = None
    outcome: SlaState | None = None

    @property
    def rows(self) -> list["Row"]:
        return [Row(day) for day in self.days]

    @property
    def outcome_in_words(self) -> str:
        return str(labels.OUTCOME[self.outcome]) if self.outcome else ""

    @property
    def is_missed(self) -> bool:
        return self.outcome is SlaState.MISSED


@dataclass(frozen=True)
class PromiseChange:
    """A ledger entry that changed what the ticket is promised."""

    event: TicketEvent
    response: str
    recovery: str
    source: str


class Deadlines:
    """The explained deadlines of one ticket. A constant number of queries, however long its ledger."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket, self.now = ticket, clock.now()

    @cached_property
    def told(self) -> list[Told]:
        """First response, recovery, and the steps that are being worked on, as far as they have a target."""
        standing = self._standing
        return [] if standing is None else [*self._of_promises(standing), *self._of_steps()]

    @cached_property
    def changes(self) -> list[PromiseChange]:
        """What was promised from when on, in order: by whom and through which act it changed."""
        return [self._change(event) for event in self._events if "promise" in event.clock]

    @cached_property
    def _events(self) -> list[TicketEvent]:
        return [event for event in self.ticket.events.order_by("id").select_related("by") if event.clock]

    @cached_property
    def _standing(self) -> Standing | None:
        if not self._events:
            return None
        return sla_clock.standing_of(map(sla_clock.turn_of, self._events))

    @cached_property
    def _editions(self) -> dict[str, CalendarEdition]:
        names = {event.clock["promise"]["calendar"] for event in self._events if "promise" in event.clock}
        numbers = {name.removesuffix(ON_CALL) for name in names}
        return {str(edition.pk): edition for edition in CalendarEdition.objects.filter(pk__in=numbers)}

    @cached_property
    def _services(self) -> dict[str, str]:
        """Names of the services whose own targets were promised."""
        codes = [event.clock["promise"]["source"] for event in self._events if "promise" in event.clock]
        return dict(Service.objects.filter(code__in=codes).values_list("code", "name"))

    # --- Promises --------------------------------------------------------------------------------------

    def _of_promises(self, standing: Standing) -> Iterable[Told]:
        if standing.response_promise.response is not None:
            yield self._response(standing)
        if standing.promise.recovery is not None:
            yield self._recovery(standing)

    def _response(self, standing: Standing) -> Told:
        promise = standing.response_promise
        return Told(
            name=_("First response"),
            key="response",
            promised=words.working_time(promise.response),
            days=tell(standing.started_at, standing.response_due_at, (), calendar_named(promise.calendar)),
            due_at=standing.response_due_at,
            happened_at=self.ticket.first_response_at,
            outcome=standing.response_outcome,
            **self._background(promise, standing.started_at),
        )

    def _recovery(self, standing: Standing) -> Told:
        promise, pauses = standing.promise, standing.pauses_before_recovery
        hours = calendar_named(promise.calendar)
        due = due_with_pauses(standing.started_at, promise.recovery, pauses, hours)
        return Told(
            name=_("Recovery"),
            key="recovery",
            promised=words.working_time(promise.recovery),
            days=tell(standing.started_at, due or self._told_until, pauses, hours),
            due_at=due,
            happened_at=standing.recovered_at,
            outcome=standing.recovery_outcome,
            **self._background(promise, standing.started_at),
        )

    @property
    def _told_until(self) -> datetime:
        """Where the way of a deadline ends that a pause keeps open: now, or when the ticket ended."""
        return self.now if self.ticket.is_open else self.ticket.status_since

    def _background(self, promise: Promise, started_at: datetime) -> dict:
        return {
            "source": self._source(promise.source),
            "calendar": self._calendar(promise.calendar),
            "started_at": started_at,
        }

    def _source(self, source: str) -> str:
        if source in self._services:
            return _("target of the service %(name)s itself") % {"name": self._services[source]}
        digits = source.removeprefix("P")
        known = digits.isdecimal() and int(digits) in set(Priority)
        return _("target of priority %(name)s") % {
            "name": labels.PRIORITY[Priority(int(digits))] if known else source
        }

    def _calendar(self, name: str) -> str:
        if name.endswith(ON_CALL):
            return _("around the clock, every day (24×7)")
        edition = self._editions.get(name)
        if edition is None:
            return name
        made = words.moment(edition.made_at)
        return _("working hours as they stood on %(when)s (edition %(n)s)") % {"when": made, "n": edition.pk}

    # --- Steps -----------------------------------------------------------------------------------------

    def _of_steps(self) -> Iterable[Told]:
        running = self.ticket.step_records.running().filter(standard_minutes__isnull=False)
        return [self._step(record) for record in running.order_by("entered_at", "id")]

    @cached_property
    def _step_names(self) -> dict[str, str]:
        return dict(
            StepStandard.objects.filter(version_id=self.ticket.sop_version_id).values_list("code", "name")
        )

    def _step(self, record: StepRecord) -> Told:
        promise = self._standing.promise
        hours, pauses = calendar_named(promise.calendar), record.stood
        name = self._step_names.get(record.code, labels.SOP_STEP.get(record.code, ""))
        return Told(
            name=_("Step %(code)s %(name)s") % {"code": record.code, "name": name},
            key=record.code,
            promised=words.working_time(timedelta(minutes=record.standard_minutes)),
            source=_("standard of the step in %(version)s") % {"version": self.ticket.sop_version},
            calendar=self._calendar(promise.calendar),
            started_at=record.entered_at,
            due_at=record.due_at,
            days=tell(record.entered_at, record.due_at or self.now, pauses, hours),
        )

    def _change(self, event: TicketEvent) -> PromiseChange:
        promise = sla_clock.promise_from(event.clock["promise"])
        return PromiseChange(
            event, _amount(promise.response), _amount(promise.recovery), self._source(promise.source)
        )


def _amount(promised: timedelta | None) -> str:
    return "–" if promised is None else words.working_time(promised)


def _length(worked: timedelta) -> str:
    return words.working_time(worked) if worked else "0"


def _spans(spans: Iterable[Span]) -> str:
    """Stretches of a day as ``07.30–12.00, 13.00–16.00``; the agency's time, as the moments carry it."""
    return ", ".join(f"{begin:%H.%M}–{end:%H.%M}" for begin, end in spans).replace("–00.00", "–24.00")


def _reason(pause: Pause) -> str:
    if not pause.reason:
        return _("waiting for somebody outside the desk")
    return str(labels.STATUS_FOR_STAFF[TicketStatus(pause.reason)])
