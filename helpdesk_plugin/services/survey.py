"""The one question after a ticket was closed (S9 links to it): how satisfied was the requester?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from helpdesk_plugin import clock
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import HelpDeskSettings, Satisfaction, SurveyAnswer, Ticket, TicketEvent
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.errors import TooLate


@dataclass(frozen=True)
class Survey:
    """The survey of one closing. ``until`` (UTC) is when answering and changing ends."""

    closing: TicketEvent
    until: datetime
    answer: SurveyAnswer | None

    @property
    def is_open(self) -> bool:
        return clock.now() <= self.until


def survey_of(ticket: Ticket, events: Iterable[TicketEvent] | None = None) -> Survey | None:
    """The survey of a closed ticket's latest closing; None unless it is closed, or the agency asks nothing.

    ``events``: the ticket's ledger if it has been read already, the newest first. Two queries then.
    """
    if ticket.state is not TicketStatus.CLOSED:
        return None
    days = HelpDeskSettings.load().survey_days
    if not days:
        return None
    ledger = ticket.events.filter(act=Step.CLOSE.value).newest_first() if events is None else events
    closing = next((event for event in ledger if event.act == Step.CLOSE.value), None)
    if closing is None:
        return None
    answer = SurveyAnswer.objects.filter(closing=closing.pk).first()
    return Survey(closing, closing.at + timedelta(days=days), answer)


def rate_ticket(ticket_id: int, *, by: Any, score: int, comment: str = "") -> Ticket:
    """Record how satisfied the requester is, or change it while the agreed days run.

    It is an entry of the ledger that moves nothing. Saying the same again changes nothing. Raises
    StepNotAllowed unless the ticket is closed, TooLate after the agreed days, ValueError for another score
    than 1 to 4.
    """
    chosen, words = Satisfaction(score), comment.strip()

    def rate(passage: Passage) -> None:
        survey = survey_of(passage.ticket)
        if survey is None or passage.at > survey.until:
            raise TooLate(Remark.RATE, survey.until if survey else passage.at)
        passage.data["score"] = chosen.value
        _write(passage, survey, chosen, words)

    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket_id)
        survey = survey_of(ticket)
        said = survey.answer if survey else None
        if said is not None and (said.score, said.comment) == (chosen, words):
            return ticket
        return pass_through(ticket_id, Remark.RATE, Request(by=by), rate)


def _write(passage: Passage, survey: Survey, score: Satisfaction, comment: str) -> None:
    if survey.answer is None:
        SurveyAnswer.objects.create(
            ticket=passage.ticket, closing=survey.closing, score=score, comment=comment, at=passage.at
        )
        return
    answer = survey.answer
    answer.score, answer.comment, answer.changed_at = score, comment, passage.at
    answer.save(update_fields=["score", "comment", "changed_at"])
