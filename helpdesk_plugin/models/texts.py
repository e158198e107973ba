"""The wording of messages: the agency's own, with placeholders that are checked before saving."""

import string

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

#: What a message text may mention. Values are plain text, made safe where they are inserted.
PLACEHOLDERS: tuple[str, ...] = (
    "number",
    "agency",
    "service",
    "status",
    "step",
    "note",
    "due",
    "link",
    "code",
    "deadline",
    "opd",
    "priority",
)


def unknown_placeholders(text: str) -> list[str]:
    """Return the placeholders of a text that no message can fill. Raises ValueError on broken braces."""
    fields = (field for _text, field, _spec, _conv in string.Formatter().parse(text) if field is not None)
    return sorted({field for field in fields if field not in PLACEHOLDERS})


class MessageText(models.Model):
    """Subject and body of one kind of message in one language."""

    kind = models.CharField(_("message"), max_length=40)
    language = models.CharField(_("language"), max_length=12, default="id")
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(
        _("text"), help_text=_("Placeholders such as {number}, {link}, {note}, {due} are filled in.")
    )
    confirmed = models.BooleanField(_("confirmed"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("message text")
        verbose_name_plural = _("message texts")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="helpdesk_one_text_a_language")
        ]

    def __str__(self):
        return f"{self.kind} ({self.language})"

    def clean(self):
        super().clean()
        for field in ("subject", "body"):
            self._check_placeholders(field)
        if "\n" in self.subject or "\r" in self.subject:
            raise ValidationError({"subject": _("A subject is one line.")})

    def _check_placeholders(self, field):
        try:
            unknown = unknown_placeholders(getattr(self, field))
        except ValueError:
            raise ValidationError(
                {field: _("A brace is not closed. Write {{ for a literal brace.")}
            ) from None
        if unknown:
            raise ValidationError(
                {field: _("Unknown placeholders: %(names)s.") % {"names": ", ".join(unknown)}}
            )
