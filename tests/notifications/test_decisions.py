"""Every act is decided, and every message that can be queued has its words in both languages."""

import pytest

from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import ALL_ACTS, Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS, Goal, acts_from
from helpdesk_plugin.models import MessageText, OutboxMessage
from helpdesk_plugin.models.texts import PLACEHOLDERS
from helpdesk_plugin.notifications.decisions import DECISIONS, SURVEY_REMINDER, worded_kinds
from helpdesk_plugin.notifications.texts import Wording, default_texts, mentions

TEXTS = {(text["kind"], text["language"]): Wording(text["subject"], text["body"]) for text in default_texts()}
LANGUAGES = ("id", "en")


def ids(texts):
    return [f"{kind}-{language}" for kind, language in texts]


def statuses_after(act):
    row = TRANSITIONS[act]
    if row.target is Goal.BACK:
        return TRANSITIONS[Step.HOLD_REQUESTER].sources
    if row.target is Goal.STAY:
        return {status for status in row.sources if status is not None}
    return {TicketStatus(row.target)}


def test_every_act_is_decided():
    assert set(DECISIONS) == set(ALL_ACTS)


@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_an_act_is_told_or_its_silence_explained_not_both(act):
    telling = DECISIONS[act]
    told = telling.requester or telling.named or any(telling.reaches_desk(party) for party in Party)
    assert told is (telling.silence == "")


@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_requester_is_never_told_of_what_the_timeline_hides(act):
    assert not (DECISIONS[act].requester and not TRANSITIONS[act].public)


@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_every_desk_that_is_told_can_act_somewhere_the_act_leads(act):
    telling = DECISIONS[act]
    possible = {after for status in statuses_after(act) for after in acts_from(status, Party.STAFF)}
    assert {*telling.desks, *telling.stand_ins} - possible == set()


@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_a_receipt_is_for_acts_that_a_requester_can_take(act):
    assert not DECISIONS[act].receipt or Party.REQUESTER in TRANSITIONS[act].parties


def test_a_step_of_the_procedure_is_never_silent_to_everybody():
    """But for what was told long ago, by the help desk that a ticket is imported from."""
    assert [act for act in Step if DECISIONS[act].silence] == [Step.IMPORT]


def test_texts_exist_for_exactly_the_kinds_that_can_be_queued():
    assert set(TEXTS) == {(kind, language) for kind in worded_kinds() for language in LANGUAGES}


def test_a_text_is_given_once():
    assert len(default_texts()) == len(TEXTS)


def test_kinds_fit_their_column():
    longest = max(map(len, worded_kinds()))
    assert longest <= OutboxMessage._meta.get_field("kind").max_length
    assert longest <= MessageText._meta.get_field("kind").max_length


@pytest.mark.parametrize("key", TEXTS, ids=ids(TEXTS))
def test_a_packaged_text_passes_the_check_of_the_admin(key):
    kind, language = key
    text = MessageText(kind=kind, language=language, subject=TEXTS[key].subject, body=TEXTS[key].body)
    text.clean_fields()
    text.clean()


@pytest.mark.parametrize("key", TEXTS, ids=ids(TEXTS))
def test_a_packaged_text_names_the_ticket_and_leads_to_it(key):
    assert TEXTS[key].subject.startswith("[{number}] ") or key[0] == SURVEY_REMINDER
    assert mentions(TEXTS[key], "link")


@pytest.mark.parametrize("kind", list(worded_kinds()))
def test_both_languages_say_the_same_things(kind):
    in_each = [
        [name for name in PLACEHOLDERS if mentions(TEXTS[kind, language], name)] for language in LANGUAGES
    ]
    assert in_each[0] == in_each[1]


@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_a_reason_that_must_be_given_is_passed_on_to_the_requester(act):
    row = TRANSITIONS[act]
    if DECISIONS[act].requester and row.note_required and row.content_public:
        assert mentions(TEXTS[f"requester.{act.value}", "id"], "note")


@pytest.mark.parametrize("act", [Step.RETURN, Step.INFORM, Step.CLOSE, Remark.REMIND], ids=str)
def test_a_deadline_is_told_where_one_is_agreed(act):
    assert mentions(TEXTS[f"requester.{act.value}", "id"], "deadline")


def test_only_the_closing_asks_for_a_rating():
    asking = {kind for kind, _ in TEXTS if mentions(TEXTS[kind, "id"], "survey")}
    assert asking - {SURVEY_REMINDER} == {"requester.close"}


def test_only_the_confirmation_spells_out_the_tracking_code():
    assert {kind for kind, _ in TEXTS if mentions(TEXTS[kind, "id"], "code")} == {"requester.submit"}


def test_internal_notes_are_not_mailed():
    assert DECISIONS[Remark.NOTE].silence
