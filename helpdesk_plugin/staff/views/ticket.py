"""The ticket's page: what it is and how bad, where it stands and until when, what to do next."""

from django.contrib.admin.utils import quote
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import Button

from helpdesk_plugin import labels
from helpdesk_plugin.models import Attachment
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.images import PictureRefused
from helpdesk_plugin.services.notices import DRAFT, EMERGENCY
from helpdesk_plugin.services.thumbnails import has_thumbnail, thumbnail_of
from helpdesk_plugin.staff.desk import Desk
from helpdesk_plugin.staff.family import Family
from helpdesk_plugin.staff.learnt import Learnt
from helpdesk_plugin.staff.security_lane import SecurityLane
from helpdesk_plugin.staff.views.base import OneTicketMixin


class TicketView(OneTicketMixin, TemplateView):
    """Everything about one ticket, and the buttons of exactly the acts that this officer may take now."""

    template_name = "helpdesk_plugin/staff/ticket.html"
    page_title = _("Ticket")

    def get_page_title(self):
        return self.object.number

    def get_page_subtitle(self):
        return self.object.summary

    def get_breadcrumbs_items(self):
        return self.trail({"url": "", "label": self.object.number})

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        desk = Desk(self.object, self.request.user)
        return context | {
            "desk": desk,
            "status": labels.STATUS_FOR_STAFF[self.object.state],
            "history_url": self.history_url,
            "may_state_facts": self._may_speak_of_it(DRAFT),
            "may_publish_at_once": self._may_speak_of_it(EMERGENCY),
            "deadlines_url": reverse(self.deadlines_url_name, args=[quote(self.object.pk)]),
            "primary": desk.offer.primary and self._button(desk.offer.primary, "button"),
            "everyday": [self._button(action, "button button-secondary") for action in desk.offer.everyday],
            "others": [self._button(action) for action in desk.offer.others],
            "lane": SecurityLane(self.object),
            "family": Family(self.object, self.request.user),
            "learnt": Learnt(self.object, self.request.user),
        }

    def _may_speak_of_it(self, right: str) -> bool:
        """Whether this officer may begin a notice from here; never from a confidential ticket."""
        return self.object.is_open and not self.object.security_flag and holds(self.request.user, right)

    def _button(self, action, classname="") -> Button:
        return Button(
            action.verb, self.act_url(action.name), classname=classname, icon_name=action.icon, priority=0
        )


class _FileView(OneTicketMixin, View):
    """A file of a ticket, for those who may see the ticket. Never cached, never sniffed."""

    def get(self, request, *args, **kwargs):
        file = get_object_or_404(Attachment, ticket=self.object, pk=kwargs["file_pk"])
        try:
            response = self.hand_out(file)
        except OSError as lost:
            raise Http404(_("This file is not in the store.")) from lost
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "private, no-store"
        return response


class DownloadView(_FileView):
    """The file as it is stored. Never inline."""

    def hand_out(self, file: Attachment):
        return FileResponse(
            file.file.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type
        )


class ThumbnailView(_FileView):
    """A small picture of the file, drawn by us; 404 for what is no picture."""

    def hand_out(self, file: Attachment):
        if not has_thumbnail(file):
            raise Http404
        try:
            return HttpResponse(thumbnail_of(file), content_type="image/jpeg")
        except PictureRefused as broken:
            raise Http404 from broken
