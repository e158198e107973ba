"""The address at which the site mounts the help desk, with whatever stands there."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import redirect
from wagtail.views import serve

from helpdesk_plugin.portal.access import site_path


def entrance(request):
    """`/` of the mount point: the page that editors have put at this very address, so that they word it.

    Where there is none, their help desk page wherever it is (below another address, on another site of
    Wagtail's); without any, the list of services.
    """
    front = site_path()
    if request.path.startswith(front):
        try:
            return serve(request, request.path.removeprefix(front))
        except Http404:
            pass
    return redirect(_page_elsewhere(request) or "helpdesk:report")


def _page_elsewhere(request) -> str | None:
    if not apps.is_installed("helpdesk_plugin.pages"):
        return None
    page = apps.get_model("helpdesk_pages", "HelpDeskPage").objects.live().order_by("path").first()
    return page and page.get_url(request)
