"""What is never done with many rows at once: deleting."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from helpdesk_plugin.models import StatusNotice, Ticket
from helpdesk_plugin.staff.viewsets import DATA_VIEWSETS


class NoBulkDelete(SnippetBulkAction):
    """Stands where Wagtail registers bulk deletion for every snippet, and refuses for ours.

    Bulk deletion asks neither our delete views nor, in Wagtail 7.4, our policies. Registered last, this
    takes its place for the models of this app; other snippets keep theirs.
    """

    display_name = _("Delete")
    action_type = "delete"
    aria_label = _("Delete")
    template_name = "wagtailadmin/generic/base.html"
    classes = {"w-hidden"}

    @classproperty
    def models(cls):  # noqa: N805 - a property of the class
        return [Ticket, StatusNotice, *(viewset.model for viewset in DATA_VIEWSETS)]

    def dispatch(self, *args, **kwargs):
        raise PermissionDenied
