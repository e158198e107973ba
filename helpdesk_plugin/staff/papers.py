"""The official documents of a ticket before one officer: what was issued, what can be, what still lacks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helpdesk_plugin import labels
from helpdesk_plugin.documents import library
from helpdesk_plugin.documents.signing import signer
from helpdesk_plugin.domain.papers import PAPERS, PAPERS_OF_A_TICKET, PaperKind
from helpdesk_plugin.models import IssuedDocument, Ticket
from helpdesk_plugin.services.documents import LACKS, basis_of, may_issue, may_open
from helpdesk_plugin.staff import words


@dataclass(frozen=True)
class Paper:
    """One kind of document on one ticket, as far as this officer may know of it.

    ``issued`` is newest first. ``lacks`` says what the document still waits for; ``is_current`` whether what
    the ticket has to tell now has a standing document.
    """

    kind: PaperKind
    issued: list[IssuedDocument]
    lacks: str
    is_issuer: bool
    is_current: bool

    @property
    def name(self) -> str:
        return str(labels.PAPER[self.kind])

    @property
    def sop_code(self) -> str:
        return PAPERS[self.kind].sop_code

    @property
    def can_issue(self) -> bool:
        """Whether a new one may be issued now: what the ticket has to tell has no standing document yet."""
        return self.is_issuer and not self.lacks and not self.is_current


class Papers:
    """Every document of a ticket. A constant number of queries, whatever was issued."""

    def __init__(self, ticket: Ticket, user: Any) -> None:
        self.ticket, self.user = ticket, user

    @cached_property
    def issued(self) -> list[IssuedDocument]:
        """What was issued on this ticket, newest first. Two queries."""
        documents = list(IssuedDocument.objects.on(self.ticket))
        for document in documents:
            document.ticket = self.ticket
            document.opens = may_open(self.user, document)
        return documents

    @cached_property
    def kinds(self) -> list[Paper]:
        """The kinds in the order of the procedure; those of a confidential matter only on one."""
        wanted = [
            kind
            for kind in PAPERS_OF_A_TICKET
            if kind is not PaperKind.SECURITY_HANDOVER or self.ticket.security_flag
        ]
        return [self._paper(kind) for kind in wanted]

    @property
    def may_issue_any(self) -> bool:
        return any(may_issue(self.user, kind, self.ticket) for kind in PAPERS_OF_A_TICKET)

    @property
    def unavailable(self) -> str:
        """Why nothing can be drawn on this server; empty when it can."""
        return library.explanation()

    @property
    def signer_name(self) -> str:
        """The electronic signature that this site has, by name; empty for none."""
        found = signer()
        return found.name if found else ""

    def _paper(self, kind: PaperKind) -> Paper:
        of_kind = [document for document in self.issued if document.kind == kind.value]
        basis = basis_of(self.ticket, kind)
        lack = None if basis else LACKS[kind]
        return Paper(
            kind,
            of_kind,
            words.missing_in_words([lack])[0] if lack else "",
            may_issue(self.user, kind, self.ticket),
            any(document.basis == basis and not document.is_withdrawn for document in of_kind),
        )
