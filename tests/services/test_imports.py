"""Lists and the former register are brought in once, however often the file comes."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Impact, Urgency
from helpdesk_plugin.models import (
    Attachment,
    Channel,
    HelpDeskSettings,
    Opd,
    OpdContact,
    OutboxMessage,
    RetentionRule,
    Service,
    StepRecord,
    Ticket,
    TicketEvent,
)
from helpdesk_plugin.services import imports, past_files
from helpdesk_plugin.services.errors import NotPermitted
from helpdesk_plugin.services.imports import AGENCIES, CONTACTS, SERVICES, LineProblem, LineState
from helpdesk_plugin.services.intake import Triage, triage_ticket
from helpdesk_plugin.services.past_files import ArchiveRefused, in_archive, in_folder
from helpdesk_plugin.services.past_tickets import PAST_TICKETS, import_past_ticket
from helpdesk_plugin.services.retention import due
from helpdesk_plugin.services.tables import read_table
from tests.factories import make_opd, make_service, make_user, picture

pytestmark = pytest.mark.django_db

SAMPLE = Path(settings.BASE_DIR, "docs", "samples", "register-lama.csv")


@pytest.fixture
def manager(staff):
    return make_user(Role.MANAGER)


def bring(kind, text, by, **options):
    content = text if isinstance(text, bytes) else text.encode()
    return imports.store(kind, read_table(content, kind.columns), options, by=by)


def everything(by):
    """The sample of the former register, with an agency and a service for whatever it calls otherwise."""
    opd = Opd.objects.filter(code="LAIN").first() or make_opd(code="LAIN", name="Unit lain")
    service = Service.objects.filter(code="LAIN").first() or make_service(code="LAIN", name="Lain-lain")
    return bring(PAST_TICKETS, SAMPLE.read_bytes(), by, opd=opd, service=service)


def test_former_register_is_imported_whole_and_once(manager):
    school = make_opd(name="Dinas Pendidikan")
    tally = everything(manager)
    assert (tally.added, tally.there, tally.refused) == (4, 0, [])
    tickets = {ticket.external_reference: ticket for ticket in Ticket.objects.all()}
    statuses = {reference: ticket.status for reference, ticket in tickets.items()}
    assert statuses == {
        "HD-0001": "closed",
        "HD-0002": "rejected",
        "HD-0003": "submitted",
        "HD-0004": "submitted",
    }
    first = tickets["HD-0001"]
    assert (first.opd, first.channel, first.number) == (school, Channel.IMPORTED, "HD-2023-000001")
    assert timezone.localtime(first.submitted_at).isoformat() == "2023-03-10T08:15:00+07:00"
    assert first.status_since == first.closed_at == first.submitted_at
    assert (first.requester_nip, first.requester_phone) == ("198001012005011001", "+6281200000001")
    assert first.wished_date == date(2023, 3, 12)
    assert "modem merah.\nSudah" in first.description
    assert "foto-modem.jpg" in first.description
    # What cannot be read of contacts is left out, and said; the row is not lost.
    assert [line.row.number for line in tally.doubted] == [5]
    assert {doubt.column for doubt in tally.doubted[0].doubts} == {"hp", "nip", "email"}
    again = everything(manager)
    assert (again.added, again.there) == (0, 4)
    assert Ticket.objects.count() == 4


def test_imported_tickets_have_ledger_history_and_search_but_no_mail_and_no_judgement(manager):
    everything(manager)
    ticket = Ticket.objects.get(external_reference="HD-0001")
    assert [(event.act, event.by) for event in ticket.events.all()] == [("import", manager)]
    assert ticket.history.count() == 1
    assert list(Ticket.objects.search("hd-0001")) == [ticket]
    assert (ticket.response_outcome, ticket.recovery_outcome, ticket.recovery_due_at) == ("", "", None)
    assert not StepRecord.objects.filter(ticket=ticket).exists()
    assert not OutboxMessage.objects.exists()


def test_what_was_open_goes_on_here(manager, staff):
    everything(manager)
    ticket = Ticket.objects.get(external_reference="HD-0003")
    triage_ticket(
        ticket.pk, Triage(ticket.kind, ticket.service, Impact.MEDIUM, Urgency.MEDIUM), by=staff.teknisi
    )
    ticket.refresh_from_db()
    assert ticket.status == "triaged"
    assert ticket.recovery_due_at > timezone.now(), "the promise counts from the import"


def test_retention_counts_from_the_old_end(manager):
    everything(manager)
    HelpDeskSettings.load()
    RetentionRule.objects.create(ending="closed", months=24)
    assert [one.count for one in due(timezone.now())] == [1]


def test_unknown_unit_is_a_sentence_with_a_line(manager):
    make_service(name="Jaringan")
    tally = bring(
        PAST_TICKETS, "nomor;nama;judul;status;unit;kategori\n7;Budi;Mati;done;Entah;Jaringan\n", manager
    )
    (line,) = tally.refused
    assert (line.row.number, line.refused.problem, line.refused.column, line.refused.typed) == (
        2,
        LineProblem.UNKNOWN,
        "unit",
        "Entah",
    )
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    ("status", "problem"), [("belum tahu", LineProblem.UNKNOWN), ("done", LineProblem.NO_DATE)]
)
def test_bad_cells_refuse_their_line_alone(manager, status, problem):
    options = {"opd": make_opd(), "service": make_service()}
    text = f"nomor;nama;judul;status;tanggal\n1;Budi;Mati;{status};31-02-2023\n2;Ani;Mati;done;1 Mei 2023\n"
    tally = bring(PAST_TICKETS, text, manager, **options)
    assert (tally.added, [line.refused.problem for line in tally.refused]) == (1, [problem])


def zipped(files):
    """A ZIP of files by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return written.getvalue()


