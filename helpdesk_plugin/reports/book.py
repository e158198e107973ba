"""The register (buku register): every ticket with the columns that the SOP asks for (sop.md §5).

No telephone, no address, no civil servant number. What the requester wrote at length stays on the ticket.
"""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from helpdesk_plugin import labels
from helpdesk_plugin.cleaning import RowsThatFit
from helpdesk_plugin.models import Category, Channel, Disposition, Opd, Service, Solution, Ticket, TicketKind
from helpdesk_plugin.people import joined_name, name_fields
from helpdesk_plugin.reports.raw import by_key

#: Headings in the order of the SOP's register, after the running number.
HEADINGS = (
    _("Ticket number"),
    _("Submitted"),
    _("Agency (OPD)"),
    _("Requester"),
    _("Channel"),
    _("Kind"),
    _("Group of services"),
    _("Service"),
    _("Summary"),
    _("Priority"),
    _("Disposition"),
    _("Officer"),
    _("First response"),
    _("Handled"),
    _("Status"),
    _("Solution"),
)
_COLUMNS = (
    *("number", "submitted_at", "opd__name", "requester_name", "channel", "kind"),
    *("service__category", "service__name", "summary", "priority", "_disposition"),
    *("first_response_at", "resolved_at", "status", "_solution"),
)


class _Several(django_filters.MultipleChoiceFilter):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class _RowsField(RowsThatFit, django_filters.fields.ModelMultipleChoiceField):
    pass


class _SeveralRows(django_filters.ModelMultipleChoiceFilter):
    field_class = _RowsField

    def __init__(self, **kwargs):
        super().__init__(widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class RegisterFilterSet(WagtailFilterSet):
    """Narrows the book by time of filing, status, agency, service, group, priority and kind."""

    submitted_at = django_filters.DateFromToRangeFilter(label=_("Submitted"), widget=DateRangePickerWidget)
    status = _Several(label=_("Status"), choices=labels.choices(labels.STATUS_FOR_STAFF))
    opd = _SeveralRows(label=_("Agency (OPD)"), queryset=Opd.objects.all())
    service = _SeveralRows(label=_("Service"), queryset=Service.objects.all())
    category = _Several(
        label=_("Group of services"), choices=Category.choices, field_name="service__category"
    )
    priority = _Several(label=_("Priority"), choices=labels.choices(labels.PRIORITY))
    kind = _Several(label=_("Kind"), choices=TicketKind.choices)

    class Meta:
        model = Ticket
        fields: list[str] = []


def book(tickets: QuerySet) -> QuerySet:
    """Tickets with what the register shows besides their own row."""
    given = Disposition.objects.filter(ticket=OuterRef("pk")).order_by("-at", "-id").values("note")[:1]
    done = Solution.objects.filter(ticket=OuterRef("pk")).order_by("-at", "-id").values("action")[:1]
    return tickets.annotate(
        _disposition=Coalesce(Subquery(given), Value(""), output_field=TextField()),
        _solution=Coalesce(Subquery(done), Value(""), output_field=TextField()),
    )


def lines(tickets: QuerySet) -> Iterator[list[list[Any]]]:
    """The book in batches, in the order of the tickets' keys, each line in the order of `HEADINGS`."""
    officer = [f"assignee__{name}" for name in name_fields()]
    for batch in by_key(book(tickets).order_by().values_list("pk", *_COLUMNS, *officer)):
        yield [_line(row[1:]) for row in batch]


def _line(row: tuple) -> list[Any]:
    (number, filed, opd, requester, channel, kind, category, service, summary, priority, disposition) = row[
        :11
    ]
    answered, handled, status, solution, *officer = row[11:]
    words = (_word(Channel, channel), _word(TicketKind, kind), _word(Category, category))
    told = (str(_PRIORITIES.get(priority, priority)), disposition, joined_name(officer))
    return [
        *(number, filed, opd, requester, *words, service, summary, *told),
        *(answered, handled, str(_STATUSES[status]), solution),
    ]


_PRIORITIES = {priority.value: word for priority, word in labels.PRIORITY.items()}
_STATUSES = {status.value: word for status, word in labels.STATUS_FOR_STAFF.items()}


def _word(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value))


#: Columns of `HEADINGS` that hold moments.
MOMENTS = (1, 12, 13)
