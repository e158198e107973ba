"""Messages on their way: rows written with what causes them, sent after commit, seen by people when stuck."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    PARKED = "parked", _("Given up, needs a person")
    DROPPED = "dropped", _("Not sent, no longer allowed or needed")


#: What still wants to be sent; everything else has come to rest and moves only when a person sends it again.
WAITING: tuple[str, ...] = (MessageState.QUEUED.value, MessageState.SENDING.value)


class OutboxQuerySet(models.QuerySet):
    def waiting(self):
        """Messages that have not come to rest yet."""
        return self.filter(state__in=WAITING)

    def due(self, now: datetime):
        """Messages to try now, the longest waiting first.

        One that is being sent is due again when its lease has run out: whoever was sending it has died.
        """
        return self.waiting().filter(next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def parked(self):
        """Messages that a person has to look at."""
        return self.filter(state=MessageState.PARKED)


class OutboxMessage(models.Model):
    """One mail to one recipient: an event of a ticket, a digest, a link, news of a notice, an invitation.

    Officers are also told of notices that wait for a word, and of the steps of an approval.

    All times are UTC; the day is a date in the agency's time zone. The text is made when it is sent: it
    carries the tracking link, which is stored nowhere, and a digest speaks of how things stand then.
    ``key`` is unique, so that the same message is never queued twice. While a message is being sent,
    ``next_attempt_at`` is the end of the lease after which another worker may take it over.
    """

    key = models.CharField(_("key"), max_length=120, unique=True, editable=False)
    kind = models.CharField(_("message"), max_length=40)
    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    event = models.ForeignKey(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    day = models.DateField(_("daily digest of"), null=True, blank=True)
    # A link asked for by anybody: forgotten together with who asked for it.
    sign_in = models.OneToOneField(
        "helpdesk_plugin.SignIn",
        verbose_name=_("sign-in link"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="message",
    )
    # Mail to an address that asked for it, forgotten together with the address.
    subscription = models.ForeignKey(
        "helpdesk_plugin.NoticeSubscription",
        verbose_name=_("subscription to notices"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="messages",
    )
    notice_update = models.ForeignKey(
        "helpdesk_plugin.NoticeUpdate",
        verbose_name=_("update of a notice"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="messages",
    )
    # Officers and editors about the approval of a notice or an article, kept by Wagtail.
    task_state = models.ForeignKey(
        "wagtailcore.TaskState",
        verbose_name=_("step of an approval"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    # An invitation to a survey, forgotten together with whom it invited.
    survey_invitation = models.ForeignKey(
        "helpdesk_plugin.SurveyInvitation",
        verbose_name=_("invitation to a survey"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="messages",
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: the requester, at the address that the ticket has when it is sent."),
    )
    language = models.CharField(_("language"), max_length=12, default="id")
    state = models.CharField(
        _("state"), max_length=12, choices=MessageState.choices, default=MessageState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    resends = models.PositiveSmallIntegerField(_("sent again by a person"), default=0)
    created_at = models.DateTimeField(_("queued at"))
    next_attempt_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-id"]
        default_permissions = ("view",)
        permissions = [("resend_outboxmessage", "Send messages again")]
        constraints = [
            models.CheckConstraint(
                name="helpdesk_message_of_one_thing",
                condition=Q(subscription=None, notice_update=None, task_state=None, survey_invitation=None)
                & (
                    Q(ticket__isnull=False, event__isnull=False, day=None, sign_in=None)
                    | Q(ticket=None, event=None, day__isnull=False, sign_in=None, recipient__isnull=False)
                    | Q(ticket=None, event=None, day=None, sign_in__isnull=False, recipient=None)
                )
                # To a subscriber: news of one update of a notice, or a word about the subscription itself.
                | Q(
                    subscription__isnull=False,
                    task_state=None,
                    recipient=None,
                    ticket=None,
                    event=None,
                    day=None,
                    sign_in=None,
                    survey_invitation=None,
                )
                # To an officer: a word about a notice.
                | Q(
                    notice_update__isnull=False,
                    recipient__isnull=False,
                    subscription=None,
                    task_state=None,
                    ticket=None,
                    event=None,
                    day=None,
                    sign_in=None,
                    survey_invitation=None,
                )
                # To an officer or an editor: a step of an approval.
                | Q(
                    task_state__isnull=False,
                    recipient__isnull=False,
                    notice_update=None,
                    subscription=None,
                    ticket=None,
                    event=None,
                    day=None,
                    sign_in=None,
                    survey_invitation=None,
                )
                # To somebody who is asked what they think of the service.
                | Q(
                    survey_invitation__isnull=False,
                    recipient=None,
                    subscription=None,
                    notice_update=None,
                    task_state=None,
                    ticket=None,
                    event=None,
                    day=None,
                    sign_in=None,
                ),
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="helpdesk_outbox_due"),
            models.Index(fields=["sent_at"], name="helpdesk_outbox_sent"),
            models.Index(fields=["-created_at", "-id"], name="helpdesk_outbox_newest"),
        ]

    def __str__(self):
        return f"{self.kind} #{self.pk}"

    @property
    def to_requester(self) -> bool:
        """Whether this goes to somebody outside rather than to an officer."""
        return self.recipient_id is None

    @property
    def is_digest(self) -> bool:
        """Whether this is an officer's daily digest rather than news of a ticket."""
        return self.day is not None

    @property
    def is_sign_in(self) -> bool:
        """Whether this carries a sign-in link to whoever asked for one."""
        return self.sign_in_id is not None

    @property
    def is_invitation(self) -> bool:
        """Whether this asks somebody to answer a survey."""
        return self.survey_invitation_id is not None

    @property
    def is_to_subscriber(self) -> bool:
        """Whether this goes to an address that subscribed to notices, or is asked to confirm it."""
        return self.subscription_id is not None

    @property
    def is_approval(self) -> bool:
        """Whether this is about the approval of a notice or an article."""
        return self.task_state_id is not None

    @property
    def is_nudge(self) -> bool:
        """Whether this asks an officer to do something about a public notice: news of it, or its review."""
        return self.notice_update_id is not None and self.recipient_id is not None

    @property
    def is_news(self) -> bool:
        """Whether this tells a subscriber of an update of a notice."""
        return self.is_to_subscriber and self.notice_update_id is not None
