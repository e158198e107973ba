"""The site's addresses, and the view that stores one row."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.bare.models import Thing
from site_project.urls import urlpatterns as of_the_site


@csrf_exempt
def insert(request):
    """Commit one row, as durably as the database is set to."""
    Thing.objects.create(name="Satu", place="Loket", kind="Uji", state="baru")
    return HttpResponse(status=204)


urlpatterns = [path("bare/insert/", insert), *of_the_site]
