"""A service's own questions on the form: asked in their place, judged like every field, kept as asked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import AskedFor, QuestionKind, ServiceQuestion, Ticket
from helpdesk_plugin.services.amendment import amend_ticket
from tests.factories import Staff, make_service
from tests.portal.conftest import page


@pytest.fixture
def ask(service):
    """Let the service of the test ask something; returns the name of the field."""

    def add(label="Di ruang mana?", kind=QuestionKind.LINE, *, of=service, **fields) -> str:
        question = ServiceQuestion(service=of, label=label, kind=kind, **fields)
        question.full_clean()
        question.save()
        return f"tanya-{question.pk}"

    return add


@pytest.fixture
def send(client, typed):
    def one(wish="kirim", where="report", **answers):
        return client.post(reverse(f"helpdesk:{where}"), {**typed, "aksi": wish, **answers})

    return one


def kept() -> list[tuple]:
    return [(a["label"], a["kind"], a["answer"]) for a in Ticket.objects.get().answers]


def problems(answer) -> list[tuple[str, str]]:
    return [(p.anchor, p.text) for p in answer.context["problems"]]


def test_answers_of_every_kind_are_kept_with_their_questions(ask, send):
    names = [
        ask("Ruang?", QuestionKind.LINE, position=1),
        ask("Langkah?", QuestionKind.PARAGRAPH, position=2),
        ask("Warna?", QuestionKind.ONE, options="Merah\nHijau", position=3),
        ask("Lampu?", QuestionKind.SEVERAL, options="PON\nLOS\nLAN", position=4),
        ask("Listrik?", QuestionKind.YES_NO, position=5),
        ask("Kapan?", QuestionKind.DATE, position=6),
        ask("Berapa?", QuestionKind.NUMBER, position=7),
        ask("Kosong?", QuestionKind.LINE, position=8),
    ]
    today = timezone.localdate()
    given = (
        "  Aula  2 ",
        "satu\r\ndua",
        "Hijau",
        ["PON", "LAN"],
        "no",
        f"{today:%d/%m/%Y}",
        "1.250,5",
        "",
    )
    assert send(**dict(zip(names, given, strict=True))).status_code == 302
    assert kept() == [
        ("Ruang?", "line", "Aula 2"),
        ("Langkah?", "paragraph", "satu\ndua"),
        ("Warna?", "one", "Hijau"),
        ("Lampu?", "several", ["PON", "LAN"]),
        ("Listrik?", "yes_no", "no"),
        ("Kapan?", "date", today.isoformat()),
        ("Berapa?", "number", "1250.5"),
    ]


@pytest.mark.parametrize(
    ("typed_number", "stored"),
    [("12", "12"), ("1.250", "1250"), ("2,5", "2.5"), ("1 000 000", "1000000"), ("-3", "-3"), (" 7 ", "7")],
)
def test_number_is_read_as_people_write_it(ask, send, typed_number, stored):
    name = ask(kind=QuestionKind.NUMBER)
    send(**{name: typed_number})
    assert Ticket.objects.get().answers[0]["answer"] == stored


CHOICE = {"kind": QuestionKind.ONE, "options": "A\nB"}


@pytest.mark.parametrize(
    ("fields", "answer", "sentence"),
    [
        ({"required": True}, "", "Jawab pertanyaan ini: Di ruang mana?"),
        ({"required": True}, "\x00\u200b ", "Jawab pertanyaan ini: Di ruang mana?"),
        ({}, "a" * 201, "Pendekkan menjadi 200 huruf; isinya sekarang 201 huruf."),
        (
            {"kind": QuestionKind.PARAGRAPH},
            "a" * 4001,
            "Pendekkan menjadi 4000 huruf; isinya sekarang 4001 huruf.",
        ),
        ({"kind": QuestionKind.NUMBER}, "banyak", "Tulis angka, misalnya 12 atau 2,5."),
        ({"kind": QuestionKind.NUMBER}, "１２", "Tulis angka, misalnya 12 atau 2,5."),
        ({"kind": QuestionKind.NUMBER}, "9" * 13, "Tulis angka, misalnya 12 atau 2,5."),
        ({"kind": QuestionKind.DATE}, "31/02/2026", "Tanggal itu tidak ada. Tulis seperti 22/11/2026."),
        ({"kind": QuestionKind.DATE}, "0001-01-01", "Tanggal ini tidak mungkin benar. Periksa tahunnya."),
        ({**CHOICE, "required": True}, "", "Jawab pertanyaan ini: Di ruang mana?"),
        (CHOICE, "C", "Pilih salah satu jawaban yang tersedia: Di ruang mana?"),
        (
            {**CHOICE, "kind": QuestionKind.SEVERAL},
            ["A", "C"],
            "Pilih salah satu jawaban yang tersedia: Di ruang mana?",
        ),
        (
            {"kind": QuestionKind.YES_NO},
            "mungkin",
            "Pilih salah satu jawaban yang tersedia: Di ruang mana?",
        ),
    ],
)
def test_wrong_answer_is_named_beside_the_question_and_in_the_summary(ask, send, fields, answer, sentence):
    name = ask(**fields)
    refused = send("periksa", **{name: answer})
    html = refused.content.decode()
    one_of_many = fields.get("kind") in {QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.YES_NO}
    anchor = f"id_{name}_0" if one_of_many else f"id_{name}"
    assert refused.status_code == 422
    assert problems(refused) == [(anchor, sentence)]
    assert f'href="#{anchor}"' in html
    assert f'id="{anchor}"' in html
    assert f'id="id_{name}_error"' in html
    assert Ticket.objects.count() == 0


def test_answers_come_back_with_an_error(ask, send):
    line, several = ask(), ask("Lampu?", QuestionKind.SEVERAL, options="PON\nLOS\nLAN")
    html = send("periksa", summary="", **{line: "Aula", several: ["PON", "LAN"]}).content.decode()
    assert 'value="Aula"' in html
    assert re.findall(rf'name="{several}" value="(\w+)"[^>]*checked', html) == ["PON", "LAN"]


def test_questions_stand_between_the_facts_and_the_person(ask, client, service):
    ask("Ruang?")
    html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    places = [
        html.index(words) for words in ("Apa yang terjadi", "Ruang?", "Surat dan berkas", "Tentang Anda")
    ]
    assert places == sorted(places)


def test_help_of_a_question_is_bound_to_it(ask, client, service):
    line = ask("Ruang?", help_text="Gedung dan lantai")
    choice = ask("Warna?", QuestionKind.ONE, options="A\nB", help_text="Lihat lampunya")
    html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    (field,) = re.findall(rf'<input[^>]*name="{line}"[^>]*>', html)
    assert f'aria-describedby="id_{line}_helptext"' in field
    assert f'<fieldset class="hd-field" aria-describedby="id_{choice}_helptext">' in html


def test_many_choices_stand_in_a_list(ask, client, service):
    name = ask(kind=QuestionKind.ONE, options="\n".join(f"Aplikasi {n}" for n in range(8)))
    html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    assert re.search(rf'<select name="{name}"', html)


def test_question_of_the_other_kind_is_not_asked(ask, send):
    name = ask(asked_for=AskedFor.REQUEST, required=True)
    assert send(**{name: "Aula"}).status_code == 302
    assert kept() == []


def test_question_of_another_service_is_not_kept(ask, send):
    name = ask(of=make_service())
    assert send(**{name: "Aula"}).status_code == 302
    assert kept() == []


def test_change_of_service_and_back_keeps_the_answers(ask, send, service):
    line, several = ask(), ask("Lampu?", QuestionKind.SEVERAL, options="PON\nLOS")
    given = {line: "Aula", several: ["PON", "LOS"]}
    chooser = send("ganti", **given).content.decode()
    assert f'name="{line}" value="Aula"' in chooser
    assert re.findall(rf'name="{several}" value="(\w+)"', chooser) == ["PON", "LOS"]
    elsewhere = send("isi", layanan=make_service().code, **given)
    assert line not in elsewhere.context["form"].fields
    back = send("isi", layanan=service.code, **given).content.decode()
    assert 'value="Aula"' in back
    assert len(re.findall(rf'name="{several}" value="\w+"[^>]*checked', back)) == 2


@pytest.mark.parametrize("name", ["tanya-", "tanya-x", "tanya-" + "9" * 30, "tanya-１", "tanya-1\x00"])
def test_made_up_names_of_questions_are_answered(send, name):
    assert send("periksa", **{name: "x"}).status_code == 200
    assert send("ganti", **{name: "x"}).status_code == 200


def test_old_ticket_keeps_its_questions_as_they_were_asked(ask, send, open_here, client):
    name = ask("Di ruang mana?")
    send(**{name: "Aula"})
    question = ServiceQuestion.objects.get()
    question.label, question.kind = "Berapa kursi?", QuestionKind.NUMBER
    question.save()
    question.delete()
    ticket = open_here(Ticket.objects.get())
    html = client.get(page(ticket)).content.decode()
    assert re.search(r"Di ruang mana\?</bdi></dt><dd><bdi>Aula", html)
    assert "Berapa kursi?" not in html


def test_answers_are_plain_text_wherever_they_are_shown(ask, send, open_here, client):
    name = ask("<b>Ruang</b>?")
    checked = send("periksa", **{name: "<script>alert(1)</script>"}).content.decode()
    send(**{name: "<script>alert(1)</script>"})
    shown = client.get(page(open_here(Ticket.objects.get()))).content.decode()
    for html in (checked, shown):
        assert "<script>alert(1)" not in html
        assert "<b>Ruang</b>" not in html


def test_amending_leaves_the_answers_alone(ask, send):
    send(**{ask(): "Aula"})
    ticket = Ticket.objects.get()
    amend_ticket(ticket.pk, by=Staff().teknisi, changes={"service": make_service()}, note="Salah layanan.")
    assert kept() == [("Di ruang mana?", "line", "Aula")]


def test_same_words_with_another_answer_are_not_the_same_report(ask, send):
    name = ask()
    send(**{name: "Aula"})
    assert send(**{name: "Lobi"}).status_code == 409
    assert send(**{name: "Aula"}).status_code == 302
    assert Ticket.objects.count() == 1


STOP = {
    "kind": QuestionKind.ONE,
    "options": "Pegawai\nWarga",
    "stop_answers": "Warga",
    "stop_text": "Sampaikan lewat LAPOR!",
    "stop_link": "https://www.lapor.go.id",
}


def test_answer_that_blocks_ends_the_filing_with_the_way_to_go(ask, send):
    name = ask("Sebagai apa?", stop_blocks=True, **STOP)
    # Whatever else is wrong: nobody fills in the rest of a form that cannot be sent.
    for wish, others in (("periksa", {"summary": ""}), ("periksa", {}), ("kirim", {})):
        answer = send(wish, **{name: "Warga"}, **others)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Sampaikan lewat LAPOR!" in html
        assert 'href="https://www.lapor.go.id"' in html
        assert f'name="{name}" value="Warga"' in html
        assert 'value="kirim"' not in html
    assert Ticket.objects.count() == 0
    assert send(**{name: "Pegawai"}).status_code == 302


def test_answer_that_advises_is_shown_before_sending_and_stops_nothing(ask, send):
    name = ask("Bagian mana?", **STOP)
    checked = send("periksa", **{name: "Warga"})
    assert "Sampaikan lewat LAPOR!" in checked.content.decode()
    assert send(**{name: "Warga"}).status_code == 302
    assert "Sampaikan lewat LAPOR!" not in send("periksa", **{name: "Pegawai"}).content.decode()


def test_questions_that_may_lead_elsewhere_come_first(ask, client, service):
    ask("Ruang?", position=1)
    ask("Sebagai apa?", position=2, **STOP)
    answer = client.get(reverse("helpdesk:report"), {"layanan": service.code})
    html = answer.content.decode()
    assert html.index("Sebagai apa?") < html.index("Apa yang terjadi") < html.index("Ruang?")
    assert next(iter(answer.context["form"].fields)) == answer.context["form"].asked_first[0].name


def test_answer_that_leads_elsewhere_is_marked_for_the_page(ask, client, service):
    name = ask("Sebagai apa?", **STOP)
    html = client.get(reverse("helpdesk:report"), {"layanan": service.code}).content.decode()
    marked = re.findall(rf'<input[^>]*name="{name}"[^>]*data-hd-stop[^>]*>', html)
    assert len(marked) == 1
    assert 'value="Warga"' in marked[0]


def test_answer_to_a_date_far_away_is_refused(ask, send):
    name = ask(kind=QuestionKind.DATE)
    far = timezone.localdate() + timedelta(days=11 * 366)
    assert send("periksa", **{name: far.isoformat()}).status_code == 422
