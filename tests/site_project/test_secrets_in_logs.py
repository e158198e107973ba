"""No secret reaches the log, in either of its styles: driven through the site, read in all it writes."""

import copy
import io
import logging.config

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.models import NoticeSubscription
from helpdesk_plugin.portal import ikm, my_tickets, track
from helpdesk_plugin.services import sign_in
from helpdesk_plugin.status import subscribe
from tests.factories import Staff, make_agency_data, make_ticket
from tests.surveys import open_one

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-yang-benar-7413"
WRONG = "kata-sandi-yang-salah-9952"


@pytest.fixture
def log():
    """All that a site writes, once as plain lines and once as JSON, from the lowest level on."""
    written = io.StringIO()
    config = copy.deepcopy(settings.LOGGING)
    for style in ("plain", "json"):
        config["handlers"][style] = {
            "class": "logging.StreamHandler",
            "stream": written,
            "formatter": style,
            "filters": settings.LOG_FILTERS,
        }
    for logger in (config["root"], *config["loggers"].values()):
        logger.update(handlers=["plain", "json"], level="DEBUG")
    config["loggers"]["django.db.backends"] = {"handlers": [], "level": "CRITICAL", "propagate": False}
    logging.config.dictConfig(config)
    yield written
    logging.config.dictConfig(settings.LOGGING)


@pytest.fixture
def secrets(settings):
    """What opens something, by what it opens."""
    settings.HELPDESK_BASE_TEMPLATE = "helpdesk_plugin/base.html"
    make_agency_data()
    staff = Staff()
    ticket = make_ticket()
    sign_in.ask_for_link(ticket.requester_email, language="id")
    subscription = NoticeSubscription.objects.create(
        email="a@example.test", requested_at=timezone.now(), confirm_until=timezone.now()
    )
    open_one(staff[Role.MANAGER], open_link=True)
    return {
        "number": ticket.number,
        "code": ticket.access.code,
        "link": ticket.access.link_token,
        "manage": subscription.manage_token,
        "confirm": subscription.confirm_token,
    }


def links(secrets, token):
    yield reverse("helpdesk:link", args=[secrets["number"], token])
    yield reverse("helpdesk:survey_link", args=[secrets["number"], token])
    for name in ("sign_in", "status_subscription", "status_unsubscribe", "status_confirm", "ikm_invited"):
        yield reverse(f"helpdesk:{name}", args=[token])


def test_nothing_that_opens_anything_is_written(secrets, log, monkeypatch, settings):
    settings.AXES_ENABLED, settings.AXES_VERBOSE = True, True
    get_user_model().objects.create_superuser("petugas", "petugas@example.test", PASSWORD)
    client, tokens = (
        Client(raise_request_exception=False),
        [secrets["link"], secrets["manage"], secrets["confirm"]],
    )
    typed = [PASSWORD, WRONG, secrets["code"]]
    for password in (WRONG, PASSWORD):
        client.post(reverse("wagtailadmin_login"), {"username": "petugas", "password": password})
    for code in (secrets["code"], "wrong" + secrets["code"]):
        client.post(reverse("helpdesk:track"), {"nomor": secrets["number"], "kode": code})
    for token in tokens:
        for address in links(secrets, token):
            client.get(address)
            client.post(address, {"aksi": "x"})
            client.get(address + "lebih/")  # an address that is not there is told with its path

    def broken(*args, **kwargs):
        raise ValueError(f"failed at {args[0]!r}, {args[0].get_full_path()}")

    for module, name in (
        (track, "_draw"),
        (ikm, "_unknown"),
        (my_tickets, "_draw_enter"),
        (subscribe, "_gone"),
    ):
        monkeypatch.setattr(module, name, broken)
    with transaction.atomic():
        for address in links(secrets, secrets["link"][:-1] + "x"):
            client.get(address)
    said = log.getvalue()
    assert "Internal Server Error" in said, "nothing failed, so nothing was proved about failures"
    assert "[hidden]" in said
    for secret in (*(token[:-1] for token in tokens), *typed):
        assert secret not in said, said[max(0, said.find(secret) - 300) : said.find(secret) + 60]
