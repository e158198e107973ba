"""Words about a subscription itself: please confirm; it was changed; it has ended, here is the way back."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from helpdesk_plugin import conf
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.models import AgencyProfile, NoticeSubscription, OutboxMessage
from helpdesk_plugin.notifications.decisions import (
    SUBSCRIPTION_ASKED,
    SUBSCRIPTION_CHANGED,
    SUBSCRIPTION_ENDED,
)
from helpdesk_plugin.notifications.digest_mail import NothingToSay
from helpdesk_plugin.notifications.facts import agency_name, moment
from helpdesk_plugin.notifications.rendering import Content


def render_about_subscription(message: OutboxMessage, agency: AgencyProfile, now: datetime) -> Content:
    """Write the mail as things stand at ``now``. It repeats nothing that was typed but choices from lists.

    Raises NothingToSay for what is no longer true, and RetiredKey without the server key of its links.
    """
    subscription = message.subscription
    with translation.override(message.language):
        words = _WORDS[message.kind](subscription, now)
        context = words | _around(agency) | {"choices": choices_in_words(subscription)}
        plain = render_to_string("helpdesk_plugin/mail/subscription.txt", context)
        html = render_to_string("helpdesk_plugin/mail/subscription.html", context)
        return Content(context["subject"], plain.strip() + "\n", html)


def choices_in_words(subscription: NoticeSubscription) -> list[tuple[str, str]]:
    """What a subscription is about, as (label, words) in the active language."""
    if subscription.notice is not None:
        return [(_("Notice"), plain_line(subscription.notice.title_in(get_language() or "")))]
    services = ", ".join(plain_line(service.name) for service in subscription.services.all())
    opd = plain_line(subscription.opd.name) if subscription.opd else _("Any agency")
    return [
        (_("Services"), _("All services") if subscription.all_services else services or "–"),
        (_("Agency (OPD)"), opd),
    ]


def _confirm(subscription: NoticeSubscription, now: datetime) -> dict:
    if subscription.confirmed_at or subscription.confirm_until <= now:
        raise NothingToSay(gettext_lazy("The subscription was confirmed already, or its time has run out."))
    return {
        "subject": _("Please confirm: status notices by email"),
        "paragraphs": [
            _("Somebody asked us, on our site, to tell this address of disruptions and maintenance."),
            _("Nothing is sent until you open the link and press the button there."),
        ],
        "button": _("Confirm the subscription"),
        "link": _address("status_confirm", subscription.confirm_token),
        "until": _("The link works until %(moment)s.") % {"moment": moment(subscription.confirm_until)},
        "why": _("If it was not you, ignore this mail: without the link nothing will come."),
    }


def _changed(subscription: NoticeSubscription, now: datetime) -> dict:
    if not subscription.is_in_force:
        raise NothingToSay(gettext_lazy("The subscription has ended meanwhile."))
    return {
        "subject": _("Your subscription to status notices was changed"),
        "paragraphs": [
            _("With a link from a mail to this address, other choices were made. These are in force now."),
            _("If several people read this address and this was not agreed, change it back here."),
        ],
        "button": _("See and change the choices"),
        "link": _address("status_subscription", subscription.manage_token),
        "until": "",
        "why": _("This mail was sent automatically, because the subscription of this address was changed."),
    }


def _ended(subscription: NoticeSubscription, now: datetime) -> dict:
    if subscription.is_in_force:
        raise NothingToSay(gettext_lazy("The subscription was taken up again meanwhile."))
    return {
        "subject": _("Your subscription to status notices has ended"),
        "paragraphs": [
            _("With a link from a mail to this address, the subscription was ended. No notices will come."),
            _(
                "If several people read this address and this was not agreed, one press takes it up again, "
                "with the same choices."
            ),
        ],
        "button": _("Take the subscription up again"),
        "link": _address("status_subscription", subscription.manage_token),
        "until": _("The link works for thirty days; then the address is forgotten."),
        "why": _("This mail was sent automatically. If it is right that the subscription ended, do nothing."),
    }


_WORDS = {
    SUBSCRIPTION_ASKED: _confirm,
    SUBSCRIPTION_CHANGED: _changed,
    SUBSCRIPTION_ENDED: _ended,
}


def _address(name: str, token: str) -> str:
    return conf.public_address(reverse(f"helpdesk:{name}", args=[token]))


def _around(agency: AgencyProfile) -> dict:
    name = agency_name(agency)
    return {
        "language": translation.get_language(),
        "agency": name,
        "short_name": plain_line(agency.short_name) or name,
        "government": plain_line(agency.government),
        "phone": plain_line(agency.phone),
        "whatsapp": plain_line(agency.whatsapp),
        "email": plain_line(agency.email),
    }
