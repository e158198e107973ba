"""What the agency says about itself and how it wants the desk to behave; edited in the admin."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import register_setting
from wagtail.images import get_image_model_string

from helpdesk_plugin import labels
from helpdesk_plugin.domain.numbering import InvalidPattern, validate_pattern
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models.editing import ChoosersForm

PRIVACY_NOTICE = _(
    "Your data (name, agency, contacts and, if given, civil servant number) are used only to handle this "
    "request, are seen by authorised officers, and are kept for {retention}. You may ask to see, correct "
    "or erase them through {contact}."
)


@register_setting(icon="home", order=10)
class AgencyProfile(BaseGenericSetting):
    """The agency's identity. Its name has changed more than once, so it is never a literal."""

    government = models.CharField(_("government"), max_length=160, blank=True)
    name = models.CharField(_("name of the agency"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    whatsapp = models.CharField(_("WhatsApp number"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
    on_call_office = models.CharField(
        _("on call outside service hours"),
        max_length=120,
        blank=True,
        help_text=_("An office or a duty, never a person. Example: Petugas piket Help Desk"),
    )
    on_call_phone = models.CharField(
        _("telephone of the office on call"),
        max_length=40,
        blank=True,
        help_text=_(
            "Shown outside service hours to whoever reports something critical. Empty: it is not shown."
        ),
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    history = HistoricalRecords()

    panels = [
        MultiFieldPanel(
            [FieldPanel("government"), FieldPanel("name"), FieldPanel("short_name"), FieldPanel("logo")],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address", "phone", "whatsapp", "email", "opening_hours")],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("on_call_office"), FieldPanel("on_call_phone")],
            heading=_("Outside service hours"),
        ),
    ]
    base_form_class = ChoosersForm

    class Meta:
        verbose_name = _("agency profile")


@register_setting(icon="cog", order=20)
class HelpDeskSettings(BaseGenericSetting):
    """Choices about the procedure that the SOP leaves to the agency."""

    ticket_number_pattern = models.CharField(
        _("ticket number"),
        max_length=60,
        default="HD-{year}-{seq:6}",
        help_text=_("{year} is the year, {seq:6} the running number with six digits."),
    )
    confirmation_days = models.PositiveSmallIntegerField(
        _("days to confirm"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Working days that the requester has to confirm before a handled ticket may be closed."),
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("days to reopen"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Working days after closing during which the requester may reopen."),
    )
    completion_days = models.PositiveSmallIntegerField(
        _("days to complete"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Working days that the requester has to complete a returned request."),
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("reminder before the end"),
        default=1,
        validators=[MaxValueValidator(30)],
        help_text=_("Working days before such a wait ends that the requester is reminded; 0 for none."),
    )
    survey_days = models.PositiveSmallIntegerField(
        _("days to rate"),
        default=14,
        validators=[MaxValueValidator(90)],
        help_text=_(
            "Calendar days after closing in which the requester may rate the service and change the rating; "
            "0 for no survey."
        ),
    )
    survey_reminder_days = models.PositiveSmallIntegerField(
        _("reminder of the survey of nine elements"),
        default=5,
        db_default=5,  # for code of before, still running while this is migrated
        validators=[MaxValueValidator(60)],
        help_text=_(
            "Working days after the invitation until whoever has not answered is reminded, once; 0 for no "
            "reminder."
        ),
    )
    undo_merge_days = models.PositiveSmallIntegerField(
        _("days to undo a merge"),
        default=5,
        db_default=5,  # for code of before, still running while this is migrated
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Working days in which a merge as duplicate may be undone."),
    )
    third_party_pauses = models.BooleanField(
        _("clock stops while waiting for a third party"),
        default=False,
        help_text=_("Otherwise it runs on, and such waiting is reported separately."),
    )
    daily_digest = models.BooleanField(
        _("daily digest to officers"),
        default=True,
        db_default=True,  # for code of before, still running while this is migrated
        help_text=_(
            "At the start of each working day a mail to every officer whom open tickets concern. Officers "
            "may decline it in their own account."
        ),
    )
    notice_stale_hours = models.PositiveSmallIntegerField(
        _("working hours until a silent notice is remembered"),
        default=4,
        db_default=4,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Working hours without an update after which the author of a notice that is going on is "
            "reminded, and after twice that the editors; 0 for never."
        ),
    )
    notice_similar_tickets = models.PositiveSmallIntegerField(
        _("similar tickets that propose a notice"),
        default=5,
        db_default=5,
        validators=[MinValueValidator(2), MaxValueValidator(100)],
        help_text=_("So many disruptions of one service within the window below look like one event."),
    )
    notice_similar_minutes = models.PositiveSmallIntegerField(
        _("window for similar tickets (minutes)"),
        default=60,
        db_default=60,
        validators=[MinValueValidator(5), MaxValueValidator(1440)],
        help_text=_("Minutes by the clock, working hours or not."),
    )
    emergency_up_to = models.PositiveSmallIntegerField(
        _("emergency line open up to"),
        default=Priority.P1.value,
        db_default=Priority.P1.value,
        choices=labels.choices(labels.PRIORITY),
        help_text=_("Only events of this priority or a higher one may be published without an editor."),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months kept"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("The longest that the privacy notice promises; no rule of retention may keep longer."),
    )
    retention_runs = models.BooleanField(
        _("make old tickets anonymous by themselves"),
        default=False,
        db_default=False,  # for code of before, still running while this is migrated
        help_text=_(
            "Done by the scheduler, by the rules of retention that are in use. Look at the preview first: "
            "what is taken out cannot be brought back."
        ),
    )
    privacy_notice = models.TextField(
        _("privacy notice"),
        blank=True,
        help_text=_("Empty: the built-in notice. {retention} and {contact} are filled in."),
    )
    privacy_version = models.PositiveSmallIntegerField(
        _("version of the privacy notice"),
        default=1,
        help_text=_("Raise it when the notice changes; every ticket keeps the version that was read."),
    )

    history = HistoricalRecords()

    panels = [
        FieldPanel("ticket_number_pattern"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("confirmation_days", "reopen_days", "completion_days", "reminder_days")
            ],
            heading=_("Agreed days"),
        ),
        FieldPanel("survey_days"),
        FieldPanel("survey_reminder_days"),
        FieldPanel("undo_merge_days"),
        FieldPanel("third_party_pauses"),
        FieldPanel("daily_digest"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "notice_stale_hours",
                    "notice_similar_tickets",
                    "notice_similar_minutes",
                    "emergency_up_to",
                )
            ],
            heading=_("Status notices"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("retention_months", "retention_runs", "privacy_notice", "privacy_version")
            ],
            heading=_("Privacy"),
        ),
    ]

    class Meta:
        verbose_name = _("help desk settings")

    def clean(self):
        super().clean()
        try:
            validate_pattern(self.ticket_number_pattern)
        except InvalidPattern as refused:
            raise ValidationError(
                {"ticket_number_pattern": _("The pattern needs {year} and {seq:6}, and nothing unknown.")}
            ) from refused
        longest = apps.get_model("helpdesk_plugin", "RetentionRule").longest()  # rules refer to this promise
        if longest and self.retention_months and self.retention_months < longest:
            told = _("A rule of retention keeps data for %(n)d months. Shorten the rule first.")
            raise ValidationError({"retention_months": told % {"n": longest}})
