"""What the screens of notices share, and the page of one notice."""

from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from helpdesk_plugin import clock
from helpdesk_plugin.models import StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import notices as service
from helpdesk_plugin.services.notice_links import linked_tickets
from helpdesk_plugin.staff.notices.policy import READING
from helpdesk_plugin.staff.views.listing import staff_media

TEMPLATES = "helpdesk_plugin/staff/notices"


def refusal_in_words(refused: service.NoticeRefused) -> str:
    """Why something about a notice was refused."""
    if isinstance(refused, service.NotPublic):
        return _("This notice is not public, so it has no timeline. Publish it first.")
    if isinstance(refused, service.PhaseNotOpen):
        return _("The notice has changed meanwhile and cannot take this phase. Look at it again.")
    return _("The emergency line is not open for this. State the facts, and an editor publishes.")


class NoticesMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Screens about notices, for those who may read them."""

    model = StatusNotice
    permission_policy = None
    any_permission_required = READING
    index_url_name = None
    inspect_url_name = None
    edit_url_name = None
    history_url_name = None
    facts_url_name = None
    emergency_url_name = None
    update_url_name = None
    publish_update_url_name = None
    discard_update_url_name = None
    review_url_name = None
    linked_url_name = None
    proposal_url_name = None
    header_icon = "warning"
    http_method_names = ("get", "head", "post")

    def get_breadcrumbs_items(self):
        label = capfirst(StatusNotice._meta.verbose_name_plural)
        return [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": label}, *self.trail()]

    def trail(self) -> list[dict]:
        """Breadcrumbs below the list."""
        return [{"url": "", "label": self.get_page_title()}]

    def url_of(self, name: str, *args) -> str:
        """Address of another screen of notices."""
        return reverse(getattr(self, f"{name}_url_name"), args=[quote(arg) for arg in args])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        media = staff_media() + context.get("media", staff_media())
        if "form" in context:
            media += context["form"].media
        return context | {"media": media}


class OneNoticeMixin(BaseObjectMixin, NoticesMixin):
    """A screen of one notice."""

    def get_base_object_queryset(self):
        return StatusNotice.objects.select_related("author", "reviewed_by")

    @cached_property
    def page_url(self) -> str:
        return self.url_of("inspect", self.object.pk)

    def trail(self):
        return [
            {"url": self.page_url, "label": self.object.title},
            {"url": "", "label": self.get_page_title(), "sublabel": self.object.title},
        ]

    def get_page_subtitle(self):
        return self.object.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"notice": self.object, "page_url": self.page_url}


class NoticeView(OneNoticeMixin, TemplateView):
    """Where a notice stands, what was said and what waits to be said, and what can be done next."""

    template_name = f"{TEMPLATES}/notice.html"

    def get_page_title(self):
        return self.object.title

    def get_page_subtitle(self):
        return ""

    def trail(self):
        return [{"url": "", "label": self.object.title}]

    def get_context_data(self, **kwargs):
        now, user, notice = clock.now(), self.request.user, self.object
        public = StatusNotice.objects.public(now).filter(pk=notice.pk).exists()
        updates = list(notice.updates.select_related("author").order_by("-published_at", "-created_at"))
        return super().get_context_data(**kwargs) | {
            "now": now,
            "public": public,
            "phase_label": notice.phase_label_at(now),
            "over": notice.is_over(now),
            "services": notice.affected_services.select_related("service"),
            "agencies": notice.opds.all(),
            "waiting": [update for update in updates if update.published_at is None],
            "said": [update for update in updates if update.published_at],
            "may_publish": holds(user, service.PUBLISH),
            "may_write": holds(user, service.WRITE),
            "needs_review": notice.review_asked_at and not notice.reviewed_at,
            "public_url": _public_url(notice) if public else "",
            "links": self._links(user),
            "edit_url": self.url_of("edit", notice.pk),
            "history_url": self.url_of("history", notice.pk),
            "update_url": self.url_of("update", notice.pk),
            "review_url": self.url_of("review", notice.pk),
            "linked_url": self.url_of("linked", notice.pk),
            "workflow": notice.current_workflow_state,
        }

    def _links(self, user) -> int | None:
        """How many tickets follow, as far as this officer may know; None for those who see no ticket."""
        if not holds(user, "helpdesk_plugin.view_ticket"):
            return None
        return linked_tickets(self.object, user).count()


def _public_url(notice: StatusNotice) -> str:
    try:
        return reverse("helpdesk:notice", args=[notice.pk])
    except NoReverseMatch:
        return ""
