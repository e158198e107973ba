"""Atom, RSS and JSON for readers that are programs: the same notices in plain words, from the same board."""

import json
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from helpdesk_plugin import conf, labels
from helpdesk_plugin.calendars import agency_zone
from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.domain.notices import NoticeKind, ServiceState
from helpdesk_plugin.languages import current_language
from helpdesk_plugin.models import AgencyProfile, NoticeUpdate, StatusNotice
from helpdesk_plugin.notifications.facts import agency_name, moment
from helpdesk_plugin.notifications.news_mail import notice_url, times_in_words
from helpdesk_plugin.status.board import Board, GroupNow
from helpdesk_plugin.status.kept import Answer, public_answer
from helpdesk_plugin.templatetags.helpdesk_status import phase_word

#: Notices that a feed and the JSON carry at most.
MOST_NOTICES = 50
#: The version of what the JSON promises (docs/status.schema.json); a new key is a new version.
JSON_VERSION = 1


@public_answer
def atom(request, now: datetime) -> Answer:
    """/status/atom.xml: an entry for each notice, changed whenever the notice is."""
    return _feed(Atom1Feed, "status_atom", now)


@public_answer
def rss(request, now: datetime) -> Answer:
    """/status/rss.xml: the same for readers that know no Atom."""
    return _feed(Rss201rev2Feed, "status_rss", now)


@public_answer
def as_json(request, now: datetime) -> Answer:
    """/status/status.json: the whole page for programs; its promise is docs/status.schema.json."""
    board = Board(now)
    told = {
        "version": JSON_VERSION,
        "page": _url("status"),
        "agency": agency_name(AgencyProfile.load()),
        "language": current_language(),
        "changed_at": _iso(board.changed_at),
        "state": board.state.value,
        "groups": [_group(group) for group in board.groups],
        "current": [_notice(notice, now) for notice in board.current],
        "planned": [_notice(notice, now) for notice in board.planned],
        "recent": [_notice(notice, now) for notice in _recent(board)[:MOST_NOTICES]],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    # Any site may show it: there is nothing in it that not everybody may read.
    anybody = {"Access-Control-Allow-Origin": "*"}
    return Answer(text, "application/json; charset=utf-8", board.valid_until, anybody)


def _feed(kind: type[SyndicationFeed], name: str, now: datetime) -> Answer:
    board = Board(now)
    agency = agency_name(AgencyProfile.load())
    feed = kind(
        title=_("Service status – %(agency)s") % {"agency": agency},
        link=_url("status"),
        description=_("Disruptions, planned maintenance and announcements."),
        language=current_language(),
        author_name=agency,
        feed_url=f"{_url(name)}?bahasa={current_language()}",
        feed_guid=_url("status"),
    )
    notices = sorted([*board.current, *board.planned, *_recent(board)], key=_changed_at, reverse=True)
    for notice in notices[:MOST_NOTICES]:
        feed.add_item(**_entry(notice, now))
    return Answer(feed.writeString("utf-8"), feed.content_type, board.valid_until)


def _recent(board: Board) -> list[StatusNotice]:
    going_on = {notice.pk for notice in [*board.current, *board.planned]}
    return [notice for notice in board.notices if notice.pk not in going_on]


def _entry(notice: StatusNotice, now: datetime) -> dict[str, Any]:
    words = _words(notice, now)
    return {
        "title": f"{words['phase'] or words['kind']}: {words['title']}",
        "link": notice_url(notice),
        "unique_id": notice_url(notice),
        "description": _described(notice, words),
        "pubdate": notice.first_published_at,
        "updateddate": _changed_at(notice),
        "categories": [words["kind"], *_service_names(notice)],
    }


def _described(notice: StatusNotice, words: dict[str, str]) -> str:
    """The facts and the timeline as HTML of paragraphs alone, made from plain text."""
    services = "; ".join(
        f"{name} ({labels.SERVICE_STATE[ServiceState(row.state)]})"
        for name, row in zip(_service_names(notice), notice.affected_services.all(), strict=True)
    )
    facts = [
        (_("Services"), services),
        *times_in_words(notice),
        (_("Cause"), words["cause"]),
        (_("Prevention"), words["prevention"]),
    ]
    lines = "\n".join(f"{label}: {said}" for label, said in facts if said)
    updates = [
        f"{moment(one.published_at)} – {phase_word(one)}\n{_text(one)}" for one in notice.public_updates
    ]
    return linebreaks("\n\n".join([lines, *(updates or [words["summary"]])]), autoescape=True)


def _words(notice: StatusNotice, now: datetime) -> dict[str, str]:
    language = current_language()
    return {
        "title": plain_line(notice.title_in(language)),
        "kind": str(labels.NOTICE_KIND[NoticeKind(notice.kind)]),
        "phase": notice.phase_label_at(now),
        "summary": plain_text(notice.summary_text(language)),
        "cause": plain_text(notice.cause_in(language)),
        "prevention": plain_text(notice.prevention_in(language)),
    }


def _notice(notice: StatusNotice, now: datetime) -> dict[str, Any]:
    words, phase = _words(notice, now), notice.phase_at(now)
    return {
        "id": notice.pk,
        "url": notice_url(notice),
        "kind": notice.kind,
        "phase": phase.value if phase else None,
        "title": words["title"],
        "summary": words["summary"],
        "services": [
            {"code": row.service.code, "name": plain_line(row.service.name), "state": row.state}
            for row in notice.affected_services.all()
        ],
        "all_agencies": notice.all_opds,
        "agencies": [] if notice.all_opds else [plain_line(opd.name) for opd in notice.opds.all()],
        "starts_at": _iso(notice.starts_at),
        "expected_end": _iso(notice.expected_end),
        "ended_at": _iso(notice.ended_since(now)),
        "published_at": _iso(notice.first_published_at),
        "changed_at": _iso(_changed_at(notice)),
        "cause": words["cause"] or None,
        "prevention": words["prevention"] or None,
        "updates": [_update(one) for one in notice.public_updates],
    }


def _update(one: NoticeUpdate) -> dict[str, Any]:
    return {
        "published_at": _iso(one.published_at),
        "nature": one.nature,
        "phase": one.phase or None,
        "text": _text(one),
    }


def _group(group: GroupNow) -> dict[str, Any]:
    return {
        "name": group.name,
        "state": group.state.value,
        "services": [
            {"code": one.service.code, "name": plain_line(one.service.name), "state": one.state.value}
            for one in group.services
        ],
        "days_looked_at": len(group.days),
        "days_not_operational": [
            {"date": day.isoformat(), "state": state.value}
            for day, state in group.days
            if state is not ServiceState.OPERATIONAL
        ],
    }


def _text(one: NoticeUpdate) -> str:
    return plain_text(one.text_in(current_language()))


def _service_names(notice: StatusNotice) -> list[str]:
    return [plain_line(row.service.name) for row in notice.affected_services.all()]


def _changed_at(notice: StatusNotice) -> datetime:
    told = (one.published_at for one in notice.public_updates)
    known = [when for when in (notice.last_published_at, notice.first_published_at, *told) if when]
    return max(known, default=notice.starts_at)


def _iso(moment_: datetime | None) -> str | None:
    return moment_.astimezone(agency_zone()).isoformat(timespec="seconds") if moment_ else None


def _url(name: str) -> str:
    return conf.public_address(reverse(f"helpdesk:{name}"))
