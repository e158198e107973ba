"""How the plugin's pages write dates, durations, statuses and telephone links."""

import re
from datetime import date, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk_plugin import conf
from helpdesk_plugin.domain import indonesia, numbering
from helpdesk_plugin.domain.indonesia import InvalidPhone
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.languages import foreign_to_reader, in_indonesian

register = template.Library()

#: Working minutes of one working day (catalogue §4).
_MINUTES_PER_DAY = 450


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


# --- Language -----------------------------------------------------------------------------------------


@register.simple_tag
def content_lang() -> str:
    """` lang="id"` around data of the agency when the interface speaks another language, else nothing."""
    language = foreign_to_reader()
    return format_html(' lang="{}"', language) if language else ""


# --- Dates and times ----------------------------------------------------------------------------------


@register.filter
def long_date(value: date | datetime | None) -> str:
    """``Minggu, 22 November 2026``; in English ``Sunday, 22 November 2026``. Empty for nothing."""
    if not value:
        return ""
    day = value.astimezone(_zone()).date() if isinstance(value, datetime) else value
    return indonesia.long_date(day) if in_indonesian() else date_format(day, "l, j F Y")


@register.filter
def short_date(value: date | datetime | None) -> str:
    """``22 Nov 2026``. Empty for nothing."""
    if not value:
        return ""
    day = value.astimezone(_zone()).date() if isinstance(value, datetime) else value
    return indonesia.short_date(day) if in_indonesian() else date_format(day, "j M Y")


@register.filter
def clock_time(value: datetime | None) -> str:
    """``14.05 WIB`` on the agency's clocks; in English ``14:05 WIB``. Empty for nothing."""
    if not value:
        return ""
    if in_indonesian():
        return indonesia.clock_time(value, _zone())
    return f"{value.astimezone(_zone()):%H:%M %Z}"


@register.filter
def long_datetime(value: datetime | None) -> str:
    """``Minggu, 22 November 2026, 14.05 WIB``. Empty for nothing."""
    return f"{long_date(value)}, {clock_time(value)}" if value else ""


@register.filter
def short_datetime(value: datetime | None) -> str:
    """``22 Nov 2026, 14.05 WIB``. Empty for nothing."""
    return f"{short_date(value)}, {clock_time(value)}" if value else ""


@register.filter
def iso(value: datetime | None) -> str:
    """The machine-readable moment of a ``<time>`` element, in the agency's zone."""
    return value.astimezone(_zone()).isoformat(timespec="minutes") if value else ""


@register.filter
def hour(value: time | None) -> str:
    """``07.30``; in English ``07:30``."""
    return f"{value:%H.%M}" if in_indonesian() and value else f"{value:%H:%M}" if value else ""


# --- Durations ----------------------------------------------------------------------------------------


@register.filter
def working_time(minutes: int | None) -> str:
    """Working minutes in words: ``3 hari kerja``, ``1 jam 30 menit`` (one working day is 450 minutes)."""
    if minutes is None:
        return ""
    work = timedelta(minutes=minutes)
    return indonesia.format_working_duration(work) if in_indonesian() else _in_english(work)


def _in_english(work: timedelta) -> str:
    days, left = divmod(work // timedelta(minutes=1), _MINUTES_PER_DAY)
    hours, minutes = divmod(left, 60)
    parts = (
        (days, ngettext("%d working day", "%d working days", days)),
        (hours, ngettext("%d hour", "%d hours", hours)),
        (minutes, ngettext("%d minute", "%d minutes", minutes)),
    )
    said = [words % count for count, words in parts if count]
    return " ".join(said) if said else parts[-1][1] % 0


# --- Statuses -----------------------------------------------------------------------------------------

#: Colour and sign of each status, from the glossary. The word always stands beside them.
_TONES: dict[TicketStatus, tuple[str, str]] = {
    TicketStatus.SUBMITTED: ("info", "✉"),
    TicketStatus.RETURNED: ("warn", "✎"),
    TicketStatus.TRIAGED: ("info", "▤"),
    TicketStatus.DISPOSED: ("info", "→"),
    TicketStatus.ASSIGNED: ("info", "→"),
    TicketStatus.DIAGNOSING: ("info", "→"),
    TicketStatus.RECOVERING: ("info", "→"),
    TicketStatus.WAITING_REQUESTER: ("warn", "◷"),
    TicketStatus.WAITING_THIRD_PARTY: ("warn", "◷"),
    TicketStatus.RESOLVED: ("ok", "✓"),
    TicketStatus.CLOSED: ("plain", "■"),
    TicketStatus.REOPENED: ("warn", "↺"),
    TicketStatus.REJECTED: ("bad", "✕"),
    TicketStatus.CANCELLED: ("plain", "⊘"),
    TicketStatus.MERGED: ("plain", "∞"),
}


@register.inclusion_tag("helpdesk_plugin/includes/status_pill.html")
def status_pill(ticket) -> dict:
    """A ticket's status in the requester's words, with colour and sign."""
    tone, sign = _TONES[ticket.state]
    return {"tone": tone, "sign": sign, "word": ticket.requester_status}


# --- Numbers to call and files ------------------------------------------------------------------------


@register.filter
def tel_link(number: str) -> str:
    """``tel:`` address of a telephone number as people write it; empty without digits."""
    digits = re.sub(r"\D", "", number or "", flags=re.ASCII)
    plus = "+" if (number or "").strip().startswith("+") else ""
    return f"tel:{plus}{digits}" if digits else ""


@register.filter
def whatsapp_link(number: str) -> str:
    """Click-to-chat address of a number as people write it; empty when it is none."""
    try:
        return f"https://wa.me/{indonesia.whatsapp_digits(indonesia.parse_phone(number or ''))}"
    except InvalidPhone:
        return ""


@register.simple_tag
def chat_link(whatsapp: str, number: str = "") -> str:
    """Click-to-chat address of the agency with a first message that names the ticket and where to follow it.

    ``{% chat_link agency.whatsapp ticket.number as chat %}``. The message carries the public address of the
    tracker with the number filled in, never the code: chats are forwarded. Empty when the agency's number
    is none.
    """
    chat = whatsapp_link(whatsapp)
    if not chat:
        return ""
    text = _("Hello, I have a question about ticket %(number)s.") % {"number": number} if number else ""
    return f"{chat}?text={quote(_followed(text, number))}" if text else chat


def _followed(text: str, number: str) -> str:
    try:
        tracker = conf.public_address(reverse("helpdesk:track"))
    except ImproperlyConfigured:
        return text  # A site that has not said where it is reached can name no address.
    return f"{text}\n{tracker}?{urlencode({'nomor': number})}"


@register.filter
def code_groups(code: str) -> str:
    """A tracking code in groups of four, as it is read out: ``7K0M-QR9T-2XWB``."""
    return numbering.format_code(code)


@register.filter
def spelt(code: str) -> str:
    """A tracking code as it is read out over the telephone."""
    return numbering.spell_code(code)
