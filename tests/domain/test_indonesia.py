"""What Indonesian offices write: read however it was typed, stored plainly, shown as is customary."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk_plugin.domain.indonesia import (
    InvalidNip,
    InvalidPhone,
    clock_time,
    date_in_words,
    decimal_comma,
    format_duration,
    format_nip,
    format_phone,
    format_working_duration,
    long_date,
    long_datetime,
    mask_nip,
    nip_doubts,
    number_in_words,
    parse_nip,
    parse_phone,
    plain_typing,
    roman_month,
    short_date,
    short_datetime,
    whatsapp_digits,
)

WIB = ZoneInfo("Asia/Pontianak")
NIP = "198609262015051001"
TODAY = date(2026, 11, 22)

any_text = st.text(st.characters(codec=None), max_size=120)
HOSTILE = ["\x00", "\ud800", "x" * 1_000_000, "1" * 1_000_000, " " * 1_000_000, "﷽" * 100, "+" * 90, "²³½①"]


# --- NIP ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "198609262015051001",
        "19860926 201505 1 001",
        " 19860926-201505-1-001\n",
        "NIP. 19860926 201505 1 001",
        "１９８６０９２６ ２０１５０５ １ ００１",
        "١٩٨٦٠٩٢٦ ٢٠١٥٠٥ ١ ٠٠١",
        "19860926\u200b201505\u00a01\u2009001",
    ],
)
def test_a_nip_is_read_however_it_was_typed(typed):
    assert parse_nip(typed) == NIP


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("-", "empty"),
        ("tidak ada", "empty"),
        ("19860926201505100", "length"),
        ("1986092620150510011", "length"),
        ("19860926 201505 1 OO1", "length"),
        ("081234567890", "length"),
    ],
)
def test_a_wrong_nip_is_refused_with_its_reason(typed, code):
    with pytest.raises(InvalidNip) as refused:
        parse_nip(typed)
    assert refused.value.code == code


def test_a_refusal_does_not_repeat_the_number():
    with pytest.raises(InvalidNip) as refused:
        parse_nip("1986092620150510011")
    assert "1986" not in f"{refused.value}{refused.value!r}"


def test_a_nip_is_shown_in_its_four_groups():
    assert format_nip(NIP) == "19860926 201505 1 001"


@pytest.mark.parametrize(
    ("nip", "masked"), [(NIP, "•" * 15 + "001"), ("1234", "•234"), ("123", "•••"), ("", "")]
)
def test_a_masked_nip_shows_its_last_three_digits_only(nip, masked):
    assert mask_nip(nip) == masked


def test_what_is_no_nip_is_shown_unchanged():
    assert format_nip("12345") == "12345"


@pytest.mark.parametrize(
    ("nip", "doubts"),
    [
        (NIP, ()),
        ("199001012023211001", ()),  # NI PPPK: the digits after the year number the contract
        ("198602302015051001", ("birth_date",)),  # 30 February
        ("198613012015051001", ("birth_date",)),
        ("000000002015051001", ("birth_date",)),
        ("202001012015051001", ("birth_date",)),  # six years old
        ("190001012015051001", ("birth_date",)),
        ("201101012026051001", ()),  # fifteen this year
        ("192601012015051001", ()),  # a hundred this year
        ("198609262015053001", ("sex",)),
        ("999999999999999999", ("birth_date", "sex")),
    ],
)
def test_an_implausible_nip_raises_doubts_only(nip, doubts):
    assert parse_nip(nip) == nip
    assert nip_doubts(nip, today=TODAY) == doubts


def test_doubts_about_anything_never_raise():
    assert nip_doubts("", today=TODAY) == ("birth_date", "sex")
    assert nip_doubts("abc", today=TODAY) == ("birth_date", "sex")


@given(st.from_regex(r"[0-9]{18}", fullmatch=True))
def test_every_nip_reads_back_from_how_it_is_shown(nip):
    assert parse_nip(format_nip(nip)) == nip


# --- Telephones ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "0812.3456.7890",
        "0812–3456–7890",
        "6281234567890",
        "+6281234567890",
        "+62 812-3456-7890",
        "(+62) 812 3456 7890",
        "+62 (0)812 3456 7890",
        "+62 0812 3456 7890",
        "0062 812 3456 7890",
        "81234567890",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "０８１２－３４５６－７８９０",
        "\u202a0812\u200b34567890\u202c\n",
    ],
)
def test_a_mobile_number_is_stored_one_way(typed):
    assert parse_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("081234567890", "+6281234567890", "0812-3456-7890"),
        ("0812345678", "+62812345678", "0812-345-678"),
        ("08123456789", "+628123456789", "0812-3456-789"),
        ("0812345678901", "+62812345678901", "0812-3456-78901"),
        ("089912345678", "+6289912345678", "0899-1234-5678"),
        ("628123456789012", "+628123456789012", "0812-3456-789012"),
        ("(0536) 3221234", "+625363221234", "(0536) 3221234"),
        ("0536-21234", "+6253621234", "(0536) 21234"),
        ("021 1234567", "+62211234567", "(021) 1234567"),
        ("+60 12-345 6789", "+60123456789", "+60 12-345 6789"),
    ],
)
def test_a_number_is_shown_as_people_write_it(typed, stored, shown):
    assert parse_phone(typed) == stored
    assert format_phone(stored) == shown
    assert parse_phone(shown) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("-", "empty"),
        ("0812345", "unknown"),
        ("081234567890123", "unknown"),
        ("112", "unknown"),
        ("62", "unknown"),
        ("+0812345678", "unknown"),
        ("+999 12345678", "unknown"),
        ("0812-CALLME", "characters"),
        ("081234567890 / 081345678901", "characters"),
        ("0536 21234 ext 12", "characters"),
        ("0812+34567890", "characters"),
        ("0812\x0034567890", "characters"),
        ("nama@example.go.id", "characters"),
    ],
)
def test_a_wrong_telephone_is_refused_with_its_reason(typed, code):
    with pytest.raises(InvalidPhone) as refused:
        parse_phone(typed)
    assert refused.value.code == code


def test_what_is_no_number_is_shown_as_it_is():
    assert format_phone("") == ""
    assert format_phone("lihat catatan") == "lihat catatan"


def test_whatsapp_links_take_digits_only():
    assert whatsapp_digits("+6281234567890") == "6281234567890"


@settings(deadline=None)
@given(st.from_regex(r"\+628[1-9][0-9]{6,11}", fullmatch=True))
def test_every_mobile_number_reads_back_from_how_it_is_shown(stored):
    assert parse_phone(stored) == stored
    assert parse_phone(format_phone(stored)) == stored


# --- Hostile input ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_refused_quickly(typed):
    begun = time.perf_counter()
    with pytest.raises(InvalidNip):
        parse_nip(typed)
    with pytest.raises(InvalidPhone):
        parse_phone(typed)
    assert time.perf_counter() - begun < 0.5


@settings(deadline=None)
@given(any_text)
def test_readers_raise_their_own_refusal_or_answer_plainly(text):
    for read, refusal, plain in (
        (parse_nip, InvalidNip, r"[0-9]{18}"),
        (parse_phone, InvalidPhone, r"\+[0-9]+"),
    ):
        try:
            answer = read(text)
        except refusal:
            continue
        assert re.fullmatch(plain, answer, re.ASCII)


def test_plain_typing_keeps_words_and_drops_invisible_marks():
    assert plain_typing("Ｎo\u200b. ٤२") == "No. 42"
    assert plain_typing("x" * 101) == ""


# --- Dates and times ----------------------------------------------------------------------------------


def test_dates_long_and_short():
    assert long_date(date(2026, 11, 22)) == "Minggu, 22 November 2026"
    assert short_date(date(2026, 11, 22)) == "22 Nov 2026"


def test_every_weekday_has_its_name():
    days = [long_date(date(2026, 11, 16) + timedelta(days=count)).split(",")[0] for count in range(7)]
    assert days == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]
SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def test_every_month_has_its_names():
    days = [date(2026, month, 1) for month in range(1, 13)]
    assert [long_date(day).split()[2] for day in days] == MONTHS
    assert [short_date(day).split()[1] for day in days] == SHORT_MONTHS


def test_moments_are_shown_on_the_clocks_of_the_zone():
    at = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    assert long_datetime(at, WIB) == "Minggu, 22 November 2026, 14.05 WIB"
    assert short_datetime(at, WIB) == "22 Nov 2026, 14.05 WIB"
    assert clock_time(at, ZoneInfo("Asia/Makassar")) == "15.05 WITA"
    assert clock_time(at, ZoneInfo("Asia/Jayapura")) == "16.05 WIT"


def test_the_date_is_that_of_the_zone():
    at = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)
    assert long_datetime(at, WIB) == "Jumat, 1 Januari 2027, 01.30 WIB"
    assert short_datetime(at, WIB) == "1 Jan 2027, 01.30 WIB"


@pytest.mark.parametrize("show", [clock_time, long_datetime, short_datetime])
def test_a_moment_without_time_zone_is_refused(show):
    with pytest.raises(ValueError, match="needs a time zone"):
        show(datetime(2026, 11, 22, 7, 5), WIB)


def test_a_record_opens_with_the_date_in_words():
    assert date_in_words(date(2026, 11, 22)) == (
        "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"
    )


def test_months_in_roman_numerals():
    expected = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    assert [roman_month(month) for month in range(1, 13)] == expected


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_outside_the_year_is_refused(month):
    with pytest.raises(ValueError, match="from 1 to 12"):
        roman_month(month)


# --- Durations and numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "elapsed", "working"),
    [
        (0, "0 menit", "0 menit"),
        (0.5, "kurang dari 1 menit", "kurang dari 1 menit"),
        (1.99, "1 menit", "1 menit"),
        (60, "1 jam", "1 jam"),
        (135, "2 jam 15 menit", "2 jam 15 menit"),
        (450, "7 jam 30 menit", "1 hari kerja"),
        (480, "8 jam", "1 hari kerja 30 menit"),
        (1350, "22 jam 30 menit", "3 hari kerja"),
        (1440, "1 hari", "3 hari kerja 1 jam 30 menit"),
        (1441, "1 hari 1 menit", "3 hari kerja 1 jam 31 menit"),
        (-135, "−2 jam 15 menit", "−2 jam 15 menit"),
    ],
)
def test_durations(minutes, elapsed, working):
    length = timedelta(minutes=minutes)
    assert format_duration(length) == elapsed
    assert format_working_duration(length) == working


def test_the_length_of_a_working_day_can_be_given():
    assert format_working_duration(timedelta(minutes=1170), minutes_per_day=390) == "3 hari kerja"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1.234,5"),
        (1234567, None, "1.234.567"),
        (0, None, "0"),
        (999, None, "999"),
        (-1234.5, 1, "-1.234,5"),
        (1234567, 2, "1.234.567,00"),
        (Decimal("88.305"), 2, "88,31"),  # half up, as the survey index is rounded
        (2.5, 0, "3"),
        (0.1, None, "0,1"),
        (-0.001, 2, "0,00"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_numbers_have_thousand_dots_and_a_decimal_comma(value, decimals, text):
    assert decimal_comma(value, decimals) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        decimal_comma(value, 2)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (110, "seratus sepuluh"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1101, "seribu seratus satu"),
        (2026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (1_000_000_000_000, "satu triliun"),
        (-5, "minus lima"),
    ],
)
def test_numbers_in_words(number, words):
    assert number_in_words(number) == words


def test_numbers_too_large_for_words_are_refused():
    assert number_in_words(10**15 - 1).startswith("sembilan ratus sembilan puluh sembilan triliun ")
    with pytest.raises(ValueError, match="quadrillion"):
        number_in_words(10**15)


DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
WORTH = {word: value for value, word in enumerate(DIGITS)} | {"sepuluh": 10, "sebelas": 11, "seratus": 100}


def read_words(words: str) -> int:
    """An independent reading of Indonesian number words, from left to right."""
    total = group = last = 0
    for word in words.split():
        if word in WORTH:
            last = WORTH[word]
            group += last
        elif word == "belas":
            group += 10
        elif word in ("puluh", "ratus"):
            group += last * ({"puluh": 10, "ratus": 100}[word] - 1)
        elif word == "seribu":
            total += 1000
        else:
            total += group * {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}[word]
            group = 0
    return total + group


@given(st.integers(0, 10**15 - 1))
def test_words_mean_the_number_they_were_made_from(number):
    assert read_words(number_in_words(number)) == number
