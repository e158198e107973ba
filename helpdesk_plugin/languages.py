"""Languages: the agency's own, those that the site offers, and what stands in for a missing one."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant

from helpdesk_plugin import conf


def speaks(language: str, other: str) -> bool:
    """Whether two codes are of one language: ``en-us`` and ``en`` are, ``en`` and ``id`` are not."""
    return language.partition("-")[0] == other.partition("-")[0]


def current_language() -> str:
    """The language of the screen or message that is being written."""
    return get_language() or settings.LANGUAGE_CODE


def in_indonesian() -> bool:
    """Whether the screen or message that is being written is in Indonesian."""
    return speaks(current_language(), "id")


def foreign_to_reader() -> str:
    """The language of the agency's own words where the reader's screen is in another one, else nothing."""
    written = conf.content_language()
    return "" if speaks(current_language(), written) else written


def supported_language(code: str) -> str:
    """The site's language nearest to ``code`` (``id-id`` is ``id``); its first one if there is none."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return _first()


def substitutes(language: str) -> Iterator[str]:
    """A language and what may stand in for it, best first; a code may come twice.

    English comes before the agency's own: it is what the screens show where they are not translated.
    """
    for code in (language, settings.LANGUAGE_CODE, "en", conf.content_language()):
        yield code
        yield code.partition("-")[0]


def _first() -> str:
    try:
        return get_supported_language_variant(settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE
