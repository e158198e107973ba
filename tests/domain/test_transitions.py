"""The procedure as a specification: every status × act × party, written by hand beside the code."""

import itertools

import pytest

from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, Party, Role
from helpdesk_plugin.domain.statuses import STATUS_FACTS, TicketStatus
from helpdesk_plugin.domain.steps import ALL_ACTS, OWN_SOP_CODE, SOP_LINE, SOP_ORDER, Remark, Step, act_named
from helpdesk_plugin.domain.transitions import (
    CONDITIONAL,
    TRANSITIONS,
    StepNotAllowed,
    acts_from,
    next_status,
    sop_code_of,
)

S = TicketStatus
STAFF, REQUESTER, SYSTEM = Party.STAFF, Party.REQUESTER, Party.SYSTEM

#: What officers may do where, besides the remarks: status → {act: where it leads}.
BY_STAFF = {
    None: {Step.SUBMIT: S.SUBMITTED, Step.IMPORT: S.SUBMITTED},
    S.SUBMITTED: {
        Step.RETURN: S.RETURNED,
        Step.TRIAGE: S.TRIAGED,
        Step.REJECT: S.REJECTED,
        Step.MERGE: S.MERGED,
    },
    S.RETURNED: {Step.RESUBMIT: S.SUBMITTED},
    S.TRIAGED: {Step.DISPOSE: S.DISPOSED, Step.MERGE: S.MERGED},
    S.DISPOSED: {
        Step.EXAMINE: S.ASSIGNED,
        Step.SEND_BACK: S.TRIAGED,
        Step.RETURN: S.RETURNED,
        Step.MERGE: S.MERGED,
    },
    S.ASSIGNED: {
        Step.VERIFY: S.DIAGNOSING,
        Step.REJECT: S.REJECTED,
        Step.HOLD_REQUESTER: S.WAITING_REQUESTER,
        Step.HOLD_THIRD_PARTY: S.WAITING_THIRD_PARTY,
        Step.MERGE: S.MERGED,
    },
    S.DIAGNOSING: {
        Step.DIAGNOSE: S.RECOVERING,
        Step.HOLD_REQUESTER: S.WAITING_REQUESTER,
        Step.HOLD_THIRD_PARTY: S.WAITING_THIRD_PARTY,
        Step.MERGE: S.MERGED,
    },
    S.RECOVERING: {
        Step.RESOLVE: S.RESOLVED,
        Step.HOLD_REQUESTER: S.WAITING_REQUESTER,
        Step.HOLD_THIRD_PARTY: S.WAITING_THIRD_PARTY,
    },
    S.WAITING_REQUESTER: {Step.RESUME: S.DIAGNOSING},
    S.WAITING_THIRD_PARTY: {Step.RESUME: S.DIAGNOSING},
    S.RESOLVED: {
        Step.INFORM: S.RESOLVED,
        Step.CONFIRM: S.RESOLVED,
        Step.NOT_FIXED: S.DIAGNOSING,
        Step.CLOSE: S.CLOSED,
    },
    S.CLOSED: {Step.REOPEN: S.REOPENED},
    S.REOPENED: {
        Step.DIAGNOSE: S.RECOVERING,
        Step.HOLD_REQUESTER: S.WAITING_REQUESTER,
        Step.HOLD_THIRD_PARTY: S.WAITING_THIRD_PARTY,
        Step.MERGE: S.MERGED,
    },
    S.REJECTED: {},
    S.CANCELLED: {},
    S.MERGED: {},
}

BY_REQUESTER = {
    None: {Step.SUBMIT: S.SUBMITTED},
    S.SUBMITTED: {Step.CANCEL: S.CANCELLED},
    S.RETURNED: {Step.RESUBMIT: S.SUBMITTED, Step.CANCEL: S.CANCELLED},
    S.TRIAGED: {Step.CANCEL: S.CANCELLED},
    S.DISPOSED: {Step.CANCEL: S.CANCELLED},
    S.ASSIGNED: {Step.CANCEL: S.CANCELLED},
    S.DIAGNOSING: {Step.CANCEL: S.CANCELLED},
    S.RECOVERING: {},
    S.WAITING_REQUESTER: {Step.ANSWER: S.DIAGNOSING, Step.CANCEL: S.CANCELLED},
    S.WAITING_THIRD_PARTY: {},
    S.RESOLVED: {Step.CONFIRM: S.RESOLVED, Step.NOT_FIXED: S.DIAGNOSING},
    S.CLOSED: {Step.REOPEN: S.REOPENED},
    S.REOPENED: {},
    S.REJECTED: {},
    S.CANCELLED: {},
    S.MERGED: {},
}

BY_SYSTEM = {s: {} for s in (None, *S)} | {
    S.RESOLVED: {Step.CLOSE: S.CLOSED},
    **{
        s: {Step.CANCEL: S.CANCELLED}
        for s in (
            S.SUBMITTED,
            S.RETURNED,
            S.TRIAGED,
            S.DISPOSED,
            S.ASSIGNED,
            S.DIAGNOSING,
            S.WAITING_REQUESTER,
        )
    },
}

