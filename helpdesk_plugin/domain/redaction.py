"""Taking people out of a text, so that what was learnt from a request may be read by others.

Careful on one side only: rather a word too many is left out than a name, a number or an address too few.
Whoever edits the text afterwards sees where something is missing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: Stands where something was left out.
LEFT_OUT = "[…]"

#: Shorter parts of a name ("M.", "Bin") are words of everyday life as well; titles go with the honorifics.
MIN_NAME_LETTERS = 3


@dataclass(frozen=True)
class Person:
    """What is known of somebody: whole names, and numbers or addresses in any way of writing."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']+\s?@\s?[^\s@<>()\[\],;:\"']+")
_MENTION = re.compile(r"(?<!\w)@\w{2,}")
#: Digits as people type long numbers, with one or two marks between them; judged by how many there are.
_NUMBER = re.compile(r"(?<!\d)\+?\(?\d(?:[ .()/_–—-]{0,2}\d){7,}")
_DATES = re.compile(
    r"(?:\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
    r"(?:[ ,T]{1,2}\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?"
)
_IP_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
#: A word that says that a name follows, and the name: a word, and the words with a capital behind it.
_HONORIFIC = re.compile(
    r"(?<!\w)(?i:(?:ba?pa?k|ibu|pak|bu|saudara|saudari|sdri?|ny|tn|mr|mrs|ms|a\.?n|pic)\b\.?|nama\s*:)"
    r"\s+(?P<name>[^\W\d_]+\.?(?:\s+[^\W\d_a-z][^\W\d_]*\.?){0,4})"
)
_REPEATED = re.compile(rf"{re.escape(LEFT_OUT)}(?:[ ,.]{{0,2}}{re.escape(LEFT_OUT)})+")


def without_personal_data(text: str, people: Iterable[Person] = ()) -> str:
    """Return ``text`` with `LEFT_OUT` in the place of everything that belongs to a person.

    Left out are the names, numbers and addresses of ``people``, whatever their writing, and whatever looks
    like a mail address, a telephone number, a civil servant number (NIP), an identity number (NIK), or a name
    behind "Bapak", "Ibu" and their like. Dates and IP addresses stay. Doing it twice changes nothing more.
    """
    found = _plain(text)
    for pattern in _patterns_of(people):
        found = pattern.sub(LEFT_OUT, found)
    found = _ADDRESS.sub(LEFT_OUT, found)
    found = _MENTION.sub(LEFT_OUT, found)
    found = _NUMBER.sub(_judge_number, found)
    found = _HONORIFIC.sub(_without_name, found)
    return _REPEATED.sub(LEFT_OUT, found)


def _plain(text: str) -> str:
    """One way of writing for what looks alike: wide digits become digits, invisible letters vanish."""
    for _again in range(2):  # what vanishes may bring together what is written as one letter
        text = unicodedata.normalize("NFKC", "".join(one for one in text if _is_visible(one)))
    # What an earlier turn left out is not to be taken for words of the text.
    return text.replace("[...]", LEFT_OUT)


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cf", "Cs", "Co"}


def _patterns_of(people: Iterable[Person]) -> list[re.Pattern[str]]:
    """What to look for, the longest first, so that a whole name goes before its parts."""
    names, others = set(), set()
    for person in people:
        for name in person.names:
            names |= _parts_of(_plain(name))
        others |= {_plain(address).strip() for address in person.addresses}
        for number in person.numbers:
            others |= {_plain(number).strip()}
    wanted = [(name, _as_words(name)) for name in names if name]
    wanted += [(other, re.escape(other)) for other in others if len(other) >= MIN_NAME_LETTERS]
    wanted.sort(key=lambda one: (-len(one[0]), one[0]))
    return [re.compile(pattern, re.IGNORECASE) for _text, pattern in wanted]


def _parts_of(name: str) -> set[str]:
    """A name as a whole, and its parts that are long enough to be somebody's own."""
    parts = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name)
    own = {part for part in parts if len(part) >= MIN_NAME_LETTERS and not part.isdecimal()}
    return own | ({" ".join(parts)} if len(" ".join(parts)) >= MIN_NAME_LETTERS else set())


def _as_words(name: str) -> str:
    """The words of a name wherever they stand alone, with any marks and spaces between them."""
    return r"(?<!\w)" + r"[\W_]+".join(re.escape(part) for part in name.split()) + r"(?!\w)"


def _judge_number(match: re.Match[str]) -> str:
    found = match.group()
    if _DATES.fullmatch(found) or _IP_ADDRESS.fullmatch(found):
        return found
    # A date is often followed by a number: each part is judged by itself.
    dated = _DATES.match(found)
    if dated and not found[dated.end() : dated.end() + 1].isdigit():
        return dated.group() + _NUMBER.sub(_judge_number, found[dated.end() :])
    return LEFT_OUT


def _without_name(match: re.Match[str]) -> str:
    whole, name = match.group(), match.group("name")
    return whole[: len(whole) - len(name)] + LEFT_OUT
