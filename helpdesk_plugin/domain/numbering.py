"""Ticket numbers and tracking codes: give them out, and read what people type or dictate.

A ticket number follows a pattern that the agency words, such as ``HD-{year}-{seq:6}``; it is public and
secures nothing. A tracking code is the secret beside it: twelve letters of Crockford's base 32, derived
from a server key and the ticket's nonce, so that it never needs to be stored. Whatever a stranger sends
is read quickly or not at all; the readers never raise.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from helpdesk_plugin.domain.indonesia import ROMAN_MONTHS, plain_typing, roman_month

DEFAULT_PATTERN = "HD-{year}-{seq:6}"
MAX_PATTERN = 60
MAX_NUMBER = 40
MAX_SEQUENCE_DIGITS = 12

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (read as digits) and no U (which makes words)."""

CODE_LETTERS = 12
CODE_GROUP = 4
TOKEN_LETTERS = 32
MIN_KEY_BYTES = 16
MIN_NONCE_BYTES = 8

PatternProblem = Literal[
    "empty", "too_long", "bad_character", "unknown_field", "repeated_field", "fields_touch", "missing_field"
]

_FIELDS = {
    "year": "year",
    "tahun": "year",
    "seq": "seq",
    "urut": "seq",
    "roman month": "month",
    "bulan romawi": "month",
}
_FIELD = re.compile(r"\{([a-z ]+)(?::0?([1-9]|1[0-2])d?)?\}", re.ASCII)
_LITERAL = re.compile(r"[A-Za-z0-9./ _-]+", re.ASCII)
_SEPARATORS = re.compile(r"[\s\u2010\u2012-\u2015\u2212./_,:#()-]+")
_LOOKALIKES = str.maketrans("OIL", "011")

_RUDE = ("ASS", "FAG", "SEX", "TA1", "BAB1", "RAPE", "TAEK", "TETE")
_SPOKEN = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "Juliett", "Kilo"),
    *("Mike", "November", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Victor", "Whiskey"),
    *("X-ray", "Yankee", "Zulu"),
)


class InvalidPattern(ValueError):
    """A number pattern that cannot be used; ``code`` says why.

    "empty", "too_long" (a number could outgrow 40 letters), "bad_character", "unknown_field",
    "repeated_field", "fields_touch" (two fields without anything between them), "missing_field" (year and
    running number are both needed, or numbers would repeat).
    """

    def __init__(self, code: PatternProblem) -> None:
        super().__init__(code)
        self.code = code


class _Part(NamedTuple):
    """A piece of a pattern: a field with its width, or (field None) letters that stand for themselves."""

    text: str
    field: str | None = None
    width: int = 0


# --- Numbers ------------------------------------------------------------------------------------------


def validate_pattern(pattern: str, *, for_tickets: bool = True) -> None:
    """Check a number pattern. Raises InvalidPattern.

    Fields are ``{year}`` or ``{tahun}``, ``{seq}`` or ``{urut}`` with an optional width (``{urut:6}``,
    ``{seq:06d}``), and, for letters only, ``{roman month}`` or ``{bulan romawi}``. Ticket numbers stand in
    web addresses, so their patterns take no slash and no space; ``for_tickets=False`` allows both.
    """
    parts = _parts(pattern)
    if for_tickets and any(part.field == "month" for part in parts):
        raise InvalidPattern("unknown_field")
    if for_tickets and any("/" in part.text or " " in part.text for part in parts if not part.field):
        raise InvalidPattern("bad_character")


def format_number(pattern: str, *, year: int, seq: int, month: int | None = None) -> str:
    """Return the number that a pattern gives to the ``seq``-th of a year; it grows past its width if it must.

    Raises InvalidPattern, and ValueError for a year without four digits, a running number below 1 or
    beyond twelve digits, or a missing month.
    """
    if not 1000 <= year <= 9999:
        raise ValueError("A year has four digits.")
    if not 1 <= seq < 10**MAX_SEQUENCE_DIGITS:
        raise ValueError("A running number starts at 1 and has at most twelve digits.")
    parts = _parts(pattern)
    values = {"year": str(year), "seq": str(seq)}
    if any(part.field == "month" for part in parts):
        values["month"] = roman_month(month or 0)
    return "".join(values[part.field].zfill(part.width) if part.field else part.text for part in parts)


