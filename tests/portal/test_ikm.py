"""The survey of nine elements as people outside meet it: by a mailed link, or by one that anybody may use."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.domain.ikm import ENOUGH
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import Service, SurveyInvitation, SurveyPeriod, SurveyResponse
from helpdesk_plugin.portal import ikm
from helpdesk_plugin.portal.throttling import Limit
from helpdesk_plugin.services import service_surveys
from tests.factories import MONDAY_9, make_user
from tests.surveys import answer_all, open_one


@pytest.fixture
def period(desk):
    with acting_at(MONDAY_9):
        yield open_one(make_user(Role.MANAGER))


@pytest.fixture
def invitation(period, opd):
    return SurveyInvitation.objects.create(period=period, opd=opd, email="sari@example.test")


@pytest.fixture
def answers(opd):
    """Everything answered well, as the open form sends it."""
    return {
        **{f"u{n}": "3" for n in range(1, 10)},
        "opd": str(opd.pk),
        "suggestion": "  Lebih\u202ecepat.\r\n",
        "kunci": str(uuid.uuid4()),
    }


def invited(invitation) -> str:
    return reverse("helpdesk:ikm_invited", args=[invitation.token])


def by_code(period) -> str:
    return reverse("helpdesk:ikm_open", args=[period.open_code])


def test_page_tells_what_is_kept_before_anything_is_asked(client, invitation):
    html = client.get(invited(invitation)).content.decode()
    assert html.index("Nama Anda tidak ditanyakan.") < html.index("<form")
    assert "Badan Keuangan Contoh" in html
    assert html.count('type="radio"') == 36
    assert "sari@example.test" not in html
    # Free of charge is chosen to begin with, and can be changed.
    assert re.search(r'name="u4" value="4"[^>]*checked', html)
    assert html.count("checked") == 1


def test_the_invited_may_decline_the_reminder_and_still_answer(client, period, invitation, answers):
    page, press = invited(invitation), "Jangan ingatkan saya"
    assert press in client.get(page).content.decode()
    assert press not in client.get(by_code(period)).content.decode()
    told = client.post(page, {"tolak": "1"}).content.decode()
    assert "tautannya berlaku sampai Kamis, 31 Desember 2026" in told
    invitation.refresh_from_db()
    assert (invitation.declined, invitation.answered) == (True, False)
    assert press not in client.get(page).content.decode()
    client.post(page, answers)
    assert SurveyResponse.objects.count() == 1


def test_looking_uses_nothing_up_and_sending_counts_once(client, invitation, answers):
    page = invited(invitation)
    client.get(page)
    assert not SurveyResponse.objects.exists()
    done = client.post(page, answers, follow=True)
    assert "Jawaban Anda tersimpan tanpa nama." in done.content.decode()
    again = client.post(page, {**answers, "kunci": str(uuid.uuid4())}, follow=True)
    assert again.status_code == 200
    assert "sudah terpakai" in client.get(page).content.decode()
    answer = SurveyResponse.objects.get()
    assert (answer.opd, answer.scores, answer.door) == (invitation.opd, (3,) * 9, "invited")
    assert answer.suggestion == "Lebihcepat."


def test_open_link_asks_for_the_agency_and_counts_a_form_once(client, period, answers, opd):
    for _ in range(2):
        client.post(by_code(period).replace(period.open_code, period.open_code.upper()), answers)
    (answer,) = SurveyResponse.objects.all()
    assert (answer.opd, answer.door) == (opd, "open")


def test_what_lacks_is_named_and_nothing_typed_is_lost(client, period, answers):
    answer = client.post(by_code(period), {**answers, "u3": "", "u5": "7", "opd": "999999"})
    html = answer.content.decode()
    assert answer.status_code == 422
    named = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', html)
    assert named == [
        ("id_u3_0", "Pertanyaan 3: pilih salah satu dari empat jawaban."),
        ("id_u5_0", "Pertanyaan 5: pilih salah satu dari empat jawaban."),
        ("id_opd", "Pilih OPD dari daftar."),
    ]
    assert re.search(r'name="u1" value="3"[^>]*checked', html)
    assert "Lebih" in html
    assert not SurveyResponse.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"u1": "\x00"},
        {"service": "drop table"},
        {"kunci": "x"},
        {"suggestion": "x" * 2001},
        {"u9": ["4", "1"]},
    ],
    ids=["nul", "words", "key", "long", "twice"],
)
def test_bad_input_is_answered_with_a_page(client, period, answers, bad):
    assert client.post(by_code(period), {**answers, **bad}).status_code in {302, 422}


def test_bytes_that_are_no_text_are_answered_with_a_page(client, period):
    form = "application/x-www-form-urlencoded"
    assert (
        client.post(by_code(period), "u1=%ED%A0%80&suggestion=%FF%00", content_type=form).status_code == 422
    )


def test_unanswered_element_may_be_left_blank_where_the_agency_allows_it(client, period, answers):
    questions = [one | {"required": one["code"] != "U8"} for one in period.questions]
    SurveyPeriod.objects.update(questions=questions)
    assert client.post(by_code(period), {**answers, "u8": ""}).status_code == 302
    assert SurveyResponse.objects.get().scores == (3, 3, 3, 3, 3, 3, 3, None, 3)


@pytest.mark.parametrize("path", ["/survei/tidak-ada/", "/survei/u/bukan-kunci/", "/survei/%00/"])
def test_unknown_links_are_all_alike(client, period, path):
    prefix = reverse("helpdesk:ikm_thanks").removesuffix("/survei/terima-kasih/")
    answer = client.get(prefix + path)
    assert answer.status_code == 404
    assert "Survei tidak ditemukan" in answer.content.decode()


def test_open_code_opens_nothing_where_the_agency_wants_no_open_link(client, period):
    SurveyPeriod.objects.update(open_link=False)
    assert client.get(by_code(period)).status_code == 404


def test_ended_survey_says_so_and_keeps_nothing(client, period, invitation, answers):
    SurveyPeriod.objects.update(closed_at=MONDAY_9)
    for page in (by_code(period), invited(invitation)):
        assert client.get(page).status_code == 410
        assert "sudah berakhir" in client.post(page, answers).content.decode()
    assert not SurveyResponse.objects.exists()


def test_expired_form_is_shown_again_with_what_was_chosen(client, period, answers):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(by_code(period), answers)
    assert answer.status_code == 403
    assert re.search(r'name="u1" value="3"[^>]*checked', answer.content.decode())


def test_open_link_is_no_door_for_scripts(client, period, answers, monkeypatch):
    monkeypatch.setattr(ikm, "OPEN_ANSWERS", Limit("ikm-test", most=2, seconds=60))
    found = [client.post(by_code(period), {**answers, "kunci": str(uuid.uuid4())}) for _ in range(3)]
    assert [one.status_code for one in found] == [302, 302, 429]
    assert int(found[-1]["Retry-After"]) > 0


@pytest.mark.parametrize(("people", "shown"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_catalogue_and_standard_show_the_index_of_enough_people_alone(
    client, period, service, opd, people, shown
):
    answer_all(period, opd, [4] * (people - 1) + [3])
    pages = [reverse("helpdesk:catalogue"), reverse("helpdesk:standard", args=[service.code])]
    assert not any("IKM" in client.get(page).content.decode() for page in pages)  # it has not ended
    service_surveys.close_period(period, by=make_user(Role.MANAGER))
    cache.clear()
    for page in pages:
        html = client.get(page).content.decode()
        assert ("Kepuasan pengguna layanan (IKM)" in html) is shown, page
        if shown:
            assert "99,17" in html  # (29 × 4 + 3) / 30 × 25
            assert "A – Sangat baik" in html
            assert "Semester II 2026" in html


def test_index_that_the_agency_keeps_to_itself_is_not_shown(client, period, opd, service):
    SurveyPeriod.objects.update(public=False, closed_at=MONDAY_9)
    for score in [4] * ENOUGH:
        SurveyResponse.objects.create(
            period=period, opd=opd, door="open", day=MONDAY_9.date(), form=uuid.uuid4(),
            **{f"u{n}": score for n in range(1, 10)},
        )  # fmt: skip
    assert "IKM" not in client.get(reverse("helpdesk:catalogue")).content.decode()


def test_form_costs_the_same_for_few_services_and_many(client, period, opd, django_assert_num_queries):
    for many in (1, 25):
        Service.objects.bulk_create([Service(code=f"X{many}-{n}", name=f"Layanan {n}") for n in range(many)])
        # Period; services, agencies; agency profile.
        with django_assert_num_queries(5):
            client.get(by_code(period))
