"""Officers are signed out when nobody has been there for long, and at the end of a long day."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
ADMIN, SEARCH = "/admin/account/", "/search/"
START = 1_800_000_000


@pytest.fixture
def clock(settings):
    settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS = 30, 1
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(client, clock):
    client.force_login(get_user_model().objects.create_superuser("petugas", "p@example.test", "x"))
    assert client.get(ADMIN).status_code == 200
    return client


def signed_in(client):
    """As a page outside the admin sees it."""
    return client.get(SEARCH).context["user"].is_authenticated


def test_whoever_does_something_stays_until_the_day_is_over(officer, clock):
    for _ in range(2):
        clock.shift(timedelta(minutes=29))
        assert officer.get(ADMIN).status_code == 200
        assert signed_in(officer)
    clock.shift(timedelta(minutes=3))
    assert not signed_in(officer)
    answer = officer.get(ADMIN)
    assert answer.url == f"/admin/login/?next={ADMIN}"
    assert "_auth_user_id" not in officer.session


def test_open_pages_that_ask_by_themselves_keep_nobody_signed_in(officer, clock):
    for _ in range(3):
        clock.shift(timedelta(minutes=11))
        officer.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
        officer.get("/admin/sprite/")
        officer.get(SEARCH)
    assert not signed_in(officer)
    assert officer.get(ADMIN).status_code == 302


def test_wagtails_log_still_keeps_what_an_account_does_to_itself(officer, settings):
    """It opens one wrapper of the account; ours must not be a second."""
    settings.TWO_STEP_VERIFICATION = False
    assert type(officer.get(ADMIN).wsgi_request.user) is get_user_model()


def test_session_is_written_once_a_minute_and_not_at_all_without_limits(officer, clock, settings):
    def writes():
        with CaptureQueriesContext(connection) as seen:
            officer.get(ADMIN)
        return sum("UPDATE" in one["sql"] and "django_session" in one["sql"] for one in seen)

    assert writes() == 0
    clock.shift(timedelta(seconds=61))
    assert writes() == 1
    settings.STAFF_IDLE_MINUTES = settings.STAFF_SESSION_HOURS = 0
    clock.shift(timedelta(hours=20))
    assert writes() == 0
    assert signed_in(officer)
