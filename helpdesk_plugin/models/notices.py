"""Status notices: what is announced to every agency, with its services, its phase and its timeline.

Words are drafted, revised, scheduled and approved by Wagtail. Facts of the notice as a whole (its phase once
it is public, its end, who answers for it) belong to no revision: publishing an older draft must not take a
notice back to a phase that it has left.
"""

import re
from datetime import datetime
from html import unescape

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from helpdesk_plugin import clock, conf, labels
from helpdesk_plugin.domain import notices as rules
from helpdesk_plugin.domain.notices import DatesProblem, NoticeKind, NoticePhase, ServiceState
from helpdesk_plugin.languages import speaks
from helpdesk_plugin.models.notice_querysets import StatusNoticeQuerySet
from helpdesk_plugin.models.previews import NoticePreviews

#: What a mail and a feed can carry.
RICH_TEXT = ("bold", "italic", "ol", "ul", "link")


class StatusNotice(  # type: ignore[misc]
    NoticePreviews,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """A disruption, a planned maintenance or a plain announcement, for all agencies or some.

    All times are UTC. ``phase`` is the stored one; `phase_at` says the phase of a moment. It never says
    which tickets hang on it: that is kept beside it, for officers only.
    """

    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=labels.choices(labels.NOTICE_KIND),
        default=NoticeKind.DISRUPTION.value,
    )
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    summary = RichTextField(
        _("what it is about"),
        features=list(RICH_TEXT),
        help_text=_("What people notice, whom it concerns, what they can do meanwhile. No names of persons."),
    )
    summary_en = RichTextField(_("what it is about, in English"), features=list(RICH_TEXT), blank=True)
    all_opds = models.BooleanField(_("concerns every agency"), default=True)
    opds = ParentalManyToManyField(
        "helpdesk_plugin.Opd", verbose_name=_("agencies concerned"), blank=True, related_name="notices"
    )
    phase = models.CharField(
        _("phase"), max_length=16, blank=True, choices=labels.choices(labels.NOTICE_PHASE)
    )
    starts_at = models.DateTimeField(_("begins"), default=clock.now)
    expected_end = models.DateTimeField(_("expected end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    cause = models.TextField(_("cause, after the fact"), blank=True)
    cause_en = models.TextField(_("cause, in English"), blank=True)
    prevention = models.TextField(_("what prevents it from happening again"), blank=True)
    prevention_en = models.TextField(_("prevention, in English"), blank=True)
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    notify_on_publish = models.BooleanField(
        _("tell subscribers when it is published"),
        default=True,
        help_text=_("Once, at its first publication. Later updates choose for themselves."),
    )

    # Facts of the notice as a whole, which no revision carries
    facts = models.TextField(_("facts stated by an officer"), blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    emergency = models.BooleanField(_("published on the emergency line"), default=False, editable=False)
    review_asked_at = models.DateTimeField(_("review asked for"), null=True, blank=True, editable=False)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    announced_start = models.DateTimeField(null=True, blank=True, editable=False)
    announced_end = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="status_notice")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="status_notice",
        for_concrete_model=False,
    )

    objects = StatusNoticeQuerySet.as_manager()

    #: What `with_content_json` keeps of the stored row, whatever a revision says.
    OF_THE_WHOLE = (
        "facts",
        "ended_at",
        "author_id",
        "emergency",
        "review_asked_at",
        "reviewed_at",
        "reviewed_by_id",
        "announced_start",
        "announced_end",
        "created_at",
    )

    class Meta:
        verbose_name = _("status notice")
        verbose_name_plural = _("status notices")
        ordering = ["-starts_at", "-pk"]
        permissions = [("publish_emergency_statusnotice", "Publish on the emergency line")]
        indexes = [
            models.Index(fields=["live", "starts_at"], name="helpdesk_notice_showing"),
            models.Index(fields=["-starts_at", "-id"], name="helpdesk_notice_newest"),
        ]

    def __str__(self):
        return self.title

    @property
    def revisions(self):
        """The revisions of this notice, as Wagtail asks for them."""
        return self._revisions

    def save(self, *args, **kwargs):
        if not self.phase and not self.first_published_at:
            self.phase = rules.first_phase(NoticeKind(self.kind)) or ""
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        kind = NoticeKind(self.kind)
        problem = rules.problem_with_dates(kind, self.starts_at, self.expected_end)
        if problem:
            raise ValidationError({"expected_end": DATES[problem]})
        if self.phase not in {phase.value for phase in rules.PHASES_OF[kind]}:
            self.phase = rules.first_phase(kind) or ""

    def with_content_json(self, content):
        """The notice as a revision words it; what belongs to no revision is as it is stored now."""
        notice = super().with_content_json(content)
        facts = (*self.OF_THE_WHOLE, *(("phase", "kind") if self.first_published_at else ()))
        stored = StatusNotice.objects.filter(pk=self.pk).values(*facts).first() or {}
        for name, value in stored.items():
            setattr(notice, name, value)
        return notice

    def phase_at(self, now: datetime) -> NoticePhase | None:
        """The phase at a moment; None for announcements. A maintenance goes by its dates."""
        stored = NoticePhase(self.phase) if self.phase else None
        return rules.phase_at(NoticeKind(self.kind), stored, self.starts_at, self.expected_end, now)

    def phase_label_at(self, now: datetime) -> str:
        """The phase at a moment in words; empty for announcements."""
        phase = self.phase_at(now)
        return str(labels.NOTICE_PHASE[phase]) if phase else ""

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended, by what people said or by its dates."""
        ended = self.ended_since(now)
        return ended is not None and ended <= now

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off: its dates say no more than what had been planned."""
        return self.phase == NoticePhase.CANCELLED

    def ended_since(self, now: datetime) -> datetime | None:
        """When it stopped to affect anybody, as far as known at ``now``; None while it goes on."""
        if self.ended_at:
            return self.ended_at
        if self.kind != NoticeKind.DISRUPTION and self.expected_end and self.expected_end <= now:
            return self.expected_end
        return None

    @property
    def worst_state(self) -> ServiceState:
        """The worst state that it gives to a service."""
        return rules.worst(ServiceState(row.state) for row in self.affected_services.all())

    def touches_opd(self, opd) -> bool:
        """Whether it concerns this agency."""
        return self.all_opds or any(own.pk == opd.pk for own in self.opds.all())

    def title_in(self, language: str) -> str:
        """The title in the agency's language, in English for readers of another where there is some."""
        return self._in(language, "title")

    def summary_in(self, language: str) -> str:
        """The rich text in a language, as Wagtail stores it; to be expanded before it is shown."""
        return self._in(language, "summary")

    def cause_in(self, language: str) -> str:
        return self._in(language, "cause")

    def prevention_in(self, language: str) -> str:
        return self._in(language, "prevention")

    def summary_text(self, language: str) -> str:
        """The summary as plain text, a line for each paragraph or list item."""
        return as_plain_text(self.summary_in(language))

    def _in(self, language: str, name: str) -> str:
        english = not speaks(language, conf.content_language()) and getattr(self, f"{name}_en")
        return english or getattr(self, name)


def _link_in_words(link: re.Match) -> str:
    address, words = link[1], link[2]
    shown = address.removeprefix("mailto:")
    return words if strip_tags(words).strip() in {address, shown} else f"{words} ({shown})"


#: What is wrong with dates, in words.
DATES = {
    DatesProblem.END_BEFORE_START: _("The end comes after the beginning."),
    DatesProblem.END_MISSING: _("A maintenance has an expected end, so that agencies can plan."),
}


_LINK = re.compile(r'<a [^>]*?href="((?:https?://|mailto:)[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_BREAK = re.compile(r"(</p>|</[ou]l>|<p\b|<br\b)")


def as_plain_text(rich: str) -> str:
    """Rich text of a notice as plain text: paragraphs and items become lines, links name their address."""
    broken = _BREAK.sub(r"\n\1", _LINK.sub(_link_in_words, rich.replace("<li", "\n• <li")))
    lines = (" ".join(unescape(strip_tags(line)).split()) for line in broken.splitlines())
    return "\n".join(line for line in lines if line and line != "•")
