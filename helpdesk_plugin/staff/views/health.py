"""The page on which managers see whether the help desk works, for those who hold the permission for it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from helpdesk_plugin.staff import health
from helpdesk_plugin.staff.views.pages import PermittedPage

PERMISSION = "helpdesk_plugin.view_heartbeat"
URL_NAME = "helpdesk_health"


class HealthView(PermittedPage):
    """Worked out when it is asked for; nothing on it is changed here."""

    template_name = "helpdesk_plugin/staff/health.html"
    permission = PERMISSION
    page_title = _("Condition of the help desk")
    header_icon = "check"

    def get_context_data(self, **kwargs):
        lines = health.lines_of(self.request.user)
        wanting = [line for line in lines if line.state is not health.State.GOOD]
        return super().get_context_data(**kwargs) | {
            "lines": lines,
            "wanting": len(wanting),
        }


class PermittedMenuItem(MenuItem):
    """A line of the menu for those who hold a permission."""

    def __init__(self, *args, permission: str, **kwargs):
        self.permission = permission
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return request.user.has_perm(self.permission)
