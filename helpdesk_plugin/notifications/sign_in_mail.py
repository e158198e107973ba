"""The mail with a sign-in link to "My tickets"; here it is decided whether the address gets one at all."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin import conf
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.cleaning import plain_line, plain_text
from helpdesk_plugin.languages import supported_language
from helpdesk_plugin.models import AgencyProfile, OpdContact, SignIn, Ticket
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name, moment
from helpdesk_plugin.notifications.rendering import Content


def render_sign_in(asked: SignIn, agency: AgencyProfile, now: datetime) -> Content:
    """Write the mail as things stand at ``now``. It names no ticket and repeats nothing that was typed.

    Raises NothingToSay once the link has been used or its time has run out, and for an address that has
    neither filed a ticket nor stands for an agency; RetiredKey without the server key of the link.
    """
    if asked.used_at or asked.expires_at <= now:
        raise NothingToSay(gettext_lazy("The sign-in link has been used, or its time has run out."))
    if not _has_something_to_see(asked.email, now):
        raise NothingToSay(gettext_lazy("Nothing was filed with this address; nobody is told."))
    with translation.override(supported_language(asked.language)):
        context = _context(asked, agency)
        plain = render_to_string("helpdesk_plugin/mail/sign_in.txt", context)
        html = render_to_string("helpdesk_plugin/mail/sign_in.html", context)
        return Content(context["subject"], plain.strip() + "\n", html)


def _has_something_to_see(address: str, now: datetime) -> bool:
    """Whether a normalised address has filed a ticket, or is a contact (PIC) of an agency today."""
    in_office = OpdContact.objects.on(agency_date(now)).filter(email=address)
    return Ticket.objects.filed_with(address).exists() or in_office.exists()


def _context(asked: SignIn, agency: AgencyProfile) -> dict:
    name = agency_name(agency)
    return {
        "language": translation.get_language(),
        "subject": _("Your link to “My tickets”"),
        "link": conf.public_address(reverse("helpdesk:sign_in", args=[asked.token])),
        "until": moment(asked.expires_at),
        "agency": name,
        "short_name": plain_line(agency.short_name) or name,
        "government": plain_line(agency.government),
        "phone": plain_line(agency.phone),
        "whatsapp": plain_line(agency.whatsapp),
        "email": plain_line(agency.email),
        "opening_hours": plain_text(agency.opening_hours),
    }
