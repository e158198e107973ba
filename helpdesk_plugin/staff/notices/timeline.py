"""Screens of a notice's timeline: write an update, publish or discard one that waits; and the review."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages

from helpdesk_plugin import clock
from helpdesk_plugin.models import NoticeUpdate
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import notice_emergency, notice_updates
from helpdesk_plugin.services import notices as service
from helpdesk_plugin.services.notice_links import linked_tickets
from helpdesk_plugin.staff.notices.forms import UpdateForm
from helpdesk_plugin.staff.notices.views import TEMPLATES, OneNoticeMixin, refusal_in_words


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
            update = notice_updates.write_update(
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
            update = notice_updates.publish_update(self.update.pk, by=request.user)
        except service.NoticeRefused as refused:
            messages.error(request, refusal_in_words(refused))
            return redirect(self.page_url)
        return _published(self, update)


class DiscardUpdateView(_WaitingUpdateView):
    def post(self, request, *args, **kwargs):
        notice_updates.discard_update(self.update.pk, by=request.user)
        messages.success(request, _("The draft of the update is discarded."))
        return redirect(self.page_url)


class ReviewView(OneNoticeMixin, View):
    """An editor has looked at what the emergency line published."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        notice_emergency.review_notice(self.object, by=request.user)
        messages.success(request, _("Marked as reviewed."))
        return redirect(self.page_url)
