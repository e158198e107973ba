"""What official documents say and how they are made: read back from the very bytes that were issued."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from pypdf import PdfReader

from helpdesk_plugin.documents import issuing, rendering
from helpdesk_plugin.documents.assets import FONTS
from helpdesk_plugin.documents.facts import activity, recap, register
from helpdesk_plugin.documents.sketch import Slip
from helpdesk_plugin.domain.papers import PAPERS, PAPERS_OF_A_TICKET, PaperKind, Sheet
from helpdesk_plugin.models import AgencyProfile
from helpdesk_plugin.templatetags.helpdesk_documents import printed
from tests.documents.conftest import HOSTILE, Paper
from tests.factories import MONDAY_9

pytestmark = pytest.mark.django_db

R, D, H, A, S = (
    PaperKind.RECEIPT,
    PaperKind.DISPOSITION_SHEET,
    PaperKind.HANDLING_RECORD,
    PaperKind.ACTIVITY_REPORT,
    PaperKind.SECURITY_HANDOVER,
)
EVERY = [*((which, kind) for which in ("long", "bare") for kind in (R, D, H, A)), ("secret", S)]
MILLIMETRES = {Sheet.A4: (210, 297), Sheet.HALF_FOLIO: (165, 215), Sheet.A4_LANDSCAPE: (297, 210)}


@pytest.mark.parametrize(("which", "kind"), EVERY)
def test_document_carries_letterhead_pages_and_its_paper(issued, which, kind):
    paper = issued[which, kind]
    first = paper.pages[0]
    assert "Pemerintah Kabupaten Contoh".upper() in first
    assert "DINAS KOMUNIKASI, INFORMATIKA, STATISTIK DAN PERSANDIAN" in first
    assert "Jalan Contoh 1, Kota Contoh 74413" in first
    assert "Telepon: (0536) 12345 · Surel: helpdesk@example.go.id" in first
    assert paper.size == MILLIMETRES[PAPERS[kind].sheet]
    count = len(paper.pages)
    assert [f"Halaman {n} dari {count}" in page for n, page in enumerate(paper.pages, 1)] == [True] * count
    assert "PRATINJAU" not in paper.text
    assert ("Nomor: 555/" in first) is PAPERS[kind].numbered


@pytest.mark.parametrize(("which", "kind"), EVERY)
def test_document_is_tagged_titled_and_brings_its_fonts(issued, which, kind):
    pdf = issued[which, kind].pdf
    catalog = pdf.trailer["/Root"]
    assert catalog["/Lang"] == "id"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert pdf.metadata.title.strip()
    for font in fonts_of(pdf):
        assert "Liberation" in font["/BaseFont"] or "Help-Desk-Sans" in font["/BaseFont"]
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def fonts_of(pdf: PdfReader):
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()


def test_record_of_handling_opens_in_words_and_names_both_parties(issued):
    text = issued["long", H].text
    assert (
        "Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam (24-11-2026), "
        "bertempat di Kasongan" in text
    )
    for said in (
        "1. Nama : Citra Contoh, S.Kom.",
        "NIP : 19850101 201001 2 003",
        "2. Nama : Hj. Nur Aisyah Fitriani Rahmawati Kusumaningtyas, S.E., M.Ak.",
        "NIP : 19860926 201505 1 001",
        "800/123/DP3AP2KB/XI/2026, tanggal 20 November 2026",
        "nomor agenda AG-17",
        "Penyebab: Kabel serat putus",
        "4 (empat) macam.",
        "1 Kabel UTP Belden 7965E 8812 baru 15,5 meter 2 Konektor SC/APC",
        "Adaptor 12 V",
        "Lama penanganan : 2 jam 15 menit",
        "Ganti kabel luar ruang.",
        "Foto 2: ont.png",
        "rangkap 2 (dua)",
        "Mengetahui Kepala Bidang Teknologi Informatika, Budi Contoh, S.T., M.Kom.",
    ):
        assert said in text, said


def test_what_a_requester_typed_is_text(issued):
    assert HOSTILE in issued["long", H].text


def test_long_record_breaks_between_lines_and_keeps_the_signatures_together(issued):
    pages = issued["long", H].pages
    assert len(pages) == 4
    last = pages[-1]
    assert all(one in last for one in ("Demikian berita acara", "Pihak Kedua", "Pihak Pertama", "Mengetahui"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Satu\n\n\n\nDua  ", "Satu\n\nDua"),
        ("", ""),
        ("W" * 8001, "W" * 8000 + " … (selengkapnya pada tiket)"),
        ("\n".join("a" * 200), "\n".join("a" * 120) + " … (selengkapnya pada tiket)"),
        ("\n" * 20_000, ""),
    ],
)
def test_printed_text_has_an_end(typed, said):
    assert printed(typed) == said


def test_bare_record_says_what_is_not_there_and_leaves_lines_to_write_on(issued):
    text = issued["bare", H].text
    assert "Rekomendasi Tidak ada." in text
    assert "Surat :" not in text
    assert "Dokumentasi" not in text
    assert "NIP : ……" in text


def test_disposition_sheet_is_signed_on_behalf(issued):
    text = issued["long", D].text
    for said in (
        "Nomor agenda : AG-17",
        "Sangat segera X Segera",
        "Hal: Permohonan penanganan gangguan jaringan",
        "X Kepala Bidang TI",
        "X Tanggapan dan saran X Proses lebih lanjut Koordinasi/konfirmasi",
        "Catatan: Tindak lanjuti hari ini.",
        "Kasongan, 23 November 2026",
        "Plh. a.n. Kepala Dinas Sekretaris Dinas, Dewi Contoh, S.H.",
    ):
        assert said in " ".join(text.replace("\xa0", " ").split()), said
    assert len(issued["long", D].pages) == 1


def test_activity_report_lists_what_was_done_and_what_was_in_time(issued):
    text = issued["long", A].text
    for said in (
        "S3 Disposisi diberikan",
        "S7 Layanan dipulihkan",
        "Jumlah kegiatan: 11 (sebelas).",
        "95 (sembilan puluh lima) menit",
        "tepat waktu",
    ):
        assert said in text, said
    assert "Tidak ada kendala yang dicatat." in text


def test_activity_report_of_a_long_history_stays_short(bare_ticket, issuer, monkeypatch):
    monkeypatch.setattr(activity, "MOST_ACTIVITIES", 4)
    monkeypatch.setattr(activity, "MOST_LETTERS", 12)
    told = activity.facts_of(bare_ticket, Slip(A, MONDAY_9, issuer)).context
    assert [line.sop_code for line in told["activities"]] == ["S7", "S8", "S9", "S9"]
    assert told["activities"][0].text == "Kabel disamb …"
    assert told["left_out"] == 6


def test_receipt_of_the_desk_has_no_tracking_code(issued, long_ticket):
    text = issued["long", R].text
    assert "Berkas : 2 (dua) berkas" in text
    assert "Pemohon : Hj. Nur Aisyah" in text
    assert "Kode lacak disampaikan langsung" in text
    code = long_ticket.access.code
    assert code not in text.replace("-", "")


def test_handover_lists_the_proofs_with_their_fingerprints(issued, secret_ticket):
    text = issued["secret", S].text
    (file,) = secret_ticket.attachments.all()
    assert file.sha256 in text.replace(" ", "")
    assert "1 (satu) berkas." in text
    assert "RAHASIA" in text
    ticked = r"X ?Log server disalin. \(23 Nov 2026, [\d.]+ WIB: Di brankas.\)"
    assert re.search(f"{ticked} Kata sandi diganti.", text)
    assert "Yang menerima Tim Tanggap Insiden Siber," in text


def test_numbers_run_on_over_every_kind(issued):
    numbers = [paper.number for paper in issued.values() if paper.number]
    assert numbers == [f"555/{n}/DISKOMINFO/XI/2026" for n in range(1, len(numbers) + 1)]


def test_preview_is_marked_on_every_page_and_has_no_number(long_ticket, issuer, issued):
    paper = Paper(issuing.preview(long_ticket, H, by=issuer))
    assert len(paper.pages) == 4
    assert all("PRATINJAU" in page for page in paper.pages)
    assert "Nomor: (diberikan saat diterbitkan)" in paper.text


@pytest.mark.parametrize(("which", "kind"), [*(("bare", kind) for kind in (R, D, H, A)), ("secret", S)])
def test_same_facts_give_the_same_bytes(issued, bare_ticket, secret_ticket, which, kind):
    """Drawn once more from the ticket, each kind is what was issued, to the last byte."""
    ticket = {"bare": bare_ticket, "secret": secret_ticket}[which]
    standing = ticket.documents.standing().get(kind=kind.value)
    again = issuing.draw(Slip.of(standing), lambda one: issuing.FACTS[kind](ticket, one))
    assert again.content == issued[which, kind].content


def test_every_kind_is_drawn_twice_somewhere():
    """The kinds about a period are drawn twice in `tests.reports.test_papers`."""
    assert {R, D, H, A, S} == set(PAPERS_OF_A_TICKET)


def test_receipt_for_the_requester_carries_code_and_picture_of_the_link(long_ticket):
    drawn = issuing.receipt_for_requester(
        long_ticket, code="7K0MQR9T2XWB", link="https://example.test/t/1/abc/"
    )
    paper = Paper(drawn)
    assert "Kode lacak : 7K0M-QR9T-2XWB" in paper.text
    assert "example.test/t/1/abc" not in paper.text
    assert len(paper.pdf.pages[0].images) == 2  # logo and code


def test_confidential_receipt_says_nothing_of_the_matter(secret_ticket):
    drawn = issuing.receipt_for_requester(secret_ticket, code="7K0MQR9T2XWB", link="https://example.test/")
    text = Paper(drawn).text
    assert secret_ticket.number in text
    assert secret_ticket.opd.name not in text
    assert secret_ticket.summary not in text


def test_letterhead_survives_a_lost_logo(bare_ticket, issuer, agency):
    profile = AgencyProfile.load()
    profile.logo.file.storage.delete(profile.logo.file.name)
    slip = Slip(R, MONDAY_9, issuer)
    text = Paper(issuing.draw(slip, lambda one: issuing.FACTS[R](bare_ticket, one)).content).text
    assert "DINAS KOMUNIKASI" in text


def test_register_repeats_its_heading_on_every_page(agency, issuer):
    line = register.RegisterLine(
        "HD-2026-000001", MONDAY_9, "Dinas Contoh", "Sari Melati", "Situs", "Gangguan", "Infrastruktur",
        "Internet mati", "P2 Tinggi", finished_at=MONDAY_9, status="Ditutup",
    )  # fmt: skip
    slip = Slip(PaperKind.REGISTER, MONDAY_9, issuer)
    facts = [line] * 45
    drawn = issuing.draw(slip, lambda one: register.facts_of(facts, one, period="November 2026"))
    paper = Paper(drawn.content)
    assert len(paper.pages) >= 2
    assert all("Nomor tiket Masuk OPD" in page for page in paper.pages)
    assert "Jumlah: 45 (empat puluh lima) tiket." in paper.text
    assert "23 Nov 2026, 09.00 WIB" in paper.text
    assert paper.size == MILLIMETRES[Sheet.A4_LANDSCAPE]


def test_recap_prints_figures_as_offices_write_them(agency, issuer):
    tables = [
        recap.RecapTable("Menurut jenis", ("Jenis", "Jumlah", "Rata-rata"), [("Gangguan", 1234, 2.5)]),
        recap.RecapTable("Kosong", ("Jenis", "Jumlah"), [], note="Belum cukup responden."),
    ]
    slip = Slip(PaperKind.MONTHLY_RECAP, MONDAY_9, issuer, number="555/1/X/XI/2026")
    drawn = issuing.draw(slip, lambda one: recap.facts_of(tables, one, period="November 2026"))
    text = Paper(drawn.content).text
    assert "Gangguan 1.234 2,5" in text
    assert "Tidak ada data pada periode ini." in text
    assert "Nomor: 555/1/X/XI/2026" in text


def test_template_of_the_site_takes_the_place_of_ours(bare_ticket, issuer, settings, tmp_path):
    before = rendering.template_version(D.value)
    folder = tmp_path / rendering.FOLDER
    folder.mkdir(parents=True)
    (folder / "disposition_sheet.html").write_text(
        '{% extends "helpdesk_plugin/documents/base.html" %}{% block content %}Milik situs{% endblock %}'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    slip = Slip(D, MONDAY_9, issuer)
    drawn = issuing.draw(slip, lambda one: issuing.FACTS[D](bare_ticket, one))
    assert "Milik situs" in Paper(drawn.content).text
    assert drawn.template_version != before


@pytest.mark.parametrize("kind", list(PaperKind))
def test_site_may_replace_the_template_of_every_kind(kind, settings, tmp_path):
    folder = tmp_path / rendering.FOLDER
    folder.mkdir(parents=True)
    (folder / f"{kind.value}.html").write_text("Milik situs {{ number }}")
    before = rendering.template_version(kind.value)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    assert rendering.html_of(kind.value, {"number": "7"}) == "Milik situs 7"
    assert rendering.template_version(kind.value) != before


def test_fonts_are_shipped_with_their_licence():
    shipped = files("helpdesk_plugin.documents") / "data" / "fonts"
    assert {file.name for file in shipped.iterdir()} == {*FONTS.values(), "LICENSE.txt"}
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    # What `make package` finds in the wheel follows from this line.
    assert "data/**/*" in project["tool"]["setuptools"]["package-data"]["*"]


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_has_its_template(kind):
    assert len(rendering.template_version(kind.value).split()[0]) == 16