def parse_number(text: str, pattern: str = DEFAULT_PATTERN) -> str | None:
    """Return the number of this pattern that a person typed or took down by ear, else None.

    Forgives lower case, missing or other separators, missing zeros, a missing beginning (``2026 123``),
    digits of other scripts, and the letters O, I, L where digits stand. Never raises for any ``text``.
    """
    typed = _SEPARATORS.sub("-", plain_typing(text)).strip("-").upper()
    found = _reader(pattern).fullmatch(typed)
    if found is None:
        return None
    read = {name: value.replace("-", "") for name, value in found.groupdict().items()}
    year, seq = (int(read[name].translate(_LOOKALIKES)) for name in ("year", "seq"))
    month = ROMAN_MONTHS.index(read["month"]) + 1 if "month" in read else None
    return format_number(pattern, year=year, seq=seq, month=month) if year >= 1000 and seq else None


@lru_cache(maxsize=64)
def _parts(pattern: str) -> tuple[_Part, ...]:
    """Return the pieces of a pattern in order. Raises InvalidPattern."""
    if not pattern.strip():
        raise InvalidPattern("empty")
    if len(pattern) > MAX_PATTERN:
        raise InvalidPattern("too_long")
    parts = tuple(_part(piece) for piece in re.split(r"(\{[^{}]*\})", pattern) if piece)
    fields = [part.field for part in parts if part.field]
    if len(set(fields)) < len(fields):
        raise InvalidPattern("repeated_field")
    if any(left.field and right.field for left, right in pairwise(parts)):
        raise InvalidPattern("fields_touch")
    if not {"year", "seq"} <= set(fields):
        raise InvalidPattern("missing_field")
    letters = sum(len(part.text) for part in parts if not part.field)
    if letters + len("2026") + MAX_SEQUENCE_DIGITS + len("VIII") * ("month" in fields) > MAX_NUMBER:
        raise InvalidPattern("too_long")
    return parts


def _part(piece: str) -> _Part:
    if not piece.startswith("{"):
        if not _LITERAL.fullmatch(piece):
            raise InvalidPattern("bad_character")
        return _Part(piece)
    found = _FIELD.fullmatch(piece)
    name = _FIELDS.get(found[1]) if found else None
    if found is None or name is None or (found[2] and name != "seq"):
        raise InvalidPattern("unknown_field")
    return _Part(piece, name, int(found[2] or 0))


@lru_cache(maxsize=64)
def _reader(pattern: str) -> re.Pattern[str]:
    """Return what recognises a number in cleaned text, where every separator is one dash or missing."""
    digit = "[0-9OIL]"
    readers = {
        "year": f"(?P<year>{digit}{{4}})",
        # As few digits as fit: what follows may begin with a letter that looks like one.
        "seq": f"(?P<seq>{digit}(?:-?{digit}){{0,{MAX_SEQUENCE_DIGITS - 1}}}?)",
        "month": f"(?P<month>{'|'.join(ROMAN_MONTHS)})",
    }
    atoms = []
    for place, part in enumerate(_parts(pattern)):
        letters = _SEPARATORS.sub("", part.text).upper()
        if part.field:
            atoms.append(readers[part.field])
        elif letters:
            spelt = "-?".join(re.escape(letter) for letter in letters)
            atoms.append(spelt if place else f"(?:{spelt})?")
    return re.compile("-?".join(atoms))


# --- Tracking codes -----------------------------------------------------------------------------------


def derive_code(key: bytes, nonce: bytes) -> str:
    """Return the tracking code of a nonce under a server key: 60 bits as twelve letters, without dashes.

    The same key and nonce always give the same code. Raises ValueError for a key below 16 or a nonce
    below 8 bytes.
    """
    return _letters(_derive(b"helpdesk tracking code v1", key, nonce), CODE_LETTERS)


