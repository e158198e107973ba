"""The way to "My tickets": a link by mail that works once, and the hours that it opens."""

import hashlib
import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import conf
from helpdesk_plugin.domain import numbering
from helpdesk_plugin.models.access import RetiredKey, newest_key_id


def fresh_nonce() -> bytes:
    """What a token derives from: 128 random bits."""
    return secrets.token_bytes(16)


class SignInManager(models.Manager):
    def with_token(self, token: str, now: datetime):
        """The unused link with this token, if its time has not run out: at most one."""
        return self.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=now)

    def open(self, now: datetime):
        """The visits that are open: a link was used, its hours run, nobody has signed out."""
        return self.filter(used_at__isnull=False, ended_at=None, ends_at__gt=now)


class SignIn(models.Model):
    """One request for a link, and the visit that it opened. All times are UTC.

    The token of the link stands nowhere: it derives from a server key and the nonce, so that the mail can be
    written when it is sent; it is recognised by its hash. ``email`` is normalised. Rows live for a day.
    """

    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=12, default="id")
    nonce = models.BinaryField(default=fresh_nonce, max_length=16)
    key_id = models.CharField(max_length=12, default=newest_key_id)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    requested_at = models.DateTimeField(_("requested at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("visit ends"), null=True, blank=True)
    ended_at = models.DateTimeField(_("signed out at"), null=True, blank=True)

    objects = SignInManager()

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")
        default_permissions = ()
        indexes = [models.Index(fields=["requested_at"], name="helpdesk_sign_in_age")]

    def __str__(self):
        return f"sign-in {self.pk}"

    def save(self, *args, **kwargs):
        self.token_hash = self.token_hash or hash_of(self.token)
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """The secret of the mailed link, 160 bits. Raises RetiredKey."""
        key = conf.tracking_key(self.key_id)
        if key is None:
            raise RetiredKey(self.key_id)
        return numbering.derive_sign_in_token(key.secret, bytes(self.nonce))


def hash_of(token: str) -> str:
    """What is kept of a token. It has 160 random bits, so that a plain hash gives nothing away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
