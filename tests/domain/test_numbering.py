"""Ticket numbers and tracking codes: what is given out, and what people make of it."""

import hashlib
import hmac
import re
import secrets
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk_plugin.domain.numbering import (
    ALPHABET,
    DEFAULT_PATTERN,
    InvalidPattern,
    codes_equal,
    derive_code,
    derive_link_token,
    draw_nonce,
    format_code,
    format_number,
    is_presentable,
    normalise_code,
    parse_number,
    spell_code,
    validate_pattern,
)

KEY = b"k" * 32
NONCE = bytes(range(16))
LETTER_PATTERN = "555/{urut}/DISKOMINFO/{bulan romawi}/{tahun}"

HOSTILE = [
    "\x00",
    "HD-2026-000123\x00",
    "\ud800\udfff",
    "HD-2026-\ud800",
    "9" * 1_000_000,
    "HD-2026-" + "0" * 1_000_000 + "1",
    "﷽" * 100,  # grows eighteen times when normalised
    "HD-2026-①②③ﷺ",
    "ß" * 12,
    "İ" * 12,
    "-" * 100,
    " ",
    "",
    "HD-2026-²³½",
    "HD-2026-𝟘𝟘",
    "HD-2026-1234567890123",
    "'; DROP TABLE tickets; --",
]


# --- Numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("HD-{year}-{seq:06d}", "HD-2026-000123"),
        ("HD-{year}-{seq:6}", "HD-2026-000123"),
        ("HD-{tahun}-{urut:6}", "HD-2026-000123"),
        ("{urut:010d}.{tahun}", "0000000123.2026"),
        ("{tahun}-{urut}", "2026-123"),
        ("TIK{tahun}_{urut:2}", "TIK2026_123"),
        (LETTER_PATTERN, "555/123/DISKOMINFO/XI/2026"),
        ("555/{seq}/DISKOMINFO/{roman month}/{year}", "555/123/DISKOMINFO/XI/2026"),
    ],
)
def test_a_pattern_gives_the_number_and_reads_it_back(pattern, number):
    assert format_number(pattern, year=2026, seq=123, month=11) == number
    assert parse_number(number, pattern) == number


@pytest.mark.parametrize(
    "typed",
    [
        "HD-2026-000123",
        "hd-2026-000123",
        "hd 2026 123",
        "hd2026000123",
        "HD2026123",
        "  HD - 2026 - 000123 \n",
        "HD–2026—000123",
        "HD.2026/000123",
        "#HD-2026-000123",
        "2026-000123",
        "2026 123",
        "h d 2026 000 123",
        "HD-2O26-OOOI23",
        "hd-2o26-ooo123",
        "HD-2026-000l23",
        "ＨＤ－２０２６－０００１２３",
        "HD-٢٠٢٦-٠٠٠١٢٣",
        "HD-२०२६-१२३",
        "HD\u200b-2026-\u2066000123\u2069",
    ],
)
def test_what_people_type_is_read(typed):
    assert parse_number(typed) == "HD-2026-000123"


@pytest.mark.parametrize(
    "typed",
    [
        "HD-2026",
        "2026",
        "123",
        "HD-26-123",
        "XY-2026-000123",
        "HD-2026-000123-9A",
        "HD-2026-00012E",
        "internet",
        "HD-0000-000001",
        "HD-0999-000001",
        "HD-2026-000000",
    ],
)
def test_what_is_no_number_is_not_guessed(typed):
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "pattern", "number"),
    [
        ("555/12/diskominfo/ii/2026", LETTER_PATTERN, "555/12/DISKOMINFO/II/2026"),
        ("12 diskominfo i 2026", LETTER_PATTERN, "555/12/DISKOMINFO/I/2026"),
        ("12 ii 2026", "{seq}-{roman month}-{year}", "12-II-2026"),
        ("12-itk-2026", "{seq}-ITK-{year}", "12-ITK-2026"),
        ("12 2026", "{seq:4}/{year}", "0012/2026"),
    ],
)
def test_other_patterns_are_read_by_their_own_order(typed, pattern, number):
    assert parse_number(typed, pattern) == number


def test_a_number_grows_past_its_width():
    assert format_number(DEFAULT_PATTERN, year=2026, seq=1_234_567) == "HD-2026-1234567"
    assert parse_number("hd 2026 1234567") == "HD-2026-1234567"


