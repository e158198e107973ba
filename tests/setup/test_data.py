"""The seed data says what the agency's documents say, and every row of it is valid."""

from datetime import date, timedelta

import pytest

from helpdesk_plugin.calendars import calendar
from helpdesk_plugin.domain.escalation import DEFAULT_LEVELS
from helpdesk_plugin.domain.priorities import DEFAULT_MATRIX
from helpdesk_plugin.domain.steps import SOP_ORDER
from helpdesk_plugin.models import (
    EscalationLevel,
    Holiday,
    HolidayKind,
    LetterRule,
    MessageText,
    Opd,
    PriorityRule,
    PriorityTarget,
    RequiredDocument,
    Service,
    ServiceQuestion,
    SopVersion,
    StepStandard,
    WorkingRegime,
    WorkingWindow,
)
from helpdesk_plugin.setup.plan import Rows
from helpdesk_plugin.setup.registry import STEPS

# Written by hand from the decrees: day and month.
PUBLIC_2026 = "1/1 16/1 17/2 19/3 21/3 22/3 3/4 5/4 1/5 14/5 27/5 31/5 1/6 16/6 17/8 25/8 25/12"
JOINT_LEAVE_2026 = "16/2 18/3 20/3 23/3 24/3 15/5 28/5 24/12"
PUBLIC_2027 = "1/1 5/1 6/2 8/3 10/3 11/3 26/3 28/3 1/5 6/5 17/5 20/5 1/6 6/6 15/8 17/8 25/12 26/12"
JOINT_LEAVE_2027 = "5/2 9/3 12/3 15/3 25/3 18/5 19/5 24/12"

#: Services with a recovery target of their own, in working minutes (450 a day).
OWN_TARGETS = {
    "INF-DNS": 900,
    "INF-HST": 900,
    "INF-SSL": 450,
    "INF-PNB": 4500,
    "INF-PER": 2250,
    "INF-PUS": 900,
    "APL-WEB": 1350,
    "APL-EML": 60,
    "APL-TTE": 900,
    "APL-LPR": 450,
    "APL-AKN": 60,
    "APL-DAT": 1350,
    "APL-BLD": 4500,
    "KAM-UJI": 4500,
}

#: Working minutes of each SOP step for P1 to P4.
STEP_MINUTES = {
    "S1": (10, 10, 10, 10),
    "S2": (15, 15, 30, 30),
    "S2b": (15, 15, 15, 15),
    "S3": (30, 30, 30, 30),
    "S4": (30, 30, 30, 30),
    "S5": (30, 30, 30, 30),
    "S6": (60, 120, 225, 450),
    "S7": (None, None, None, None),
    "S8": (15, 15, 15, 15),
    "S9": (15, 15, 15, 15),
    "S10": (None, None, None, None),
}


def days(year, text):
    return [date(year, int(month), int(day)) for day, month in (pair.split("/") for pair in text.split())]


@pytest.mark.parametrize(
    ("year", "kind", "expected"),
    [
        (2026, HolidayKind.PUBLIC, PUBLIC_2026),
        (2026, HolidayKind.JOINT_LEAVE, JOINT_LEAVE_2026),
        (2027, HolidayKind.PUBLIC, PUBLIC_2027),
        (2027, HolidayKind.JOINT_LEAVE, JOINT_LEAVE_2027),
    ],
)
def test_holidays_are_those_of_the_decrees(set_up, year, kind, expected):
    stored = Holiday.objects.filter(day__year=year, kind=kind).values_list("day", flat=True)
    assert list(stored) == days(year, expected)


def test_holidays_reach_to_the_end_of_next_year(set_up):
    years = set(Holiday.objects.values_list("day__year", flat=True))
    assert years == {2026, 2027}


def test_holidays_that_are_settled_carry_no_estimate_in_their_name(set_up):
    assert Holiday.objects.filter(name__contains="perkiraan").count() == 0


