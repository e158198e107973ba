"""The evidence checklist: who ticks what, when, and what the ledger remembers of it."""

import pytest

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import EvidenceItem
from helpdesk_plugin.services.errors import NoteRequired, NothingToChange, NotPermitted
from helpdesk_plugin.services.evidence import latest_ticks, tick_evidence
from tests.factories import make_service, make_ticket, without_security_rights


@pytest.fixture
def secret(staff):
    return make_ticket(service=make_service(is_security=True))


@pytest.fixture
def item(staff):
    return EvidenceItem.objects.create(text="Salin log peladen")


def stands(ticket) -> dict:
    return {
        key: event.data["done"] for key, event in latest_ticks(ticket.events.order_by("at", "id")).items()
    }


def test_a_line_is_ticked_and_taken_back_with_who_when_and_why(secret, item, staff):
    tick_evidence(secret.pk, item, by=staff.prakom, done=True, note="Di brankas.", key="a" * 32)
    tick_evidence(secret.pk, item, by=staff.prakom, done=True, note="Di brankas.", key="a" * 32)
    event = secret.events.get(act="evidence")
    assert (event.by, event.note, event.public) == (staff.prakom, "Di brankas.", False)
    item.text = "Kata lain"
    item.save()
    assert event.data == {"item": item.pk, "text": "Salin log peladen", "done": True}
    assert stands(secret) == {item.pk: True}
    with pytest.raises(NoteRequired):
        tick_evidence(secret.pk, item, by=staff.teknisi, done=False)
    tick_evidence(secret.pk, item, by=staff.teknisi, done=False, note="Salinan rusak.")
    assert stands(secret) == {item.pk: False}
    assert secret.events.filter(act="evidence").count() == 2


@pytest.mark.parametrize("done", [True, False])
def test_what_stands_so_already_is_refused(secret, item, staff, done):
    if done:
        tick_evidence(secret.pk, item, by=staff.prakom, done=True)
    with pytest.raises(NothingToChange):
        tick_evidence(secret.pk, item, by=staff.prakom, done=done, note="Sekali lagi.")


def test_only_confidential_tickets_have_a_checklist(item, staff):
    with pytest.raises(StepNotAllowed):
        tick_evidence(make_ticket().pk, item, by=staff.prakom, done=True)


def test_only_those_who_may_see_the_ticket_and_keep_the_list(secret, item, staff):
    without_security_rights(staff.teknisi)
    for officer in (staff.teknisi, staff.kadis, staff[Role.AUDITOR]):
        with pytest.raises(NotPermitted):
            tick_evidence(secret.pk, item, by=officer, done=True)
    assert stands(secret) == {}
