"""How official documents write dates and numbers: in Indonesian, in digits and in words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings

from helpdesk_plugin.domain import indonesia

register = template.Library()


@register.filter
def in_words(number: int | None) -> str:
    """``1.234 (seribu dua ratus tiga puluh empat)``: a whole number in digits and words. Empty for none."""
    if number is None:
        return ""
    return f"{indonesia.decimal_comma(number)} ({indonesia.number_in_words(number)})"


@register.filter
def figure(number: int | None) -> str:
    """``1.234``: a number as it stands in a table; a dash for none."""
    return "–" if number is None else indonesia.decimal_comma(number)


@register.filter
def day_in_words(day: date) -> str:
    """``Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam``."""
    return indonesia.date_in_words(day)


@register.filter
def plain_day(day: date | datetime | None) -> str:
    """``22 November 2026``: a day of the agency without its weekday, as it stands beside a place."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return indonesia.long_date(day).partition(", ")[2] if day else ""


@register.filter
def numeric_day(day: date) -> str:
    """``22-11-2026``, as it stands in brackets behind the words."""
    return f"{day:%d-%m-%Y}"


#: How much of one text is printed: about three pages. Whoever needs more opens the ticket.
MOST_LETTERS, MOST_LINES = 8_000, 120


@register.filter
def printed(text: str) -> str:
    """A text as it is printed: empty lines between paragraphs only, and an end.

    A sheet of paper is no place for ten thousand lines, and drawing them would keep everybody waiting.
    """
    lines = [line.rstrip() for line in text[:MOST_LETTERS].splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    cut = len(text) > MOST_LETTERS or len(kept) > MOST_LINES
    said = "\n".join(kept[:MOST_LINES]).strip()
    return f"{said} … (selengkapnya pada tiket)" if said and cut else said


@register.filter
def elapsed(length: timedelta | None) -> str:
    """``2 jam 15 menit`` of elapsed time. Empty for none."""
    return indonesia.format_duration(length) if length is not None else ""


@register.filter
def cell(value: object) -> str:
    """A cell of a table: moments short and on the agency's clocks, anything else as it is."""
    if isinstance(value, datetime):
        return indonesia.short_datetime(value, ZoneInfo(settings.TIME_ZONE))
    return "" if value is None else str(value)
