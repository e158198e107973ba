"""Whoever has an account is told by mail what was done to its second step: a stranger's act is noticed."""

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helpdesk_plugin.notifications.recipients import language_of
from helpdesk_plugin.staff.words import moment
from site_project.two_step.words import sentence

logger = logging.getLogger(__name__)


def tell(account: Any, action: str, by: Any) -> bool:
    """Mail the account's holder, in the language of their choice; whether it could be sent.

    ``action`` is one of the log's. Accounts without an address cannot be told. What the mail server does not
    take is logged, and undoes nothing.
    """
    if not account.email:
        return False
    with translation.override(language_of(account)):
        told = {
            "name": account.get_username(),
            "what": sentence(action),
            "when": moment(timezone.now()),
            "who": by.get_full_name() or by.get_username(),
        }
        subject = _("The second step of your account %(name)s") % told
        body = _(
            "%(what)s: account %(name)s, %(when)s, by %(who)s.\n\n"
            "If you know nothing of this, somebody else may be using your account: tell an administrator of "
            "the help desk at once, and choose a new password."
        )
        try:
            send_mail(subject, body % told, settings.DEFAULT_FROM_EMAIL, [account.email])
        except (SMTPException, OSError) as trouble:
            logger.error("A mail about the second step of account %s was not sent: %s", account.pk, trouble)
            return False
    return True
