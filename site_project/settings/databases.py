"""The database that the environment asks for: PostgreSQL by DATABASE_URL, else SQLite in a file."""

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
