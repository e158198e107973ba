"""Labels for fields of Wagtail's forms that have none, and so would show the English name of the field.

No catalogue reaches those: Django makes the label of the name. They are set once, when the admin starts, on
the fields that every form of the class copies.
"""

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers, workflows
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.users.forms import PagePermissionsForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm

_LINK_TEXT = {"link_text": _("Link text")}

LABELS: dict[type[Form], dict[str, Promise]] = {
    choosers.ExternalLinkChooserForm: _LINK_TEXT,
    choosers.AnchorLinkChooserForm: _LINK_TEXT,
    choosers.EmailLinkChooserForm: _LINK_TEXT
    | {"email_address": _("Email address"), "subject": _("Subject"), "body": _("Text of the email")},
    choosers.PhoneLinkChooserForm: _LINK_TEXT | {"phone_number": _("Phone number")},
    DefaultPageForm: {"include_descendants": _("Include the pages below")},
    workflows.WorkflowPageForm: {"page": _("Page")},
    workflows.WorkflowContentTypeForm: {"content_types": _("Types of content")},
    PagePermissionsForm: {"page": _("Page")},
    RoleForm: {"role": _("Role")},
}


def name_fields() -> None:
    """Give the fields their labels; a field that Wagtail has named meanwhile, or has not, is left alone."""
    for form, labels in LABELS.items():
        for name, label in labels.items():
            field = form.base_fields.get(name)
            if field is not None and field.label is None:
                field.label = label
