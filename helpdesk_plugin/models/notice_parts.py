"""What hangs on a status notice: the services that it is about, and the lines of its timeline."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from helpdesk_plugin import clock, conf, labels
from helpdesk_plugin.domain.notices import ServiceState, UpdateNature
from helpdesk_plugin.languages import speaks


class AffectedService(models.Model):
    """A service that a notice is about, and how it is while the notice lasts."""

    notice = ParentalKey(
        "helpdesk_plugin.StatusNotice", on_delete=models.CASCADE, related_name="affected_services"
    )
    service = models.ForeignKey(
        "helpdesk_plugin.Service",
        verbose_name=_("service"),
        on_delete=models.PROTECT,
        related_name="notice_states",
    )
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=labels.choices(labels.SERVICE_STATE),
        default=ServiceState.MAJOR.value,
    )

    class Meta:
        verbose_name = _("affected service")
        verbose_name_plural = _("affected services")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.service}: {self.get_state_display()}"


class AnnouncedStates(models.Model):
    """The states that a public notice gave to its services from ``since`` (UTC) on, until the next row.

    ``states`` holds the state by the service's key; empty: the notice named no service, so it was about all.
    Written when a publication changes them, and never changed: the bars of the status page show how bad a day
    was, not how bad the notice ended.
    """

    notice = models.ForeignKey(
        "helpdesk_plugin.StatusNotice",
        verbose_name=_("notice"),
        on_delete=models.CASCADE,
        related_name="announced_states",
    )
    since = models.DateTimeField(_("since"))
    states = models.JSONField(_("states"), default=dict, blank=True)

    class Meta:
        verbose_name = _("announced states")
        verbose_name_plural = _("announced states")
        ordering = ["since", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.notice_id}: {self.since:%Y-%m-%d %H:%M}"

    def of(self, service) -> str | None:
        """The state that it gave to a service; None if it said nothing of it."""
        return self.states.get(str(service.pk))


class NoticeUpdateQuerySet(models.QuerySet):
    def published(self, now: datetime):
        """What the public timeline shows, newest first."""
        return self.filter(published_at__lte=now).order_by("-published_at", "-pk")

    def due(self, now: datetime):
        """Scheduled updates whose time has come, the oldest first."""
        return self.filter(published_at=None, publish_at__lte=now).order_by("publish_at", "pk")

    def waiting(self):
        """Updates that are written and not public: drafts, and those with a time."""
        return self.filter(published_at=None).order_by("publish_at", "pk")


class NoticeUpdate(models.Model):
    """A line of a notice's timeline. Public from ``published_at`` on; before that a draft or scheduled.

    Words are plain text; the opening has none of its own and speaks with the notice's summary.
    """

    notice = models.ForeignKey(
        "helpdesk_plugin.StatusNotice",
        verbose_name=_("notice"),
        on_delete=models.CASCADE,
        related_name="updates",
    )
    nature = models.CharField(
        _("nature"),
        max_length=12,
        choices=labels.choices(labels.UPDATE_NATURE),
        default=UpdateNature.UPDATE.value,
    )
    phase = models.CharField(
        _("phase"), max_length=16, blank=True, choices=labels.choices(labels.NOTICE_PHASE)
    )
    words = models.TextField(_("what is new"), blank=True)
    words_en = models.TextField(_("what is new, in English"), blank=True)
    notify = models.BooleanField(_("tell subscribers"), default=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), default=clock.now)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = NoticeUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update of a notice")
        verbose_name_plural = _("updates of notices")
        ordering = ["-published_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(nature=UpdateNature.OPENING.value),
                name="helpdesk_one_opening_a_notice",
            )
        ]
        indexes = [models.Index(fields=["publish_at"], name="helpdesk_update_due")]

    def __str__(self):
        return f"{self.notice}: {self.get_nature_display()}"

    def text_in(self, language: str) -> str:
        """The words as plain text: the agency's, or English for readers of another language."""
        if self.nature == UpdateNature.OPENING:
            return self.notice.summary_text(language)
        foreign = not speaks(language, conf.content_language())
        return (foreign and self.words_en) or self.words
