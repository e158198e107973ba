"""What Indonesian offices write: civil servant numbers, telephones, dates, durations, numbers.

Read what people type, store one plain form, show the customary one. The words are Indonesian whatever
the language of the screen; the screen decides when to use them. Refusals carry a code that the screens
put into words, never the text that was typed, because it is personal.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

import phonenumbers

MAX_TYPED = 100
"""Letters that a typed number may have; more is refused unread."""

NIP_DIGITS = 18
NIP_GROUPS = (8, 6, 1, 3)
WORKING_AGES = range(15, 101)

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_MOBILE = re.compile(r"\+628[1-9]\d{6,11}", re.ASCII)
_TYPED_PHONE = re.compile(r"\(? ?\+?[0-9(). -]+", re.ASCII)

_ONES = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
_SCALES = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)

NipProblem = Literal["empty", "length"]
NipDoubt = Literal["birth_date", "sex"]
PhoneProblem = Literal["empty", "characters", "unknown"]


class InvalidNip(ValueError):
    """Not a NIP: ``code`` is "empty" (no digit in it) or "length" (not 18 digits)."""

    def __init__(self, code: NipProblem) -> None:
        super().__init__(code)
        self.code = code


class InvalidPhone(ValueError):
    """Not a telephone number: ``code`` is "empty", "characters" (letters, an extension, two numbers) or
    "unknown" (no such number is given out)."""

    def __init__(self, code: PhoneProblem) -> None:
        super().__init__(code)
        self.code = code


def plain_typing(text: str) -> str:
    """Return what a person meant to type: foreign and full-width digits as plain ones, no invisible marks.

    Empty for more than a hundred letters.
    """
    if len(text) > MAX_TYPED:
        return ""
    plain = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in plain)


# --- Civil servant numbers (NIP, NI PPPK) -------------------------------------------------------------


def parse_nip(text: str) -> str:
    """Return the 18 digits of a NIP or NI PPPK however it was typed. Raises InvalidNip.

    Only the length is required; ``nip_doubts`` tells what looks odd. In an NI PPPK the digits 13 and 14
    number the contract, so no month is ever asked of them.
    """
    if len(text) > MAX_TYPED:
        raise InvalidNip("length")
    digits = re.sub(r"[^0-9]", "", plain_typing(text))
    if not digits:
        raise InvalidNip("empty")
    if len(digits) != NIP_DIGITS:
        raise InvalidNip("length")
    return digits


def nip_doubts(nip: str, *, today: date) -> tuple[NipDoubt, ...]:
    """Return what looks implausible in a stored NIP; a reason to ask again, not to refuse.

    "birth_date": the first eight digits are no date, or one at which nobody at work today was born (aged
    15 to 100). "sex": the fifteenth digit is neither 1 nor 2.
    """
    doubts: list[NipDoubt] = []
    try:
        born = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        doubts.append("birth_date")
    else:
        if today.year - born.year not in WORKING_AGES:
            doubts.append("birth_date")
    if nip[14:15] not in {"1", "2"}:
        doubts.append("sex")
    return tuple(doubts)


def format_nip(nip: str) -> str:
    """Return a stored NIP as offices write it, ``19860926 201505 1 001``; anything else unchanged."""
    if len(nip) != NIP_DIGITS:
        return nip
    ends = [sum(NIP_GROUPS[: count + 1]) for count in range(len(NIP_GROUPS))]
    return " ".join(nip[end - size : end] for end, size in zip(ends, NIP_GROUPS, strict=True))


def mask_nip(nip: str) -> str:
    """Return a NIP with all but its last three digits hidden, because it tells birth date and sex."""
    shown = nip[-3:] if len(nip) > 3 else ""
    return "•" * (len(nip) - len(shown)) + shown


# --- Telephones ---------------------------------------------------------------------------------------


def parse_phone(text: str) -> str:
    """Return a telephone number as E.164 (``+6281234567890``). Raises InvalidPhone.

    Accepts 08…, 62…, +62… and landlines such as (0536) …, with spaces, dots, dashes and brackets; a
    number of another country with its + as well.
    """
    typed = "".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in plain_typing(text))
    typed = " ".join(typed.split())
    if not typed:
        raise InvalidPhone("unknown" if len(text) > MAX_TYPED else "empty")
    if not _TYPED_PHONE.fullmatch(typed):
        raise InvalidPhone("characters")
    digits = re.sub(r"[^0-9]", "", typed)
    if not digits:
        raise InvalidPhone("empty")
    if "+" in typed or digits.startswith("62"):
        digits = f"+{digits}"
    elif digits.startswith("00"):
        digits = f"+{digits[2:]}"
    try:
        number = phonenumbers.parse(digits, "ID")
    except phonenumbers.NumberParseException as unreadable:
        raise InvalidPhone("unknown") from unreadable
    stored = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # New prefixes are in use before the library knows them.
    if not _MOBILE.fullmatch(stored) and not phonenumbers.is_valid_number(number):
        raise InvalidPhone("unknown")
    return stored


def format_phone(stored: str) -> str:
    """Return a stored number as people here write it: ``0812-3456-7890``, ``(0536) 21234``.

    Numbers of other countries keep their country code; what is no number comes back unchanged.
    """
    if _MOBILE.fullmatch(stored):
        local = f"0{stored[3:]}"
        middle = 8 if len(local) > 10 else 7
        return f"{local[:4]}-{local[4:middle]}-{local[middle:]}"
    try:
        number = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return stored
    formats = phonenumbers.PhoneNumberFormat
    at_home = number.country_code == phonenumbers.country_code_for_region("ID")
    return phonenumbers.format_number(number, formats.NATIONAL if at_home else formats.INTERNATIONAL)


def whatsapp_digits(stored: str) -> str:
    """Return the digits that follow ``https://wa.me/`` for a stored number."""
    return stored.removeprefix("+")


