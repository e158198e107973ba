"""Taking the register out: inert, without contact data, scoped, on record, for whoever asked for it."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import ExportState, ReportExport, Ticket
from helpdesk_plugin.reports import sheets
from helpdesk_plugin.reports.jobs import write_export
from helpdesk_plugin.reports.views.base import EXPORTS
from helpdesk_plugin.services import exports
from tests.factories import MONDAY_9, make_agency_data, make_ticket, make_user, without_security_rights

pytestmark = pytest.mark.django_db

NIP = "198609262015051001"
HOSTILE = '=HYPERLINK("http://x.example","klik")'


@pytest.fixture
def manager(db):
    make_agency_data()
    return make_user(Role.MANAGER)


@pytest.fixture
def screen(manager):
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def book(manager):
    """Three tickets: an ordinary one, one that would like to be a formula, a confidential one."""
    tickets = [
        make_ticket(at=MONDAY_9, requester_nip=NIP, requester_email="rahasia@example.test"),
        make_ticket(at=MONDAY_9, summary=HOSTILE, requester_name="+62 mencoba"),
        make_ticket(at=MONDAY_9),
    ]
    Ticket.objects.filter(pk=tickets[2].pk).update(security_flag=True)
    Ticket.objects.filter(pk=tickets[0].pk).update(description="Bel\x07 berbunyi", summary="Bel\x07 berbunyi")
    return tickets


def ask(client, layout: str, **query):
    return client.post(reverse(EXPORTS, query=query or None), {"layout": layout})


def prepared(client, layout: str, **query) -> ReportExport:
    """An export that was asked for on the screen and written by the worker."""
    response = ask(client, layout, **query)
    export = ReportExport.objects.latest("pk")
    assert response.url == reverse("helpdesk_reports_export", args=[export.pk])
    if export.state == ExportState.WAITING:
        write_export.func(export.pk)
        export.refresh_from_db()
    assert export.state == ExportState.READY
    return export


def file_of(client, export) -> bytes:
    response = client.get(reverse("helpdesk_reports_export_file", args=[export.pk]))
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_csv_is_inert_and_holds_no_contact_data(screen, book):
    rows = csv_rows(ask(screen, "csv"))
    assert len(rows) == 4
    assert {len(row) for row in rows} == {17}
    text = "\n".join(cell for row in rows for cell in row)
    for secret in (NIP, "19860926", "81234567890", "rahasia@example.test"):
        assert secret not in text
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert rows[1][2] == "2026-11-23 09:00:00"
    assert rows[1][9] == "Bel berbunyi"


def test_the_spreadsheet_has_real_moments_and_no_formula(screen, book):
    export = prepared(screen, "register")
    content = file_of(screen, export)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows())
    assert [cell.value for cell in rows[2]][9] == HOSTILE
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d", "inlineStr"}
    assert not [cell for row in rows for cell in row if cell.hyperlink]
    assert rows[1][2].value.isoformat(" ") == "2026-11-23 09:00:00"
    assert [row[0].value for row in rows[1:]] == [1, 2, 3]
    assert NIP not in str([cell.value for row in rows for cell in row])
    assert (export.rows, export.done, export.size) == (3, 3, len(content))


def test_a_long_book_goes_on_on_the_next_sheet(screen, book, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    workbook = load_workbook(io.BytesIO(file_of(screen, prepared(screen, "register"))))
    assert [len(list(sheet.iter_rows())) for sheet in workbook] == [3, 2]


def test_the_raw_data_is_a_zip_of_tables_that_says_what_they_are(screen, book):
    with zipfile.ZipFile(io.BytesIO(file_of(screen, prepared(screen, "raw")))) as archive:
        assert archive.testzip() is None
        tables = {f"{name}.csv" for name in ("tickets", "events", "steps", "surveys", "answers")}
        assert set(archive.namelist()) == {"about.json", *tables}
        assert len(archive.read("tickets.csv").decode().splitlines()) == 4


def test_filters_narrow_what_is_taken_out(screen, book):
    other = make_ticket(at=MONDAY_9, kind="request")
    rows = csv_rows(ask(screen, "csv", kind="request", period="2026-11", q="x", unknown="y"))
    assert [row[1] for row in rows[1:]] == [other.number]
    assert len(csv_rows(ask(screen, "csv", period="2026-10"))) == 1
    refused = ask(screen, "csv", status="nonsense")
    assert refused.status_code == 200
    assert 'role="alert"' in refused.content.decode()


def test_every_export_is_on_record(screen, manager, book):
    ask(screen, "csv", kind="incident")
    prepared(screen, "register", priority="4")
    prepared(screen, "raw")
    found = ModelLogEntry.objects.filter(action="helpdesk.export").order_by("pk")
    assert [entry.user for entry in found] == [manager] * 3
    assert [entry.data["format"] for entry in found] == ["csv", "register", "raw"]
    assert found[0].data["filters"] == {"kind": ["incident"]}
    assert found[0].data["rows"] == 3
    assert found[1].data["filters"] == {"priority": ["4"]}


def test_the_file_is_for_whoever_asked_and_still_may(screen, manager, book):
    export = prepared(screen, "register")
    page, file = (
        reverse(name, args=[export.pk])
        for name in ("helpdesk_reports_export", "helpdesk_reports_export_file")
    )
    other = Client()
    other.force_login(make_user(Role.MANAGER))
    assert [other.get(address).status_code for address in (page, file)] == [404, 404]
    without_security_rights(manager)
    assert screen.get(page).status_code == 200
    assert screen.get(file).status_code == 302  # Wagtail's way of refusing
    manager.groups.clear()
    assert screen.get(page).status_code == 302


def test_a_narrow_circle_takes_no_matter_of_security(screen, manager, book):
    without_security_rights(manager)
    assert len(csv_rows(ask(screen, "csv"))) == 3
    rows = list(load_workbook(io.BytesIO(file_of(screen, prepared(screen, "register")))).active.iter_rows())
    assert len(rows) == 3
    with zipfile.ZipFile(io.BytesIO(file_of(screen, prepared(screen, "raw")))) as archive:
        assert book[2].number not in "".join(archive.read(name).decode() for name in archive.namelist())


def test_auditors_export_and_officers_do_not(book):
    for role, allowed in ((Role.AUDITOR, True), (Role.HEAD_OF_AGENCY, False)):
        client = Client()
        client.force_login(make_user(role))
        assert (client.get(reverse(EXPORTS)).status_code == 200) is allowed
        assert (ask(client, "csv").status_code == 200) is allowed


def test_progress_is_shown_until_it_is_over(screen, manager, book):
    export = exports.ask("register", by=manager, query="", rows=200, filters={})
    page = screen.get(reverse("helpdesk_reports_export", args=[export.pk]))
    assert page["Refresh"] == "3"
    ReportExport.objects.filter(pk=export.pk).update(state=ExportState.RUNNING, done=50)
    page = screen.get(reverse("helpdesk_reports_export", args=[export.pk]))
    assert 'value="25"' in page.content.decode()
    assert screen.get(reverse("helpdesk_reports_export_file", args=[export.pk])).status_code == 404


def test_what_fails_says_so_and_leaves_nothing(manager, book, monkeypatch):
    export = exports.ask("register", by=manager, query="", rows=3, filters={})
    monkeypatch.setattr(sheets, "write_xlsx", lambda *args: 1 / 0)
    write_export.func(export.pk)
    export.refresh_from_db()
    assert (export.state, bool(export.file)) == (ExportState.FAILED, False)


def test_an_export_is_written_once(manager, book):
    export = exports.ask("raw", by=manager, query="", rows=3, filters={})
    write_export.func(export.pk)
    first = ReportExport.objects.get(pk=export.pk)
    write_export.func(export.pk)
    assert ReportExport.objects.get(pk=export.pk).ended_at == first.ended_at


def test_old_files_are_thrown_away(screen, book):
    export = prepared(screen, "register")
    assert exports.sweep(timezone.now()) == 0
    storage, name = export.file.storage, export.file.name
    assert storage.exists(name)
    assert exports.sweep(timezone.now() + exports.KEPT) == 1
    assert not storage.exists(name)
    assert not ReportExport.objects.exists()


@pytest.mark.parametrize("count", [1, 6])
def test_the_csv_costs_the_same_at_any_length(manager, django_assert_num_queries, count):
    for _number in range(count):
        make_ticket()
    with django_assert_num_queries(2):  # a batch, and the one that finds nothing more
        list(sheets.as_csv(Ticket.objects.all()))
