"""A person as a help desk knows one: names, addresses, telephones, civil servant numbers; and their traces.

Two people are the same where an address, a telephone or a civil servant number is. A name alone proves
nothing: half a regency may share it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from helpdesk_plugin.domain.indonesia import NIP_GROUPS, format_nip, format_phone
from helpdesk_plugin.domain.redaction import LEFT_OUT, Person

#: A name is looked for in the words of others only as a whole: two words, six letters together.
MIN_WORDS, MIN_LETTERS = 2, 6
#: Fewer digits than these are no telephone number.
MIN_DIGITS = 7

_MARKS = r"[ .()/_–—-]{0,2}"
_BETWEEN_WORDS = r"(?:[\W_]|%20|%2C)+"
_COUNTRY = "62"


@dataclass(frozen=True)
class Subject:
    """The person whose data is asked for. Numbers as stored: E.164, 18 digits; addresses normalised."""

    names: frozenset[str] = field(default_factory=frozenset)
    addresses: frozenset[str] = field(default_factory=frozenset)
    phones: frozenset[str] = field(default_factory=frozenset)
    nips: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known that could be looked for."""
        return bool(self.names or self.addresses or self.phones or self.nips)

    @cached_property
    def person(self) -> Person:
        """The person for `redaction.without_personal_data`, with numbers in every customary writing."""
        numbers = {one for phone in self.phones for one in phone_forms(phone)}
        numbers |= {one for nip in self.nips for one in (nip, format_nip(nip))}
        return Person(tuple(sorted(self.names)), tuple(sorted(numbers)), tuple(sorted(self.addresses)))

    @cached_property
    def whole_names(self) -> tuple[str, ...]:
        """Names that are long enough to be looked for in the words of others."""
        return tuple(sorted(name for name in self.names if _is_whole(name)))

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Pieces of which a text must hold at least one to speak of the person; letter case aside."""
        found = {address for address in self.addresses if address}
        found |= {address.replace("@", "%40") for address in self.addresses if address}
        found |= {max(_words(name), key=len) for name in self.whole_names}
        # However people part the digits, these stay together.
        found |= {digits[-4:] for digits in map(_subscriber, self.phones) if len(digits) >= MIN_DIGITS}
        found |= {nip[: NIP_GROUPS[0]] for nip in self.nips if len(nip) >= MIN_DIGITS}
        # As JSON keeps letters that are not English ones.
        return tuple(sorted(found | {json.dumps(one)[1:-1] for one in found}))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        wanted = [re.escape(one) for address in self.addresses for one in _address_forms(address)]
        wanted += [rf"(?<!\w){_as_words(name)}(?!\w)" for name in self.whole_names]
        wanted += [_as_digits(_subscriber(phone), country=True) for phone in self.phones]
        wanted += [_as_digits(nip) for nip in self.nips]
        wanted.sort(key=lambda pattern: (-len(pattern), pattern))
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in wanted if pattern)


def without_subject(value: Any, subject: Subject) -> Any:
    """Return text, or whatever of text stands in lists and dicts, with `LEFT_OUT` in place of the person.

    Nothing but this person goes: what else looks like a number or an address stays as it is.
    """
    if isinstance(value, str):
        if value in subject.names:
            return LEFT_OUT
        for pattern in subject._patterns:
            value = pattern.sub(LEFT_OUT, value)
        return value
    if isinstance(value, dict):
        return {key: without_subject(one, subject) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_subject(one, subject) for one in value]
    return value


def phone_forms(stored: str) -> tuple[str, ...]:
    """A stored number in the ways in which people here write it."""
    digits = _subscriber(stored)
    if len(digits) < MIN_DIGITS:
        return (stored,) if stored else ()
    local = f"0{digits}"
    shown = format_phone(stored)
    return tuple(
        dict.fromkeys(
            (
                stored,
                shown,
                shown.replace("-", " "),
                shown.replace("-", "."),
                local,
                f"{_COUNTRY}{digits}",
                f"+{_COUNTRY}{digits}",
                f"+{_COUNTRY} {shown.lstrip('0')}",
            )
        )
    )


def merged(subjects: Iterable[Subject]) -> Subject:
    """One person of whom several things are known."""
    found = list(subjects)
    return Subject(
        *(
            frozenset(one for subject in found for one in getattr(subject, name) if one)
            for name in ("names", "addresses", "phones", "nips")
        )
    )


def _subscriber(phone: str) -> str:
    """The digits of a number without the country's code."""
    digits = re.sub(r"\D", "", phone)
    return digits.removeprefix(_COUNTRY) if phone.startswith("+") else digits.lstrip("0")


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name)


def _is_whole(name: str) -> bool:
    words = _words(name)
    return len(words) >= MIN_WORDS and sum(map(len, words)) >= MIN_LETTERS


def _as_words(name: str) -> str:
    return _BETWEEN_WORDS.join(re.escape(word) for word in _words(name))


def _address_forms(address: str) -> tuple[str, ...]:
    return (address, address.replace("@", "%40")) if address else ()


def _as_digits(digits: str, *, country: bool = False) -> str:
    """The digits however they are parted; a telephone number with or without what stands before it."""
    if len(digits) < MIN_DIGITS:
        return ""
    begin = rf"(?:\+?{_COUNTRY}{_MARKS}|\(?0)?" if country else ""
    return rf"(?<!\d){begin}{_MARKS.join(digits)}(?!\d)"
