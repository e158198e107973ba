"""The ticket's page: what it is and how bad, where it stands and until when, what to do next."""

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from helpdesk_plugin.models import Attachment
from helpdesk_plugin.permissions import may_see
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.services.images import PictureRefused
from helpdesk_plugin.services.thumbnails import has_thumbnail, thumbnail_of
from helpdesk_plugin.staff import conflicts, refusals
from helpdesk_plugin.staff.composing import INTERNAL, Way
from helpdesk_plugin.staff.forms.composer import ComposerForm
from helpdesk_plugin.staff.replies import Filler
from helpdesk_plugin.staff.views.base import OneTicketMixin
from helpdesk_plugin.staff.views.desk import DeskMixin


class TicketView(DeskMixin, TemplateView):
    """Everything about one ticket, the steps that this officer may take now, and a place to write.

    What is written is sent here too. A refusal shows the page again, with text and files as they were.
    """

    template_name = "helpdesk_plugin/staff/ticket.html"
    page_title = gettext_lazy("Ticket")
    refusal: refusals.Refusal | None = None
    conflict: conflicts.Conflict | None = None

    def get_page_title(self):
        return self.object.number

    def get_page_subtitle(self):
        return self.object.summary

    def get_breadcrumbs_items(self):
        *above, _ticket, here = super().get_breadcrumbs_items()
        return [*above, here]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "composer": self.composer,
            "way_shown": self._way_shown(),
            "replies": self._filled_replies() if self.composer else [],
            "refusal": self.refusal,
            "conflict": self.conflict,
            "media": context["media"] + (self.composer.media if self.composer else Media()),
        }

    # --- Writing ---------------------------------------------------------------------------------------

    @cached_property
    def composer(self) -> ComposerForm | None:
        """The form; None for those who may write nothing here."""
        is_sent = self.request.method == "POST"
        # What has closed meanwhile is refused by the door, which says who was quicker.
        ways = self.desk.permitted_ways if is_sent else self.desk.ways
        if not ways:
            return None
        sent = (self.request.POST, self.request.FILES) if is_sent else ()
        shown = {"replies": self.desk.replies, "initial": {"seen": self.desk.newest}}
        return ComposerForm(*sent, ticket=self.object, user=self.request.user, ways=ways, **shown)

    def _way_shown(self) -> str:
        """The way that is ticked: the one that was chosen while it is open, else the first."""
        names = [way.name for way in self.desk.ways]
        chosen = self.composer["way"].value() if self.composer else ""
        return chosen if chosen in names else next(iter(names), "")

    def post(self, request, *args, **kwargs):
        if self.composer is None:
            raise PermissionDenied
        if "insert" in request.POST:
            return self._insert()
        if not self.composer.is_valid():
            return self._show_errors()
        way = self.composer.chosen
        if way.is_public and self._talked_over():
            return self._hold_back()
        try:
            ticket = way.take(self.object.pk, self.composer)
        except NotPermitted:
            raise PermissionDenied from None
        except refusals.ANSWERED as refused:
            return self._refuse(refused)
        self.composer.forget_files()
        return self._leave(ticket, way)

    def _insert(self):
        """Put the chosen reply behind what was typed; meant for the requester, so it becomes a reply."""
        form = self.composer
        form.full_clean()
        form.data = form.data.copy()
        reply = form.reply_named(form.data.get("canned", ""))
        if reply is not None:
            words = Filler(self.object, self.request.user).fill(reply)
            form.data["note"] = "\n\n".join(one for one in (form.data.get("note", "").rstrip(), words) if one)
            if form.data.get("way", INTERNAL) == INTERNAL and "reply" in form.ways:
                form.data["way"] = "reply"
        return self._show_again()

    def _show_errors(self):
        form = self.composer
        key = form.cleaned_data.get("key")
        if key is not None and self.object.events.filter(key=key.hex).exists():
            # The second of two clicks finds its kept files gone.
            return redirect(self.ticket_url)
        form.keep_files()
        messages.validation_error(self.request, _("Not sent yet: please correct what is marked."), form)
        return self.render_to_response(self.get_context_data())

    def _talked_over(self) -> bool:
        """Whether somebody else has spoken since the page was opened: a second answer may be one too many."""
        said = self.composer.cleaned_data
        if self.object.events.filter(key__startswith=said["key"].hex).exists():
            return False
        return conflicts.told_meanwhile(self.object, self.request.user, said["seen"])

    def _hold_back(self):
        self._note_conflict()
        sentence = _(
            "Nothing was sent yet: somebody has written meanwhile. Read it, and send if it still fits."
        )
        self.refusal = refusals.Refusal(sentence)
        messages.warning(self.request, sentence)
        return self._show_again()

    def _refuse(self, refused):
        self._note_conflict()
        self.refusal = refusals.explain(refused, self.object)
        messages.error(self.request, self.refusal.in_one_line)
        return self._show_again()

    def _note_conflict(self):
        said = self.composer.cleaned_data
        given = {"version": said["version"], "seen": said["seen"]}
        self.conflict = conflicts.since(self.object, self.request.user, **given)

    def _show_again(self):
        """The page with the ticket as it is now and everything that was typed; one press goes on."""
        form = self.composer
        form.keep_files()
        self.object = self.get_object()
        for kept in ("desk", "composer"):
            self.__dict__.pop(kept, None)
        data = form.data.copy()
        data["version"], data["seen"] = self.object.version, self.desk.newest
        fresh = ComposerForm(
            data,
            ticket=self.object,
            user=self.request.user,
            ways=self.desk.ways,
            replies=self.desk.replies,
        )
        if data.get("way") not in fresh.ways:
            data["way"] = INTERNAL
        # Shown as it was sent, without the complaints of a form that nobody has pressed again.
        fresh.is_bound, fresh.initial = False, {**fresh.initial, **_typed(fresh, data)}
        self.composer = fresh
        return self.render_to_response(self.get_context_data())

    def _leave(self, ticket, way: Way):
        told = {"number": ticket.number, "done": way.done}
        messages.success(self.request, _("%(number)s: %(done)s.") % told)
        if may_see(self.request.user, ticket):
            return redirect(self.ticket_url)
        messages.info(self.request, _("%(number)s is confidential now.") % {"number": ticket.number})
        return redirect(self.index_url_name)

    def _filled_replies(self) -> list[tuple]:
        """The canned replies with their words on this ticket, for a script to insert without a journey."""
        if not self.desk.replies:
            return []
        filler = Filler(self.object, self.request.user)
        return [(reply.pk, reply.title, filler.fill(reply)) for reply in self.desk.replies]


def _typed(form: ComposerForm, data) -> dict:
    """What was typed, field by field."""
    return {name: data.get(name) for name in form.fields if name in data and name not in {"canned", "files"}}


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
