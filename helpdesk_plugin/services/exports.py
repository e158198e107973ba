"""Exports that take their time: asked for, written by the worker, kept for some days, thrown away.

What is written is not known here; whoever writes hands it in. Every export is on record in Wagtail's log:
who, when, by which filters, how many rows.
"""

import hashlib
import logging
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files import File
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from helpdesk_plugin.models import ExportKind, ExportState, ReportExport
from helpdesk_plugin.models.rights import holds

logger = logging.getLogger(__name__)

#: How long a finished file is kept.
KEPT = timedelta(days=7)
#: After so long without an end an export counts as given up: its worker is gone.
LOST = timedelta(hours=6)
EXPORT = "helpdesk_plugin.export_ticket"
SECURITY = "helpdesk_plugin.view_security_ticket"
#: The action under which Wagtail's log keeps every export of tickets.
ACTION = "helpdesk.export"
#: Every action under which the log keeps that a file was taken out.
ACTIONS = (ACTION, "helpdesk.survey_export", "helpdesk.period_evidence", "helpdesk.performance")

_PART = 1 << 20

Write = Callable[[IO[bytes], Callable[[int], None]], None]
"""Writes the file, and tells now and then how many rows more are in it."""


class MayNotExport(Exception):
    """Refused: this person may not export."""


def record(user: Any, *, rows: int, layout: str, filters: dict[str, Any]) -> None:
    """Put an export on record."""
    log(user, ACTION, user=user, data={"rows": rows, "format": layout, "filters": filters})


def ask(kind: str, *, by: Any, query: str, rows: int, filters: dict[str, Any]) -> ReportExport:
    """Ask for an export. Raises MayNotExport. The caller has the worker write it (`write`)."""
    if not holds(by, EXPORT):
        raise MayNotExport
    record(by, rows=rows, layout=ExportKind(kind).value, filters=filters)
    return ReportExport.objects.create(
        kind=kind,
        asked_by=by,
        asked_at=timezone.now(),
        query=query[:2000],
        rows=rows,
        holds_security=holds(by, SECURITY),
    )


def write(pk: int, name: str, content: Write) -> None:
    """Write an export that waits, once, whoever else may try the same."""
    waiting = ReportExport.objects.filter(pk=pk, state=ExportState.WAITING)
    if not waiting.update(state=ExportState.RUNNING, begun_at=timezone.now()):
        return
    try:
        with tempfile.TemporaryFile() as file:
            content(file, lambda rows: _advance(pk, rows))
            _keep(pk, name, file)
    except Exception:
        logger.exception("Export %s could not be written.", pk)
        ReportExport.objects.filter(pk=pk).update(state=ExportState.FAILED, ended_at=timezone.now())


def _advance(pk: int, rows: int) -> None:
    ReportExport.objects.filter(pk=pk).update(done=F("done") + rows)


def _keep(pk: int, name: str, file: IO[bytes]) -> None:
    export = ReportExport.objects.get(pk=pk)
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(_PART):
        digest.update(part)
    export.sha256, export.size = digest.hexdigest(), file.tell()
    file.seek(0)
    export.file.save(name, File(file), save=False)
    export.name, export.state, export.ended_at = name, ExportState.READY, timezone.now()
    export.rows = export.done
    export.save()


def may_open(user: Any, export: ReportExport) -> bool:
    """Whether this user may have the file: who asked for it and still holds the rights it was made by."""
    if export.asked_by_id != user.pk or not holds(user, EXPORT):
        return False
    return holds(user, SECURITY) or not export.holds_security


def sweep(now: datetime) -> int:
    """Throw old exports away with their files; return how many."""
    old = list(ReportExport.objects.filter(asked_at__lt=now - KEPT))
    for export in old:
        throw_away(export)
    stuck = ReportExport.objects.filter(state=ExportState.RUNNING, begun_at__lt=now - LOST)
    stuck.update(state=ExportState.FAILED, ended_at=now)
    return len(old)


def throw_away(export: ReportExport) -> None:
    """Delete an export and its file."""
    if export.file:
        export.file.delete(save=False)
    export.delete()
