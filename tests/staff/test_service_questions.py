"""Questions of a service at the desk: edited with it, on record with both values, read with the ticket."""

import pytest
from django.urls import reverse

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import QuestionKind, RequiredDocument, ServiceQuestion, Ticket
from tests.factories import make_opd, make_service, make_ticket
from tests.staff.conftest import act_url, filled, page_url
from tests.staff.test_reference import form_data

HISTORY = 13  # session, user, rights, the page; service, three histories, people

ANSWERS = [
    {"question": 1, "label": "Di ruang mana?", "kind": "line", "answer": "Aula <b>2</b>"},
    {"question": 2, "label": "Listrik menyala?", "kind": "yes_no", "answer": "no"},
]


@pytest.fixture
def manager(as_role):
    return as_role(Role.MANAGER)


@pytest.fixture
def service(staff):
    return make_service(name="Internet")


def edit_url(service) -> str:
    return reverse("helpdesk_services:edit", args=[service.pk])


def history_url(service) -> str:
    return reverse("helpdesk_services:history", args=[service.pk])


def rows(*questions: dict) -> dict:
    """The inline rows of these questions, as the form sends them."""
    data = {"questions-TOTAL_FORMS": str(len(questions))}
    for n, question in enumerate(questions):
        given = {"kind": "line", "asked_for": "both", "position": "0", "id": "", "ORDER": str(n), **question}
        data |= {f"questions-{n}-{name}": value for name, value in given.items()}
    return data


def save(client, service, *questions: dict, **fields):
    return client.post(
        edit_url(service), form_data(client.get(edit_url(service))) | fields | rows(*questions)
    )


def changes(client, service) -> list[tuple]:
    """The record as it is shown: what happened, then label, before and after of each field."""
    records = client.get(history_url(service)).context["records"]
    return [(r.who, r.act, [(c.label, c.old, c.new) for c in r.changes]) for r in records]


def test_questions_are_edited_in_the_form_of_their_service(service, manager):
    choice = {"label": "Warna?", "kind": "one", "options": "Merah\nHijau", "required": "on"}
    stop = {"stop_answers": "Hijau", "stop_text": "Tidak perlu melapor.", "stop_blocks": "on"}
    assert save(manager, service, {"label": "Ruang?"}, choice | stop).status_code == 302
    first, second = ServiceQuestion.objects.all()
    assert (first.label, first.kind, first.service) == ("Ruang?", QuestionKind.LINE, service)
    assert (second.option_list, second.stop_values) == (["Merah", "Hijau"], ["Hijau"])
    assert (second.required, second.stop_blocks, second.confirmed) == (True, True, False)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"label": "Warna?", "kind": "one"}, "options"),
        (
            {"label": "Warna?", "kind": "one", "options": "A\nB", "stop_answers": "C", "stop_text": "x"},
            "stop_answers",
        ),
        ({"label": "Ruang?", "stop_link": "javascript:alert(1)"}, "stop_link"),
        ({"label": "", "help_text": "Gedung dan lantai"}, "label"),
    ],
)
def test_question_that_cannot_be_asked_is_refused_beside_its_field(service, manager, question, field):
    answer = save(manager, service, question)
    assert answer.status_code == 200
    assert field in answer.context["form"].formsets["questions"].forms[0].errors
    assert ServiceQuestion.objects.count() == 0


def test_only_those_who_may_change_a_service_change_its_questions(service, as_role):
    for role in (Role.AUDITOR, Role.TECHNICAL_SUPPORT):
        client = as_role(role)
        for url in (edit_url(service), history_url(service)):
            answer = client.get(url)
            assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_record_says_who_changed_which_question_from_what_to_what(service, manager, staff):
    save(manager, service, {"label": "Ruang?"})
    pk = str(ServiceQuestion.objects.get().pk)
    save(manager, service, {"id": pk, "label": "Di ruang mana?", "required": "on"})
    who = staff[Role.MANAGER].get_full_name()
    assert changes(manager, service)[0] == (
        who,
        "Pertanyaan diubah: Ruang?",
        [("pertanyaan", "Ruang?", "Di ruang mana?"), ("wajib dijawab", "Tidak", "Ya")],
    )
    html = manager.get(history_url(service)).content.decode()
    assert "Di ruang mana?" in html
    assert who in html


