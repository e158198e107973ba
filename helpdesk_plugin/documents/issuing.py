"""Drawing documents for people: the preview, the one that counts, and the requester's own receipt."""

from collections.abc import Callable
from typing import Any

from django.utils import translation

from helpdesk_plugin import conf
from helpdesk_plugin.documents import rendering
from helpdesk_plugin.documents.facts import activity, disposition, handling, handover, receipt
from helpdesk_plugin.documents.sketch import Sketch, Slip
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import IssuedDocument, Ticket
from helpdesk_plugin.services.documents import Drawn, issue_document, issue_report, lacking_for, may_issue
from helpdesk_plugin.services.errors import FactsMissing, NotPermitted

#: What stands on a ticket's documents, by kind.
FACTS: dict[PaperKind, Callable[[Ticket, Slip], Sketch]] = {
    PaperKind.RECEIPT: receipt.facts_of,
    PaperKind.DISPOSITION_SHEET: disposition.facts_of,
    PaperKind.HANDLING_RECORD: handling.facts_of,
    PaperKind.ACTIVITY_REPORT: activity.facts_of,
    PaperKind.SECURITY_HANDOVER: handover.facts_of,
}


def preview(ticket: Ticket, kind: PaperKind, *, by: Any) -> bytes:
    """The document as it would be issued now, without a number and marked PRATINJAU on every page.

    Raises NotPermitted, FactsMissing, CannotDraw.
    """
    if not may_issue(by, kind, ticket):
        raise NotPermitted(Remark.DOCUMENT)
    if lack := lacking_for(ticket, kind):
        raise FactsMissing(Remark.DOCUMENT, [lack])
    return draw(Slip.preview(kind, by), lambda slip: FACTS[kind](ticket, slip)).content


def issue(ticket_id: int, kind: PaperKind, *, by: Any, key: str | None = None) -> IssuedDocument:
    """Issue a ticket's document; see `services.documents.issue_document`. Raises CannotDraw besides."""

    def drawn(document: IssuedDocument) -> Drawn:
        return draw(Slip.of(document), lambda slip: FACTS[kind](document.ticket, slip))

    return issue_document(ticket_id, kind, by=by, draw=drawn, key=key)


def issue_of_period(
    kind: PaperKind, basis: str, *, by: Any, facts: Callable[[Slip], Sketch]
) -> IssuedDocument:
    """Issue a register or recap; ``facts`` is one of `facts.register` or `facts.recap` with its figures."""
    return issue_report(kind, basis, by=by, draw=lambda document: draw(Slip.of(document), facts))


def receipt_for_requester(ticket: Ticket, *, code: str, link: str) -> bytes:
    """The receipt with tracking code, for whoever may open the ticket. Never stored. Raises CannotDraw."""
    with _site_language():
        sheet = receipt.facts_for_requester(ticket, code=code, link=link)
        return rendering.pdf_of(PaperKind.RECEIPT.value, sheet.context, sheet.pictures)


def draw(slip: Slip, facts: Callable[[Slip], Sketch]) -> Drawn:
    """Gather a document's facts and draw it. Raises CannotDraw."""
    with _site_language():
        sheet = facts(slip)
        content = rendering.pdf_of(slip.kind.value, sheet.context, sheet.pictures)
    return Drawn(content, rendering.template_version(slip.kind.value), sheet.holds_nip)


def _site_language():
    """Documents speak the agency's language whatever that of the screen."""
    return translation.override(conf.content_language())
