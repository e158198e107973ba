"""The wording of messages: the agency's own, with placeholders that are checked before saving."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

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
    "watched",
    "survey",
)

_TOKEN = re.compile(r"(\{\{|\}\}|\{[^{}\n]*\})")


class Piece(NamedTuple):
    """A stretch of a text: literal ``text``, or the placeholder called ``name``."""

    text: str
    name: str = ""


def pieces(text: str, names: Collection[str] = PLACEHOLDERS) -> Iterator[Piece]:
    """Take a text apart into literal stretches and placeholders.

    Only ``names`` count, bare between braces; doubled braces are literal ones. Whatever else has braces
    stays as it is written, so that a text can neither fail nor reach further than its values.
    """
    for token in _TOKEN.split(text):
        name = token[1:-1]
        if token in {"{{", "}}"}:
            yield Piece(token[0])
        elif token.startswith("{") and name in names:
            yield Piece(token, name)
        elif token:
            yield Piece(token)


def unknown_placeholders(text: str, names: Collection[str] = PLACEHOLDERS) -> list[str]:
    """Return what stands between braces and is none of ``names``. Raises ValueError on broken braces."""
    unknown = set()
    for token in _TOKEN.split(text):
        if token in {"{{", "}}"}:
            continue
        if token.startswith("{") and token.endswith("}"):
            if token[1:-1] not in names:
                unknown.add(token[1:-1])
        elif "{" in token or "}" in token:
            raise ValueError("a brace stands alone")
    return sorted(unknown)


def check_placeholders(text: str, names: Collection[str] = PLACEHOLDERS) -> None:
    """Raise ValidationError with a sentence unless every brace of a text belongs to one of ``names``."""
    try:
        unknown = unknown_placeholders(text, names)
    except ValueError:
        raise ValidationError(_("A brace is not closed. Write {{ for a literal brace.")) from None
    if unknown:
        raise ValidationError(_("Unknown placeholders: %(names)s.") % {"names": ", ".join(unknown)})


class MessageText(models.Model):
    """Subject and body of one kind of message in one language."""

    kind = models.CharField(_("message"), max_length=40)
    language = models.CharField(_("language"), max_length=12, default="id")
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(
        _("text"),
        help_text=_(
            "Placeholders such as {number}, {link}, {note}, {due} are filled in. A line whose placeholder "
            "has nothing to say is left out."
        ),
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
            check_placeholders(getattr(self, field))
        except ValidationError as refused:
            raise ValidationError({field: refused.messages}) from None
