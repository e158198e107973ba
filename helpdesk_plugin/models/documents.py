"""Official documents as they were issued, the signed ones that came back, and who signs.

An issued document is a file that never changes: printed again it is the same bytes. Its SHA-256 stands
beside it and in the register of documents.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import register_setting

from helpdesk_plugin import labels
from helpdesk_plugin.domain.indonesia import InvalidNip, parse_nip
from helpdesk_plugin.domain.numbering import InvalidPattern, validate_pattern
from helpdesk_plugin.domain.papers import DEFAULT_NUMBER_PATTERN, PAPERS, PaperFacts, PaperKind
from helpdesk_plugin.models.attachments import attachment_storage, random_path


class IssuedDocumentQuerySet(models.QuerySet):
    def standing(self):
        """Documents that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def on(self, ticket):
        """The documents of a ticket with all that a screen says of them, newest first. Two queries."""
        found = self.filter(ticket=ticket).select_related("issued_by", "withdrawn_by")
        return found.prefetch_related("signed_copies__by").order_by("-issued_at", "-id")


class IssuedDocument(models.Model):
    """One document as it was issued. ``basis`` names what it documents (a disposition, a solution, a month).

    There is at most one standing document of a kind for one basis; what was wrong is withdrawn with a reason
    and issued anew. ``holds_nip``: a requester's civil servant number is printed on it.
    """

    kind = models.CharField(_("document"), max_length=24, choices=labels.choices(labels.PAPER))
    number = models.CharField(_("number"), max_length=60, blank=True)
    ticket = models.ForeignKey(
        "helpdesk_plugin.Ticket",
        verbose_name=_("ticket"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    event = models.OneToOneField(
        "helpdesk_plugin.TicketEvent",
        verbose_name=_("ledger entry"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="document",
    )
    basis = models.CharField(_("about"), max_length=60)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"))
    template_version = models.CharField(_("version of the template"), max_length=40)
    holds_nip = models.BooleanField(_("shows a civil servant number"), default=False)
    file = models.FileField(_("file"), storage=attachment_storage, upload_to=random_path, max_length=120)
    name = models.CharField(_("file name"), max_length=160)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering = ["-issued_at", "-id"]
        default_permissions = ("view",)
        permissions = [
            ("issue_receipt", "Issue receipts"),
            ("issue_disposition_sheet", "Issue disposition sheets"),
            ("issue_handling_record", "Issue records of handling"),
            ("issue_activity_report", "Issue activity reports"),
            ("issue_security_handover", "Issue hand-over sheets of security matters"),
            ("issue_register", "Issue the register"),
            ("issue_monthly_recap", "Issue monthly recaps"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "ticket", "basis"],
                condition=Q(withdrawn_at=None, ticket__isnull=False),
                name="helpdesk_one_standing_document",
            ),
            models.UniqueConstraint(
                fields=["kind", "basis"],
                condition=Q(withdrawn_at=None, ticket=None),
                name="helpdesk_one_standing_report",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="helpdesk_letter_number_once"
            ),
        ]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="helpdesk_documents_newest")]

    def __str__(self):
        return self.number or f"{self.get_kind_display()} {self.pk}"

    @property
    def what(self) -> PaperKind:
        """The kind as a member of the core's enum."""
        return PaperKind(self.kind)

    @property
    def facts(self) -> PaperFacts:
        return PAPERS[self.what]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class SignedCopy(models.Model):
    """A document that came back signed: a scan of the paper, or a file with an electronic signature."""

    document = models.ForeignKey(
        IssuedDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="signed_copies",
    )
    electronic = models.BooleanField(_("signed electronically"), default=False)
    file = models.FileField(_("file"), storage=attachment_storage, upload_to=random_path, max_length=120)
    name = models.CharField(_("file name"), max_length=160)
    content_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256"], name="helpdesk_signed_copy_once")
        ]

    def __str__(self):
        return self.name


class Signatory(models.Model):
    """How an officer is named below a document: with titles, office, rank and civil servant number."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="helpdesk_signatory",
    )
    name = models.CharField(
        _("name with titles"), max_length=120, help_text=_("As it stands below letters: Budi Contoh, S.Kom.")
    )
    position = models.CharField(
        _("office"),
        max_length=160,
        blank=True,
        help_text=_("As it stands above the signature. Empty: the office of the SOP."),
    )
    rank = models.CharField(
        _("rank"), max_length=80, blank=True, help_text=_("Pangkat and golongan: Penata Tk. I (III/d)")
    )
    nip = models.CharField(
        _("civil servant number (NIP)"),
        max_length=24,
        blank=True,
        validators=[RegexValidator(r"^[0-9 ]*\Z", _("Digits only, with or without spaces."))],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if not self.nip:
            return
        try:
            self.nip = parse_nip(self.nip)
        except InvalidNip as refused:
            raise ValidationError(
                {
                    "nip": _(
                        "A NIP has 18 digits. Check it, or leave it empty for whoever is no civil servant."
                    )
                }
            ) from refused


@register_setting(icon="doc-full", order=30)
class DocumentSettings(BaseGenericSetting):
    """How the agency's official documents are numbered and where they are signed."""

    number_pattern = models.CharField(
        _("letter number"),
        max_length=60,
        default=DEFAULT_NUMBER_PATTERN,
        help_text=_(
            "{urut} is the running number of the year, {urut:3} with three digits; {bulan romawi} and "
            "{tahun} are filled in. All numbered documents share one series without gaps."
        ),
    )
    place = models.CharField(
        _("place of signing"),
        max_length=80,
        blank=True,
        help_text=_("Stands before the date: Kasongan, 22 November 2026"),
    )
    security_team = models.CharField(
        _("receiver of security matters"),
        max_length=160,
        blank=True,
        help_text=_("The team that hand-over sheets are addressed to. Example: Tim Tanggap Insiden Siber"),
    )

    history = HistoricalRecords()

    panels = [FieldPanel("number_pattern"), FieldPanel("place"), FieldPanel("security_team")]

    class Meta:
        verbose_name = _("official documents")

    def clean(self):
        super().clean()
        try:
            validate_pattern(self.number_pattern, for_tickets=False)
        except InvalidPattern as refused:
            raise ValidationError(
                {"number_pattern": _("The pattern needs {tahun} and {urut}, and nothing unknown.")}
            ) from refused
