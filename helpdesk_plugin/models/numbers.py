"""Reading the ticket numbers that people type, when the agency may have worded its pattern anew."""

from helpdesk_plugin.domain.numbering import DEFAULT_PATTERN, MAX_NUMBER, InvalidPattern, parse_number
from helpdesk_plugin.models.site_settings import HelpDeskSettings


def numbers_meant(text: str) -> set[str]:
    """Every ticket number that a typed text may stand for; empty when it is none. One query.

    The text itself counts as well: a ticket keeps the number that it was given, whatever the pattern is
    today. Never raises.
    """
    typed = text.strip() if len(text) <= 2 * MAX_NUMBER else ""
    if not typed or not typed.isprintable():
        return set()
    patterns = {DEFAULT_PATTERN, HelpDeskSettings.load().ticket_number_pattern}
    readings = {_read(typed, pattern) for pattern in patterns}
    return {typed, *readings} - {None}


def _read(typed: str, pattern: str) -> str | None:
    try:
        return parse_number(typed, pattern)
    except InvalidPattern:
        return None
