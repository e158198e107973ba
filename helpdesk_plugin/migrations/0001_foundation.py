import datetime
import uuid
from decimal import Decimal

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.fields
import simple_history.models
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

import helpdesk_plugin.clock
import helpdesk_plugin.models.access
import helpdesk_plugin.models.attachments
import helpdesk_plugin.models.previews
import helpdesk_plugin.models.sign_in
import helpdesk_plugin.models.staging


class Migration(migrations.Migration):
    initial = True

    # Databases of before know these names; what they did is all here.
    replaces = [
        ("helpdesk_plugin", "0001_initial"),
        ("helpdesk_plugin", "0002_setup_record"),
        ("helpdesk_plugin", "0003_outbox_resends"),
        ("helpdesk_plugin", "0004_kept_files"),
        ("helpdesk_plugin", "0005_clock_and_step_records"),
        ("helpdesk_plugin", "0006_delegations"),
        ("helpdesk_plugin", "0007_disposition_that_follows"),
        ("helpdesk_plugin", "0008_warnings"),
        ("helpdesk_plugin", "0009_kept_deadlines"),
        ("helpdesk_plugin", "0010_assignment_wished_by"),
        ("helpdesk_plugin", "0011_service_standards"),
        ("helpdesk_plugin", "0012_service_questions"),
        ("helpdesk_plugin", "0013_daily_digest"),
        ("helpdesk_plugin", "0014_following_tickets"),
        ("helpdesk_plugin", "0015_status_notices"),
        ("helpdesk_plugin", "0016_work_log"),
        ("helpdesk_plugin", "0017_canned_replies"),
        ("helpdesk_plugin", "0018_outcome_of_main_tickets"),
        ("helpdesk_plugin", "0019_official_documents"),
        ("helpdesk_plugin", "0020_knowledge"),
        ("helpdesk_plugin", "0021_parents_and_undone_merges"),
        ("helpdesk_plugin", "0022_security_lane_and_heartbeats"),
        ("helpdesk_plugin", "0023_subscriptions"),
        ("helpdesk_plugin", "0024_notices_and_tickets"),
        ("helpdesk_plugin", "0025_teams_and_own_lists"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0094_alter_page_locale"),
        migrations.swappable_dependency(get_image_model_string()),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="fingerprint"),
                ),
                ("content", models.JSONField(editable=False, verbose_name="content")),
                ("made_at", models.DateTimeField(editable=False, verbose_name="made at")),
            ],
            options={
                "verbose_name": "calendar edition",
                "verbose_name_plural": "calendar editions",
                "ordering": ["-made_at", "-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DigestDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="date")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "day of digests",
                "verbose_name_plural": "days of digests",
                "ordering": ["-day"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DocumentSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number_pattern",
                    models.CharField(
                        default="555/{urut}/DISKOMINFO/{bulan romawi}/{tahun}",
                        help_text="{urut} is the running number of the year, {urut:3} with three digits; {bulan romawi} and {tahun} are filled in. All numbered documents share one series without gaps.",
                        max_length=60,
                        verbose_name="letter number",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Stands before the date: Kasongan, 22 November 2026",
                        max_length=80,
                        verbose_name="place of signing",
                    ),
                ),
                (
                    "security_team",
                    models.CharField(
                        blank=True,
                        help_text="The team that hand-over sheets are addressed to. Example: Tim Tanggap Insiden Siber",
                        max_length=160,
                        verbose_name="receiver of security matters",
                    ),
                ),
            ],
            options={
                "verbose_name": "official documents",
            },
        ),
        migrations.CreateModel(
            name="EvidenceItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("text", models.CharField(max_length=300, unique=True, verbose_name="what to do")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "line of the evidence checklist",
                "verbose_name_plural": "evidence checklist",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "program",
                    models.CharField(
                        choices=[
                            ("tick", "Scheduler (helpdesk_tick)"),
                            ("deliver", "Delivery of messages (helpdesk_deliver)"),
                            ("worker", "Worker (db_worker)"),
                            ("backup", "Backup (helpdesk_backed_up)"),
                        ],
                        max_length=16,
                        unique=True,
                        verbose_name="program",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "condition of the help desk",
                "verbose_name_plural": "condition of the help desk",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HelpDeskSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ticket_number_pattern",
                    models.CharField(
                        default="HD-{year}-{seq:6}",
                        help_text="{year} is the year, {seq:6} the running number with six digits.",
                        max_length=60,
                        verbose_name="ticket number",
                    ),
                ),
                (
                    "confirmation_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Working days that the requester has to confirm before a handled ticket may be closed.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to confirm",
                    ),
                ),
                (
                    "reopen_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Working days after closing during which the requester may reopen.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to reopen",
                    ),
                ),
                (
                    "completion_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Working days that the requester has to complete a returned request.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to complete",
                    ),
                ),
                (
                    "reminder_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Working days before such a wait ends that the requester is reminded; 0 for none.",
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="reminder before the end",
                    ),
                ),
                (
                    "survey_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="Calendar days after closing in which the requester may rate the service and change the rating; 0 for no survey.",
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="days to rate",
                    ),
                ),
                (
                    "undo_merge_days",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        help_text="Working days in which a merge as duplicate may be undone.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to undo a merge",
                    ),
                ),
                (
                    "third_party_pauses",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise it runs on, and such waiting is reported separately.",
                        verbose_name="clock stops while waiting for a third party",
                    ),
                ),
                (
                    "daily_digest",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="At the start of each working day a mail to every officer whom open tickets concern. Officers may decline it in their own account.",
                        verbose_name="daily digest to officers",
                    ),
                ),
                (
                    "notice_stale_hours",
                    models.PositiveSmallIntegerField(
                        db_default=4,
                        default=4,
                        help_text="Working hours without an update after which the author of a notice that is going on is reminded, and after twice that the editors; 0 for never.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="working hours until a silent notice is remembered",
                    ),
                ),
                (
                    "notice_similar_tickets",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        help_text="So many disruptions of one service within the window below look like one event.",
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="similar tickets that propose a notice",
                    ),
                ),
                (
                    "notice_similar_minutes",
                    models.PositiveSmallIntegerField(
                        db_default=60,
                        default=60,
                        help_text="Minutes by the clock, working hours or not.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="window for similar tickets (minutes)",
                    ),
                ),
                (
                    "emergency_up_to",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        db_default=1,
                        default=1,
                        help_text="Only events of this priority or a higher one may be published without an editor.",
                        verbose_name="emergency line open up to",
                    ),
                ),
                (
                    "retention_months",
                    models.PositiveSmallIntegerField(
                        default=24,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="months kept",
                    ),
                ),
                (
                    "privacy_notice",
                    models.TextField(
                        blank=True,
                        help_text="Empty: the built-in notice. {retention} and {contact} are filled in.",
                        verbose_name="privacy notice",
                    ),
                ),
                (
                    "privacy_version",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Raise it when the notice changes; every ticket keeps the version that was read.",
                        verbose_name="version of the privacy notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "help desk settings",
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="date")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "National holiday"),
                            ("joint_leave", "Joint leave"),
                            ("local", "Local holiday"),
                        ],
                        default="local",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "holiday",
                "verbose_name_plural": "holidays",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="NoticeTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name of the event")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("disruption", "Disruption"),
                            ("maintenance", "Planned maintenance"),
                            ("announcement", "Announcement"),
                        ],
                        default="disruption",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("operational", "Operational"),
                            ("degraded", "Degraded"),
                            ("partial", "Partial outage"),
                            ("major", "Major outage"),
                            ("maintenance", "Under maintenance"),
                        ],
                        default="major",
                        max_length=16,
                        verbose_name="state of the services",
                    ),
                ),
                (
                    "emergency",
                    models.BooleanField(
                        default=False,
                        help_text="A duty officer may publish this wording at once, without an editor.",
                        verbose_name="for the emergency line",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="title in English")),
                (
                    "summary",
                    wagtail.fields.RichTextField(
                        help_text="{service}, {opd}, {state}, {start}, {end} and {agency} are filled in.",
                        verbose_name="what it is about",
                    ),
                ),
                (
                    "summary_en",
                    wagtail.fields.RichTextField(blank=True, verbose_name="what it is about, in English"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="offered")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "notice wording",
                "verbose_name_plural": "notice wordings",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="OfficerPreferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="helpdesk_preferences",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "daily_digest",
                    models.BooleanField(
                        default=True,
                        help_text="At the start of a working day: what waits for you, what is due today, what is late.",
                        verbose_name="Daily digest by email",
                    ),
                ),
            ],
            options={
                "verbose_name": "preferences of an officer",
                "verbose_name_plural": "preferences of officers",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Opd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(max_length=80, verbose_name="short name")),
                ("kind", models.CharField(blank=True, max_length=32, verbose_name="kind")),
                (
                    "verified",
                    models.BooleanField(
                        default=False,
                        help_text="Checked against the regency's current list.",
                        verbose_name="name verified",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("active", models.BooleanField(default=True, verbose_name="may file requests")),
            ],
            options={
                "verbose_name": "agency (OPD)",
                "verbose_name_plural": "agencies (OPD)",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="PriorityTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        unique=True,
                        verbose_name="priority",
                    ),
                ),
                (
                    "response_minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="first response (working minutes)",
                    ),
                ),
                (
                    "assignment_minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="disposition and assignment (working minutes)",
                    ),
                ),
                (
                    "recovery_minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="recovery (working minutes)",
                    ),
                ),
                (
                    "update_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: only when something changes.",
                        null=True,
                        verbose_name="update to the requester every (working minutes)",
                    ),
                ),
                (
                    "around_the_clock",
                    models.BooleanField(
                        default=False,
                        help_text="For priorities with people on call: every minute counts, holidays included.",
                        verbose_name="counted around the clock",
                    ),
                ),
                (
                    "disposition_may_follow",
                    models.BooleanField(
                        default=False,
                        help_text="Work may begin after triage; disposition and examination are still demanded later.",
                        verbose_name="disposition may follow",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "service-level target",
                "verbose_name_plural": "service-level targets",
                "ordering": ["priority"],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("infrastructure", "Infrastructure"),
                            ("application", "Application"),
                            ("either", "Infrastructure or application"),
                        ],
                        default="either",
                        max_length=16,
                        verbose_name="group",
                    ),
                ),
                (
                    "usual_kind",
                    models.CharField(
                        choices=[("incident", "Disruption (incident)"), ("request", "Service request")],
                        default="incident",
                        max_length=16,
                        verbose_name="usual kind",
                    ),
                ),
                (
                    "default_impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Wide"), (2, "Medium"), (3, "Limited")],
                        default=3,
                        verbose_name="default impact",
                    ),
                ),
                (
                    "default_urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "High"), (2, "Medium"), (3, "Low")],
                        default=3,
                        verbose_name="default urgency",
                    ),
                ),
                (
                    "recovery_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Overrides the target of the priority. Empty: the matrix decides. 450 = one working day.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="own recovery target (working minutes)",
                    ),
                ),
                (
                    "is_security",
                    models.BooleanField(
                        default=False,
                        help_text="Tickets are confidential and never below P2.",
                        verbose_name="information security",
                    ),
                ),
                (
                    "letter_rule",
                    models.CharField(
                        choices=[
                            ("by_kind", "Required for service requests, may follow for incidents"),
                            ("always", "Always required"),
                            ("never", "Not required"),
                        ],
                        default="by_kind",
                        max_length=16,
                        verbose_name="covering letter",
                    ),
                ),
                (
                    "hint",
                    models.TextField(
                        blank=True,
                        help_text="Shown to the requester above the description.",
                        verbose_name="what to mention",
                    ),
                ),
                (
                    "self_check",
                    models.TextField(
                        blank=True,
                        help_text="One question a line, shown before the form.",
                        verbose_name="self-check before reporting",
                    ),
                ),
                (
                    "product",
                    models.TextField(
                        blank=True,
                        help_text="Product of the service, for its public standard. Empty: the output of the procedure.",
                        verbose_name="what the agency gets",
                    ),
                ),
                (
                    "search_words",
                    models.CharField(
                        blank=True,
                        help_text="Other words that people use for it, such as “wifi lemot, hotspot”.",
                        max_length=300,
                        verbose_name="also found by",
                    ),
                ),
                (
                    "central_operator",
                    models.CharField(
                        blank=True,
                        help_text="Who runs the national application; the agency can only help and forward.",
                        max_length=120,
                        verbose_name="central operator",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="offered")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Until confirmed, screens say “proposed, not yet approved”.",
                        verbose_name="confirmed",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "verbose_name_plural": "services",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="SetupRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                ("note", models.CharField(blank=True, max_length=80, verbose_name="note")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ],
            options={
                "verbose_name": "setup record",
                "verbose_name_plural": "setup records",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SopVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="name of the SOP")),
                ("document_number", models.CharField(blank=True, max_length=120, verbose_name="SOP number")),
                ("made_on", models.CharField(blank=True, max_length=60, verbose_name="date made")),
                ("revised_on", models.CharField(blank=True, max_length=60, verbose_name="date revised")),
                ("effective_on", models.CharField(blank=True, max_length=60, verbose_name="date effective")),
                ("approved_by", models.CharField(blank=True, max_length=200, verbose_name="approved by")),
                ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                ("qualifications", models.TextField(blank=True, verbose_name="qualifications of performers")),
                ("related", models.TextField(blank=True, verbose_name="related procedures")),
                ("equipment", models.TextField(blank=True, verbose_name="equipment")),
                ("warning", models.TextField(blank=True, verbose_name="warning")),
                ("records", models.TextField(blank=True, verbose_name="records kept")),
                ("in_force_from", models.DateField(verbose_name="in force from")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "SOP version",
                "verbose_name_plural": "SOP versions",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="date")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
            ],
            options={
                "verbose_name": "special day",
                "verbose_name_plural": "special days",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="StagedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_key", models.UUIDField(db_index=True)),
                ("slot", models.CharField(max_length=40)),
                (
                    "file",
                    models.FileField(
                        max_length=120,
                        storage=helpdesk_plugin.models.attachments.attachment_storage,
                        upload_to=helpdesk_plugin.models.staging.staged_path,
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("cover_letter", "Covering letter"),
                            ("document", "Required document"),
                            ("evidence", "Attachment"),
                        ],
                        default="evidence",
                        max_length=16,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "kept file",
                "verbose_name_plural": "kept files",
                "ordering": ["id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="ticket number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("incident", "Disruption (incident)"), ("request", "Service request")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("requester_name", models.CharField(max_length=120, verbose_name="requester")),
                ("requester_unit", models.CharField(max_length=160, verbose_name="unit and location")),
                ("requester_phone", models.CharField(max_length=20, verbose_name="mobile / WhatsApp number")),
                ("requester_email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "requester_nip",
                    models.CharField(blank=True, max_length=18, verbose_name="civil servant number (NIP)"),
                ),
                ("summary", models.CharField(max_length=160, verbose_name="summary")),
                ("description", models.TextField(max_length=20000, verbose_name="description")),
                ("occurred_at", models.DateTimeField(blank=True, null=True, verbose_name="happened at")),
                (
                    "who_affected",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("me", "Only me"),
                            ("room", "One room"),
                            ("office", "One office"),
                            ("several_offices", "Several offices"),
                            ("public", "The public"),
                        ],
                        max_length=16,
                        verbose_name="who is affected",
                    ),
                ),
                (
                    "alternative",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("limited", "Limited"), ("no", "No")],
                        max_length=16,
                        verbose_name="another way to work",
                    ),
                ),
                ("wished_date", models.DateField(blank=True, null=True, verbose_name="wished date")),
                ("letter_number", models.CharField(blank=True, max_length=120, verbose_name="letter number")),
                ("letter_date", models.DateField(blank=True, null=True, verbose_name="letter date")),
                (
                    "letter_subject",
                    models.CharField(blank=True, max_length=200, verbose_name="letter subject"),
                ),
                (
                    "answers",
                    models.JSONField(
                        blank=True, default=list, verbose_name="answers to the service's questions"
                    ),
                ),
                (
                    "language",
                    models.CharField(default="id", max_length=12, verbose_name="language of messages"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Website"),
                            ("whatsapp", "WhatsApp"),
                            ("phone", "Telephone"),
                            ("letter", "Letter"),
                            ("walk_in", "In person"),
                            ("email", "Email"),
                        ],
                        default="web",
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                (
                    "privacy_version",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="privacy notice version"
                    ),
                ),
                ("submission_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("submission_digest", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Wide"), (2, "Medium"), (3, "Limited")],
                        null=True,
                        verbose_name="impact",
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "High"), (2, "Medium"), (3, "Low")],
                        null=True,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        default=4,
                        verbose_name="priority",
                    ),
                ),
                (
                    "priority_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for another priority"),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("infrastructure", "Infrastructure"), ("application", "Application")],
                        max_length=16,
                        verbose_name="verified as",
                    ),
                ),
                ("security_flag", models.BooleanField(default=False, verbose_name="information security")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "New"),
                            ("returned", "Returned"),
                            ("triaged", "Awaiting disposition"),
                            ("disposed", "Disposed"),
                            ("assigned", "Awaiting verification"),
                            ("diagnosing", "Diagnosis"),
                            ("recovering", "Recovery"),
                            ("waiting_requester", "Waiting for requester"),
                            ("waiting_third_party", "Waiting for third party"),
                            ("resolved", "Awaiting confirmation"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("merged", "Duplicate"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("status_since", models.DateTimeField(verbose_name="in this status since")),
                ("held_from", models.CharField(blank=True, max_length=20, verbose_name="held from status")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                (
                    "first_response_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first response"),
                ),
                (
                    "ran_ahead",
                    models.BooleanField(default=False, verbose_name="begun before the disposition"),
                ),
                (
                    "disposed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="disposition given"),
                ),
                (
                    "examined_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="disposition examined"),
                ),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="handled")),
                ("informed_at", models.DateTimeField(blank=True, null=True, verbose_name="agency informed")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "closed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed by the requester"),
                            ("silence", "No answer within the agreed days"),
                        ],
                        max_length=16,
                        verbose_name="closed how",
                    ),
                ),
                ("promise", models.JSONField(blank=True, default=dict, verbose_name="promise")),
                ("response_due_at", models.DateTimeField(blank=True, null=True, verbose_name="respond by")),
                (
                    "response_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("met", "In time"), ("missed", "Late")],
                        max_length=8,
                        verbose_name="first response in time",
                    ),
                ),
                ("recovery_due_at", models.DateTimeField(blank=True, null=True, verbose_name="recover by")),
                (
                    "recovery_warn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="at risk from"),
                ),
                (
                    "recovery_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("met", "In time"), ("missed", "Late")],
                        max_length=8,
                        verbose_name="recovery in time",
                    ),
                ),
                (
                    "clock_used",
                    models.DurationField(default=datetime.timedelta, verbose_name="working time used"),
                ),
                (
                    "clock_running_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="clock running since"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last change")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "calendar_edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="helpdesk_plugin.calendaredition",
                        verbose_name="calendar edition",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="helpdesk_plugin.ticket",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="helpdesk_plugin.opd",
                        verbose_name="agency (OPD)",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="helpdesk_plugin.ticket",
                        verbose_name="parent ticket",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "sop_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="helpdesk_plugin.sopversion",
                        verbose_name="SOP version",
                    ),
                ),
            ],
            options={
                "verbose_name": "ticket",
                "verbose_name_plural": "tickets",
                "ordering": ["-submitted_at", "-id"],
                "permissions": [
                    ("submit_ticket", "Register a request for someone"),
                    ("return_ticket", "Return for completion"),
                    ("resubmit_ticket", "Send a completed request on behalf of the requester"),
                    ("triage_ticket", "Accept and prioritise"),
                    ("dispose_ticket", "Give disposition"),
                    ("examine_ticket", "Examine and assign"),
                    ("send_back_ticket", "Send back to the head of agency"),
                    ("start_ahead_ticket", "Begin before the disposition"),
                    ("dispose_late_ticket", "Give a disposition that follows"),
                    ("examine_late_ticket", "Examine a disposition that followed"),
                    ("verify_ticket", "Verify the kind of disruption"),
                    ("diagnose_ticket", "Record the diagnosis"),
                    ("resolve_ticket", "Record recovery and solution"),
                    ("inform_ticket", "Inform the agency"),
                    ("confirm_ticket", "Record the requester's confirmation"),
                    ("not_fixed_ticket", "Record that it is not fixed"),
                    ("close_ticket", "Close"),
                    ("reopen_ticket", "Reopen"),
                    ("hold_requester_ticket", "Wait for the requester"),
                    ("hold_third_party_ticket", "Wait for a third party"),
                    ("resume_ticket", "Resume work"),
                    ("reject_ticket", "Reject"),
                    ("merge_ticket", "Merge as duplicate"),
                    ("unmerge_ticket", "Undo a merge"),
                    ("link_ticket", "Make a ticket the child of another"),
                    ("unlink_ticket", "Part a ticket from its parent"),
                    ("progress_ticket", "Add progress updates"),
                    ("reply_ticket", "Reply to the requester"),
                    ("note_ticket", "Add internal notes"),
                    ("attach_ticket", "Attach files"),
                    ("take_ticket", "Take"),
                    ("hand_over_ticket", "Hand over to other officers"),
                    ("amend_ticket", "Correct data"),
                    ("recount_ticket", "Count deadlines by the present calendar"),
                    ("contact_ticket", "Record calls to the requester"),
                    ("work_ticket", "Log work and parts"),
                    ("document_ticket", "Handle official documents"),
                    ("write_up_ticket", "Draft a knowledge article"),
                    ("follow_notice_ticket", "Link with a notice"),
                    ("unfollow_notice_ticket", "Unlink from a notice"),
                    ("export_ticket", "Export tickets"),
                    ("view_security_ticket", "See tickets about information security"),
                    ("view_nip_ticket", "See civil servant numbers in full"),
                ],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="WorkingRegime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Hours with dates come before those without; among equals the highest rank applies.",
                        verbose_name="rank",
                    ),
                ),
                ("closed_on_holidays", models.BooleanField(default=True, verbose_name="closed on holidays")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "working hours",
                "verbose_name_plural": "working hours",
                "ordering": ["first_day", "name"],
            },
        ),
        migrations.CreateModel(
            name="AgencyProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("government", models.CharField(blank=True, max_length=160, verbose_name="government")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the agency")),
                ("short_name", models.CharField(blank=True, max_length=80, verbose_name="short name")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("whatsapp", models.CharField(blank=True, max_length=40, verbose_name="WhatsApp number")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                ("opening_hours", models.TextField(blank=True, verbose_name="opening hours")),
                (
                    "on_call_office",
                    models.CharField(
                        blank=True,
                        help_text="An office or a duty, never a person. Example: Petugas piket Help Desk",
                        max_length=120,
                        verbose_name="on call outside service hours",
                    ),
                ),
                (
                    "on_call_phone",
                    models.CharField(
                        blank=True,
                        help_text="Shown outside service hours to whoever reports something critical. Empty: it is not shown.",
                        max_length=40,
                        verbose_name="telephone of the office on call",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo",
                    ),
                ),
            ],
            options={
                "verbose_name": "agency profile",
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                        ],
                        max_length=24,
                        verbose_name="office",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plh", "Acting by the day (Plh.)"),
                            ("plt", "Acting in a vacant office (Plt.)"),
                        ],
                        default="plh",
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "letter_number",
                    models.CharField(blank=True, max_length=120, verbose_name="number of the order"),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty when the office is vacant.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person replaced",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="substitute",
                    ),
                ),
            ],
            options={
                "verbose_name": "substitute (Plh/Plt)",
                "verbose_name_plural": "substitutes (Plh/Plt)",
                "ordering": ["-first_day", "-id"],
            },
        ),
        migrations.CreateModel(
            name="EscalationLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("response", "First response"),
                            ("recovery", "Recovery"),
                            ("step", "Step of the SOP"),
                        ],
                        max_length=12,
                        verbose_name="watched",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="percent used",
                    ),
                ),
                (
                    "to_holder",
                    models.BooleanField(default=True, verbose_name="tell whoever holds the ticket"),
                ),
                ("to_role_up", models.BooleanField(default=False, verbose_name="tell the next office up")),
                ("to_requester", models.BooleanField(default=False, verbose_name="tell the requester")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "warning level",
                "verbose_name_plural": "warning levels",
                "ordering": ["subject", "percent"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "percent"), name="helpdesk_one_level_a_percentage"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgencyProfile",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("government", models.CharField(blank=True, max_length=160, verbose_name="government")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the agency")),
                ("short_name", models.CharField(blank=True, max_length=80, verbose_name="short name")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("whatsapp", models.CharField(blank=True, max_length=40, verbose_name="WhatsApp number")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                ("opening_hours", models.TextField(blank=True, verbose_name="opening hours")),
                (
                    "on_call_office",
                    models.CharField(
                        blank=True,
                        help_text="An office or a duty, never a person. Example: Petugas piket Help Desk",
                        max_length=120,
                        verbose_name="on call outside service hours",
                    ),
                ),
                (
                    "on_call_phone",
                    models.CharField(
                        blank=True,
                        help_text="Shown outside service hours to whoever reports something critical. Empty: it is not shown.",
                        max_length=40,
                        verbose_name="telephone of the office on call",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="logo",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agency profile",
                "verbose_name_plural": "historical agency profiles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDelegation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                        ],
                        max_length=24,
                        verbose_name="office",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plh", "Acting by the day (Plh.)"),
                            ("plt", "Acting in a vacant office (Plt.)"),
                        ],
                        default="plh",
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "letter_number",
                    models.CharField(blank=True, max_length=120, verbose_name="number of the order"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty when the office is vacant.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person replaced",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="substitute",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical substitute (Plh/Plt)",
                "verbose_name_plural": "historical substitutes (Plh/Plt)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocumentSettings",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "number_pattern",
                    models.CharField(
                        default="555/{urut}/DISKOMINFO/{bulan romawi}/{tahun}",
                        help_text="{urut} is the running number of the year, {urut:3} with three digits; {bulan romawi} and {tahun} are filled in. All numbered documents share one series without gaps.",
                        max_length=60,
                        verbose_name="letter number",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Stands before the date: Kasongan, 22 November 2026",
                        max_length=80,
                        verbose_name="place of signing",
                    ),
                ),
                (
                    "security_team",
                    models.CharField(
                        blank=True,
                        help_text="The team that hand-over sheets are addressed to. Example: Tim Tanggap Insiden Siber",
                        max_length=160,
                        verbose_name="receiver of security matters",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical official documents",
                "verbose_name_plural": "historical official documentss",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEscalationLevel",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("response", "First response"),
                            ("recovery", "Recovery"),
                            ("step", "Step of the SOP"),
                        ],
                        max_length=12,
                        verbose_name="watched",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="percent used",
                    ),
                ),
                (
                    "to_holder",
                    models.BooleanField(default=True, verbose_name="tell whoever holds the ticket"),
                ),
                ("to_role_up", models.BooleanField(default=False, verbose_name="tell the next office up")),
                ("to_requester", models.BooleanField(default=False, verbose_name="tell the requester")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical warning level",
                "verbose_name_plural": "historical warning levels",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvidenceItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("text", models.CharField(db_index=True, max_length=300, verbose_name="what to do")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical line of the evidence checklist",
                "verbose_name_plural": "historical evidence checklist",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHelpDeskSettings",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "ticket_number_pattern",
                    models.CharField(
                        default="HD-{year}-{seq:6}",
                        help_text="{year} is the year, {seq:6} the running number with six digits.",
                        max_length=60,
                        verbose_name="ticket number",
                    ),
                ),
                (
                    "confirmation_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Working days that the requester has to confirm before a handled ticket may be closed.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to confirm",
                    ),
                ),
                (
                    "reopen_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Working days after closing during which the requester may reopen.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to reopen",
                    ),
                ),
                (
                    "completion_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Working days that the requester has to complete a returned request.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to complete",
                    ),
                ),
                (
                    "reminder_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Working days before such a wait ends that the requester is reminded; 0 for none.",
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="reminder before the end",
                    ),
                ),
                (
                    "survey_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="Calendar days after closing in which the requester may rate the service and change the rating; 0 for no survey.",
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="days to rate",
                    ),
                ),
                (
                    "undo_merge_days",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        help_text="Working days in which a merge as duplicate may be undone.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to undo a merge",
                    ),
                ),
                (
                    "third_party_pauses",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise it runs on, and such waiting is reported separately.",
                        verbose_name="clock stops while waiting for a third party",
                    ),
                ),
                (
                    "daily_digest",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="At the start of each working day a mail to every officer whom open tickets concern. Officers may decline it in their own account.",
                        verbose_name="daily digest to officers",
                    ),
                ),
                (
                    "notice_stale_hours",
                    models.PositiveSmallIntegerField(
                        db_default=4,
                        default=4,
                        help_text="Working hours without an update after which the author of a notice that is going on is reminded, and after twice that the editors; 0 for never.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="working hours until a silent notice is remembered",
                    ),
                ),
                (
                    "notice_similar_tickets",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        help_text="So many disruptions of one service within the window below look like one event.",
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="similar tickets that propose a notice",
                    ),
                ),
                (
                    "notice_similar_minutes",
                    models.PositiveSmallIntegerField(
                        db_default=60,
                        default=60,
                        help_text="Minutes by the clock, working hours or not.",
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="window for similar tickets (minutes)",
                    ),
                ),
                (
                    "emergency_up_to",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        db_default=1,
                        default=1,
                        help_text="Only events of this priority or a higher one may be published without an editor.",
                        verbose_name="emergency line open up to",
                    ),
                ),
                (
                    "retention_months",
                    models.PositiveSmallIntegerField(
                        default=24,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="months kept",
                    ),
                ),
                (
                    "privacy_notice",
                    models.TextField(
                        blank=True,
                        help_text="Empty: the built-in notice. {retention} and {contact} are filled in.",
                        verbose_name="privacy notice",
                    ),
                ),
                (
                    "privacy_version",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Raise it when the notice changes; every ticket keeps the version that was read.",
                        verbose_name="version of the privacy notice",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical help desk settings",
                "verbose_name_plural": "historical help desk settingss",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHoliday",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("day", models.DateField(db_index=True, verbose_name="date")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "National holiday"),
                            ("joint_leave", "Joint leave"),
                            ("local", "Local holiday"),
                        ],
                        default="local",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical holiday",
                "verbose_name_plural": "historical holidays",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMessageText",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="message")),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                (
                    "body",
                    models.TextField(
                        help_text="Placeholders such as {number}, {link}, {note}, {due} are filled in. A line whose placeholder has nothing to say is left out.",
                        verbose_name="text",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical message text",
                "verbose_name_plural": "historical message texts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNoticeTemplate",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name of the event")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("disruption", "Disruption"),
                            ("maintenance", "Planned maintenance"),
                            ("announcement", "Announcement"),
                        ],
                        default="disruption",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("operational", "Operational"),
                            ("degraded", "Degraded"),
                            ("partial", "Partial outage"),
                            ("major", "Major outage"),
                            ("maintenance", "Under maintenance"),
                        ],
                        default="major",
                        max_length=16,
                        verbose_name="state of the services",
                    ),
                ),
                (
                    "emergency",
                    models.BooleanField(
                        default=False,
                        help_text="A duty officer may publish this wording at once, without an editor.",
                        verbose_name="for the emergency line",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="title in English")),
                (
                    "summary",
                    wagtail.fields.RichTextField(
                        help_text="{service}, {opd}, {state}, {start}, {end} and {agency} are filled in.",
                        verbose_name="what it is about",
                    ),
                ),
                (
                    "summary_en",
                    wagtail.fields.RichTextField(blank=True, verbose_name="what it is about, in English"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="offered")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical notice wording",
                "verbose_name_plural": "historical notice wordings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOpd",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("code", models.CharField(db_index=True, max_length=32, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(max_length=80, verbose_name="short name")),
                ("kind", models.CharField(blank=True, max_length=32, verbose_name="kind")),
                (
                    "verified",
                    models.BooleanField(
                        default=False,
                        help_text="Checked against the regency's current list.",
                        verbose_name="name verified",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("active", models.BooleanField(default=True, verbose_name="may file requests")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agency (OPD)",
                "verbose_name_plural": "historical agencies (OPD)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPriorityRule",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Wide"), (2, "Medium"), (3, "Limited")], verbose_name="impact"
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "High"), (2, "Medium"), (3, "Low")], verbose_name="urgency"
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        verbose_name="priority",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical priority rule",
                "verbose_name_plural": "historical priority matrix",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPriorityTarget",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        db_index=True,
                        verbose_name="priority",
                    ),
                ),
                (
                    "response_minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="first response (working minutes)",
                    ),
                ),
                (
                    "assignment_minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="disposition and assignment (working minutes)",
                    ),
                ),
                (
                    "recovery_minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="recovery (working minutes)",
                    ),
                ),
                (
                    "update_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: only when something changes.",
                        null=True,
                        verbose_name="update to the requester every (working minutes)",
                    ),
                ),
                (
                    "around_the_clock",
                    models.BooleanField(
                        default=False,
                        help_text="For priorities with people on call: every minute counts, holidays included.",
                        verbose_name="counted around the clock",
                    ),
                ),
                (
                    "disposition_may_follow",
                    models.BooleanField(
                        default=False,
                        help_text="Work may begin after triage; disposition and examination are still demanded later.",
                        verbose_name="disposition may follow",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical service-level target",
                "verbose_name_plural": "historical service-level targets",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalService",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("code", models.CharField(db_index=True, max_length=16, verbose_name="code")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("infrastructure", "Infrastructure"),
                            ("application", "Application"),
                            ("either", "Infrastructure or application"),
                        ],
                        default="either",
                        max_length=16,
                        verbose_name="group",
                    ),
                ),
                (
                    "usual_kind",
                    models.CharField(
                        choices=[("incident", "Disruption (incident)"), ("request", "Service request")],
                        default="incident",
                        max_length=16,
                        verbose_name="usual kind",
                    ),
                ),
                (
                    "default_impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Wide"), (2, "Medium"), (3, "Limited")],
                        default=3,
                        verbose_name="default impact",
                    ),
                ),
                (
                    "default_urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "High"), (2, "Medium"), (3, "Low")],
                        default=3,
                        verbose_name="default urgency",
                    ),
                ),
                (
                    "recovery_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Overrides the target of the priority. Empty: the matrix decides. 450 = one working day.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="own recovery target (working minutes)",
                    ),
                ),
                (
                    "is_security",
                    models.BooleanField(
                        default=False,
                        help_text="Tickets are confidential and never below P2.",
                        verbose_name="information security",
                    ),
                ),
                (
                    "letter_rule",
                    models.CharField(
                        choices=[
                            ("by_kind", "Required for service requests, may follow for incidents"),
                            ("always", "Always required"),
                            ("never", "Not required"),
                        ],
                        default="by_kind",
                        max_length=16,
                        verbose_name="covering letter",
                    ),
                ),
                (
                    "hint",
                    models.TextField(
                        blank=True,
                        help_text="Shown to the requester above the description.",
                        verbose_name="what to mention",
                    ),
                ),
                (
                    "self_check",
                    models.TextField(
                        blank=True,
                        help_text="One question a line, shown before the form.",
                        verbose_name="self-check before reporting",
                    ),
                ),
                (
                    "product",
                    models.TextField(
                        blank=True,
                        help_text="Product of the service, for its public standard. Empty: the output of the procedure.",
                        verbose_name="what the agency gets",
                    ),
                ),
                (
                    "search_words",
                    models.CharField(
                        blank=True,
                        help_text="Other words that people use for it, such as “wifi lemot, hotspot”.",
                        max_length=300,
                        verbose_name="also found by",
                    ),
                ),
                (
                    "central_operator",
                    models.CharField(
                        blank=True,
                        help_text="Who runs the national application; the agency can only help and forward.",
                        max_length=120,
                        verbose_name="central operator",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="offered")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "confirmed",
                    models.BooleanField(
                        default=False,
                        help_text="Until confirmed, screens say “proposed, not yet approved”.",
                        verbose_name="confirmed",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical service",
                "verbose_name_plural": "historical services",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSignatory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As it stands below letters: Budi Contoh, S.Kom.",
                        max_length=120,
                        verbose_name="name with titles",
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        help_text="As it stands above the signature. Empty: the office of the SOP.",
                        max_length=160,
                        verbose_name="office",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        help_text="Pangkat and golongan: Penata Tk. I (III/d)",
                        max_length=80,
                        verbose_name="rank",
                    ),
                ),
                (
                    "nip",
                    models.CharField(
                        blank=True,
                        max_length=24,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9 ]*\\Z", "Digits only, with or without spaces."
                            )
                        ],
                        verbose_name="civil servant number (NIP)",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical signatory",
                "verbose_name_plural": "historical signatories",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSopVersion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.PositiveIntegerField(db_index=True, verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="name of the SOP")),
                ("document_number", models.CharField(blank=True, max_length=120, verbose_name="SOP number")),
                ("made_on", models.CharField(blank=True, max_length=60, verbose_name="date made")),
                ("revised_on", models.CharField(blank=True, max_length=60, verbose_name="date revised")),
                ("effective_on", models.CharField(blank=True, max_length=60, verbose_name="date effective")),
                ("approved_by", models.CharField(blank=True, max_length=200, verbose_name="approved by")),
                ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                ("qualifications", models.TextField(blank=True, verbose_name="qualifications of performers")),
                ("related", models.TextField(blank=True, verbose_name="related procedures")),
                ("equipment", models.TextField(blank=True, verbose_name="equipment")),
                ("warning", models.TextField(blank=True, verbose_name="warning")),
                ("records", models.TextField(blank=True, verbose_name="records kept")),
                ("in_force_from", models.DateField(verbose_name="in force from")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical SOP version",
                "verbose_name_plural": "historical SOP versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSpecialDay",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("day", models.DateField(db_index=True, verbose_name="date")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical special day",
                "verbose_name_plural": "historical special days",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTeam",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[("infrastructure", "Infrastructure"), ("application", "Application")],
                        help_text="Looks after every service of this group. Empty: only after the services named below.",
                        max_length=16,
                        verbose_name="group",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical team",
                "verbose_name_plural": "historical teams",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalWorkingRegime",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Hours with dates come before those without; among equals the highest rank applies.",
                        verbose_name="rank",
                    ),
                ),
                ("closed_on_holidays", models.BooleanField(default=True, verbose_name="closed on holidays")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical working hours",
                "verbose_name_plural": "historical working hours",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="KeptDeadlines",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="helpdesk_plugin.calendaredition",
                        verbose_name="calendar edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadlines left as they were",
                "verbose_name_plural": "deadlines left as they were",
                "ordering": ["-at", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MessageText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="message")),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                (
                    "body",
                    models.TextField(
                        help_text="Placeholders such as {number}, {link}, {note}, {due} are filled in. A line whose placeholder has nothing to say is left out.",
                        verbose_name="text",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "message text",
                "verbose_name_plural": "message texts",
                "ordering": ["kind", "language"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "language"), name="helpdesk_one_text_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last", models.PositiveBigIntegerField(default=0, verbose_name="last number")),
            ],
            options={
                "verbose_name": "number series",
                "verbose_name_plural": "number series",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "year"), name="helpdesk_one_series_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOpdContact",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        help_text="The sign-in link to “My tickets” is sent there; it must be a person's own.",
                        max_length=254,
                        verbose_name="email",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                (
                    "last_day",
                    models.DateField(
                        blank=True,
                        help_text="Empty: until further notice.",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.opd",
                        verbose_name="agency (OPD)",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical contact of an agency (PIC)",
                "verbose_name_plural": "historical contacts of agencies (PIC)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PriorityRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Wide"), (2, "Medium"), (3, "Limited")], verbose_name="impact"
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "High"), (2, "Medium"), (3, "Low")], verbose_name="urgency"
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        verbose_name="priority",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "priority rule",
                "verbose_name_plural": "priority matrix",
                "ordering": ["impact", "urgency"],
                "constraints": [
                    models.UniqueConstraint(fields=("impact", "urgency"), name="helpdesk_one_rule_a_cell")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        unique=True,
                        verbose_name="role",
                    ),
                ),
                (
                    "granted",
                    models.JSONField(
                        default=list,
                        editable=False,
                        help_text="Permissions that setup has granted once; it never grants them again, so that what the agency took away stays away.",
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpdesk_role",
                        to="auth.group",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
            },
        ),
        migrations.CreateModel(
            name="RequiredDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="document")),
                (
                    "required",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise it may follow later.",
                        verbose_name="required with the form",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "service",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="helpdesk_plugin.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "required document",
                "verbose_name_plural": "required documents",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalServiceQuestion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("label", models.CharField(max_length=160, verbose_name="question")),
                ("help_text", models.CharField(blank=True, max_length=300, verbose_name="help")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "Short text"),
                            ("paragraph", "Long text"),
                            ("one", "One choice"),
                            ("several", "Several choices"),
                            ("yes_no", "Yes or no"),
                            ("date", "Date"),
                            ("number", "Number"),
                        ],
                        default="line",
                        max_length=16,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "options",
                    models.TextField(
                        blank=True,
                        help_text="One a line; only for choices.",
                        max_length=3600,
                        verbose_name="answers to choose from",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "asked_for",
                    models.CharField(
                        choices=[
                            ("both", "Disruptions and service requests"),
                            ("incident", "Disruptions only"),
                            ("request", "Service requests only"),
                        ],
                        default="both",
                        max_length=16,
                        verbose_name="asked for",
                    ),
                ),
                (
                    "stop_answers",
                    models.TextField(
                        blank=True,
                        help_text="One a line, exactly as above; for yes or no: Ya or Tidak. Such a question is asked first.",
                        max_length=3600,
                        verbose_name="answers that lead elsewhere",
                    ),
                ),
                (
                    "stop_text",
                    models.TextField(
                        blank=True,
                        help_text="What the requester reads after such an answer.",
                        max_length=1000,
                        verbose_name="where to go instead",
                    ),
                ),
                (
                    "stop_link",
                    models.CharField(
                        blank=True,
                        help_text="Example: https://www.lapor.go.id",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address of that place",
                    ),
                ),
                (
                    "stop_blocks",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise the requester reads the advice and may send all the same.",
                        verbose_name="nothing can be sent after such an answer",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical question of a service",
                "verbose_name_plural": "historical questions of services",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRequiredDocument",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="document")),
                (
                    "required",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise it may follow later.",
                        verbose_name="required with the form",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical required document",
                "verbose_name_plural": "historical required documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCannedReply",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="How officers find it; not sent.", max_length=80, verbose_name="title"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Filled in from the ticket: {name}, {number}, {summary}, {service}, {opd}, {status}, {due}, {officer}, {agency}, {phone}, {tracking_page}. A line whose variable has nothing to say is left out.",
                        max_length=4000,
                        verbose_name="text",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submitted", "New"),
                            ("returned", "Returned"),
                            ("triaged", "Awaiting disposition"),
                            ("disposed", "Disposed"),
                            ("assigned", "Awaiting verification"),
                            ("diagnosing", "Diagnosis"),
                            ("recovering", "Recovery"),
                            ("waiting_requester", "Waiting for requester"),
                            ("waiting_third_party", "Waiting for third party"),
                            ("resolved", "Awaiting confirmation"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("merged", "Duplicate"),
                        ],
                        help_text="Offered only while the ticket has this status; empty: always.",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Offered only on tickets of this service; empty: on all.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical canned reply",
                "verbose_name_plural": "historical canned replies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ServiceQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=160, verbose_name="question")),
                ("help_text", models.CharField(blank=True, max_length=300, verbose_name="help")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "Short text"),
                            ("paragraph", "Long text"),
                            ("one", "One choice"),
                            ("several", "Several choices"),
                            ("yes_no", "Yes or no"),
                            ("date", "Date"),
                            ("number", "Number"),
                        ],
                        default="line",
                        max_length=16,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "options",
                    models.TextField(
                        blank=True,
                        help_text="One a line; only for choices.",
                        max_length=3600,
                        verbose_name="answers to choose from",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "asked_for",
                    models.CharField(
                        choices=[
                            ("both", "Disruptions and service requests"),
                            ("incident", "Disruptions only"),
                            ("request", "Service requests only"),
                        ],
                        default="both",
                        max_length=16,
                        verbose_name="asked for",
                    ),
                ),
                (
                    "stop_answers",
                    models.TextField(
                        blank=True,
                        help_text="One a line, exactly as above; for yes or no: Ya or Tidak. Such a question is asked first.",
                        max_length=3600,
                        verbose_name="answers that lead elsewhere",
                    ),
                ),
                (
                    "stop_text",
                    models.TextField(
                        blank=True,
                        help_text="What the requester reads after such an answer.",
                        max_length=1000,
                        verbose_name="where to go instead",
                    ),
                ),
                (
                    "stop_link",
                    models.CharField(
                        blank=True,
                        help_text="Example: https://www.lapor.go.id",
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="address of that place",
                    ),
                ),
                (
                    "stop_blocks",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise the requester reads the advice and may send all the same.",
                        verbose_name="nothing can be sent after such an answer",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                (
                    "service",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a service",
                "verbose_name_plural": "questions of services",
                "ordering": ["position", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Signatory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As it stands below letters: Budi Contoh, S.Kom.",
                        max_length=120,
                        verbose_name="name with titles",
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        help_text="As it stands above the signature. Empty: the office of the SOP.",
                        max_length=160,
                        verbose_name="office",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        help_text="Pangkat and golongan: Penata Tk. I (III/d)",
                        max_length=80,
                        verbose_name="rank",
                    ),
                ),
                (
                    "nip",
                    models.CharField(
                        blank=True,
                        max_length=24,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9 ]*\\Z", "Digits only, with or without spaces."
                            )
                        ],
                        verbose_name="civil servant number (NIP)",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpdesk_signatory",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "signatory",
                "verbose_name_plural": "signatories",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="email")),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                (
                    "nonce",
                    models.BinaryField(default=helpdesk_plugin.models.sign_in.fresh_nonce, max_length=16),
                ),
                (
                    "key_id",
                    models.CharField(default=helpdesk_plugin.models.access.newest_key_id, max_length=12),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="visit ends")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="signed out at")),
            ],
            options={
                "verbose_name": "sign-in link",
                "verbose_name_plural": "sign-in links",
                "default_permissions": (),
                "indexes": [models.Index(fields=["requested_at"], name="helpdesk_sign_in_age")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStepStandard",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("code", models.CharField(max_length=4, verbose_name="step")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=80, verbose_name="short name")),
                ("activity", models.TextField(verbose_name="activity")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("requester", "Requesting agency"),
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        verbose_name="performer",
                    ),
                ),
                (
                    "role_note",
                    models.CharField(blank=True, max_length=160, verbose_name="note on the performer"),
                ),
                ("requirements", models.TextField(blank=True, verbose_name="requirements")),
                ("output", models.TextField(blank=True, verbose_name="output")),
                (
                    "minutes_p1",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P1"),
                ),
                (
                    "minutes_p2",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P2"),
                ),
                (
                    "minutes_p3",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P3"),
                ),
                (
                    "minutes_p4",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P4"),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.sopversion",
                        verbose_name="SOP version",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical step standard",
                "verbose_name_plural": "historical step standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StatusNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("disruption", "Disruption"),
                            ("maintenance", "Planned maintenance"),
                            ("announcement", "Announcement"),
                        ],
                        default="disruption",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="title in English")),
                (
                    "summary",
                    wagtail.fields.RichTextField(
                        help_text="What people notice, whom it concerns, what they can do meanwhile. No names of persons.",
                        verbose_name="what it is about",
                    ),
                ),
                (
                    "summary_en",
                    wagtail.fields.RichTextField(blank=True, verbose_name="what it is about, in English"),
                ),
                ("all_opds", models.BooleanField(default=True, verbose_name="concerns every agency")),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("investigating", "Investigating"),
                            ("identified", "Cause identified"),
                            ("monitoring", "Monitoring"),
                            ("resolved", "Resolved"),
                            ("scheduled", "Scheduled"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="phase",
                    ),
                ),
                ("starts_at", models.DateTimeField(default=helpdesk_plugin.clock.now, verbose_name="begins")),
                ("expected_end", models.DateTimeField(blank=True, null=True, verbose_name="expected end")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended"),
                ),
                ("cause", models.TextField(blank=True, verbose_name="cause, after the fact")),
                ("cause_en", models.TextField(blank=True, verbose_name="cause, in English")),
                (
                    "prevention",
                    models.TextField(blank=True, verbose_name="what prevents it from happening again"),
                ),
                ("prevention_en", models.TextField(blank=True, verbose_name="prevention, in English")),
                (
                    "notify_on_publish",
                    models.BooleanField(
                        default=True,
                        help_text="Once, at its first publication. Later updates choose for themselves.",
                        verbose_name="tell subscribers when it is published",
                    ),
                ),
                (
                    "facts",
                    models.TextField(blank=True, editable=False, verbose_name="facts stated by an officer"),
                ),
                (
                    "emergency",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="published on the emergency line"
                    ),
                ),
                (
                    "review_asked_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="review asked for"
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reviewed"),
                ),
                ("announced_start", models.DateTimeField(blank=True, editable=False, null=True)),
                ("announced_end", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=helpdesk_plugin.clock.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="picture",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "opds",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        related_name="notices",
                        to="helpdesk_plugin.opd",
                        verbose_name="agencies concerned",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "status notice",
                "verbose_name_plural": "status notices",
                "ordering": ["-starts_at", "-pk"],
                "permissions": [("publish_emergency_statusnotice", "Publish on the emergency line")],
            },
            bases=(
                helpdesk_plugin.models.previews.NoticePreviews,
                wagtail.models.preview.PreviewableMixin,
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="NoticeUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("opening", "Published"),
                            ("update", "Update"),
                            ("rescheduled", "Rescheduled"),
                        ],
                        default="update",
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("investigating", "Investigating"),
                            ("identified", "Cause identified"),
                            ("monitoring", "Monitoring"),
                            ("resolved", "Resolved"),
                            ("scheduled", "Scheduled"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="phase",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="what is new")),
                ("words_en", models.TextField(blank=True, verbose_name="what is new, in English")),
                ("notify", models.BooleanField(default=True, verbose_name="tell subscribers")),
                ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="publish at")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "created_at",
                    models.DateTimeField(default=helpdesk_plugin.clock.now, verbose_name="created"),
                ),
                ("key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="updates",
                        to="helpdesk_plugin.statusnotice",
                        verbose_name="notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "update of a notice",
                "verbose_name_plural": "updates of notices",
                "ordering": ["-published_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NoticeSubscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="email")),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("form", "Asked for on the status page"),
                            ("ticket", "Filed a ticket that follows the notice"),
                        ],
                        default="form",
                        max_length=8,
                        verbose_name="origin",
                    ),
                ),
                ("all_services", models.BooleanField(default=True, verbose_name="all services")),
                (
                    "nonce",
                    models.BinaryField(default=helpdesk_plugin.models.sign_in.fresh_nonce, max_length=16),
                ),
                (
                    "key_id",
                    models.CharField(default=helpdesk_plugin.models.access.newest_key_id, max_length=12),
                ),
                ("confirm_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("manage_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("confirm_until", models.DateTimeField(verbose_name="to be confirmed until")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("unsubscribed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "opd",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: notices about any agency.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="helpdesk_plugin.opd",
                        verbose_name="agency (OPD)",
                    ),
                ),
                (
                    "services",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="helpdesk_plugin.service", verbose_name="services"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set: this notice alone is followed.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="helpdesk_plugin.statusnotice",
                        verbose_name="notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription to notices",
                "verbose_name_plural": "subscriptions to notices",
                "ordering": ["-requested_at", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NoticeNudge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("level", models.CharField(max_length=8)),
                ("at", models.DateTimeField(default=helpdesk_plugin.clock.now)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nudges",
                        to="helpdesk_plugin.statusnotice",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AffectedService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("operational", "Operational"),
                            ("degraded", "Degraded"),
                            ("partial", "Partial outage"),
                            ("major", "Major outage"),
                            ("maintenance", "Under maintenance"),
                        ],
                        default="major",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_states",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "notice",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affected_services",
                        to="helpdesk_plugin.statusnotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "affected service",
                "verbose_name_plural": "affected services",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StepStandard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=4, verbose_name="step")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=80, verbose_name="short name")),
                ("activity", models.TextField(verbose_name="activity")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("requester", "Requesting agency"),
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        verbose_name="performer",
                    ),
                ),
                (
                    "role_note",
                    models.CharField(blank=True, max_length=160, verbose_name="note on the performer"),
                ),
                ("requirements", models.TextField(blank=True, verbose_name="requirements")),
                ("output", models.TextField(blank=True, verbose_name="output")),
                (
                    "minutes_p1",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P1"),
                ),
                (
                    "minutes_p2",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P2"),
                ),
                (
                    "minutes_p3",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P3"),
                ),
                (
                    "minutes_p4",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="working minutes, P4"),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("confirmed", models.BooleanField(default=False, verbose_name="confirmed")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="helpdesk_plugin.sopversion",
                        verbose_name="SOP version",
                    ),
                ),
            ],
            options={
                "verbose_name": "step standard",
                "verbose_name_plural": "step standards",
                "ordering": ["version", "position"],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[("infrastructure", "Infrastructure"), ("application", "Application")],
                        help_text="Looks after every service of this group. Empty: only after the services named below.",
                        max_length=16,
                        verbose_name="group",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True,
                        help_text="They are suggested first where a ticket of these services is assigned.",
                        related_name="helpdesk_teams",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="members",
                    ),
                ),
                (
                    "services",
                    models.ManyToManyField(
                        blank=True,
                        related_name="teams",
                        to="helpdesk_plugin.service",
                        verbose_name="services",
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTeam_services",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="helpdesk_plugin.historicalteam",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.service",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalTeam_services",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTeam_members",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="helpdesk_plugin.historicalteam",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalTeam_members",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="TicketSearchText",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="helpdesk_plugin.ticket",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "search text",
                "verbose_name_plural": "search texts",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StepRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=4, verbose_name="step")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("requester", "Requesting agency"),
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        verbose_name="performer",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left")),
                ("pauses", models.JSONField(blank=True, default=list, verbose_name="pauses")),
                (
                    "standard_minutes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="standard (working minutes)"
                    ),
                ),
                ("worked", models.DurationField(blank=True, null=True, verbose_name="working time")),
                (
                    "acting_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("requester", "Requesting agency"),
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        verbose_name="acted as",
                    ),
                ),
                ("capacity", models.CharField(blank=True, max_length=80, verbose_name="acting capacity")),
                (
                    "completed",
                    models.BooleanField(
                        default=False,
                        help_text="Left by its own act, not sent back, rejected or merged.",
                        verbose_name="completed",
                    ),
                ),
                ("documents", models.JSONField(blank=True, default=dict, verbose_name="documents")),
                ("output", models.TextField(blank=True, verbose_name="output")),
                ("late", models.BooleanField(default=False, verbose_name="late")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for lateness"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_records",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "step record",
                "verbose_name_plural": "step records",
                "ordering": ["entered_at", "id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="NoticeTicket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lead", models.BooleanField(default=False, verbose_name="parent incident")),
                ("linked_at", models.DateTimeField(default=helpdesk_plugin.clock.now, verbose_name="linked")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticket_links",
                        to="helpdesk_plugin.statusnotice",
                        verbose_name="notice",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_links",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "ticket of a notice",
                "verbose_name_plural": "tickets of notices",
                "ordering": ["-lead", "linked_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NoticeProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("drafted", "Made into a draft"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("judged_until", models.DateTimeField(verbose_name="newest ticket filed")),
                (
                    "created_at",
                    models.DateTimeField(default=helpdesk_plugin.clock.now, verbose_name="created"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_proposals",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="helpdesk_plugin.statusnotice",
                        verbose_name="notice",
                    ),
                ),
                (
                    "tickets",
                    models.ManyToManyField(
                        related_name="+", to="helpdesk_plugin.ticket", verbose_name="tickets"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal of a notice",
                "verbose_name_plural": "proposals of notices",
                "ordering": ["-created_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("page", models.CharField(max_length=40, verbose_name="what was opened")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a confidential ticket",
                "verbose_name_plural": "looks at confidential tickets",
                "ordering": ["-at", "-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalTicket",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("number", models.CharField(db_index=True, max_length=40, verbose_name="ticket number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("incident", "Disruption (incident)"), ("request", "Service request")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("requester_name", models.CharField(max_length=120, verbose_name="requester")),
                ("requester_unit", models.CharField(max_length=160, verbose_name="unit and location")),
                ("requester_phone", models.CharField(max_length=20, verbose_name="mobile / WhatsApp number")),
                ("requester_email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "requester_nip",
                    models.CharField(blank=True, max_length=18, verbose_name="civil servant number (NIP)"),
                ),
                ("summary", models.CharField(max_length=160, verbose_name="summary")),
                ("description", models.TextField(max_length=20000, verbose_name="description")),
                ("occurred_at", models.DateTimeField(blank=True, null=True, verbose_name="happened at")),
                (
                    "who_affected",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("me", "Only me"),
                            ("room", "One room"),
                            ("office", "One office"),
                            ("several_offices", "Several offices"),
                            ("public", "The public"),
                        ],
                        max_length=16,
                        verbose_name="who is affected",
                    ),
                ),
                (
                    "alternative",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("limited", "Limited"), ("no", "No")],
                        max_length=16,
                        verbose_name="another way to work",
                    ),
                ),
                ("wished_date", models.DateField(blank=True, null=True, verbose_name="wished date")),
                ("letter_number", models.CharField(blank=True, max_length=120, verbose_name="letter number")),
                ("letter_date", models.DateField(blank=True, null=True, verbose_name="letter date")),
                (
                    "letter_subject",
                    models.CharField(blank=True, max_length=200, verbose_name="letter subject"),
                ),
                (
                    "answers",
                    models.JSONField(
                        blank=True, default=list, verbose_name="answers to the service's questions"
                    ),
                ),
                (
                    "language",
                    models.CharField(default="id", max_length=12, verbose_name="language of messages"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Website"),
                            ("whatsapp", "WhatsApp"),
                            ("phone", "Telephone"),
                            ("letter", "Letter"),
                            ("walk_in", "In person"),
                            ("email", "Email"),
                        ],
                        default="web",
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                (
                    "privacy_version",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="privacy notice version"
                    ),
                ),
                ("submission_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("submission_digest", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Wide"), (2, "Medium"), (3, "Limited")],
                        null=True,
                        verbose_name="impact",
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "High"), (2, "Medium"), (3, "Low")],
                        null=True,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Medium"), (4, "P4 Low")],
                        default=4,
                        verbose_name="priority",
                    ),
                ),
                (
                    "priority_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for another priority"),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("infrastructure", "Infrastructure"), ("application", "Application")],
                        max_length=16,
                        verbose_name="verified as",
                    ),
                ),
                ("security_flag", models.BooleanField(default=False, verbose_name="information security")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "New"),
                            ("returned", "Returned"),
                            ("triaged", "Awaiting disposition"),
                            ("disposed", "Disposed"),
                            ("assigned", "Awaiting verification"),
                            ("diagnosing", "Diagnosis"),
                            ("recovering", "Recovery"),
                            ("waiting_requester", "Waiting for requester"),
                            ("waiting_third_party", "Waiting for third party"),
                            ("resolved", "Awaiting confirmation"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("merged", "Duplicate"),
                        ],
                        default="submitted",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("status_since", models.DateTimeField(verbose_name="in this status since")),
                ("held_from", models.CharField(blank=True, max_length=20, verbose_name="held from status")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                (
                    "first_response_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first response"),
                ),
                (
                    "ran_ahead",
                    models.BooleanField(default=False, verbose_name="begun before the disposition"),
                ),
                (
                    "disposed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="disposition given"),
                ),
                (
                    "examined_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="disposition examined"),
                ),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="handled")),
                ("informed_at", models.DateTimeField(blank=True, null=True, verbose_name="agency informed")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "closed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed by the requester"),
                            ("silence", "No answer within the agreed days"),
                        ],
                        max_length=16,
                        verbose_name="closed how",
                    ),
                ),
                ("promise", models.JSONField(blank=True, default=dict, verbose_name="promise")),
                ("response_due_at", models.DateTimeField(blank=True, null=True, verbose_name="respond by")),
                (
                    "response_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("met", "In time"), ("missed", "Late")],
                        max_length=8,
                        verbose_name="first response in time",
                    ),
                ),
                ("recovery_due_at", models.DateTimeField(blank=True, null=True, verbose_name="recover by")),
                (
                    "recovery_warn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="at risk from"),
                ),
                (
                    "recovery_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("met", "In time"), ("missed", "Late")],
                        max_length=8,
                        verbose_name="recovery in time",
                    ),
                ),
                (
                    "clock_used",
                    models.DurationField(default=datetime.timedelta, verbose_name="working time used"),
                ),
                (
                    "clock_running_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="clock running since"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "calendar_edition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.calendaredition",
                        verbose_name="calendar edition",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.opd",
                        verbose_name="agency (OPD)",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "sop_version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.sopversion",
                        verbose_name="SOP version",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.ticket",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="helpdesk_plugin.ticket",
                        verbose_name="parent ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical ticket",
                "verbose_name_plural": "historical tickets",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed ticket",
                "verbose_name_plural": "followed tickets",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TicketAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nonce", models.BinaryField(default=helpdesk_plugin.models.access.new_nonce, max_length=16)),
                (
                    "key_id",
                    models.CharField(default=helpdesk_plugin.models.access.newest_key_id, max_length=12),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "tracking key",
                "verbose_name_plural": "tracking keys",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TicketEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("submit", "Request submitted"),
                            ("return", "Returned for completion"),
                            ("resubmit", "Completed and sent again"),
                            ("triage", "Accepted and prioritised"),
                            ("dispose", "Disposition given"),
                            ("examine", "Examined and assigned"),
                            ("send_back", "Sent back to the head of agency"),
                            ("start_ahead", "Work begun, disposition to follow"),
                            ("dispose_late", "Disposition given after work had begun"),
                            ("examine_late", "Disposition examined after work had begun"),
                            ("verify", "Kind of disruption verified"),
                            ("diagnose", "Diagnosis recorded"),
                            ("resolve", "Service recovered"),
                            ("inform", "Agency informed"),
                            ("confirm", "Confirmed as fixed"),
                            ("not_fixed", "Reported as not fixed"),
                            ("close", "Ticket closed"),
                            ("reopen", "Ticket reopened"),
                            ("hold_requester", "Waiting for the requester"),
                            ("hold_third_party", "Waiting for a third party"),
                            ("resume", "Work resumed"),
                            ("answer", "Answer received"),
                            ("reject", "Request rejected"),
                            ("cancel", "Request cancelled"),
                            ("merge", "Merged with another ticket"),
                            ("unmerge", "Merge undone"),
                            ("progress", "Progress update"),
                            ("reply", "Reply"),
                            ("note", "Internal note"),
                            ("attach", "Files attached"),
                            ("take", "Ticket taken"),
                            ("hand_over", "Handed over"),
                            ("amend", "Data corrected"),
                            ("recount", "Deadlines counted by the present calendar"),
                            ("warn", "Warning sent"),
                            ("remind", "Requester reminded"),
                            ("rate", "Service rated"),
                            ("contact", "Requester contacted"),
                            ("work", "Work logged"),
                            ("main_handled", "Handled in the main ticket"),
                            ("main_ended", "The main ticket ended without handling"),
                            ("document", "Official document"),
                            ("link", "Made the child of another ticket"),
                            ("unlink", "Parted from its parent ticket"),
                            ("write_up", "Knowledge article drafted"),
                            ("follow_notice", "Linked with a notice"),
                            ("unfollow_notice", "Unlinked from a notice"),
                        ],
                        max_length=24,
                        verbose_name="act",
                    ),
                ),
                ("sop_code", models.CharField(max_length=4, verbose_name="SOP step")),
                (
                    "party",
                    models.CharField(
                        choices=[("staff", "Officer"), ("requester", "Requester"), ("system", "System")],
                        max_length=12,
                        verbose_name="side",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("requester", "Requesting agency"),
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                ("capacity", models.CharField(blank=True, max_length=80, verbose_name="acting capacity")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submitted", "New"),
                            ("returned", "Returned"),
                            ("triaged", "Awaiting disposition"),
                            ("disposed", "Disposed"),
                            ("assigned", "Awaiting verification"),
                            ("diagnosing", "Diagnosis"),
                            ("recovering", "Recovery"),
                            ("waiting_requester", "Waiting for requester"),
                            ("waiting_third_party", "Waiting for third party"),
                            ("resolved", "Awaiting confirmation"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("merged", "Duplicate"),
                        ],
                        max_length=20,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("submitted", "New"),
                            ("returned", "Returned"),
                            ("triaged", "Awaiting disposition"),
                            ("disposed", "Disposed"),
                            ("assigned", "Awaiting verification"),
                            ("diagnosing", "Diagnosis"),
                            ("recovering", "Recovery"),
                            ("waiting_requester", "Waiting for requester"),
                            ("waiting_third_party", "Waiting for third party"),
                            ("resolved", "Awaiting confirmation"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("merged", "Duplicate"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("public", models.BooleanField(default=True, verbose_name="visible to the requester")),
                (
                    "content_public",
                    models.BooleanField(
                        default=False, verbose_name="text and files visible to the requester"
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=64, null=True, verbose_name="request key")),
                ("clock", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="facts",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger",
                "ordering": ["at", "id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Not satisfied"),
                            (2, "Less satisfied"),
                            (3, "Satisfied"),
                            (4, "Very satisfied"),
                        ],
                        verbose_name="satisfaction",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="comment")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="changed at")),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_answers",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "closing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_answer",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="closing",
                    ),
                ),
            ],
            options={
                "verbose_name": "survey answer",
                "verbose_name_plural": "survey answers",
                "ordering": ["-at", "-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Solution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("action", models.TextField(verbose_name="action taken")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("normal", "Back to normal"),
                            ("temporary", "Temporary solution"),
                            ("not_recovered", "Not recovered"),
                        ],
                        default="normal",
                        max_length=16,
                        verbose_name="result",
                    ),
                ),
                ("parts", models.TextField(blank=True, verbose_name="devices replaced")),
                ("recommendation", models.TextField(blank=True, verbose_name="recommendation")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="work started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="work finished")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "solution",
                "verbose_name_plural": "solutions",
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=120, unique=True, verbose_name="key")),
                ("kind", models.CharField(max_length=40, verbose_name="message")),
                ("day", models.DateField(blank=True, null=True, verbose_name="daily digest of")),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("parked", "Given up, needs a person"),
                            ("dropped", "Not sent, no longer allowed or needed"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "resends",
                    models.PositiveSmallIntegerField(default=0, verbose_name="sent again by a person"),
                ),
                ("created_at", models.DateTimeField(verbose_name="queued at")),
                ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                (
                    "notice_update",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="helpdesk_plugin.noticeupdate",
                        verbose_name="update of a notice",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the requester, at the address that the ticket has when it is sent.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="helpdesk_plugin.noticesubscription",
                        verbose_name="subscription to notices",
                    ),
                ),
                (
                    "sign_in",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="message",
                        to="helpdesk_plugin.signin",
                        verbose_name="sign-in link",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-created_at", "-id"],
                "permissions": [("resend_outboxmessage", "Send messages again")],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Receipt"),
                            ("disposition_sheet", "Disposition sheet"),
                            ("handling_record", "Record of handling"),
                            ("activity_report", "Activity report"),
                            ("security_handover", "Hand-over sheet (information security)"),
                            ("register", "Register"),
                            ("monthly_recap", "Monthly recap"),
                        ],
                        max_length=24,
                        verbose_name="document",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("basis", models.CharField(max_length=60, verbose_name="about")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("template_version", models.CharField(max_length=40, verbose_name="version of the template")),
                (
                    "holds_nip",
                    models.BooleanField(default=False, verbose_name="shows a civil servant number"),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=120,
                        storage=helpdesk_plugin.models.attachments.attachment_storage,
                        upload_to=helpdesk_plugin.models.attachments.random_path,
                        verbose_name="file",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="file name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the withdrawal"),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "official document",
                "verbose_name_plural": "official documents",
                "ordering": ["-issued_at", "-id"],
                "permissions": [
                    ("issue_receipt", "Issue receipts"),
                    ("issue_disposition_sheet", "Issue disposition sheets"),
                    ("issue_handling_record", "Issue records of handling"),
                    ("issue_activity_report", "Issue activity reports"),
                    ("issue_security_handover", "Issue hand-over sheets of security matters"),
                    ("issue_register", "Issue the register"),
                    ("issue_monthly_recap", "Issue monthly recaps"),
                ],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Disposition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("urgent", "Urgent"),
                            ("very_urgent", "Very urgent"),
                            ("secret", "Secret"),
                        ],
                        default="ordinary",
                        max_length=16,
                        verbose_name="nature",
                    ),
                ),
                ("agenda_number", models.CharField(blank=True, max_length=60, verbose_name="agenda number")),
                (
                    "addressee",
                    models.CharField(
                        choices=[
                            ("requester", "Requesting agency"),
                            ("head_of_agency", "Head of agency"),
                            ("division_head", "Head of IT division"),
                            ("computer_officer", "Computer officer"),
                            ("technical_support", "Technical support"),
                            ("manager", "Help desk manager"),
                            ("auditor", "Auditor"),
                            ("editor", "Notice editor"),
                        ],
                        max_length=24,
                        verbose_name="forwarded to",
                    ),
                ),
                (
                    "instructions",
                    models.JSONField(blank=True, default=list, verbose_name="with respect, please"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispositions",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposition",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "disposition",
                "verbose_name_plural": "dispositions",
                "ordering": ["at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Diagnosis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("symptoms", models.TextField(verbose_name="symptoms")),
                ("checks", models.TextField(blank=True, verbose_name="checks made")),
                ("cause", models.TextField(verbose_name="cause")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_set",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "diagnosis",
                "verbose_name_plural": "diagnoses",
                "ordering": ["at", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("cover_letter", "Covering letter"),
                            ("document", "Required document"),
                            ("evidence", "Attachment"),
                        ],
                        default="evidence",
                        max_length=16,
                        verbose_name="purpose",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="document")),
                (
                    "file",
                    models.FileField(
                        max_length=120,
                        storage=helpdesk_plugin.models.attachments.attachment_storage,
                        upload_to=helpdesk_plugin.models.attachments.random_path,
                        verbose_name="file",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="file name")),
                ("content_type", models.CharField(max_length=40, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("created_at", models.DateTimeField(verbose_name="received")),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leads", models.BooleanField(default=False, verbose_name="leads")),
                ("wished_by", models.DateField(blank=True, null=True, verbose_name="wished by")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["-leads", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WorkingWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="day",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="opens")),
                ("closes", models.TimeField(verbose_name="closes")),
                (
                    "regime",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="windows",
                        to="helpdesk_plugin.workingregime",
                    ),
                ),
            ],
            options={
                "verbose_name": "working window",
                "verbose_name_plural": "working windows",
                "ordering": ["weekday", "opens"],
            },
        ),
        migrations.CreateModel(
            name="WorkLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="minutes",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to="helpdesk_plugin.ticketevent",
                        verbose_name="ledger entry",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_logs",
                        to="helpdesk_plugin.ticket",
                        verbose_name="ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "work log entry",
                "verbose_name_plural": "work log",
                "ordering": ["at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PartUsed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="part")),
                ("brand", models.CharField(blank=True, max_length=120, verbose_name="brand and type")),
                ("serial", models.CharField(blank=True, max_length=80, verbose_name="serial number")),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("used", "used, in order"),
                            ("repaired", "repaired"),
                            ("loan", "on loan"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="condition",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("piece", "piece"),
                            ("set", "set"),
                            ("metre", "metre"),
                            ("roll", "roll"),
                            ("pack", "pack"),
                        ],
                        default="piece",
                        max_length=8,
                        verbose_name="unit",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="helpdesk_plugin.worklog",
                        verbose_name="work log entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "part used",
                "verbose_name_plural": "parts used",
                "ordering": ["id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OpdContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        help_text="The sign-in link to “My tickets” is sent there; it must be a person's own.",
                        max_length=254,
                        verbose_name="email",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                (
                    "last_day",
                    models.DateField(
                        blank=True,
                        help_text="Empty: until further notice.",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="helpdesk_plugin.opd",
                        verbose_name="agency (OPD)",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact of an agency (PIC)",
                "verbose_name_plural": "contacts of agencies (PIC)",
                "ordering": ["opd__name", "-first_day", "-id"],
                "indexes": [models.Index(fields=["email"], name="helpdesk_contact_address")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="address")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpdesk_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved list",
                "verbose_name_plural": "saved lists",
                "ordering": ["name", "id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("officer", "name"), name="helpdesk_view_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CannedReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="How officers find it; not sent.", max_length=80, verbose_name="title"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Filled in from the ticket: {name}, {number}, {summary}, {service}, {opd}, {status}, {due}, {officer}, {agency}, {phone}, {tracking_page}. A line whose variable has nothing to say is left out.",
                        max_length=4000,
                        verbose_name="text",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submitted", "New"),
                            ("returned", "Returned"),
                            ("triaged", "Awaiting disposition"),
                            ("disposed", "Disposed"),
                            ("assigned", "Awaiting verification"),
                            ("diagnosing", "Diagnosis"),
                            ("recovering", "Recovery"),
                            ("waiting_requester", "Waiting for requester"),
                            ("waiting_third_party", "Waiting for third party"),
                            ("resolved", "Awaiting confirmation"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("merged", "Duplicate"),
                        ],
                        help_text="Offered only while the ticket has this status; empty: always.",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("language", models.CharField(default="id", max_length=12, verbose_name="language")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        help_text="Offered only on tickets of this service; empty: on all.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="helpdesk_plugin.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "canned reply",
                "verbose_name_plural": "canned replies",
                "ordering": ["position", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=("title", "language"), name="helpdesk_one_reply_a_title")
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("electronic", models.BooleanField(default=False, verbose_name="signed electronically")),
                (
                    "file",
                    models.FileField(
                        max_length=120,
                        storage=helpdesk_plugin.models.attachments.attachment_storage,
                        upload_to=helpdesk_plugin.models.attachments.random_path,
                        verbose_name="file",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="file name")),
                ("content_type", models.CharField(max_length=40, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField(verbose_name="received")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_copies",
                        to="helpdesk_plugin.issueddocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "signed copy",
                "verbose_name_plural": "signed copies",
                "ordering": ["id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("document", "sha256"), name="helpdesk_signed_copy_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialDayWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens", models.TimeField(verbose_name="opens")),
                ("closes", models.TimeField(verbose_name="closes")),
                (
                    "special_day",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="windows",
                        to="helpdesk_plugin.specialday",
                    ),
                ),
            ],
            options={
                "verbose_name": "working window",
                "verbose_name_plural": "working windows",
                "ordering": ["opens"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes__gt", models.F("opens")),
                            ("closes", datetime.time(0, 0)),
                            _connector="OR",
                        ),
                        name="helpdesk_special_window_closes_after_it_opens",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="statusnotice",
            index=models.Index(fields=["live", "starts_at"], name="helpdesk_notice_showing"),
        ),
        migrations.AddIndex(
            model_name="statusnotice",
            index=models.Index(fields=["-starts_at", "-id"], name="helpdesk_notice_newest"),
        ),
        migrations.AddIndex(
            model_name="noticeupdate",
            index=models.Index(fields=["publish_at"], name="helpdesk_update_due"),
        ),
        migrations.AddConstraint(
            model_name="noticeupdate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("nature", "opening")),
                fields=("notice",),
                name="helpdesk_one_opening_a_notice",
            ),
        ),
        migrations.AddIndex(
            model_name="noticesubscription",
            index=models.Index(fields=["confirmed_at", "requested_at"], name="helpdesk_subscription_age"),
        ),
        migrations.AddConstraint(
            model_name="noticesubscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False), ("notice", None)),
                fields=("email",),
                name="helpdesk_one_subscription",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticesubscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False), ("notice__isnull", False)),
                fields=("email", "notice"),
                name="helpdesk_notice_followed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticenudge",
            constraint=models.UniqueConstraint(
                fields=("notice", "since", "level"), name="helpdesk_one_nudge_a_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepstandard",
            constraint=models.UniqueConstraint(
                fields=("version", "code"), name="helpdesk_one_standard_a_step"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["priority", "recovery_due_at", "id"], name="helpdesk_work_order"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["-submitted_at", "-id"], name="helpdesk_newest"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["status", "priority", "recovery_due_at"], name="helpdesk_by_status"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["opd", "status", "-submitted_at"], name="helpdesk_by_opd"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["assignee", "status"], name="helpdesk_by_officer"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["resolved_at"], name="helpdesk_by_handling"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["service", "closed_at"], name="helpdesk_closed_of_service"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                django.db.models.functions.text.Lower("requester_email"), name="helpdesk_by_address"
            ),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(fields=["ticket", "code", "left_at"], name="helpdesk_steps_of_ticket"),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(fields=["left_at", "due_at"], name="helpdesk_steps_due"),
        ),
        migrations.AddConstraint(
            model_name="noticeticket",
            constraint=models.UniqueConstraint(
                fields=("notice", "ticket"), name="helpdesk_one_link_a_ticket"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lead", True)), fields=("notice",), name="helpdesk_one_lead_a_notice"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("service",), name="helpdesk_one_open_proposal"
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["-at", "-id"], name="helpdesk_looks_newest"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("officer", "ticket"), name="helpdesk_follow_once"),
        ),
        migrations.AddIndex(
            model_name="ticketevent",
            index=models.Index(fields=["ticket", "at", "id"], name="helpdesk_ledger_order"),
        ),
        migrations.AddIndex(
            model_name="ticketevent",
            index=models.Index(fields=["-at", "-id"], name="helpdesk_ledger_newest"),
        ),
        migrations.AddConstraint(
            model_name="ticketevent",
            constraint=models.UniqueConstraint(fields=("ticket", "key"), name="helpdesk_one_event_a_key"),
        ),
        migrations.AddIndex(
            model_name="surveyanswer",
            index=models.Index(fields=["-at", "-id"], name="helpdesk_survey_newest"),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__in", [1, 2, 3, 4])), name="helpdesk_score_of_four"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["state", "next_attempt_at"], name="helpdesk_outbox_due"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["sent_at"], name="helpdesk_outbox_sent"),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notice_update", None),
                        ("subscription", None),
                        models.Q(
                            models.Q(
                                ("day", None),
                                ("event__isnull", False),
                                ("sign_in", None),
                                ("ticket__isnull", False),
                            ),
                            models.Q(
                                ("day__isnull", False),
                                ("event", None),
                                ("recipient__isnull", False),
                                ("sign_in", None),
                                ("ticket", None),
                            ),
                            models.Q(
                                ("day", None),
                                ("event", None),
                                ("recipient", None),
                                ("sign_in__isnull", False),
                                ("ticket", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("day", None),
                        ("event", None),
                        ("recipient", None),
                        ("sign_in", None),
                        ("subscription__isnull", False),
                        ("ticket", None),
                    ),
                    models.Q(
                        ("day", None),
                        ("event", None),
                        ("notice_update__isnull", False),
                        ("recipient__isnull", False),
                        ("sign_in", None),
                        ("subscription", None),
                        ("ticket", None),
                    ),
                    _connector="OR",
                ),
                name="helpdesk_message_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["-issued_at", "-id"], name="helpdesk_documents_newest"),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ticket__isnull", False), ("withdrawn_at", None)),
                fields=("kind", "ticket", "basis"),
                name="helpdesk_one_standing_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ticket", None), ("withdrawn_at", None)),
                fields=("kind", "basis"),
                name="helpdesk_one_standing_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number",),
                name="helpdesk_letter_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingwindow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes__gt", models.F("opens")), ("closes", datetime.time(0, 0)), _connector="OR"
                ),
                name="helpdesk_window_closes_after_it_opens",
            ),
        ),
    ]
