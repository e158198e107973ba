"""The official documents of the procedure (sop.md §5): at which step each arises and what it looks like.

Which facts a document needs is asked of the ticket elsewhere; here stands what is true of every document
of a kind.
"""

from dataclasses import dataclass
from enum import StrEnum

from helpdesk_plugin.domain.parties import Role


class PaperKind(StrEnum):
    """A kind of official document."""

    RECEIPT = "receipt"
    DISPOSITION_SHEET = "disposition_sheet"
    HANDLING_RECORD = "handling_record"
    ACTIVITY_REPORT = "activity_report"
    SECURITY_HANDOVER = "security_handover"
    REGISTER = "register"
    MONTHLY_RECAP = "monthly_recap"


class Sheet(StrEnum):
    """The paper that a document is printed on."""

    A4 = "a4"
    A4_LANDSCAPE = "a4_landscape"
    HALF_FOLIO = "half_folio"


@dataclass(frozen=True)
class PaperFacts:
    """What is true of every document of a kind.

    ``sop_code`` is the step that it comes from; ``numbered`` documents carry a letter number of the year's
    one series; ``of_ticket`` is false for those about a month. ``issuers`` may issue it to begin with.
    """

    sop_code: str
    sheet: Sheet
    numbered: bool
    of_ticket: bool
    issuers: tuple[Role, ...]


_TS, _PC = Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER
_KABID, _KADIS, _MANAGER = Role.DIVISION_HEAD, Role.HEAD_OF_AGENCY, Role.MANAGER

PAPERS: dict[PaperKind, PaperFacts] = {
    PaperKind.RECEIPT: PaperFacts("S1", Sheet.A4, False, True, (_TS, _MANAGER)),
    PaperKind.DISPOSITION_SHEET: PaperFacts(
        "S3", Sheet.HALF_FOLIO, False, True, (_KADIS, _KABID, _TS, _MANAGER)
    ),
    PaperKind.HANDLING_RECORD: PaperFacts("S7", Sheet.A4, True, True, (_PC, _TS, _KABID, _MANAGER)),
    PaperKind.ACTIVITY_REPORT: PaperFacts("S8", Sheet.A4, True, True, (_TS, _PC, _MANAGER)),
    PaperKind.SECURITY_HANDOVER: PaperFacts("S5", Sheet.A4, True, True, (_PC, _KABID, _KADIS, _MANAGER)),
    PaperKind.REGISTER: PaperFacts("S10", Sheet.A4_LANDSCAPE, False, False, (_MANAGER,)),
    PaperKind.MONTHLY_RECAP: PaperFacts("S10", Sheet.A4, True, False, (_MANAGER,)),
}

#: The documents of one ticket, in the order of the procedure.
PAPERS_OF_A_TICKET: tuple[PaperKind, ...] = tuple(kind for kind, facts in PAPERS.items() if facts.of_ticket)

DEFAULT_NUMBER_PATTERN = "555/{urut}/DISKOMINFO/{bulan romawi}/{tahun}"
"""How letter numbers read until the agency says otherwise (sop.md §5, a proposal)."""


class DocumentDeed(StrEnum):
    """What was done with an official document, as the ledger keeps it."""

    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    SIGNED = "signed"
