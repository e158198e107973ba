"""The reminder of a notice that has stood still: to its author, then to the editors."""

from datetime import datetime
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.models import AgencyProfile, OutboxMessage, StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name, desk_url, moment
from helpdesk_plugin.notifications.rendering import Content


def render_nudge(message: OutboxMessage, agency: AgencyProfile, now: datetime) -> Content:
    """Write the reminder as things stand at ``now``.

    Raises NothingToSay when the notice has news meanwhile, is over or withdrawn, or the officer may no
    longer write about it.
    """
    last = message.notice_update
    notice = StatusNotice.objects.current(now).filter(pk=last.notice_id).first()
    newest = notice and notice.updates.exclude(published_at=None).first()
    if notice is None or newest != last:
        raise NothingToSay(gettext_lazy("The notice has news meanwhile, or is over."))
    if not holds(message.recipient, "helpdesk_plugin.change_statusnotice"):
        raise NothingToSay(gettext_lazy("There is nothing to tell this officer, or no right to be told."))
    with translation.override(message.language):
        context = _context(notice, last.published_at, agency, now)
        plain = render_to_string("helpdesk_plugin/mail/nudge.txt", context)
        html = render_to_string("helpdesk_plugin/mail/nudge.html", context)
        return Content(context["subject"], plain.strip() + "\n", html)


def _context(notice: StatusNotice, since: datetime, agency: AgencyProfile, now: datetime) -> dict:
    name = agency_name(agency)
    title = plain_line(notice.title_in(translation.get_language() or "id"))
    return {
        "language": translation.get_language(),
        "subject": (_("No news since %(when)s: %(title)s") % {"when": moment(since), "title": title})[:200],
        "title": title,
        "phase": notice.phase_label_at(now),
        "since": moment(since),
        "link": desk_url("helpdesk_notices:inspect", quote(str(notice.pk))),
        "agency": name,
        "short_name": plain_line(agency.short_name) or name,
        "government": plain_line(agency.government),
    }
