"""Which passwords of officers are refused: the easily guessed and, if wished, those that have leaked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_pwned.validators import PwnedPasswordValidator
from zxcvbn import zxcvbn

#: zxcvbn's scale of 0 to 4; from here on about a hundred million guesses are needed.
STRONG_ENOUGH = 3
#: More is not looked at: nobody guesses that far, and the time it takes grows with the length.
_LOOKED_AT = 72
#: What guessers in the neighbourhood try first, and no list of the world's passwords knows.
LOCAL_WORDS = (
    "admin",
    "helpdesk",
    "diskominfo",
    "kominfo",
    "dinas",
    "kabupaten",
    "katingan",
    "kasongan",
    "kalteng",
    "kalimantan",
    "palangkaraya",
    "indonesia",
    "merdeka",
    "pemda",
    "pemkab",
    "pegawai",
    "petugas",
    "kantor",
    "rahasia",
    "sandi",
    "katasandi",
    "password",
    "bismillah",
    "sayang",
    "sayangku",
    "cinta",
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "sabtu",
    "minggu",
)


class GuessableValidator:
    """Refuses what a guesser finds who knows common passwords, names, dates, keyboards and our own words.

    Asks nobody: the lists come with the library.
    """

    def validate(self, password: str, user: Any = None) -> None:
        names = [user.get_username(), user.first_name, user.last_name, user.email] if user else []
        known = [*LOCAL_WORDS, *(part for name in names for part in (name or "").lower().split())]
        if zxcvbn(password[:_LOOKED_AT], user_inputs=known)["score"] < STRONG_ENOUGH:
            raise ValidationError(
                _("This password is easy to guess. Take several words that do not belong together."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Several words that do not belong together make a good password; names and dates do not.")


class LeakedValidator(PwnedPasswordValidator):
    """Refuses what has leaked anywhere, by asking Have I Been Pwned about the first five digits of a digest.

    The service learns neither password nor account, and one that does not answer holds nobody up.
    """

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            told = _("This password has been found in stolen data. Take another one, here and elsewhere.")
            raise ValidationError(told, code="password_leaked") from None

    def get_help_text(self) -> str:
        return _("It must not be a password that has been found in stolen data.")
