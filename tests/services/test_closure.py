"""S8 to S10: informing, confirming, closing with everything in place, reopening in time."""

from datetime import timedelta

import pytest

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.requirements import ClosingFacts, Missing, missing_for_closing
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import ClosedHow
from helpdesk_plugin.services import closure
from helpdesk_plugin.services.errors import FactsMissing, TooLate
from helpdesk_plugin.sla_clock import confirmation_deadline, reopening_deadline
from tests.factories import MONDAY_9, Journey, ticket_at

S = TicketStatus
ALL_DONE = ClosingFacts(
    disposed=True,
    examined=True,
    diagnosed=True,
    solved=True,
    informed=True,
    confirmed=True,
    answer_due=False,
)


def test_closing_before_informing_lists_what_is_missing(staff):
    ticket = ticket_at(S.RESOLVED, staff=staff)
    with pytest.raises(FactsMissing) as refused:
        closure.close_ticket(ticket.pk, by=staff.prakom)
    assert refused.value.missing == (Missing.INFORMED, Missing.CONFIRMATION)


@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ({}, ()),
        ({"disposed": False}, (Missing.DISPOSITION,)),
        ({"examined": False, "solved": False}, (Missing.EXAMINATION, Missing.SOLUTION)),
        ({"diagnosed": False}, (Missing.DIAGNOSIS,)),
        ({"confirmed": False}, ()),
        ({"confirmed": False, "answer_due": True}, (Missing.CONFIRMATION,)),
        (
            {"informed": False, "confirmed": False, "answer_due": True},
            (Missing.INFORMED, Missing.CONFIRMATION),
        ),
    ],
)
def test_missing_for_closing(lacking, missing):
    assert missing_for_closing(ClosingFacts(**{**ALL_DONE.__dict__, **lacking})) == missing


def test_confirmed_ticket_closes_and_names_who_closed_it(staff):
    ticket = ticket_at(S.CLOSED, staff=staff)
    assert (ticket.closed_how, ticket.closed_by) == (ClosedHow.CONFIRMED, staff.prakom)
    assert ticket.closed_at == ticket.status_since


def test_silence_closes_only_after_the_agreed_working_days(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.RESOLVED)
    with acting_at(journey.at):
        journey.inform()
    deadline = confirmation_deadline(journey.ticket)
    with acting_at(deadline), pytest.raises(FactsMissing) as refused:
        closure.close_ticket(journey.id, by=Party.SYSTEM)
    assert refused.value.missing == (Missing.CONFIRMATION,)
    with acting_at(deadline + timedelta(seconds=1)):
        ticket = closure.close_ticket(journey.id, by=Party.SYSTEM)
    assert ticket.closed_how == ClosedHow.SILENCE


def test_not_fixed_takes_it_back_to_diagnosis_and_clears_the_answers(staff):
    journey = Journey(staff=staff)
    journey.to(S.RESOLVED)
    journey.inform()
    ticket = closure.report_not_fixed(journey.id, by=Party.REQUESTER, note="Masih mati.")
    assert ticket.state is S.DIAGNOSING
    assert (ticket.resolved_at, ticket.informed_at, ticket.confirmed_at) == (None, None, None)


def test_reopening_in_time_and_too_late(staff):
    journey = Journey(staff=staff, at=MONDAY_9)
    journey.to(S.CLOSED)
    deadline = reopening_deadline(journey.ticket)
    with acting_at(deadline + timedelta(seconds=1)), pytest.raises(TooLate) as refused:
        closure.reopen_ticket(journey.id, by=Party.REQUESTER, note="Mati lagi.")
    assert refused.value.deadline == deadline
    with acting_at(deadline):
        assert closure.reopen_ticket(journey.id, by=Party.REQUESTER, note="Mati lagi.").state is S.REOPENED


def test_reopened_ticket_must_be_closed_afresh(staff):
    journey = Journey(staff=staff)
    journey.to(S.REOPENED)
    for step in ("diagnose", "resolve"):
        getattr(journey, step)()
    with pytest.raises(FactsMissing):
        journey.close()


def test_cancel_is_over_once_recovery_has_begun(staff):
    ticket = ticket_at(S.RECOVERING, staff=staff)
    with pytest.raises(StepNotAllowed):
        closure.cancel_ticket(ticket.pk)
