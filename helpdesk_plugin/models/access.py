"""The requester's key to a ticket: derived when needed, stored nowhere.

The row holds a nonce and the fingerprint of a server key. Code and link token are keyed hashes of the
nonce, so every mail can carry them although the database alone gives nothing away.
"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import conf
from helpdesk_plugin.domain import numbering
from helpdesk_plugin.models.typed import typed_numbers

_DUMMY_NONCE = b"\x00" * 16


class RetiredKey(Exception):
    """The server key of this ticket is no longer configured, so its code cannot be derived."""


def new_nonce() -> bytes:
    """A nonce whose code is fit to be dictated."""
    return numbering.draw_nonce(conf.tracking_keys()[0].secret, secrets.token_bytes)


def newest_key_id() -> str:
    return conf.tracking_keys()[0].key_id


class TicketAccessManager(models.Manager):
    def ticket_id_for(self, number: str, code: str) -> int | None:
        """Return the id of the ticket that this number and code open, else None."""
        typed = numbering.normalise_code(code)
        return self._matching(number, lambda access: access.has_code(typed or ""))

    def ticket_id_for_link(self, number: str, token: str) -> int | None:
        """Return the id of the ticket that a mailed link opens, else None."""
        return self._matching(number, lambda access: access.has_link_token(token))

    def _matching(self, number, test):
        found = list(self.filter(ticket__number__in=typed_numbers(number)))
        # An unknown number is tested too, against a key that opens nothing.
        tried = found or [TicketAccess(nonce=_DUMMY_NONCE, key_id=newest_key_id())]
        return next((access.ticket_id for access in tried if test(access)), None)


class TicketAccess(models.Model):
    """What a ticket's tracking code and link derive from."""

    ticket = models.OneToOneField(
        "helpdesk_plugin.Ticket", on_delete=models.PROTECT, related_name="access", verbose_name=_("ticket")
    )
    nonce = models.BinaryField(default=new_nonce, max_length=16)
    key_id = models.CharField(max_length=12, default=newest_key_id)

    objects = TicketAccessManager()

    class Meta:
        verbose_name = _("tracking key")
        verbose_name_plural = _("tracking keys")
        default_permissions = ()

    def __str__(self):
        return f"access {self.pk}"

    @property
    def code(self) -> str:
        """The tracking code, twelve letters without separators. Raises RetiredKey."""
        return numbering.derive_code(self._secret(), bytes(self.nonce))

    @property
    def link_token(self) -> str:
        """The token of mailed links. Raises RetiredKey."""
        return numbering.derive_link_token(self._secret(), bytes(self.nonce))

    def has_code(self, normalised: str) -> bool:
        """Whether this normalised code opens the ticket; constant time."""
        return self._same(normalised, lambda: self.code)

    def has_link_token(self, token: str) -> bool:
        """Whether this token opens the ticket; constant time."""
        return self._same(token, lambda: self.link_token)

    def _same(self, given, derive):
        try:
            return numbering.codes_equal(given, derive())
        except RetiredKey:
            return False

    def _secret(self) -> bytes:
        key = conf.tracking_key(self.key_id)
        if key is None:
            raise RetiredKey(self.key_id)
        return key.secret