@pytest.mark.parametrize(
    ("year", "seq", "month"),
    [
        (999, 1, 1),
        (10_000, 1, 1),
        (2026, 0, 1),
        (2026, -1, 1),
        (2026, 10**12, 1),
        (2026, 1, 13),
        (2026, 1, None),
    ],
)
def test_impossible_parts_of_a_number_are_refused(year, seq, month):
    with pytest.raises(ValueError, match=r"four digits|starts at 1|from 1 to 12"):
        format_number(LETTER_PATTERN, year=year, seq=seq, month=month)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("HD-{year}-{seq}" + "X" * 60, "too_long"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXY-{year}-{seq}", "too_long"),
        ("HD-{year}", "missing_field"),
        ("HD-{seq:6}", "missing_field"),
        ("HD", "missing_field"),
        ("HD-{year}-{seq}-{seq}", "repeated_field"),
        ("HD-{year}-{tahun}-{seq}", "repeated_field"),
        ("HD-{year}{seq:6}", "fields_touch"),
        ("HD-{year}-{nomor}", "unknown_field"),
        ("HD-{year:4}-{seq}", "unknown_field"),
        ("HD-{year}-{seq:13}", "unknown_field"),
        ("HD-{year}-{seq:0}", "unknown_field"),
        ("HD-{year}-{seq!r}", "unknown_field"),
        ("HD-{year.__class__}-{seq}", "unknown_field"),
        ("HD-{}-{year}-{seq}", "unknown_field"),
        ("HD-{year}-{seq", "bad_character"),
        ("HD-{{year}}-{seq}", "bad_character"),
        ("HD?{year}-{seq}", "bad_character"),
        ("HD-{year}-{seq}\x00", "bad_character"),
        ("ＨＤ-{year}-{seq}", "bad_character"),
        ("HD/{year}-{seq}", "bad_character"),
        ("HD {year}-{seq}", "bad_character"),
        ("HD-{year}-{bulan romawi}-{seq}", "unknown_field"),
    ],
)
def test_an_unusable_ticket_pattern_is_refused_with_its_reason(pattern, code):
    with pytest.raises(InvalidPattern) as refused:
        validate_pattern(pattern)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "pattern", [DEFAULT_PATTERN, "HD-{tahun}-{urut:6}", "HD-{year}-{seq:06d}", "{seq}.{year}"]
)
def test_a_usable_ticket_pattern_passes(pattern):
    assert validate_pattern(pattern) is None


def test_letters_may_carry_slashes_and_the_month():
    assert validate_pattern(LETTER_PATTERN, for_tickets=False) is None


def test_the_longest_allowed_number_fits_forty_letters():
    longest = "ABCDEFGHIJKLMNOPQRSTUV-{year}-{seq}"
    validate_pattern(longest)
    assert len(format_number(longest, year=2026, seq=10**12 - 1)) == 40
    with pytest.raises(InvalidPattern):
        validate_pattern(f"W{longest}")


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_refused_quickly(typed):
    begun = time.perf_counter()
    assert parse_number(typed) is None
    assert parse_number(typed, LETTER_PATTERN) is None
    assert normalise_code(typed) is None
    assert time.perf_counter() - begun < 0.5


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=120))
def test_readers_never_raise(text):
    for read in (parse_number(text), normalise_code(text)):
        assert read is None or read.isascii()
    assert codes_equal(text, "ABC") is (text == "ABC")


@settings(deadline=None)
@given(st.integers(1000, 9999), st.integers(1, 10**12 - 1), st.integers(1, 12))
def test_every_number_reads_back(year, seq, month):
    for pattern in (DEFAULT_PATTERN, "{urut}/{bulan romawi}/{tahun}", LETTER_PATTERN, "A1-{seq:3}.{year}"):
        number = format_number(pattern, year=year, seq=seq, month=month)
        assert parse_number(number, pattern) == number
        assert parse_number(number.lower().replace("-", " "), pattern) == number


# --- Tracking codes -----------------------------------------------------------------------------------


def test_a_code_is_twelve_letters_of_the_alphabet_and_always_the_same():
    code = derive_code(KEY, NONCE)
    assert re.fullmatch(f"[{ALPHABET}]{{12}}", code)
    assert derive_code(KEY, NONCE) == code
    assert normalise_code(code) == code


def test_a_code_is_the_last_sixty_bits_of_the_keyed_hash():
    digest = hmac.new(KEY, b"helpdesk tracking code v1\x00" + NONCE, hashlib.sha256).digest()
    bits = f"{int.from_bytes(digest, 'big'):0256b}"[-60:]
    assert derive_code(KEY, NONCE) == "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 60, 5))


