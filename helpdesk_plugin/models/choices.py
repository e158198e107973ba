"""Small closed vocabularies of stored fields (glossary §2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TicketKind(models.TextChoices):
    INCIDENT = "incident", _("Disruption (incident)")
    REQUEST = "request", _("Service request")


class Category(models.TextChoices):
    """The two branches of SOP step S5, and "either" for services that can be both."""

    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    APPLICATION = "application", _("Application")
    EITHER = "either", _("Infrastructure or application")


class Verdict(models.TextChoices):
    """What verification (SOP step S5) can find."""

    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    APPLICATION = "application", _("Application")


class Channel(models.TextChoices):
    WEB = "web", _("Website")
    WHATSAPP = "whatsapp", _("WhatsApp")
    PHONE = "phone", _("Telephone")
    LETTER = "letter", _("Letter")
    WALK_IN = "walk_in", _("In person")
    EMAIL = "email", _("Email")
    IMPORTED = "imported", _("Former register")


class LetterNature(models.TextChoices):
    ORDINARY = "ordinary", pgettext_lazy("letter nature", "Ordinary")
    URGENT = "urgent", pgettext_lazy("letter nature", "Urgent")
    VERY_URGENT = "very_urgent", pgettext_lazy("letter nature", "Very urgent")
    SECRET = "secret", pgettext_lazy("letter nature", "Secret")


class Instruction(models.TextChoices):
    """The ticks under "with respect, please" on the disposition sheet."""

    ADVISE = "advise", _("Comment and advise")
    PROCESS = "process", _("Process further")
    COORDINATE = "coordinate", _("Coordinate or confirm")


class Outcome(models.TextChoices):
    """Result of recovery on the handling report (SOP step S7)."""

    NORMAL = "normal", _("Back to normal")
    TEMPORARY = "temporary", _("Temporary solution")
    NOT_RECOVERED = "not_recovered", _("Not recovered")


class ClosedHow(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed by the requester")
    SILENCE = "silence", _("No answer within the agreed days")


class AttachmentPurpose(models.TextChoices):
    COVER_LETTER = "cover_letter", _("Covering letter")
    DOCUMENT = "document", _("Required document")
    EVIDENCE = "evidence", _("Attachment")
