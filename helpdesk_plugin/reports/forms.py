"""The period of a report, as it is chosen: one of a list, or any days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from helpdesk_plugin.domain.periods import BadPeriod, Period, PeriodKind
from helpdesk_plugin.reports.words import period_name

FREE = "free"
#: How many of each kind the list goes back.
_BACK = {PeriodKind.MONTH: 24, PeriodKind.QUARTER: 8, PeriodKind.YEAR: 5}
_GROUPS = {
    PeriodKind.MONTH: gettext_lazy("Months"),
    PeriodKind.QUARTER: gettext_lazy("Quarters"),
    PeriodKind.YEAR: gettext_lazy("Years"),
}

WHY: dict[str, Any] = {
    "unknown": gettext_lazy("This is no period that a report can be about. Choose one from the list."),
    "reversed": gettext_lazy("The period ends before it begins. Exchange the two dates."),
    "too_long": gettext_lazy("The period is longer than ten years. Choose a shorter one."),
    "out_of_range": gettext_lazy("Reports begin in the year 2000. Choose a later period."),
}


def offered(today: date) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The periods to choose from, the present first, in groups."""
    for kind, count in _BACK.items():
        period, found = Period.of(kind, today), []
        for _number in range(count):
            found.append((period.token, period_name(period)))
            period = period.previous()
        yield str(_GROUPS[kind]), found
    yield str(_("Any days")), [(FREE, str(_("From – until, as below")))]


class PeriodForm(forms.Form):
    """Read from the address; `period` is the answer once it is valid."""

    period = forms.CharField(label=gettext_lazy("Period"), required=False, max_length=40)
    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Until"), required=False, widget=AdminDateInput)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        chosen = (data.get("period") or "").strip()[:40]
        choices = list(offered(today))
        known = {token for _group, rows in choices for token, _name in rows}
        if chosen and chosen not in known:
            choices = [*choices, *_named(chosen)]
        self.fields["period"].widget = forms.Select(choices=choices)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        token = found.get("period") or ""
        try:
            found["chosen"] = self._chosen(token, found.get("first"), found.get("last"))
        except BadPeriod as refused:
            raise forms.ValidationError(WHY[refused.code]) from refused
        return found

    def _chosen(self, token: str, first: date | None, last: date | None) -> Period:
        if token == FREE:
            if first is None or last is None:
                raise forms.ValidationError(_("Give both dates of the period: from and until."))
            return Period.free(first, last)
        return Period.parse(token) if token else Period.of(PeriodKind.MONTH, self.today)

    @property
    def chosen(self) -> Period:
        """The period asked for; this month while what was asked is none."""
        if self.is_valid():
            return self.cleaned_data["chosen"]
        return Period.of(PeriodKind.MONTH, self.today)


def _named(token: str) -> list[tuple[str, str]]:
    """A period of the address that the list does not offer, so that it stays chosen."""
    try:
        return [(token, period_name(Period.parse(token)))]
    except BadPeriod:
        return []
