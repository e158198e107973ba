"""The import of holidays at the screen: preview first, ticks, then rows; and the warning in October."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Holiday, HolidayKind, SetupRecord
from helpdesk_plugin.staff.holiday_lines import MAX_LINES, read_lines
from tests.staff.conftest import messages_of

#: A moment of October in the agency's zone that is still September in UTC.
OCTOBER = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)
YEARS = range(2025, 2030)
URL = "helpdesk_holidays_modeladmin_import"


@pytest.fixture(autouse=True)
def in_october():
    with acting_at(OCTOBER):
        yield


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


def address(**query) -> str:
    return reverse(URL, query=query or None)


def html_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def ticked(html: str) -> list[str]:
    return re.findall(r'name="day" value="([\d-]+)"[^>]* checked', html)


def test_the_listing_leads_to_the_import(manager, as_role):
    assert address() in manager.get(reverse("helpdesk_holidays_modeladmin_index")).content.decode()


def test_preview_lists_the_year_and_stores_nothing(manager):
    html = html_of(manager.get(address(year=2027)))
    assert "Jumat, 12 Maret 2027" in html
    assert "Cuti Bersama Hari Raya Idul Fitri" in html
    assert len(ticked(html)) == 26
    assert not Holiday.objects.exists()


def test_rows_that_are_there_are_not_ticked_and_say_so(manager):
    Holiday.objects.create(day=date(2027, 3, 12), name="Cuti Lebaran")
    Holiday.objects.create(day=date(2027, 8, 17), name="Hari Kemerdekaan Republik Indonesia")
    html = html_of(manager.get(address(year=2027)))
    assert len(ticked(html)) == 24
    assert "Sudah ada sebagai “Cuti Lebaran”" in html
    assert html.count('value="2027-08-17"') == 0


def test_only_ticked_days_are_added(manager, staff):
    response = manager.post(
        address(), {"year": "2027", "store": "1", "day": ["2027-08-17", "2027-12-25"]}, follow=True
    )
    assert messages_of(response) == ["2 hari libur ditambahkan."]
    assert list(Holiday.objects.values_list("day", "kind")) == [
        (date(2027, 8, 17), "public"),
        (date(2027, 12, 25), "public"),
    ]
    assert ModelLogEntry.objects.filter(action="wagtail.create", user=staff[Role.MANAGER]).count() == 2


def test_days_that_were_not_ticked_are_settled_too(manager):
    manager.post(address(), {"year": "2027", "store": "1", "day": "2027-08-17"})
    assert SetupRecord.objects.filter(key__startswith="holiday:2027").count() == 26


def test_the_import_runs_again_without_doubles_and_overwrites_nothing(manager):
    sent = {"year": "2027", "store": "1", "day": ["2027-08-17", "2027-12-25"]}
    manager.post(address(), sent, follow=True)
    Holiday.objects.filter(day="2027-08-17").update(name="HUT RI")
    response = manager.post(address(), sent, follow=True)
    assert messages_of(response) == ["2 hari libur sudah ada sebelumnya dan tetap seperti adanya."]
    assert list(Holiday.objects.values_list("name", flat=True)) == ["HUT RI", "Hari Raya Natal"]


def test_days_that_no_list_names_are_not_added(manager):
    manager.post(address(), {"year": "2027", "store": "1", "day": ["2027-08-18", "x", "\x00", "2027-12-25"]})
    assert [row.day for row in Holiday.objects.all()] == [date(2027, 12, 25)]


def test_nothing_ticked_adds_nothing_and_says_so(manager):
    response = manager.post(address(), {"year": "2027", "store": "1"})
    assert messages_of(response) == ["Tidak ada hari yang dicentang, jadi tidak ada yang ditambahkan."]
    assert len(ticked(html_of(response))) == 26


@pytest.mark.parametrize(
    "year", ["1999", "2024", "2030", "dua", "", "\x00", "2027.5", "99999999999999999999"]
)
def test_a_bad_year_is_answered_with_a_sentence(manager, year):
    sentence = "Tahun ini tidak dapat diimpor. Pilih tahun 2025 sampai 2029."
    assert sentence in html_of(manager.get(address(), {"year": year}))
    assert sentence in html_of(manager.post(address(), {"year": year, "store": "1", "day": "2027-08-17"}))
    assert not Holiday.objects.exists()


def test_a_year_without_joint_leave_says_so_and_marks_estimates(manager):
    html = html_of(manager.get(address(year=2028)))
    assert "belum memuat cuti bersama untuk 2028" in html
    assert "(perkiraan)" in html
    assert "belum memuat cuti bersama" not in html_of(manager.get(address(year=2026)))


class TestLines:
    TEXT = "2027-03-10;Cuti bersama Idul Fitri\n2027-04-01;Hari Jadi;Libur daerah\n2027-13-01;Salah"

    def test_preview_shows_days_and_what_is_wrong(self, manager):
        html = html_of(manager.post(address(), {"lines": self.TEXT}))
        assert ticked(html) == ["2027-03-10", "2027-04-01"]
        assert "Baris 3: “2027-13-01” bukan tanggal. Tulis seperti 2027-03-10." in html
        assert not Holiday.objects.exists()

    def test_ticked_lines_are_added(self, manager):
        sent = {"lines": self.TEXT, "store": "1", "day": ["2027-03-10", "2027-04-01"]}
        assert manager.post(address(), sent).status_code == 302
        assert list(Holiday.objects.values_list("day", "name", "kind")) == [
            (date(2027, 3, 10), "Cuti bersama Idul Fitri", "joint_leave"),
            (date(2027, 4, 1), "Hari Jadi", "local"),
        ]

    def test_a_file_does_as_well(self, manager):
        content = "\ufeffTanggal;Nama\r\n10/03/2027;Cuti bersama\r\n".encode()
        file = SimpleUploadedFile("skb.csv", content, "text/csv")
        html = html_of(manager.post(address(), {"lines": "", "file": file}))
        assert ticked(html) == ["2027-03-10"]
        assert "10/03/2027;Cuti bersama</textarea>" in html

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"\xff\xfe\x00x", "Berkas ini bukan teks yang dapat dibaca"),
            (b"2027-03-10;x\n" * 6000, "Berkas lebih besar dari 64 KB"),
        ],
    )
    def test_a_file_that_is_none_is_refused_in_words(self, manager, content, sentence):
        response = manager.post(address(), {"file": SimpleUploadedFile("skb.csv", content, "text/csv")})
        assert sentence in html_of(response)

    def test_nothing_pasted_is_said(self, manager):
        assert "Tempelkan paling sedikit satu baris" in html_of(manager.post(address(), {"lines": " \n"}))

    def test_markup_in_a_name_stays_text(self, manager):
        html = html_of(manager.post(address(), {"lines": "2027-03-10;<script>alert(1)</script>"}))
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    ("line", "day", "name", "kind"),
    [
        ("2027-03-10;Cuti bersama Idul Fitri", date(2027, 3, 10), "Cuti bersama Idul Fitri", "joint_leave"),
        ("10-03-2027\tNyepi", date(2027, 3, 10), "Nyepi", "public"),
        ("10/3/2027,Pemilu", date(2027, 3, 10), "Pemilu", "public"),
        ("10 Maret 2027; Hari  Jadi ;libur daerah", date(2027, 3, 10), "Hari Jadi", "local"),
        ('2027-03-10;"Cuti; lagi"', date(2027, 3, 10), "Cuti; lagi", "public"),
    ],
)
def test_lines_are_read_as_people_write_them(line, day, name, kind):
    read = read_lines(line, YEARS)
    assert read.problems == []
    assert [(one.day, one.name, one.kind.value) for one in read.days] == [(day, name, kind)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("besok;Libur", "Baris 1: “besok” bukan tanggal. Tulis seperti 2027-03-10."),
        ("31 Februari 2027;Libur", "Baris 1: “31 Februari 2027” bukan tanggal. Tulis seperti 2027-03-10."),
        ("3 Mulud 2027;Libur", "Baris 1: “3 Mulud 2027” bukan tanggal. Tulis seperti 2027-03-10."),
        ("2027-03-10;", "Baris 1: nama belum diisi. Tulis setelah tanggal dan titik koma."),
        ("2027-03-10", "Baris 1: nama belum diisi. Tulis setelah tanggal dan titik koma."),
        ("2072-03-10;Libur", "Baris 1: tahun 2072 di luar 2025 sampai 2029."),
        ("2027-03-10;" + "x" * 161, "Baris 1: nama lebih panjang dari 160 huruf."),
        (
            "2027-03-10;Libur;pribadi",
            "Baris 1: “pribadi” bukan jenis hari libur. "
            "Pilihannya: Libur nasional, Cuti bersama, Libur daerah.",
        ),
    ],
)
def test_lines_that_cannot_be_used_say_why(text, problem):
    read = read_lines(text, YEARS)
    assert (read.days, read.problems) == ([], [problem])


def test_a_date_that_stands_twice_counts_once():
    read = read_lines("2027-03-10;Satu\n\n2027-03-10;Dua", YEARS)
    assert [one.name for one in read.days] == ["Satu"]
    assert read.problems == ["Baris 3: tanggal ini sudah ada di baris 1."]


def test_too_many_lines_are_refused_together():
    read = read_lines("2027-03-10;Libur\n" * (MAX_LINES + 1), YEARS)
    assert read.days == []
    assert read.problems == ["201 baris terlalu banyak; paling banyak 200 dibaca sekaligus."]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TECHNICAL_SUPPORT, Role.HEAD_OF_AGENCY])
def test_the_import_needs_the_permission_to_add_holidays(as_role, role):
    client = as_role(role)
    sent = {"year": "2027", "store": "1", "day": "2027-08-17"}
    for response in (client.get(address(year=2027)), client.post(address(), sent)):
        assert (response.status_code, response.url) == (302, "/admin/")
    assert not Holiday.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(manager, method):
    assert getattr(manager, method)(address()).status_code == 405


@pytest.mark.parametrize("stored", [0, 26])
def test_the_preview_costs_the_same_with_any_rows(manager, django_assert_num_queries, stored):
    if stored:
        for day in range(stored):
            Holiday.objects.create(
                day=date(2027, 8, 1) + timedelta(days=day), name="x", kind=HolidayKind.LOCAL
            )
    manager.get(address(year=2027))
    with django_assert_num_queries(9):
        manager.get(address(year=2027))


class TestWarning:
    SENTENCE = "Tabel hari libur 2027 masih kosong"

    @pytest.fixture(autouse=True)
    def this_year(self, db):
        Holiday.objects.create(day=date(2026, 8, 17), name="Kemerdekaan")

    def test_october_warns_with_the_link_to_the_import(self, manager):
        assert agency_date(clock.now()) == date(2026, 10, 1)
        html = html_of(manager.get("/admin/"))
        assert self.SENTENCE in html
        assert address(year=2027) in html

    def test_september_does_not(self, manager):
        with acting_at(OCTOBER - timedelta(seconds=1)):
            assert self.SENTENCE not in html_of(manager.get("/admin/"))

    def test_rows_end_it(self, manager):
        Holiday.objects.create(day=date(2027, 1, 1), name="Tahun baru")
        assert self.SENTENCE not in html_of(manager.get("/admin/"))

    def test_only_those_who_may_add_holidays_are_warned(self, as_role):
        for role in (Role.AUDITOR, Role.TECHNICAL_SUPPORT):
            assert self.SENTENCE not in html_of(as_role(role).get("/admin/"))

    def test_the_holidays_listing_says_it_too(self, manager):
        html = html_of(manager.get(reverse("helpdesk_holidays_modeladmin_index")))
        assert self.SENTENCE in html
