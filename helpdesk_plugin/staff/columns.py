"""Columns of the ticket list."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn

from helpdesk_plugin import labels
from helpdesk_plugin.staff.due import due_of
from helpdesk_plugin.staff.my_work import MyWork

CELLS = "helpdesk_plugin/staff/cells"


class NumberTitleColumn(TitleColumn):
    """Number and summary, one link; what is confidential says so."""

    cell_template_name = f"{CELLS}/ticket.html"


class PriorityColumn(Column):
    cell_template_name = f"{CELLS}/priority.html"


class StatusColumn(BaseColumn):
    """Status, SOP step and who holds the ticket."""

    cell_template_name = f"{CELLS}/status.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"status": labels.STATUS_FOR_STAFF[instance.state]}


class DueColumn(BaseColumn):
    """The deadline that counts now, for all lines by the same calendar and at the same moment."""

    cell_template_name = f"{CELLS}/due.html"

    def __init__(self, *args, work: MyWork, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self._hours = work.now, SimpleLazyObject(lambda: work.hours)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"due": due_of(instance, self.now, self._hours)}


def ticket_columns(get_url, work: MyWork) -> list[BaseColumn]:
    """The columns of one request for the list."""
    return [
        NumberTitleColumn(
            "number",
            label=_("Ticket"),
            get_url=get_url,
            get_title_id=lambda ticket: f"snippet_{ticket.pk}_title",
            sort_key="number",
        ),
        Column(
            "opd", label=_("Agency (OPD)"), accessor="opd.short_name", sort_key="opd", classname="hd-wide"
        ),
        Column(
            "service", label=_("Service"), accessor="service.name", sort_key="service", classname="hd-wide"
        ),
        PriorityColumn("priority", label=_("Priority"), sort_key="priority"),
        StatusColumn("status", label=_("Status and desk"), sort_key="status"),
        DueColumn("due", label=_("Deadline"), sort_key="recovery_due_at", work=work),
    ]
