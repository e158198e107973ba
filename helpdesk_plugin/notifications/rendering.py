"""From a row of the outbox to what its reader sees: subject, plain text, HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import indent

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.models import AgencyProfile, OutboxMessage
from helpdesk_plugin.models.texts import PLACEHOLDERS, Piece
from helpdesk_plugin.notifications.facts import Facts
from helpdesk_plugin.notifications.texts import Wording, filled_lines, mentions, wording

MAX_SUBJECT = 180
#: Placeholders that stand out when they have a line to themselves.
STANDING_OUT = ("link", "code", "note")


@dataclass(frozen=True)
class Content:
    """A message as it will be read, in the reader's language."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True)
class Block:
    """A part of the body: ``kind`` is "text", or the placeholder that has a line to itself."""

    kind: str
    lines: list[list[Piece]]

    @property
    def value(self) -> str:
        """The text of a block that is one placeholder."""
        return self.lines[0][0].text


def render(message: OutboxMessage, agency: AgencyProfile) -> Content:
    """Write a message. Raises NoText without a wording and RetiredKey without a tracking key."""
    with translation.override(message.language):
        text = wording(message.kind, message.language)
        facts = Facts(message, agency)
        values = {name: facts.value(name) for name in PLACEHOLDERS if mentions(text, name)}
        subject = _subject(text, values, facts)
        context = _frame(message, agency, facts) | {
            "subject": subject,
            "blocks": list(_blocks(text, values)),
            "has_link": mentions(text, "link"),
        }
        body = _plain(text, values, context["before_link"])
        plain = render_to_string("helpdesk_plugin/mail/message.txt", context | {"body": body})
        html = render_to_string("helpdesk_plugin/mail/message.html", context)
        return Content(subject, plain.strip() + "\n", html)


def _subject(text: Wording, values: dict[str, str], facts: Facts) -> str:
    """One line, whatever the values hold: this is a header."""
    filled = "".join(piece.text for line in filled_lines(text.subject, values) for piece in line)
    line = plain_line(filled) or facts.number()
    return line if len(line) <= MAX_SUBJECT else f"{line[: MAX_SUBJECT - 1]}…"


def _plain(text: Wording, values: dict[str, str], before_link: str) -> str:
    lines = (_plain_line(line, before_link) for line in filled_lines(text.body, values))
    # What was left out may leave two empty lines behind.
    runs = ((empty, list(run)) for empty, run in groupby(lines, key=lambda line: not line.strip()))
    return "\n".join("" if empty else "\n".join(run) for empty, run in runs).strip()


def _plain_line(line: list[Piece], before_link: str) -> str:
    written, kind = "".join(piece.text for piece in line), _kind_of_line(line)
    if kind == "link":
        return f"{before_link}\n{written}"
    return indent(written, "> ", lambda _line: True) if kind == "note" else written


def _blocks(text: Wording, values: dict[str, str]) -> Iterator[Block]:
    for kind, lines in groupby(filled_lines(text.body, values), key=_kind_of_line):
        if kind == "text":
            yield Block("text", list(lines))
        elif kind != "empty":
            yield from (Block(kind, [line]) for line in lines)


def _kind_of_line(line: list[Piece]) -> str:
    written = [piece for piece in line if piece.text.strip()]
    if not written:
        return "empty"
    if len(line) == 1 and line[0].name in STANDING_OUT:
        return line[0].name
    return "text"


def _frame(message: OutboxMessage, agency: AgencyProfile, facts: Facts) -> dict:
    """What stands around every text: the facts of the ticket, who writes, and how to reach a person."""
    return {
        "language": message.language,
        "to_requester": message.to_requester,
        "link": facts.value("link"),
        "before_link": _("Open your ticket:") if message.to_requester else _("Open the ticket:"),
        "number": facts.number(),
        "service": facts.value("service"),
        "opd": facts.value("opd"),
        "priority": facts.value("priority"),
        "due": facts.value("due"),
        "status": facts.status(),
        "status_now": facts.status_now(),
        "when": facts.when(),
        "agency": facts.agency(),
        "short_name": plain_line(agency.short_name) or facts.agency(),
        "government": plain_line(agency.government),
        "address": plain_text(agency.address),
        "phone": plain_line(agency.phone),
        "whatsapp": plain_line(agency.whatsapp),
        "email": plain_line(agency.email),
        "opening_hours": plain_text(agency.opening_hours),
    }
