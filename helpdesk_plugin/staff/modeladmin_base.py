"""wagtail-modeladmin with its weaknesses closed.

As it comes, it lets any lookup through in the address (``?by__password__startswith=…``), exports where no
export was offered, and answers a broken filter, a letter in place of a key or a NUL with an error. It shows
the history of every row to every user of the admin, and keeps every row in the reference index.
"""

from types import MethodType

from django.contrib.admin.options import IncorrectLookupParameters
from django.forms import Media
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail_modeladmin.helpers import (
    AdminURLHelper,
    ButtonHelper,
    DjangoORMSearchHandler,
    PermissionHelper,
)
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import HistoryView, IndexView

from helpdesk_plugin.models.typed import storable
from helpdesk_plugin.staff import setting_changes

_FILTER_SUFFIXES = ("", "__exact", "__isnull", "__gte", "__lt")

STAFF_CSS = "helpdesk_plugin/css/staff.css"


def described(text, order: str = ""):
    """Give a column method its heading and the field that it sorts by."""

    def mark(method):
        method.short_description = text
        method.admin_order_field = order
        return method

    return mark


def yes_or_no(model, name: str):
    """A column method that says a yes-or-no field in words.

    modeladmin would show a picture of Django's own admin, which a site without that admin does not have.
    """

    @described(model._meta.get_field(name).verbose_name, name)
    def column(_self, row):
        return gettext("Yes") if getattr(row, name) else gettext("No")

    return column


class StrictIndexView(IndexView):
    """A list that takes from the address only what its own filters, order and search box put there."""

    def dispatch(self, request, *args, **kwargs):
        if any(storable(text) != text for key, texts in request.GET.lists() for text in (key, *texts)):
            return redirect(self.index_url)
        if request.GET.get(self.EXPORT_VAR) and not self.model_admin.list_export:
            return redirect(self.index_url)
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)

    def get_filters_params(self, params=None):
        names = [one[0] if isinstance(one, tuple) else one for one in self.list_filter or ()]
        known = {f"{name}{suffix}" for name in names for suffix in _FILTER_SUFFIXES}
        return {key: values for key, values in super().get_filters_params(params).items() if key in known}


#: So many rows of a long list are counted and can be turned to.
MOST_ROWS = 10_000


class LongIndexView(StrictIndexView):
    """A list of all that ever happened. It is counted no further than it can be turned.

    Whoever looks for older rows narrows the list, or takes them out whole (reports).
    """

    def get_base_queryset(self, request=None):
        return _counted_in_part(super().get_base_queryset(request))

    def get_queryset(self, request=None):
        return _counted_in_part(super().get_queryset(request))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = {name: context[name] for name in ("all_count", "result_count")}
        return context | {name: f"{MOST_ROWS}+" for name, count in counts.items() if count > MOST_ROWS}


def _counted_in_part(rows):
    """The same rows; modeladmin asks their own `count` three times for a page."""
    # As a method: of anything else Django's paginator thinks that it is none, and reads every row.
    rows.count = MethodType(lambda self: self.order_by().values("pk")[: MOST_ROWS + 1].count(), rows)
    return rows


class GuardedHistoryView(HistoryView):
    """What a row said before and after each change, for those who may change it."""

    def check_action_permitted(self, user):
        return self.permission_helper.user_can_edit_obj(user, self.instance)

    def get_context_data(self, **kwargs):
        rows = self.instance.history.order_by("-history_date", "-history_id")[: setting_changes.MOST]
        context = super().get_context_data(**kwargs)
        return context | {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
                {"url": self.index_url, "label": capfirst(self.opts.verbose_name_plural)},
                {"url": "", "label": gettext("History"), "sublabel": str(self.instance)},
            ],
            "records": setting_changes.read(list(rows)),
            "media": context["media"] + Media(css={"all": [STAFF_CSS]}),
        }


class NumericURLHelper(AdminURLHelper):
    """Keys in addresses are numbers; anything else is not found."""

    def get_action_url_pattern(self, action):
        return super().get_action_url_pattern(action).replace(r"[-\w]+", r"\d+")


class ShortSearchHandler(DjangoORMSearchHandler):
    """Search for the first hundred letters of what was typed."""

    def search_queryset(self, queryset, search_term, **kwargs):
        return super().search_queryset(queryset, storable(search_term)[:100], **kwargs)


class ReadOnlyPermissions(PermissionHelper):
    """Rows that screens show and nobody changes there."""

    def user_can_list(self, user):
        return user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}")

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False

    def user_can_inspect_obj(self, user, obj):
        return False


class KeptPermissions(PermissionHelper):
    """Rows that others refer to: changed or taken out of use, never deleted."""

    def user_can_delete_obj(self, user, obj):
        return False


class FixedPermissions(KeptPermissions):
    """Rows of which there is exactly one for each of a few cases: a missing one may be added."""

    #: How many cases there are.
    rows = 0

    def user_can_create(self, user):
        return super().user_can_create(user) and self.model.objects.count() < self.rows


class QuietButtons(ButtonHelper):
    """Row buttons in Wagtail's own looks."""

    delete_button_classnames = ["button-secondary", "no"]


class HelpDeskAdmin(ModelAdmin):
    """Base of our model admins: in our own menu group, strict about addresses."""

    add_to_admin_menu = False
    index_view_class = StrictIndexView
    history_view_class = GuardedHistoryView
    history_template_name = "helpdesk_plugin/staff/row_history.html"
    url_helper_class = NumericURLHelper
    search_handler_class = ShortSearchHandler
    button_helper_class = QuietButtons
    index_view_extra_css = [STAFF_CSS]
    form_view_extra_css = [STAFF_CSS]
    list_per_page = 50

    def register_indexing(self):
        """None of these rows is looked for in the reference index, and every save would pay for it."""