def derive_link_token(key: bytes, nonce: bytes) -> str:
    """Return the secret of a mailed link: 160 bits as 32 small letters and digits.

    Neither punctuation that mail programs cut off nor anything that an address must escape. Independent
    of the tracking code although key and nonce are the same. Raises ValueError as ``derive_code`` does.
    """
    return _letters(_derive(b"helpdesk link token v1", key, nonce), TOKEN_LETTERS).lower()


def derive_sign_in_token(key: bytes, nonce: bytes) -> str:
    """Return the secret of a mailed sign-in link, built as `derive_link_token` builds its own.

    Raises ValueError as ``derive_code`` does.
    """
    return _letters(_derive(b"helpdesk sign-in token v1", key, nonce), TOKEN_LETTERS).lower()


def derive_confirm_token(key: bytes, nonce: bytes) -> str:
    """Return the secret of the mailed link that confirms a subscription; see `derive_link_token`."""
    return _letters(_derive(b"helpdesk confirm token v1", key, nonce), TOKEN_LETTERS).lower()


def derive_manage_token(key: bytes, nonce: bytes) -> str:
    """Return the secret of the links in a subscriber's mails; independent of the one that confirms."""
    return _letters(_derive(b"helpdesk manage token v1", key, nonce), TOKEN_LETTERS).lower()


def derive_survey_token(key: bytes, nonce: bytes) -> str:
    """Return the secret of a mailed invitation to a survey; see `derive_link_token`."""
    return _letters(_derive(b"helpdesk survey token v1", key, nonce), TOKEN_LETTERS).lower()


def draw_nonce(key: bytes, random_bytes: Callable[[int], bytes], size: int = 16) -> bytes:
    """Return a nonce whose code shows no rude word. ``random_bytes`` is ``secrets.token_bytes``.

    Choosing the nonce, not the code, keeps derivation fixed for ever while the list of words may change;
    it costs two thousandths of a bit.
    """
    nonce = random_bytes(size)
    while not is_presentable(derive_code(key, nonce)):
        nonce = random_bytes(size)
    return nonce


def is_presentable(code: str) -> bool:
    """Say whether a code is free of words that an office would not dictate."""
    return not any(word in code for word in _RUDE)


def normalise_code(text: str) -> str | None:
    """Return the twelve letters of a typed or dictated code, else None. Never raises.

    Forgives lower case, spaces and dashes anywhere, digits of other scripts, and O, I, L for 0, 1, 1.
    """
    code = _SEPARATORS.sub("", plain_typing(text))
    if len(code) != CODE_LETTERS or not code.isascii():
        return None
    code = code.upper().translate(_LOOKALIKES)
    return code if set(code) <= set(ALPHABET) else None


def format_code(code: str) -> str:
    """Return a code as it is shown: ``7K0M-QR9T-2XWB``."""
    return "-".join(_groups(code))


def spell_code(code: str) -> str:
    """Return a code to be read out over the telephone: ``tujuh Kilo nol Mike, Quebec …``.

    Raises ValueError for what ``normalise_code`` would not return.
    """
    if normalise_code(code) != code:
        raise ValueError("Only a normalised tracking code can be spelt.")
    return ", ".join(" ".join(_SPOKEN[ALPHABET.index(letter)] for letter in group) for group in _groups(code))


def codes_equal(given: str, expected: str) -> bool:
    """Compare two codes or two tokens in constant time, whatever letters ``given`` holds."""
    return hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass")
    )


def _derive(purpose: bytes, key: bytes, nonce: bytes) -> int:
    if len(key) < MIN_KEY_BYTES or len(nonce) < MIN_NONCE_BYTES:
        raise ValueError(f"A key needs {MIN_KEY_BYTES} bytes or more, a nonce {MIN_NONCE_BYTES}.")
    return int.from_bytes(hmac.new(key, purpose + b"\x00" + nonce, hashlib.sha256).digest(), "big")


def _letters(number: int, count: int) -> str:
    """Return the lowest bits of a number as base 32, five bits a letter."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _groups(code: str) -> list[str]:
    return [code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP)]
