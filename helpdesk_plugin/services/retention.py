"""The rules of retention at work: which tickets have been kept long enough, and taking their people out.

Months are counted from the end of a ticket. Nothing runs by itself before a manager has switched it on.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from helpdesk_plugin.models import HelpDeskSettings, RetentionRule, Ticket
from helpdesk_plugin.services.anonymisation import Report, anonymise_by_rule

#: So many tickets of a rule at once: the scheduler has other work, and a run may be stopped at any time.
BATCH = 20


@dataclass(frozen=True)
class Due:
    """A rule and the tickets whose time has run out by it, the oldest first."""

    rule: RetentionRule
    before: datetime
    tickets: QuerySet[Ticket]

    @property
    def count(self) -> int:
        return self.tickets.count()


def due(now: datetime) -> Iterator[Due]:
    """What each rule in use would take the people out of now."""
    for rule in RetentionRule.in_use():
        before = months_before(now, rule.months)
        ended = Ticket.objects.filter(status=rule.ending, status_since__lte=before, anonymised_at=None)
        yield Due(rule, before, ended.select_related("merged_into").order_by("status_since", "pk"))


def retain(now: datetime, *, most: int = BATCH) -> Report:
    """Take the people out of the tickets that are due, at most ``most`` of each rule."""
    done = Report()
    for one in due(now):
        reason = f"{one.rule.ending}: {one.rule.months}"
        report = anonymise_by_rule(list(one.tickets[:most]), reason=reason)
        done.tickets += report.tickets
        done.still_open += report.still_open
        for what, number in report.counts.items():
            done.count(what, number)
    return done


def retain_if_switched_on(now: datetime) -> int:
    """For the scheduler: how many tickets have become anonymous. One query while it is switched off."""
    return len(retain(now).tickets) if HelpDeskSettings.load().retention_runs else 0


def months_before(at: datetime, months: int) -> datetime:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, last))
