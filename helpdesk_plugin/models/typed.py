"""What people type where a ticket is looked for."""

from helpdesk_plugin.domain.numbering import MAX_NUMBER, parse_number
from helpdesk_plugin.models.site_settings import HelpDeskSettings


def storable(text: str) -> str:
    """The text with spaces in place of what no database can look for (NUL, lone surrogates)."""
    return "".join(" " if letter == "\x00" or "\ud800" <= letter <= "\udfff" else letter for letter in text)


def typed_numbers(text: str) -> list[str]:
    """What a typed ticket number may mean: read by the agency's pattern, and as it stands.

    The second keeps numbers of an earlier pattern findable after the agency has changed it.
    """
    typed = storable(text[: 2 * MAX_NUMBER]).strip()
    by_pattern = parse_number(text, HelpDeskSettings.load().ticket_number_pattern)
    return [number for number in (by_pattern, typed.upper()[:MAX_NUMBER]) if number]