def kept(reference):
    return sorted(
        Attachment.objects.filter(ticket__external_reference=reference).values_list("name", flat=True)
    )


def test_files_come_along_by_name_and_are_judged_by_content(manager, tmp_path):
    options = {"opd": make_opd(), "service": make_service()}
    text = (
        "nomor;nama;judul;status;lampiran\n"
        '1;Budi;Mati;done;"Foto.JPG; 2023/surat.pdf, hilang.pdf"\n'
        "2;Ani;Mati;sent;jahat.pdf\n3;Cici;Mati;sent;surat.pdf\n4;Dedi;Mati;sent;\n"
    )
    photo, letter = picture("JPEG"), b"%PDF-1.4 surat"
    letters = dict.fromkeys(("2023/surat.pdf", "2024/surat.pdf"), letter)
    beside = in_archive(zipped({"foto.jpg": photo, "jahat.pdf": b"MZ\x90", **letters}))
    tally = bring(PAST_TICKETS, text, manager, **options, files=beside)
    assert (tally.added, tally.files, tally.refused) == (4, 2, [])
    assert kept("1") == ["foto.jpg", "surat.pdf"]
    assert {event.act for event in TicketEvent.objects.filter(attachments__isnull=False)} == {"import"}
    problems = [(line.row.number, doubt.problem) for line in tally.doubted for doubt in line.doubts]
    assert sorted(problems) == [
        (2, LineProblem.FILE_MISSING),
        (3, LineProblem.FILE_REFUSED),
        (4, LineProblem.FILE_AMBIGUOUS),
    ]
    told = {t.external_reference: t.description.partition("lama: ")[2] for t in Ticket.objects.all()}
    assert told == {"1": "hilang.pdf", "2": "jahat.pdf", "3": "surat.pdf", "4": ""}
    # The same register again, with what lacked, from a folder of the server: nothing twice.
    (tmp_path / "2024").mkdir()
    for name, content in (("hilang.pdf", letter), ("foto.jpg", photo), ("2024/surat.pdf", letter)):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "jahat.pdf").symlink_to("/etc/hostname")
    again = bring(PAST_TICKETS, text, manager, **options, files=in_folder(tmp_path))
    assert (again.added, again.there, again.files) == (0, 4, 2)
    assert (kept("1"), kept("3")) == (["foto.jpg", "hilang.pdf", "surat.pdf"], ["surat.pdf"])
    assert [line.row.number for line in again.doubted] == [3]  # a link is not followed
    assert bring(PAST_TICKETS, text, manager, **options, files=in_folder(tmp_path)).files == 0
    assert Ticket.objects.get(external_reference="1").status == "closed"


