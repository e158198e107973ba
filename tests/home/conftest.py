"""A site as the setup makes it, with an agency that introduces itself."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage, NewsIndexPage, NewsPage
from home.setup import ensure_site_pages
from tests.factories import make_agency


@pytest.fixture
def agency(db):
    return make_agency(name="Dinas Komunikasi dan Informatika", whatsapp="0812 0000 0000")


@pytest.fixture
def index_at_once(settings):
    """Put pages into the search index when they are saved, without a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def home(agency) -> HomePage:
    """The front page of a site that `ensure_site_pages` has just made."""
    ensure_site_pages()
    return HomePage.objects.get()


@pytest.fixture
def count_queries(client):
    """Count the queries of a GET whose caches (content types, site roots) are warm."""

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        return len(captured)

    return count


@pytest.fixture
def add_news():
    """Publish so many more news items of one kind; the newest has the highest number."""

    def add(how_many: int, kind: str = NewsPage.Kind.NEWS) -> None:
        for number in range(how_many):
            item = NewsPage(
                title=f"Kabar {kind} {number}",
                slug=f"{kind}-{number}",
                kind=kind,
                date=timezone.localdate() + timedelta(days=number + 1),
                intro="Ringkasan",
            )
            NewsIndexPage.objects.get().add_child(instance=item)

    return add


@pytest.fixture
def pictures(settings, tmp_path, monkeypatch):
    """Keep pictures in a directory of the test; Wagtail leaves their temporary files open, so use memory."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr("wagtail.images.models.SpooledTemporaryFile", lambda **_: BytesIO())