def test_record_tells_of_questions_added_and_removed(service, manager):
    save(manager, service, {"label": "Ruang?"})
    pk = str(ServiceQuestion.objects.get().pk)
    save(manager, service, {"id": pk, "label": "Ruang?", "DELETE": "on"})
    acts = [act for _who, act, _changes in changes(manager, service)]
    assert acts[:2] == ["Pertanyaan dihapus: Ruang?", "Pertanyaan ditambahkan: Ruang?"]
    removed = changes(manager, service)[0][2]
    assert ("pertanyaan", "Ruang?", "") in removed


def test_saving_without_a_change_leaves_no_trace_in_the_record(service, manager):
    choice = {"label": "Warna?", "kind": "one", "options": "Merah\nHijau"}
    save(manager, service, choice, hint="Sebutkan ruang.\nDan lantainya.")
    before = changes(manager, service)
    pk = str(ServiceQuestion.objects.get().pk)
    # As browsers end the lines of what they send back.
    unchanged = choice | {"id": pk, "options": " Merah\r\nHijau\r\n"}
    save(manager, service, unchanged, hint="Sebutkan ruang.\r\nDan lantainya.")
    assert changes(manager, service) == before


def test_record_holds_the_service_and_its_documents_too(service, manager):
    RequiredDocument.objects.create(service=service, name="Denah")
    save(manager, service, name="Internet OPD")
    acts = [act for _who, act, _changes in changes(manager, service)]
    assert acts[0] == "Layanan"
    assert "Dokumen syarat ditambahkan: Denah" in acts
    assert ("nama", "Internet", "Internet OPD") in changes(manager, service)[0][2]


def test_record_of_one_service_is_not_anothers(service, manager):
    other = make_service()
    ServiceQuestion.objects.create(service=other, label="Bukan milik layanan ini?")
    assert "Bukan milik layanan ini?" not in manager.get(history_url(service)).content.decode()


@pytest.mark.parametrize("questions", [1, 12])
def test_record_asks_a_fixed_number_of_questions_of_the_database(
    service, manager, questions, django_assert_num_queries
):
    save(manager, service, *({"label": f"Pertanyaan {n}"} for n in range(questions)))
    manager.get(history_url(service))
    with django_assert_num_queries(HISTORY):
        assert manager.get(history_url(service)).status_code == 200


def test_officers_read_the_answers_with_the_ticket_and_beside_the_triage(service, as_role):
    ticket = make_ticket(service=service, answers=ANSWERS)
    client = as_role(Role.TECHNICAL_SUPPORT)
    for url in (page_url(ticket), act_url(ticket, Step.TRIAGE)):
        html = client.get(url).content.decode()
        assert "Di ruang mana?" in html
        assert "Aula &lt;b&gt;2&lt;/b&gt;" in html
        assert "Listrik menyala?" in html


def test_answers_are_readable_in_the_field_history_of_the_ticket(service, as_role):
    ticket = make_ticket(service=service, answers=ANSWERS)
    client = as_role(Role.TECHNICAL_SUPPORT)
    html = client.get(reverse("helpdesk_tickets:history", args=[ticket.pk])).content.decode()
    assert "Listrik menyala?: Tidak" in html
    assert "yes_no" not in html


def test_ticket_without_answers_shows_no_empty_line(service, as_role):
    ticket = make_ticket(service=service)
    client = as_role(Role.TECHNICAL_SUPPORT)
    html = client.get(reverse("helpdesk_tickets:history", args=[ticket.pk])).content.decode()
    assert "Jawaban atas pertanyaan layanan" not in html


def test_request_by_telephone_needs_no_answers(service, as_role):
    ServiceQuestion.objects.create(service=service, label="Ruang?", required=True)
    client, address = as_role(Role.TECHNICAL_SUPPORT), "/admin/helpdesk/tickets/register/"
    said = {
        "channel": "phone",
        "service": service.pk,
        "opd": make_opd().pk,
        "requester_name": "Rina Sari",
        "requester_unit": "Sekretariat",
        "requester_phone": "0812 3456 7890",
        "summary": "Printer macet",
        "description": "Kertas tersangkut",
    }
    assert client.post(address, filled(client, address, **said)).status_code == 302
    assert Ticket.objects.get().answers == []
