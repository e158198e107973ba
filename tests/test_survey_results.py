"""What a period came to, as screens, files and a stranger's own script read it."""

import csv
import io
import random
import subprocess
import sys
import uuid
from decimal import Decimal
from pathlib import Path

import pytest

from helpdesk_plugin import survey_files, survey_results
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.ikm import ELEMENTS, FEWEST, index_of
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import SurveyResponse
from tests.factories import MONDAY_9, make_opd, make_service, make_user
from tests.surveys import answer_all, open_one

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parent.parent / "scripts" / "recompute_ikm.py"


@pytest.fixture
def period():
    with acting_at(MONDAY_9):
        yield open_one(make_user(Role.MANAGER))


def fill(period, opds, services, people, *, seed=7, blanks=False):
    """Answers of many people, drawn anew alike each time."""
    draw = random.Random(seed)
    SurveyResponse.objects.bulk_create(
        SurveyResponse(
            period=period,
            opd=draw.choice(opds),
            service=draw.choice([None, *services]),
            door=draw.choice(["invited", "open"]),
            day=MONDAY_9.date(),
            form=uuid.uuid4(),
            suggestion="=HYPERLINK(rahasia)",
            **{
                code.lower(): None if blanks and draw.random() < 0.1 else draw.randint(1, 4)
                for code in ELEMENTS
            },
        )
        for _ in range(people)
    )


def test_result_by_agency_and_service_beside_the_period_before(period):
    office, small, other = make_opd(short_name="Dinas A"), make_opd(), make_opd()
    service = make_service(name="Internet OPD")
    earlier = open_one(
        make_user(Role.MANAGER), title="Semester I", first_day="2026-01-01", last_day="2026-06-30"
    )
    answer_all(earlier, office, [2])
    answer_all(period, office, [4, 4, 3], service=service)
    answer_all(period, small, [1])
    answer_all(period, other, [2])
    result = survey_results.result_of(period)
    assert str(result.index.value) == "70.00"  # (4+4+3+1+2) / 5 × 25
    assert (result.before.period, str(result.before.index.value), str(result.change)) == (
        earlier, "50.00", "20.00",
    )  # fmt: skip
    assert [(one.name, one.index.respondents, one.is_told) for one in result.by_opd] == [
        ("Dinas A", 3, True),
        ("", 2, False),
    ]
    assert [(one.name, str(one.index.value)) for one in result.by_service] == [("Internet OPD", "91.67")]
    assert result.by_door == {"open": 5}
    assert result.response_rate is None
    row = survey_results.elements_of(result)[0]
    assert (row.code, row.name, str(row.nrr), str(row.before)) == ("U1", "Persyaratan", "2.800", "2.000")


def test_groups_of_too_few_stand_together_once_they_are_enough(period):
    for n in range(FEWEST):
        answer_all(period, make_opd(short_name=f"Kecil {n}"), [4])
    (group,) = survey_results.result_of(period).by_opd
    assert (group.name, group.groups, group.is_told, str(group.index.value)) == ("", FEWEST, True, "100.00")


def test_result_costs_the_same_for_few_answers_and_many(period, django_assert_num_queries):
    for people in (10, 200):
        fill(period, [make_opd() for _ in range(people // 10)], [make_service()], people, seed=people)
        # All, by door, by agency with names, by service with names; the period before.
        with django_assert_num_queries(7):
            survey_results.result_of(period)


@pytest.mark.parametrize("blanks", [False, True], ids=["filled", "blanks"])
@pytest.mark.parametrize("group", ["opd", "service"])
def test_stranger_works_out_the_same_from_the_raw_answers(period, tmp_path, group, blanks):
    opds = [make_opd(short_name=f"Dinas {n}") for n in range(8)]
    services = [make_service(name=f'Layanan "{n}", khusus') for n in range(4)]
    fill(period, opds, services, 240, blanks=blanks)
    answer_all(period, make_opd(short_name="Satu orang"), [1])
    raw = tmp_path / "jawaban.csv"
    raw.write_text(survey_files.raw_answers(period, group), newline="")
    said = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(raw)], capture_output=True, text=True, check=True
    ).stdout
    worked_out = {line["kelompok"]: line for line in csv.DictReader(io.StringIO(said))}
    result = survey_results.result_of(period)
    groups = result.by_opd if group == "opd" else result.by_service
    ours = {"SEMUA": result.index} | {one.name or survey_files.OTHERS: one.index for one in groups}
    assert set(worked_out) == set(ours)
    assert len(ours) >= 5
    for name, index in ours.items():
        line = worked_out[name]
        assert int(line["responden"]) == index.respondents
        assert (Decimal(line["ikm"]), line["mutu"]) == (index.value, index.grade)
        assert [Decimal(line[one.code]) for one in index.elements] == [one.nrr for one in index.elements]
        assert (line["catatan"] == "") is index.is_enough


def test_script_imports_nothing_of_ours():
    imported = [line for line in SCRIPT.read_text().splitlines() if line.startswith(("import", "from"))]
    assert imported == [
        "import csv", "import sys", "from decimal import ROUND_HALF_UP, Decimal, getcontext",
    ]  # fmt: skip


def test_raw_answers_name_nobody_and_no_lonely_office(period):
    answer_all(period, make_opd(short_name="=Dinas besar"), [3] * FEWEST, suggestion="Tanya Sari")
    answer_all(period, make_opd(short_name="Dinas kecil"), [1])
    told = survey_files.raw_answers(period)
    assert "Sari" not in told
    assert "Dinas kecil" not in told
    assert "'=Dinas besar" in told
    rows = list(csv.DictReader(io.StringIO(told)))
    assert list(rows[0]) == ["periode", "opd", "cara_masuk", *ELEMENTS]
    assert sorted(row["opd"] for row in rows) == ["'=Dinas besar"] * 3 + [survey_files.OTHERS]


def test_worksheet_is_what_the_regulation_prints(period):
    answer_all(period, make_opd(), [(4, 3, 3, 4, 3, 4, 4, 2, 3), (4, 4, 3, 4, 3, 4, 4, 3, 4)])
    answer_all(period, make_opd(), [(3, 3, 2, 4, 3, 3, 4, 2, 3)])
    sheet = survey_files.worksheet(period, "=Dinas Contoh")
    assert sheet.startswith("\ufeff")
    lines = {row[0]: row[1:] for row in csv.reader(io.StringIO(sheet[1:]), delimiter=";") if row}
    assert lines["Unit pelayanan"] == ["'=Dinas Contoh"]
    assert lines["No."] == list(ELEMENTS)
    assert lines["Jumlah nilai per unsur"] == ["11", "10", "8", "12", "9", "11", "12", "7", "10"]
    assert lines["NRR per unsur"][:3] == ["3,667", "3,333", "2,667"]
    assert lines["NRR tertimbang per unsur (x 1/9)"][:3] == ["0,407", "0,370", "0,296"]
    assert (lines["IKM unit pelayanan (x 25)"], lines["Mutu pelayanan"]) == (["83,33"], ["B"])
    assert lines["Kinerja unit pelayanan"] == ["Baik"]
    assert lines["Catatan"] == ["Belum cukup responden (kurang dari 30)"]
    assert {lines[n][0] for n in "123"} == {"3", "4"}


def test_stored_answers_give_the_index_of_the_core(period):
    fill(period, [make_opd()], [], 40, blanks=True)
    stored = [row.scores for row in SurveyResponse.objects.all()]
    assert survey_results.index_of_period(period) == index_of(stored)
