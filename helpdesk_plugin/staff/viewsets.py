"""Tickets as snippets, without everything by which snippets are freely edited; and the menu group."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from helpdesk_plugin.models import StatusNotice, Ticket
from helpdesk_plugin.permissions import ticket_policy
from helpdesk_plugin.staff import hours, modeladmin, reference, registers, teams
from helpdesk_plugin.staff.canned_replies import CannedReplyViewSet
from helpdesk_plugin.staff.imports import views as importing
from helpdesk_plugin.staff.notices import viewsets as notices
from helpdesk_plugin.staff.notices.policy import notice_policy
from helpdesk_plugin.staff.personal import views as personal
from helpdesk_plugin.staff.personal.register import ProcessingAdmin
from helpdesk_plugin.staff.reference import KeptPolicy
from helpdesk_plugin.staff.standards import viewsets as standards
from helpdesk_plugin.staff.surveys import viewsets as surveys
from helpdesk_plugin.staff.views import exports_taken, health, setting_changes
from helpdesk_plugin.staff.views.act import ActView
from helpdesk_plugin.staff.views.children import ChildrenView
from helpdesk_plugin.staff.views.csirt import CsirtSheetView
from helpdesk_plugin.staff.views.deadlines import DeadlinesView
from helpdesk_plugin.staff.views.documents import (
    DocumentsView,
    IssuedView,
    IssueView,
    PreviewView,
    SignedCopyView,
    SignedView,
    SignView,
    WithdrawView,
)
from helpdesk_plugin.staff.views.follow import FollowView
from helpdesk_plugin.staff.views.health import PermittedMenuItem
from helpdesk_plugin.staff.views.history import TicketHistoryView
from helpdesk_plugin.staff.views.inbox import InboxView
from helpdesk_plugin.staff.views.listing import TicketIndexView
from helpdesk_plugin.staff.views.own_lists import OwnListsView
from helpdesk_plugin.staff.views.printing import PrintView
from helpdesk_plugin.staff.views.register import RegisteredView, RegisterView
from helpdesk_plugin.staff.views.ticket import DownloadView, ThumbnailView, TicketView


class TicketViewSet(SnippetViewSet):
    """List, page, history, the form of each act, registration, downloads. Nothing else has an address.

    Wagtail's add, edit, copy, delete, usage and chooser views ask for a permission on the model and
    never for one on the ticket, so they do not exist here.
    """

    model = Ticket
    icon = "clipboard-list"
    menu_label = _("Tickets")
    url_namespace = "helpdesk_tickets"
    url_prefix = "helpdesk/tickets"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 25
    search_backend_name = None
    index_view_class = TicketIndexView
    inspect_view_class = TicketView
    history_view_class = TicketHistoryView
    # Wagtail 7.4 takes the policy from here, 8.0 from the registry (see wagtail_hooks).
    permission_policy = ticket_policy

    def get_common_view_kwargs(self, **kwargs):
        closed = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name"))
        ours = ("register", "registered", "act", "download", "deadlines", "documents", "inbox")
        ours = (*ours, "print", "own_lists")
        names = {f"{name}_url_name": self.get_url_name(name) for name in ours}
        return super().get_common_view_kwargs(
            **{**closed, **names, "permission_policy": ticket_policy, **kwargs}
        )

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            **{
                "template_name": TicketIndexView.template_name,
                "results_template_name": TicketIndexView.results_template_name,
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        one = f"<{self.pk_path_converter}:pk>"
        return [
            path("", self.index_view, name="list"),
            path("results/", self.index_results_view, name="list_results"),
            path("inbox/", self.construct_view(InboxView), name="inbox"),
            path("lists/", self.construct_view(OwnListsView), name="own_lists"),
            path("register/", self.construct_view(RegisterView), name="register"),
            path(f"{one}/registered/", self.construct_view(RegisteredView), name="registered"),
            path(f"{one}/", self.construct_view(TicketView), name="inspect"),
            path(f"{one}/history/", self.construct_view(TicketHistoryView), name="history"),
            path(f"{one}/deadlines/", self.construct_view(DeadlinesView), name="deadlines"),
            path(f"{one}/print/", self.construct_view(PrintView), name="print"),
            path(f"{one}/follow/", self.construct_view(FollowView), name="follow"),
            path(f"{one}/do/<slug:act>/", self.construct_view(ActView), name="act"),
            path(f"{one}/csirt/", self.construct_view(CsirtSheetView), name="csirt"),
            path(f"{one}/children/<slug:act>/", self.construct_view(ChildrenView), name="children"),
            path(f"{one}/files/<int:file_pk>/", self.construct_view(DownloadView), name="download"),
            path(
                f"{one}/files/<int:file_pk>/thumbnail/",
                self.construct_view(ThumbnailView),
                name="thumbnail",
            ),
            *self._document_patterns(f"{one}/documents/"),
        ]

    def _document_patterns(self, base: str) -> list:
        """The official documents of one ticket."""
        document = f"{base}<int:document_pk>/"
        return [
            path(base, self.construct_view(DocumentsView), name="documents"),
            path(f"{base}preview/<slug:kind>/", self.construct_view(PreviewView), name="document_preview"),
            path(f"{base}issue/<slug:kind>/", self.construct_view(IssueView), name="document_issue"),
            path(document, self.construct_view(IssuedView), name="document"),
            path(f"{document}upload/", self.construct_view(SignedView), name="document_upload"),
            path(f"{document}sign/", self.construct_view(SignView), name="document_sign"),
            path(f"{document}withdraw/", self.construct_view(WithdrawView), name="document_withdraw"),
            path(
                f"{document}signed/<int:copy_pk>/",
                self.construct_view(SignedCopyView),
                name="document_signed",
            ),
        ]

    def register_chooser_viewset(self):
        """None: a chooser would list every ticket to every user of the admin."""

    @property
    def url_finder_class(self):
        page = self.get_url_name("inspect")

        class TicketURLFinder(ModelAdminURLFinder):
            """Leads other screens of Wagtail to the ticket's page, for those who may open it."""

            def construct_edit_url(self, instance):
                return reverse(page, args=[instance.pk])

            def get_edit_url(self, instance):
                if self.user and not ticket_policy.user_has_permission_for_instance(
                    self.user, "view", instance
                ):
                    return None
                return self.construct_edit_url(instance)

        return TicketURLFinder


