"""A database of one moment as one file, and back: SQLite by its backup interface, PostgreSQL by its tools."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

Query = Callable[[str], list[tuple]]
Settings = dict[str, Any]


class CannotBackUp(Exception):
    """The database or its tools stand in the way; the sentence says what to do."""


def vendor_of(settings: Settings) -> str:
    """`sqlite` or `postgresql`. Raises CannotBackUp for other databases."""
    vendor = settings["ENGINE"].rpartition(".")[2]
    if vendor == "sqlite3":
        return "sqlite"
    if vendor == "postgresql":
        return vendor
    raise CannotBackUp(f"Backups are made of SQLite and PostgreSQL; this database is {vendor}.")


@contextmanager
def snapshot(settings: Settings, target: Path) -> Iterator[Query]:
    """Write the database as it is at one moment to ``target``, and answer questions about that moment.

    People may write meanwhile. Raises CannotBackUp.
    """
    take = _sqlite_snapshot if vendor_of(settings) == "sqlite" else _postgresql_snapshot
    with take(settings, target) as query:
        yield query


def restore(settings: Settings, dump: Path) -> None:
    """Fill an empty database from a dump. Raises CannotBackUp; PostgreSQL then holds nothing of it."""
    if vendor_of(settings) == "sqlite":
        with closing(sqlite3.connect(dump)) as source, closing(sqlite3.connect(settings["NAME"])) as target:
            source.backup(target)
        return
    arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run(settings, "pg_restore", *arguments, "--dbname", settings["NAME"], str(dump))


@contextmanager
def opened(settings: Settings) -> Iterator[Query]:
    """Answer questions about a database, over a connection of its own."""
    if vendor_of(settings) == "sqlite":
        with closing(sqlite3.connect(settings["NAME"])) as database:
            yield lambda sql: database.execute(sql).fetchall()
        return
    with closing(_connection(settings)) as connection:
        yield lambda sql: _rows(connection, sql)


@contextmanager
def place_for_rehearsal(settings: Settings, directory: Path) -> Iterator[Settings]:
    """Settings of an empty database of the same kind, which is gone afterwards. Raises CannotBackUp."""
    if vendor_of(settings) == "sqlite":
        yield settings | {"NAME": str(directory / "rehearsal.sqlite3")}
        return
    name = f"helpdesk_rehearsal_{os.urandom(6).hex()}"
    with closing(_connection(settings)) as server:
        try:
            _execute(server, f'CREATE DATABASE "{name}"')
        except Exception as error:
            raise CannotBackUp(
                f"A database to rehearse in cannot be made: {error}. "
                "The account needs the right to make one (ALTER ROLE … CREATEDB)."
            ) from error
        try:
            yield settings | {"NAME": name}
        finally:
            _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def tables_of(settings: Settings, query: Query) -> list[str]:
    """Names of all tables, sorted."""
    if vendor_of(settings) == "sqlite":
        listing = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        )
    else:
        listing = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return sorted(name for (name,) in query(listing))


def fingerprints(settings: Settings, query: Query) -> dict[str, list]:
    """For each table how many rows it has and a sum over their contents, whatever their order."""
    judge = _sum_here if vendor_of(settings) == "sqlite" else _sum_there
    return {table: judge(query, table) for table in tables_of(settings, query)}


def _sum_here(query: Query, table: str) -> list:
    rows = query(f'SELECT * FROM "{table}"')  # noqa: S608 - a name that the database gave
    total = sum(
        int.from_bytes(hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=7).digest())
        for row in rows
    )
    return [len(rows), str(total)]


def _sum_there(query: Query, table: str) -> list:
    row = "('x' || substr(md5(t::text), 1, 14))::bit(56)::bigint"
    ((count, total),) = query(f'SELECT count(*), coalesce(sum({row}), 0)::text FROM "{table}" t')  # noqa: S608 - the same
    return [count, total]


@contextmanager
def _sqlite_snapshot(settings: Settings, target: Path) -> Iterator[Query]:
    with closing(sqlite3.connect(settings["NAME"])) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # One file, without the log that a living database has beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    with opened(settings | {"NAME": target}) as query:
        yield query


@contextmanager
def _postgresql_snapshot(settings: Settings, target: Path) -> Iterator[Query]:
    with closing(_connection(settings)) as connection:
        _execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        ((name,),) = _rows(connection, "SELECT pg_export_snapshot()")
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}"]
        _run(settings, "pg_dump", *arguments, f"--file={target}", "--dbname", settings["NAME"])
        yield lambda sql: _rows(connection, sql)
        _execute(connection, "ROLLBACK")


def _run(settings: Settings, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's tools against a database; its password goes by the environment."""
    found = shutil.which(program)
    if found is None:
        raise CannotBackUp(
            f"{program} is not installed. It comes with PostgreSQL (Debian: postgresql-client)."
        )
    client = connections["default"].client
    # As Django calls psql: user, host and port, and the database last.
    (_psql, *whom, _name), given = client.settings_to_cmd_args_env(settings, [])
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool with fixed arguments
        [found, *whom, *arguments],
        env={**os.environ, **(given or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBackUp(f"{program} failed: {done.stderr.strip()}")


def _connection(settings: Settings) -> BaseDatabaseWrapper:
    wrapper: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "backup")
    return wrapper


def _rows(connection: BaseDatabaseWrapper, sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _execute(connection: BaseDatabaseWrapper, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
