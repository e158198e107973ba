"""Public pages without any ticket: the catalogue of services, and the SOP with its targets and hours."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk_plugin import calendars, clock
from helpdesk_plugin.models import PriorityTarget, SopVersion, WorkingRegime
from helpdesk_plugin.portal.pages import portal_view, show
from helpdesk_plugin.portal.services_list import grouped_services


@portal_view(private=False)
def catalogue(request):
    """/katalog/: what the agency offers, and what must come with a request."""
    return show(request, "catalogue.html", {"groups": grouped_services(documents=True)})


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
        "has_proposed": not all(row.confirmed for row in shown),
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
