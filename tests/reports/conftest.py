"""A desk that was busy for five months, made once for all tests of the reports."""

from datetime import UTC, datetime

import pytest

from bench.busy_desk import fill
from helpdesk_plugin.domain.parties import Role
from tests.factories import make_user

#: A Wednesday morning, 10.00 WIB, in the middle of a month.
AS_OF = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def busy_desk(django_db_setup, django_db_blocker):
    """The stories, stored for the tests of one module and taken back after it."""
    from django.db import transaction

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        fill(240)
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def manager(db):
    return make_user(Role.MANAGER)
