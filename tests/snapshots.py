"""States of a SQLite test database, kept in memory and brought back whole.

Copying three megabytes of pages takes milliseconds. Loading the same rows as Django's serialized rollback
does, or running the commands of setup again, takes half a second, before each of hundreds of tests. On other
databases nothing is kept: there the rows are loaded and the commands run.
"""

import sqlite3
from typing import Any

from django.core.cache import cache
from django.db import connection

_kept: dict[str, sqlite3.Connection] = {}


def keep(name: str) -> None:
    """Keep the database as it is now, committed, under a name."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # A browser's event loop and the test around it may ask for it from threads of their own, in turn.
        _kept[name] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept[name])


def bring_back(name: str) -> bool:
    """Make the database what it was when it was kept under this name; return whether it was ever kept."""
    if name not in _kept:
        return False
    connection.ensure_connection()
    _kept[name].backup(connection.connection)
    cache.clear()  # what was remembered of the rows that are gone
    return True


def roll_back_by(name: str) -> None:
    """Let Django's serialized rollback bring back what is kept under this name, where anything is."""

    def deserialize(_creation: Any, _contents: str) -> None:
        bring_back(name)

    if name in _kept:
        type(connection.creation).deserialize_db_from_string = deserialize
