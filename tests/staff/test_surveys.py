"""Surveys of nine elements in the admin: from the draft to the result, and who may do what."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import OutboxMessage, SurveyElement, SurveyInvitation, SurveyPeriod
from tests.factories import MONDAY_9, make_opd, make_ticket
from tests.staff.conftest import filled, messages_of
from tests.surveys import answer_all, make_elements, make_period, open_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with acting_at(MONDAY_9):
        yield


def url(name, period=None):
    return reverse(f"helpdesk_survey_periods:{name}", args=[period.pk] if period else [])


@pytest.fixture
def period(staff):
    from helpdesk_plugin.domain.parties import Role

    return open_one(staff[Role.MANAGER])


def test_manager_leads_a_survey_from_draft_to_result(as_role):
    make_elements()
    manager = as_role("manager")
    form = filled(
        manager, url("add"), title="Semester II 2026", first_day="2026-07-01", last_day="2026-12-31",
        answers_until="2026-12-31",
    )  # fmt: skip
    draft = manager.post(url("add"), form, follow=True)
    period = SurveyPeriod.objects.get()
    assert draft.request["PATH_INFO"] == url("inspect", period)
    assert "Bagaimana kewajaran biaya" in draft.content.decode()
    opened = manager.post(url("open", period), follow=True)
    assert messages_of(opened) == ["Survei dibuka. Sekarang undang para responden."]
    make_ticket(at=MONDAY_9, requester_email="sari@example.test")
    assert "1 orang akan dikirimi" in manager.get(url("invite", period)).content.decode()
    assert not SurveyInvitation.objects.exists()
    assert messages_of(manager.post(url("invite", period), follow=True)) == ["1 undangan sedang dikirim."]
    assert OutboxMessage.objects.filter(survey_invitation__isnull=False).count() == 1
    told = messages_of(manager.post(url("invite", period), follow=True))
    assert told == ["Tidak ada lagi yang perlu diundang; tidak ada email yang dikirim."]
    period.refresh_from_db()
    answer_all_open(period)
    html = manager.get(url("inspect", period)).content.decode()
    for words in ("83,33", "B – Baik", "belum cukup responden", "terendah", "2 lainnya dengan jawaban"):
        assert words in html, words
    manager.post(url("close", period))
    assert "berakhir" in manager.get(url("list")).content.decode()
    again = manager.post(url("open", period), follow=True)
    assert messages_of(again) == ["Survei ini sudah dibuka; tidak ada yang diubah."]


def answer_all_open(period):
    SurveyPeriod.objects.update(open_link=True)
    nine = [(4, 3, 3, 4, 3, 4, 4, 2, 3), (4, 4, 3, 4, 3, 4, 4, 3, 4), (3, 3, 2, 4, 3, 3, 4, 2, 3)]
    answer_all(period, make_opd(), nine[:2])
    answer_all(period, make_opd(), nine[2:])


def test_result_shows_groups_suggestions_and_the_way_in(as_role, period):
    answer_all(period, make_opd(short_name="Dinas Uji"), [4] * 4, suggestion="<b>Teknisi ramah</b>")
    html = as_role("manager").get(url("inspect", period)).content.decode()
    assert "Dinas Uji" in html
    assert "&lt;b&gt;Teknisi ramah&lt;/b&gt;" in html
    assert f"/survei/{period.open_code}/" in html
    assert 'width="100.0"' in html  # the bar, with a point for a decimal sign in every language


@pytest.mark.parametrize(
    ("role", "reads", "exports"),
    [
        ("manager", True, True),
        ("auditor", True, True),
        ("division_head", True, False),
        ("head_of_agency", True, False),
        ("computer_officer", False, False),
        ("technical_support", False, False),
        ("editor", False, False),
    ],
)
def test_offices_read_and_export_what_is_theirs(as_role, period, role, reads, exports):
    client = as_role(role)
    page = client.get(url("inspect", period))
    assert (page.status_code == 200) is reads
    if reads:
        assert (url("open", period) in page.content.decode()) is False
        assert (url("raw", period) in page.content.decode()) is exports
    for name in ("raw", "worksheet"):
        assert (client.get(url(name, period)).get("Content-Type") == "text/csv; charset=utf-8") is exports
    if role != "manager":
        for name in ("open", "invite", "close"):
            client.post(url(name, period))
        period.refresh_from_db()
        assert period.closed_at is None
        assert not SurveyInvitation.objects.exists()


def test_files_are_logged_each_time(as_role, period, staff):
    answer_all(period, make_opd(), [4])
    client = as_role("auditor")
    raw = client.get(url("raw", period))
    by_service = client.get(url("raw", period) + "?by=service")
    assert 'filename="jawaban-skm-opd-semester-ii-2026.csv"' in raw["Content-Disposition"]
    assert b"periode,layanan," in by_service.content
    logged = ModelLogEntry.objects.filter(action="helpdesk.survey_export")
    assert [entry.user for entry in logged] == [staff["auditor"]] * 2
    assert "e-skm" in client.get(url("worksheet", period))["Content-Disposition"]


def test_draft_hands_out_no_file(as_role):
    draft = make_period()
    answer = as_role("manager").get(url("raw", draft), follow=True)
    assert messages_of(answer) == ["Survei ini belum dibuka; belum ada jawaban."]


def test_elements_are_worded_anew_and_an_open_survey_keeps_its_words(as_role, period):
    element = SurveyElement.objects.get(code="U1")
    edit = reverse("helpdesk_survey_elements:edit", args=[element.pk])
    client = as_role("manager")
    client.post(edit, filled(client, edit, question="Apakah persyaratannya jelas?"))
    element.refresh_from_db()
    assert element.question == "Apakah persyaratannya jelas?"
    period.refresh_from_db()
    assert period.questions[0]["question"].startswith("Bagaimana kesesuaian")


def test_page_of_a_period_costs_the_same_for_few_answers_and_many(as_role, period, django_assert_num_queries):
    client, page = as_role("manager"), url("inspect", period)
    answer_all(period, make_opd(), [4])
    client.get(page)
    for _ in range(2):
        with django_assert_num_queries(16):
            client.get(page)
        for _ in range(3):
            answer_all(period, make_opd(), [4, 3, 2])
