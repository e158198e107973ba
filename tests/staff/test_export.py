"""The list as a spreadsheet: inert, without contact data, within bounds, on record."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.staff import export
from tests.factories import MONDAY_9, make_opd, make_service, make_ticket
from tests.staff.conftest import list_url, messages_of

NIP = "198609262015051001"


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def csv_rows(response) -> list[dict]:
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def xlsx_rows(response) -> list[tuple]:
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return list(book.active.iter_rows())


@pytest.mark.parametrize(
    "hostile",
    ['=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", " =1+1", "=cmd|' /C calc'!A0"],
)
def test_formulas_are_inert(staff, manager, hostile):
    make_ticket(summary=hostile, requester_name=hostile, opd=make_opd(name=hostile))
    for row in csv_rows(manager.get(list_url(export="csv"))):
        for text in row.values():
            assert not text.lstrip(" \t").startswith(("=", "+", "@")), text
    for row in xlsx_rows(manager.get(list_url(export="xlsx"))):
        assert {cell.data_type for cell in row} <= {"s", "n", "d", "inlineStr"}


def test_control_characters_do_not_break_the_spreadsheet(staff, manager):
    ticket = make_ticket()
    type(ticket).objects.filter(pk=ticket.pk).update(summary="Bel\x07 dan \x1b[31m merah\x0b")
    rows = xlsx_rows(manager.get(list_url(export="xlsx")))
    assert "Bel dan [31m merah" in [cell.value for cell in rows[1]]
    assert "Bel dan [31m merah" in csv_rows(manager.get(list_url(export="csv")))[0].values()


def test_export_holds_no_number_telephone_or_address(staff, manager):
    make_ticket(requester_nip=NIP, requester_phone="+6281234567890", requester_email="rahasia@example.test")
    content = b"".join(manager.get(list_url(export="csv")).streaming_content).decode()
    for secret in (NIP, "19860926", "81234567890", "rahasia@example.test"):
        assert secret not in content


def test_export_follows_filters_and_scope(staff, as_role, manager):
    wanted = make_ticket(kind="request")
    make_ticket()
    secret = make_ticket(kind="request", service=make_service(is_security=True))
    seen = csv_rows(manager.get(list_url(export="csv", kind="request")))
    first_column = [next(iter(row.values())) for row in seen]
    assert set(first_column) == {wanted.number, secret.number}


@pytest.mark.usefixtures("narrow_circle")
def test_export_is_scoped_to_what_the_officer_may_see(staff, sign_in):
    make_ticket(service=make_service(is_security=True))
    officer = staff.teknisi
    officer.user_permissions.add(Permission.objects.get(codename="export_ticket"))
    assert csv_rows(sign_in(officer).get(list_url(export="csv"))) == []


def test_export_is_logged_without_the_words_searched_for(staff, manager):
    make_ticket(summary="Internet mati")
    b"".join(manager.get(list_url(export="csv", priority="1", q="internet")).streaming_content)
    entry = ModelLogEntry.objects.get(action="helpdesk.export")
    assert entry.user == staff[Role.MANAGER]
    assert entry.data == {"rows": 0, "format": "csv", "filters": {"priority": ["1"]}}
    assert "0" in entry.message


def test_more_rows_than_fit_are_refused_with_a_sentence(staff, manager, monkeypatch):
    monkeypatch.setattr(export, "MAX_ROWS", 1)
    make_ticket(), make_ticket()
    response = manager.get(list_url(export="xlsx"), follow=True)
    assert any("2" in line for line in messages_of(response))
    assert not ModelLogEntry.objects.filter(action="helpdesk.export").exists()


def test_times_are_those_of_the_agency(staff, manager):
    make_ticket(at=MONDAY_9)
    assert "2026-11-23 09:00:00" in csv_rows(manager.get(list_url(export="csv")))[0].values()


@pytest.mark.parametrize("count", [1, 30])
def test_export_costs_the_same_at_any_length(staff, manager, django_assert_num_queries, count):
    service, opd = make_service(), make_opd()
    for _ticket in range(count):
        make_ticket(service=service, opd=opd)
    manager.get(list_url(export="csv"))
    with django_assert_num_queries(EXPORT_QUERIES):
        csv_rows(manager.get(list_url(export="csv")))


EXPORT_QUERIES = 11


def test_auditors_read_who_took_what_and_nobody_else_does(staff, manager, as_role):
    make_ticket()
    manager.get(list_url(export="csv", status="submitted"))
    address = reverse("helpdesk_exports_taken")
    html = as_role(Role.AUDITOR).get(address).content.decode()
    assert str(staff[Role.MANAGER].get_full_name() or staff[Role.MANAGER]) in html
    assert "1 tiket diekspor" in html
    assert "format: csv; status: submitted" in html
    assert as_role(Role.TECHNICAL_SUPPORT).get(address).status_code == 302
