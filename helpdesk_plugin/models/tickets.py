"""The ticket: one request on its way through the SOP. Only the door writes to it."""

import uuid
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from helpdesk_plugin import labels
from helpdesk_plugin.domain import statuses
from helpdesk_plugin.domain.parties import Party, Role
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.domain.steps import Act, Remark, Step
from helpdesk_plugin.models.choices import Channel, ClosedHow, TicketKind, Verdict
from helpdesk_plugin.models.conditions import MARKED_OPEN, OPEN_MARK
from helpdesk_plugin.models.querysets import TicketQuerySet
from helpdesk_plugin.models.questions import answers_in_words


class Ticket(models.Model):
    """One request of an agency, from filing (S1) to the archive (S10).

    All times are UTC. Plain model on purpose: no revisions, no search index, no cluster, so that a
    save costs the same at a million tickets; ``version`` guards against two people at once.
    ``__str__`` is the number alone because Wagtail shows it to people who may not open the ticket.
    """

    number = models.CharField(_("ticket number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=TicketKind.choices)
    service = models.ForeignKey(
        "helpdesk_plugin.Service", verbose_name=_("service"), on_delete=models.PROTECT, related_name="tickets"
    )
    opd = models.ForeignKey(
        "helpdesk_plugin.Opd",
        verbose_name=_("agency (OPD)"),
        on_delete=models.PROTECT,
        related_name="tickets",
    )

    # What the requester says
    requester_name = models.CharField(_("requester"), max_length=120)
    requester_unit = models.CharField(_("unit and location"), max_length=160)
    requester_phone = models.CharField(_("mobile / WhatsApp number"), max_length=20)
    requester_email = models.EmailField(_("email"), blank=True)
    requester_nip = models.CharField(_("civil servant number (NIP)"), max_length=18, blank=True)
    summary = models.CharField(_("summary"), max_length=160)
    description = models.TextField(_("description"), max_length=20_000)
    occurred_at = models.DateTimeField(_("happened at"), null=True, blank=True)
    who_affected = models.CharField(
        _("who is affected"), max_length=16, blank=True, choices=labels.choices(labels.WHO_AFFECTED)
    )
    alternative = models.CharField(
        _("another way to work"), max_length=16, blank=True, choices=labels.choices(labels.ALTERNATIVE)
    )
    wished_date = models.DateField(_("wished date"), null=True, blank=True)
    letter_number = models.CharField(_("letter number"), max_length=120, blank=True)
    letter_date = models.DateField(_("letter date"), null=True, blank=True)
    letter_subject = models.CharField(_("letter subject"), max_length=200, blank=True)
    # The service's questions as they were asked, with the answers; see `ServiceQuestion.asked`.
    answers = models.JSONField(_("answers to the service's questions"), default=list, blank=True)
    language = models.CharField(_("language of messages"), max_length=12, default="id")

    # How it came
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices, default=Channel.WEB)
    # Its number in a register that it was imported from; empty for everything filed here.
    external_reference = models.CharField(_("former number"), max_length=60, blank=True, db_default="")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("registered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    privacy_version = models.PositiveSmallIntegerField(_("privacy notice version"), null=True, blank=True)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission_digest = models.CharField(max_length=64, blank=True, editable=False)

    # What triage, disposition and verification settle
    impact = models.PositiveSmallIntegerField(
        _("impact"), null=True, blank=True, choices=labels.choices(labels.IMPACT)
    )
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), null=True, blank=True, choices=labels.choices(labels.URGENCY)
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=labels.choices(labels.PRIORITY), default=Priority.P4.value
    )
    priority_reason = models.CharField(_("reason for another priority"), max_length=300, blank=True)
    verdict = models.CharField(_("verified as"), max_length=16, blank=True, choices=Verdict.choices)
    security_flag = models.BooleanField(_("information security"), default=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # Where it stands
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=labels.choices(labels.STATUS_FOR_STAFF),
        default=TicketStatus.SUBMITTED.value,
    )
    status_since = models.DateTimeField(_("in this status since"))
    held_from = models.CharField(_("held from status"), max_length=20, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent ticket"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    submitted_at = models.DateTimeField(_("submitted"))
    first_response_at = models.DateTimeField(_("first response"), null=True, blank=True)
    ran_ahead = models.BooleanField(_("begun before the disposition"), default=False)
    disposed_at = models.DateTimeField(_("disposition given"), null=True, blank=True)
    examined_at = models.DateTimeField(_("disposition examined"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("handled"), null=True, blank=True)
    informed_at = models.DateTimeField(_("agency informed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(pgettext_lazy("ticket", "confirmed"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_how = models.CharField(_("closed how"), max_length=16, blank=True, choices=ClosedHow.choices)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # What was promised; the version and targets that it started with
    sop_version = models.ForeignKey(
        "helpdesk_plugin.SopVersion",
        verbose_name=_("SOP version"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    calendar_edition = models.ForeignKey(
        "helpdesk_plugin.CalendarEdition",
        verbose_name=_("calendar edition"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    promise = models.JSONField(_("promise"), default=dict, blank=True)
    response_due_at = models.DateTimeField(_("respond by"), null=True, blank=True)
    response_outcome = models.CharField(
        _("first response in time"), max_length=8, blank=True, choices=labels.choices(labels.OUTCOME)
    )
    # Empty while the clock stands: the moment moves along with the pause.
    recovery_due_at = models.DateTimeField(_("recover by"), null=True, blank=True)
    recovery_warn_at = models.DateTimeField(_("at risk from"), null=True, blank=True)
    recovery_outcome = models.CharField(
        _("recovery in time"), max_length=8, blank=True, choices=labels.choices(labels.OUTCOME)
    )
    clock_used = models.DurationField(_("working time used"), default=timedelta)
    clock_running_since = models.DateTimeField(_("clock running since"), null=True, blank=True)

    # Since then nobody knows whose request this was, and no act is taken on it any more.
    anonymised_at = models.DateTimeField(_("made anonymous"), null=True, blank=True, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["updated_at"])
    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-submitted_at", "-id"]
        # Of Django's own four only "view" has a meaning here; every step is a permission of its own.
        default_permissions = ("view",)
        permissions = [
            ("submit_ticket", "Register a request for someone"),
            ("import_ticket", "Import past tickets"),
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
            ("evidence_ticket", "Tick the evidence checklist"),
            ("follow_notice_ticket", "Link with a notice"),
            ("unfollow_notice_ticket", "Unlink from a notice"),
            ("correct_ticket", "Correct personal data of ended tickets"),
            ("anonymise_ticket", "Make ended tickets anonymous"),
            ("export_ticket", "Export tickets"),
            ("view_reports_ticket", "Read reports and the register"),
            ("view_security_ticket", "See tickets about information security"),
            ("view_nip_ticket", "See civil servant numbers in full"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_reference"],
                condition=~models.Q(external_reference=""),
                name="helpdesk_imported_once",
            )
        ]
        indexes = [
            # Lists of open tickets, tabs and their counts: as small as the desk, however long the past.
            models.Index(
                OPEN_MARK, "priority", "recovery_due_at", "id", condition=MARKED_OPEN, name="helpdesk_open"
            ),
            # Lists that go back into the past, newest first; each ends in the order of the list.
            models.Index(fields=["-submitted_at", "-id"], name="helpdesk_newest"),
            models.Index(fields=["status", "-submitted_at", "-id"], name="helpdesk_of_status"),
            models.Index(fields=["opd", "-submitted_at", "-id"], name="helpdesk_of_agency"),
            models.Index(fields=["service", "-submitted_at", "-id"], name="helpdesk_of_service"),
            models.Index(fields=["assignee", "-submitted_at", "-id"], name="helpdesk_of_officer"),
            # Reports of a period: one range of each. Without those that have no such day: they are many, and
            # SQLite, which knows only how many rows a day has on average, would look for them there.
            models.Index(
                fields=["resolved_at"],
                condition=models.Q(resolved_at__isnull=False),
                name="helpdesk_by_handling",
            ),
            models.Index(
                fields=["closed_at"], condition=models.Q(closed_at__isnull=False), name="helpdesk_by_closing"
            ),
            models.Index(fields=["status_since"], name="helpdesk_by_change"),
            # For the public figures of a service, and for what was solved of it lately.
            models.Index(
                fields=["service", "closed_at"],
                condition=models.Q(closed_at__isnull=False),
                name="helpdesk_closed_of_service",
            ),
            models.Index(
                fields=["service", "-resolved_at"],
                condition=models.Q(resolved_at__isnull=False),
                name="helpdesk_solved_of_service",
            ),
            # Few tickets have a parent or were merged; indexes that hold those alone say so to the planner.
            models.Index(
                fields=["parent", "id"], condition=models.Q(parent__isnull=False), name="helpdesk_children"
            ),
            models.Index(
                fields=["merged_into", "id"],
                condition=models.Q(merged_into__isnull=False),
                name="helpdesk_duplicates",
            ),
            models.Index(Lower("requester_email"), name="helpdesk_by_address"),
        ]

    def __str__(self):
        return self.number

    @property
    def state(self) -> TicketStatus:
        """The status as a member of the core's enum."""
        return TicketStatus(self.status)

    @property
    def held_from_state(self) -> TicketStatus | None:
        """The status that a hold was placed from, if the ticket is on hold."""
        return TicketStatus(self.held_from) if self.held_from else None

    @property
    def opened_acts(self) -> frozenset[Act]:
        """The acts that this ticket's facts open besides the table: see `transitions.CONDITIONAL`."""
        opened: set[Act] = set()
        if not self.security_flag and apps.is_installed("helpdesk_plugin.pages"):
            opened.add(Remark.WRITE_UP)
        if self.security_flag:
            opened.add(Remark.EVIDENCE)
        opened.add(Remark.UNLINK if self.parent_id else Remark.LINK)
        if self.merged_into_id:
            opened.add(Step.UNMERGE)
        if self.promise.get("may_follow") and self.disposed_at is None:
            opened.add(Step.START_AHEAD)
        if self.ran_ahead and self.disposed_at is None:
            opened.add(Step.DISPOSE_LATE)
        if self.ran_ahead and self.disposed_at and self.examined_at is None:
            opened.add(Step.EXAMINE_LATE)
        return frozenset(opened)

    @property
    def is_open(self) -> bool:
        return self.state in statuses.OPEN

    @property
    def goes_on_in(self) -> "Ticket":
        """The ticket in which the work on this one goes on: the end of its merges, or itself.

        A duplicate keeps no clock of its own; it follows that ticket's (sop.md §3, "ikut induk"). One query a
        merge.
        """
        ticket = self
        while ticket.merged_into is not None:
            ticket = ticket.merged_into
        return ticket

    @property
    def sop_position(self) -> str:
        """Code of the SOP step being worked on."""
        if self.held_from_state and self.state in statuses.ON_HOLD:
            return statuses.STATUS_FACTS[self.held_from_state].sop_code
        return statuses.sop_position(
            self.state, informed=self.informed_at is not None, confirmed=self.confirmed_at is not None
        )

    @property
    def holders(self) -> tuple[Role, ...]:
        """The offices on whose desk the ticket lies."""
        return statuses.holders_of(
            self.state, informed=self.informed_at is not None, confirmed=self.confirmed_at is not None
        )

    @property
    def holder_names(self) -> str:
        """The holders in words; a third party when no office holds an open ticket."""
        if self.state is TicketStatus.WAITING_THIRD_PARTY:
            return str(_("Third party"))
        return ", ".join(str(labels.ROLE[role]) for role in self.holders)

    @property
    def requester_status(self) -> str:
        """The status in the requester's words; it does not ask for what the requester has already said."""
        if self.state is TicketStatus.RESOLVED and self.confirmed_at:
            return str(labels.HANDLED_AND_CONFIRMED)
        return str(labels.STATUS_FOR_REQUESTER[self.state])

    @property
    def due_at(self):
        """The deadline that counts now: first response before triage, recovery afterwards, or None."""
        if self.state not in statuses.OPEN or self.resolved_at:
            return None
        return self.recovery_due_at if self.first_response_at else self.response_due_at

    @property
    def answers_in_words(self) -> list[tuple[str, str]]:
        """The service's questions as this ticket was asked them, with its answers."""
        return answers_in_words(self.answers)

    @property
    def registered_party(self) -> Party:
        return Party.STAFF if self.registered_by_id else Party.REQUESTER
