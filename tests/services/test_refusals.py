"""Every act asked of the door in every status by every office: what is not in the tables is refused.

The tables are written by hand here and in the test of the transitions; the door is asked for real, with the
permissions that the agency's groups begin with.
"""

import pytest
from django.db import transaction

from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import ALL_ACTS, Remark, Step
from helpdesk_plugin.domain.transitions import CONDITIONAL, StepNotAllowed
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import STAFF_ACTS
from helpdesk_plugin.services._door import Request, pass_through
from helpdesk_plugin.services.errors import NotPermitted
from tests.domain.test_transitions import EXPECTED, REMARKS
from tests.factories import ticket_at

TS, PC = Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER
KABID, KADIS, MANAGER = Role.DIVISION_HEAD, Role.HEAD_OF_AGENCY, Role.MANAGER

#: Act → the offices that hold it from the start, as the SOP and its companions say.
OFFICES = {
    Step.SUBMIT: {TS},
    Step.RETURN: {TS, KABID},
    Step.RESUBMIT: {TS},
    Step.TRIAGE: {TS},
    Step.DISPOSE: {KADIS},
    Step.EXAMINE: {KABID},
    Step.SEND_BACK: {KABID},
    Step.START_AHEAD: {TS, KABID},
    Step.DISPOSE_LATE: {KADIS},
    Step.EXAMINE_LATE: {KABID},
    Step.VERIFY: {PC},
    Step.DIAGNOSE: {PC, TS},
    Step.RESOLVE: {PC, TS},
    Step.INFORM: {TS},
    Step.CONFIRM: {TS},
    Step.NOT_FIXED: {TS},
    Step.CLOSE: {PC},
    Step.REOPEN: {PC},
    Step.HOLD_REQUESTER: {PC, TS},
    Step.HOLD_THIRD_PARTY: {PC, TS},
    Step.RESUME: {PC, TS},
    Step.REJECT: {TS, PC},
    Step.MERGE: {TS, PC},
    Step.UNMERGE: {TS, PC},
    Remark.LINK: {TS, PC},
    Remark.UNLINK: {TS, PC},
    Remark.PROGRESS: {TS, PC},
    Remark.REPLY: {TS, PC},
    Remark.NOTE: {TS, PC, KABID, KADIS, MANAGER},
    Remark.ATTACH: {TS, PC, KABID, KADIS},
    Remark.AMEND: {TS, PC, MANAGER},
    Remark.RECOUNT: {MANAGER},
    Remark.CONTACT: {TS, PC, KABID, KADIS},
    Remark.WORK: {TS, PC},
    Remark.WRITE_UP: {PC},
    Remark.EVIDENCE: {TS, PC, KABID},
    Remark.DOCUMENT: {TS, PC, KABID, KADIS, MANAGER},
    Remark.TAKE: {TS, PC},
    Remark.HAND_OVER: {TS, PC, KABID},
    Remark.FOLLOW_NOTICE: {TS, PC, KABID},
    Remark.UNFOLLOW_NOTICE: {TS, PC, KABID},
    Remark.CORRECT: {MANAGER},
    Step.IMPORT: {MANAGER},
    Remark.ANONYMISE: {MANAGER},
}


class _PutBack(Exception):
    """Ends an attempt that succeeded, so that the next one finds the ticket as it was."""


def attempt(ticket, act, by):
    """What the door says: the class of its refusal, or the status that the ticket came to."""
    came_to = None
    try:
        with transaction.atomic():
            came_to = pass_through(ticket.pk, act, Request(by=by, note="Karena perlu.")).state
            raise _PutBack
    except _PutBack:
        return came_to
    except (StepNotAllowed, NotPermitted) as refused:
        return type(refused)


def may_come_to(party, status, act):
    """The status that the hand-written tables name; None where they have no such act."""
    if act in REMARKS[party](status):
        return status
    return EXPECTED[party][status].get(act)


@pytest.mark.parametrize("status", list(TicketStatus))
def test_door_refuses_whatever_the_tables_do_not_name(staff, status):
    ticket = ticket_at(status, staff=staff)
    before = (ticket.events.count(), Ticket.objects.values().get(pk=ticket.pk))
    actors = {(Party.STAFF, role): staff[role] for role in Role if role is not Role.REQUESTER}
    actors |= {(party, None): party for party in (Party.REQUESTER, Party.SYSTEM)}
    wrong = {}
    for (party, role), by in actors.items():
        for act in ALL_ACTS:
            # Submitting has its own door, and these depend on the ticket's facts: tested beside the services.
            if act is Step.SUBMIT or act in CONDITIONAL:
                continue
            if party is Party.STAFF and role not in OFFICES.get(act, set()):
                expected = NotPermitted
            else:
                expected = may_come_to(party, status, act) or StepNotAllowed
            said = attempt(ticket, act, by)
            if said is not expected:
                wrong[role or party, act] = (said, expected)
    assert wrong == {}
    assert (ticket.events.count(), Ticket.objects.values().get(pk=ticket.pk)) == before


def test_hand_written_offices_cover_every_act_of_officers():
    assert set(OFFICES) == set(STAFF_ACTS)
