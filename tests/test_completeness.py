"""Every act of the procedure has its companions. A new one without them fails here and is told what lacks."""

import ast
import json
from functools import cache
from pathlib import Path

import pytest
from wagtail.log_actions import registry

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import ALL_ACTS, OWN_SOP_CODE, SOP_ORDER, Remark, Step
from helpdesk_plugin.domain.transitions import TRANSITIONS, sop_code_of
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.notifications.decisions import DECISIONS
from helpdesk_plugin.permissions import STAFF_ACTS, codename
from helpdesk_plugin.portal.acts import DEEDS
from helpdesk_plugin.staff.actions import ACTIONS

HOUSE = Path(__file__).parent.parent / "helpdesk_plugin"
#: Acts with a page of their own: filing, from the public form and from the register; rating what was closed;
#: official documents; personal data.
FILED = {Step.SUBMIT, Step.IMPORT, Remark.RATE, Remark.DOCUMENT, Remark.CORRECT, Remark.ANONYMISE}


@cache
def acts_served():
    """The acts that some service passes through the door, read from the services themselves."""
    return {
        ast.unparse(node.args[1])
        for path in (HOUSE / "services").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"pass_through", "open_with"}
    }


@pytest.mark.parametrize("act", ALL_ACTS)
def test_every_act_has_its_companions(act, db):
    row = TRANSITIONS.get(act)
    name = f"{type(act).__name__}.{act.name}"
    missing = {
        "a transition": row is None,
        "a service": name not in acts_served(),
        "a verb": act not in labels.ACT_VERB,
        "words for the timeline": act not in labels.ACT_DONE,
        "a log action": not registry.action_exists(f"helpdesk.{act.value}"),
        "a decision about messages": act not in DECISIONS,
        "an SOP step": not sop_code_of(act, TicketStatus.SUBMITTED),
    }
    assert [what for what, lacks in missing.items() if lacks] == []


@pytest.mark.parametrize("act", ALL_ACTS)
def test_every_act_is_within_reach_of_those_who_may_take_it(act):
    parties = TRANSITIONS[act].parties
    if act in FILED:
        return
    if Party.STAFF in parties:
        assert act.value in ACTIONS
    if Party.REQUESTER in parties:
        assert act in {deed.act for deed in DEEDS}


def test_no_page_offers_an_act_that_its_party_cannot_take():
    assert set(ACTIONS) <= {act.value for act in STAFF_ACTS}
    assert all(Party.REQUESTER in TRANSITIONS[deed.act].parties for deed in DEEDS)


@pytest.mark.parametrize("act", STAFF_ACTS)
def test_every_act_of_officers_is_a_permission(act):
    assert codename(act) in {name for name, _words in Ticket._meta.permissions}


def test_no_permission_names_an_act_that_does_not_exist():
    besides = {"export_ticket", "view_reports_ticket", "view_security_ticket", "view_nip_ticket"}
    declared = {name for name, _words in Ticket._meta.permissions} - besides
    assert declared == {codename(act) for act in STAFF_ACTS}


def test_every_step_of_the_sop_has_a_standard_in_the_seed():
    seeded = json.loads((HOUSE / "data" / "sop_version_1.json").read_text())
    assert [step["code"] for step in seeded["steps"]] == list(SOP_ORDER)
    assert set(OWN_SOP_CODE.values()) <= {step["code"] for step in seeded["steps"]}


@pytest.mark.parametrize("act", [act for act in ALL_ACTS if DECISIONS[act].silence])
def test_silence_is_decided_with_a_reason(act):
    assert len(DECISIONS[act].silence) > 20
