"""Which tickets hang on a notice: one event behind many requests. For officers only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin import clock


class NoticeTicket(models.Model):
    """A ticket follows a notice; written at the door, together with its line in the ledger.

    ``lead`` marks the ticket in which the event itself is worked on (the parent incident), at most one.
    """

    notice = models.ForeignKey(
        "helpdesk_plugin.StatusNotice",
        verbose_name=_("notice"),
        on_delete=models.PROTECT,
        related_name="ticket_links",
    )
    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        on_delete=models.PROTECT,
        related_name="notice_links",
    )
    lead = models.BooleanField(_("parent incident"), default=False)
    linked_at = models.DateTimeField(_("linked"), default=clock.now)

    class Meta:
        verbose_name = _("ticket of a notice")
        verbose_name_plural = _("tickets of notices")
        ordering = ["-lead", "linked_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["notice", "ticket"], name="helpdesk_one_link_a_ticket"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(lead=True), name="helpdesk_one_lead_a_notice"
            ),
        ]

    def __str__(self):
        return f"{self.notice}: {self.ticket}"


class ProposalState(models.TextChoices):
    """What became of a proposal. A human always decides."""

    OPEN = "open", _("Open")
    DRAFTED = "drafted", _("Made into a draft")
    DISMISSED = "dismissed", _("Dismissed")


class NoticeProposal(models.Model):
    """Several similar tickets of one service look like one event; somebody should decide.

    A decision is remembered by ``judged_until``, the filing of the newest ticket that it knew of: only
    tickets filed later may make the service propose again.
    """

    service = models.ForeignKey(
        "helpdesk_plugin.Service",
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        related_name="notice_proposals",
    )
    tickets = models.ManyToManyField("helpdesk_plugin.Ticket", verbose_name=_("tickets"), related_name="+")
    state = models.CharField(
        _("state"), max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    judged_until = models.DateTimeField(_("newest ticket filed"))
    created_at = models.DateTimeField(_("created"), default=clock.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    notice = models.ForeignKey(
        "helpdesk_plugin.StatusNotice",
        verbose_name=_("notice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("proposal of a notice")
        verbose_name_plural = _("proposals of notices")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(state=ProposalState.OPEN.value),
                name="helpdesk_one_open_proposal",
            )
        ]

    def __str__(self):
        return f"{self.service} ({self.get_state_display()})"


class NoticeNudge(models.Model):
    """Somebody was reminded of a notice that had stood still since ``since``; once a level."""

    notice = models.ForeignKey(
        "helpdesk_plugin.StatusNotice", on_delete=models.CASCADE, related_name="nudges"
    )
    since = models.DateTimeField()
    level = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["notice", "since", "level"], name="helpdesk_one_nudge_a_level")
        ]

    def __str__(self):
        return f"{self.notice_id}: {self.level}"
