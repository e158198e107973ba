"""When the agency works: regimes with their windows, and single days with hours of their own."""

from datetime import time
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.views.snippets import DeleteView

from helpdesk_plugin.models import SpecialDay, WorkingRegime
from helpdesk_plugin.staff.calendar_notices import notices_for
from helpdesk_plugin.staff.reference import (
    ConfirmedColumn,
    ProposedPanel,
    ReferenceIndexView,
    ReferenceViewSet,
)


class WindowsFormSet(BaseChildFormSet):
    """Stretches of working time. Two that overlap would stop the clock of every ticket."""

    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        spans = sorted(
            (row.get("weekday", 0), row["opens"], row["closes"])
            for row in rows
            if not row.get("DELETE") and {"opens", "closes"} <= row.keys()
        )
        for (day, _opens, closes), (next_day, opens, _closes) in pairwise(spans):
            # A stretch that closes at 00.00 lasts until midnight.
            if day == next_day and (opens < closes or closes == time(0)):
                raise ValidationError(_("Two stretches of working time on the same day overlap."))
        self.check_count(len(spans))

    def check_count(self, count: int) -> None:
        """Any number of stretches will do."""


class RegimeWindowsFormSet(WindowsFormSet):
    def check_count(self, count):
        if not count:
            raise ValidationError(_("Give at least one stretch of working time."))


class WindowsPanel(InlinePanel):
    """Working windows, judged together by ``formset``."""

    def __init__(self, *args, formset: type[WindowsFormSet], **kwargs):
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self):
        return super().clone_kwargs() | {"formset": self.formset}

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        return options


class RegimeDeleteView(DeleteView):
    """Seasons come and go; without permanent hours no deadline could be computed."""

    def dispatch(self, request, *args, **kwargs):
        others = WorkingRegime.objects.exclude(pk=self.object.pk)
        is_last = not others.filter(first_day=None, last_day=None).exists()
        if is_last and self.user_has_permission("delete"):
            messages.error(request, gettext("These are the last permanent hours. Every deadline needs them."))
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class CalendarIndexView(ReferenceIndexView):
    """A list of the calendar, with what a change of it asks."""

    template_name = "helpdesk_plugin/staff/calendar_index.html"

    def get_context_data(self, *args, **kwargs):
        notices = notices_for(self.request.user)
        return super().get_context_data(*args, **kwargs) | {"calendar_notices": notices}


class CalendarViewSet(ReferenceViewSet):
    index_view_class = CalendarIndexView
    index_template_name = CalendarIndexView.template_name


class WorkingRegimeViewSet(CalendarViewSet):
    model = WorkingRegime
    icon = "time"
    menu_label = _("Working hours")
    url_namespace = "helpdesk_working_hours"
    url_prefix = "helpdesk/working-hours"
    delete_view_class = RegimeDeleteView
    list_display = ["name", "first_day", "last_day", "rank", ConfirmedColumn()]
    panels = [
        ProposedPanel(),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("rank"), FieldPanel("closed_on_holidays")]),
        FieldPanel("confirmed"),
        WindowsPanel(
            "windows",
            formset=RegimeWindowsFormSet,
            label=_("Working window"),
            min_num=1,
            panels=[FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])],
        ),
    ]


class SpecialDayViewSet(CalendarViewSet):
    """Half days, local closures, work on a holiday."""

    model = SpecialDay
    icon = "calendar-check"
    menu_label = _("Special days")
    url_namespace = "helpdesk_special_days"
    url_prefix = "helpdesk/special-days"
    list_display = ["name", "day"]
    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("name")]),
        WindowsPanel(
            "windows",
            formset=WindowsFormSet,
            label=_("Working window"),
            help_text=_("None: closed all day."),
            panels=[FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")])],
        ),
    ]


VIEWSETS = (WorkingRegimeViewSet, SpecialDayViewSet)
