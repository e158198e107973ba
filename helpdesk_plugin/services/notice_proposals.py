"""Several similar tickets of one service within a window look like one event: a notice is proposed.

Nothing is drafted, linked or published by itself. What somebody decided about the tickets of a proposal is
remembered: only tickets filed later may make the service propose again.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from helpdesk_plugin import clock
from helpdesk_plugin.domain.notices import NoticeKind, ServiceState, SimilarTicket, crowd
from helpdesk_plugin.models import (
    AffectedService,
    HelpDeskSettings,
    NoticeProposal,
    NoticeTemplate,
    NoticeTicket,
    ProposalState,
    StatusNotice,
    Ticket,
    TicketKind,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.errors import StepNotAllowed, StepRefused
from helpdesk_plugin.services.notice_drafts import Facts, draft_notice
from helpdesk_plugin.services.notice_links import follow_notice
from helpdesk_plugin.services.notices import DRAFT

#: How far back tickets are looked at, besides the window itself: a scheduler may have been down for a day.
_LOOK_BACK = timedelta(days=1)


class AlreadyDecided(Exception):
    """Somebody else has decided about this proposal; nothing was changed."""


def propose_notices(now: datetime) -> int:
    """Propose a notice for each service whose newest tickets look like one event; returns how many are new.

    Looked at are open disruptions that follow no notice and are not about information security, of services
    that no notice speaks of yet. Five queries, and three for each proposal.
    """
    settings = HelpDeskSettings.load()
    window = timedelta(minutes=settings.notice_similar_minutes)
    filed = _candidates(now - window - _LOOK_BACK)
    if not filed:
        return 0
    judged = dict(
        NoticeProposal.objects.filter(service__in=filed)
        .exclude(state=ProposalState.OPEN)
        .order_by()
        .values_list("service")
        .annotate(Max("judged_until"))
    )
    spoken_of = _spoken_of(now)
    fresh = 0
    for service, tickets in filed.items():
        if service in spoken_of:
            continue
        found = crowd(
            tickets, count=settings.notice_similar_tickets, window=window, since=judged.get(service)
        )
        fresh += bool(found) and _propose(service, found)
    return fresh


def _candidates(since: datetime) -> dict[int, list[SimilarTicket]]:
    linked = Exists(NoticeTicket.objects.filter(ticket=OuterRef("pk")))
    tickets = (
        Ticket.objects.open()
        .filter(~linked, kind=TicketKind.INCIDENT, security_flag=False, submitted_at__gte=since)
        .exclude(service__is_security=True)
        .order_by("submitted_at", "pk")
    )
    found = defaultdict(list)
    for service, pk, submitted_at in tickets.values_list("service_id", "pk", "submitted_at"):
        found[service].append(SimilarTicket(pk, submitted_at))
    return dict(found)


def _spoken_of(now: datetime) -> set[int]:
    """Services that a notice is out about, or a draft of the last day: tickets are to be linked with that."""
    current = StatusNotice.objects.current(now).values("pk")
    drafts = StatusNotice.objects.filter(
        live=False, first_published_at=None, ended_at=None, created_at__gte=now - _LOOK_BACK
    ).values("pk")
    rows = AffectedService.objects.filter(notice__in=current) | AffectedService.objects.filter(
        notice__in=drafts
    )
    return set(rows.order_by().values_list("service_id", flat=True))


def _propose(service: int, found: tuple[SimilarTicket, ...]) -> bool:
    """Write a proposal, or add to the one that is open; whether it is new."""
    with transaction.atomic():
        proposal, made = NoticeProposal.objects.get_or_create(
            service_id=service,
            state=ProposalState.OPEN.value,
            defaults={"judged_until": found[-1].submitted_at},
        )
        proposal.tickets.add(*(ticket.pk for ticket in found))
        if proposal.judged_until < found[-1].submitted_at:
            proposal.judged_until = found[-1].submitted_at
            proposal.save(update_fields=["judged_until"])
    return made


def proposals_for(user: Any) -> QuerySet[NoticeProposal]:
    """Open proposals that this officer may decide on; none without the right to draft and to see tickets."""
    if not (holds(user, DRAFT) and holds(user, "helpdesk_plugin.view_ticket")):
        return NoticeProposal.objects.none()
    return NoticeProposal.objects.filter(state=ProposalState.OPEN).select_related("service")


def dismiss(proposal_id: int, *, by: Any) -> None:
    """Decide that the tickets of a proposal are no one event. Raises PermissionDenied, AlreadyDecided."""
    with transaction.atomic():
        _decide(proposal_id, by, ProposalState.DISMISSED)


def draft_from(proposal_id: int, *, by: Any, template: NoticeTemplate | None = None) -> StatusNotice:
    """Make a draft of a proposal, link its tickets with it, and the first of them as the parent incident.

    The draft says which service and since when; nothing that requesters typed is in it. A ticket that cannot
    follow any more is left out. Raises PermissionDenied, AlreadyDecided.
    """
    with transaction.atomic():
        proposal = _decide(proposal_id, by, ProposalState.DRAFTED)
        tickets = list(
            Ticket.objects.visible_to(by)
            .filter(pk__in=proposal.tickets.values("pk"), security_flag=False)
            .order_by("submitted_at", "pk")
        )
        facts = Facts(
            kind=NoticeKind.DISRUPTION,
            services=[(proposal.service, ServiceState(template.state) if template else ServiceState.MAJOR)],
            starts_at=tickets[0].submitted_at if tickets else proposal.created_at,
        )
        notice = draft_notice(facts, by=by, template=template)
        proposal.notice = notice
        proposal.save(update_fields=["notice"])
    for number, ticket in enumerate(tickets):
        try:
            follow_notice(ticket.pk, notice, by=by, key=f"proposal:{proposal.pk}", lead=number == 0)
        except (StepRefused, StepNotAllowed):
            continue
    return notice


def _decide(proposal_id: int, by: Any, state: ProposalState) -> NoticeProposal:
    if not proposals_for(by).filter(pk=proposal_id).exists():
        if holds(by, DRAFT) and NoticeProposal.objects.filter(pk=proposal_id).exists():
            raise AlreadyDecided
        raise PermissionDenied
    proposal = (
        NoticeProposal.objects.select_for_update(of=("self",)).select_related("service").get(pk=proposal_id)
    )
    if proposal.state != ProposalState.OPEN:
        raise AlreadyDecided
    proposal.state, proposal.decided_at, proposal.decided_by = state.value, clock.now(), by
    proposal.save(update_fields=["state", "decided_at", "decided_by"])
    return proposal
