"""Questions of a service: what the agency may write, which answers lead elsewhere, what a ticket keeps."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from helpdesk_plugin.models import AskedFor, QuestionKind, ServiceQuestion
from helpdesk_plugin.models.questions import MAX_OPTIONS, answers_in_words
from tests.factories import make_service


def question(**fields) -> ServiceQuestion:
    return ServiceQuestion(**{"label": "Bagian mana?", "kind": QuestionKind.ONE, "options": "A\nB", **fields})


def wrong(one: ServiceQuestion) -> list[str]:
    """The fields of which the model complains."""
    try:
        one.clean()
    except ValidationError as refused:
        return sorted(refused.message_dict)
    return []


STOP = {"stop_answers": "B", "stop_text": "Ke sana"}


@pytest.mark.parametrize(
    ("fields", "complaints"),
    [
        ({}, []),
        ({"options": ""}, ["options"]),
        ({"options": "A"}, ["options"]),
        ({"options": " A \n\n\tB "}, []),
        ({"options": "A\nA"}, ["options"]),
        ({"options": "A\n  A"}, ["options"]),
        ({"options": "A\n" + "x" * 121}, ["options"]),
        ({"options": "\n".join(map(str, range(MAX_OPTIONS)))}, []),
        ({"options": "\n".join(map(str, range(MAX_OPTIONS + 1)))}, ["options"]),
        ({"kind": QuestionKind.LINE}, ["options"]),
        ({"kind": QuestionKind.LINE, "options": ""}, []),
        ({"kind": QuestionKind.YES_NO, "options": ""}, []),
        ({"kind": QuestionKind.SEVERAL, "options": "A"}, ["options"]),
        (STOP, []),
        ({**STOP, "stop_answers": "C"}, ["stop_answers"]),
        ({**STOP, "stop_answers": "A\nC"}, ["stop_answers"]),
        ({**STOP, "stop_text": ""}, ["stop_text"]),
        ({"stop_text": "Ke sana"}, ["stop_answers"]),
        ({"stop_link": "https://www.example.test"}, ["stop_answers"]),
        ({"stop_blocks": True}, ["stop_answers"]),
        ({**STOP, "kind": QuestionKind.NUMBER, "options": ""}, ["stop_answers"]),
        ({**STOP, "kind": QuestionKind.YES_NO, "options": "", "stop_answers": "Tidak"}, []),
        ({**STOP, "kind": QuestionKind.YES_NO, "options": "", "stop_answers": "no\nYA"}, []),
        ({**STOP, "kind": QuestionKind.YES_NO, "options": "", "stop_answers": "mungkin"}, ["stop_answers"]),
    ],
)
def test_question_that_cannot_be_asked_is_refused_with_its_field(fields, complaints):
    assert wrong(question(**fields)) == complaints


@pytest.mark.parametrize("link", ["javascript:alert(1)", "www.lapor.go.id", "ftp://example.test"])
def test_address_of_another_place_is_one_of_the_web(db, link):
    one = question(service=make_service(), **STOP, stop_link=link)
    with pytest.raises(ValidationError) as refused:
        one.full_clean()
    assert list(refused.value.message_dict) == ["stop_link"]


@pytest.mark.parametrize(
    ("kind", "stops", "answer", "stopped"),
    [
        (QuestionKind.ONE, "B", "B", True),
        (QuestionKind.ONE, "B", "A", False),
        (QuestionKind.ONE, "B", "", False),
        (QuestionKind.ONE, "", "B", False),
        (QuestionKind.SEVERAL, "B", ["A", "B"], True),
        (QuestionKind.SEVERAL, "B", ["A"], False),
        (QuestionKind.SEVERAL, "B", [], False),
        (QuestionKind.YES_NO, "Tidak", "no", True),
        (QuestionKind.YES_NO, "Ya", "no", False),
        (QuestionKind.LINE, "B", "B", False),
    ],
)
def test_answers_that_lead_elsewhere(kind, stops, answer, stopped):
    assert question(kind=kind, stop_answers=stops).stops_at(answer) is stopped


@pytest.mark.parametrize(
    ("asked_for", "kinds"),
    [
        (AskedFor.BOTH, ["incident", "request"]),
        (AskedFor.INCIDENT, ["incident"]),
        (AskedFor.REQUEST, ["request"]),
    ],
)
def test_question_is_asked_of_its_kind_of_ticket(asked_for, kinds):
    one = question(asked_for=asked_for)
    assert [kind for kind in ("incident", "request") if one.is_for(kind)] == kinds


def test_answers_read_in_the_language_of_the_screen():
    answers = [
        {"question": 1, "label": "Listrik?", "kind": "yes_no", "answer": "yes"},
        {"question": 2, "label": "Kapan?", "kind": "date", "answer": "2026-11-23"},
        {"question": 3, "label": "Berapa?", "kind": "number", "answer": "1250.5"},
        {"question": 4, "label": "Mana?", "kind": "several", "answer": ["A", "B"]},
        {"question": 5, "label": "Ruang?", "kind": "line", "answer": "Aula"},
        {"question": 6, "label": "Kosong", "kind": "line", "answer": ""},
    ]
    with translation.override("id"):
        assert answers_in_words(answers) == [
            ("Listrik?", "Ya"),
            ("Kapan?", "23 November 2026"),
            ("Berapa?", "1.250,5"),
            ("Mana?", "A, B"),
            ("Ruang?", "Aula"),
        ]
    with translation.override("en"):
        assert answers_in_words(answers[:3]) == [
            ("Listrik?", "Yes"),
            ("Kapan?", "23 November 2026"),
            ("Berapa?", "1,250.5"),
        ]


@pytest.mark.parametrize(
    "stored",
    [None, {}, "x", [1], [{}], [{"label": "?", "kind": "date", "answer": "kapan saja"}]],
)
def test_answers_that_cannot_be_read_break_no_page(stored):
    shown = answers_in_words(stored)
    assert shown in ([], [("?", "kapan saja")])


def test_history_of_a_question_refers_to_its_service_and_outlives_it(db):
    service = make_service()
    one = question(service=service)
    one.save()
    one.label = "Bagian apa?"
    one.save()
    pk = one.pk
    one.delete()
    rows = ServiceQuestion.history.filter(service=service.pk).order_by("history_id")
    assert [(row.id, row.history_type, row.label) for row in rows] == [
        (pk, "+", "Bagian mana?"),
        (pk, "~", "Bagian apa?"),
        (pk, "-", "Bagian apa?"),
    ]
