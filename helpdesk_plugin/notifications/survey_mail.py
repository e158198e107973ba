"""The mails that ask somebody to answer the survey of a period, and remind of it once."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin import conf
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.languages import supported_language
from helpdesk_plugin.models import AgencyProfile, SurveyInvitation
from helpdesk_plugin.notifications.decisions import SURVEY_REMINDER
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name
from helpdesk_plugin.notifications.rendering import MAX_SUBJECT, Content
from helpdesk_plugin.notifications.texts import filled_lines, wording
from helpdesk_plugin.templatetags.helpdesk import long_date


def render_invitation(invitation: SurveyInvitation, agency: AgencyProfile, now: datetime) -> Content:
    """Write the mail as things stand at ``now``. It names no ticket and nobody.

    Raises NothingToSay once the invitation has been used or the period takes no answers; RetiredKey without
    the server key of the link.
    """
    if invitation.answered or not invitation.period.is_open_on(agency_date(now)):
        raise NothingToSay(gettext_lazy("The survey has been answered, or it has ended meanwhile."))
    with translation.override(supported_language(invitation.language)):
        return _written(_context(invitation, agency))


def render_reminder(invitation: SurveyInvitation, agency: AgencyProfile, now: datetime) -> Content:
    """Write the reminder in the agency's words, as things stand at ``now``; button and contacts follow them.

    Raises NothingToSay besides to whoever wants no reminder, NoText without a wording.
    """
    if invitation.answered or invitation.declined or not invitation.period.is_open_on(agency_date(now)):
        raise NothingToSay(
            gettext_lazy("The survey has been answered or declined, or it has ended meanwhile.")
        )
    language = supported_language(invitation.language)
    with translation.override(language):
        context, text = _context(invitation, agency), wording(SURVEY_REMINDER, language)
        values = {
            "agency": context["short_name"],
            "survey": plain_line(invitation.period.title),
            "deadline": long_date(invitation.period.answers_until),
            "link": context["link"],
        }
        lines = [line for line in filled_lines(text.body, values) if [one.name for one in line] != ["link"]]
        subject = "".join(one.text for line in filled_lines(text.subject, values) for one in line)
        context["subject"] = plain_line(subject)[:MAX_SUBJECT] or context["subject"]
        context["body"] = "\n".join("".join(one.text for one in line) for line in lines).strip()
        context["why"] = _(
            "You receive this reminder because you were invited and, as far as we know, have not answered. "
            "It is the only one. Nothing joins your address to your answers."
        )
        return _written(context)


def _written(context: dict) -> Content:
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
        "link": conf.public_address(reverse("helpdesk:ikm_invited", args=[invitation.token])),
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
