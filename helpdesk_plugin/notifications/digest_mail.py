"""From a daily digest to what its reader sees. It names tickets and services, never what requesters typed."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helpdesk_plugin import labels
from helpdesk_plugin.calendars import agency_date, agency_zone
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain import indonesia
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.languages import in_indonesian
from helpdesk_plugin.models import AgencyProfile, OutboxMessage
from helpdesk_plugin.notifications.digests import Board, Digest, Limit, Line
from helpdesk_plugin.notifications.facts import agency_name, desk_url, moment
from helpdesk_plugin.notifications.rendering import Content

#: Tickets that one part of a digest names; the rest is counted and read in the list.
MAX_LINES = 25


class NothingToSay(Exception):
    """This digest is not sent; ``reason`` is for the officers."""

    def __init__(self, reason: str | Promise) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True)
class Item:
    """One ticket as a line of the mail."""

    number: str
    url: str
    what: str
    due: str
    is_late: bool
    waits_for: str


@dataclass(frozen=True)
class Part:
    """One question that the digest answers, and its tickets; ``more`` of them are only counted."""

    title: str
    items: list[Item]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.items)


def render_digest(message: OutboxMessage, agency: AgencyProfile, now: datetime) -> Content:
    """Write a digest as things stand at ``now``. Raises NothingToSay when its day is over, or it is empty.

    One that a person sends again later speaks of the day on which it is sent.
    """
    if agency_date(now) != message.day and not message.resends:
        raise NothingToSay(gettext_lazy("The day of this digest is over."))
    digest = Board(now).digest_for(message.recipient_id)
    if digest.is_empty or not message.recipient.is_active:
        raise NothingToSay(gettext_lazy("There is nothing to tell this officer, or no right to be told."))
    with translation.override(message.language):
        context = _context(digest, agency, now) | {"language": message.language}
        plain = render_to_string("helpdesk_plugin/mail/digest.txt", context)
        html = render_to_string("helpdesk_plugin/mail/digest.html", context)
        return Content(context["subject"], plain.strip() + "\n", html)


def _context(digest: Digest, agency: AgencyProfile, now: datetime) -> dict:
    asked = [
        (_("Waits for you"), digest.waiting),
        (_("Due today"), digest.due_today),
        (_("Late"), digest.late),
    ]
    name = agency_name(agency)
    return {
        "subject": _subject(digest, now),
        "as_of": moment(now),
        "parts": [_part(title, lines, now) for title, lines in asked if lines],
        "shares": [(_offices(share.offices), share) for share in digest.shares],
        "list_url": desk_url("helpdesk_tickets:list"),
        "account_url": f"{desk_url('wagtailadmin_account')}#tab-notifications",
        "agency": name,
        "short_name": plain_line(agency.short_name) or name,
        "government": plain_line(agency.government),
    }


def _subject(digest: Digest, now: datetime) -> str:
    """The day and the counts, so that a glance at the inbox is enough."""
    waiting, today, late = len(digest.waiting), len(digest.due_today), len(digest.late)
    counts = [
        (waiting, ngettext("%(count)d waits for you", "%(count)d wait for you", waiting)),
        (today, ngettext("%(count)d due today", "%(count)d due today", today)),
        (late, ngettext("%(count)d late", "%(count)d late", late)),
    ]
    told = ", ".join(words % {"count": count} for count, words in counts if count)
    title = _("Daily digest, %(date)s") % {"date": _long_date(now)}
    return f"{title}: {told}" if told else title


def _part(title: str, lines: list[Line], now: datetime) -> Part:
    return Part(title, [_item(line, now) for line in lines[:MAX_LINES]], len(lines))


def _item(line: Line, now: datetime) -> Item:
    ticket = line.ticket
    named = f"{plain_line(ticket.service.name)} · {labels.PRIORITY[Priority(ticket.priority)]}"
    return Item(
        number=ticket.number,
        url=desk_url("helpdesk_tickets:inspect", quote(str(ticket.pk))),
        what=_("(confidential)") if ticket.security_flag else named,
        due=_due(line.limit, now) if line.limit else "",
        is_late=line.is_late,
        waits_for=_offices(line.offices),
    )


def _due(limit: Limit, now: datetime) -> str:
    """What has to happen until when, or should have."""
    step = f"{limit.step} – {labels.SOP_STEP[limit.step]}" if limit.step else ""
    facts = {"what": step or labels.WATCHED[limit.subject], "when": moment(limit.at)}
    return (_("%(what)s: late since %(when)s") if limit.at < now else _("%(what)s: until %(when)s")) % facts


def _offices(offices: tuple[Role, ...]) -> str:
    return ", ".join(str(labels.ROLE[office]) for office in offices) or _("Third party")


def _long_date(now: datetime) -> str:
    if in_indonesian():
        return indonesia.long_date(agency_date(now))
    return formats.date_format(now.astimezone(agency_zone()), "l, j F Y")
