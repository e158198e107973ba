"""Who changed a service, what it asks and what it requires: from what, to what, newest first."""

from django.contrib.admin.utils import quote
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from helpdesk_plugin.models import Service
from helpdesk_plugin.staff.catalogue_changes import changes_of
from helpdesk_plugin.staff.views.listing import staff_media

PER_PAGE = 30


class ServiceHistoryView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """The field history of a service with its questions and documents, for those who may edit it."""

    model = Service
    permission_policy = None
    permission_required = "change"
    index_url_name = None
    edit_url_name = None
    header_icon = "history"
    template_name = "helpdesk_plugin/staff/service_history.html"
    page_title = _("Record of changes")

    def get_base_object_queryset(self):
        return Service.objects.all()

    def get_page_subtitle(self):
        return self.object.name

    def get_breadcrumbs_items(self):
        listing = {"url": reverse(self.index_url_name), "label": capfirst(Service._meta.verbose_name_plural)}
        form = {"url": reverse(self.edit_url_name, args=[quote(self.object.pk)]), "label": self.object.name}
        return [*self.breadcrumbs_items, listing, form, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        page = Paginator(changes_of(self.object), PER_PAGE).get_page(self.request.GET.get("p"))
        found = {"page_obj": page, "records": list(page), "media": staff_media()}
        return super().get_context_data(**kwargs) | found
