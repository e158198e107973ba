"""The page of an officer's own lists: keep, rename, share, forget."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from helpdesk_plugin.cleaning import plain_line
from helpdesk_plugin.models import SavedView, Ticket
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.services.own_lists import (
    MAX_VIEWS,
    NameTaken,
    TooManyViews,
    delete_view,
    rename_view,
    save_view,
)
from helpdesk_plugin.staff.own_lists import kept_query
from helpdesk_plugin.staff.views.listing import staff_media

MAX_NAME = SavedView._meta.get_field("name").max_length


class OwnListsView(WagtailAdminTemplateMixin, TemplateView):
    """Everybody sees and changes their own rows; another officer's are not found."""

    template_name = "helpdesk_plugin/staff/own_lists.html"
    page_title = gettext_lazy("My lists")
    header_icon = "list-ul"
    index_url_name = None
    own_lists_url_name = None

    def dispatch(self, request, *args, **kwargs):
        if not holds(request.user, "helpdesk_plugin.view_ticket"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def index_url(self) -> str:
        return reverse(self.index_url_name)

    @cached_property
    def own_url(self) -> str:
        return reverse(self.own_lists_url_name)

    # --- Changing --------------------------------------------------------------------------------------

    def post(self, request, *args, **kwargs):
        deeds = {"save": self._save, "rename": self._rename, "delete": self._delete}
        deed = deeds.get(request.POST.get("do", ""))
        return deed() if deed else redirect(self.own_url)

    @cached_property
    def _name(self) -> str:
        return plain_line(self.request.POST.get("name", ""))

    def _name_is_usable(self) -> bool:
        if 0 < len(self._name) <= MAX_NAME:
            return True
        told = {"n": MAX_NAME}
        messages.error(self.request, _("Give the list a name of at most %(n)d letters.") % told)
        return False

    def _save(self):
        query = kept_query(self.request.POST.get("query", ""))
        if not self._name_is_usable():
            return redirect(self._address_of(query))
        try:
            view, is_new = save_view(self.request.user, self._name, query)
        except TooManyViews:
            told = {"n": MAX_VIEWS}
            messages.error(
                self.request, _("You keep %(n)d lists already. Forget one before you keep another.") % told
            )
            return redirect(self.own_url)
        said = _("Kept as “%(name)s”.") if is_new else _("“%(name)s” now has these filters.")
        messages.success(self.request, said % {"name": view.name})
        return redirect(self._address_of(query))

    def _rename(self):
        view = self._own_view()
        if not self._name_is_usable():
            return redirect(self.own_url)
        try:
            rename_view(view, self._name)
        except NameTaken:
            messages.error(self.request, _("You have another list “%(name)s”.") % {"name": self._name})
        else:
            messages.success(self.request, _("Renamed to “%(name)s”.") % {"name": self._name})
        return redirect(self.own_url)

    def _delete(self):
        view = self._own_view()
        delete_view(view)
        messages.success(self.request, _("“%(name)s” is forgotten.") % {"name": view.name})
        return redirect(self.own_url)

    def _own_view(self) -> SavedView:
        typed = self.request.POST.get("view", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
        return get_object_or_404(SavedView, pk=number, officer=self.request.user)

    def _address_of(self, query: str) -> str:
        return f"{self.index_url}?{query}" if query else self.index_url

    # --- The screen ------------------------------------------------------------------------------------

    def get_breadcrumbs_items(self):
        listing = {"url": self.index_url, "label": capfirst(Ticket._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        own = SavedView.objects.filter(officer=self.request.user)
        lists = [(view, self.request.build_absolute_uri(self._address_of(view.query))) for view in own]
        return super().get_context_data(**kwargs) | {
            "lists": lists,
            "index_url": self.index_url,
            "own_url": self.own_url,
            "max_name": MAX_NAME,
            "media": staff_media(),
        }
