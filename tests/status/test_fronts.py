"""A cache in front of the site is told of what has changed, after it is true, and only where there is one."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.models import NoticeUpdate
from helpdesk_plugin.status import fronts
from tests.factories import make_agency_data, make_notice


@pytest.mark.django_db
def test_notices_and_their_updates_are_purged(settings, monkeypatch, django_capture_on_commit_callbacks):
    make_agency_data()
    notice = make_notice()
    purged = []
    monkeypatch.setattr(
        "wagtail.contrib.frontend_cache.utils.purge_urls_from_cache", lambda urls: purged.append(urls)
    )
    with django_capture_on_commit_callbacks(execute=True):
        fronts.purge_after_commit(notice.pk)
    assert purged == []  # the test site has no cache in front

    known = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda app: app == fronts.FRONTEND_CACHE or known(app))
    with django_capture_on_commit_callbacks(execute=True):
        NoticeUpdate.objects.create(notice=notice, words="Teknisi di lokasi.", published_at=timezone.now())
        assert purged == []  # not before the commit
    base = settings.HELPDESK_BASE_URL
    wanted = [reverse(f"helpdesk:{name}") for name in ("status", "status_atom", "status_rss", "status_json")]
    wanted.append(reverse("helpdesk:notice", args=[notice.pk]))
    assert purged == [[base + path for path in wanted]]
    with django_capture_on_commit_callbacks(execute=True):
        notice.unpublish()
    assert purged[-1] == purged[0]
