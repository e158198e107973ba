"""Mails among officers and editors: please approve, approved, sent back; please review an emergency."""

from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from helpdesk_plugin import conf
from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.models import AgencyProfile, OutboxMessage, StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications.decisions import (
    APPROVAL_ASKED,
    APPROVAL_GIVEN,
    APPROVAL_REFUSED,
    NOTICE_REVIEW,
)
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name, desk_url, moment
from helpdesk_plugin.notifications.rendering import Content
from helpdesk_plugin.people import name_of


def render_editorial(message: OutboxMessage, agency: AgencyProfile) -> Content:
    """Write the mail as things stand. Raises NothingToSay for what is no longer true or allowed."""
    if not message.recipient.is_active:
        raise NothingToSay(_NOT_FOR_THEM)
    with translation.override(message.language):
        context = _WORDS[message.kind](message) | _around(agency)
        plain = render_to_string("helpdesk_plugin/mail/editorial.txt", context)
        html = render_to_string("helpdesk_plugin/mail/editorial.html", context)
        return Content(context["subject"], plain.strip() + "\n", html)


_NOT_FOR_THEM = gettext_lazy("There is nothing to tell this officer, or no right to be told.")
_GONE = gettext_lazy("What it was about is gone.")


def _asked(message: OutboxMessage) -> dict[str, Any]:
    step = message.task_state
    thing = _thing(step)
    if step.status != TaskState.STATUS_IN_PROGRESS:
        raise NothingToSay(gettext_lazy("Somebody has decided about it meanwhile."))
    if not step.task.specific.get_actions(thing, message.recipient):
        raise NothingToSay(_NOT_FOR_THEM)
    names = {"who": _name(step.workflow_state.requested_by), **_named(thing)}
    return {
        "subject": _subject(_("Please look and approve: %(title)s"), names),
        "paragraphs": [
            _("%(who)s asks you to approve this (%(kind)s): “%(title)s”.") % names,
            _("Read it, correct it if need be, then approve it or send it back with a comment."),
        ],
        "comment": "",
        "button": _("Look and decide"),
        "link": _link(thing, message.recipient),
        "why": _("You get this because you may approve it. The others who may have got it too."),
    }


def _given(message: OutboxMessage) -> dict[str, Any]:
    names = _decided(message)
    return {
        "subject": _subject(_("Approved: %(title)s"), names),
        "paragraphs": [_("%(who)s has approved this (%(kind)s): “%(title)s”.") % names],
        "comment": names["comment"],
        "button": _("Open it"),
        "link": _link(names["thing"], message.recipient),
        "why": _("You get this because you submitted it for approval."),
    }


def _refused(message: OutboxMessage) -> dict[str, Any]:
    names = _decided(message)
    return {
        "subject": _subject(_("Please change it: %(title)s"), names),
        "paragraphs": [
            _("%(who)s asks for changes of this (%(kind)s): “%(title)s”.") % names,
            _("Change it and submit it again. It is not published until then."),
        ],
        "comment": names["comment"],
        "button": _("Open it"),
        "link": _link(names["thing"], message.recipient),
        "why": _("You get this because you submitted it for approval."),
    }


def _review(message: OutboxMessage) -> dict[str, Any]:
    notice = message.notice_update.notice
    if notice.reviewed_at or notice.review_asked_at is None:
        raise NothingToSay(gettext_lazy("Somebody has reviewed it meanwhile."))
    if not holds(message.recipient, "helpdesk_plugin.publish_statusnotice"):
        raise NothingToSay(_NOT_FOR_THEM)
    names = {"who": _name(notice.author), "when": moment(notice.review_asked_at), **_named(notice)}
    return {
        "subject": _subject(_("Please review what is public: %(title)s"), names),
        "paragraphs": [
            _("%(who)s published this on the emergency line, %(when)s: “%(title)s”.") % names,
            _("Read the words, correct them if need be, and mark the notice as reviewed."),
        ],
        "comment": "",
        "button": _("Open the notice"),
        "link": _link(notice, message.recipient),
        "why": _("You get this because you may publish notices. The others who may have got it too."),
    }


_WORDS = {
    APPROVAL_ASKED: _asked,
    APPROVAL_GIVEN: _given,
    APPROVAL_REFUSED: _refused,
    NOTICE_REVIEW: _review,
}


def _decided(message: OutboxMessage) -> dict[str, Any]:
    step = message.task_state
    thing = _thing(step)
    return {
        "thing": thing,
        "who": _name(step.finished_by),
        "comment": plain_text(step.specific.get_comment()),
        **_named(thing),
    }


def _thing(step: TaskState) -> Any:
    """What the workflow is about, in its latest words."""
    found = step.workflow_state.content_object
    if found is None:
        raise NothingToSay(_GONE)
    return found.get_latest_revision_as_object()


def _named(thing: Any) -> dict[str, str]:
    return {"title": plain_line(str(thing)), "kind": str(type(thing)._meta.verbose_name)}


def _name(user: Any) -> str:
    return plain_line(name_of(user)) if user else _("A colleague")


def _subject(words: str, names: dict[str, Any]) -> str:
    return (words % {"title": names["title"]})[:200]


def _link(thing: Any, reader: Any) -> str:
    if isinstance(thing, StatusNotice):
        return desk_url("helpdesk_notices:inspect", quote(str(thing.pk)))
    address = AdminURLFinder(reader).get_edit_url(thing)
    return conf.admin_address(address) if address else ""


def _around(agency: AgencyProfile) -> dict[str, Any]:
    name = agency_name(agency)
    return {
        "language": translation.get_language(),
        "agency": name,
        "short_name": plain_line(agency.short_name) or name,
        "government": plain_line(agency.government),
    }
