"""Evidence of a period and of an officer: what is in it, what is not, who takes it."""

import csv
import hashlib
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.periods import Period
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.evidence import officer, period
from helpdesk_plugin.evidence.archive import MANIFEST
from helpdesk_plugin.models import IssuedDocument, SopVersion, StepRecord, Ticket
from helpdesk_plugin.reports.scope import Scope
from tests.factories import MONDAY_9, Staff, make_agency_data, make_opd, make_user, ticket_at
from tests.staff.conftest import messages_of
from tests.surveys import answer_all, open_one

pytestmark = pytest.mark.django_db

NOVEMBER = Period.month(2026, 11)
#: What nobody outside may read.
SECRETS = {
    "requester_name": "RAHASIA-NAMA",
    "requester_email": "rahasia@example.test",
    "requester_phone": "+6281377778888",
    "requester_nip": "198609262015051777",
    "summary": "RAHASIA-RINGKASAN",
    "description": "RAHASIA-URAIAN",
}
AFTER = MONDAY_9 + timedelta(days=10)


@pytest.fixture
def staff():
    make_agency_data()
    return Staff()


@pytest.fixture
def closed(staff):
    return ticket_at(TicketStatus.CLOSED, staff=staff, at=MONDAY_9, **SECRETS)


@pytest.fixture
def manager(staff):
    return make_user(Role.MANAGER)


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def text_of(content: bytes) -> str:
    read = PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def rows_of(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_archive_holds_everything_that_an_evaluation_asks_for(closed, manager):
    with acting_at(MONDAY_9):
        survey = open_one(manager)
        answer_all(survey, make_opd(), [3, 4, 4])
    with acting_at(AFTER):
        scope = Scope(NOVEMBER, manager)
        (recap,) = period.issue_missing(scope, by=manager)
        content = period.evidence_of(scope)
    files = files_of(content)
    names = sorted(re.sub(r"(2026-07-01)-\d+", r"\1", name) for name in files)
    assert names == [
        "1-rekap/2026-11-Rekap-bulanan-555-1-DISKOMINFO-XI-2026.pdf".replace("XI", "XII"),
        "1-rekap/angka-rekap.csv",
        "2-tiket/daftar-tiket-anonim.csv",
        "2-tiket/daftar-tiket-anonim.xlsx",
        "3-tren-sla/tren-sla.csv",
        "3-tren-sla/tren-sla.svg",
        "3-tren-sla/tren-sla.xlsx",
        "4-survei/2026-07-01-ikm.csv",
        "4-survei/2026-07-01-jawaban-per-opd.csv",
        "4-survei/penilaian-setelah-ditutup.csv",
        "5-sop/versi-1.csv",
        "5-sop/versi-1.html",
        "5-sop/versi-1.pdf",
        "BACA-SAYA.txt",
        MANIFEST,
    ]
    kept = next(content for name, content in files.items() if re.fullmatch("1-rekap/.+[.]pdf", name))
    assert hashlib.sha256(kept).hexdigest() == recap.sha256
    listed = dict(line.split("  ")[::-1] for line in files[MANIFEST].decode().splitlines())
    assert {name: hashlib.sha256(files[name]).hexdigest() for name in listed} == listed
    assert set(listed) == set(files) - {MANIFEST}
    (row,) = rows_of(files["2-tiket/daftar-tiket-anonim.csv"])
    assert (row["Nomor tiket"], row["Status"], row["Masuk"]) == (
        closed.number,
        "Ditutup",
        "2026-11-23 09:00:00",
    )
    (month,) = [row for row in rows_of(files["3-tren-sla/tren-sla.csv"]) if row["Bulan"] == "2026-11"]
    assert (month["Masuk"], month["Selesai ditangani"]) == ("1", "1")
    figures = files["1-rekap/angka-rekap.csv"].decode()
    assert '"91,67 (A – Sangat baik), belum cukup responden"' in figures
    drawn = files["3-tren-sla/tren-sla.svg"].decode()
    assert drawn.startswith("<svg")
    assert "Nov 2026" in drawn
    assert "91,67" in next(files[name].decode() for name in files if name.endswith("-ikm.csv"))
    assert "Langkah dan mutu baku" in files["5-sop/versi-1.html"].decode()
    printed = text_of(files["5-sop/versi-1.pdf"])
    steps = SopVersion.objects.get(number=1).steps.all()
    told = [f"{step.code} {step.name} {step.activity}" for step in steps]
    told += ["Usulan, belum disahkan.", "Menit P1"]
    assert told
    assert [line for line in told if "".join(line.split()) not in "".join(printed.split())] == []


def test_nobody_and_no_security_matter_is_in_it(closed, manager, staff):
    secret = ticket_at(TicketStatus.CLOSED, staff=staff, at=MONDAY_9)
    Ticket.objects.filter(pk=secret.pk).update(security_flag=True)
    with acting_at(AFTER):
        content = period.evidence_of(Scope(NOVEMBER, manager))
    told = ""
    for name, content_of in files_of(content).items():
        if name.endswith(".xlsx"):
            content_of = b"".join(files_of(content_of).values())
        told += content_of.decode(errors="replace")
    people = [user.get_full_name() for user in (staff.kadis, staff.prakom, staff.teknisi)]
    assert [one for one in (*SECRETS.values(), *people, secret.number) if one in told] == []
    assert closed.number in told
    (month,) = [row for row in rows_of(files_of(content)["3-tren-sla/tren-sla.csv"]) if row["Masuk"] != "0"]
    assert month["Masuk"] == "1"


def test_same_content_gives_the_same_bytes_whoever_takes_it(closed, manager):
    with acting_at(AFTER):
        period.issue_missing(Scope(NOVEMBER, manager), by=manager)
        first = period.evidence_of(Scope(NOVEMBER, manager))
    with acting_at(AFTER + timedelta(days=3)):
        second = period.evidence_of(Scope(NOVEMBER, make_user(Role.MANAGER)))
    assert first == second


def test_recap_of_a_running_month_is_not_issued_and_the_file_says_what_lacks(closed, manager):
    with acting_at(MONDAY_9 + timedelta(days=1)):
        scope = Scope(Period.quarter(2026, 4), manager)
        issued = period.issue_missing(scope, by=manager)
        files = files_of(period.evidence_of(scope))
    assert [document.basis for document in issued] == ["2026-10"]
    said = files["BACA-SAYA.txt"].decode()
    assert "Rekap yang belum diterbitkan: November 2026, Desember 2026." in said
    assert "masih berjalan; keadaannya per Selasa, 24 November 2026" in said


def test_too_many_tickets_are_refused_in_words(closed, manager, client, monkeypatch):
    monkeypatch.setattr(period, "MOST_TICKETS", 0)
    client.force_login(manager)
    with acting_at(AFTER):
        answer = client.post(reverse("helpdesk_evidence") + "?period=2026-11", follow=True)
    assert messages_of(answer) == [
        "1 tiket terlalu banyak untuk satu arsip; muat 0. Pilih periode yang lebih pendek."
    ]


def test_page_issues_what_lacks_hands_out_the_archive_and_logs_it(closed, manager, client):
    client.force_login(manager)
    page = reverse("helpdesk_evidence") + "?period=2026-11"
    with acting_at(AFTER):
        html = client.get(page).content.decode()
        assert "belum diterbitkan" in html
        assert not IssuedDocument.objects.exists()
        answer = client.post(page, {"issue": "1"}, follow=True)
        assert messages_of(answer) == ["1 rekap diterbitkan."]
        assert IssuedDocument.objects.get().number in answer.content.decode()
        taken = client.post(page)
    assert taken["Content-Disposition"] == 'attachment; filename="bukti-dukung-2026-11.zip"'
    (entry,) = ModelLogEntry.objects.filter(action="helpdesk.period_evidence")
    assert (entry.user, entry.data["sha256"]) == (manager, hashlib.sha256(taken.content).hexdigest())


@pytest.mark.parametrize("asked", ["", "?period=x", "?period=free&first=2026-12-01&last=2026-11-01"])
def test_a_period_that_is_none_is_answered_with_a_page(manager, client, asked):
    client.force_login(manager)
    for name in ("helpdesk_evidence", "helpdesk_performance"):
        assert client.get(reverse(name) + asked).status_code == 200
        assert client.post(reverse(name) + asked).status_code in {200, 302}


def test_officer_gets_only_the_steps_that_were_their_own(closed, staff, client):
    own = StepRecord.objects.filter(by=staff.prakom, completed=True)
    assert 0 < own.count() < StepRecord.objects.count()
    client.force_login(staff.prakom)
    with acting_at(AFTER):
        page = reverse("helpdesk_performance") + "?period=2026-11"
        assert staff.teknisi.get_full_name() not in client.get(page).content.decode()
        taken = client.post(page)
        assert client.post(page, {"officer": staff.teknisi.pk}).status_code == 302  # sent away: not theirs
    files = files_of(taken.content)
    rows = rows_of(files["langkah-sop.csv"])
    assert sorted(row["Langkah"] for row in rows) == sorted(own.values_list("code", flat=True))
    assert {row["Nomor tiket"] for row in rows} == {closed.number}
    assert "RAHASIA" not in str({name: content for name, content in files.items() if name.endswith("csv")})
    text = text_of(files["bukti-kinerja.pdf"])
    assert "Bukti kinerja" in text
    assert f"menyelesaikan {len(rows)} langkah SOP pada 1 tiket" in text
    assert ModelLogEntry.objects.filter(action="helpdesk.performance").count() == 1


def test_manager_makes_it_for_anybody_and_security_matters_stay_out(closed, staff, manager, client):
    Ticket.objects.filter(pk=closed.pk).update(security_flag=True)
    client.force_login(manager)
    page = reverse("helpdesk_performance") + "?period=2026-11"
    with acting_at(AFTER):
        assert staff.teknisi.get_full_name() in client.get(page).content.decode()
        files = files_of(client.post(page, {"officer": staff.teknisi.pk}).content)
        nobody = client.post(page, {"officer": "999999"}, follow=True)
    assert rows_of(files["langkah-sop.csv"]) == []
    assert messages_of(nobody) == ["Petugas itu tidak ada, atau belum punya langkah. Pilih dari daftar."]


def test_pack_is_the_same_bytes_again(closed, staff):
    with acting_at(AFTER):
        first, second = (officer.pack_of(staff.prakom, Scope(NOVEMBER)) for _ in range(2))
    assert first == second


def test_archive_costs_the_same_for_few_tickets_and_many(staff, manager, django_assert_num_queries):
    with acting_at(AFTER):
        period.evidence_of(Scope(NOVEMBER, manager))  # what is asked once a process is known now
    for _ in range(2):
        ticket_at(TicketStatus.CLOSED, staff=staff, at=MONDAY_9)
        with acting_at(AFTER), django_assert_num_queries(54):
            period.evidence_of(Scope(NOVEMBER, manager))
