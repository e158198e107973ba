"""The raw export: every ticket, ledger entry and pass through a step as plain rows, without any person.

From these files alone every figure of the reports can be made again (`bench/recompute_reports.py`). Moments
are ISO 8601 in UTC, durations whole seconds or minutes as the column says, words those of the core. No name,
address, telephone, text that somebody typed or number of a civil servant is in it; a cause is a mark that
stands for its text. docs/reports.md describes each column.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet

from helpdesk_plugin.models import StepRecord, TicketEvent
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.reports import raw_surveys
from helpdesk_plugin.reports.causes import mark_of, with_cause
from helpdesk_plugin.reports.scope import SECURITY, Scope
from helpdesk_plugin.spreadsheets import inert_cell

#: Rows that are read at a time.
BATCH = 2000

Progress = Callable[[int], None]
"""Told now and then how many rows more were written."""


@dataclass(frozen=True)
class Table:
    """One file of the export: its columns and the column of the database behind each."""

    name: str
    columns: dict[str, str]
    rows: Callable[[Scope], QuerySet]


_OF_TICKETS = {
    "number": "number",
    "kind": "kind",
    "channel": "channel",
    "opd": "opd__code",
    "opd_name": "opd__name",
    "service": "service__code",
    "service_name": "service__name",
    "category": "service__category",
    "priority": "priority",
    "verdict": "verdict",
    "security": "security_flag",
    "status": "status",
    "status_since": "status_since",
    "submitted_at": "submitted_at",
    "first_response_at": "first_response_at",
    "response_due_at": "response_due_at",
    "response_outcome": "response_outcome",
    "recovery_due_at": "recovery_due_at",
    "recovery_outcome": "recovery_outcome",
    "working_seconds": "clock_used",
    "resolved_at": "resolved_at",
    "closed_at": "closed_at",
    "closed_how": "closed_how",
    "sop_version": "sop_version__number",
    "cause": "_cause_key",
}
_OF_EVENTS = {
    "number": "ticket__number",
    "entry": "pk",
    "at": "at",
    "act": "act",
    "sop_step": "sop_code",
    "party": "party",
    "role": "role",
    "from_status": "from_status",
    "to_status": "to_status",
    "work_minutes": "work__minutes",
}
_OF_STEPS = {
    "number": "ticket__number",
    "sop_version": "ticket__sop_version__number",
    "sop_step": "code",
    "role": "role",
    "acting_role": "acting_role",
    "entered_at": "entered_at",
    "left_at": "left_at",
    "due_at": "due_at",
    "standard_minutes": "standard_minutes",
    "working_seconds": "worked",
    "completed": "completed",
    "late": "late",
    "reason_given": "late_reason",
}

TABLES: tuple[Table, ...] = (
    Table("tickets.csv", _OF_TICKETS, lambda scope: with_cause(scope.tickets)),
    Table("events.csv", _OF_EVENTS, lambda scope: scope.of_tickets(TicketEvent.objects.all())),
    Table("steps.csv", _OF_STEPS, lambda scope: scope.of_tickets(StepRecord.objects.all())),
)


def rows_in(scope: Scope) -> int:
    """How many rows the export has. Five queries."""
    return sum(table.rows(scope).order_by().count() for table in TABLES) + raw_surveys.rows()


def write(file: IO[bytes], scope: Scope, progress: Progress = lambda rows: None) -> None:
    """Write the export as a ZIP file, a batch of rows at a time, whatever its size."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.json", json.dumps(_about(scope), indent=2))
        for table in TABLES:
            with archive.open(table.name, "w", force_zip64=True) as entry:
                text = io.TextIOWrapper(entry, encoding="utf-8", newline="")
                _write_table(text, table, scope, progress)
                text.detach()
        _write_lines(archive, "surveys.csv", raw_surveys.SURVEYS, raw_surveys.surveys(), progress)
        _write_lines(archive, "answers.csv", raw_surveys.ANSWERS, raw_surveys.answers(), progress)


def _write_lines(
    archive: zipfile.ZipFile, name: str, columns: tuple, lines: Iterator[tuple], progress: Progress
) -> None:
    with archive.open(name, "w", force_zip64=True) as entry:
        text = io.TextIOWrapper(entry, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(columns)
        while batch := list(islice(lines, BATCH)):
            writer.writerows(
                [inert_cell(cell) if isinstance(cell, str) else cell for cell in line] for line in batch
            )
            text.flush()
            progress(len(batch))
        text.detach()


def _about(scope: Scope) -> dict[str, Any]:
    """What a reader of the files must know besides them."""
    return {
        "as_of": scope.as_of.isoformat(),
        "time_zone": settings.TIME_ZONE,
        "holds_security_matters": scope.user is not None and holds(scope.user, SECURITY),
    }


def _write_table(text: io.TextIOWrapper, table: Table, scope: Scope, progress: Progress) -> None:
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for batch in by_key(table.rows(scope).values_list("pk", *table.columns.values())):
        writer.writerows(
            [_plain(name, value) for name, value in zip(table.columns, row[1:], strict=True)] for row in batch
        )
        text.flush()
        progress(len(batch))


def by_key(rows: QuerySet, size: int = BATCH) -> Iterator[list]:
    """Rows in the order of their key, which is their first value, in batches of one query each."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield batch
        last = batch[-1][0]


def _plain(name: str, value: Any) -> Any:
    if name == "cause":
        return mark_of(value)
    if name == "reason_given":
        return int(bool(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.6f}"
    return inert_cell(value) if isinstance(value, str) else value