#: Snippets that the agency owns, in the order of the menu.
DATA_VIEWSETS = (
    reference.ServiceViewSet,
    teams.TeamViewSet,
    *standards.VIEWSETS,
    reference.MessageTextViewSet,
    CannedReplyViewSet,
    notices.NoticeTemplateViewSet,
    *hours.VIEWSETS,
    *surveys.VIEWSETS,
)

#: Policies of our models, which Wagtail 8 takes from its registry.
POLICIES = {
    Ticket: ticket_policy,
    StatusNotice: notice_policy,
    **{
        viewset.model: viewset.permission_policy
        for viewset in DATA_VIEWSETS
        if isinstance(vars(viewset).get("permission_policy"), KeptPolicy)
    },
}

#: Model admins: the registers stand before the data.
REGISTERS = (*registers.ADMINS, ProcessingAdmin)
ADMINS = (*REGISTERS, *modeladmin.ADMINS)


class HelpDeskGroup(SnippetViewSetGroup):
    """The menu "Help Desk": tickets, registers, and the data that the agency owns.

    The name is not the label on purpose: a name beginning with "help" would light up Wagtail's own
    Help menu.
    """

    menu_label = _("Help Desk")
    menu_name = "service-desk"
    menu_icon = "clipboard-list"
    menu_order = 150
    items = (TicketViewSet, notices.StatusNoticeViewSet, *DATA_VIEWSETS)

    def get_submenu_items(self):
        tickets, of_notices, *snippets = super().get_submenu_items()
        of_registers = [admin().get_menu_item() for admin in REGISTERS]
        of_data = [admin().get_menu_item() for admin in modeladmin.ADMINS]
        ordered = [tickets, of_notices, *of_registers, *snippets, *of_data, *_of_managers()]
        for order, item in enumerate(ordered):
            item.order = order
        return ordered


def _of_managers() -> list[PermittedMenuItem]:
    """Pages that are no lists: what was changed by whom, and whether everything works."""
    pages = (
        (_("Import"), "upload", importing),
        (_("Personal data"), "user", personal),
        (_("Exports on record"), "download", exports_taken),
        (_("Changes of settings"), "history", setting_changes),
        (_("Condition of the help desk"), "check", health),
    )
    return [
        PermittedMenuItem(label, reverse(page.URL_NAME), icon_name=icon, permission=page.PERMISSION)
        for label, icon, page in pages
    ]
