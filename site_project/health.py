"""Whether the site is alive, and whether it can serve: for load balancers and supervisors.

Answered before anything else looks at the request, so that neither the host name by which a balancer calls,
nor a redirect to https, nor a session stands between. Strangers may read the answer, so it names what is
broken and never why; the reason is in the log.
"""

import logging
from collections.abc import Callable

from django.core.cache import caches
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)

ALIVE, READY = "/healthz", "/readyz"


class HealthMiddleware:
    """Answers `/healthz` (this process runs) and `/readyz` (database, migrations and cache serve it)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ALIVE:
            return answer({})
        if request.path_info == READY:
            return answer({name: works(name, check) for name, check in CHECKS.items()})
        return self.get_response(request)


def answer(checks: dict[str, bool]) -> HttpResponse:
    """Return 200 if everything works, else 503, and which part does not."""
    fine = all(checks.values())
    state = {"status": "ok" if fine else "unavailable"} | {
        name: "ok" if works else "unavailable" for name, works in checks.items()
    }
    response = JsonResponse(state, status=200 if fine else 503)
    response["Cache-Control"] = "no-store"
    return response


def works(name: str, check: Callable[[], bool]) -> bool:
    """Whether a part of the site answers; what went wrong goes to the log."""
    try:
        return check()
    except Exception:  # whatever a driver raises means the same to a load balancer
        logger.exception("Not ready: the %s does not answer", name)
        return False


def database_answers() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_done() -> bool:
    """Whether the database has every table and column that this code expects."""
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_answers() -> bool:
    """Limits of the public form and the site's settings live in the cache that all processes share."""
    cache = caches["default"]
    cache.set("readyz", "ok", timeout=60)
    return cache.get("readyz") == "ok"


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_done,
    "cache": cache_answers,
}