def test_command_imports_with_a_folder_and_tells_what_lacks(manager, tmp_path, capsys):
    make_opd(code="LAIN"), make_service(code="LAIN")
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.4 surat")
    asked = [str(SAMPLE), "--user", manager.username, "--opd", "lain", "--service", "LAIN", "--files"]
    call_command("helpdesk_import_register", *asked, str(tmp_path), "--dry-run")
    assert not Ticket.objects.exists()
    call_command("helpdesk_import_register", *asked, str(tmp_path))
    told = capsys.readouterr()
    assert "4 new, 0 there already, 0 not usable; 1 files to add. Nothing was changed." in told.out
    assert "4 rows imported, 1 files added, 0 not usable." in told.out
    assert "Baris 2: berkas “foto-modem.jpg” tidak ikut" in told.err
    for wrong in (
        [*asked[:2], "siapa", "--files", str(tmp_path)],
        [*asked, str(SAMPLE)],
        [*asked, "/tidak/ada"],
    ):
        with pytest.raises(CommandError):
            call_command("helpdesk_import_register", *wrong)


def test_archives_that_cannot_be_used_are_refused(monkeypatch):
    for content in (b"", b"PK\x03\x04", b"Rar!"):
        with pytest.raises(ArchiveRefused):
            in_archive(content)
    monkeypatch.setattr(past_files, "MAX_MEMBERS", 3)
    with pytest.raises(ArchiveRefused):
        in_archive(zipped(dict.fromkeys(("a.pdf", "b.pdf", "c.pdf", "d.pdf"), b"a")))
    left_behind = {"a.pdf": b"a", "__MACOSX/._a.pdf": b"b", ".DS_Store": b"c"}
    assert in_archive(zipped(left_behind)).find("A.PDF").name == "a.pdf"


def test_only_managers_import(staff, manager):
    for kind in (AGENCIES, CONTACTS, SERVICES, PAST_TICKETS):
        with pytest.raises(PermissionDenied):
            imports.store(kind, [], {}, by=staff.teknisi)
    judge = PAST_TICKETS.judge({"opd": make_opd(), "service": make_service()})
    row = next(read_table(b"nomor;nama;judul;status\n1;B;M;done\n", PAST_TICKETS.columns))
    with pytest.raises(NotPermitted):
        import_past_ticket(judge(row).what, by=staff.teknisi)


def test_agencies_contacts_and_services_are_added_and_never_changed(manager):
    text = "Kode;Nama OPD;Singkatan\nDISDIK;Dinas Pendidikan;Disdik\ndisdik;Dobel;x\n;Tanpa kode;y\n"
    tally = bring(AGENCIES, text, manager)
    assert (tally.added, tally.there, len(tally.refused)) == (1, 1, 1)
    opd = Opd.objects.get()
    assert opd.history.get().history_change_reason == "import"
    bring(AGENCIES, "kode;nama\nDISDIK;Nama lain\n", manager)
    assert Opd.objects.get().name == "Dinas Pendidikan"
    text = "opd;nama;email;mulai\nDisdik;Rina;RINA@example.test;1-1-2026\nDisdik;Edo;salah;1-1-2026\n"
    tally = bring(CONTACTS, text, manager)
    assert (tally.added, tally.there, [line.row.number for line in tally.refused]) == (1, 0, [3])
    assert bring(CONTACTS, text, manager).there == 1
    assert OpdContact.objects.get().email == "rina@example.test"
    text = "kode;nama;kelompok;dampak\nWIFI;WiFi kantor;Infrastruktur;sedang\nX;Y;entah;\n"
    tally = bring(SERVICES, text, manager)
    assert (tally.added, tally.refused[0].refused.column) == (1, "kelompok")
    assert Service.objects.get(code="WIFI").default_impact == 2


def test_a_press_ends_after_its_time_and_the_next_goes_on(manager, monkeypatch):
    monkeypatch.setattr(imports, "LONGEST_PRESS", -1.0)
    text = "kode;nama\nA;a\nB;b\n"
    assert bring(AGENCIES, text, manager).left == 2
    monkeypatch.undo()
    assert bring(AGENCIES, text, manager).added == 2


def test_preview_writes_nothing(manager):
    rows = read_table(b"kode;nama\nA;a\n", AGENCIES.columns)
    assert [line.state for line in imports.preview(AGENCIES, rows, {})] == [LineState.NEW]
    assert not Opd.objects.exists()
