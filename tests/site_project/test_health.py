"""What a load balancer is told, by whatever name it calls."""

from unittest import mock

import pytest
from django.core.cache import cache
from django.db import OperationalError

from site_project import health


def test_living_process_says_so_without_a_look_at_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"host": "10.9.8.7"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_site_that_can_serve_is_ready(client, db):
    response = client.get("/readyz", headers={"host": "10.9.8.7"})
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok"}


def test_balancer_is_not_sent_to_https(client, settings, db):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/readyz").status_code == 200
    assert client.get("/").status_code == 301


def test_strangers_learn_what_is_broken_and_never_why(client, db, caplog):
    broken = mock.patch.object(
        health.connections["default"], "cursor", side_effect=OperationalError("host db.internal")
    )
    with broken:
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "unavailable"
    assert "db.internal" not in response.content.decode()
    assert "db.internal" in caplog.text


def test_missing_migration_is_not_ready(client, db):
    with mock.patch.object(health.MigrationExecutor, "migration_plan", return_value=["one"]):
        response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "unavailable")


def test_cache_that_forgets_is_not_ready(client, db):
    with mock.patch.object(type(cache._connections["default"]), "get", return_value=None):
        response = client.get("/readyz")
    assert (response.status_code, response.json()["cache"]) == (503, "unavailable")


@pytest.mark.parametrize("method", ["post", "put", "head", "options"])
def test_odd_methods_are_answered_too(client, db, method):
    assert getattr(client, method)("/healthz").status_code == 200
