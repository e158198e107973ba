"""Documents drawn once a module: drawing takes a third of a second each, reading what was drawn none."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.images import ImageFile
from django.db import transaction
from pypdf import PdfReader
from wagtail.images import get_image_model

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.documents import issuing
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.work import Part
from helpdesk_plugin.models import AgencyProfile, Delegation, DocumentSettings, EvidenceItem, Signatory
from helpdesk_plugin.services import disposition, evidence, handling, work
from tests.factories import (
    MONDAY_9,
    Journey,
    Staff,
    accepted,
    accepted_picture,
    make_agency_data,
    make_opd,
    make_service,
    make_user,
    picture,
)

PARAGRAPH = (
    "Jaringan internet di ruang rapat dan seluruh ruang kerja mati total sejak pukul tujuh pagi. Lampu LOS "
    "pada modem merah berkedip, sudah dicoba dinyalakan ulang tiga kali tanpa hasil. "
)
HOSTILE = '<img src="file:///etc/passwd"><link rel="stylesheet" href="http://192.0.2.1/x.css"> & "kutip"'


@dataclass
class Paper:
    """A drawn document and what a reader of it finds."""

    content: bytes
    number: str = ""
    _reader: PdfReader | None = field(default=None, repr=False)

    @property
    def pdf(self) -> PdfReader:
        self._reader = self._reader or PdfReader(io.BytesIO(self.content))
        return self._reader

    @property
    def pages(self) -> list[str]:
        """The text of each page, in one line."""
        return [" ".join(page.extract_text().split()) for page in self.pdf.pages]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the first page in millimetres."""
        box = self.pdf.pages[0].mediabox
        return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    """The database for a whole module, whose tests are marked; everything is taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def agency(rolled_back):
    """An agency with logo, place, and officers who sign with titles, one of them for another."""
    make_agency_data()
    profile = AgencyProfile.load()
    profile.government = "Pemerintah Kabupaten Contoh"
    profile.name = "Dinas Komunikasi, Informatika, Statistik dan Persandian"
    profile.address = "Jalan Contoh 1\nKota Contoh 74413"
    profile.phone, profile.email = "(0536) 12345", "helpdesk@example.go.id"
    logo = get_image_model()(title="Lambang")
    logo.file = ImageFile(io.BytesIO(picture("PNG", (60, 80), "RGBA")), name="lambang.png")
    logo.save()
    profile.logo = logo
    profile.save()
    choices = DocumentSettings.load()
    choices.place, choices.security_team = "Kasongan", "Tim Tanggap Insiden Siber"
    choices.save()
    return profile


@pytest.fixture(scope="module")
def people(agency):
    staff = Staff()
    for user, name, position, nip in (
        (
            staff.kabid,
            "Budi Contoh, S.T., M.Kom.",
            "Kepala Bidang Teknologi Informatika",
            "197501012000031002",
        ),
        (staff.prakom, "Citra Contoh, S.Kom.", "Pranata Komputer Ahli Muda", "198501012010012003"),
    ):
        Signatory.objects.create(user=user, name=name, position=position, rank="Pembina (IV/a)", nip=nip)
    return staff


@pytest.fixture(scope="module")
def issuer(people):
    return make_user(Role.MANAGER)


@pytest.fixture(scope="module")
def long_ticket(people):
    """A closed ticket with long names, many lines, letter, parts and photos; disposed by a substitute."""
    journey = Journey(
        staff=people,
        at=MONDAY_9,
        opd=make_opd(
            name="Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan "
            "Perlindungan Anak"
        ),
        requester_name="Hj. Nur Aisyah Fitriani Rahmawati Kusumaningtyas, S.E., M.Ak.",
        requester_unit="Bidang Pengelolaan Keuangan dan Aset Daerah, gedung B lantai 2, ruang 207",
        requester_nip="198609262015051001",
        summary="Internet kantor mati sejak pagi",
        description=f"{HOSTILE}\n\n" + "\n\n".join([PARAGRAPH * 4] * 9),
        letter_number="800/123/DP3AP2KB/XI/2026",
        letter_date=date(2026, 11, 20),
        letter_subject="Permohonan penanganan gangguan jaringan",
        files=[accepted_picture("modem.jpg"), accepted()],
    )
    journey.dispose = lambda: _dispose_for_the_head(journey)
    journey.resolve = lambda: _resolve_with_parts(journey)
    return journey.to(TicketStatus.CLOSED)


def _dispose_for_the_head(journey):
    deputy = make_user(Role.DIVISION_HEAD)
    Signatory.objects.create(user=deputy, name="Dewi Contoh, S.H.", position="Sekretaris Dinas")
    day = MONDAY_9.date()
    Delegation.objects.create(
        role=Role.HEAD_OF_AGENCY, kind="plh", principal=journey.staff.kadis, substitute=deputy,
        first_day=day, last_day=day,
    )  # fmt: skip
    order = disposition.Order(nature="urgent", agenda_number="AG-17", instructions=["process", "advise"])
    disposition.dispose_ticket(journey.id, order, by=deputy, note="Tindak lanjuti hari ini.")


def _resolve_with_parts(journey):
    recovery = handling.Recovery(
        action=f"{PARAGRAPH}\nKabel serat optik disambung ulang.",
        parts="Konektor SC/APC\nModem ONT\nAdaptor 12 V",
        recommendation="Ganti kabel luar ruang.",
        started_at=journey.at - timedelta(minutes=135),
        finished_at=journey.at,
    )
    parts = [Part("Kabel UTP", "Belden 7965E", "8812", "new", Decimal("15.5"), "metre")]
    work.log_work(journey.id, by=journey.staff.prakom, minutes=95, parts=parts, note="Kabel ditarik baru.")
    photos = [accepted_picture("redaman.jpg", size=(160, 120)), accepted_picture("ont.png", "PNG", (90, 120))]
    handling.resolve_ticket(journey.id, recovery, by=journey.staff.prakom, files=photos)


@pytest.fixture(scope="module")
def bare_ticket(people):
    """A closed ticket with as little as the procedure lets through."""
    return Journey(staff=people, at=MONDAY_9, description="Mati.").to(TicketStatus.CLOSED)


@pytest.fixture(scope="module")
def secret_ticket(people):
    service = make_service(is_security=True, name="Insiden siber")
    journey = Journey(staff=people, at=MONDAY_9, service=service, files=[accepted_picture("layar.jpg")])
    ticket = journey.to(TicketStatus.RESOLVED)
    secured, _later = (
        EvidenceItem.objects.create(text=text, position=place)
        for place, text in enumerate(("Log server disalin.", "Kata sandi diganti."), 1)
    )
    with acting_at(journey.at):
        evidence.tick_evidence(ticket.pk, secured, by=people.prakom, done=True, note="Di brankas.")
    return ticket


@pytest.fixture(scope="module")
def issued(long_ticket, bare_ticket, secret_ticket, issuer):
    """Every kind issued on a Tuesday: (ticket, kind) → `Paper`."""
    wanted = [
        *(("long", long_ticket, kind) for kind in PaperKind if kind in _OF_ANY),
        *(("bare", bare_ticket, kind) for kind in PaperKind if kind in _OF_ANY),
        ("secret", secret_ticket, PaperKind.SECURITY_HANDOVER),
    ]
    papers = {}
    for name, ticket, kind in wanted:
        with acting_at(MONDAY_9 + timedelta(days=1)):
            document = issuing.issue(ticket.pk, kind, by=issuer)
        with document.file.open("rb") as stored:
            papers[name, kind] = Paper(stored.read(), document.number)
    return papers


_OF_ANY = (
    PaperKind.RECEIPT,
    PaperKind.DISPOSITION_SHEET,
    PaperKind.HANDLING_RECORD,
    PaperKind.ACTIVITY_REPORT,
)
