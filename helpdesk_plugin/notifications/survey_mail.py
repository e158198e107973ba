"""The mail that asks somebody to answer the survey of a period."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin import conf
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.models import AgencyProfile, SurveyInvitation
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name
from helpdesk_plugin.notifications.recipients import supported_language
from helpdesk_plugin.notifications.rendering import Content
from helpdesk_plugin.templatetags.helpdesk import long_date


def render_invitation(invitation: SurveyInvitation, agency: AgencyProfile, now: datetime) -> Content:
    """Write the mail as things stand at ``now``. It names no ticket and nobody.

    Raises NothingToSay once the invitation has been used or the period takes no answers; RetiredKey without
    the server key of the link.
    """
    if invitation.answered or not invitation.period.is_open_on(agency_date(now)):
        raise NothingToSay(gettext_lazy("The survey has been answered, or it has ended meanwhile."))
    with translation.override(supported_language(invitation.language)):
        context = _context(invitation, agency)
        plain = render_to_string("helpdesk_plugin/mail/subscription.txt", context)
        html = render_to_string("helpdesk_plugin/mail/subscription.html", context)
        return Content(context["subject"], plain.strip() + "\n", html)


def _context(invitation: SurveyInvitation, agency: AgencyProfile) -> dict:
    name, period = agency_name(agency), invitation.period
    short_name = plain_line(agency.short_name) or name
    told = {"title": plain_line(period.title), "agency": short_name}
    return {
        "language": translation.get_language(),
        "subject": _("Satisfaction survey: %(title)s") % told,
        "paragraphs": [
            _("We would like to know what you think of the help desk of %(agency)s.") % told,
            _("Nine questions, about three minutes, without signing in. Your name is not asked for."),
        ],
        "choices": [
            (_("Period"), told["title"]),
            (_("Answers until"), long_date(period.answers_until)),
        ],
        "button": _("Answer the survey"),
        "link": conf.base_url() + reverse("helpdesk:ikm_invited", args=[invitation.token]),
        "until": _("The link is yours alone and counts once; please do not forward it."),
        "why": _(
            "You receive this mail because you stand for an agency, or filed a request in this period. "
            "Nothing joins your address to your answers. If you do not want to answer, do nothing."
        ),
        "agency": name,
        "short_name": short_name,
        "government": plain_line(agency.government),
        "phone": plain_line(agency.phone),
        "whatsapp": plain_line(agency.whatsapp),
        "email": plain_line(agency.email),
    }
