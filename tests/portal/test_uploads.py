"""Files of a form: judged with a sentence, kept when the form fails, never lost, swept after a day."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import RequiredDocument, StagedFile, Ticket
from helpdesk_plugin.services import staging
from tests.factories import PDF, picture, upload

PNG = picture("PNG")


def send(client, data, **files):
    return client.post(reverse("helpdesk:report"), {**data, **files})


def names(answer, slot):
    return [kept.name for found in answer.context["slots"] if found.name == slot for kept in found.kept]


def test_files_of_a_failed_send_are_kept_and_go_with_the_next(client, typed):
    failed = send(
        client, {**typed, "summary": ""}, surat=upload("surat.pdf"), lampiran=[upload("foto.png", PNG)]
    )
    assert (names(failed, "surat"), names(failed, "lampiran")) == (["surat.pdf"], ["foto.png"])
    assert "foto.png" in failed.content.decode()
    send(client, typed)
    ticket = Ticket.objects.get()
    assert [(a.name, a.content_type) for a in ticket.attachments.all()] == [
        ("surat.pdf", "application/pdf"),
        ("foto.png", "image/png"),
    ]
    with ticket.attachments.first().file.open() as stored:
        assert stored.read() == PDF
    assert StagedFile.objects.count() == 0


def test_one_bad_file_does_not_take_the_good_ones_with_it(client, typed):
    failed = send(client, typed, lampiran=[upload("baik.pdf"), upload("virus.pdf", b"MZ" + b"0" * 500)])
    assert [p.text for p in failed.context["problems"]] == [
        "Berkas virus.pdf ditolak. Berkas harus PDF, JPG, atau PNG."
    ]
    assert names(failed, "lampiran") == ["baik.pdf"]
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            ("besar.pdf", PDF + b"0" * (6 * 1024 * 1024)),
            "Berkas besar.pdf berukuran 6,1 MB. Batasnya 5 MB. Perkecil atau foto ulang.",
        ),
        (("pas.pdf", PDF + b"0" * (5 * 1024 * 1024)), "Berkas pas.pdf berukuran 5,1 MB. Batasnya 5 MB."),
        (("kosong.pdf", b""), None),
        (("makro.docx", b"PK\x03\x04" + b"0" * 100), "Berkas makro.docx ditolak."),
        (("foto.png", PDF), "Berkas foto.png ditolak."),
        (("..\\..\\jahat.exe\x00.pdf", b"MZ" + b"0" * 100), "Berkas jahat.exe.pdf ditolak."),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_the_way_out(client, typed, file, sentence):
    answer = send(client, typed, lampiran=[upload(*file)])
    assert answer.status_code == 422
    (problem,) = answer.context["problems"]
    assert problem.anchor == "id_lampiran"
    assert problem.text.startswith(sentence or "Berkas kosong.pdf kosong.")


def test_the_fifth_attachment_is_refused_and_four_are_kept(client, typed):
    answer = send(client, typed, lampiran=[upload(f"{n}.pdf") for n in range(1, 6)])
    assert names(answer, "lampiran") == ["1.pdf", "2.pdf", "3.pdf", "4.pdf"]
    assert [p.text for p in answer.context["problems"]] == [
        "Berkas 5.pdf tidak ikut: paling banyak 4 berkas sekali kirim."
    ]


def test_kept_files_count_towards_the_four(client, typed):
    send(client, {**typed, "summary": ""}, lampiran=[upload(f"{n}.pdf") for n in range(1, 4)])
    answer = send(client, typed, lampiran=[upload("4.pdf"), upload("5.pdf")])
    assert [p.text for p in answer.context["problems"]] == [
        "Berkas 5.pdf tidak ikut: paling banyak 4 berkas sekali kirim."
    ]


def test_a_kept_file_can_be_removed_and_the_text_stays(client, typed):
    send(client, {**typed, "summary": ""}, lampiran=[upload("a.pdf"), upload("b.pdf")])
    pk = StagedFile.objects.get(name="a.pdf").pk
    answer = send(client, {**typed, "aksi": f"buang:{pk}"})
    assert names(answer, "lampiran") == ["b.pdf"]
    assert 'value="Internet kantor mati"' in answer.content.decode()
    assert not StagedFile.objects.filter(pk=pk).exists()


def test_nobody_removes_files_of_another_form(client, typed):
    send(client, {**typed, "summary": ""}, lampiran=[upload("a.pdf")])
    pk = StagedFile.objects.get().pk
    other = {**typed, "kunci": "6f2b8a0e-1111-4222-8333-944455556666", "aksi": f"buang:{pk}"}
    answer = send(client, other)
    assert names(answer, "lampiran") == []
    assert StagedFile.objects.filter(pk=pk).exists()


def test_a_new_letter_takes_the_place_of_the_kept_one(client, typed):
    send(client, {**typed, "summary": ""}, surat=upload("lama.pdf"))
    send(client, typed, surat=upload("baru.pdf"))
    assert [a.name for a in Ticket.objects.get().attachments.all()] == ["baru.pdf"]


def test_a_document_of_the_service_before_stays_as_attachment(client, typed, service):
    document = RequiredDocument.objects.create(service=service, name="Denah")
    data = {**typed, "aksi": "ganti", f"dokumen-{document.pk}": upload("denah.pdf")}
    client.post(reverse("helpdesk:report"), data)
    document.delete()
    answer = send(client, {**typed, "aksi": "isi"})
    assert names(answer, "lampiran") == ["denah.pdf"]


def test_kept_files_move_with_the_words_to_a_new_report(client, typed):
    send(client, typed)
    answer = send(client, {**typed, "description": "Lain"}, lampiran=[upload("foto.pdf")])
    new_key = re.search(r'name="kunci" value="([^"]+)"', answer.content.decode()).group(1)
    send(client, {**typed, "description": "Lain", "kunci": new_key})
    assert [a.name for a in Ticket.objects.get(description="Lain").attachments.all()] == ["foto.pdf"]


def test_kept_files_are_private_and_unguessable(client, typed):
    send(client, {**typed, "summary": ""}, lampiran=[upload("rahasia.pdf")])
    stored = StagedFile.objects.get().file.name
    assert re.fullmatch(r"helpdesk-staged/[0-9a-f]{2}/[0-9a-f]{40}", stored)


def test_store_that_fails_is_a_sentence_and_keeps_the_text(client, typed):
    store = storages["helpdesk"]
    with mock.patch.object(type(store), "_save", side_effect=OSError("full")):
        answer = send(client, typed, lampiran=[upload("a.pdf")])
    assert answer.status_code == 503
    assert "berkas tidak dapat disimpan" in answer.content.decode()
    assert 'value="Internet kantor mati"' in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_sweep_takes_what_waited_a_day_with_its_file(client, typed, django_capture_on_commit_callbacks):
    send(client, {**typed, "summary": ""}, lampiran=[upload("a.pdf")])
    path = StagedFile.objects.get().file.name
    assert staging.sweep() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert staging.sweep(timezone.now() + timedelta(hours=24)) == 1
    assert StagedFile.objects.count() == 0
    assert not storages["helpdesk"].exists(path)
