"""Sending what waits in the outbox: claimed row by row, tried until it works or a person is needed.

A message is claimed by one conditional UPDATE that also sets the end of a lease. Whoever dies while
sending leaves the row behind; when the lease has run out it is tried again, with the same Message-ID. So a
message is sent once, and twice only if its sender died between the server's yes and the next UPDATE. A
database that is away at that moment is waited for.
"""

import logging
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.models import AgencyProfile, MessageState, OutboxMessage, RetiredKey
from helpdesk_plugin.notifications.decisions import NOTICE_REVIEW, SURVEY_REMINDER
from helpdesk_plugin.notifications.digest_mail import NothingToSay, render_digest
from helpdesk_plugin.notifications.editorial_mail import render_editorial
from helpdesk_plugin.notifications.mail import compose, is_address
from helpdesk_plugin.notifications.news_mail import render_news
from helpdesk_plugin.notifications.nudge_mail import render_nudge
from helpdesk_plugin.notifications.recipients import still_entitled
from helpdesk_plugin.notifications.rendering import Content, render
from helpdesk_plugin.notifications.sign_in_mail import render_sign_in
from helpdesk_plugin.notifications.subscription_mail import render_about_subscription
from helpdesk_plugin.notifications.survey_mail import render_invitation, render_reminder
from helpdesk_plugin.notifications.texts import NoText
from helpdesk_plugin.people import mail_address

logger = logging.getLogger(__name__)

#: How long a worker may take over one mail. Far more than EMAIL_TIMEOUT allows a living one.
LEASE = timedelta(minutes=10)
#: Waits after a failed try: one minute, doubling up to four hours. All together about a day, so that
#: a mail server that fails over night has no message given up.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
MAX_ATTEMPTS = 14
#: Mails an hour to one address that people outside can cause: anybody can type a stranger's address.
STRANGERS_SHARE, STRANGERS_HOUR = 5, timedelta(hours=1)

#: Seconds for which the outcome of a try waits for the database, far fewer than the lease; and between tries.
DATABASE_AWAY, PAUSE = 60.0, 0.5

Clock = Callable[[], datetime]


class Result(StrEnum):
    """What became of one try."""

    SENT = "sent"
    RETRY = "retry"
    POSTPONED = "postponed"
    PARKED = "parked"
    DROPPED = "dropped"
    TAKEN = "taken"  # another worker had it first, or has taken it over


@dataclass
class Report:
    """What one run did. ``stopped`` when the mail server answers nobody, so that the rest was not tried."""

    results: dict[str, int] = field(default_factory=dict)
    stopped: bool = False

    def count(self, result: Result) -> None:
        self.results[result.value] = self.results.get(result.value, 0) + 1

    @property
    def tried(self) -> int:
        return sum(self.results.values())


class _Final(Exception):
    """This message will not be sent, whatever the mail server says; ``reason`` is for the officers."""

    state: MessageState

    def __init__(self, reason: str | Promise) -> None:
        self.reason = reason
        super().__init__(str(reason))


class _Parked(_Final):
    state = MessageState.PARKED


class _Dropped(_Final):
    state = MessageState.DROPPED


