"""The page of all changes of settings, for those who may change the settings of the help desk."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.staff import setting_changes
from helpdesk_plugin.staff.views.pages import PermittedPage

PERMISSION = "helpdesk_plugin.change_helpdesksettings"
URL_NAME = "helpdesk_setting_changes"
PER_PAGE = 30


class SettingChangesView(PermittedPage):
    """Newest first, of all tables or of one (`?of=`); nothing is changed here."""

    template_name = "helpdesk_plugin/staff/setting_changes.html"
    permission = PERMISSION
    page_title = _("Changes of settings")
    header_icon = "history"

    def get_context_data(self, **kwargs):
        kinds = setting_changes.kinds()
        asked = self.request.GET.get("of", "")
        kind = asked if asked in dict(kinds) else ""
        page = Paginator(setting_changes.newest(kind), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "kinds": kinds,
            "kind": kind,
            "page_obj": page,
            "records": setting_changes.read(list(page)),
        }
