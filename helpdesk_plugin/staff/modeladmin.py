"""Read-only registers and read-mostly reference data, through wagtail-modeladmin."""

from django.contrib.admin.filters import DateFieldListFilter
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import re_path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_modeladmin.views import InstanceSpecificView

from helpdesk_plugin import labels
from helpdesk_plugin.domain.priorities import Impact, Priority, Urgency
from helpdesk_plugin.domain.statuses import TicketStatus
from helpdesk_plugin.models import Holiday, Opd, OutboxMessage, PriorityRule, PriorityTarget, TicketEvent
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.models.typed import typed_numbers
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.permissions import may_see
from helpdesk_plugin.staff import words
from helpdesk_plugin.staff.modeladmin_base import (
    FixedPermissions,
    HelpDeskAdmin,
    KeptPermissions,
    QuietButtons,
    ReadOnlyPermissions,
    ShortSearchHandler,
)
from helpdesk_plugin.staff.reference import PROPOSED, ProposedPanel, message_in_words

RESEND_PERMISSION = "helpdesk_plugin.resend_outboxmessage"


def described(text, order: str = ""):
    """Give a column method its heading and the field that it sorts by."""

    def mark(method):
        method.short_description = text
        method.admin_order_field = order
        return method

    return mark


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

    permission_helper_class = ReadOnlyPermissions
    search_handler_class = NumberSearchHandler
    search_fields = ("ticket__number",)
    history_view_enabled = False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not holds(request.user, "helpdesk_plugin.view_ticket"):
            return rows.none()
        if not holds(request.user, "helpdesk_plugin.view_security_ticket"):
            rows = rows.filter(ticket__security_flag=False)
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


class OutboxButtons(TicketButtons):
    """A message can be sent again, by those who may."""

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
        if not request.user.has_perm(RESEND_PERMISSION) or not may_see(request.user, self.instance.ticket):
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
        message = message_in_words(self.instance.kind)
        return super().get_context_data(message=message, ticket=self.instance.ticket, **kwargs)


class OutboxAdmin(_RegisterAdmin):
    """Messages on their way, sent and stuck."""

    model = OutboxMessage
    menu_label = _("Messages")
    menu_icon = "mail"
    base_url_path = "helpdesk/messages"
    ordering = ("-created_at", "-id")
    list_display = ("number", "message", "fate", "created_at", "sent_at")
    list_filter = ("state", ("created_at", DateFieldListFilter))
    list_select_related = ("ticket", "recipient")
    button_helper_class = OutboxButtons

    @described(_("Message"), "kind")
    def message(self, row):
        message = message_in_words(row.kind)
        return f"{message} ({words.person(row.recipient)})" if row.recipient else message

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


class _ProposedAdmin(HelpDeskAdmin):
    """Values that the agency confirms one day."""

    @described(_("Approval"), "confirmed")
    def approval(self, row):
        return gettext("confirmed") if row.confirmed else str(PROPOSED)


class TargetPermissions(FixedPermissions):
    rows = len(Priority)


class RulePermissions(FixedPermissions):
    rows = len(Impact) * len(Urgency)


class PriorityTargetAdmin(_ProposedAdmin):
    model = PriorityTarget
    menu_label = _("SLA targets")
    menu_icon = "crosshairs"
    base_url_path = "helpdesk/sla-targets"
    permission_helper_class = TargetPermissions
    list_display = ("__str__", "response_minutes", "assignment_minutes", "recovery_minutes", "approval")
    panels = [
        ProposedPanel(),
        FieldPanel("priority"),
        FieldRowPanel([FieldPanel("response_minutes"), FieldPanel("assignment_minutes")]),
        FieldRowPanel([FieldPanel("recovery_minutes"), FieldPanel("update_minutes")]),
        FieldPanel("confirmed"),
    ]


class PriorityRuleAdmin(_ProposedAdmin):
    model = PriorityRule
    menu_label = _("Priority matrix")
    menu_icon = "table"
    base_url_path = "helpdesk/priority-matrix"
    permission_helper_class = RulePermissions
    list_display = ("__str__", "priority", "approval")
    panels = [
        ProposedPanel(),
        FieldRowPanel([FieldPanel("impact"), FieldPanel("urgency")]),
        FieldPanel("priority"),
        FieldPanel("confirmed"),
    ]


class OpdAdmin(HelpDeskAdmin):
    model = Opd
    menu_label = _("Agencies (OPD)")
    menu_icon = "group"
    base_url_path = "helpdesk/agencies"
    permission_helper_class = KeptPermissions
    list_display = ("name", "short_name", "code", "active", "verified")
    list_filter = ("active", "verified")
    search_fields = ("name", "short_name", "code")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]),
        FieldPanel("kind"),
        FieldPanel("active"),
        FieldPanel("verified"),
        FieldPanel("note"),
    ]


class HolidayAdmin(HelpDeskAdmin):
    model = Holiday
    menu_label = _("Holidays")
    menu_icon = "calendar-alt"
    base_url_path = "helpdesk/holidays"
    ordering = ("day",)
    list_display = ("day", "name", "kind")
    list_filter = ("kind", ("day", DateFieldListFilter))
    search_fields = ("name",)
    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("kind")]), FieldPanel("name")]


#: In the order of the menu: first the registers, then the data.
ADMINS = (LedgerAdmin, OutboxAdmin, OpdAdmin, PriorityTargetAdmin, PriorityRuleAdmin, HolidayAdmin)
REGISTERS = 2