def deliver_due(
    now: datetime | None = None, limit: int = 200, *, stop: Callable[[], bool] = lambda: False
) -> Report:
    """Try every message that is due, at most ``limit``, the longest waiting first.

    Any number of workers may run it at the same time. ``now`` (UTC) fixes the time for tests; ``stop`` is
    asked before each message. Failures of single messages are kept with their rows and never raised.
    """
    clock: Clock = (lambda: now) if now else timezone.now
    report = Report()
    agency = None
    for pk in list(OutboxMessage.objects.due(clock()).values_list("pk", flat=True)[:limit]):
        if stop():
            break
        claim = _Claim.take(pk, clock)
        if claim is None:
            report.count(Result.TAKEN)
            continue
        agency = agency or AgencyProfile.load()
        report.count(claim.deliver(agency))
        if claim.server_is_down:
            report.stopped = True
            break
    return report


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries."""
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


class _Claim:
    """One message that this worker alone may send until the lease ends."""

    def __init__(self, message: OutboxMessage, lease_end: datetime, clock: Clock) -> None:
        self.message, self.lease_end, self.clock = message, lease_end, clock
        self.server_is_down = False

    @classmethod
    def take(cls, pk: int, clock: Clock) -> "_Claim | None":
        now = clock()
        lease_end = now + LEASE
        taken = (
            OutboxMessage.objects.due(now)
            .filter(pk=pk)
            .order_by()
            .update(state=MessageState.SENDING, next_attempt_at=lease_end, attempts=F("attempts") + 1)
        )
        if not taken:
            return None
        message = OutboxMessage.objects.select_related(
            "event",
            "ticket__access",
            "ticket__service",
            "ticket__opd",
            "recipient",
            "sign_in",
            "subscription__notice",
            "notice_update__notice",
            "task_state__workflow_state",
            "survey_invitation__period",
        ).get(pk=pk)
        return cls(message, lease_end, clock)

    def deliver(self, agency: AgencyProfile) -> Result:
        try:
            address = self._address()
            free_at = self._share_is_free_at(address)
            if free_at is not None:
                return self._postpone(free_at)
            mail = self._written(address, agency)
            mail.send()
        except _Final as final:
            return self._rest(final)
        except Exception as error:
            self.server_is_down = _is_down(error)
            return self._failed(error)
        now = self.clock()
        return self._settle(Result.SENT, state=MessageState.SENT, sent_at=now, last_error="")

    def _address(self) -> str:
        message = self.message
        if message.attempts > MAX_ATTEMPTS:
            raise _Parked(_("The worker was interrupted again and again while it sent this message."))
        address = _address_of(message)
        if not address:
            raise _Dropped(_("The recipient has no mail address any more."))
        if not is_address(address):
            raise _Parked(_("The mail address is not valid."))
        if message.event and not message.to_requester and not still_entitled(message):
            raise _Dropped(_("The officer is no longer permitted to see this ticket or to handle it."))
        return address

    def _written(self, address, agency):
        message = self.message
        try:
            if message.is_to_subscriber:
                content = _written_to_subscriber(message, agency, self.clock())
            elif message.is_sign_in:
                content = render_sign_in(message.sign_in, agency, self.clock())
            elif message.is_approval or message.kind == NOTICE_REVIEW:
                content = render_editorial(message, agency)
            elif message.kind == SURVEY_REMINDER:
                content = render_reminder(message.survey_invitation, agency, self.clock())
            elif message.is_invitation:
                content = render_invitation(message.survey_invitation, agency, self.clock())
            elif message.is_nudge:
                content = render_nudge(message, agency, self.clock())
            elif message.is_digest:
                # It is worked out anew for its reader, so what they may no longer see is not in it.
                content = render_digest(message, agency, self.clock())
            else:
                content = render(message, agency)
            return compose(message, address, content, agency)
        except NothingToSay as nothing:
            raise _Dropped(nothing.reason) from None
        except RetiredKey:
            raise _Parked(
                _(
                    "The server key of this ticket's tracking link is no longer configured. Put it back into "
                    "HELPDESK_TRACKING_KEYS, or SECRET_KEY_FALLBACKS, then send the message again."
                )
            ) from None
        except NoText:
            raise _Parked(_("There is no text for this kind of message.")) from None

    def _share_is_free_at(self, address: str) -> datetime | None:
        """When this mail may go out, if people outside have used up the address's share of the hour."""
        message = self.message
        if not _caused_from_outside(message):
            return None
        now = self.clock()
        # One statement, so that a mail which another worker is just settling is counted once. Those that
        # others hold at this moment count too: together all workers keep to the share.
        sent_or_held = Q(state=MessageState.SENT, sent_at__gt=now - STRANGERS_HOUR) | Q(
            state=MessageState.SENDING
        )
        alike = list(
            OutboxMessage.objects.filter(
                sent_or_held,
                Q(event__party=Party.REQUESTER.value, ticket__requester_email__iexact=address)
                | Q(sign_in__email__iexact=address)
                | Q(subscription__email__iexact=address, notice_update=None),
                recipient=None,
            )
            .exclude(pk=message.pk)
            .order_by(F("sent_at").desc(nulls_first=True))
            .values_list("sent_at", flat=True)[:STRANGERS_SHARE]
        )
        if len(alike) < STRANGERS_SHARE:
            return None
        return alike[-1] + STRANGERS_HOUR if all(alike) else now + FIRST_WAIT

    def _postpone(self, until: datetime) -> Result:
        return self._settle(
            Result.POSTPONED,
            state=MessageState.QUEUED,
            next_attempt_at=until,
            attempts=self.message.attempts - 1,
        )

    def _rest(self, final: _Final) -> Result:
        logger.warning("Message %s was not sent: %s", self.message.pk, final)
        result = Result.PARKED if final.state == MessageState.PARKED else Result.DROPPED
        return self._settle(result, state=final.state, last_error=_shortened(final.reason))

    def _failed(self, error: Exception) -> Result:
        attempts, said = self.message.attempts, _shortened(_said(error))
        # Mail servers repeat the address in what they say, so it stays in the row and out of the log.
        expected = isinstance(error, OSError)
        name = type(error).__name__
        logger.warning("Message %s, try %s: %s", self.message.pk, attempts, name, exc_info=not expected)
        if attempts >= MAX_ATTEMPTS:
            return self._settle(Result.PARKED, state=MessageState.PARKED, last_error=said)
        again_at = self.clock() + wait_after(attempts)
        return self._settle(
            Result.RETRY, state=MessageState.QUEUED, next_attempt_at=again_at, last_error=said
        )

    def _settle(self, result: Result, **values: object) -> Result:
        """Write the outcome, unless the lease has run out and another worker has taken over."""
        mine = OutboxMessage.objects.filter(
            pk=self.message.pk, state=MessageState.SENDING, next_attempt_at=self.lease_end
        )
        if _insisting(lambda: mine.update(**values)):
            return result
        logger.error("Message %s was taken over by another worker while it was sent.", self.message.pk)
        return Result.TAKEN


