"""A reply that also resolves: both acts or neither, one mail to the requester, one press."""

import pytest

from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.transitions import StepNotAllowed
from helpdesk_plugin.models import Attachment, OutboxMessage, Solution
from helpdesk_plugin.services import handling, together
from helpdesk_plugin.services.errors import NoteRequired, StaleTicket
from helpdesk_plugin.services.handling import Recovery
from tests.factories import Staff, accepted, make_agency_data, ticket_at

RECOVERY = Recovery(action="Kabel disambung ulang")


@pytest.fixture
def staff(db):
    make_agency_data()
    return Staff()


@pytest.fixture
def recovering(staff):
    return ticket_at(TicketStatus.RECOVERING, staff=staff)


def tell(ticket, by, **more):
    return together.tell_and_resolve(
        ticket.pk, RECOVERY, by=by, **{"note": "Sudah pulih, mohon dicoba.", "key": "k1", **more}
    )


def to_requester(ticket) -> list[str]:
    told = OutboxMessage.objects.filter(ticket=ticket, kind__startswith="requester.").order_by("id")
    return list(told.values_list("kind", flat=True))


def acts(ticket, count=2) -> list[str]:
    return [event.act for event in ticket.events.newest_first()[:count]][::-1]


def test_technical_support_resolves_and_informs_in_one_press(staff, recovering):
    before = len(to_requester(recovering))
    ticket = tell(recovering, staff.teknisi, files=[accepted()])
    assert (ticket.state, ticket.informed_at is not None) == (TicketStatus.RESOLVED, True)
    assert acts(ticket) == ["resolve", "inform"]
    assert ticket.solution_set.get().action == RECOVERY.action
    assert to_requester(ticket)[before:] == ["requester.inform"]
    assert Attachment.objects.get(event__act="inform", ticket=ticket).event.content_public


def test_computer_officer_replies_and_leaves_informing_to_technical_support(staff, recovering):
    before = len(to_requester(recovering))
    ticket = tell(recovering, staff.prakom)
    assert (ticket.state, ticket.informed_at) == (TicketStatus.RESOLVED, None)
    assert acts(ticket) == ["resolve", "reply"]
    assert to_requester(ticket)[before:] == ["requester.reply"]


def test_twice_the_same_key_is_once(staff, recovering):
    for _ in range(2):
        ticket = tell(recovering, staff.teknisi)
    assert acts(ticket) == ["resolve", "inform"]
    assert Solution.objects.filter(ticket=ticket).count() == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"note": " "}, NoteRequired), ({"version": 1}, StaleTicket)],
)
def test_refused_by_either_act_nothing_has_happened(staff, recovering, change, refusal):
    messages, events = OutboxMessage.objects.count(), recovering.events.count()
    with pytest.raises(refusal):
        tell(recovering, staff.teknisi, **change)
    recovering.refresh_from_db()
    assert recovering.state is TicketStatus.RECOVERING
    assert (OutboxMessage.objects.count(), recovering.events.count()) == (messages, events)
    assert not Solution.objects.exists()


def test_second_act_refused_takes_the_first_back(staff, recovering, monkeypatch):
    def refuse(*_args, **_more):
        raise StaleTicket(recovering, None)

    monkeypatch.setattr(together, "inform_ticket", refuse)
    messages = OutboxMessage.objects.count()
    with pytest.raises(StaleTicket):
        tell(recovering, staff.teknisi)
    recovering.refresh_from_db()
    assert recovering.state is TicketStatus.RECOVERING
    assert OutboxMessage.objects.count() == messages


def test_not_from_every_status(staff):
    with pytest.raises(StepNotAllowed):
        tell(ticket_at(TicketStatus.DIAGNOSING, staff=staff), staff.teknisi)


def test_question_to_the_requester_may_bring_files(staff, recovering):
    handling.hold_for_requester(recovering.pk, by=staff.prakom, note="Foto ini benar?", files=[accepted()])
    assert Attachment.objects.get(event__act="hold_requester").event.content_public
