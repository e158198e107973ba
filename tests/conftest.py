"""Fixtures of every test: the database, a real mail server, and the delivery of what waits in the outbox."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from tests import snapshots
from tests.mail_server import MailServer
from tests.migrated_database import keep_migrated, reuse_migrated

TRANSACTIONAL_FIXTURES = {"live_server", "transactional_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every transactional test what the migrations made (root page, locale, roles).

    Django empties all tables after such a test; without this, the next one would find a site without pages.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        transactional = marker is not None and marker.kwargs.get("transaction", False)
        if transactional or TRANSACTIONAL_FIXTURES & set(getattr(item, "fixturenames", ())):
            others = dict(marker.kwargs) if marker else {}
            item.add_marker(
                pytest.mark.django_db(**others | {"transaction": True, "serialized_rollback": True}),
                append=False,
            )


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Start from a migrated SQLite file of an earlier run if no migration has changed since."""
    return reuse_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        keep_migrated()
        # Django keeps the migrations' data on one connection object. While a browser runs, its event loop has
        # connections of its own; the class is where they all find it.
        connection = connections["default"]
        if data := getattr(connection, "_test_serialized_contents", None):
            type(connection)._test_serialized_contents = data
        snapshots.keep("migrated")
        snapshots.roll_back_by("migrated")


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A real SMTP server on this machine, to which the site delivers during the test."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = server.host
    settings.EMAIL_PORT = server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.stop()


@pytest.fixture
def deliver_mail() -> Callable[[], None]:
    """Deliver what waits in the outbox now, as the worker does."""
    return lambda: call_command("helpdesk_deliver")