# --- Dates and times ----------------------------------------------------------------------------------


def long_date(day: date) -> str:
    """Return ``Minggu, 22 November 2026``."""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return ``22 Nov 2026``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """Return ``14.05 WIB``: a moment on the clocks of ``zone``. Raises ValueError without a time zone."""
    return f"{_local(at, zone):%H.%M %Z}"


def long_datetime(at: datetime, zone: ZoneInfo) -> str:
    """Return ``Minggu, 22 November 2026, 14.05 WIB``. Raises ValueError without a time zone."""
    return f"{long_date(_local(at, zone))}, {clock_time(at, zone)}"


def short_datetime(at: datetime, zone: ZoneInfo) -> str:
    """Return ``22 Nov 2026, 14.05 WIB``. Raises ValueError without a time zone."""
    return f"{short_date(_local(at, zone))}, {clock_time(at, zone)}"


def date_in_words(day: date) -> str:
    """Return a date as an official record opens: ``Minggu tanggal dua puluh dua bulan November tahun …``."""
    number, year = number_in_words(day.day), number_in_words(day.year)
    return f"{DAYS[day.weekday()]} tanggal {number} bulan {MONTHS[day.month - 1]} tahun {year}"


def roman_month(month: int) -> str:
    """Return a month from 1 to 12 as letter numbers carry it (``XI``). Raises ValueError for any other."""
    if not 1 <= month <= len(ROMAN_MONTHS):
        raise ValueError("A month is a number from 1 to 12.")
    return ROMAN_MONTHS[month - 1]


# --- Durations and numbers ----------------------------------------------------------------------------


def format_duration(length: timedelta) -> str:
    """Return ``2 jam 15 menit``, ``1 hari 3 jam``: elapsed time in days of 24 hours, seconds dropped.

    Less than a minute is ``kurang dari 1 menit``; a negative length carries a minus sign.
    """
    return _duration(length, minutes_per_day=24 * 60, day_name="hari")


def format_working_duration(work: timedelta, *, minutes_per_day: int = 450) -> str:
    """Return ``3 hari kerja``, ``1 hari kerja 30 menit``: working time in days of so many working minutes."""
    return _duration(work, minutes_per_day=minutes_per_day, day_name="hari kerja")


def decimal_comma(value: int | float | Decimal, decimals: int | None = None) -> str:
    """Return a number with thousand dots and a decimal comma: ``1.234,5``.

    ``decimals`` rounds half up, as official tables do; without it every digit is kept. Raises ValueError
    for what is no finite number.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("Only a finite number can be written out.")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact + 0:,f}" if exact else f"{abs(exact):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def number_in_words(number: int) -> str:
    """Return a whole number in words (terbilang): 2026 is ``dua ribu dua puluh enam``.

    Raises ValueError from a quadrillion on.
    """
    if number < 0:
        return f"minus {number_in_words(-number)}"
    if number < len(_ONES):
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number >= 1000 * _SCALES[0][0]:
        raise ValueError("Numbers are written out below a quadrillion.")
    size, name = next((size, name) for size, name in _SCALES if number >= size)
    count, rest = divmod(number, size)
    head = f"se{name}" if count == 1 and size <= 1000 else f"{number_in_words(count)} {name}"
    return f"{head} {number_in_words(rest)}" if rest else head


def _duration(length: timedelta, *, minutes_per_day: int, day_name: str) -> str:
    if length < timedelta(0):
        return f"−{_duration(-length, minutes_per_day=minutes_per_day, day_name=day_name)}"
    total = length // timedelta(minutes=1)
    if not total:
        return "kurang dari 1 menit" if length else "0 menit"
    days, left = divmod(total, minutes_per_day)
    hours, minutes = divmod(left, 60)
    parts = ((days, day_name), (hours, "jam"), (minutes, "menit"))
    return " ".join(f"{count} {name}" for count, name in parts if count)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("A moment needs a time zone to be shown in another.")
    return at.astimezone(zone)