#: What a disposition that follows opens besides, where the ticket's facts say so.
AHEAD = {
    S.TRIAGED: {Step.START_AHEAD: S.ASSIGNED},
    **{
        s: {Step.DISPOSE_LATE: s, Step.EXAMINE_LATE: s}
        for s in (
            S.ASSIGNED,
            S.DIAGNOSING,
            S.RECOVERING,
            S.REOPENED,
            S.WAITING_REQUESTER,
            S.WAITING_THIRD_PARTY,
            S.RESOLVED,
        )
    },
}
AHEAD[S.RESOLVED][Remark.WRITE_UP] = S.RESOLVED
AHEAD[S.CLOSED] = {Remark.WRITE_UP: S.CLOSED}
AHEAD[S.MERGED] = {Step.UNMERGE: S.DIAGNOSING}
for _status in S:
    AHEAD.setdefault(_status, {})[Remark.UNLINK] = _status
    AHEAD[_status][Remark.EVIDENCE] = _status
    if _status in statuses.OPEN:
        AHEAD[_status][Remark.LINK] = _status

FINAL = {S.CLOSED, S.REJECTED, S.CANCELLED, S.MERGED}
REMARKS = {
    STAFF: lambda s: (
        {Remark.NOTE, Remark.DOCUMENT, Remark.UNFOLLOW_NOTICE}
        | (set() if s in FINAL else {Remark.REPLY, Remark.ATTACH, Remark.AMEND, Remark.RECOUNT})
        | (set() if s in FINAL else {Remark.CONTACT, Remark.FOLLOW_NOTICE})
        | (set() if s in FINAL - {S.CLOSED} else {Remark.WORK})
        | ({Remark.CORRECT, Remark.ANONYMISE} if s in FINAL else set())
        | (set() if s in FINAL | {S.SUBMITTED, S.RETURNED} else {Remark.PROGRESS})
        | (set() if s in FINAL | {S.RETURNED, S.TRIAGED, S.DISPOSED} else {Remark.TAKE, Remark.HAND_OVER})
    ),
    REQUESTER: lambda s: (
        (set() if s in FINAL else {Remark.REPLY, Remark.ATTACH}) | ({Remark.RATE} if s is S.CLOSED else set())
    ),
    SYSTEM: lambda s: (
        {Remark.NOTE}
        | (set() if s in FINAL else {Remark.RECOUNT, Remark.WARN})
        | ({Remark.MAIN_HANDLED, Remark.MAIN_ENDED} if s is S.MERGED else set())
        | ({Remark.ANONYMISE} if s in FINAL else set())
        | ({Remark.REMIND} if s in {S.RETURNED, S.WAITING_REQUESTER, S.RESOLVED} else set())
        | (set() if s in FINAL | {S.SUBMITTED, S.RETURNED} else {Remark.PROGRESS})
    ),
}
EXPECTED = {STAFF: BY_STAFF, REQUESTER: BY_REQUESTER, SYSTEM: BY_SYSTEM}


@pytest.mark.parametrize(
    ("party", "status", "act"), list(itertools.product(Party, (None, *TicketStatus), ALL_ACTS)), ids=str
)
def test_next_status_every_status_act_and_party(party, status, act):
    expected = dict(EXPECTED[party][status])
    if status is not None:
        expected |= dict.fromkeys(REMARKS[party](status), status)

    def outcome():
        return next_status(act, status, party, held_from=S.DIAGNOSING)

    if act in expected:
        assert outcome() is expected[act]
    else:
        with pytest.raises(StepNotAllowed) as refused:
            outcome()
        assert (refused.value.act, refused.value.status, refused.value.party) == (act, status, party)


@pytest.mark.parametrize("status", sorted(S))
def test_acts_that_only_facts_open(status):
    for act in sorted(CONDITIONAL):
        with pytest.raises(StepNotAllowed):
            next_status(act, status, STAFF, held_from=S.DIAGNOSING)
        expected = AHEAD.get(status, {}).get(act)
        opened = frozenset({act})
        if expected is None:
            with pytest.raises(StepNotAllowed):
                next_status(act, status, STAFF, held_from=S.DIAGNOSING, opened=opened)
        else:
            assert next_status(act, status, STAFF, held_from=S.DIAGNOSING, opened=opened) is expected
            assert act in acts_from(status, STAFF, held_from=S.DIAGNOSING, opened=opened)


def test_acts_from_agrees_with_next_status():
    for party, status in itertools.product(Party, (None, *TicketStatus)):
        offered = set(acts_from(status, party, held_from=S.DIAGNOSING))
        remarks = REMARKS[party](status) if status else set()
        assert offered == set(EXPECTED[party][status]) | remarks


