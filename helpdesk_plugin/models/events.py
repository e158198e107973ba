"""The ledger: every act on a ticket, appended by the door and never changed."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.steps import Act, act_named
from helpdesk_plugin.domain.substitutions import SubstituteKind

_ACTS = labels.choices(labels.ACT_DONE)


class LedgerIsAppendOnly(Exception):
    """Somebody tried to change or delete a record of the ledger."""


class TicketEventQuerySet(models.QuerySet):
    def public(self):
        """What the requester may see."""
        return self.filter(public=True)

    def newest_first(self):
        return self.order_by("-at", "-id")

    def update(self, **values):
        raise LedgerIsAppendOnly("Events of a ticket are never changed.")

    def delete(self):
        raise LedgerIsAppendOnly("Events of a ticket are never deleted.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise LedgerIsAppendOnly("Events of a ticket are never changed.")


class TicketEvent(models.Model):
    """One act: which step, by which side and person, in which capacity, when, from where to where.

    ``public`` says whether the requester learns of the act at all, ``content_public`` whether its text
    and files are for the requester's eyes too. ``data`` holds facts of the act for officers; it never
    reaches a public page. ``clock`` is the act's turn of the service-level clock, from which deadlines can
    be worked out again; empty for acts that turn nothing.
    """

    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket", verbose_name=_("ticket"), on_delete=models.PROTECT, related_name="events"
    )
    act = models.CharField(_("act"), max_length=24, choices=_ACTS)
    sop_code = models.CharField(_("SOP step"), max_length=4)
    party = models.CharField(_("side"), max_length=12, choices=labels.choices(labels.PARTY))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=24, blank=True, choices=labels.choices(labels.ROLE))
    capacity = models.CharField(_("acting capacity"), max_length=80, blank=True)
    at = models.DateTimeField(_("at"))
    from_status = models.CharField(
        _("from"), max_length=20, blank=True, choices=labels.choices(labels.STATUS_FOR_STAFF)
    )
    to_status = models.CharField(_("to"), max_length=20, choices=labels.choices(labels.STATUS_FOR_STAFF))
    note = models.TextField(_("note"), blank=True)
    public = models.BooleanField(_("visible to the requester"), default=True)
    content_public = models.BooleanField(_("text and files visible to the requester"), default=False)
    # Null where no key was given, so that the constraint lets any number of such acts through.
    key = models.CharField(_("request key"), max_length=64, null=True, blank=True)  # noqa: DJ001
    clock = models.JSONField(default=dict, blank=True, editable=False)
    data = models.JSONField(_("facts"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = TicketEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["at", "id"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["ticket", "key"], name="helpdesk_one_event_a_key")]
        indexes = [
            models.Index(fields=["ticket", "at", "id"], name="helpdesk_ledger_order"),
            models.Index(fields=["-at", "-id"], name="helpdesk_ledger_newest"),
        ]

    def __str__(self):
        return f"{self.sop_code} {self.act}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise LedgerIsAppendOnly("Events of a ticket are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise LedgerIsAppendOnly("Events of a ticket are never deleted.")

    @property
    def what(self) -> Act:
        """The act as a member of the core's enums."""
        return act_named(self.act)

    @property
    def acting_office(self) -> str:
        """The office in whose name was acted, with "a.n." where a substitute did."""
        if self.data.get("contact"):
            return str(labels.CONTACT)
        if not self.role:
            return str(labels.PARTY[Party(self.party)])
        office = str(labels.ROLE[Role(self.role)])
        if not self.capacity:
            return office
        return str(labels.ON_BEHALF[SubstituteKind(self.capacity)]) % {"role": office}

    @property
    def public_note(self) -> str:
        """The act's text as far as the requester may read it."""
        return self.note if self.public and self.content_public else ""

    @property
    def public_actor(self) -> str:
        """Who acted, as the public may know it: an office or a side, never a person."""
        return self.acting_office
