"""One act on one ticket: a small form, and a sentence when it is refused."""

from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from helpdesk_plugin import labels, sla_clock
from helpdesk_plugin.cleaning import plain_text
from helpdesk_plugin.domain.requirements import Missing
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.permissions import available_acts, may_see, may_take
from helpdesk_plugin.services import conversation
from helpdesk_plugin.services.closure import missing_to_close
from helpdesk_plugin.services.disposition import missing_documents
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.staff import conflicts, refusals, words
from helpdesk_plugin.staff.actions import ACTIONS, Action
from helpdesk_plugin.staff.forms.fields import MAX_TEXT
from helpdesk_plugin.staff.learnt import Suggestions
from helpdesk_plugin.staff.views.desk import DeskMixin


class ActView(DeskMixin, FormView):
    """The form of an act. What a service refuses comes back as a sentence; what was typed stays."""

    template_name = "helpdesk_plugin/staff/act.html"
    refusal: refusals.Refusal | None = None
    conflict: conflicts.Conflict | None = None
    suggestions: Suggestions | None = None
    suggestions_template_name = "helpdesk_plugin/staff/includes/suggestions.html"

    @cached_property
    def action(self) -> Action:
        try:
            return ACTIONS[self.kwargs["act"]]
        except KeyError:
            raise Http404 from None

    def dispatch(self, request, *args, **kwargs):
        if not may_take(request.user, self.action.act, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.action.act not in available_acts(self.object, request.user):
            messages.warning(request, refusals.no_longer_possible(self.object))
            return redirect(self.ticket_url)
        return super().get(request, *args, **kwargs)

    def get_form_class(self):
        return self.action.form

    def get_initial(self):
        """What a link may fill in beforehand, where the form says so."""
        given, linked = self.request.GET, getattr(self.action.form, "linked", ())
        return {name: given[name] for name in linked if name in given}

    def get_form_kwargs(self):
        about = {"ticket": self.object, "user": self.request.user, "act": self.action.act}
        return super().get_form_kwargs() | about

    def form_valid(self, form):
        try:
            ticket = self.action.take(self.object.pk, form)
        except NotPermitted:
            raise PermissionDenied from None
        except refusals.ANSWERED as refused:
            return self._refuse(form, refused)
        form.forget_files()
        return self._leave(ticket)

    @property
    def _is_over(self) -> bool:
        """Whether the act was refused and cannot be tried again, so that its words need another place."""
        return self.refusal is not None and not self.desk.offer.has(self.action.name)

    def post(self, request, *args, **kwargs):
        if "keep_as_note" in request.POST:
            return self._keep_as_note()
        if "look" in request.POST and self._suggests:
            return self._look_again()
        return super().post(request, *args, **kwargs)

    @property
    def _suggests(self) -> bool:
        """Whether the form shows what was found before: where a cause is looked for (S6)."""
        return self.action.act is Step.DIAGNOSE

    def _look_again(self):
        """Look for solved tickets and articles with the words as they stand now; nothing is saved.

        A script gets the list alone. Without one the form comes back as it was, files kept, and no complaint.
        """
        typed = "\n".join(self.request.POST.get(name, "") for name in ("symptoms", "cause"))
        self.suggestions = Suggestions(self.object, self.request.user, plain_text(typed)[:MAX_TEXT])
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            part = render(self.request, self.suggestions_template_name, {"suggestions": self.suggestions})
            part.is_no_look = True
            return part
        form = self.get_form()
        form.full_clean()
        form.keep_files()
        # Shown as it was sent; whoever only wanted to look is told of files that failed and of nothing else.
        files = dict(form.file_fields())
        form._errors = ErrorDict((name, told) for name, told in form.errors.items() if name in files)
        return self.render_to_response(self.get_context_data(form=form))

    def _keep_as_note(self):
        """Save what was typed into a form that came too late as an internal note: one press, nothing lost."""
        form = self.get_form()
        form.full_clean()
        words = form.in_words()
        try:
            if words:
                key = form.cleaned_data["key"].hex if "key" in form.cleaned_data else None
                conversation.note_ticket(self.object.pk, by=self.request.user, note=words, key=key)
                messages.success(self.request, _("What you typed was saved as an internal note."))
        except NotPermitted:
            raise PermissionDenied from None
        return redirect(self.ticket_url)

    def form_invalid(self, form):
        if self._was_taken(form):
            return self._leave(self.object)
        form.keep_files()
        messages.validation_error(self.request, _("Not saved yet: please correct what is marked."), form)
        return super().form_invalid(form)

    def _was_taken(self, form) -> bool:
        """Whether this very form was sent before: the second of two clicks finds its kept files gone."""
        key = form.cleaned_data.get("key")
        return key is not None and self.object.events.filter(key=key.hex).exists()

    def _refuse(self, form, refused):
        """Show the form again, with what was typed and the ticket as it is now."""
        form.keep_files()
        self.refusal = refusals.explain(refused, self.object)
        seen = _as_number(form.data.get("seen"))
        version = form.cleaned_data["version"]
        self.conflict = conflicts.since(self.object, self.request.user, version=version, seen=seen)
        self.object = self.get_object()
        self.__dict__.pop("desk", None)
        # The officer has now been told what changed; pressing again is a decision about the new state.
        form.data = form.data.copy()
        form.data["version"] = self.object.version
        messages.error(self.request, self.refusal.in_one_line)
        return self.render_to_response(self.get_context_data(form=form))

    def _leave(self, ticket: Ticket):
        done = labels.ACT_JUST_DONE[self.action.act]
        messages.success(self.request, _("%(number)s: %(done)s.") % {"number": ticket.number, "done": done})
        if may_see(self.request.user, ticket):
            return redirect(self.ticket_url)
        messages.info(self.request, _("%(number)s is confidential now.") % {"number": ticket.number})
        return redirect(self.index_url_name)

    # --- The screen ------------------------------------------------------------------------------------

    def get_page_title(self):
        return self.action.verb

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "action": self.action,
            "action_url": self.act_url(self.action.name),
            "ticket_url": self.ticket_url,
            "submit_button_label": self.action.verb,
            "refusal": self.refusal,
            "conflict": self.conflict,
            "seen": self.desk.newest,
            "can_keep_as_note": self._is_over and self.desk.offer.has("note"),
            "lacking": self._lacking(),
            "deadline": self._deadline(),
            "urgencies": labels.URGENCY.values(),
            "disposition": self.object.dispositions.select_related("event").last(),
            "matrix": matrix_rows() if self.action.act is Step.TRIAGE else None,
            "status": labels.STATUS_FOR_STAFF[self.object.state],
            "suggestions": self._suggestions(),
            "media": context["media"] + context["form"].media,
        }

    def _suggestions(self) -> Suggestions | None:
        if self.suggestions is None and self._suggests:
            self.suggestions = Suggestions(self.object, self.request.user)
        return self.suggestions

    def _lacking(self) -> list[str]:
        """What the act will be refused for, or what is good to know before it: told before anybody types."""
        if self.refusal and self.refusal.missing:
            return self.refusal.missing
        if self.action.act is Step.CLOSE:
            return words.missing_in_words(missing_to_close(self.object))
        if self.action.act in {Step.TRIAGE, Step.DISPOSE}:
            return words.missing_in_words(*missing_documents(self.object))
        return []

    def _deadline(self):
        """The date that the act sets or waits for: what it means, and when."""
        if self.action.act is Step.CLOSE and Missing.CONFIRMATION in missing_to_close(self.object):
            return _("Without an answer the ticket may be closed after:"), sla_clock.confirmation_deadline(
                self.object
            )
        return None


def _as_number(typed) -> int | None:
    """The number in a hidden field, None for anything else that may stand there."""
    fits = isinstance(typed, str) and typed.isascii() and typed.isdigit() and len(typed) < 19
    return int(typed) if fits else None


def matrix_rows() -> list[tuple]:
    """The agency's priority matrix for reading: impact with its priorities by urgency. One query."""
    cells = sla_clock.matrix()
    return [
        (labels.IMPACT[impact], [labels.PRIORITY[cells[impact, urgency]] for urgency in labels.URGENCY])
        for impact in labels.IMPACT
    ]
