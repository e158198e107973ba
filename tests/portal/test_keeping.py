"""Files kept as soon as they are chosen: one request a file, a sentence when it fails, sent with the form."""

import uuid
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.urls import reverse

from helpdesk_plugin.models import AttachmentPurpose, RequiredDocument, StagedFile
from helpdesk_plugin.portal import throttling
from helpdesk_plugin.services import staging
from tests.factories import PDF, picture, upload

KEY = "6f2b8a0e-1111-4222-8333-944455556666"


def keep(client, slot="lampiran", file=None, **data):
    files = {slot: file} if file is not None else {}
    return client.post(reverse("helpdesk:keep"), {"kunci": KEY, "slot": slot, **data, **files})


def kept(answer):
    return [(one["slot"], one["name"]) for one in answer.json()["kept"]]


def test_file_is_kept_and_named_with_its_size(client):
    answer = keep(client, file=upload("foto.pdf"))
    row = StagedFile.objects.get()
    assert answer.json() == {
        "kept": [{"pk": row.pk, "slot": "lampiran", "name": "foto.pdf", "size": filesizeformat(len(PDF))}],
        "problem": "",
        "refused": False,
    }
    assert (answer.status_code, row.form_key, row.content_type) == (200, uuid.UUID(KEY), "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_kept_goes_with_the_form_under_the_names_of_its_questions(service, opd):
    document = RequiredDocument.objects.create(service=service, name="Denah")
    purposes = {
        "surat": AttachmentPurpose.COVER_LETTER,
        f"dokumen-{document.pk}": AttachmentPurpose.DOCUMENT,
        "lampiran": AttachmentPurpose.EVIDENCE,
    }
    client = Client()
    for slot in purposes:
        keep(client, slot, upload(f"{slot}.pdf"))
    page = client.post(reverse("helpdesk:report"), {"layanan": service.code, "kunci": KEY, "aksi": "isi"})
    found = {slot.name: [(file.name, slot.purpose) for file in slot.kept] for slot in page.context["slots"]}
    assert found == {slot: [(f"{slot}.pdf", purpose)] for slot, purpose in purposes.items()}


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("virus.pdf", b"MZ" + b"0" * 99), "Berkas virus.pdf ditolak."),
        (("foto.jpg", picture()[:200]), "Gambar foto.jpg rusak atau tidak lengkap."),
        (("besar.pdf", PDF + b"0" * 5 * 1024 * 1024), "Berkas besar.pdf berukuran 5,1 MB."),
    ],
)
def test_bad_file_is_refused_with_a_sentence_and_the_good_ones_stay(client, file, sentence):
    keep(client, file=upload("baik.pdf"))
    answer = keep(client, file=upload(*file))
    assert (answer.status_code, answer.json()["refused"], kept(answer)) == (
        422,
        True,
        [("lampiran", "baik.pdf")],
    )
    assert answer.json()["problem"].startswith(sentence)


def test_fifth_attachment_is_refused(client):
    for n in range(4):
        keep(client, file=upload(f"{n}.pdf"))
    answer = keep(client, file=upload("5.pdf"))
    assert (answer.status_code, len(kept(answer)), StagedFile.objects.count()) == (422, 4, 4)


def test_new_letter_takes_the_place_of_the_one_before(client):
    keep(client, "surat", upload("lama.pdf"))
    assert kept(keep(client, "surat", upload("baru.pdf"))) == [("surat", "baru.pdf")]
    assert StagedFile.objects.get().name == "baru.pdf"


def test_letter_that_cannot_be_kept_does_not_cost_the_one_before(client):
    keep(client, "surat", upload("lama.pdf"))
    with mock.patch.object(type(storages["helpdesk"]), "_save", side_effect=OSError("full")):
        answer = keep(client, "surat", upload("baru.pdf"))
    assert (answer.status_code, answer.json()["refused"]) == (503, False)
    assert (
        answer.json()["problem"]
        == "Berkas baru.pdf tidak dapat disimpan sementara. Pilih lagi saat mengirim."
    )
    assert kept(answer) == [("surat", "lama.pdf")]


