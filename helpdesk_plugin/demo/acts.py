"""The acts that an invented story is told with. Each goes through its service, as in life."""

from collections.abc import Callable

from helpdesk_plugin.demo.desk import Desk
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.services import closure, conversation, disposition, handling, intake, survey

#: What happens to the ticket with this id at the desk.
StoryAct = Callable[[Desk, int], object]


def triage(impact: Impact, urgency: Urgency) -> StoryAct:
    def act(desk: Desk, ticket_id: int) -> object:
        ticket = Ticket.objects.select_related("service").get(pk=ticket_id)
        decision = intake.Triage(ticket.kind, ticket.service, impact, urgency)
        return intake.triage_ticket(ticket_id, decision, by=desk.teknisi)

    return act


def send_back(note: str) -> StoryAct:
    return lambda desk, ticket_id: intake.return_ticket(ticket_id, by=desk.teknisi, note=note)


def reject(note: str) -> StoryAct:
    return lambda desk, ticket_id: intake.reject_ticket(ticket_id, by=desk.teknisi, note=note)


def dispose(note: str, **order) -> StoryAct:
    def act(desk: Desk, ticket_id: int) -> object:
        return disposition.dispose_ticket(ticket_id, disposition.Order(**order), by=desk.kadis, note=note)

    return act


def examine(note: str) -> StoryAct:
    """The division head puts both technicians on the ticket; the computer officer leads."""

    def act(desk: Desk, ticket_id: int) -> object:
        officers = [desk.prakom, desk.teknisi]
        return disposition.examine_ticket(ticket_id, by=desk.kabid, officers=officers, note=note)

    return act


def verify(verdict: str, *, security: bool = False) -> StoryAct:
    return lambda desk, ticket_id: handling.verify_ticket(
        ticket_id, verdict, by=desk.prakom, security=security
    )


def diagnose(symptoms: str, checks: str, cause: str) -> StoryAct:
    finding = handling.Finding(symptoms=symptoms, checks=checks, cause=cause)
    return lambda desk, ticket_id: handling.diagnose_ticket(ticket_id, finding, by=desk.prakom)


def resolve(action: str, **more: str) -> StoryAct:
    recovery = handling.Recovery(action=action, **more)
    return lambda desk, ticket_id: handling.resolve_ticket(ticket_id, recovery, by=desk.prakom)


def hold_for_requester(note: str) -> StoryAct:
    return lambda desk, ticket_id: handling.hold_for_requester(ticket_id, by=desk.prakom, note=note)


def hold_for_third_party(note: str) -> StoryAct:
    return lambda desk, ticket_id: handling.hold_for_third_party(ticket_id, by=desk.prakom, note=note)


def progress(note: str) -> StoryAct:
    return lambda desk, ticket_id: conversation.add_progress(ticket_id, by=desk.teknisi, note=note)


def note(words: str) -> StoryAct:
    """An internal note of the computer officer."""
    return lambda desk, ticket_id: conversation.note_ticket(ticket_id, by=desk.prakom, note=words)


def reply(words: str) -> StoryAct:
    """The desk writes to the requester."""
    return lambda desk, ticket_id: conversation.reply_to_ticket(ticket_id, by=desk.teknisi, note=words)


def requester_replies(words: str) -> StoryAct:
    return lambda desk, ticket_id: conversation.reply_to_ticket(ticket_id, by=Party.REQUESTER, note=words)


def inform(note: str) -> StoryAct:
    return lambda desk, ticket_id: closure.inform_ticket(ticket_id, by=desk.teknisi, note=note)


def confirm(note: str) -> StoryAct:
    return lambda desk, ticket_id: closure.confirm_ticket(ticket_id, by=Party.REQUESTER, note=note)


def rate(score: int, comment: str) -> StoryAct:
    return lambda desk, ticket_id: survey.rate_ticket(
        ticket_id, by=Party.REQUESTER, score=score, comment=comment
    )


def close() -> StoryAct:
    return lambda desk, ticket_id: closure.close_ticket(ticket_id, by=desk.prakom)
