"""Laporan kegiatan (S8): what was done on a ticket, and what hindered it, for the computer officer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from helpdesk_plugin import labels
from helpdesk_plugin.documents.people import Signatories
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import Ticket, TicketEvent
from helpdesk_plugin.people import name_of

#: A report is short: of longer histories the latest part, of longer texts the beginning.
MOST_ACTIVITIES = 100
MOST_LETTERS = 600

#: What is talk or upkeep rather than activity, and what officers keep to themselves.
_LEFT_OUT = {
    Remark.REPLY.value,
    Remark.CONTACT.value,
    Remark.NOTE.value,
    Remark.AMEND.value,
    Remark.RECOUNT.value,
    Remark.WARN.value,
    Remark.REMIND.value,
    Remark.RATE.value,
    Remark.DOCUMENT.value,
    Remark.EVIDENCE.value,
}
_HOLDS = {Step.HOLD_REQUESTER.value, Step.HOLD_THIRD_PARTY.value}
#: Whoever worked on it last, else whoever assigned it.
_REPORTED_TO = {Step.DIAGNOSE.value, Step.VERIFY.value, Step.RESOLVE.value, Step.EXAMINE.value}


@dataclass(frozen=True)
class Activity:
    """One line of the report."""

    at: datetime
    sop_code: str
    what: str
    text: str
    who: str


def facts_of(ticket: Ticket, slip: Slip) -> Sketch:
    """Everything done up to informing the agency. Raises TicketEvent.DoesNotExist before S8."""
    events = list(
        ticket.events.select_related("by", "diagnosis", "solution", "disposition").order_by("at", "id")
    )
    informed = next((event for event in reversed(events) if event.act == Step.INFORM.value), None)
    if informed is None:
        raise TicketEvent.DoesNotExist
    handler = _receiver(events, informed)
    done = [event for event in events if event.act not in _LEFT_OUT]
    people = Signatories([informed.by, handler.by if handler else None])
    context = {
        "ticket": ticket,
        "activities": [_line(event) for event in done[-MOST_ACTIVITIES:]],
        "left_out": max(0, len(done) - MOST_ACTIVITIES),
        "hindrances": [*_hindrances(events), *_late(ticket)],
        "solution": next((event.solution for event in reversed(events) if hasattr(event, "solution")), None),
        "officers": _officers(ticket),
        "minutes": ticket.work_logs.aggregate(total=Sum("minutes"))["total"],
        "response": _outcome(ticket.response_outcome),
        "recovery": _outcome(ticket.recovery_outcome),
        "signature": people.of_event(informed, heading="Yang melaporkan"),
        "receiver": people.of_event(handler, heading="Menerima laporan"),
    }
    return sketch(slip, ticket.number, context)


def _receiver(events: list[TicketEvent], informed: TicketEvent) -> TicketEvent | None:
    """The act of whoever receives the report: nobody reports to themselves."""
    others = (one for one in reversed(events) if one.act in _REPORTED_TO and one.by_id != informed.by_id)
    return next(others, None)


def _line(event: TicketEvent) -> Activity:
    who = name_of(event.by) if event.by else str(labels.PARTY[Party(event.party)])
    return Activity(event.at, event.sop_code, str(labels.ACT_DONE[event.what]), _text(event), who)


def _text(event: TicketEvent) -> str:
    """What an act says of itself, the finding before the note."""
    found = getattr(event, "solution", None) or getattr(event, "diagnosis", None)
    said = getattr(found, "action", "") or getattr(found, "cause", "")
    text = "\n".join(filter(None, [said, event.note]))
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()} …"


def _hindrances(events: list[TicketEvent]) -> list[str]:
    return [f"{labels.ACT_DONE[event.what]}: {event.note}" for event in events if event.act in _HOLDS]


def _late(ticket: Ticket) -> list[str]:
    late = ticket.step_records.filter(late=True).exclude(late_reason="").order_by("entered_at", "id")
    return [f"{record.code}: {record.late_reason}" for record in late]


def _officers(ticket: Ticket) -> list[str]:
    last = ticket.assignments.order_by("-at", "-id").values("event").first()
    if last is None:
        return []
    assigned = ticket.assignments.filter(event=last["event"]).select_related("officer")
    return [name_of(one.officer) for one in assigned.order_by("-leads", "id")]


def _outcome(value: str) -> str:
    return str(dict(labels.choices(labels.OUTCOME)).get(value, ""))
