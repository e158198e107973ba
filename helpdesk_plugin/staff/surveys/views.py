"""The page of a period, and what is done with it: open, invite, end, export."""

from decimal import Decimal

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from helpdesk_plugin import clock, conf, labels, survey_files
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.ikm import ENOUGH, FEWEST, MOST_SCORE
from helpdesk_plugin.models import (
    AgencyProfile,
    HelpDeskSettings,
    SurveyElement,
    SurveyPeriod,
    SurveyResponse,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services import service_surveys
from helpdesk_plugin.services.service_surveys import ElementsMissing, NotADraft, NotOpen
from helpdesk_plugin.staff.standards.media import standards_media
from helpdesk_plugin.staff.surveys.words import EXPORT_ACTION, INVITE_ACTION, days_of, standing_of
from helpdesk_plugin.survey_results import PeriodResult, elements_of, result_of

#: Whoever may see the list may read; these are the rights that let anybody see it.
READING = ["add", "change", "delete", "view"]
EXPORT = "helpdesk_plugin.export_surveyperiod"
TEMPLATES = "helpdesk_plugin/staff/surveys"
MOST_SUGGESTIONS = 200


class _OnePeriodMixin(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A screen of one period, for those who may see the list."""

    model = SurveyPeriod
    permission_policy = None
    any_permission_required = READING
    index_url_name = None
    inspect_url_name = None
    edit_url_name = None
    history_url_name = None
    open_url_name = None
    invite_url_name = None
    close_url_name = None
    raw_url_name = None
    worksheet_url_name = None
    header_icon = "form"

    @cached_property
    def page_url(self) -> str:
        return self.url_of("inspect")

    def url_of(self, name: str) -> str:
        """Address of a screen of this period."""
        return reverse(getattr(self, f"{name}_url_name"), args=[quote(self.object.pk)])

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        listing = {
            "url": reverse(self.index_url_name),
            "label": capfirst(SurveyPeriod._meta.verbose_name_plural),
        }
        return [*self.breadcrumbs_items, listing, *self.trail()]

    def trail(self) -> list[dict]:
        """Breadcrumbs below the list."""
        return [
            {"url": self.page_url, "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "media": standards_media(),
            "period": self.object,
            "page_url": self.page_url,
        }


class PeriodView(_OnePeriodMixin, TemplateView):
    """A period for reading: how it stands, what it came to so far, and what may be done next."""

    template_name = f"{TEMPLATES}/period.html"

    def get_page_title(self):
        return str(self.object)

    def get_page_subtitle(self):
        return days_of(self.object)

    def trail(self):
        return [{"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs):
        period, user = self.object, self.request.user
        is_open = period.is_open_on(agency_date(clock.now()))
        urls = {
            f"{name}_url": self.url_of(name)
            for name in ("edit", "history", "open", "invite", "close", "raw", "worksheet")
        }
        return (
            super().get_context_data(**kwargs)
            | urls
            | {
                "standing": standing_of(period),
                "is_open": is_open,
                "may_change": holds(user, service_surveys.MANAGE),
                "may_export": holds(user, EXPORT),
                "open_link": conf.public_address(reverse("helpdesk:ikm_open", args=[period.open_code]))
                if period.open_link and is_open
                else "",
                **(_drafted() if period.is_draft else _told(result_of(period))),
            }
        )


def _drafted() -> dict:
    elements = SurveyElement.objects.all()
    return {"questions": [element.as_asked for element in elements]}


def _told(result: PeriodResult) -> dict:
    """What a period came to, in words and with bars."""
    index = result.index
    suggestions = SurveyResponse.objects.filter(period=result.period).exclude(suggestion="")
    return {
        "result": result,
        "index": index,
        "grade": labels.IKM_GRADE[index.grade] if index.grade else "",
        "enough": ENOUGH,
        "fewest": FEWEST,
        "elements": [(one, _share(one.nrr)) for one in elements_of(result)],
        "weakest": {one.code for one in index.weakest} if index.value is not None else set(),
        "groups": (
            (_("By agency (OPD)"), _("Agency (OPD)"), _rows(result.by_opd)),
            (_("By service"), _("Service"), _rows(result.by_service)),
        ),
        # In the order of their random keys: the newest would lead to whoever answered just now.
        "suggestions": list(
            suggestions.order_by("pk").values_list("suggestion", flat=True)[:MOST_SUGGESTIONS]
        ),
    }


def _others(groups: int) -> str:
    told = ngettext("%(n)d other with too few answers", "%(n)d others with too few answers", groups)
    return told % {"n": groups}


def _rows(groups) -> list[dict]:
    return [
        {
            "name": group.name or _others(group.groups),
            "index": group.index,
            "is_told": group.is_told,
            "grade": labels.IKM_GRADE[group.index.grade] if group.index.grade else "",
            "share": _share(group.index.value, Decimal(100)),
        }
        for group in groups
    ]


def _share(figure: Decimal | None, whole: Decimal = Decimal(MOST_SCORE)) -> str:
    """The length of a bar in percent, as an attribute of a drawing wants it: with a point."""
    return "0" if figure is None else f"{figure * 100 / whole:.1f}"


class _DeedView(_OnePeriodMixin, TemplateView):
    """Asks, then does something with a period, for those who may change periods."""

    template_name = f"{TEMPLATES}/deed.html"
    permission_required = "change"
    explanation = ""
    is_destructive = False
    is_needed = True

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, service_surveys.MANAGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            self.do()
        except NotADraft:
            messages.warning(request, _("This survey has been opened already; nothing was changed."))
        except NotOpen:
            messages.warning(request, _("This survey takes no answers now; nothing was changed."))
        except ElementsMissing:
            messages.error(
                request,
                _("The nine elements are not all there. Whoever runs the server adds them with "
                  "“manage.py setup_helpdesk”."),
            )  # fmt: skip
        return redirect(self.page_url)

    def do(self) -> None:
        raise NotImplementedError

    def explain(self) -> str:
        """What the press does, in a sentence or two."""
        return str(self.explanation)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": self.explain(),
            "is_destructive": self.is_destructive,
            "is_needed": self.is_needed,
            "verb": self.page_title,
        }


class OpenView(_DeedView):
    page_title = gettext_lazy("Open the survey")
    explanation = gettext_lazy(
        "From now on answers are taken, until the last day that was set. The questions are kept as they are "
        "worded today, and the days that are asked about cannot be changed any more. Nobody is written to "
        "yet."
    )

    def do(self):
        service_surveys.open_period(self.object, by=self.request.user)
        messages.success(self.request, _("The survey is open. Now invite those who shall answer."))


class InviteView(_DeedView):
    page_title = gettext_lazy("Send invitations")

    def explain(self):
        people = service_surveys.people_to_invite(self.object)
        known = set(self.object.invitations.values_list("email", flat=True))
        fresh = len(people.keys() - known)
        self.is_needed = fresh > 0
        if not fresh:
            return _("There is nobody left to invite: everybody has been written to.")
        told = ngettext(
            "%(n)d person is written to: contacts (PIC) in office, and who filed a request in these days.",
            "%(n)d people are written to: contacts (PIC) in office, and who filed a request in these days.",
            fresh,
        ) % {"n": fresh}
        who = _("Each gets one mail with a link of their own. Who was written to before is left in peace.")
        return " ".join(filter(None, (told, who, _about_reminders())))

    def do(self):
        done = service_surveys.invite(self.object, by=self.request.user)
        if not done.now:
            messages.info(self.request, _("There is nobody left to invite; no mail was sent."))
            return
        log(self.object, INVITE_ACTION, user=self.request.user, data={"invited": done.now})
        told = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", done.now)
        messages.success(self.request, told % {"n": done.now})


def _about_reminders() -> str:
    days = HelpDeskSettings.load().survey_reminder_days
    told = ngettext(
        "Who has not answered %(n)d working day later is reminded, once.",
        "Who has not answered %(n)d working days later is reminded, once.",
        days,
    )
    return told % {"n": days} if days else ""


class CloseView(_DeedView):
    page_title = gettext_lazy("End the survey now")
    is_destructive = True
    explanation = gettext_lazy(
        "No more answers are taken, and the result is final; it cannot be opened again. If it is to be "
        "published, it appears on the pages of the catalogue."
    )

    def do(self):
        service_surveys.close_period(self.object, by=self.request.user)
        messages.success(self.request, _("The survey has ended."))


class _FileView(_OnePeriodMixin, View):
    """A file of a period's answers, for those who may export; logged each time."""

    def get(self, request, *args, **kwargs):
        if not holds(request.user, EXPORT):
            raise PermissionDenied
        if self.object.is_draft:
            messages.info(request, _("This survey has not been opened yet; there are no answers."))
            return redirect(self.page_url)
        stem, content = self.content()
        name = f"{stem}-{slugify(self.object.title) or self.object.pk}.csv"
        log(self.object, EXPORT_ACTION, user=request.user, data={"file": name})
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response

    def content(self) -> tuple[str, str]:
        """The beginning of the file's name, and the file."""
        raise NotImplementedError


class RawView(_FileView):
    """The answers for whoever wants to work the index out again; ``?by=service`` with services."""

    def content(self):
        by = self.request.GET.get("by", "")
        group = by if by in survey_files.GROUPS else "opd"
        return f"jawaban-skm-{survey_files.GROUPS[group][0]}", survey_files.raw_answers(self.object, group)


class WorksheetView(_FileView):
    """The worksheet for the regency's e-SKM."""

    def content(self):
        return "e-skm", survey_files.worksheet(self.object, AgencyProfile.load().name)
