"""The ticket list as a spreadsheet: what the list shows, without contact data, inert, bounded, logged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.models import Ticket
from helpdesk_plugin.people import name_of
from helpdesk_plugin.spreadsheets import inert_cell, local_naive, plain_cell

__all__ = ["COLUMNS", "MAX_ROWS", "ExportColumn", "inert_cell", "local_naive", "plain_cell", "row_of"]

#: More rows would hold a worker for half a minute; who needs more narrows the list by date.
MAX_ROWS = 20_000


@dataclass(frozen=True)
class ExportColumn:
    heading: Any
    value: Callable[[Ticket], Any]


#: Name → heading and value. No telephone, no email address, no civil servant number.
COLUMNS: dict[str, ExportColumn] = {
    "number": ExportColumn(_("Ticket number"), lambda t: t.number),
    "submitted_at": ExportColumn(_("Submitted"), lambda t: t.submitted_at),
    "opd": ExportColumn(_("Agency (OPD)"), lambda t: t.opd.name),
    "requester": ExportColumn(_("Requester"), lambda t: t.requester_name),
    "unit": ExportColumn(_("Unit and location"), lambda t: t.requester_unit),
    "channel": ExportColumn(_("Channel"), lambda t: t.get_channel_display()),
    "kind": ExportColumn(_("Kind"), lambda t: t.get_kind_display()),
    "service": ExportColumn(_("Service"), lambda t: t.service.name),
    "summary": ExportColumn(_("Summary"), lambda t: t.summary),
    "priority": ExportColumn(_("Priority"), lambda t: t.get_priority_display()),
    "impact": ExportColumn(_("Impact"), lambda t: t.get_impact_display() if t.impact else ""),
    "urgency": ExportColumn(_("Urgency"), lambda t: t.get_urgency_display() if t.urgency else ""),
    "security": ExportColumn(_("Information security"), lambda t: str(_("Yes")) if t.security_flag else ""),
    "status": ExportColumn(_("Status"), lambda t: str(labels.STATUS_FOR_STAFF[t.state])),
    "step": ExportColumn(_("SOP step"), lambda t: t.sop_position),
    "holder": ExportColumn(_("Lies with"), lambda t: t.holder_names),
    "officer": ExportColumn(_("Officer"), lambda t: name_of(t.assignee) if t.assignee else ""),
    "verdict": ExportColumn(_("Verified as"), lambda t: t.get_verdict_display()),
    "response_due_at": ExportColumn(_("Respond by"), lambda t: t.response_due_at),
    "first_response_at": ExportColumn(_("First response"), lambda t: t.first_response_at),
    "recovery_due_at": ExportColumn(_("Recover by"), lambda t: t.recovery_due_at),
    "resolved_at": ExportColumn(_("Handled"), lambda t: t.resolved_at),
    "closed_at": ExportColumn(_("Closed"), lambda t: t.closed_at),
    "closed_how": ExportColumn(_("Closed how"), lambda t: t.get_closed_how_display()),
}


def row_of(ticket: Ticket) -> dict[str, Any]:
    """One line of the spreadsheet."""
    return {name: column.value(ticket) for name, column in COLUMNS.items()}
