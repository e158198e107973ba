"""What pages of the admin share that stand by themselves: one permission, one title, one way back."""

from django.core.exceptions import PermissionDenied
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin.staff.views.listing import staff_media


class PermittedPage(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who hold ``permission``; nothing is changed on it."""

    permission = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"media": staff_media()}
