"""What people paste and type becomes plain text, a number or a date, or a sentence that says why not."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.utils import timezone

from helpdesk_plugin import cleaning


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  Internet \x00mati\x07  ", "Internet mati"),
        ("satu\r\ndua\rtiga\u2028", "satu\ndua\ntiga"),
        ("harga\u202e000\u202c1\u200b\ufeff", "harga0001"),
        ("lepas\ud800sisa", "lepassisa"),
        ("kolom\tdua", "kolom\tdua"),
        ("keluarga \U0001f468\u200d\U0001f467", "keluarga \U0001f468\u200d\U0001f467"),
        ("\x00\u200b", ""),
    ],
)
def test_plain_text_from_hostile_text(typed, plain):
    assert cleaning.plain_text(typed) == plain


def test_plain_line_from_several_lines():
    assert cleaning.plain_line("Internet\n\tkantor \u00a0 mati\x00") == "Internet kantor mati"


@pytest.mark.parametrize("field", [cleaning.LineField(), cleaning.ParagraphsField()])
def test_text_field_with_nothing_but_invisible_letters_is_empty(field):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("\u200b\x00\u202e")
    assert refused.value.code == "required"


def test_text_field_counts_letters_after_cleaning():
    assert cleaning.LineField(max_length=3).clean("a\x00b\x00c") == "abc"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("19860926 201505 1 001", "198609262015051001"),
        ("１９８６０９２６２０１５０５１００１", "198609262015051001"),
        ("", ""),
    ],
)
def test_nip_field_stores_digits(typed, stored):
    assert cleaning.NipField().clean(typed) == stored


@pytest.mark.parametrize("typed", ["123", "abc", "1" * 19, "9" * 5000])
def test_nip_field_refuses_what_has_not_eighteen_digits(typed):
    with pytest.raises(forms.ValidationError):
        cleaning.NipField().clean(typed)


@pytest.mark.parametrize("typed", ["0812 3456 7890", "+62 812-3456-7890", "62812.3456.7890"])
def test_phone_field_stores_e164(typed):
    assert cleaning.PhoneField().clean(typed) == "+6281234567890"


def test_phone_field_shows_the_local_form_again():
    assert cleaning.PhoneField().prepare_value("+6281234567890") == "0812-3456-7890"
    assert cleaning.PhoneField().prepare_value("salah ketik") == "salah ketik"


@pytest.mark.parametrize("typed", ["nol delapan", "12", "0812 ext 3", "0" * 99])
def test_phone_field_refuses_what_is_no_number(typed):
    with pytest.raises(forms.ValidationError) as refused:
        cleaning.PhoneField().clean(typed)
    assert refused.value.code == "unknown"


@pytest.mark.parametrize("typed", ["2026-02-30", "kemarin", "0001-01-01", "9999-12-31", "1999-12-31"])
def test_date_field_refuses_impossible_dates(typed):
    with pytest.raises(forms.ValidationError):
        cleaning.PlausibleDateField().clean(typed)


@pytest.mark.parametrize("typed", ["0001-01-01 00:00", "9999-12-31 23:59", "2026-13-01 00:00"])
def test_moment_field_refuses_impossible_moments(typed):
    with pytest.raises(forms.ValidationError):
        cleaning.PastMomentField().clean(typed)


def test_moment_field_refuses_the_future():
    tomorrow = timezone.localtime() + timedelta(days=1)
    with pytest.raises(forms.ValidationError) as refused:
        cleaning.PastMomentField().clean(f"{tomorrow:%Y-%m-%d %H:%M}")
    assert refused.value.code == "future"


def test_moment_field_reads_local_time():
    assert cleaning.PastMomentField().clean("2024-05-01 08:00") == datetime(2024, 5, 1, 1, tzinfo=UTC)
