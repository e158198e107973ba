"""What a subscriber reads of one update of a notice, written when it is sent.

The notice's own words are the only words of people in it. Whether the address still wants it, and whether
anybody may read the notice, is asked again here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin import clock, conf, labels
from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.domain.notices import NoticeKind, NoticePhase, ServiceState, UpdateNature
from helpdesk_plugin.models import (
    AgencyProfile,
    NoticeSubscription,
    NoticeUpdate,
    OutboxMessage,
    StatusNotice,
)
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name, moment
from helpdesk_plugin.notifications.rendering import MAX_SUBJECT, Content


def render_news(message: OutboxMessage, agency: AgencyProfile, now: datetime) -> Content:
    """Write the mail as things stand at ``now``.

    Raises NothingToSay when the address has ended its subscription, or nobody may read the notice or the
    update any more; RetiredKey without the server key of its links.
    """
    subscription, update = message.subscription, message.notice_update
    if not subscription.is_in_force:
        raise NothingToSay(gettext_lazy("The subscription has ended meanwhile."))
    public = StatusNotice.objects.public(now).with_public_facts(now)
    notice = public.filter(pk=update.notice_id).first()
    if notice is None or update.published_at is None or update.published_at > now:
        raise NothingToSay(gettext_lazy("The notice or this update of it is not public any more."))
    update.notice = notice
    with translation.override(message.language):
        links = {
            "link": notice_url(notice),
            "manage_url": _subscriber_url("status_subscription", subscription),
            "end_url": _subscriber_url("status_unsubscribe", subscription),
            "why": _("This mail was sent automatically, because this address subscribed to our notices."),
        }
        return _content(_news_of(update, message.language, now), links, agency)


def preview(notice: StatusNotice, language: str) -> str:
    """The HTML of the mail that subscribers would get of a notice, saved or not, for its editors."""
    now = clock.now()
    opening = NoticeUpdate(
        notice=notice, nature=UpdateNature.OPENING, phase=notice.phase, published_at=now, created_at=now
    )
    with translation.override(language):
        page = conf.public_address(reverse("helpdesk:status"))
        links = {
            "link": notice_url(notice) if notice.pk else page,
            "manage_url": page,
            "end_url": page,
            "why": _("This mail was sent automatically, because this address subscribed to our notices."),
        }
        return _content(_news_of(opening, language, now), links, AgencyProfile.load()).html


def notice_url(notice: StatusNotice) -> str:
    """The public address of a notice."""
    return conf.public_address(reverse("helpdesk:notice", args=[notice.pk]))


def end_url_of(message: OutboxMessage) -> str:
    """Where a mail program ends the subscription of a message with one press. Raises RetiredKey."""
    return _subscriber_url("status_unsubscribe", message.subscription)


@dataclass(frozen=True)
class News:
    """One update as its readers see it: plain words in one language."""

    subject: str
    title: str
    what: str
    text: str
    facts: list[tuple[str, str]]


def _news_of(update: NoticeUpdate, language: str, now: datetime) -> News:
    notice = update.notice
    title = plain_line(notice.title_in(language))
    what = _what(update, now)
    subject = f"{what}: {title}"
    return News(
        subject=subject if len(subject) <= MAX_SUBJECT else f"{subject[: MAX_SUBJECT - 1]}…",
        title=title,
        what=what,
        text=plain_text(update.text_in(language)),
        facts=[fact for fact in _facts(update, what, now) if fact[1]],
    )


def _what(update: NoticeUpdate, now: datetime) -> str:
    """What is new, in a word or two: "Rescheduled", the phase, or the kind of an announcement."""
    if update.nature == UpdateNature.RESCHEDULED:
        return str(labels.UPDATE_NATURE[UpdateNature.RESCHEDULED])
    if update.phase:
        return str(labels.NOTICE_PHASE[NoticePhase(update.phase)])
    phase = update.notice.phase_at(update.published_at or now)
    return str(labels.NOTICE_PHASE[phase] if phase else labels.NOTICE_KIND[NoticeKind(update.notice.kind)])


def _facts(update: NoticeUpdate, what: str, now: datetime) -> list[tuple[str, str]]:
    notice = update.notice
    phase = notice.phase_label_at(now)
    return [
        (_("Status"), what),
        (_("Status when this mail was sent"), phase if phase != what else ""),
        (_("Services"), _services(notice)),
        (_("Agencies (OPD)"), "" if notice.all_opds else _agencies(notice)),
        *times_in_words(notice),
    ]


def times_in_words(notice: StatusNotice) -> list[tuple[str, str]]:
    """When a notice began and ended, or is to; what was called off has only been planned. In pairs."""
    if notice.is_cancelled:
        return [(_("Had been planned for"), f"{moment(notice.starts_at)} – {moment(notice.expected_end)}")]
    began = _("Since") if notice.kind == NoticeKind.DISRUPTION else _("Begins")
    ended = _("Ended") if notice.ended_at else _("Expected end")
    return [(began, moment(notice.starts_at)), (ended, moment(notice.ended_at or notice.expected_end))]


def _services(notice: StatusNotice) -> str:
    rows = notice.affected_services.all()
    return "; ".join(
        f"{plain_line(row.service.name)} ({labels.SERVICE_STATE[ServiceState(row.state)]})" for row in rows
    )


def _agencies(notice: StatusNotice) -> str:
    return "; ".join(plain_line(opd.name) for opd in notice.opds.all())


def _content(news: News, links: dict[str, str], agency: AgencyProfile) -> Content:
    name = agency_name(agency)
    context: dict[str, Any] = {
        **links,
        "news": news,
        "subject": news.subject,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "agency": name,
        "short_name": plain_line(agency.short_name) or name,
        "government": plain_line(agency.government),
    }
    plain = render_to_string("helpdesk_plugin/mail/news.txt", context)
    html = render_to_string("helpdesk_plugin/mail/news.html", context)
    return Content(news.subject, plain.strip() + "\n", html)


def _subscriber_url(name: str, subscription: NoticeSubscription) -> str:
    return conf.public_address(reverse(f"helpdesk:{name}", args=[subscription.manage_token]))
