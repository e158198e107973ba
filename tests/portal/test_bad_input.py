"""Whatever is sent is answered: with a sentence, or a plain 4xx, never with a failure of ours."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.models import Ticket
from tests.factories import make_ticket
from tests.portal.conftest import act

HOSTILE = [
    "\x00",
    "a\x00b",
    "\ufffe\uffff",
    "\u202e\u200b\u2066",
    "'; DROP TABLE--",
    "%s%n%d{0}{{x}}",
    "9" * 400,
    "-1",
    "１２３",
    "💥" * 50,
    "../../etc/passwd",
]
NIP_WRONG = "NIP harus 18 digit angka. Periksa kembali, atau kosongkan bila Anda bukan ASN."
FIELDS = (
    *("layanan", "kunci", "aksi", "summary", "description", "who_affected", "alternative", "requester_name"),
    *(
        "opd",
        "requester_unit",
        "requester_phone",
        "requester_email",
        "requester_nip",
        "privacy_ack",
        "website",
    ),
    *("occurred_date", "occurred_time", "wished_date", "letter_number", "letter_date", "letter_subject"),
)


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_text_in_one_field_of_the_form_is_answered(client, typed, field):
    for number, text in enumerate(("\x00", "a\x00b", "9" * 400)):
        typed["kunci"] = f"6f2b8a0e-0000-4000-8000-{number:012}"
        answer = client.post(reverse("helpdesk:report"), {**typed, field: text})
        assert answer.status_code in {200, 302, 404, 409, 422}, (field, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_of_the_form_is_answered(client, typed, text):
    for name in ("report", "request"):
        filled = dict.fromkeys(FIELDS, text) | {"layanan": typed["layanan"], "aksi": "kirim"}
        assert client.post(reverse(f"helpdesk:{name}"), filled).status_code == 422
        assert client.post(reverse(f"helpdesk:{name}"), dict.fromkeys(FIELDS, text)).status_code == 404


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_addresses_is_answered(client, text):
    ticket = make_ticket()
    client.get(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
    for name in ("report", "request", "track"):
        answer = client.get(reverse(f"helpdesk:{name}"), {"layanan": text, "nomor": text, "tautan": text})
        assert answer.status_code in {200, 404}
    for address in ("tiket/{}/", "tiket/{}/tanda-terima/", "t/{}/x/", "t/HD-2026-000001/{}/"):
        answer = client.get("/help-desk/" + address.format(text.replace("/", "_").replace("%", "_")))
        assert answer.status_code in {302, 404}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_number_and_code_are_answered_with_the_neutral_sentence(client, text):
    answer = client.post(reverse("helpdesk:track"), {"nomor": text, "kode": text})
    assert answer.status_code == 422


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_a_reply_are_answered(client, text):
    ticket = make_ticket()
    client.get(reverse("helpdesk:link", args=[ticket.number, ticket.access.link_token]))
    answer = client.post(act(ticket, "balas"), {"note": text, "kunci": text, "versi": text, "aksi": text})
    assert answer.status_code in {302, 409, 422}
    assert client.get(reverse("helpdesk:ticket", args=[ticket.number])).status_code == 200


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (
            "requester_nip",
            "12345",
            "NIP harus 18 digit angka. Periksa kembali, atau kosongkan bila Anda bukan ASN.",
        ),
        ("requester_phone", "12", "Nomor HP tidak dikenali. Tulis seperti 081234567890."),
        ("requester_email", "sari@", "Alamat email tidak lengkap. Tulis seperti nama@katingankab.go.id."),
        ("occurred_date", "31/02/2026", "Tanggal itu tidak ada. Tulis seperti 22/11/2026."),
        ("occurred_date", "0001-01-01", "Tanggal ini tidak mungkin benar. Periksa tahunnya."),
        ("occurred_date", "9999-12-31", "Tanggal ini tidak mungkin benar. Periksa tahunnya."),
        ("occurred_time", "25:61", "Jam itu tidak ada. Tulis seperti 14.05."),
        ("who_affected", "semua", "Pilih siapa yang terdampak."),
        ("alternative", "mungkin", "Pilih apakah masih ada cara lain untuk bekerja."),
        ("opd", "999999999999999999999", "Pilih OPD dari daftar."),
        ("summary", "a" * 161, "Pendekkan menjadi 160 huruf; isinya sekarang 161 huruf."),
        ("description", "a" * 20_001, "Pendekkan menjadi 20000 huruf; isinya sekarang 20001 huruf."),
    ],
)
def test_wrong_value_is_named_and_shown_again(client, typed, field, text, sentence):
    answer = client.post(reverse("helpdesk:report"), {**typed, field: text})
    assert answer.status_code == 422
    assert sentence in [p.text for p in answer.context["problems"]]
    if field not in {"who_affected", "alternative", "opd"}:
        assert text in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_future_moment_is_refused(client, typed):
    data = {**typed, "occurred_date": "2026-11-22", "occurred_time": "23:59"}
    with acting_at(datetime(2026, 11, 22, 7, 0, tzinfo=UTC)):
        answer = client.post(reverse("helpdesk:report"), data)
    assert [p.text for p in answer.context["problems"]] == ["Waktu ini belum terjadi. Kapan kejadiannya?"]


def test_date_without_time_and_time_without_date_ask_for_the_other(client, typed):
    answer = client.post(reverse("helpdesk:report"), {**typed, "occurred_date": "2026-01-05"})
    assert [p.anchor for p in answer.context["problems"]] == ["id_occurred_time"]
    answer = client.post(reverse("helpdesk:report"), {**typed, "occurred_time": "07:00"})
    assert [p.anchor for p in answer.context["problems"]] == ["id_occurred_date"]


def test_a_megabyte_of_text_is_a_sentence_and_comes_back(client, typed):
    text = "kata " * 210_000
    answer = client.post(reverse("helpdesk:report"), {**typed, "description": text})
    assert answer.status_code == 422
    assert [p.anchor for p in answer.context["problems"]] == ["id_description"]
    assert text.strip() in answer.content.decode()


def test_control_characters_are_dropped_and_lines_kept(client, typed):
    client.post(reverse("helpdesk:report"), {**typed, "description": "satu\x00\x07\r\ndua\ttiga\x1b"})
    assert Ticket.objects.get().description == "satu\ndua\ttiga"


def test_more_fields_than_allowed_is_a_sentence(client, typed, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
    many = {f"x{n}": "1" for n in range(1100)}
    for answer in (
        client.post(reverse("helpdesk:report"), {**typed, **many}),
        client.post(reverse("helpdesk:track"), many),
        client.get(reverse("helpdesk:report"), many),
    ):
        assert answer.status_code == 413
        assert "Kiriman terlalu besar" in answer.content.decode()


def test_more_text_than_allowed_is_a_sentence(client, typed, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    answer = client.post(reverse("helpdesk:report"), {**typed, "description": "a" * 20_000})
    assert answer.status_code == 413
    assert "Kiriman terlalu besar" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=zzz", b"--zzz\r\nContent-Disposition: form-data; name=x"),
        ("multipart/form-data; boundary=zzz; charset=unicode_escape", b"--zzz--\r\n"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"summary=x"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=%ff%00&summary=%ED%A0%80"),
        ("application/json", b"{"),
        ("text/plain; charset=\xff", b"x"),
    ],
)
def test_broken_bodies_are_answered(client, service, kind, body):
    for name in ("report", "request", "track"):
        answer = client.generic("POST", reverse(f"helpdesk:{name}"), body, content_type=kind)
        assert answer.status_code in {200, 400, 404, 422}


def test_text_that_no_codec_can_write_out_is_answered(client, typed):
    boundary = "zzz"
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in {**typed, "summary": "", "description": "\\ud800"}.items()
    )
    for codec in ("unicode_escape", "utf-7", "rot13", "hex"):
        answer = client.generic(
            "POST",
            reverse("helpdesk:report"),
            f"{parts}--{boundary}--\r\n".encode(),
            content_type=f"multipart/form-data; boundary={boundary}; charset={codec}",
        )
        assert answer.status_code == 422
        assert "\\ud800" in answer.content.decode()
