"""What Wagtail's home says of notices: going on, silent, planned, and what waits for a decision."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from helpdesk_plugin import clock
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import NoticeUpdate, StatusNotice, Ticket, TicketEvent
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services.notice_nudges import silent_since, stale_notices
from helpdesk_plugin.services.notice_proposals import proposals_for
from helpdesk_plugin.services.notices import PUBLISH
from helpdesk_plugin.staff.notices.policy import READING, notice_policy
from helpdesk_plugin.staff.views.listing import staff_media

#: How far ahead maintenance is shown.
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A notice as the panel says it."""

    notice: StatusNotice
    phase: str
    url: str
    stale: bool = False
    silent_since: object = None


def _url(notice: StatusNotice) -> str:
    return reverse("helpdesk_notices:inspect", args=[notice.pk])


class NoticesPanel(Component):
    """Active, silent and planned notices, proposals, reviews, and answers that are due."""

    order = 15
    template_name = "helpdesk_plugin/staff/notices/panel.html"

    def __init__(self, user) -> None:
        self.user, self.now = user, clock.now()

    @property
    def media(self):
        return staff_media()

    @cached_property
    def current(self) -> list[Line]:
        silent = {notice.pk: silent_since(notice) for notice in stale_notices(self.now)}
        return [
            Line(n, n.phase_label_at(self.now), _url(n), n.pk in silent, silent.get(n.pk))
            for n in StatusNotice.objects.current(self.now)[:20]
        ]

    @cached_property
    def planned(self) -> list[Line]:
        soon = StatusNotice.objects.planned(self.now).filter(starts_at__lte=self.now + AHEAD)
        return [Line(n, n.phase_label_at(self.now), _url(n)) for n in soon[:20]]

    @cached_property
    def proposals(self):
        return [
            (proposal, reverse("helpdesk_notices:proposal", args=[proposal.pk]))
            for proposal in proposals_for(self.user).order_by("created_at")[:20]
        ]

    @cached_property
    def to_review(self) -> list[Line]:
        if not holds(self.user, PUBLISH):
            return []
        waiting = StatusNotice.objects.filter(review_asked_at__isnull=False, reviewed_at=None)
        return [
            Line(n, n.phase_label_at(self.now), _url(n)) for n in waiting.order_by("review_asked_at")[:20]
        ]

    @cached_property
    def drafts(self) -> list[Line]:
        """Drafts that wait for an editor."""
        if not holds(self.user, PUBLISH):
            return []
        found = StatusNotice.objects.filter(live=False, first_published_at=None).order_by("-created_at")
        return [Line(n, "", _url(n)) for n in found[:10]]

    @cached_property
    def to_answer(self) -> list[tuple[NoticeUpdate, str]]:
        """Public updates of the last days with whose words no open ticket has been answered yet."""
        if not may_take(self.user, Remark.REPLY, None):
            return []
        latest = NoticeUpdate.objects.published(self.now).filter(
            published_at__gte=self.now - timedelta(days=3)
        )
        updates = {}
        for update in latest.select_related("notice")[:50]:
            updates.setdefault(update.notice_id, update)
        linked = set(
            Ticket.objects.visible_to(self.user)
            .open()
            .filter(notice_links__notice__in=updates)
            .values_list("notice_links__notice", flat=True)
        )
        keys = {f"notice-update:{update.pk}": notice for notice, update in updates.items()}
        answered = {
            keys[key] for key in TicketEvent.objects.filter(key__in=keys).values_list("key", flat=True)
        }
        return [
            (update, reverse("helpdesk_notices:linked", args=[notice]))
            for notice, update in updates.items()
            if notice in linked - answered
        ]

    @property
    def says_anything(self) -> bool:
        return any((self.current, self.planned, self.proposals, self.to_review, self.drafts, self.to_answer))

    def get_context_data(self, parent_context):
        return {"panel": self}


def add_panel(request, panels) -> None:
    """Put the notices on the home of those who have to do with them."""
    if not notice_policy.user_has_any_permission(request.user, READING):
        return
    panel = NoticesPanel(request.user)
    if panel.says_anything:
        panels.append(panel)
