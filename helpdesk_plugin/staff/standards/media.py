"""The stylesheets of these screens."""

from django.forms import Media
from wagtail.admin.staticfiles import versioned_static

from helpdesk_plugin.staff.views.listing import staff_media


def standards_media() -> Media:
    """The staff side's additions, and those of the tables of steps."""
    return staff_media() + Media(css={"all": [versioned_static("helpdesk_plugin/css/standards.css")]})
