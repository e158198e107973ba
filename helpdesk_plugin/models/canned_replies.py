"""Canned replies (jawaban siap pakai): words that the desk says often, kept for the state and the service."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.models.texts import check_placeholders

#: What a canned reply may mention. Neither tracking code nor personal link: a reply is stored and repeated.
VARIABLES: tuple[str, ...] = (
    "name",
    "number",
    "summary",
    "service",
    "opd",
    "status",
    "due",
    "officer",
    "agency",
    "phone",
    "tracking_page",
)


class CannedReplyQuerySet(models.QuerySet):
    def fitting(self, ticket):
        """Those offered on a ticket: its state, its service and its requester's language, or any.

        What was made for the very case stands before what fits everywhere.
        """
        of_state = Q(state="") | Q(state=ticket.status)
        of_service = Q(service=None) | Q(service=ticket.service_id)
        found = self.filter(of_state, of_service, active=True, language=ticket.language)
        return found.order_by(models.F("service").asc(nulls_last=True), "-state", "position", "title")


class CannedReply(models.Model):
    """One reply. An empty state or service means any; variables are filled in from the ticket."""

    title = models.CharField(_("title"), max_length=80, help_text=_("How officers find it; not sent."))
    text = models.TextField(
        _("text"),
        max_length=4000,
        help_text=_(
            "Filled in from the ticket: {name}, {number}, {summary}, {service}, {opd}, {status}, {due}, "
            "{officer}, {agency}, {phone}, {tracking_page}. A line whose variable has nothing to say is "
            "left out."
        ),
    )
    state = models.CharField(
        _("status"),
        max_length=20,
        blank=True,
        choices=labels.choices(labels.STATUS_FOR_STAFF),
        help_text=_("Offered only while the ticket has this status; empty: always."),
    )
    service = models.ForeignKey(
        "helpdesk_plugin.Service",
        verbose_name=_("service"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Offered only on tickets of this service; empty: on all."),
    )
    language = models.CharField(_("language"), max_length=12, default="id")
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    active = models.BooleanField(_("in use"), default=True)

    history = HistoricalRecords()
    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["title", "language"], name="helpdesk_one_reply_a_title")
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        try:
            check_placeholders(self.text, VARIABLES)
        except ValidationError as refused:
            raise ValidationError({"text": refused.messages}) from None