@pytest.mark.parametrize(("year", "expected"), [(2026, 240), (2027, 242)])
def test_working_days_of_a_year(set_up, year, expected):
    assert calendar().working_days(date(year, 1, 1), date(year, 12, 31)) == expected


@pytest.mark.parametrize(
    ("monday", "minutes"),
    [
        (date(2026, 11, 23), 2250),  # ordinary hours: 37 h 30 min
        (date(2026, 2, 23), 1950),  # Ramadan: 32 h 30 min
        (date(2027, 2, 15), 1950),
    ],
)
def test_working_hours_of_a_week(set_up, monday, minutes):
    plans = [calendar().plan_for(monday + timedelta(days=n)) for n in range(7)]
    worked = sum(
        (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
        for plan in plans
        for opens, closes in plan.windows
    )
    assert worked == minutes


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 2, 19), date(2026, 3, 20)), (date(2027, 2, 8), date(2027, 3, 9))]
)
def test_ramadan_hours_apply_from_the_first_to_the_last_day(set_up, first, last):
    hours = calendar()
    around = [first - timedelta(days=1), first, last, last + timedelta(days=1)]
    seasonal = [hours.plan_for(day).regime.startswith("Ramadan") for day in around]
    assert seasonal == [False, True, True, False]


def test_opds_are_all_there(set_up):
    assert Opd.objects.count() == 48
    assert Opd.objects.filter(verified=False).count() == 6
    assert Opd.objects.get(code="KEC-KHI").name == "Kecamatan Katingan Hilir"


def test_services_are_all_there_in_order_and_unconfirmed(set_up):
    services = list(Service.objects.values_list("code", flat=True))
    assert len(services) == 34
    assert (services[0], services[-1]) == ("INF-NET", "LAIN")
    assert Service.objects.filter(confirmed=True).count() == 0


def test_services_have_the_targets_of_the_catalogue(set_up):
    stored = dict(Service.objects.exclude(recovery_minutes=None).values_list("code", "recovery_minutes"))
    assert stored == OWN_TARGETS


def test_services_flagged_as_security_are_the_two_of_the_catalogue(set_up):
    flagged = Service.objects.filter(is_security=True).values_list("code", flat=True)
    assert set(flagged) == {"APL-DFC", "KAM-INS"}


def test_services_with_a_self_check_are_the_networks(set_up):
    checked = {service.code for service in Service.objects.all() if service.self_check_questions()}
    assert checked == {"INF-NET", "INF-LAN", "INF-WLS", "INF-SAT"}
    assert len(Service.objects.get(code="INF-NET").self_check_questions()) == 5


def test_services_run_elsewhere_name_their_operator(set_up):
    stored = dict(Service.objects.exclude(central_operator="").values_list("code", "central_operator"))
    assert stored == {
        "APL-SRK": "ANRI",
        "APL-SPD": "Kemendagri",
        "APL-KPG": "Pengelola pusat/BKPSDM",
        "APL-LPS": "UKPBJ/LKPP",
        "APL-PJK": "Bapenda",
    }


def test_service_needs_a_letter_for_requests_except_for_passwords(set_up):
    never = Service.objects.exclude(letter_rule=LetterRule.BY_KIND).values_list("code", "letter_rule")
    assert list(never) == [("APL-EML", LetterRule.NEVER)]


def test_documents_hang_on_their_services(set_up):
    stored = RequiredDocument.objects.filter(required=True).values_list("service__code", "name")
    assert dict(stored) == {
        "INF-HST": "Spesifikasi kebutuhan",
        "INF-PNB": "Denah lokasi",
        "INF-PER": "Berita acara kerusakan",
        "APL-TTE": "Data ASN (nama, NIP, jabatan, unit kerja)",
        "APL-BLD": "Dokumen kebutuhan",
    }


