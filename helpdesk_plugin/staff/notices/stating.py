"""Screens about an event that has no notice yet: an officer states facts, or publishes in an emergency."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from helpdesk_plugin.models import StatusNotice, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import notice_drafts, notice_emergency
from helpdesk_plugin.services import notices as service
from helpdesk_plugin.services.errors import StepNotAllowed, StepRefused
from helpdesk_plugin.services.notice_links import follow_notice
from helpdesk_plugin.staff.notices.forms import EmergencyForm, FactsForm
from helpdesk_plugin.staff.notices.views import TEMPLATES, NoticesMixin, refusal_in_words


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
        notice = notice_drafts.draft_notice(form.stated, by=self.request.user, template=template)
        self.link(notice)
        notice_drafts.submit_to_editors(notice, by=self.request.user)
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
            notice = notice_emergency.publish_emergency(
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
