"""The screens of notices: one notice's page, facts, emergency, updates, review."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeUpdate, StatusNotice, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import notices as service
from helpdesk_plugin.services.errors import StepNotAllowed, StepRefused
from helpdesk_plugin.services.notice_links import follow_notice, linked_tickets
from helpdesk_plugin.staff.notices.forms import EmergencyForm, FactsForm, UpdateForm
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
            {"url": "", "label": self.get_page_title()},
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


class _FormScreen(NoticesMixin, FormView):
    """A form about a notice that does not exist yet."""

    template_name = f"{TEMPLATES}/form.html"
    right = service.DRAFT
    lead = ""

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, self.right):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "lead": self.lead,
            "submit_label": self.submit_label,
            "ticket": self.ticket,
        }

    @cached_property
    def ticket(self) -> Ticket | None:
        """The ticket that the facts come from, if this officer may see it and it is not confidential."""
        pk = self.request.GET.get("ticket", "")
        if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
            return None
        found = Ticket.objects.visible_to(self.request.user).select_related("service", "opd")
        return found.filter(pk=int(pk), security_flag=False).first()

    def get_initial(self):
        if self.ticket is None:
            return {}
        return {"services": [self.ticket.service_id], "starts_at": self.ticket.submitted_at}

    def link(self, notice: StatusNotice) -> None:
        """Let the ticket follow, as the parent incident; a refusal is told and stops nothing."""
        if self.ticket is None:
            return
        try:
            follow_notice(self.ticket.pk, notice, by=self.request.user, lead=True)
        except (StepRefused, StepNotAllowed):
            messages.warning(
                self.request,
                _("Ticket %(number)s could not be linked with it.") % {"number": self.ticket.number},
            )


class FactsView(_FormScreen):
    """An officer states facts; a draft goes to the editors."""

    form_class = FactsForm
    page_title = gettext_lazy("State facts for a notice")
    submit_label = gettext_lazy("Send to the editors")
    lead = gettext_lazy("Say what is known. Nothing is published: an editor words it, and publishes.")

    def form_valid(self, form):
        template = form.cleaned_data["template"]
        notice = service.draft_notice(form.stated, by=self.request.user, template=template)
        self.link(notice)
        service.submit_to_editors(notice, by=self.request.user)
        messages.success(self.request, _("The draft “%(title)s” has been made.") % {"title": notice.title})
        return redirect(self.url_of("inspect", notice.pk))


class EmergencyView(_FormScreen):
    """The duty officer publishes a preset wording at once; editors look at it afterwards."""

    form_class = EmergencyForm
    right = service.EMERGENCY
    page_title = gettext_lazy("Emergency line")
    submit_label = gettext_lazy("Publish now")
    lead = gettext_lazy(
        "This is public at once, in the preset words, with your name in the log. The editors are asked to "
        "review it afterwards."
    )

    def form_valid(self, form):
        try:
            notice = service.publish_emergency(
                form.stated,
                form.cleaned_data["template"],
                by=self.request.user,
                priority=form.priority_stated,
            )
        except service.NoticeRefused as refused:
            form.add_error(None, refusal_in_words(refused))
            return self.form_invalid(form)
        self.link(notice)
        messages.success(self.request, _("“%(title)s” is public now.") % {"title": notice.title})
        return redirect(self.url_of("inspect", notice.pk))


class UpdateView(OneNoticeMixin, FormView):
    """A line for the timeline of a public notice."""

    form_class = UpdateForm
    template_name = f"{TEMPLATES}/form.html"
    page_title = gettext_lazy("Write an update")

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, service.WRITE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def publishes(self) -> bool:
        return holds(self.request.user, service.PUBLISH)

    def get_form_kwargs(self):
        more = {"notice": self.object, "now": clock.now(), "publishes": self.publishes}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs):
        publish, draft = _("Publish the update"), _("Save as a draft")
        return super().get_context_data(**kwargs) | {
            "submit_label": publish if self.publishes else draft,
            "draft_label": draft if self.publishes else "",
        }

    def form_valid(self, form):
        draft = not self.publishes or "draft" in self.request.POST
        try:
            update = service.write_update(
                self.object,
                form.said,
                by=self.request.user,
                publish_at=form.cleaned_data.get("publish_at"),
                draft=draft,
                key=form.cleaned_data["key"],
            )
        except service.NoticeRefused as refused:
            form.add_error(None, refusal_in_words(refused))
            return self.form_invalid(form)
        return self.after(update)

    def after(self, update: NoticeUpdate):
        if update.published_at is None:
            messages.success(self.request, _("The update is saved and not public yet."))
            return redirect(self.page_url)
        return _published(self, update)


def _published(view, update: NoticeUpdate):
    """Say that an update is public, and lead whoever may answer tickets to those that follow the notice."""
    messages.success(view.request, _("The update is public."))
    user = view.request.user
    follows = holds(user, "helpdesk_plugin.reply_ticket") and linked_tickets(update.notice, user).open()
    if follows and follows.exists():
        return redirect(view.url_of("linked", update.notice_id))
    return redirect(view.url_of("inspect", update.notice_id))


class _WaitingUpdateView(OneNoticeMixin, View):
    """Does something with an update that is not public; asked by a button."""

    http_method_names = ("post",)

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, service.PUBLISH):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def update(self) -> NoticeUpdate:
        return get_object_or_404(NoticeUpdate, notice=self.object, pk=self.kwargs["update_pk"])


class PublishUpdateView(_WaitingUpdateView):
    def post(self, request, *args, **kwargs):
        try:
            update = service.publish_update(self.update.pk, by=request.user)
        except service.NoticeRefused as refused:
            messages.error(request, refusal_in_words(refused))
            return redirect(self.page_url)
        return _published(self, update)


class DiscardUpdateView(_WaitingUpdateView):
    def post(self, request, *args, **kwargs):
        service.discard_update(self.update.pk, by=request.user)
        messages.success(request, _("The draft of the update is discarded."))
        return redirect(self.page_url)


class ReviewView(OneNoticeMixin, View):
    """An editor has looked at what the emergency line published."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        service.review_notice(self.object, by=request.user)
        messages.success(request, _("Marked as reviewed."))
        return redirect(self.page_url)
