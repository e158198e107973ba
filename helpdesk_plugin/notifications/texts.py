"""The wording of a kind of message: the agency's own text, else the one that comes with the package."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from helpdesk_plugin.languages import substitutes
from helpdesk_plugin.models import MessageText
from helpdesk_plugin.models.texts import PLACEHOLDERS, Piece, pieces


class NoText(Exception):
    """There is no text for this kind of message in any language that could stand in."""


@dataclass(frozen=True)
class Wording:
    """Subject and body as templates; placeholders stand between braces."""

    subject: str
    body: str


def default_texts() -> list[dict[str, str]]:
    """The package's texts, one dictionary with kind, language, subject and body for each row to seed."""
    source = resources.files("helpdesk_plugin").joinpath("data", "message_texts.json")
    return json.loads(source.read_text(encoding="utf-8"))


def wording(kind: str, language: str) -> Wording:
    """The text of a kind of message in the language, or in the nearest that there is. One query.

    Within a language the agency's text comes before the package's. Raises NoText.
    """
    languages = list(dict.fromkeys(substitutes(language)))
    stored = {
        text.language: Wording(text.subject, text.body)
        for text in MessageText.objects.filter(kind=kind, language__in=languages)
    }
    for candidate in languages:
        found = stored.get(candidate) or _packaged().get((kind, candidate))
        if found:
            return found
    raise NoText(kind)


def mentions(text: Wording, placeholder: str) -> bool:
    """Whether subject or body asks for this placeholder."""
    return any(piece.name == placeholder for piece in (*pieces(text.subject), *pieces(text.body)))


def filled_lines(
    template: str, values: dict[str, str], names: Collection[str] = PLACEHOLDERS
) -> Iterator[list[Piece]]:
    """Yield the lines of a text with its placeholders filled, each as stretches that keep their names.

    A line whose placeholder has nothing to say is left out. Values are data: braces in them mean nothing.
    """
    for line in template.splitlines():
        stretches = list(pieces(line, names))
        if all(values.get(piece.name) for piece in stretches if piece.name):
            yield [Piece(values[p.name], p.name) if p.name else p for p in stretches]


@lru_cache(maxsize=1)
def _packaged() -> dict[tuple[str, str], Wording]:
    return {
        (text["kind"], text["language"]): Wording(text["subject"], text["body"]) for text in default_texts()
    }
