"""The acts of the procedure, each with the SOP step that it belongs to."""

from enum import StrEnum


class Step(StrEnum):
    """An act that moves a ticket, or settles a fact that a later act depends on."""

    SUBMIT = "submit"
    IMPORT = "import"
    RETURN = "return"
    RESUBMIT = "resubmit"
    TRIAGE = "triage"
    DISPOSE = "dispose"
    EXAMINE = "examine"
    SEND_BACK = "send_back"
    START_AHEAD = "start_ahead"
    DISPOSE_LATE = "dispose_late"
    EXAMINE_LATE = "examine_late"
    VERIFY = "verify"
    DIAGNOSE = "diagnose"
    RESOLVE = "resolve"
    INFORM = "inform"
    CONFIRM = "confirm"
    NOT_FIXED = "not_fixed"
    CLOSE = "close"
    REOPEN = "reopen"
    HOLD_REQUESTER = "hold_requester"
    HOLD_THIRD_PARTY = "hold_third_party"
    RESUME = "resume"
    ANSWER = "answer"
    REJECT = "reject"
    CANCEL = "cancel"
    MERGE = "merge"
    UNMERGE = "unmerge"


class Remark(StrEnum):
    """An act that is recorded and moves nothing."""

    PROGRESS = "progress"
    REPLY = "reply"
    NOTE = "note"
    ATTACH = "attach"
    TAKE = "take"
    HAND_OVER = "hand_over"
    AMEND = "amend"
    RECOUNT = "recount"
    WARN = "warn"
    REMIND = "remind"
    RATE = "rate"
    CONTACT = "contact"
    WORK = "work"
    MAIN_HANDLED = "main_handled"
    MAIN_ENDED = "main_ended"
    DOCUMENT = "document"
    WRITE_UP = "write_up"
    EVIDENCE = "evidence"
    LINK = "link"
    UNLINK = "unlink"
    FOLLOW_NOTICE = "follow_notice"
    UNFOLLOW_NOTICE = "unfollow_notice"
    CORRECT = "correct"
    ANONYMISE = "anonymise"


Act = Step | Remark

#: Every act, steps first: what the ledger can hold.
ALL_ACTS: tuple[Act, ...] = (*Step, *Remark)

#: The SOP step of the acts that have one of their own. The others (returning, holding, rejecting …)
#: are recorded under the step in which they happen: see `transitions.sop_code_of`.
OWN_SOP_CODE: dict[Act, str] = {
    Step.SUBMIT: "S1",
    Step.IMPORT: "S1",
    Step.RESUBMIT: "S1",
    Step.TRIAGE: "S2",
    Step.DISPOSE: "S3",
    Step.EXAMINE: "S4",
    Step.SEND_BACK: "S4",
    Step.START_AHEAD: "S3",
    Step.DISPOSE_LATE: "S3",
    Step.EXAMINE_LATE: "S4",
    Step.VERIFY: "S5",
    Step.DIAGNOSE: "S6",
    Step.RESOLVE: "S7",
    Step.INFORM: "S8",
    Step.CONFIRM: "S9",
    Step.NOT_FIXED: "S9",
    Step.CLOSE: "S9",
    Step.REOPEN: "S10",
    Remark.PROGRESS: "S2b",
    Remark.REPLY: "S2b",
    Remark.NOTE: "S2b",
    Remark.ATTACH: "S2b",
    Remark.AMEND: "S2b",
    Remark.RECOUNT: "S2b",
    Remark.WARN: "S2b",
    Remark.REMIND: "S2b",
    Remark.RATE: "S10",
    Remark.CONTACT: "S2b",
    Remark.MAIN_HANDLED: "S2b",
    Remark.MAIN_ENDED: "S2b",
    # "Recovered and documented": what was learnt is part of the record of the recovery.
    Remark.WRITE_UP: "S7",
    # An extension: traces are kept beside the steps, from the report to the end.
    Remark.EVIDENCE: "S2b",
    Remark.LINK: "S2b",
    Remark.UNLINK: "S2b",
    Remark.FOLLOW_NOTICE: "S2b",
    Remark.UNFOLLOW_NOTICE: "S2b",
    # The archive of the ticket is what remains at the end (S10).
    Remark.CORRECT: "S10",
    Remark.ANONYMISE: "S10",
}

#: The steps of the SOP in their order; "2" occurs twice in the document and both are kept.
SOP_ORDER: tuple[str, ...] = ("S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10")

#: The line a stepper draws: S2b runs beside the others and is not a station of its own.
SOP_LINE: tuple[str, ...] = tuple(code for code in SOP_ORDER if code != "S2b")


def act_named(value: str) -> Act:
    """Return the act with this stored value.

    Raises ValueError for an unknown word, as an enum does.
    """
    try:
        return Step(value)
    except ValueError:
        return Remark(value)
