"""What officers keep for themselves: the tickets that they follow, and lists under names of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Letters of an address that a saved list may have; a browser's own limits are higher.
MAX_QUERY = 2000


class Follow(models.Model):
    """A ticket that an officer keeps an eye on. It is nobody else's business, so no act and no entry."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer"), on_delete=models.CASCADE, related_name="+"
    )
    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket", verbose_name=_("ticket"), on_delete=models.CASCADE, related_name="followers"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("followed ticket")
        verbose_name_plural = _("followed tickets")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["officer", "ticket"], name="helpdesk_follow_once")]

    def __str__(self):
        return f"{self.officer_id} → {self.ticket_id}"


class SavedView(models.Model):
    """A list of tickets under a name: filters, order and search as they stand in its address.

    It holds no tickets: whoever opens the address sees what they may see.
    """

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        on_delete=models.CASCADE,
        related_name="helpdesk_views",
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("address"), max_length=MAX_QUERY, blank=True)

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = ["name", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["officer", "name"], name="helpdesk_view_name_once"),
        ]

    def __str__(self):
        return self.name
