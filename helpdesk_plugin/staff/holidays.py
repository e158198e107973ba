"""Importing the holidays of a year: choose or paste, look at what would come, tick, add."""

from datetime import date

from django import forms
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail_modeladmin.views import WMABaseView

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import ParagraphsField, plain_text
from helpdesk_plugin.models import HolidayKind
from helpdesk_plugin.services import holiday_import
from helpdesk_plugin.services.holiday_import import FoundDay, PreviewRow
from helpdesk_plugin.staff.holiday_lines import ReadLines, read_lines
from helpdesk_plugin.staff.views.listing import staff_media

IMPORT_ACTION = "import"
MAX_BYTES = 64 * 1024
_MAX_LETTERS = 50_000


def importable_years(today: date) -> range:
    """The years that may be imported: last year, for tickets that still lean on it, to three years ahead."""
    return range(today.year - 1, today.year + 4)


class YearForm(forms.Form):
    """Which year of the national list."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, *args, years: range, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        field.choices = [(year, str(year)) for year in years]
        wrong = _("This year cannot be imported. Choose one from %(first)d to %(last)d.") % {
            "first": years[0],
            "last": years[-1],
        }
        field.error_messages |= {"invalid_choice": wrong, "required": wrong}


class LinesForm(forms.Form):
    """Lines of a decree, pasted or as a file."""

    lines = ParagraphsField(
        label=gettext_lazy("Lines of the decree"),
        required=False,
        max_length=_MAX_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One day a line: date;name. Example: 2027-03-10;Cuti bersama Idul Fitri. A third part may name "
            "the kind; without it a name that begins with “Cuti bersama” is joint leave, any other a "
            "national holiday."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 64 KB. Take the lines of one year only."))
        try:
            return plain_text(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This file is no text that can be read. Save it as CSV (UTF-8), or paste the lines.")
            ) from None

    def clean(self):
        cleaned = super().clean()
        cleaned["text"] = "\n".join(part for part in (cleaned.get("lines"), cleaned.get("file")) if part)
        if not cleaned["text"] and not self.errors:
            self.add_error("lines", _("Paste at least one line, or choose a file."))
        return cleaned


class HolidayImportView(WagtailAdminTemplateMixin, WMABaseView):
    """The screen of the import. Nothing is stored before "Add", and what is there already stays as it is."""

    page_title = gettext_lazy("Import holidays")
    header_icon = "calendar-alt"
    template_name = "helpdesk_plugin/staff/holiday_import.html"
    http_method_names = ("get", "head", "post")

    def check_action_permitted(self, user):
        return self.permission_helper.user_can_create(user)

    def get(self, request, *args, **kwargs):
        if "year" not in request.GET:
            return self._show()
        return self._of_year(request.GET)

    def post(self, request, *args, **kwargs):
        if "year" in request.POST:
            return self._of_year(request.POST, store="store" in request.POST)
        return self._of_lines(store="store" in request.POST)

    # --- Where the days come from ----------------------------------------------------------------------

    @cached_property
    def years(self) -> range:
        return importable_years(agency_date(clock.now()))

    def _of_year(self, data, *, store: bool = False):
        form = YearForm(data, years=self.years)
        if not form.is_valid():
            return self._mend(form, year_form=form)
        year = form.cleaned_data["year"]
        found = holiday_import.national_days(year)
        if store:
            return self._store(found, passed_over=True, year_form=form, year=year)
        return self._show(found, year_form=form, year=year)

    def _of_lines(self, *, store: bool):
        form = LinesForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._mend(form, lines_form=form)
        text = form.cleaned_data["text"]
        read = read_lines(text, self.years)
        # The file's lines go on in the box, where a mistake can be mended.
        form = LinesForm(initial={"lines": text})
        if store:
            return self._store(read.days, lines_form=form, text=text, read=read)
        return self._show(read.days, lines_form=form, text=text, read=read)

    # --- What becomes of them --------------------------------------------------------------------------

    def _store(self, found: list[FoundDay], *, passed_over: bool = False, **shown):
        ticked = set(self.request.POST.getlist("day"))
        chosen = [one for one in found if one.day.isoformat() in ticked]
        if not chosen:
            messages.error(self.request, _("No day was ticked, so nothing was added."))
            return self._show(found, **shown)
        added = holiday_import.add_holidays(chosen, by=self.request.user)
        if passed_over:
            holiday_import.settle(one.day for one in found)
        for holiday in added:
            log(holiday, "wagtail.create", user=self.request.user)
        self._tell(len(added), len(chosen) - len(added))
        return redirect(self.index_url)

    def _tell(self, added: int, there: int) -> None:
        if added:
            said = ngettext("%(n)d holiday added.", "%(n)d holidays added.", added)
            messages.success(self.request, said % {"n": added})
        if there:
            stayed = ngettext(
                "%(n)d holiday was there already and stayed as it is.",
                "%(n)d holidays were there already and stayed as they are.",
                there,
            )
            messages.info(self.request, stayed % {"n": there})

    # --- The screen ------------------------------------------------------------------------------------

    @cached_property
    def import_url(self) -> str:
        return self.url_helper.get_action_url(IMPORT_ACTION)

    def get_breadcrumbs_items(self):
        holidays = {"url": self.index_url, "label": capfirst(self.opts.verbose_name_plural)}
        return [*self.breadcrumbs_items, holidays, {"url": "", "label": self.get_page_title()}]

    def _mend(self, form, **shown):
        messages.validation_error(self.request, _("No preview yet: please correct what is marked."), form)
        return self._show(**shown)

    def _show(self, found: list[FoundDay] | None = None, **shown):
        rows = None if found is None else holiday_import.compare(found)
        return self.render_to_response(self.get_context_data(rows=rows, **shown))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows: list[PreviewRow] | None = context.get("rows")
        next_year = self.years[2]
        return {
            "year_form": YearForm(initial={"year": next_year}, years=self.years),
            "lines_form": LinesForm(),
            "read": ReadLines(),
            **context,
            "media": staff_media(),
            "new_rows": sum(row.is_new for row in rows or ()),
            "estimates": any(row.found.estimated for row in rows or ()),
            "lacks_leave": "year" in context
            and not any(row.found.kind is HolidayKind.JOINT_LEAVE for row in rows or ()),
        }