def test_questions_that_must_be_answered_are_those_of_the_catalogue(set_up):
    stored = ServiceQuestion.objects.filter(required=True, stop_answers="")
    assert dict(stored.values_list("service__code", "label")) == {
        "INF-LAN": "Di ruang mana?",
        "INF-VID": "Tanggal acara",
        "INF-CTV": "Nama titik atau lokasi kamera",
        "APL-WEB": "Alamat situs (URL)",
        "APL-PRT": "Alamat halaman (URL)",
        "APL-EML": "Apa yang Anda perlukan?",
        "APL-LKL": "Nama aplikasi",
        "APL-AKN": "Nama aplikasi",
    }


def test_citizens_are_led_to_lapor_and_users_of_national_applications_advised(set_up):
    stops = ServiceQuestion.objects.exclude(stop_answers="")
    stored = {(q.service.code, tuple(q.stop_values), q.stop_link, q.stop_blocks) for q in stops}
    inside = ("Kesalahan atau data di dalam aplikasi",)
    assert stored == {
        ("LAIN", ("Warga",), "https://www.lapor.go.id", True),
        ("APL-LPR", ("no",), "https://www.lapor.go.id", True),
        *((code, inside, "", False) for code in ("APL-SRK", "APL-SPD", "APL-KPG", "APL-LPS")),
    }


def test_questions_are_proposals(set_up):
    assert ServiceQuestion.objects.filter(confirmed=True).count() == 0
    assert ServiceQuestion.history.count() == ServiceQuestion.objects.count() > 0


def test_matrix_is_the_proposed_one(set_up):
    stored = {(r.impact, r.urgency): r.priority for r in PriorityRule.objects.all()}
    assert stored == {(i.value, u.value): p.value for (i, u), p in DEFAULT_MATRIX.items()}


def test_targets_are_those_of_the_catalogue(set_up):
    fields = (
        "response_minutes",
        "assignment_minutes",
        "recovery_minutes",
        "update_minutes",
        "disposition_may_follow",
    )
    assert {row[0]: row[1:] for row in PriorityTarget.objects.values_list("priority", *fields)} == {
        1: (15, 30, 240, 60, True),
        2: (30, 60, 450, 225, False),
        3: (120, 225, 1350, 450, False),
        4: (450, 450, 2250, None, False),
    }


def test_warning_levels_are_those_that_apply_without_any(set_up):
    assert {row.as_level() for row in EscalationLevel.objects.all()} == set(DEFAULT_LEVELS)


def test_sop_identity_holds_only_what_the_document_says(set_up):
    version = SopVersion.objects.get(number=1)
    assert version.title == "Pengajuan Penanganan Gangguan TIK"
    assert version.document_number == "555/…/DISKOMINFO-2/IV/2024"
    assert version.approved_by == "Kepala Dinas"
    assert (version.revised_on, version.related, version.records) == ("", "", "")
    assert version.confirmed is False


def test_sop_is_in_force_for_tickets_of_today(set_up):
    assert SopVersion.objects.in_force(date(2026, 11, 23)).number == 1


def test_sop_steps_have_the_proposed_times(set_up):
    steps = StepStandard.objects.filter(version__number=1)
    stored = {s.code: (s.minutes_p1, s.minutes_p2, s.minutes_p3, s.minutes_p4) for s in steps}
    assert stored == STEP_MINUTES
    assert [s.code for s in steps] == list(SOP_ORDER)
    assert {s.confirmed for s in steps} == {False}


def test_message_texts_are_stored_in_both_languages(set_up):
    kinds = {
        language: set(MessageText.objects.filter(language=language).values_list("kind", flat=True))
        for language in ("id", "en")
    }
    assert kinds["id"] == kinds["en"] != set()


@pytest.mark.parametrize(
    "model",
    [
        *(step.model for step in STEPS if isinstance(step, Rows)),
        RequiredDocument,
        ServiceQuestion,
        StepStandard,
        WorkingWindow,
    ],
)
def test_every_row_is_valid(set_up, model):
    rows = list(model.objects.all())
    assert rows
    for row in rows:
        row.full_clean()


def test_regimes_are_permanent_but_for_ramadan(set_up):
    names = WorkingRegime.objects.filter(first_day=None).values_list("name", flat=True)
    assert list(names) == ["Jam biasa"]
