"""The addresses of the site. The help desk comes before Wagtail, which answers everything that is left."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import search

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("search/", search, name="search"),
    path("help-desk/", include("helpdesk_plugin.urls")),
]

if settings.SERVE_MEDIA:
    # Pictures only: documents have their own view, which respects private collections.
    pictures = rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>(?:images|avatar_images)/.+)$"
    urlpatterns.append(re_path(pictures, serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns.append(path("", include(wagtail_urls)))