def _insisting(write: Callable[[], int]) -> int:
    """Write, waiting for a database that is being restarted: a sent mail whose row forgot is sent twice."""
    until = time.monotonic() + DATABASE_AWAY
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            logger.warning("The database does not answer; what became of a message is written when it does.")
            connection.close()
            time.sleep(PAUSE)


def _caused_from_outside(message: OutboxMessage) -> bool:
    """Whether anybody could have caused this mail, to an address that they typed or share with others."""
    if message.event is None:
        return message.is_sign_in or (message.is_to_subscriber and not message.is_news)
    return message.to_requester and message.event.party == Party.REQUESTER.value


def _written_to_subscriber(message: OutboxMessage, agency: AgencyProfile, now: datetime) -> Content:
    if message.is_news:
        return render_news(message, agency, now)
    return render_about_subscription(message, agency, now)


def _address_of(message: OutboxMessage) -> str:
    if message.is_to_subscriber:
        return message.subscription.email
    if message.is_sign_in:
        return message.sign_in.email
    if message.is_invitation:
        return message.survey_invitation.email
    return message.ticket.requester_email if message.to_requester else mail_address(message.recipient)


def _is_down(error: Exception) -> bool:
    """Whether the mail server answers nobody, so that trying the next message would only cost time."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, _SERVER_TROUBLES)
    return isinstance(error, OSError)


_SERVER_TROUBLES = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
)


def _said(error: Exception) -> str:
    """What went wrong, in the mail server's own words if it had any."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    else:
        return f"{type(error).__name__}: {error}"
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"


def _shortened(reason: object) -> str:
    """A reason as a row can hold it; the officers' language is not known here, so it is the site's."""
    with translation.override(settings.LANGUAGE_CODE):
        return plain_line(str(reason))[:300]
