"""What the site adds to every page of Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def dates():
    """Starts the choosers of dates, in place of the scripts within pages that Wagtail's own widgets bring."""
    return format_html('<script src="{}"></script>', static("home/js/admin-dates.js"))
