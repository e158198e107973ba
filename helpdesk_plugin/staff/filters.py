"""The filters of the ticket list. Each narrows what the policy lets through; none widens it."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, MultipleUserFilter, WagtailFilterSet

from helpdesk_plugin import clock, labels
from helpdesk_plugin.cleaning import RowsThatFit
from helpdesk_plugin.domain.parties import SOP_STAFF_ROLES, Role
from helpdesk_plugin.domain.statuses import FINAL
from helpdesk_plugin.models import Opd, Service, Ticket, TicketKind
from helpdesk_plugin.people import name_fields
from helpdesk_plugin.staff.my_work import NAMES, Heap, MyWork


class _Several(django_filters.MultipleChoiceFilter):
    """Any of several values. Never DISTINCT: no filter here can match a ticket twice, and it costs dearly."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class _RowsField(RowsThatFit, django_filters.fields.ModelMultipleChoiceField):
    pass


class _SeveralRows(django_filters.ModelMultipleChoiceFilter):
    field_class = _RowsField

    def __init__(self, **kwargs):
        super().__init__(widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class _OfficersField(RowsThatFit, MultipleUserFilter.field_class):
    pass


class _SeveralOfficers(MultipleUserFilter):
    field_class = _OfficersField


def _officers(request):
    """Officers who have ever led a ticket."""
    leading = Exists(Ticket.objects.filter(assignee=OuterRef("pk")))
    return get_user_model().objects.filter(leading).order_by(*name_fields())


class TicketFilterSet(WagtailFilterSet):
    """The heap comes first: the tabs above the list are links to it."""

    work = django_filters.ChoiceFilter(
        label=_("My work"),
        choices=labels.choices(NAMES),
        empty_label=_("All open"),
        widget=forms.RadioSelect,
        method="filter_work",
    )
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("all", _("All tickets")), ("ended", _("Ended tickets"))],
        empty_label=_("Open tickets"),
        widget=forms.RadioSelect,
        method="filter_show",
    )
    desk = _Several(
        label=_("Lies with"),
        choices=[(role.value, labels.ROLE[role]) for role in (*SOP_STAFF_ROLES, Role.REQUESTER)],
        method="filter_desk",
    )
    status = _Several(label=_("Status"), choices=labels.choices(labels.STATUS_FOR_STAFF))
    priority = _Several(label=_("Priority"), choices=labels.choices(labels.PRIORITY))
    deadline = _Several(
        label=_("Deadline"), choices=[("late", _("Past the deadline"))], method="filter_deadline"
    )
    kind = _Several(label=_("Kind"), choices=TicketKind.choices)
    service = _SeveralRows(label=_("Service"), queryset=Service.objects.all())
    opd = _SeveralRows(label=_("Agency (OPD)"), queryset=Opd.objects.all())
    assignee = _SeveralOfficers(
        label=_("Officer"), queryset=_officers, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    submitted_at = django_filters.DateFromToRangeFilter(label=_("Submitted"), widget=DateRangePickerWidget)

    class Meta:
        model = Ticket
        fields: list[str] = []

    def __init__(self, *args, my_work: MyWork | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self._my_work = my_work

    def filter_work(self, tickets, name, value):
        """One heap of the officer who looks at the list."""
        my_work = self._my_work or MyWork(self.request.user)
        return tickets.filter(my_work.condition(Heap(value)))

    def filter_show(self, tickets, name, value):
        """Ended tickets alone; "all" leaves the list as it is."""
        return tickets.filter(status__in=[s.value for s in FINAL]) if value == "ended" else tickets

    def filter_desk(self, tickets, name, values):
        return tickets.held_by({Role(value) for value in values}) if values else tickets

    def filter_deadline(self, tickets, name, values):
        return tickets.late(clock.now()) if values else tickets
