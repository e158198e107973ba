"""Tickets that follow a notice: linked and unlinked at the door, answered together, handled together.

A human decides, the door judges each ticket by itself, and what it refuses stops no other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import translation

from helpdesk_plugin import clock
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.statuses import OPEN, TicketStatus
from helpdesk_plugin.domain.steps import Remark, Step
from helpdesk_plugin.models import NoticeTicket, NoticeUpdate, StatusNotice, Ticket
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.closure import inform_ticket
from helpdesk_plugin.services.conversation import reply_to_ticket
from helpdesk_plugin.services.errors import StepNotAllowed, StepRefused
from helpdesk_plugin.services.handling import Finding, Recovery, diagnose_ticket, resolve_ticket

#: How many tickets are answered or handled at once.
LIMIT = 200


class CannotFollow(StepRefused):
    """Base: this ticket does not follow that notice, and will not."""


class Confidential(CannotFollow):
    """Tickets about information security follow no public notice."""


class NoticeIsOver(CannotFollow):
    """Nothing new will come of it."""


@dataclass(frozen=True)
class Outcome:
    """What became of one ticket; ``refused`` is why nothing did."""

    ticket: Ticket
    refused: Exception | None = None


# --- Linking ---


def follow_notice(
    ticket_id: int, notice: StatusNotice, *, by: Any, key: str | None = None, lead: bool = False
) -> Ticket:
    """Link a ticket with a notice (S2b); linking twice changes nothing.

    The requester learns of it, and reads the title, only if the notice is public already. ``lead`` makes it
    the parent incident in place of any other. Raises Confidential, NoticeIsOver and what the door raises.
    """
    if notice.is_over(clock.now()):
        raise NoticeIsOver
    if NoticeTicket.objects.filter(notice=notice, ticket=ticket_id).exists():
        return _lead(ticket_id, notice) if lead else Ticket.objects.get(pk=ticket_id)

    def link(passage: Passage) -> None:
        if passage.ticket.security_flag:
            raise Confidential
        if lead:
            NoticeTicket.objects.filter(notice=notice, lead=True).update(lead=False)
        NoticeTicket.objects.get_or_create(
            notice=notice, ticket=passage.ticket, defaults={"lead": lead, "linked_at": passage.at}
        )
        passage.data |= {"notice": notice.pk, "title": notice.title}

    request = Request(by=by, note=_title_for(ticket_id, notice), key=key, internal=not _is_public(notice))
    return pass_through(ticket_id, Remark.FOLLOW_NOTICE, request, link)


def unfollow_notice(ticket_id: int, notice: StatusNotice, *, by: Any, key: str | None = None) -> Ticket:
    """Undo a link that was made in error; the ledger keeps both."""

    def unlink(passage: Passage) -> None:
        NoticeTicket.objects.filter(notice=notice, ticket=passage.ticket).delete()
        passage.data |= {"notice": notice.pk, "title": notice.title}

    return pass_through(ticket_id, Remark.UNFOLLOW_NOTICE, Request(by=by, key=key), unlink)


def _lead(ticket_id: int, notice: StatusNotice) -> Ticket:
    with transaction.atomic():
        NoticeTicket.objects.filter(notice=notice, lead=True).update(lead=False)
        NoticeTicket.objects.filter(notice=notice, ticket=ticket_id).update(lead=True)
    return Ticket.objects.get(pk=ticket_id)


def _is_public(notice: StatusNotice) -> bool:
    return StatusNotice.objects.public(clock.now()).filter(pk=notice.pk).exists()


def _title_for(ticket_id: int, notice: StatusNotice) -> str:
    language = Ticket.objects.values_list("language", flat=True).get(pk=ticket_id)
    return notice.title_in(language)


# --- What the linked tickets are told and offered ---


def linked_tickets(notice: StatusNotice, user: Any) -> Any:
    """The tickets of a notice that this officer may know of, the parent first."""
    return (
        Ticket.objects.visible_to(user)
        .filter(notice_links__notice=notice)
        .with_list_facts()
        .order_by("-notice_links__lead", "submitted_at", "pk")
    )


def answer_linked(update: NoticeUpdate, ticket_ids: Iterable[int], *, by: Any) -> list[Outcome]:
    """Reply to each chosen ticket with the words of a public update, in its language; once an update."""
    if update.published_at is None:
        raise ValueError("only what is public may be answered with")
    key = f"notice-update:{update.pk}"

    def answer(ticket: Ticket) -> None:
        reply_to_ticket(ticket.pk, by=by, note=_answer_in(update, ticket.language), key=key)

    return _each(update.notice, ticket_ids, by, answer)


def _answer_in(update: NoticeUpdate, language: str) -> str:
    with translation.override(language):
        phase = str(update.get_phase_display()) if update.phase else ""
    title = update.notice.title_in(language)
    return f"{title}{f' ({phase})' if phase else ''}\n\n{update.text_in(language)}"


@dataclass(frozen=True)
class Handled:
    """How the event was handled, in words that go into each ticket (S6, S7) and to each requester (S8)."""

    cause: str
    action: str
    told: str


def resolvable(ticket: Ticket) -> bool:
    """Whether the procedure lets a ticket be recovered from where it stands."""
    return ticket.state in _STEPS_FROM


def resolve_linked(
    notice: StatusNotice, ticket_ids: Iterable[int], handled: Handled, *, by: Any, key: str
) -> list[Outcome]:
    """Record diagnosis, recovery and information on each chosen ticket, as far as each still needs them.

    All of a ticket's acts or none: a ticket whose officer may not take one of them stays as it is. Each
    requester is still asked to confirm.
    """

    def resolve(ticket: Ticket) -> None:
        steps = _STEPS_FROM.get(ticket.state)
        if steps is None:
            raise StepNotAllowed(Step.RESOLVE, ticket.state, Party.STAFF)
        for name, take in steps:
            take(ticket, handled, by, f"{key}:{name}")

    return _each(notice, ticket_ids, by, resolve)


def _diagnose(ticket: Ticket, handled: Handled, by: Any, key: str) -> None:
    diagnose_ticket(ticket.pk, Finding(symptoms=ticket.summary, cause=handled.cause), by=by, key=key)


def _recover(ticket: Ticket, handled: Handled, by: Any, key: str) -> None:
    resolve_ticket(ticket.pk, Recovery(action=handled.action), by=by, key=key)


def _inform(ticket: Ticket, handled: Handled, by: Any, key: str) -> None:
    inform_ticket(ticket.pk, by=by, note=handled.told, key=key)


_FROM_RECOVERY = (("resolve", _recover), ("inform", _inform))
_FROM_DIAGNOSIS = (("diagnose", _diagnose), *_FROM_RECOVERY)
_STEPS_FROM: dict[TicketStatus, tuple[tuple[str, Callable[..., None]], ...]] = {
    TicketStatus.DIAGNOSING: _FROM_DIAGNOSIS,
    TicketStatus.REOPENED: _FROM_DIAGNOSIS,
    TicketStatus.RECOVERING: _FROM_RECOVERY,
}


def _each(
    notice: StatusNotice, ticket_ids: Iterable[int], by: Any, act: Callable[[Ticket], None]
) -> list[Outcome]:
    """Act on each chosen ticket that is linked and visible; raises ValueError for more than `LIMIT`."""
    wanted = set(ticket_ids)
    if len(wanted) > LIMIT:
        raise ValueError(f"at most {LIMIT} tickets at once, not {len(wanted)}")
    tickets = linked_tickets(notice, by).filter(pk__in=wanted, status__in=[s.value for s in OPEN])
    return [_one(ticket, act) for ticket in tickets]


def _one(ticket: Ticket, act: Callable[[Ticket], None]) -> Outcome:
    try:
        with transaction.atomic():
            act(ticket)
    except (StepRefused, StepNotAllowed, DatabaseError) as refused:
        return Outcome(ticket, refused)
    return Outcome(ticket)
