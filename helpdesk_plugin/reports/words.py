"""Words that reports share: names of periods, of dimensions, of ages."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from helpdesk_plugin.domain.figures import AGES
from helpdesk_plugin.domain.periods import Period, PeriodKind
from helpdesk_plugin.labels import Label

NOT_SET: Label = pgettext_lazy("value of a dimension", "Not set yet")

DIMENSION: dict[str, Label] = {
    "kind": gettext_lazy("Kind"),
    "priority": gettext_lazy("Priority"),
    "category": gettext_lazy("Group of services"),
    "service": gettext_lazy("Service"),
    "opd": gettext_lazy("Agency (OPD)"),
    "channel": gettext_lazy("Channel"),
    "verdict": gettext_lazy("Verified as"),
}


def period_name(period: Period) -> str:
    """``November 2026``, ``Triwulan IV 2026``, ``Tahun 2026``, ``1 November 2026 – 15 November 2026``."""
    if period.kind is PeriodKind.MONTH:
        return date_format(period.first, "F Y")
    if period.kind is PeriodKind.QUARTER:
        number = ("I", "II", "III", "IV")[(period.first.month - 1) // 3]
        return _("Quarter %(number)s %(year)d") % {"number": number, "year": period.first.year}
    if period.kind is PeriodKind.YEAR:
        return _("Year %(year)d") % {"year": period.first.year}
    return f"{date_format(period.first, 'j F Y')} – {date_format(period.last, 'j F Y')}"


def age_name(days: int) -> str:
    """``up to 3 days``; 0 stands for more than the last of `AGES`."""
    if not days:
        return _("more than %(days)d days") % {"days": AGES[-1]}
    return ngettext("up to %(days)d day", "up to %(days)d days", days) % {"days": days}
