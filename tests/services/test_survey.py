"""Ratings: an entry of the ledger that moves nothing, one row a closing."""

from datetime import timedelta

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import OutboxMessage, SurveyAnswer
from helpdesk_plugin.services.errors import StepNotAllowed, TooLate
from helpdesk_plugin.services.survey import rate_ticket, survey_of
from tests.factories import Journey, make_ticket


@pytest.fixture
def ticket(staff):
    return Journey().to(TicketStatus.CLOSED)


def test_rating_is_recorded_and_moves_nothing(ticket):
    before = (ticket.status, ticket.status_since, ticket.version, ticket.history.count())
    messages = OutboxMessage.objects.count()
    rate_ticket(ticket.pk, by=Party.REQUESTER, score=3, comment="Baik")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.status_since, ticket.version, ticket.history.count()) == before
    event = ticket.events.get(act="rate")
    assert (event.sop_code, event.party, event.public, event.note) == ("S10", "requester", False, "")
    assert event.data == {"score": 3}
    assert OutboxMessage.objects.count() == messages


def test_saying_the_same_again_changes_nothing(ticket):
    for _ in range(3):
        rate_ticket(ticket.pk, by=Party.REQUESTER, score=3, comment=" Baik ")
    assert ticket.events.filter(act="rate").count() == 1
    assert SurveyAnswer.objects.get().changed_at is None


def test_change_is_recorded_with_its_score(ticket):
    rate_ticket(ticket.pk, by=Party.REQUESTER, score=1, comment="Buruk")
    rate_ticket(ticket.pk, by=Party.REQUESTER, score=4)
    assert [event.data["score"] for event in ticket.events.filter(act="rate")] == [1, 4]
    assert (SurveyAnswer.objects.get().score, SurveyAnswer.objects.get().comment) == (4, "")


@pytest.mark.parametrize("score", [0, 5, -1])
def test_other_scores_are_refused(ticket, score):
    with pytest.raises(ValueError, match="not a valid Satisfaction"):
        rate_ticket(ticket.pk, by=Party.REQUESTER, score=score)
    assert not SurveyAnswer.objects.exists()


def test_open_ticket_is_not_rated(db):
    with pytest.raises(StepNotAllowed):
        rate_ticket(make_ticket().pk, by=Party.REQUESTER, score=4)


def test_officers_do_not_rate_themselves(ticket):
    for party in (Party.SYSTEM, Party.STAFF):
        with pytest.raises(StepNotAllowed):
            rate_ticket(ticket.pk, by=party, score=4)


def test_rating_after_the_agreed_days_is_refused_and_changes_nothing(ticket):
    rate_ticket(ticket.pk, by=Party.REQUESTER, score=2)
    end = ticket.closed_at + timedelta(days=14)
    with acting_at(end + timedelta(seconds=1)), pytest.raises(TooLate) as refused:
        rate_ticket(ticket.pk, by=Party.REQUESTER, score=4)
    assert refused.value.deadline == end
    assert SurveyAnswer.objects.get().score == 2


def test_survey_of_a_ticket_that_is_not_closed_is_none(db):
    assert survey_of(make_ticket()) is None
