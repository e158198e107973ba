"""The log of processing, for reading alone: who did what with personal data, when, why, on what ground."""

from django.contrib.admin.filters import DateFieldListFilter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.models import ProcessingRecord
from helpdesk_plugin.people import name_of
from helpdesk_plugin.staff.modeladmin_base import (
    HelpDeskAdmin,
    QuietButtons,
    ReadOnlyPermissions,
    described,
)


class NoButtons(QuietButtons):
    """A line of the log leads nowhere: whom it was about is not kept."""

    def get_primary_button(self, row):
        return None

    def get_buttons_for_obj(self, obj, **kwargs):
        return []


class ProcessingAdmin(HelpDeskAdmin):
    """How many tickets, and not which: some of them not everybody may know of."""

    model = ProcessingRecord
    permission_helper_class = ReadOnlyPermissions
    history_view_enabled = False
    menu_label = _("Log of processing")
    menu_icon = "clipboard-list"
    base_url_path = "helpdesk/processing"
    ordering = ("-at", "-id")
    list_display = ("deed", "at", "who", "ground", "reason", "number")
    list_filter = (("at", DateFieldListFilter), "deed", "ground")
    list_select_related = ("by",)
    button_helper_class = NoButtons

    @described(_("Who"))
    def who(self, row):
        return name_of(row.by) if row.by else gettext("System")

    @described(_("Tickets"))
    def number(self, row):
        return len(row.tickets)
