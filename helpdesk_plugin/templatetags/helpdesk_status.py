"""Status notices in templates: their words in the reader's language, their states, the banners of a page."""

import logging
from datetime import datetime

from django import template
from django.db import DatabaseError
from django.db.models import Q
from django.utils.html import format_html

from helpdesk_plugin import clock, labels
from helpdesk_plugin.domain.notices import NoticeKind, ServiceState, severity
from helpdesk_plugin.languages import current_language, foreign_to_reader
from helpdesk_plugin.models import NoticeUpdate, Service, StatusNotice

register = template.Library()
logger = logging.getLogger(__name__)

#: Banners that one page shows; the rest is a link to the status page.
MOST_BANNERS = 2

#: Colour and sign of each state; the word always stands beside them.
_TONES: dict[ServiceState, tuple[str, str]] = {
    ServiceState.OPERATIONAL: ("ok", "✓"),
    ServiceState.MAINTENANCE: ("info", "◷"),
    ServiceState.DEGRADED: ("warn", "▼"),
    ServiceState.PARTIAL: ("warn", "◐"),
    ServiceState.MAJOR: ("bad", "✕"),
}
_KIND_TONES: dict[NoticeKind, tuple[str, str]] = {
    NoticeKind.DISRUPTION: ("warn", "▼"),
    NoticeKind.MAINTENANCE: _TONES[ServiceState.MAINTENANCE],
    NoticeKind.ANNOUNCEMENT: ("info", "ℹ"),
}


# --- Words --------------------------------------------------------------------------------------------


@register.filter
def notice_title(notice: StatusNotice) -> str:
    """The title in the reader's language."""
    return notice.title_in(current_language())


@register.filter
def notice_summary(notice: StatusNotice) -> str:
    """The rich text in the reader's language, for ``|richtext``."""
    return notice.summary_in(current_language())


@register.filter
def notice_summary_text(notice: StatusNotice) -> str:
    """The summary in the reader's language as plain text."""
    return notice.summary_text(current_language())


@register.filter
def notice_cause(notice: StatusNotice) -> str:
    """The cause in the reader's language, plain text."""
    return notice.cause_in(current_language())


@register.filter
def notice_prevention(notice: StatusNotice) -> str:
    """What prevents it from happening again, in the reader's language, plain text."""
    return notice.prevention_in(current_language())


@register.filter
def update_text(update: NoticeUpdate) -> str:
    """The words of an update in the reader's language, plain text."""
    return update.text_in(current_language())


@register.simple_tag
def written_lang(thing: StatusNotice | NoticeUpdate, field: str) -> str:
    """` lang="id"` where the agency's words stand because there are no English ones, else nothing."""
    language = "" if getattr(thing, f"{field}_en", "") else foreign_to_reader()
    return format_html(' lang="{}"', language) if language else ""


@register.simple_tag
def notice_phase(notice: StatusNotice, now: datetime) -> str:
    """The phase at a moment in words; of an announcement its kind."""
    return notice.phase_label_at(now) or str(labels.NOTICE_KIND[NoticeKind(notice.kind)])


@register.filter
def phase_word(update: NoticeUpdate) -> str:
    """What a line of the timeline says happened: the phase, or that dates moved; empty if neither."""
    if update.nature == "rescheduled":
        return str(update.get_nature_display())
    return str(update.get_phase_display()) if update.phase else ""


@register.inclusion_tag("helpdesk_plugin/status/includes/state.html")
def service_state(state: str | ServiceState) -> dict:
    """A state of a service with colour, sign and word."""
    one = ServiceState(state)
    tone, sign = _TONES[one]
    return {"tone": tone, "sign": sign, "word": labels.SERVICE_STATE[one]}


@register.simple_tag
def state_word(state: str | ServiceState) -> str:
    """The word of a state alone, in the middle of a sentence."""
    return str(labels.SERVICE_STATE[ServiceState(state)]).lower()


@register.filter
def notice_tone(notice: StatusNotice) -> str:
    """The colour of a notice: of its worst state, else of its kind."""
    return _look(notice)[0]


@register.filter
def notice_sign(notice: StatusNotice) -> str:
    """The sign of a notice; a word always stands beside it."""
    return _look(notice)[1]


def _look(notice: StatusNotice) -> tuple[str, str]:
    if notice.kind == NoticeKind.DISRUPTION and notice.worst_state is not ServiceState.OPERATIONAL:
        return _TONES[notice.worst_state]
    return _KIND_TONES[NoticeKind(notice.kind)]


# --- Banners ------------------------------------------------------------------------------------------


@register.inclusion_tag("helpdesk_plugin/status/includes/banners.html", takes_context=True)
def status_banners(context: template.Context, where: str = "site", service: Service | None = None) -> dict:
    """The banners of a page: what is going on and concerns whoever reads it.

    ``{% status_banners %}`` in a site's frame shows what touches every agency; ``where="desk"`` on the pages
    of the help desk everything; with a ``service`` what touches that service. One query, and one more when
    there is something. Nothing without a request (error pages), and nothing when the database fails: a page
    must not be lost because its banner could not be read.
    """
    shown: list[StatusNotice] = []
    now = clock.now()
    if context.get("request") is not None:
        try:
            found = _concerning(where, service, now).prefetch_related("affected_services")
            shown = sorted(found, key=_urgency)
        except DatabaseError:
            logger.exception("The notices of a banner could not be read; the page goes without.")
    return {"notices": shown[:MOST_BANNERS], "more": len(shown[MOST_BANNERS:]), "now": now}


def _urgency(notice: StatusNotice) -> tuple[bool, int]:
    """Disruptions and maintenance before announcements, the worst first; else the newest first."""
    return notice.kind == NoticeKind.ANNOUNCEMENT, -severity(notice.worst_state)


def _concerning(where: str, service: Service | None, now: datetime):
    if service is not None:
        return StatusNotice.objects.concerning(service, None, now)
    current = StatusNotice.objects.current(now)
    return current if where == "desk" else current.filter(Q(all_opds=True) | Q(emergency=True))
