"""The mail around a content: one recipient, and the headers that other mail programs go by."""

import hashlib
import re
from datetime import UTC
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from helpdesk_plugin import conf
from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.steps import Step
from helpdesk_plugin.models import AgencyProfile, OutboxMessage
from helpdesk_plugin.notifications.decisions import Audience, kind_of
from helpdesk_plugin.notifications.news_mail import end_url_of
from helpdesk_plugin.notifications.rendering import Content

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_OPENS_THREAD = kind_of(Audience.REQUESTER, Step.SUBMIT)


def compose(
    message: OutboxMessage, address: str, content: Content, agency: AgencyProfile
) -> EmailMultiAlternatives:
    """The mail for one recipient, plain text with an HTML alternative; nothing is sent yet."""
    mail = EmailMultiAlternatives(
        subject=content.subject,
        body=content.plain,
        from_email=sender(agency),
        to=[address],
        reply_to=[agency.email] if is_address(agency.email) else None,
        headers=_headers(message),
    )
    mail.attach_alternative(content.html, "text/html")
    return mail


def sender(agency: AgencyProfile) -> str:
    """The address of DEFAULT_FROM_EMAIL under the agency's present name."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    agency_name = plain_line(agency.short_name or agency.name)
    return formataddr((f"Help Desk {agency_name}" if agency_name else plain_line(name), address))


def is_address(text: str) -> bool:
    """Whether this is one mail address and nothing else."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def message_id(message: OutboxMessage) -> str:
    """The Message-ID of a row: the same at every try, another one when a person sends it again.

    Derived from what no other row has had, not even one before a backup was restored: some mail
    servers silently drop a second mail with an identifier that they have seen.
    """
    if message.kind == _OPENS_THREAD and not message.resends:
        return thread_id(message)
    born = message.created_at.astimezone(UTC).isoformat()
    return _identifier("message", message.pk, message.key, born, message.resends)


def thread_id(message: OutboxMessage) -> str:
    """The identifier to which all mails about a ticket to one recipient refer.

    For the requester it is that of the confirmation, with which the thread begins. News of one notice to
    one subscriber hang together too. What belongs to neither stands alone.
    """
    if message.is_news:
        return _identifier("notice", message.notice_update.notice_id, message.subscription_id)
    if message.ticket_id is None:
        return message_id(message)
    born = message.ticket.submitted_at.astimezone(UTC).isoformat()
    return _identifier("ticket", message.ticket_id, born, message.recipient_id or "requester")


def _headers(message: OutboxMessage) -> dict[str, str]:
    own, thread = message_id(message), thread_id(message)
    headers = {
        "Message-ID": own,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": message.language,
    }
    if own != thread:
        headers |= {"In-Reply-To": thread, "References": thread}
    if message.is_news:
        # RFC 8058: mail programs offer to end the subscription, by one POST that needs no page.
        headers |= {
            "List-Unsubscribe": f"<{end_url_of(message)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def _identifier(*parts: object) -> str:
    digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]
    host = urlsplit(conf.base_url()).hostname or ""
    return f"<{digest}@{host if _HOST.fullmatch(host) else 'localhost'}>"