@pytest.mark.parametrize("held_from", [S.ASSIGNED, S.DIAGNOSING, S.RECOVERING, S.REOPENED])
@pytest.mark.parametrize("hold", sorted(statuses.ON_HOLD))
def test_resume_leads_back_to_where_the_hold_was_placed(hold, held_from):
    assert next_status(Step.RESUME, hold, STAFF, held_from=held_from) is held_from


@pytest.mark.parametrize("held_from", [S.RECOVERING, S.REOPENED])
def test_cancel_while_held_in_recovery_is_refused(held_from):
    with pytest.raises(StepNotAllowed):
        next_status(Step.CANCEL, S.WAITING_REQUESTER, REQUESTER, held_from=held_from)


def test_a_hold_that_forgot_its_origin_cannot_be_lifted():
    with pytest.raises(StepNotAllowed):
        next_status(Step.RESUME, S.WAITING_REQUESTER, STAFF, held_from=None)


def test_every_act_has_a_row_and_every_status_its_facts():
    assert set(TRANSITIONS) == set(ALL_ACTS)
    assert set(STATUS_FACTS) == set(TicketStatus)


def test_reasons_are_required_for_return_reject_and_reopen():
    demanded = {act for act, row in TRANSITIONS.items() if row.note_required}
    assert {Step.RETURN, Step.REJECT, Step.REOPEN, Step.NOT_FIXED} <= demanded


def test_default_offices_of_the_sop_line():
    offices = {
        Step.TRIAGE: Role.TECHNICAL_SUPPORT,
        Step.DISPOSE: Role.HEAD_OF_AGENCY,
        Step.EXAMINE: Role.DIVISION_HEAD,
        Step.VERIFY: Role.COMPUTER_OFFICER,
        Step.DIAGNOSE: Role.COMPUTER_OFFICER,
        Step.RESOLVE: Role.COMPUTER_OFFICER,
        Step.INFORM: Role.TECHNICAL_SUPPORT,
        Step.CLOSE: Role.COMPUTER_OFFICER,
    }
    assert {act: TRANSITIONS[act].roles[0] for act in offices} == offices


def test_every_act_open_to_officers_has_an_office():
    for act, row in TRANSITIONS.items():
        if STAFF in row.parties:
            assert set(row.roles) & {*SOP_STAFF_ROLES, Role.MANAGER}, act


@pytest.mark.parametrize(
    ("act", "status", "held_from", "code"),
    [
        (Step.RETURN, S.SUBMITTED, None, "S2"),
        (Step.RETURN, S.DISPOSED, None, "S4"),
        (Step.REJECT, S.ASSIGNED, None, "S5"),
        (Step.HOLD_REQUESTER, S.RECOVERING, None, "S7"),
        (Step.RESUME, S.WAITING_REQUESTER, S.RECOVERING, "S7"),
        (Step.ANSWER, S.WAITING_REQUESTER, S.ASSIGNED, "S5"),
        (Step.TRIAGE, S.SUBMITTED, None, "S2"),
        (Remark.PROGRESS, S.RECOVERING, None, "S2b"),
        (Step.SUBMIT, None, None, "S1"),
    ],
)
def test_sop_code_of_an_act_follows_where_it_happens(act, status, held_from, code):
    assert sop_code_of(act, status, held_from=held_from) == code


def test_every_step_of_the_sop_is_reached_by_some_act():
    assert set(OWN_SOP_CODE.values()) == set(SOP_ORDER)
    assert [code for code in SOP_ORDER if code != "S2b"] == list(SOP_LINE)


def test_act_named_finds_steps_and_remarks_and_refuses_others():
    assert act_named("triage") is Step.TRIAGE
    assert act_named("note") is Remark.NOTE
    with pytest.raises(ValueError, match="nonsense"):
        act_named("nonsense")


def test_open_and_final_share_nothing_and_leave_nothing_out():
    assert set(TicketStatus) == statuses.OPEN | statuses.FINAL
    assert not statuses.OPEN & statuses.FINAL


def test_clock_stops_where_the_sop_says():
    assert {
        S.RETURNED,
        S.WAITING_REQUESTER,
        S.RESOLVED,
        S.CLOSED,
        S.REJECTED,
        S.CANCELLED,
    } == statuses.CLOCK_STOPPED


@pytest.mark.parametrize(
    ("informed", "confirmed", "code", "holders"),
    [
        (False, False, "S8", (Role.TECHNICAL_SUPPORT,)),
        (True, False, "S9", (Role.REQUESTER,)),
        (True, True, "S9", (Role.COMPUTER_OFFICER,)),
    ],
)
def test_a_handled_ticket_moves_from_informing_to_confirming_to_closing(informed, confirmed, code, holders):
    assert statuses.sop_position(S.RESOLVED, informed=informed, confirmed=confirmed) == code
    assert statuses.holders_of(S.RESOLVED, informed=informed, confirmed=confirmed) == holders
