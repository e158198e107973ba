"""Read-mostly reference data in small tables, through wagtail-modeladmin."""

from django.contrib.admin.filters import DateFieldListFilter
from django.urls import re_path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from helpdesk_plugin.domain.priorities import Impact, Priority, Urgency
from helpdesk_plugin.domain.statuses import FINAL
from helpdesk_plugin.models import (
    Delegation,
    EscalationLevel,
    EvidenceItem,
    Holiday,
    Opd,
    PriorityRule,
    PriorityTarget,
    RetentionRule,
    Signatory,
)
from helpdesk_plugin.people import name_of
from helpdesk_plugin.staff.calendar_notices import notices_for
from helpdesk_plugin.staff.contacts import ContactAdmin
from helpdesk_plugin.staff.holidays import IMPORT_ACTION, HolidayImportView
from helpdesk_plugin.staff.modeladmin_base import (
    FixedPermissions,
    HelpDeskAdmin,
    KeptPermissions,
    StrictIndexView,
    described,
    yes_or_no,
)
from helpdesk_plugin.staff.reference import PROPOSED, ProposedPanel


class _ProposedAdmin(HelpDeskAdmin):
    """Values that the agency confirms one day."""

    @described(_("Approval"), "confirmed")
    def approval(self, row):
        return gettext("confirmed") if row.confirmed else str(PROPOSED)


class TargetPermissions(FixedPermissions):
    rows = len(Priority)


class RulePermissions(FixedPermissions):
    rows = len(Impact) * len(Urgency)


class EndingPermissions(FixedPermissions):
    rows = len(FINAL)


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
        FieldRowPanel([FieldPanel("around_the_clock"), FieldPanel("disposition_may_follow")]),
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
    list_display = ("name", "short_name", "code", "is_active", "is_verified")
    is_active, is_verified = yes_or_no(Opd, "active"), yes_or_no(Opd, "verified")
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


class HolidayIndexView(StrictIndexView):
    """The holidays, with the way to the import and what a changed calendar asks."""

    def get_context_data(self, **kwargs):
        can_import = self.permission_helper.user_can_create(self.request.user)
        return super().get_context_data(**kwargs) | {
            "calendar_notices": notices_for(self.request.user),
            "import_url": self.url_helper.get_action_url(IMPORT_ACTION) if can_import else "",
        }


class HolidayAdmin(HelpDeskAdmin):
    model = Holiday
    index_view_class = HolidayIndexView
    index_template_name = "helpdesk_plugin/staff/holidays.html"
    menu_label = _("Holidays")
    menu_icon = "calendar-alt"
    base_url_path = "helpdesk/holidays"
    ordering = ("day",)
    list_display = ("day", "name", "kind")
    list_filter = ("kind", ("day", DateFieldListFilter))
    search_fields = ("name",)
    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("kind")]), FieldPanel("name")]

    def import_view(self, request):
        return HolidayImportView.as_view(model_admin=self)(request)

    def get_admin_urls_for_registration(self):
        importing = re_path(
            rf"^{self.base_url_path}/{IMPORT_ACTION}/$",
            self.import_view,
            name=self.url_helper.get_action_url_name(IMPORT_ACTION),
        )
        return (*super().get_admin_urls_for_registration(), importing)


class EscalationLevelAdmin(_ProposedAdmin):
    """At which share of a promise who is warned."""

    model = EscalationLevel
    menu_label = _("Warning levels")
    menu_icon = "warning"
    base_url_path = "helpdesk/warning-levels"
    list_display = ("__str__", "tells_holder", "tells_role_up", "tells_requester", "approval")
    tells_holder = yes_or_no(EscalationLevel, "to_holder")
    tells_role_up = yes_or_no(EscalationLevel, "to_role_up")
    tells_requester = yes_or_no(EscalationLevel, "to_requester")
    panels = [
        ProposedPanel(),
        FieldRowPanel([FieldPanel("subject"), FieldPanel("percent")]),
        FieldPanel("to_holder"),
        FieldPanel("to_role_up"),
        FieldPanel("to_requester"),
        FieldPanel("confirmed"),
    ]


class DelegationAdmin(HelpDeskAdmin):
    """Who acts for whom, and when. Past substitutions stay: the ledger speaks of them."""

    model = Delegation
    menu_label = _("Substitutes (Plh/Plt)")
    menu_icon = "user"
    base_url_path = "helpdesk/substitutes"
    permission_helper_class = KeptPermissions
    list_display = ("role", "kind", "of", "by", "first_day", "last_day")
    list_filter = ("role", "kind", ("first_day", DateFieldListFilter))
    list_select_related = ("principal", "substitute")
    panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("kind")]),
        FieldPanel("principal"),
        FieldPanel("substitute"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldPanel("letter_number"),
    ]

    @described(_("Person replaced"))
    def of(self, row):
        return name_of(row.principal) if row.principal else gettext("vacant")

    @described(_("Substitute"))
    def by(self, row):
        return name_of(row.substitute)


class SignatoryAdmin(HelpDeskAdmin):
    """How officers are named below documents."""

    model = Signatory
    menu_label = _("Signatories")
    menu_icon = "edit"
    base_url_path = "helpdesk/signatories"
    permission_helper_class = KeptPermissions
    list_display = ("name", "position", "rank", "account")
    list_select_related = ("user",)
    search_fields = ("name", "position")
    panels = [
        FieldPanel("user"),
        FieldPanel("name"),
        FieldPanel("position"),
        FieldRowPanel([FieldPanel("rank"), FieldPanel("nip")]),
    ]

    @described(_("Account"))
    def account(self, row):
        return name_of(row.user)


class EvidenceAdmin(_ProposedAdmin):
    """The checklist on confidential tickets: lines are taken out of use, for sheets that were handed over."""

    model = EvidenceItem
    menu_label = _("Evidence checklist")
    menu_icon = "lock"
    base_url_path = "helpdesk/evidence-checklist"
    permission_helper_class = KeptPermissions
    list_display = ("text", "position", "is_active", "approval")
    is_active = yes_or_no(EvidenceItem, "active")
    panels = [
        ProposedPanel(),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
        FieldPanel("confirmed"),
    ]


class RetentionRuleAdmin(_ProposedAdmin):
    """How long personal data is kept, by how a ticket ended."""

    model = RetentionRule
    menu_label = _("Rules of retention")
    menu_icon = "date"
    base_url_path = "helpdesk/retention-rules"
    permission_helper_class = EndingPermissions
    list_display = ("__str__", "months", "in_use", "approval")
    panels = [
        ProposedPanel(),
        FieldRowPanel([FieldPanel("ending"), FieldPanel("months")]),
        FieldPanel("active"),
        FieldPanel("confirmed"),
    ]

    @described(_("In use"), "active")
    def in_use(self, row):
        return gettext("Yes") if row.active else gettext("No")


#: In the order of the menu.
ADMINS = (
    OpdAdmin,
    ContactAdmin,
    PriorityTargetAdmin,
    PriorityRuleAdmin,
    EscalationLevelAdmin,
    HolidayAdmin,
    DelegationAdmin,
    SignatoryAdmin,
    EvidenceAdmin,
    RetentionRuleAdmin,
)