def test_file_sent_again_because_the_answer_was_lost_is_kept_once(client):
    for _attempt in range(2):
        answer = keep(client, file=upload("foto.jpg", picture()))
    assert (answer.status_code, kept(answer)) == (200, [("lampiran", "foto.jpg")])
    assert StagedFile.objects.count() == 1


def test_file_that_also_came_with_the_form_is_attached_once(client, typed, file_it):
    keep(client, file=upload("foto.jpg", picture()), kunci=typed["kunci"])
    page = client.post(
        reverse("helpdesk:report"), {**typed, "aksi": "isi", "lampiran": upload("foto.jpg", picture())}
    )
    (slot,) = (slot for slot in page.context["slots"] if slot.name == "lampiran")
    assert [file.name for file in slot.kept] == ["foto.jpg"]


def test_file_is_taken_back_by_its_form_alone(client):
    keep(client, file=upload("a.pdf"))
    pk = StagedFile.objects.get().pk
    stranger = keep(client, kunci=str(uuid.uuid4()), buang=pk)
    assert (kept(stranger), StagedFile.objects.count()) == ([], 1)
    assert kept(keep(client, buang=pk)) == []
    assert StagedFile.objects.count() == 0


def test_form_that_comes_back_learns_what_is_kept_for_it(client):
    keep(client, "surat", upload("surat.pdf"))
    assert kept(client.post(reverse("helpdesk:keep"), {"kunci": KEY})) == [("surat", "surat.pdf")]


@pytest.mark.parametrize("slot", ["", "website", "dokumen-", "dokumen-1x", "../etc", "dokumen-" + "9" * 30])
def test_unknown_question_keeps_nothing(client, slot):
    answer = client.post(reverse("helpdesk:keep"), {"kunci": KEY, "slot": slot, "lampiran": upload("a.pdf")})
    assert (answer.status_code, StagedFile.objects.count()) == (200, 0)


def test_unreadable_key_keeps_nothing_and_says_that_the_file_goes_along(client):
    answer = keep(client, file=upload(), kunci="x")
    assert (answer.status_code, StagedFile.objects.count()) == (400, 0)
    assert (
        answer.json()["problem"] == "Berkas belum dapat disimpan lebih dulu. Berkas ikut saat Anda mengirim."
    )


def test_request_without_a_token_keeps_nothing():
    answer = keep(Client(enforce_csrf_checks=True), file=upload())
    assert (answer.status_code, answer.json()["kept"], StagedFile.objects.count()) == (403, [], 0)


def test_address_is_limited_and_is_told_to_choose_again(client, monkeypatch):
    monkeypatch.setattr("helpdesk_plugin.portal.uploads.KEPT_FILES", throttling.Limit("keep", 1, 3600))
    cache.clear()
    keep(client, file=upload("1.pdf"))
    answer = keep(client, file=upload("2.pdf"))
    assert (answer.status_code, answer.json()["refused"], kept(answer)) == (
        503,
        False,
        [("lampiran", "1.pdf")],
    )


def test_form_is_not_a_store_for_a_thousand_files(client):
    for n in range(20):
        keep(client, f"dokumen-{n}", upload(f"{n}.pdf"))
    answer = keep(client, "dokumen-21", upload("21.pdf"))
    assert (answer.status_code, answer.json()["problem"]) == (422, "Berkas pada formulir ini sudah cukup.")
    assert StagedFile.objects.count() == 20


def test_reading_it_is_not_possible(client):
    assert client.get(reverse("helpdesk:keep")).status_code == 405


@pytest.mark.parametrize("many", [1, 12])
def test_costs_the_same_however_much_is_kept(client, django_assert_num_queries, many):
    for n in range(many):
        keep(client, f"dokumen-{n}", upload(f"{n}.pdf"))
    with django_assert_num_queries(4):  # what is kept; savepoint, row, savepoint
        keep(client, file=upload())


def test_kept_photo_is_drawn_anew(client):
    keep(client, file=upload("foto.jpg", picture(comment=b"rahasia")))
    assert b"rahasia" not in staging.kept_for(uuid.UUID(KEY))[0].read().content