def test_old_links_and_codes_survive_every_release():
    assert derive_code(KEY, NONCE) == "S1KGDT56WEH6"
    assert derive_link_token(KEY, NONCE) == "b20w2m0npprytt3q972vbnn2n30yj407"


def test_a_link_token_has_160_bits_and_nothing_to_escape():
    token = derive_link_token(KEY, NONCE)
    assert re.fullmatch(f"[{ALPHABET.lower()}]{{32}}", token)


def test_code_and_token_tell_nothing_of_each_other():
    assert derive_code(KEY, NONCE).lower() not in derive_link_token(KEY, NONCE)


def test_key_and_nonce_both_change_code_and_token():
    others = [(b"K" * 32, NONCE), (KEY, NONCE[::-1]), (KEY, NONCE + b"\x00")]
    for derive in (derive_code, derive_link_token):
        assert len({derive(key, nonce) for key, nonce in [(KEY, NONCE), *others]}) == 4


@pytest.mark.parametrize(("key", "nonce"), [(b"k" * 15, NONCE), (KEY, b"n" * 7), (b"", NONCE), (KEY, b"")])
def test_short_keys_and_nonces_are_refused(key, nonce):
    for derive in (derive_code, derive_link_token):
        with pytest.raises(ValueError, match="A key needs 16 bytes"):
            derive(key, nonce)


def test_ten_thousand_codes_are_all_different_and_use_every_letter():
    codes = {derive_code(KEY, number.to_bytes(16, "big")) for number in range(10_000)}
    assert len(codes) == 10_000
    assert set("".join(codes)) == set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "10GK7M2QXRT0",
        "10GK-7M2Q-XRT0",
        "10gk-7m2q-xrt0",
        "lOGK 7M2Q XRTO",
        "I0GK-7M2Q-XRTo",
        " 1 0 G K – 7 M 2 Q . X R T 0 ",
        "１０ＧＫ７Ｍ２ＱＸＲＴ０",
        "١٠GK-٧M٢Q-XRT٠",
        "10GK\u200b-7M2Q-XRT0\r\n",
    ],
)
def test_a_typed_code_is_normalised(typed):
    assert normalise_code(typed) == "10GK7M2QXRT0"


@pytest.mark.parametrize("typed", ["10GK-7M2Q-XRT", "10GK-7M2Q-XRT00", "10GK-7M2Q-XRTU", "10GK-7M2Q-XRT!"])
def test_what_is_no_code_is_refused(typed):
    assert normalise_code(typed) is None


def test_a_code_is_shown_in_three_groups_and_spelt_in_indonesian():
    assert format_code("10GK7M2QXRT0") == "10GK-7M2Q-XRT0"
    assert normalise_code(format_code("10GK7M2QXRT0")) == "10GK7M2QXRT0"
    assert spell_code("10GK7M2QXRT0") == ("satu nol Golf Kilo, tujuh Mike dua Quebec, X-ray Romeo Tango nol")


def test_every_letter_has_a_word_of_its_own():
    padded = [letter * 12 for letter in ALPHABET]
    words = [spell_code(code).split()[0] for code in padded]
    assert len(set(words)) == len(ALPHABET)
    letters = [letter for letter in ALPHABET if letter.isalpha()]
    assert [word[0] for word in words if word[0].isupper()] == letters


@pytest.mark.parametrize("code", ["", "10GK-7M2Q-XRT0", "10gk7m2qxrt0", "ABC"])
def test_only_a_code_can_be_spelt(code):
    with pytest.raises(ValueError, match="normalised"):
        spell_code(code)


def test_a_nonce_is_drawn_until_its_code_shows_no_rude_word():
    rude = next(
        nonce
        for number in range(100_000)
        if not is_presentable(derive_code(KEY, nonce := number.to_bytes(16, "big")))
    )
    draws = iter([rude, rude, NONCE])
    assert draw_nonce(KEY, lambda size: next(draws)) == NONCE
    assert is_presentable("10GK7M2QXRT0")
    assert not is_presentable("10GKBAB1XRT0")


def test_drawn_nonces_have_the_size_that_was_asked_for():
    assert len(draw_nonce(KEY, secrets.token_bytes)) == 16
    assert len(draw_nonce(KEY, secrets.token_bytes, 20)) == 20


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ABC", "ABC", True),
        ("ABC", "ABD", False),
        ("ABC", "ABCD", False),
        ("", "", True),
        ("\ud800é", "ABC", False),
    ],
)
def test_comparison_takes_any_letters(one, other, same):
    assert codes_equal(one, other) is same
