"""Taking a person out of ended tickets (UU 27/2022, articles 8, 43, 44); the figures stay as they are.

What was filed, by whom, and all that was said goes whole: contact data, description, answers, the
conversation, files, official documents, remarks of the survey. The officers' findings stay without the
person; so do agency, service, times, steps, priority, scores and everything that is counted.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction

from helpdesk_plugin import clock
from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.domain.persons import Subject, merged, without_subject
from helpdesk_plugin.domain.redaction import LEFT_OUT, without_personal_data
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.history import plain_rows
from helpdesk_plugin.models import (
    Attachment,
    Deed,
    Ground,
    IssuedDocument,
    MessageState,
    OutboxMessage,
    ProcessingRecord,
    ReportExport,
    SignedCopy,
    Ticket,
    TicketAccess,
    TicketEvent,
    TicketSearchText,
)
from helpdesk_plugin.models.access import new_nonce, newest_key_id
from helpdesk_plugin.models.outbox import WAITING
from helpdesk_plugin.models.personal_fields import TICKET_OF, How, fields_of
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.models.search import text_of
from helpdesk_plugin.permissions import permission
from helpdesk_plugin.services import traces
from helpdesk_plugin.services._door import Passage, Request, pass_through
from helpdesk_plugin.services.persons import Clue, others_like, subject_of

logger = logging.getLogger(__name__)


@dataclass
class Report:
    """What was taken out, or would be. ``still_open`` are numbers of tickets that have not ended."""

    tickets: list[str] = field(default_factory=list)
    still_open: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, by: int = 1) -> None:
        if by:
            self.counts[what] = self.counts.get(what, 0) + by


def foresee(tickets: Sequence[Ticket]) -> Report:
    """What making these tickets anonymous would take out; nothing is changed. Six queries."""
    report = Report()
    _sort(tickets, report)
    keys = [one.pk for one in tickets if one.number in report.tickets]
    report.count("entries", TicketEvent.objects.filter(ticket__in=keys).exclude(note="").count())
    report.count("history", Ticket.history.filter(id__in=keys).count())
    report.count("files", Attachment.objects.filter(ticket__in=keys).count())
    report.count("documents", IssuedDocument.objects.filter(ticket__in=keys).exclude(file="").count())
    report.count("signed", SignedCopy.objects.filter(document__ticket__in=keys).count())
    return report


def anonymise_person(
    tickets: Sequence[Ticket], *, by: Any, ground: Ground, reason: str, clue: Clue | None = None
) -> Report:
    """Take a person out of these tickets, and out of everything else that speaks of them.

    ``clue`` is by what they were found. Open tickets stay and are named. Raises PermissionDenied.
    """
    if not holds(by, permission(Remark.ANONYMISE)):
        raise PermissionDenied
    report = Report()
    ended = _sort(tickets, report)
    keys = [ticket.pk for ticket in ended]
    subject = merged([subject_of(Ticket.objects.filter(pk__in=keys), clue)])
    for ticket in ended:
        _anonymise(ticket.pk, subject, by=by, report=report)
    with transaction.atomic():
        for what, number in traces.forget_addresses(subject).items():
            report.count(what, number)
        _drop_exports(report)
        spared = list(others_like(subject, keys).values_list("pk", flat=True))
        report.count("mentions", traces.leave_out(subject, spared=spared))
        reason = without_subject(without_personal_data(reason, [subject.person]), subject)
        _log(Deed.ANONYMISE, ground, report, by=by, reason=reason)
    return report


def anonymise_by_rule(tickets: Sequence[Ticket], *, reason: str) -> Report:
    """Take the people out of tickets whose time of keeping has run out, each ticket by itself.

    Newer tickets of the same person stay, and so does what speaks of them elsewhere.
    """
    report = Report()
    for ticket in _sort(tickets, report):
        subject = subject_of(Ticket.objects.filter(pk=ticket.pk))
        _anonymise(ticket.pk, subject, by=Party.SYSTEM, report=report)
    if report.tickets:
        with transaction.atomic():
            _drop_exports(report)
        _log(Deed.RETAIN, Ground.RETENTION, report, by=None, reason=reason)
    return report


def _drop_exports(report: Report) -> None:
    """Delete lists that were exported and are still kept: they name requesters, and can be made again."""
    kept = list(ReportExport.objects.all())
    report.count("exports", len(kept))
    for one in kept:
        if one.file:
            transaction.on_commit(partial(_remove, one.file.storage, str(one.file.name)), robust=True)
    ReportExport.objects.filter(pk__in=[one.pk for one in kept]).delete()


def _sort(tickets: Iterable[Ticket], report: Report) -> list[Ticket]:
    ended = []
    for ticket in tickets:
        if _has_ended(ticket):
            ended.append(ticket)
            report.tickets.append(ticket.number)
        else:
            report.still_open.append(ticket.number)
    return ended


def _has_ended(ticket: Ticket) -> bool:
    """A duplicate has ended once the ticket has in which its work went on."""
    if ticket.anonymised_at or ticket.state not in statuses.FINAL:
        return False
    return ticket.state is not TicketStatus.MERGED or ticket.goes_on_in.state in statuses.FINAL


def _log(deed: Deed, ground: Ground, report: Report, *, by: Any, reason: str) -> None:
    ProcessingRecord.objects.create(
        deed=deed,
        ground=ground,
        reason=reason,
        by=by,
        at=clock.now(),
        tickets=report.tickets,
        report=report.counts,
    )


# --- One ticket ----------------------------------------------------------------------------------------


def _anonymise(ticket_id: int, subject: Subject, *, by: Any, report: Report) -> None:
    def strip(passage: Passage) -> None:
        passage.afterwards.append(lambda event: _strip(event, subject, report))

    pass_through(ticket_id, Remark.ANONYMISE, Request(by=by), strip)


def _strip(event: TicketEvent, subject: Subject, report: Report) -> None:
    """Take the person out of one ticket and all that hangs on it. The row is locked by the door."""
    ticket = event.ticket
    report.count("entries", TicketEvent.objects.filter(ticket=ticket).exclude(note="").count())
    _remove_files(ticket, report)
    _remove_drafts(ticket, report)
    for name, way in TICKET_OF.items():
        model = _model(name)
        if model is not None:
            _empty(model, plain_rows(model).filter(**{way: ticket.pk}), subject, report)
    plain_rows(Ticket).filter(pk=ticket.pk).update(anonymised_at=event.at)
    TicketAccess.objects.filter(ticket=ticket).update(nonce=new_nonce(), key_id=newest_key_id())
    waiting = OutboxMessage.objects.filter(ticket=ticket, recipient=None, state__in=WAITING)
    waiting.update(state=MessageState.DROPPED)
    fresh = Ticket.objects.select_related("opd", "service").get(pk=ticket.pk)
    TicketSearchText.objects.filter(ticket=ticket).update(text=text_of(fresh))


def _empty(model: type[models.Model], rows: models.QuerySet, subject: Subject, report: Report) -> None:
    gone = {name: _nothing(model._meta.get_field(name)) for name in fields_of(model.__name__, How.GONE)}
    history = getattr(model, "history", None)
    if gone:
        if history is not None:
            kept = history.filter(id__in=list(rows.values_list("pk", flat=True)))
            report.count("history", kept.update(**gone))
        rows.update(**gone)
    person = [subject.person]
    ways = {name: partial(without_personal_data, people=person) for name in _words(model, How.CLEANED)}
    ways |= {name: partial(without_subject, subject=subject) for name in _words(model, How.SWEPT)}
    if not ways:
        return
    for row in rows:
        values = {name: clean(getattr(row, name)) for name, clean in ways.items()}
        plain_rows(model).filter(pk=row.pk).update(**values)


def _words(model: type[models.Model], how: How) -> list[str]:
    return traces.text_fields(model, fields_of(model.__name__, how))


def _nothing(column: Any) -> Any:
    """What stands in a field that was emptied."""
    if column.null:
        return None
    if isinstance(column, models.JSONField):
        return column.get_default()
    if column.blank or isinstance(column, models.EmailField) or column.name.endswith("_phone"):
        return ""
    return LEFT_OUT


def _remove_files(ticket: Ticket, report: Report) -> None:
    """Rows first, files once that is certain: a row without its file would be a broken promise."""
    attachments = list(Attachment.objects.filter(ticket=ticket))
    copies = list(SignedCopy.objects.filter(document__ticket=ticket))
    documents = list(IssuedDocument.objects.filter(ticket=ticket).exclude(file=""))
    for what, rows in (("files", attachments), ("signed", copies), ("documents", documents)):
        report.count(what, len(rows))
        for row in rows:
            transaction.on_commit(partial(_remove, row.file.storage, str(row.file.name)), robust=True)
    plain_rows(Attachment).filter(pk__in=[one.pk for one in attachments]).delete()
    plain_rows(SignedCopy).filter(pk__in=[one.pk for one in copies]).delete()
    # The register of documents keeps its lines, without gaps; the sheet is gone.
    plain_rows(IssuedDocument).filter(pk__in=[one.pk for one in documents]).update(file="")


def _remove(storage: Any, name: str) -> None:
    """Delete a file and its small picture."""
    for one in (name, f"{name}.thumb"):
        try:
            storage.delete(one)
        except OSError:
            logger.exception("A file of a ticket without a person could not be deleted: %s", one)


def _remove_drafts(ticket: Ticket, report: Report) -> None:
    """Delete what was drafted of the ticket and never published; an article loses where it came from."""
    if not apps.is_installed("helpdesk_plugin.pages"):
        return
    origins = apps.get_model("helpdesk_pages", "ArticleOrigin").objects.filter(ticket=ticket.pk)
    for origin in origins.select_related("article"):
        article, key = origin.article, origin.article_id
        origin.delete()
        if article.first_published_at is None:
            article.delete()
            logs = apps.get_model("wagtailcore", "PageLogEntry").objects.filter(page=key)
            logs.update(label=LEFT_OUT, data={})
            report.count("drafts")
    if report.counts.get("drafts") and connection.vendor == "sqlite":
        transaction.on_commit(_pack_search, robust=True)


def _pack_search() -> None:
    """Have SQLite's full text search drop the words of deleted pages now, not at its next merge."""
    table = "wagtailsearch_indexentry_fts"
    if table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")


def _model(name: str) -> type[models.Model] | None:
    for app in traces.OURS:
        try:
            return apps.get_model(app, name)
        except LookupError:
            continue
    return None
