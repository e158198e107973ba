"""Lembar serah terima of a matter of information security: what is handed to the response team, and proofs.

It goes by hand between two people who sign. Files are listed with their SHA-256, so that the receiver can
tell that what was copied is what was kept.
"""

from helpdesk_plugin.documents.people import Signatories, Signature
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch
from helpdesk_plugin.domain.steps import Remark
from helpdesk_plugin.models import DocumentSettings, EvidenceItem, Ticket
from helpdesk_plugin.services.evidence import checklist_of

#: Ticked by hand while handing over.
CHECKLIST = (
    "Perangkat atau akun yang terdampak sudah diisolasi",
    "Catatan (log) dan bukti digital sudah disalin sebelum perbaikan",
    "Kata sandi dan kunci akses yang terdampak sudah diganti",
    "Ada dugaan pengungkapan data pribadi (pemberitahuan paling lambat 3 × 24 jam)",
    "Tim tanggap insiden siber tingkat lebih tinggi sudah dihubungi",
)


def facts_of(ticket: Ticket, slip: Slip) -> Sketch:
    """The matter as it stands now, signed by whoever hands it over."""
    files = ticket.attachments.select_related("event").order_by("id")
    ticked = ticket.events.filter(act=Remark.EVIDENCE).order_by("at", "id")
    context = {
        "ticket": ticket,
        "diagnosis": ticket.diagnosis_set.order_by("at", "id").last(),
        "solution": ticket.solution_set.order_by("at", "id").last(),
        "files": list(files),
        "secured": checklist_of(EvidenceItem.objects.filter(active=True), ticked),
        "checklist": CHECKLIST,
        "giver": Signatories([slip.by]).signature(slip.by, heading="Yang menyerahkan"),
        "taker": Signature(heading="Yang menerima", offices=(DocumentSettings.load().security_team,)),
    }
    return sketch(slip, ticket.number, context)
