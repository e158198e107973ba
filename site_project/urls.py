"""The addresses of the site. The help desk comes before Wagtail, which answers everything that is left."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import search

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Without a token: a forged press could change the language and nothing else, and the switch stands on
    # every page. Its cookie would keep caches from sharing even those that are the same for everybody.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("search/", search, name="search"),
    path("help-desk/", include("helpdesk_plugin.urls")),
]

if settings.SERVE_MEDIA:
    # Pictures only: documents have their own view, which respects private collections.
    pictures = rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>(?:images|avatar_images)/.+)$"
    urlpatterns.append(re_path(pictures, serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns.append(path("", include(wagtail_urls)))
