"""Columns that the lists of the reports share."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from helpdesk_plugin import labels

#: Letters of a summary that a line has room for.
_ROOM = 70


def day(field: str):
    """An accessor that writes a moment as the day that it is at the agency."""

    def written(row) -> str:
        at = getattr(row, field)
        return "–" if at is None else date_format(localtime(at), "j M Y, H.i")

    return written


def number_column(of=lambda row: row, **more) -> TitleColumn:
    """The number of the ticket that a row is or belongs to, as the way to it."""
    return TitleColumn(
        "number",
        label=_("Ticket"),
        accessor=lambda row: of(row).number,
        get_url=lambda row: reverse("helpdesk_tickets:inspect", args=[of(row).pk]),
        classname="hd-number",
        **more,
    )


def ticket_columns(*, sortable: bool = False) -> list[Column]:
    """The columns of a ticket."""

    def sort(key: str) -> dict[str, str]:
        return {"sort_key": key} if sortable else {}

    return [
        number_column(**sort("number")),
        Column("summary", label=_("Summary"), accessor=lambda ticket: Truncator(ticket.summary).chars(_ROOM)),
        Column("submitted_at", label=_("Submitted"), accessor=day("submitted_at"), **sort("submitted_at")),
        Column("opd", label=_("Agency (OPD)"), accessor="opd.short_name", **sort("opd")),
        Column("service", label=_("Service"), accessor="service.name", **sort("service")),
        Column("priority", label=_("Priority"), accessor="get_priority_display", **sort("priority")),
        Column(
            "status",
            label=_("Status"),
            accessor=lambda ticket: labels.STATUS_FOR_STAFF[ticket.state],
            **sort("status"),
        ),
        Column(
            "resolved_at",
            label=_("Handled"),
            accessor=day("resolved_at"),
            classname="hd-wide",
            **sort("resolved_at"),
        ),
    ]
