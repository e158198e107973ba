"""Database and cache that the environment asks for; without: SQLite in a file, and a table in it."""

from pathlib import Path
from typing import Any

import environ

# Sent once for every new connection.
# WAL lets people read while somebody writes.
# synchronous=FULL and not NORMAL: under WAL, NORMAL may forget the last commits when the power fails, and
#   a ticket whose number a citizen has already seen must not be among them. It costs one fsync per commit.
# foreign_keys=ON keeps references true even for statements that do not come from Django.
# journal_size_limit shrinks the log again after a large import.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA journal_size_limit = 67108864;"
)


def database_from(env: environ.Env, var_dir: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for DATABASE_URL, or for a SQLite file in `var_dir` without it."""
    database: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{var_dir / 'db.sqlite3'}")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            # A transaction says at its start that it will write. A deferred one would find out in its middle,
            # where SQLite cannot wait and answers "database is locked" at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds to wait for a colleague's write
            "init_command": SQLITE_PRAGMAS,
        }
    elif database["ENGINE"] == "django.db.backends.postgresql":
        database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)  # seconds
        database["CONN_HEALTH_CHECKS"] = True  # a restarted server costs one retry, not a failed request
    return database


def cache_from(env: environ.Env) -> dict[str, Any]:
    """Return Django's CACHES entry for CACHE_URL, or for a table of the database without it.

    Shared by every process, because throttling and Wagtail's site cache must mean the same in all of them.
    The table is made by `manage.py createcachetable`, with room for every address that is counted: Django's
    own limit of 300 entries would throw counts away early.
    """
    cache: dict[str, Any] = env.cache_url("CACHE_URL", default="dbcache://site_cache?max_entries=100000")
    if cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        cache["BACKEND"] = "site_project.caches.ForgivingRedisCache"
        # Seconds; a machine that hangs must not hang every page.
        cache["OPTIONS"] = {"socket_connect_timeout": 2, "socket_timeout": 2}
    return cache
