"""After a change of the calendar: which deadlines would move, and moving those that an officer ticks."""

import re
import uuid

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.domain.working_calendar import NoWorkingTime
from helpdesk_plugin.models.typed import storable
from helpdesk_plugin.permissions import may_take
from helpdesk_plugin.services import calendar_changes
from helpdesk_plugin.services.calendar_changes import LIMIT, Move, Outcome, Question
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.staff import refusals
from helpdesk_plugin.staff.forms.fields import paragraphs
from helpdesk_plugin.staff.views.listing import staff_media

#: A tick names the ticket and the version of it that the officer was shown.
_TICK = re.compile(r"(\d{1,18})-(\d{1,9})", re.ASCII)


class TicksField(forms.Field):
    """Ticked tickets; cleans to their ids with the versions that were shown."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": gettext_lazy("Tick at least one ticket."),
        "too_many": gettext_lazy("At most %(limit)d tickets are counted again at once. Tick fewer."),
    }

    def to_python(self, value) -> dict[int, int]:
        found = [_TICK.fullmatch(tick) for tick in value or ()]
        ticked = {int(one[1]): int(one[2]) for one in found if one}
        if len(ticked) > LIMIT:
            too_many = self.error_messages["too_many"] % {"limit": LIMIT}
            raise forms.ValidationError(too_many, code="too_many")
        return ticked


class RecountingForm(forms.Form):
    """``calendar`` is the fingerprint of the calendar that the page was worked out with."""

    tickets = TicksField()
    note = paragraphs(
        gettext_lazy("Why are the deadlines counted again?"),
        help_text=gettext_lazy("It goes into the ledger of each ticket."),
        error_messages={"required": gettext_lazy("Give the reason in words.")},
    )
    calendar = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = forms.UUIDField(widget=forms.HiddenInput)


class RecountingView(WagtailAdminTemplateMixin, TemplateView):
    """Asks before a changed calendar moves a deadline. Nothing moves that is not ticked."""

    page_title = gettext_lazy("Deadlines after a change of the calendar")
    header_icon = "calendar-alt"
    template_name = "helpdesk_plugin/staff/recounting.html"
    report_template_name = "helpdesk_plugin/staff/recounting_report.html"
    http_method_names = ("get", "head", "post")

    def dispatch(self, request, *args, **kwargs):
        if not may_take(request.user, Remark.RECOUNT, None):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        seen = request.POST.get("calendar")
        if seen != self.question.present.digest:
            messages.error(
                request, _("The calendar has changed again meanwhile. Nothing was done; look again.")
            )
            return self._show(note=request.POST.get("note", ""))
        if "leave" in request.POST:
            return self._leave()
        form = RecountingForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing has been counted again yet: please correct what is marked."))
            return self._show(form=form)
        return self._recount(form.cleaned_data)

    # --- What is done ----------------------------------------------------------------------------------

    def _leave(self):
        calendar_changes.leave_as_they_are(by=self.request.user)
        messages.success(
            self.request,
            _("These tickets keep their deadlines. You are asked again when the calendar changes again."),
        )
        return redirect("wagtailadmin_home")

    def _recount(self, given: dict):
        outcomes = calendar_changes.recount_chosen(
            given["tickets"], by=self.request.user, note=given["note"], key=given["key"].hex
        )
        self.template_name = self.report_template_name
        context = {
            "outcomes": [(outcome, _why_not(outcome)) for outcome in outcomes],
            "done": sum(outcome.refused is None for outcome in outcomes),
            "unknown": len(given["tickets"]) - len(outcomes),
        }
        return self.render_to_response(self.get_context_data(**context))

    # --- The screen ------------------------------------------------------------------------------------

    @cached_property
    def question(self) -> Question:
        return calendar_changes.question_for(self.request.user)

    def get(self, request, *args, **kwargs):
        return self._show()

    def _show(self, form: RecountingForm | None = None, note: str = ""):
        page = Paginator(self.question.touched, LIMIT).get_page(self.request.GET.get("p"))
        moves, problem = self._moves(page.object_list)
        ticked = form.data.getlist("tickets") if form else []
        if self.request.GET.get("tick") == "all" and form is None:
            ticked = [tick_of(move) for move in moves]
        context = {
            "form": form or self._fresh_form(note),
            "rows": [(move, tick_of(move), tick_of(move) in ticked) for move in moves],
            "unmoved": len(page.object_list) - len(moves),
            "page": page,
            "question": self.question,
            "limit": LIMIT,
            "problem": problem,
        }
        return self.render_to_response(self.get_context_data(**context))

    def _moves(self, ids) -> tuple[list[Move], str]:
        try:
            found = calendar_changes.moves_of(ids, self.question.present)
        except NoWorkingTime:
            return [], _(
                "The calendar holds too little working time for these deadlines. Check the working hours."
            )
        return [move for move in found if move], ""

    def _fresh_form(self, note: str) -> RecountingForm:
        digest = self.question.present.digest
        return RecountingForm(initial={"calendar": digest, "key": uuid.uuid4(), "note": storable(note)})

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"media": staff_media()}


def tick_of(move: Move) -> str:
    """The value of a ticket's tick: its id and the version that is shown."""
    return f"{move.ticket.pk}-{move.ticket.version}"


def _why_not(outcome: Outcome) -> str:
    """Why a ticket was not counted again, as a sentence; empty when it was."""
    refused = outcome.refused
    if refused is None:
        return ""
    if isinstance(refused, NotPermitted):
        return _("You may not do this with this ticket.")
    if isinstance(refused, NoWorkingTime):
        return _("The calendar holds too little working time for what this ticket was promised.")
    if isinstance(refused, DatabaseError):
        return _("It could not be saved just now. Try this ticket again.")
    return refusals.explain(refused, outcome.ticket).in_one_line
