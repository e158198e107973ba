"""Public pages without any ticket: catalogue, standard of each service, SOP, privacy notice."""

from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin import calendars, clock, sla_clock
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.priorities import Impact, Priority, Urgency, priority_of
from helpdesk_plugin.models import (
    AgencyProfile,
    HelpDeskSettings,
    PriorityTarget,
    RetentionRule,
    Service,
    SopVersion,
    StepStandard,
    TicketKind,
    WorkingRegime,
)
from helpdesk_plugin.portal import figures, wording
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.services_list import grouped_services, matching

#: Letters of a search that are looked at.
LONGEST_QUERY = 100
#: The step whose output is what a service delivers, unless the service names its product.
_RECOVERY = "S7"


@portal_view(private=False)
def catalogue(request):
    """/katalog/?cari=: what the agency offers, by words if there are any, and the figures of the month."""
    query = plain_line(request.GET.get("cari", ""))[:LONGEST_QUERY]
    offered = grouped_services(documents=True)
    context = {
        "query": query,
        "groups": matching(offered, query) if query else offered,
        "offers_any": bool(offered),
        "months": figures.months(),
        "small": figures.SMALL,
        "satisfaction": figures.satisfaction(),
    }
    return show(request, "catalogue.html", context)


@portal_view(private=False)
def service_standard(request, code):
    """/katalog/<code>/: the public standard of one service, from what stands in the admin today."""
    offered = Service.objects.offered().prefetch_related("documents")
    service = offered.filter(code=plain_line(code)[:16]).first()
    if service is None:
        return show(request, "standard_unknown.html", status=404)
    version = SopVersion.objects.in_force(calendars.agency_date(clock.now()))
    steps = list(version.steps.all()) if version else []
    usual = _usual_priority(service)
    promises = [_promise(service, target, usual) for target in PriorityTarget.objects.all()]
    context = {
        "service": service,
        "letter_with_incident": service.letter_required(TicketKind.INCIDENT),
        "letter_with_request": service.letter_required(TicketKind.REQUEST),
        "steps": [(step, step.minutes_for(usual)) for step in steps],
        "version": version,
        "promises": promises,
        "product": service.product or _output_of(steps),
        "reality": figures.Reality() if service.is_security else figures.reality_of(service),
        "enough": figures.ENOUGH,
        "days": figures.DAYS,
        "satisfaction": figures.satisfaction(),
        "has_proposed": _any_proposed(service, *steps, *(promise.target for promise in promises)),
    }
    return show(request, "standard.html", context)


@dataclass(frozen=True)
class Promise:
    """What a priority promises of one service; ``usual`` marks the priority that its tickets usually get."""

    target: PriorityTarget
    recovery_minutes: int
    usual: bool


def _promise(service: Service, target: PriorityTarget, usual: Priority) -> Promise:
    recovery = service.recovery_minutes or target.recovery_minutes
    return Promise(target, recovery, target.priority == usual.value)


def _usual_priority(service: Service) -> Priority:
    """The priority of the service's default impact and urgency."""
    impact, urgency = Impact(service.default_impact), Urgency(service.default_urgency)
    return priority_of(impact, urgency, sla_clock.matrix(), security=service.is_security)


def _output_of(steps: list[StepStandard]) -> str:
    return next((step.output for step in steps if step.code == _RECOVERY), "")


def _any_proposed(*rows) -> bool:
    return not all(row.confirmed for row in rows)


@portal_view(private=False)
def privacy(request):
    """/privasi/: the privacy notice as it is configured, its version, and what this site keeps."""
    desk, agency = HelpDeskSettings.load(request), AgencyProfile.load(request)
    # The oldest line of field history with this version tells since when it stands.
    since = desk.history.filter(privacy_version=desk.privacy_version).order_by("history_date").first()
    context = {
        "notice": wording.privacy_notice(desk, agency),
        "version": desk.privacy_version,
        "since": since and since.history_date,
        "retention": wording.retention(desk.retention_months),
        "rules": [(rule, wording.retention(rule.months)) for rule in RetentionRule.in_use()],
        "contact": wording.contact(agency),
    }
    return show(request, "privacy.html", context)


@portal_view(private=False)
def sop(request):
    """/sop/: the version in force, step by step, with targets and working hours."""
    version = SopVersion.objects.in_force(calendars.agency_date(clock.now()))
    steps = list(version.steps.all()) if version else []
    targets, regimes = list(PriorityTarget.objects.all()), WorkingRegime.objects.prefetch_related("windows")
    shown = [*filter(None, [version]), *steps, *targets, *regimes]
    context = {
        "version": version,
        "steps": steps,
        "targets": targets,
        "regimes": [(regime, _week(regime)) for regime in regimes],
        "has_proposed": _any_proposed(*shown),
        "zone": clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).tzname(),
    }
    return show(request, "sop.html", context)


def _week(regime) -> list[tuple[list, list]]:
    """Windows of a week, days with the same hours together: [([days], [windows])]."""
    by_day = defaultdict(list)
    for window in regime.windows.all():
        by_day[window.weekday].append(window)
    week: list[tuple[list, list]] = []
    for day in sorted(by_day):
        hours = [(window.opens, window.closes) for window in by_day[day]]
        if week and week[-1][1] == hours and week[-1][0][-1].weekday == day - 1:
            week[-1][0].append(by_day[day][0])
        else:
            week.append(([by_day[day][0]], hours))
    return week
