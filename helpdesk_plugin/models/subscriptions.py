"""Who is told of status notices by mail: addresses that asked for it and said so twice."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import conf
from helpdesk_plugin.domain import numbering
from helpdesk_plugin.models.access import RetiredKey, newest_key_id
from helpdesk_plugin.models.agencies import Opd
from helpdesk_plugin.models.catalogue import Service
from helpdesk_plugin.models.sign_in import fresh_nonce, hash_of


class SubscriptionQuerySet(models.QuerySet):
    def in_force(self):
        """Subscriptions that were confirmed and not ended."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at=None)

    def to_confirm(self, token: str, now: datetime):
        """The subscription that a mailed link confirms, if its time has not run out: at most one."""
        return self.filter(confirm_hash=hash_of(token), confirmed_at=None, confirm_until__gt=now)

    def managed_with(self, token: str):
        """The confirmed subscription, in force or ended, that this token of its mails belongs to."""
        return self.filter(manage_hash=hash_of(token), confirmed_at__isnull=False)

    def told_of(self, notice):
        """Those in force that concern a notice: it alone is followed, or its services and agencies are.

        A notice that names no service concerns the subscribers of every service. No query is made here but
        one for the services and one for the agencies of the notice.
        """
        services = list(notice.affected_services.values_list("service_id", flat=True))
        wanted = Q(notice=None)
        if services:
            wanted &= Q(all_services=True) | Q(pk__in=self._with_services(services))
        if not notice.all_opds:
            wanted &= Q(opd=None) | Q(opd__in=list(notice.opds.values_list("pk", flat=True)))
        return self.in_force().filter(wanted | Q(notice=notice))

    def _with_services(self, services: Iterable[int]):
        through = NoticeSubscription.services.through
        return through.objects.filter(service_id__in=services).values("noticesubscription_id")


class NoticeSubscription(models.Model):
    """One address that wants to be told: of everything, of some services, of one agency, of one notice.

    All times are UTC. Nothing is sent before ``confirmed_at`` but the mail that asks for it. Both tokens, to
    confirm and to manage, derive from a server key and the nonce; the rows hold their hashes alone. ``email``
    is normalised. Ended rows are kept for a while, so that a note can lead back; then they go.
    """

    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=12, default="id")
    all_services = models.BooleanField(_("all services"), default=True)
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True, related_name="+")
    opd = models.ForeignKey(
        Opd,
        verbose_name=_("agency (OPD)"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: notices about any agency."),
    )
    notice = models.ForeignKey(
        "helpdesk_plugin.StatusNotice",
        verbose_name=_("notice"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="followers",
        help_text=_("Set: this notice alone is followed."),
    )
    nonce = models.BinaryField(default=fresh_nonce, max_length=16)
    key_id = models.CharField(max_length=12, default=newest_key_id)
    confirm_hash = models.CharField(max_length=64, unique=True, editable=False)
    manage_hash = models.CharField(max_length=64, unique=True, editable=False)
    requested_at = models.DateTimeField(_("requested at"))
    confirm_until = models.DateTimeField(_("to be confirmed until"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription to notices")
        verbose_name_plural = _("subscriptions to notices")
        ordering = ["-requested_at", "-id"]
        default_permissions = ()
        constraints = [
            # What is in force is one for each address, and one more for each notice that it follows.
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(confirmed_at__isnull=False, notice=None),
                name="helpdesk_one_subscription",
            ),
            models.UniqueConstraint(
                fields=["email", "notice"],
                condition=Q(confirmed_at__isnull=False, notice__isnull=False),
                name="helpdesk_notice_followed_once",
            ),
        ]
        indexes = [models.Index(fields=["confirmed_at", "requested_at"], name="helpdesk_subscription_age")]

    def __str__(self):
        return f"subscription {self.pk}"

    def save(self, *args, **kwargs):
        self.fill_hashes()
        super().save(*args, **kwargs)

    def fill_hashes(self) -> None:
        """Work out what the tokens are recognised by; a row written in bulk needs it too."""
        if not self.confirm_hash:
            self.confirm_hash, self.manage_hash = hash_of(self.confirm_token), hash_of(self.manage_token)

    def renew_key(self) -> None:
        """Derive the tokens from the newest server key: links of before are dead, and need not be kept."""
        self.nonce, self.key_id, self.confirm_hash = fresh_nonce(), newest_key_id(), ""
        self.fill_hashes()

    @property
    def key_is_retired(self) -> bool:
        """Whether no link can be made any more from the server key that this was made with."""
        return conf.tracking_key(self.key_id) is None

    @property
    def confirm_token(self) -> str:
        """The secret of the link that confirms, 160 bits. Raises RetiredKey."""
        return numbering.derive_confirm_token(self._secret(), bytes(self.nonce))

    @property
    def manage_token(self) -> str:
        """The secret of the links to choices and end, 160 bits. Raises RetiredKey."""
        return numbering.derive_manage_token(self._secret(), bytes(self.nonce))

    @property
    def is_in_force(self) -> bool:
        return self.confirmed_at is not None and self.unsubscribed_at is None

    def _secret(self) -> bytes:
        key = conf.tracking_key(self.key_id)
        if key is None:
            raise RetiredKey(self.key_id)
        return key.secret
