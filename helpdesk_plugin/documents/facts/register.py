"""Buku register: the book of tickets of a period, on landscape sheets whose heading repeats.

Reports decide which tickets are in it; each becomes one `RegisterLine`.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from helpdesk_plugin.documents.people import Signatories
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch

#: Headings in the order of `RegisterLine`, after the running number.
COLUMNS = (
    "Nomor tiket",
    "Masuk",
    "OPD",
    "Pemohon",
    "Kanal",
    "Jenis",
    "Kelompok",
    "Uraian",
    "Prioritas",
    "Disposisi",
    "Petugas",
    "Respons",
    "Selesai",
    "Status",
    "Solusi",
)


@dataclass(frozen=True)
class RegisterLine:
    """One ticket in the book. Moments are aware; empty where the ticket has not come that far."""

    number: str
    received_at: datetime
    opd: str
    requester: str
    channel: str
    kind: str
    category: str
    description: str
    priority: str
    disposition: str = ""
    officer: str = ""
    responded_at: datetime | None = None
    finished_at: datetime | None = None
    status: str = ""
    solution: str = ""


def facts_of(lines: Iterable[RegisterLine], slip: Slip, *, period: str) -> Sketch:
    """The book for a period in words ("November 2026")."""
    rows = [astuple(line) for line in lines]
    context = {
        "period": period,
        "columns": COLUMNS,
        "rows": rows,
        "signature": Signatories([slip.by]).signature(slip.by, heading="Yang membuat"),
    }
    return sketch(slip, period, context)
