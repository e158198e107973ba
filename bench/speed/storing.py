"""Stories made rows: everything that the services would have written for them, in batches."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from bench.busy_desk import Story
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import (
    Assignment,
    Diagnosis,
    Disposition,
    MessageState,
    OutboxMessage,
    Solution,
    StepRecord,
    SurveyAnswer,
    Ticket,
    TicketAccess,
    TicketEvent,
    TicketSearchText,
    WorkLog,
)
from helpdesk_plugin.models.search import text_of

BATCH = 1000
History = Ticket.history.model
#: Everything that belongs to a ticket here, the ledger before what refers to it.
TABLES = (
    *(Ticket, TicketEvent, TicketAccess, TicketSearchText, History, StepRecord, Disposition, Assignment),
    *(Diagnosis, Solution, WorkLog, SurveyAnswer, OutboxMessage),
)


def store(stories: Iterable[Story]) -> int:
    """Store stories in their order; the rows of each table then stand in the order of their tickets."""
    stories, stored = iter(stories), 0
    while batch := list(islice(stories, BATCH)):
        with transaction.atomic():
            _store(batch)
        stored += len(batch)
    return stored


def _store(batch: list[Story]) -> None:
    tickets = [story.ticket for story in batch]
    Ticket.objects.bulk_create(tickets)
    for model, part in (
        (TicketEvent, "events"),
        (StepRecord, "records"),
        (Diagnosis, "diagnoses"),
        (Solution, "solutions"),
        (WorkLog, "works"),
    ):
        rows = [row for story in batch for row in getattr(story, part)]
        model.objects.bulk_create(rows, batch_size=BATCH)
    TicketAccess.objects.bulk_create(TicketAccess(ticket=ticket) for ticket in tickets)
    TicketSearchText.objects.bulk_create(TicketSearchText(ticket=one, text=text_of(one)) for one in tickets)
    _store_history(tickets)
    events = [event for story in batch for event in story.events]
    Disposition.objects.bulk_create(_disposition(one) for one in events if one.act == Step.DISPOSE)
    Assignment.objects.bulk_create(row for one in events if one.act == Step.EXAMINE for row in _officers(one))
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(ticket=one.ticket, closing=one, score=1 + one.pk % 4, at=one.at)
        for one in events
        if one.act == Step.CLOSE and one.pk % 3 == 0
    )
    OutboxMessage.objects.bulk_create(_receipt(one) for one in events if one.act == Step.SUBMIT)


def _store_history(tickets: list[Ticket]) -> None:
    """Two rows a ticket: its beginning and its last change."""
    rows = []
    for ticket in tickets:
        tracked = {field.attname: getattr(ticket, field.attname) for field in History.tracked_fields}
        rows.append(History(history_date=ticket.submitted_at, history_type="+", **tracked))
        rows.append(History(history_date=ticket.status_since, history_type="~", **tracked))
    History.objects.bulk_create(rows, batch_size=BATCH)


def _disposition(event: TicketEvent) -> Disposition:
    return Disposition(
        ticket=event.ticket, event=event, addressee=Role.DIVISION_HEAD.value, by=event.by, at=event.at
    )


def _officers(event: TicketEvent) -> list[Assignment]:
    """The one who leads, and in every other ticket one who helps."""
    led = [Assignment(ticket=event.ticket, event=event, officer=event.by, leads=True, at=event.at)]
    if event.pk % 2:
        led.append(Assignment(ticket=event.ticket, event=event, officer=event.by, leads=False, at=event.at))
    return led


def _receipt(event: TicketEvent) -> OutboxMessage:
    return OutboxMessage(
        key=f"bench:{event.ticket_id}",
        kind="receipt",
        ticket=event.ticket,
        event=event,
        state=MessageState.SENT,
        created_at=event.at,
        next_attempt_at=event.at,
        sent_at=event.at,
    )
