"""What happened, for reading alone: ledger, records of steps, messages, through wagtail-modeladmin."""

from datetime import timedelta

from django.contrib.admin.filters import DateFieldListFilter
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import re_path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail_modeladmin.views import InstanceSpecificView

from helpdesk_plugin import labels
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import (
    IssuedDocument,
    Look,
    OutboxMessage,
    StepRecord,
    TicketEvent,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.models.typed import typed_numbers
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.notifications.decisions import (
    APPROVAL_ASKED,
    APPROVAL_GIVEN,
    APPROVAL_REFUSED,
    NEWS,
    NOTICE_REVIEW,
    NOTICE_STALE,
    SUBSCRIPTION_ASKED,
    SUBSCRIPTION_CHANGED,
    SUBSCRIPTION_ENDED,
    SURVEY_INVITATION,
)
from helpdesk_plugin.people import name_of
from helpdesk_plugin.permissions import may_see
from helpdesk_plugin.staff import words
from helpdesk_plugin.staff.modeladmin_base import (
    HelpDeskAdmin,
    LongIndexView,
    QuietButtons,
    ReadOnlyPermissions,
    ShortSearchHandler,
    described,
)
from helpdesk_plugin.staff.reference import message_in_words
from helpdesk_plugin.staff.security_lane import OpenedFilter, opened_in_words

RESEND_PERMISSION = "helpdesk_plugin.resend_outboxmessage"


class NumberSearchHandler(ShortSearchHandler):
    """Finds the rows of one ticket by its number, as people type it."""

    def search_queryset(self, queryset, search_term, **kwargs):
        if not search_term:
            return queryset
        return queryset.filter(ticket__number__in=typed_numbers(search_term))


class TicketButtons(QuietButtons):
    """Rows of a register lead to the ticket that they are about."""

    ledger = False

    def get_primary_button(self, row):
        page = reverse(
            "helpdesk_tickets:history" if self.ledger else "helpdesk_tickets:inspect", args=[row.ticket_id]
        )
        url = f"{page}?record=ledger" if self.ledger else page
        return {"url": url, "label": row.ticket.number, "classname": "", "title": gettext("Open the ticket")}

    def get_buttons_for_obj(self, obj, **kwargs):
        return []


class LedgerButtons(TicketButtons):
    ledger = True


class _RegisterAdmin(HelpDeskAdmin):
    """A register of what happened to tickets, as far as the reader may know of them."""

    index_view_class = LongIndexView
    permission_helper_class = ReadOnlyPermissions
    search_handler_class = NumberSearchHandler
    search_fields = ("ticket__number",)
    history_view_enabled = False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not holds(request.user, "helpdesk_plugin.view_ticket"):
            return rows.none()
        if not holds(request.user, "helpdesk_plugin.view_security_ticket"):
            rows = rows.exclude(ticket__security_flag=True)
        return rows

    @described(_("Ticket"))
    def number(self, row):
        return row.ticket.number


class LedgerAdmin(_RegisterAdmin):
    """Every act on every ticket. Nothing is added, changed or deleted here."""

    model = TicketEvent
    menu_label = _("Ledger")
    menu_icon = "history"
    base_url_path = "helpdesk/ledger"
    ordering = ("-at", "-id")
    list_display = ("number", "at", "step", "who", "movement", "visible")
    list_filter = (("at", DateFieldListFilter), "act", "party")
    list_select_related = ("ticket", "by")
    button_helper_class = LedgerButtons

    @described(_("Step"), "act")
    def step(self, row):
        return f"{row.sop_code} {labels.ACT_DONE[row.what]}"

    @described(_("Who"))
    def who(self, row):
        office = words.capacity(row)
        return f"{words.actor(row)} ({office})" if office else words.actor(row)

    @described(_("Status"))
    def movement(self, row):
        to = str(labels.STATUS_FOR_STAFF[TicketStatus(row.to_status)])
        if row.from_status in ("", row.to_status):
            return to
        return f"{labels.STATUS_FOR_STAFF[TicketStatus(row.from_status)]} → {to}"

    @described(_("Visible to the requester"))
    def visible(self, row):
        return gettext("Yes") if row.public else gettext("No, internal")


_TO_SUBSCRIBERS = {
    NEWS: _("To a subscriber: news of a notice"),
    SUBSCRIPTION_ASKED: _("To a subscriber: please confirm"),
    SUBSCRIPTION_CHANGED: _("To a subscriber: choices changed"),
    SUBSCRIPTION_ENDED: _("To a subscriber: subscription ended"),
}


_TO_EDITORS = {
    APPROVAL_ASKED: _("To editors: please approve"),
    APPROVAL_GIVEN: _("To officers: approved"),
    APPROVAL_REFUSED: _("To officers: please change it"),
    NOTICE_REVIEW: _("To editors: please review an emergency"),
    NOTICE_STALE: _("To officers: a notice without news"),
}


def _about(message: OutboxMessage) -> str:
    """What a message is about: a ticket by its number, a day, a notice; nobody's link is named."""
    if message.is_to_subscriber:
        return str(message.notice_update.notice) if message.is_news else gettext("Status notices")
    if message.is_nudge:
        return str(message.notice_update.notice)
    if message.is_approval:
        return message.task_state.revision.object_str
    if message.is_sign_in:
        return gettext("My tickets")
    if message.is_invitation:
        return str(message.survey_invitation.period)
    return date_format(message.day, "j M Y") if message.is_digest else message.ticket.number


def _named(message: OutboxMessage) -> str:
    """What kind of message it is."""
    if message.is_to_subscriber:
        return str(_TO_SUBSCRIBERS[message.kind])
    if message.kind in _TO_EDITORS:
        return str(_TO_EDITORS[message.kind])
    if message.is_sign_in:
        return gettext("To a requester: sign-in link")
    if message.is_invitation and message.kind == SURVEY_INVITATION:
        return gettext("Invitation to a survey")
    return gettext("To officers: daily digest") if message.is_digest else message_in_words(message.kind)


class OutboxButtons(TicketButtons):
    """A message can be sent again, by those who may. Digests and links lead to no single ticket."""

    def get_primary_button(self, row):
        return super().get_primary_button(row) if row.ticket_id else None

    def get_buttons_for_obj(self, obj, **kwargs):
        if not self.request.user.has_perm(RESEND_PERMISSION):
            return []
        return [
            {
                "url": self.url_helper.get_action_url("resend", obj.pk),
                "label": gettext("Send again"),
                "classname": "button button-small button-secondary",
                "title": gettext("Send this message again"),
            }
        ]


class ResendView(InstanceSpecificView):
    """Asks, then queues a message again."""

    page_title = _("Send again")
    template_name = "helpdesk_plugin/staff/resend.html"

    def dispatch(self, request, *args, **kwargs):
        ticket = self.instance.ticket
        if not request.user.has_perm(RESEND_PERMISSION) or (ticket and not may_see(request.user, ticket)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            outbox.resend(self.instance, by=request.user)
        except outbox.StillOnItsWay:
            messages.warning(request, gettext("This message is still on its way; nothing was changed."))
        else:
            messages.success(request, gettext("The message is queued again."))
        return redirect(self.index_url)

    def get_context_data(self, **kwargs):
        told = {"message": _named(self.instance), "about": _about(self.instance)}
        return super().get_context_data(**told, **kwargs)


class OutboxAdmin(_RegisterAdmin):
    """Messages on their way, sent and stuck."""

    model = OutboxMessage
    menu_label = _("Messages")
    menu_icon = "mail"
    base_url_path = "helpdesk/messages"
    ordering = ("-created_at", "-id")
    list_display = ("number", "message", "fate", "created_at", "sent_at")
    list_filter = ("state", ("created_at", DateFieldListFilter))
    list_select_related = (
        *("ticket", "recipient", "notice_update__notice", "task_state__revision"),
        "survey_invitation__period",
    )
    button_helper_class = OutboxButtons

    @described(_("About"))
    def number(self, row):
        return _about(row)

    @described(_("Message"), "kind")
    def message(self, row):
        message = _named(row)
        return f"{message} ({name_of(row.recipient)})" if row.recipient else message

    @described(_("State"), "state")
    def fate(self, row):
        """What became of it; after tries that failed also how many there were, and why the last one did."""
        state = row.get_state_display()
        if not row.last_error:
            return state
        told = {"state": state, "tries": row.attempts, "error": row.last_error}
        return gettext("%(state)s – attempts: %(tries)d; %(error)s") % told

    def resend_view(self, request, instance_pk):
        return ResendView.as_view(model_admin=self, instance_pk=instance_pk)(request)

    def get_admin_urls_for_registration(self):
        resend = re_path(
            self.url_helper.get_action_url_pattern("resend"),
            self.resend_view,
            name=self.url_helper.get_action_url_name("resend"),
        )
        return (*super().get_admin_urls_for_registration(), resend)


class StepRecordAdmin(_RegisterAdmin):
    """What each step of the SOP took on each ticket, measured against its standard."""

    model = StepRecord
    menu_label = _("Step records")
    menu_icon = "tasks"
    base_url_path = "helpdesk/step-records"
    ordering = ("-entered_at", "-id")
    list_display = ("number", "step", "performer", "entered_at", "time", "verdict")
    list_filter = (("entered_at", DateFieldListFilter), "code", "role", "late", "completed")
    list_select_related = ("ticket", "by")
    button_helper_class = TicketButtons

    @described(_("Step"), "code")
    def step(self, row):
        return f"{row.code} {labels.SOP_STEP.get(row.code, '')}"

    @described(_("Performer"), "role")
    def performer(self, row):
        office = str(labels.ROLE[Role(row.role)]) if row.role else ""
        return f"{name_of(row.by)} ({office})" if row.by else office

    @described(_("Working time"))
    def time(self, row):
        if row.worked is None:
            return ""
        took = words.working_time(row.worked)
        if row.standard_minutes is None:
            return took
        standard = words.working_time(timedelta(minutes=row.standard_minutes))
        return gettext("%(took)s of %(standard)s") % {"took": took, "standard": standard}

    @described(_("In time"), "late")
    def verdict(self, row):
        if not row.late:
            return gettext("Yes")
        return gettext("No: %(reason)s") % {"reason": row.late_reason} if row.late_reason else gettext("No")


class DocumentButtons(TicketButtons):
    """A document leads to the documents of its ticket; one about a month to no ticket."""

    def get_primary_button(self, row):
        if not row.ticket_id:
            return None
        url = reverse("helpdesk_tickets:documents", args=[row.ticket_id])
        return {"url": url, "label": row.number or row.ticket.number, "classname": "", "title": ""}


class IssuedDocumentAdmin(_RegisterAdmin):
    """Every official document with its number and SHA-256, the withdrawn ones included."""

    model = IssuedDocument
    menu_label = _("Official documents")
    menu_icon = "doc-full"
    base_url_path = "helpdesk/documents"
    ordering = ("-issued_at", "-id")
    list_display = ("letter", "kind", "about", "issued_at", "issuer", "fate", "fingerprint")
    list_filter = (("issued_at", DateFieldListFilter), "kind")
    list_select_related = ("ticket", "issued_by")
    search_fields = ("number", "ticket__number")
    search_handler_class = ShortSearchHandler
    button_helper_class = DocumentButtons

    @described("SHA-256")
    def fingerprint(self, row):
        """Its beginning, enough to compare by eye; the whole of it stands beside the file."""
        return row.sha256[:16]

    @described(_("Letter number"), "number")
    def letter(self, row):
        return row.number or "–"

    @described(_("About"))
    def about(self, row):
        return row.ticket.number if row.ticket else row.basis

    @described(_("Issued by"))
    def issuer(self, row):
        return name_of(row.issued_by)

    @described(_("State"))
    def fate(self, row):
        if not row.is_withdrawn:
            return gettext("in force")
        return gettext("withdrawn: %(reason)s") % {"reason": row.withdrawn_reason}


class LookAdmin(_RegisterAdmin):
    """Who has opened what of a confidential ticket, for those who may know of such tickets."""

    model = Look
    menu_label = _("Looks at confidential tickets")
    menu_icon = "view"
    base_url_path = "helpdesk/looks"
    ordering = ("-at", "-id")
    list_display = ("number", "at", "who", "what")
    list_filter = (("at", DateFieldListFilter), ("page", OpenedFilter))
    list_select_related = ("ticket", "by")
    button_helper_class = TicketButtons

    @described(_("Who"))
    def who(self, row):
        return name_of(row.by)

    @described(_("What was opened"), "page")
    def what(self, row):
        return opened_in_words(row.page)


ADMINS = (LedgerAdmin, StepRecordAdmin, IssuedDocumentAdmin, OutboxAdmin, LookAdmin)
