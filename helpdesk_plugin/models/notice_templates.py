"""Preset wordings of notices, with variables that are checked before they are saved."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.fields import RichTextField

from helpdesk_plugin import labels
from helpdesk_plugin.domain.notices import NoticeKind, ServiceState
from helpdesk_plugin.models.notices import RICH_TEXT
from helpdesk_plugin.models.texts import check_placeholders, pieces

#: What a wording may mention. Their values are plain words.
VARIABLES: tuple[str, ...] = ("service", "opd", "state", "start", "end", "agency")

_WORDED = ("title", "title_en", "summary", "summary_en")


class NoticeTemplateQuerySet(models.QuerySet):
    def offered(self, *, emergency: bool = False):
        """Wordings in use; of the emergency line alone, if asked."""
        found = self.filter(active=True)
        return found.filter(emergency=True) if emergency else found


class NoticeTemplate(models.Model):
    """The wording for one kind of event. One for the emergency line is published as it stands."""

    name = models.CharField(_("name of the event"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=labels.choices(labels.NOTICE_KIND),
        default=NoticeKind.DISRUPTION.value,
    )
    state = models.CharField(
        _("state of the services"),
        max_length=16,
        choices=labels.choices(labels.SERVICE_STATE),
        default=ServiceState.MAJOR.value,
    )
    emergency = models.BooleanField(
        _("for the emergency line"),
        default=False,
        help_text=_("A duty officer may publish this wording at once, without an editor."),
    )
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    summary = RichTextField(
        _("what it is about"),
        features=list(RICH_TEXT),
        help_text=_("{service}, {opd}, {state}, {start}, {end} and {agency} are filled in."),
    )
    summary_en = RichTextField(_("what it is about, in English"), features=list(RICH_TEXT), blank=True)
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()
    objects = NoticeTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice wording")
        verbose_name_plural = _("notice wordings")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        for field in _WORDED:
            try:
                check_placeholders(getattr(self, field), VARIABLES)
            except ValidationError as refused:
                raise ValidationError({field: refused.messages}) from None

    def filled(self, field: str, values: Mapping[str, str]) -> str:
        """A text with its variables filled in; values are escaped where the text is rich. "…" for none."""
        text, rich = getattr(self, field), field.startswith("summary")
        parts = []
        for piece in pieces(text, VARIABLES):
            value = (values.get(piece.name) or "…") if piece.name else piece.text
            parts.append(escape(value) if rich and piece.name else value)
        return "".join(parts) if rich else "".join(parts)[:160]
